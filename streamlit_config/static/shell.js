// What Streamlit's own page lacks: Norwegian for its built-in words, a waiting notice that says what is safe, focus that comes back,
// presses that count though the screen moves, a question before unsent text is thrown away, and the way to the sign-in page. No library, no inline style, nothing from elsewhere.
"use strict";
(() => {
  const CONNECTED = "CONNECTED";
  const NOTICE_AFTER_MS = 700; // shorter gaps are healed before anybody has read a notice
  const ASK_SESSION_EVERY_MS = 3000;

  const { WORDS, PATTERNS } = window.kulturcrmWords;
  // Streamlit's own words stand in these; everywhere else text is ours or the colleagues' and is left alone.
  const CHROME = [
    "InputInstructions", "stFileUploaderDropzone", "stFileUploaderFileErrorMessage", "stStatusWidget", "stConnectionStatus",
    "stSidebarNavViewButton", "stTooltipContent", "stDateInputError", "stTimeInputError", "stDateTimeInputError", "stDialog",
    "stElementToolbar", "stSkipToContent",
  ].map((name) => `[data-testid="${name}"]`).concat(
    '[data-testid^="stDate"] [role="alert"]',
    '[role="spinbutton"]', '[role="tooltip"]', '[role="listbox"]', '[role="dialog"]', '[id^="react-aria-description"]',
  ).join(",");
  const NAMED = "button,a,input,textarea,nav,section,kbd,[role]";
  const NAMES = ["aria-label", "aria-valuetext", "title", "placeholder"];

  // ---- words -----------------------------------------------------------------------------------------------------------------

  const language = () => document.documentElement.lang;

  function translated(text) {
    const plain = text.trim();
    if (Object.hasOwn(WORDS, plain)) return WORDS[plain];
    const found = PATTERNS.find(([pattern]) => pattern.test(plain));
    return found ? plain.replace(found[0], found[1]) : null;
  }

  const english = new WeakMap(); // what stood there, for whoever changes to English: { "": [text, ours], title: [text, ours] }

  function inLanguage(thing, name, text) {
    const known = english.get(thing)?.[name];
    if (language() !== "nb") return known?.[1] === text ? known[0] : text;
    const ours = (text?.trim() && translated(text)) || text;
    if (ours !== text) english.set(thing, { ...english.get(thing), [name]: [text, ours] });
    return ours;
  }

  // A label is Markdown, and `plain.escaped` keeps what was typed from being any; who listens is given the label as it was sent.
  const ESCAPE = /\\([\\`*_{}[\]()<>#+\-.!|~$:&^="'])/g;

  function translateNames(element) {
    for (const name of NAMES) {
      const sent = element.getAttribute(name);
      const other = inLanguage(element, name, sent?.replace(ESCAPE, "$1") ?? null);
      if (other !== sent) element.setAttribute(name, other);
    }
  }

  function translateText(node) {
    const other = inLanguage(node, "", node.data);
    if (other !== node.data) node.data = other;
  }

  function translateWithin(root) {
    if (root.matches(NAMED)) translateNames(root);
    root.querySelectorAll(NAMED).forEach(translateNames);
    const parts = root.closest(CHROME) ? [root] : root.querySelectorAll(CHROME);
    for (const part of parts) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) translateText(walker.currentNode);
    }
  }

  function followLanguage() {
    const marker = document.querySelector('[class*="st-key-language-"]');
    const found = marker && /(?:^|\s)st-key-language-(nb|en)(?:\s|$)/.exec(marker.className);
    if (!found || found[1] === language()) return;
    document.documentElement.lang = found[1];
    translateWithin(document.body);
  }

  // ---- focus -----------------------------------------------------------------------------------------------------------------

  const FIELDS = "input:not([type=hidden]):not([disabled]),textarea:not([disabled])";
  const SETTLED_AFTER_MS = 40;
  const settling = new Map();
  const given = new Set(); // containers that have had their focus, by address and name
  let lastField = null; // what had the focus, found again by its container's name and its place there

  const container = (element) => element.closest('[class*="st-key-"]');
  const keyOf = (element) => [...element.classList].find((name) => name.startsWith("st-key-"));

  function remember(element) {
    const around = element.matches?.("input,textarea") && container(element);
    if (!around) return;
    const place = [...around.querySelectorAll("input,textarea")].indexOf(element);
    lastField = { key: keyOf(around), place, address: location.pathname };
  }

  function giveFirstFocus() {
    for (const name of given) {
      // Gone from the screen: when it comes back, it is a first time again.
      if (!document.querySelector(`.${CSS.escape(name.slice(name.lastIndexOf(" ") + 1))}`)) given.delete(name);
    }
    for (const around of document.querySelectorAll('[class*="st-key-focus-"]')) {
      const name = `${location.pathname}${location.search} ${keyOf(around)}`;
      const field = around.querySelector(FIELDS);
      if (!field || given.has(name)) continue;
      if (!hasSettled(name)) continue;
      given.add(name);
      settling.delete(name);
      if (!isTyping() && !document.activeElement?.closest(HITS)) field.focus(); // a quick hand is among the hits already
      bringTypedAhead(field);
    }
  }

  // While a screen is still being drawn the next field is not there for Tab, and what is sent can be taken for the screen before.
  // Streamlit fetches some kinds of fields when first needed and shows a skeleton meanwhile, also after the run has ended.
  function hasSettled(name) {
    const isDrawn = isIdle() && !document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]');
    const fields = document.querySelectorAll(FIELDS).length;
    const before = settling.get(name);
    if (!isDrawn) {
      settling.delete(name);
      return false; // the next change brings us here again
    }
    if (before?.fields !== fields) {
      settling.set(name, { fields, since: performance.now() });
      setTimeout(giveFirstFocus, SETTLED_AFTER_MS + 5);
      return false;
    }
    return performance.now() - before.since >= SETTLED_AFTER_MS;
  }

  const isTyping = () => Boolean(document.activeElement?.matches("input:not([type=radio]):not([type=checkbox]),textarea"));

  function giveFocusBack() {
    if (!lastField || lastField.address !== location.pathname || document.activeElement !== document.body) return;
    const around = document.querySelector(`.${CSS.escape(lastField.key)}`);
    const field = around && around.querySelectorAll("input,textarea")[lastField.place];
    if (!field || field.disabled) return;
    field.focus();
    if (field.matches("textarea,input[type=text]")) field.setSelectionRange(field.value.length, field.value.length);
  }

  // ---- connection ------------------------------------------------------------------------------------------------------------

  let noticeTimer = null;
  let askTimer = null;
  let isFocusDue = false;
  let isDrawnAnew = false;
  let isLeaving = false;

  const app = () => document.querySelector('[data-testid="stApp"]');
  const isConnected = () => app()?.getAttribute("data-test-connection-state") === CONNECTED;
  const isIdle = () => app()?.getAttribute("data-test-script-state") === "notRunning";

  function noticeLines() {
    return language() === "en"
      ? ["Waiting for the connection …", "What you have typed is safe. Carry on when this notice is gone."]
      : ["Venter på forbindelse …", "Det du har skrevet, er trygt. Fortsett når denne meldingen er borte."];
  }

  function showNotice() {
    if (document.getElementById("kulturcrm-waiting")) return;
    const notice = document.createElement("div");
    notice.id = "kulturcrm-waiting";
    notice.setAttribute("role", "status");
    for (const line of noticeLines()) {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      notice.append(paragraph);
    }
    document.body.append(notice);
  }

  function hideNotice() {
    document.getElementById("kulturcrm-waiting")?.remove();
  }

  // Streamlit's own dialog about the connection lies over what was typed, and speaks to developers.
  function coverDialog() {
    for (const dialog of document.querySelectorAll('[data-testid="stDialog"]')) {
      const isAboutConnection = /^(Connection error|Ingen forbindelse)/.test(dialog.textContent.trim());
      dialog.classList.toggle("kulturcrm-covered", isAboutConnection);
    }
  }

  function followConnection() {
    if (!app() || isLeaving) return;
    coverDialog();
    if (isConnected()) {
      clearTimeout(noticeTimer);
      clearTimeout(askTimer);
      noticeTimer = askTimer = null;
      hideNotice();
    } else if (noticeTimer === null && hasBeenConnected) {
      isFocusDue = true;
      noticeTimer = setTimeout(showNotice, NOTICE_AFTER_MS);
      askSession();
    }
    hasBeenConnected ||= isConnected();
    // The screen is drawn anew by a server that has forgotten it; what is pressed before that has begun goes nowhere.
    if (isFocusDue && isConnected() && !isIdle()) isDrawnAnew = true;
    // A small screen is drawn before we look: then a moment's quiet is sign enough.
    if (isFocusDue && isConnected() && isIdle() && !isDrawnAnew && quietTimer === null) {
      quietTimer = setTimeout(() => { quietTimer = null; isDrawnAnew = true; followConnection(); }, 1500);
    }
    if (isFocusDue && isConnected() && isIdle() && isDrawnAnew) {
      isFocusDue = isDrawnAnew = false;
      setTimeout(giveFocusBack, 50); // after React has enabled the fields again
    }
  }
  let hasBeenConnected = false;
  let quietTimer = null;

  async function askSession() {
    askTimer = setTimeout(askSession, ASK_SESSION_EVERY_MS);
    try {
      const answer = await fetch("/kulturcrm/session", { cache: "no-store", redirect: "manual" });
      if (answer.status === 401) goToSignIn();
    } catch {
      // The server is away: nothing to know yet, and the next question is on its way.
    }
  }

  function goToSignIn() {
    if (isLeaving) return;
    isLeaving = true;
    clearTimeout(askTimer);
    location.assign(`/logg-inn?neste=${encodeURIComponent(location.pathname + location.search)}`);
  }

  // ---- unsent text -----------------------------------------------------------------------------------------------------------

  const unsent = new Set();
  const inForm = (element) => element.closest('[data-testid="stForm"]');

  function noteTyping(element) {
    if (element.matches?.("textarea,input[type=text],input[type=number],input:not([type])")) unsent.add(element);
  }

  function noteLeaving(element) {
    if (!inForm(element)) unsent.delete(element); // outside forms a field sends its text when it is left
  }

  function noteSubmit(element) {
    const form = element.closest?.('[data-testid="stFormSubmitButton"]') && inForm(element);
    if (form) unsent.forEach((field) => form.contains(field) && unsent.delete(field));
  }

  function guard(event) {
    const isAnythingUnsent = [...unsent].some((field) => field.isConnected && field.value !== "");
    const isAnythingUnsaved = document.querySelector('[class*="st-key-unsaved-"]') !== null; // the server has it, for this tab alone
    if ((isAnythingUnsent || isAnythingUnsaved) && !isLeaving) event.preventDefault();
  }

  // ---- text areas that send while one writes ----------------------------------------------------------------------------------

  const LIVE_AFTER_MS = 400;
  let liveTimer = null;

  const isLive = (element) => Boolean(element?.matches?.("textarea") && element.closest('[class*="st-key-live-"]'));

  function sendSoon(element) {
    if (!isLive(element)) return;
    clearTimeout(liveTimer);
    liveTimer = setTimeout(() => sendNow(element), LIVE_AFTER_MS);
  }

  // Streamlit sends a text area's text when it is left. To React this looks like leaving and coming back; the cursor stays.
  function sendNow(element) {
    if (!element.isConnected || element !== document.activeElement || !isConnected()) return;
    element.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    element.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  }

  // ---- last words --------------------------------------------------------------------------------------------------------------

  const LAST_WORDS_MS = 200;
  const LAST_WORDS_AT_MOST_MS = 4000;
  const LATELY_MS = 1000;
  let leftFieldAt = -Infinity;

  // The click that leaves a screen also takes the cursor out of its field, which sends the text. When a run is under way, Streamlit
  // lets the new screen overtake that text, and it is lost; signing out would end the session before it arrives.
  function afterLastWords(goOn) {
    const began = performance.now();
    const wait = setInterval(() => {
      const waited = performance.now() - began;
      if (waited < LAST_WORDS_AT_MOST_MS && (waited < LAST_WORDS_MS || !isIdle())) return;
      clearInterval(wait);
      goOn();
    }, 50);
  }

  function holdSignOut(event) {
    const form = event.target;
    if (!form.matches('form[action="/logg-ut"]')) return;
    event.preventDefault();
    afterLastWords(() => {
      isLeaving = true;
      form.submit();
    });
  }

  function holdMenu(event) {
    const link = event.isTrusted && event.target.closest?.('[data-testid="stSidebarNavLink"]');
    if (!link || event.ctrlKey || event.metaKey || performance.now() - leftFieldAt > LATELY_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    afterLastWords(() => link.click());
  }

  // ---- a press counts where it began ------------------------------------------------------------------------------------------

  // Streamlit lets a fold slide for half a second, also each time that something in it grows, and all below slides with it: the
  // button goes down in one place and comes up in another, which the browser takes for no press of anything.
  HTMLDetailsElement.prototype.animate = function (frames, options) {
    return Element.prototype.animate.call(this, frames, { ...options, duration: 0 });
  };

  // A redraw between down and up can still move what was pressed. That the hand stayed tells it from a changed mind.
  const SLIP_PX = 8;
  let pressed = null;

  function notePress(event) {
    const control = event.isPrimary && event.button === 0 && event.target.closest?.("button,summary,label");
    pressed = control ? { control, x: event.clientX, y: event.clientY } : null;
  }

  function keepPress(event) {
    if (!event.isTrusted || event.detail === 0 || pressed === null) return; // 0 is Enter's
    const { control, x, y } = pressed;
    pressed = null;
    if (control.contains(event.target) || !control.isConnected) return;
    if (Math.hypot(event.clientX - x, event.clientY - y) > SLIP_PX) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    control.click();
  }

  // ---- Enter in a date ----------------------------------------------------------------------------------------------------------

  // Streamlit sends a day that was typed when its calendar closes, which Enter does not do, and Escape does.
  function sendDay(event) {
    if (event.key !== "Enter" || !event.target.closest?.('[data-testid="stDateInput"] [role="spinbutton"]')) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true, cancelable: true }));
  }

  // ---- typing ahead ------------------------------------------------------------------------------------------------------------

  // Who presses N types on at once. What is typed before the field is there is kept for it, and is no other shortcut.
  const OPENS_A_FORM = {
    n: ".st-key-to-new-case button", m: ".st-key-to-new-inquiry button", s: ".st-key-to-search button",
  };
  const AHEAD_AT_MOST_MS = 15000; // a slow machine; a click or Escape ends it at once
  let ahead = null;

  function noteKey(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain) {
      if (event.key === "Enter" && event.isTrusted && document.activeElement?.matches("button")) sendOnFromButton(event);
      if (event.key.length === 1 && isLive(document.activeElement)) sendNow(document.activeElement); // before a shortcut acts on it
      return;
    }
    if (ahead !== null && performance.now() > ahead.until) ahead = null;
    if (isTyping() || event.key === "Escape") ahead = null;
    else if (ahead !== null && (event.key.length === 1 || event.key === "Tab")) keepAhead(event);
    else if (document.querySelector(OPENS_A_FORM[event.key.toLowerCase()] ?? "#none")) {
      ahead = { texts: [""], until: performance.now() + AHEAD_AT_MOST_MS };
    }
  }

  // Ctrl+Enter on a chip that was just chosen would unchoose it and save nothing: Enter presses a button, whatever is held with it.
  function sendOnFromButton(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    document.activeElement.blur();
    const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    for (const kind of ["keydown", "keyup"]) {
      document.body.dispatchEvent(
        new KeyboardEvent(kind, { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true }),
      );
    }
  }

  function keepAhead(event) {
    if (event.key === "Tab") ahead.texts.push("");
    else if (!event.repeat) ahead.texts[ahead.texts.length - 1] += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function bringTypedAhead(field) {
    const texts = ahead?.texts ?? [];
    ahead = null;
    texts.slice(0, 2).forEach((text, place) => {
      if (place === 1) textFieldAfter(field)?.focus(); // leaving the first sends it, as Tab does
      if (text) document.execCommand("insertText", false, text);
    });
  }

  function textFieldAfter(field) {
    const fields = [...document.querySelectorAll(FIELDS)].filter((one) => !one.matches("[type=radio],[type=checkbox]"));
    return fields[fields.indexOf(field) + 1];
  }

  // ---- rows of a list --------------------------------------------------------------------------------------------------------

  const ROW = '[role="radio"], [aria-pressed]';

  // Streamlit's group of choices lies across and walks with the arrows left and right; as rows it stands, so up and down walk too.
  function walkRows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = step && event.target.closest?.('[class*="st-key-rows-"] :is([role="radiogroup"], [role="toolbar"])');
    if (!list) return;
    const rows = [...(list.closest(HITS) ?? list).querySelectorAll(ROW)];
    const next = rows[rows.indexOf(event.target.closest(ROW)) + step];
    event.preventDefault();
    event.stopPropagation();
    (next ?? (step < 0 ? searchField() : null))?.focus();
  }

  // ---- the search ------------------------------------------------------------------------------------------------------------

  const HITS = ".st-key-search-hits";
  const searchField = () => document.querySelector(".st-key-focus-search input");
  const firstHit = () => [...document.querySelectorAll(`${HITS} :is(${ROW})`)][0];

  // From the field to the hits: down to the first one, Enter opens it. Enter has sent what was typed last; its hits are waited for.
  function leaveSearchField(event) {
    if (event.target !== searchField() || event.isComposing) return;
    if (event.key === "ArrowDown" && firstHit()) {
      event.preventDefault();
      firstHit().focus();
    }
    if (event.key === "Enter") afterLastWords(() => firstHit()?.click());
  }

  // Each letter that is typed changes the address; the way back leads to where one came from, and not through all of them.
  const pushed = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const isSameSearch = location.pathname === "/sok" && new URL(address ?? "", location.href).pathname === "/sok";
    (isSameSearch ? history.replaceState.bind(history) : pushed)(state, title, address);
  };

  // ---- the menu on a phone ---------------------------------------------------------------------------------------------------

  // Streamlit lays the menu over the page on a narrow screen and leaves it there after a choice.
  function closeMenu(event) {
    if (innerWidth > 768 || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }

  // ---- all together ----------------------------------------------------------------------------------------------------------

  function follow(changes) {
    for (const change of changes) {
      if (change.type === "characterData") {
        if (language() === "nb" && change.target.parentElement?.closest(CHROME)) translateText(change.target);
      } else if (change.type === "attributes") {
        if (NAMES.includes(change.attributeName) && change.target.matches(NAMED)) translateNames(change.target);
      } else {
        for (const added of change.addedNodes) {
          if (added.nodeType === Node.ELEMENT_NODE) translateWithin(added);
          else if (added.nodeType === Node.TEXT_NODE && language() === "nb" && added.parentElement?.closest(CHROME)) translateText(added);
        }
      }
    }
    followLanguage();
    followConnection();
    giveFirstFocus();
    if (document.querySelector(".st-key-signed-out")) goToSignIn();
  }

  document.addEventListener("focusin", (event) => remember(event.target));
  document.addEventListener("focusout", (event) => noteLeaving(event.target));
  document.addEventListener("input", (event) => noteTyping(event.target));
  document.addEventListener("input", (event) => sendSoon(event.target));
  document.addEventListener("focusout", (event) => {
    if (event.isTrusted && event.target.matches("input,textarea")) leftFieldAt = performance.now();
  });
  document.addEventListener("submit", holdSignOut, true);
  window.addEventListener("pointerdown", notePress, true);
  window.addEventListener("click", keepPress, true);
  window.addEventListener("click", holdMenu, true);
  window.addEventListener("keydown", noteKey, true);
  window.addEventListener("pointerdown", () => { ahead = null; }, true);
  document.addEventListener("click", (event) => noteSubmit(event.target), true);
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", walkRows, true);
  document.addEventListener("keydown", sendDay, true);
  document.addEventListener("keydown", leaveSearchField, true);
  window.addEventListener("beforeunload", guard);
  new MutationObserver(follow).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...NAMES, "data-test-connection-state", "data-test-script-state"],
  });
  translateWithin(document.body);
})();

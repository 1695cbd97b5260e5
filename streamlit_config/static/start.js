// Runs before Streamlit's own script: where the server is. Left to itself it asks below each screen's address first (two 404s and a
// pause), and waits for two answers before it opens its websocket.
"use strict";
window.__streamlit = {
  BACKEND_BASE_URL: location.origin,
  MAIN_PAGE_BASE_URL: location.origin,
  HOST_CONFIG: {
    allowedOrigins: [location.origin],
    useExternalAuthToken: false,
    enableCustomParentMessages: false,
    enforceDownloadInNewTab: false,
    blockErrorDialogs: false,
  },
};

// On its way to another screen Streamlit first writes the new record's query behind the old screen's address, as a step of its own
// in the history: Back would then open the list without its filter. When the other screen follows, that step gets its address back.
(() => {
  const AT_ONCE_MS = 2000;
  const push = history.pushState.bind(history);
  let left = null; // the address and the moment of the last step that changed the query alone
  history.pushState = (state, unused, url) => {
    const before = location.href;
    const isOtherScreen = new URL(url ?? before, before).pathname !== location.pathname;
    if (isOtherScreen && left && Date.now() - left.at < AT_ONCE_MS) history.replaceState(history.state, "", left.address);
    left = isOtherScreen ? null : { address: before, at: Date.now() };
    push(state, unused, url);
  };
})();

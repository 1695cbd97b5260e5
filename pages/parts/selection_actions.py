"""What is done with those in a selection: all of them, or the rows that were chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import streamlit as st

from crm.cases.queries import list_topic_choices
from crm.context import Context
from crm.i18n import t, tn
from crm.mailing.commands import put_on_list
from crm.mailing.forms import Consent, PutOnList
from crm.mailing.queries import list_choices
from crm.members.topic_commands import give_topic
from crm.permissions import Permission
from crm.records import Kind, Record
from crm.selections.queries import SavedSelection, selected_ids
from crm.selections.wanted import Wanted
from crm.selections.words import ListedKind
from crm.tags.commands import tag_many
from crm.tags.forms import TagName
from crm.tags.queries import tags_in_use
from crm.tasks.commands import add_tasks
from crm.tasks.forms import LONGEST, NewTask
from crm.users.queries import list_colleagues
from pages.parts import tags_reasons as tags_reasons
from pages.parts import tasks_reasons as tasks_reasons
from pages.parts.mailing_fields import ask_consent
from pages.parts.members_fields import ask_day
from pages.parts.selection_out import offer_export
from streamlit_config.shell import saying_errors

MOST_TASKS = 50
ROUND, DONE = "selection-actions-done", "selection-actions-receipt"
RECORDS = {ListedKind.ORGANISATION: Kind.ORGANISATION, ListedKind.PERSON: Kind.PERSON}

Ids = Callable[[], Sequence[int]]


def ask_what_to_do(
    ctx: Context, wanted: Wanted, shown: Sequence[str], saved: SavedSelection | None, chosen: Sequence[int]
) -> None:
    """Nothing is worked out before something is chosen."""
    with_whom = _ask_with_whom(chosen)
    words = {"export": t("Eksporter")} if ctx.may(Permission.EXPORT) else {}
    if ctx.may(Permission.KEEP_MEMBERS):
        words |= {
            "tag": t("Sett en merkelapp"),
            "list": t("Sett på en e-postliste"),
            "task": t("Lag en oppgave på hver"),
        }
        if wanted.kind is ListedKind.ORGANISATION:
            words["topic"] = t("Gi et tema")
    what = st.pills(
        t("Hva vil du gjøre?"), list(words), format_func=words.__getitem__, key=f"what-to-do-{wanted.kind}", wrap=True
    )

    def ids() -> Sequence[int]:
        return with_whom if with_whom is not None else selected_ids(ctx, wanted)

    _show_receipt(wanted, what)
    with saying_errors():
        match what:
            case "export":
                offer_export(ctx, wanted, shown, saved, with_whom)
            case "tag":
                _tag(ctx, wanted, ids)
            case "list":
                _put_on_list(ctx, wanted, ids)
            case "topic":
                _give_topic(ctx, wanted, ids)
            case "task":
                _make_tasks(ctx, wanted, ids)


def _ask_with_whom(chosen: Sequence[int]) -> Sequence[int] | None:
    """None is everybody in the selection."""
    if not chosen:
        st.caption(t("Gjelder alle i utvalget. Vil du bare ha med noen, skru på «Velg rader» over listen."))
        return None
    words = {"chosen": tn("{n} valgt rad", "{n} valgte rader", len(chosen)), "all": t("Alle i utvalget")}
    asked = st.segmented_control(
        t("Gjelder"), list(words), default="chosen", format_func=words.__getitem__, key="with-whom"
    )
    return None if asked == "all" else chosen


def _tag(ctx: Context, wanted: Wanted, ids: Ids) -> None:
    name = st.selectbox(
        t("Merkelapp"),
        [tag.name for tag in tags_in_use(ctx)],
        index=None,
        accept_new_options=True,
        placeholder=t("Velg, eller skriv en ny"),
        key=_key("tag"),
        width=320,
    )
    if st.button(t("Sett merkelappen"), type="primary", key=_key("tag-save")):
        tagged = tag_many(ctx, RECORDS[wanted.kind], ids(), TagName.checked(name=name or ""))
        _say_done(wanted, "tag", tn("{n} fikk merkelappen.", "{n} fikk merkelappen.", tagged))


def _put_on_list(ctx: Context, wanted: Wanted, ids: Ids) -> None:
    lists = {one.id: one for one in list_choices(ctx)}
    if not lists:
        st.info(t("Det er ingen e-postlister ennå. Lag en under E-postlister."))
        return
    chosen = st.selectbox(
        t("E-postliste"), list(lists), format_func=lambda one: lists[one].name, key=_key("list"), width=320
    )
    has_consent = st.toggle(t("Alle har sagt ja på samme måte"), key=_key("list-has-consent"))
    typed = ask_consent(_key("list"), on=ctx.today) if has_consent else None
    if st.button(t("Sett på listen"), type="primary", key=_key("list-save")):
        consent = Consent.checked(**typed) if typed else None
        whom = tuple(ids())
        people, houses = (whom, ()) if wanted.kind is ListedKind.PERSON else ((), whom)
        result = put_on_list(ctx, chosen, PutOnList(person_ids=people, organisation_ids=houses, consent=consent))
        said = [tn("{n} ny på listen", "{n} nye på listen", result.added)]
        said += [tn("{n} sto der fra før", "{n} sto der fra før", result.already)] if result.already else []
        left = tn(
            "{n} har meldt seg av og blir stående av", "{n} har meldt seg av og blir stående av", result.unsubscribed
        )
        _say_done(wanted, "list", ", ".join([*said, *([left] if result.unsubscribed else [])]) + ".")


def _give_topic(ctx: Context, wanted: Wanted, ids: Ids) -> None:
    topics = {one.id: one.name for one in list_topic_choices(ctx)}
    topic = st.selectbox(t("Tema"), list(topics), format_func=topics.__getitem__, key=_key("topic"), width=320)
    if st.button(t("Gi temaet"), type="primary", disabled=topic is None, key=_key("topic-save")):
        given = give_topic(ctx, topic, ids())
        _say_done(wanted, "topic", tn("{n} fikk temaet.", "{n} fikk temaet.", given))


def _make_tasks(ctx: Context, wanted: Wanted, ids: Ids) -> None:
    """One for each, so that each is done by itself."""
    colleagues = {ctx.user_id: ctx.actor.name} | {one.id: one.name for one in list_colleagues(ctx)}
    what = st.text_input(t("Hva skal gjøres?"), max_chars=LONGEST, key=_key("task"))
    with st.container(horizontal=True, vertical_alignment="bottom", key=_key("task-when")):
        due = ask_day(t("Frist"), key=_key("task-due"))
        whose = st.selectbox(
            t("Ansvarlig"), list(colleagues), format_func=colleagues.__getitem__, key=_key("task-whose"), width=240
        )
    if st.button(t("Lag oppgavene"), type="primary", key=_key("task-save")):
        whom = ids()
        if len(whom) > MOST_TASKS:
            st.error(t("Det blir for mange oppgaver: høyst {most} om gangen. Velg rader.", most=MOST_TASKS))
            return
        token = _said_today(ctx, wanted.kind, what or "", due, whose)
        tasks = [
            NewTask.checked(
                what=what or "",
                due=due,
                responsible_id=whose,
                record=Record(RECORDS[wanted.kind], one),
                token=f"{token}-{one}",
            )
            for one in whom
        ]
        added = add_tasks(ctx, tasks)
        said = [tn("{n} oppgave er lagt til", "{n} oppgaver er lagt til", added)]
        already = len(tasks) - added
        said += [tn("{n} var laget fra før", "{n} var laget fra før", already)] if already else []
        _say_done(wanted, "task", ", ".join(said) + ".")


def _said_today(ctx: Context, *words: object) -> str:
    """The same for the same words on the same day: asked for twice, also after the page was loaded again, a task is one."""
    said = "\n".join(str(word).strip() for word in (ctx.user_id, ctx.today, *words))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _say_done(wanted: Wanted, what: str, words: str) -> None:
    """Stands until something else is asked for, over empty fields for what is done next. A toast can be lost in a redraw."""
    st.session_state[DONE] = (wanted, what, words)
    st.session_state[ROUND] = _round() + 1
    st.rerun()


def _show_receipt(wanted: Wanted, what: str | None) -> None:
    *about, words = st.session_state.get(DONE, (None, None, ""))
    if about == [wanted, what] and words:
        st.success(words, icon=":material/check_circle:")
    else:
        st.session_state.pop(DONE, None)


def _key(name: str) -> str:
    return f"selection-{name}-{_round()}"


def _round() -> int:
    return int(st.session_state.get(ROUND, 0))

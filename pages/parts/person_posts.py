"""Somebody's posts, those of today first: put right, ended together with the next one's beginning, or added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

import pages.parts.people_reasons as _reasons  # noqa: F401 - registers the sentences of this feature's reason codes
from crm.context import Context
from crm.i18n import shown_date, t
from crm.members.words import OrganisationKind
from crm.people.commands import add_post, change_post, end_post, move_to_new_post, remove_post
from crm.people.contacts import ContactLine
from crm.people.forms import ChangedPost, EndedPost, MovedOn, NewPost
from crm.people.person_queries import PersonCard, PostLine, Tense
from crm.people.words import IN_OFFICE, LegalBasis, PostKind, basis_words, post_kind_words
from crm.permissions import Permission
from pages.parts.members_fields import ask_day
from pages.parts.members_words import kind_words, period_words
from pages.parts.organisation_choice import choose_organisation
from pages.parts.people_words import party_words
from pages.parts.plain import escaped
from pages.parts.removing import is_to_be_removed
from streamlit_config.navigation import go
from streamlit_config.shell import context, saying_errors

_ADDED = "posts-added"


def show_posts(ctx: Context, card: PersonCard) -> None:
    st.header(t("Stillinger og verv"), anchor=False)
    if not card.posts:
        st.text(t("Ingen er lagt inn ennå."))
    for post in card.posts:
        _show_post(ctx, card, post)
    if ctx.may(Permission.KEEP_MEMBERS):
        key = f"new-post-{card.id}-{st.session_state.get(_ADDED, 0)}"
        place = st.expander(t("Ny stilling eller nytt verv"), icon=":material/add:", key=key, on_change="rerun")
        if place.open:
            with place:
                _ask_new(card.id, f"{key}-fields")


def _show_post(ctx: Context, card: PersonCard, post: PostLine) -> None:
    with st.container(border=True, gap="xsmall", key=f"post-{post.id}"):
        icon = ":material/apartment:"
        if st.button(escaped(post.organisation), type="tertiary", icon=icon, key=f"open-organisation-{post.id}"):
            go("member", id=post.organisation_id)
        st.text(_title(post))
        st.caption(escaped(" · ".join(filter(None, [_when(post), _basis(post)]))))
        if post.party:
            st.text(party_words(post.party, post.party_source))
        if ctx.may(Permission.KEEP_MEMBERS):
            _offer_changes(card, post)


def _title(post: PostLine) -> str:
    """With the kind, unless the title says it: `kulturjournalist`, but `reporter (journalist)`."""
    kind = post_kind_words(post.kind)
    if not post.title:
        return kind
    return post.title if kind.lower() in post.title.lower() else f"{post.title} ({kind.lower()})"


def _when(post: PostLine) -> str:
    if post.tense is Tense.AHEAD and post.since:
        return t("Begynner {day}", day=shown_date(post.since))
    period = period_words(post.since, post.until)
    return t("Tidligere: {period}", period=period) if post.tense is Tense.PAST else period


def _basis(post: PostLine) -> str:
    return t("grunnlag: {basis}", basis=basis_words(post.legal_basis).lower())


def _offer_changes(card: PersonCard, post: PostLine) -> None:
    key = f"{post.id}-{post.version}"
    if post.tense is not Tense.PAST:
        moving = st.expander(t("Slutter her / begynner der"), key=f"move-post-{key}", on_change="rerun")
        if moving.open:
            with moving:
                _ask_move(post, card.contacts)
    mending = st.expander(t("Rett eller avslutt"), key=f"change-post-{key}", on_change="rerun")
    if mending.open:
        with mending:
            _ask_change(post)


@st.fragment
def _ask_move(post: PostLine, contacts: Sequence[ContactLine]) -> None:
    ctx = context()
    key = f"move-{post.id}-{post.version}"
    last_day = ask_day(t("Siste dag her"), key=f"{key}-last", value=post.until or ctx.today)
    chosen = choose_organisation(ctx, t("Begynner hos"), key=f"{key}-at", may_be_new=True)
    kind = _ask_kind(key) if chosen.id is None and chosen.name else OrganisationKind.AUTHORITY
    typed = _ask_details(key, since=last_day and last_day + timedelta(days=1))
    old = [contact.id for contact in contacts if not contact.is_old and _is_left_behind(contact, key)]
    st.caption(t("Ønsker om ikke å bli kontaktet følger med. Det som har skjedd, blir stående der det skjedde."))
    if st.button(t("Lagre skiftet"), type="primary", key=f"{key}-save"):
        with saying_errors():
            moved = MovedOn.checked(
                version=post.version,
                last_day=last_day,
                organisation_id=chosen.id,
                organisation="" if chosen.id else chosen.name,
                organisation_kind=kind,
                old_contacts=tuple(old),
                **typed,
            )
            move_to_new_post(ctx, post.id, moved)
            st.rerun()


@st.fragment
def _ask_change(post: PostLine) -> None:
    ctx = context()
    key = f"post-{post.id}-{post.version}"
    typed = _ask_details(key, post=post) | {"until": ask_day(t("Siste dag"), key=f"{key}-until", value=post.until)}
    with st.container(horizontal=True):
        if st.button(t("Lagre stillingen"), type="primary", key=f"{key}-save"):
            with saying_errors():
                change_post(ctx, post.id, ChangedPost.checked(version=post.version, **typed))
                st.rerun()
        if post.until is None and st.button(t("Siste dag er i dag"), key=f"{key}-end"):
            with saying_errors():
                end_post(ctx, post.id, EndedPost(version=post.version, until=ctx.today))
                st.rerun()
    question = t(
        "Stillingen hos {organisation} blir borte, som om den aldri var ført opp. Er den bare over, skriv siste dag i stedet.",
        organisation=escaped(post.organisation),
    )
    if is_to_be_removed(question, key=key):
        with saying_errors():
            remove_post(ctx, post.id, version=post.version)
            st.rerun()


@st.fragment
def _ask_new(person_id: int, key: str) -> None:
    ctx = context()
    chosen = choose_organisation(ctx, t("Hos"), key=f"{key}-at")
    typed = _ask_details(key) | {"until": ask_day(t("Siste dag (kan stå tomt)"), key=f"{key}-until")}
    if st.button(t("Legg til stillingen"), type="primary", key=f"{key}-save"):
        with saying_errors():
            add_post(ctx, NewPost.checked(person_id=person_id, organisation_id=chosen.id, **typed))
            st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            st.rerun()


def _ask_details(key: str, *, post: PostLine | None = None, since: date | None = None) -> dict[str, object]:
    """The basis is preset only where somebody chose it before; a party is asked for only where it may stand."""
    title = st.text_input(t("Tittel"), value=post.title if post else "", key=f"{key}-title", persist_state="session")
    kind = st.selectbox(
        t("Slags stilling"),
        list(PostKind),
        index=list(PostKind).index(post.kind) if post else 0,
        format_func=post_kind_words,
        key=f"{key}-kind",
        persist_state="session",
    )
    # Another day proposed is another field: it follows the last day of the post before.
    begins = ask_day(t("Fra"), key=f"{key}-since-{since or ''}", value=post.since if post else since)
    basis = st.selectbox(
        t("Hvorfor vi kan ha opplysningene"),
        list(LegalBasis),
        index=list(LegalBasis).index(post.legal_basis) if post else None,
        format_func=basis_words,
        placeholder=t("Velg grunnlag"),
        key=f"{key}-basis",
        persist_state="session",
    )
    typed: dict[str, object] = {"title": title or "", "kind": kind, "since": begins, "legal_basis": basis}
    if kind in IN_OFFICE or (post and post.party):
        party = st.text_input(
            t("Parti (kan stå tomt)"), value=post.party if post else "", key=f"{key}-party", persist_state="session"
        )
        source = st.text_input(
            t("Oppgitt av"), value=post.party_source if post else "", key=f"{key}-source", persist_state="session"
        )
        typed |= {"party": party or "", "party_source": source or ""}
    return typed


def _ask_kind(key: str) -> OrganisationKind:
    kinds = [kind for kind in OrganisationKind if kind is not OrganisationKind.OWN]
    index = kinds.index(OrganisationKind.AUTHORITY)
    return st.selectbox(t("Hva slags organisasjon"), kinds, index=index, format_func=kind_words, key=f"{key}-new-kind")


def _is_left_behind(contact: ContactLine, key: str) -> bool:
    label = t("Hørte til her, gammelt fra nå: {contact}", contact=escaped(contact.shown))
    return st.checkbox(label, key=f"{key}-old-{contact.id}")

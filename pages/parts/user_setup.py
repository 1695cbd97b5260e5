"""One user among those an administrator looks after, and the link that is shown once."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode, urlsplit

import streamlit as st

from crm.context import Context
from crm.i18n import LANGUAGES, shown_moment, t
from crm.users.commands import Invitation, add_user, change_role, disable_user, enable_user, invite_again
from crm.users.forms import NewUser
from crm.users.queries import Role, UserRow
from pages.parts import users_reasons as users_reasons
from pages.parts.plain import escaped
from streamlit_config.entrance import ONE_TIME_LINK
from streamlit_config.shell import saying_errors

TOKEN, LINK = "new-user-token", "user-link"


def role_name(role: Role) -> str:
    return {
        Role.ADMINISTRATOR: t("Administrator"),
        Role.COLLEAGUE: t("Kollega"),
        Role.READER: t("Leser"),
    }[role]


def user_heading(ctx: Context, user: UserRow) -> str:
    """Name, role, and what there is to know about their way in."""
    if not user.is_active:
        seen = t("sperret")
    elif user.is_invited:
        seen = t("invitert, har ikke valgt passord")
    elif user.last_seen_at is None:
        seen = t("ikke logget inn ennå")
    else:
        seen = t("sist her {moment}", moment=shown_moment(user.last_seen_at, now=ctx.now))
    return f"{escaped(user.name)} · {role_name(user.role)} · {seen}"


def ask_new_user(ctx: Context) -> None:
    token = st.session_state.setdefault(TOKEN, secrets.token_urlsafe(9))
    name = st.text_input(t("Navn"), key=f"name-{token}")
    email = st.text_input(t("E-postadresse"), key=f"email-{token}")
    role = st.segmented_control(
        t("Rolle"), list(Role), default=Role.COLLEAGUE, required=True, format_func=role_name, key=f"role-{token}"
    )
    language = st.segmented_control(
        t("Språk"), list(LANGUAGES), default="nb", required=True, format_func=LANGUAGES.__getitem__, key=f"lang-{token}"
    )
    if st.button(t("Legg til og lag invitasjon"), type="primary", key=f"add-{token}"):
        with saying_errors():
            new = NewUser.checked(name=name or "", email=email or "", role=role, language=language)
            _keep_link(add_user(ctx, new), new.name)
            del st.session_state[TOKEN]
            st.rerun()


def ask_about_user(ctx: Context, user: UserRow) -> None:
    """Nothing here can lock the last administrator out; the use-cases refuse it."""
    st.text(user.email)
    key = f"{user.id}-{user.role}-{user.is_active}"
    role = st.segmented_control(
        t("Rolle"), list(Role), default=user.role, required=True, format_func=role_name, key=f"role-{key}"
    )
    with st.container(horizontal=True), saying_errors():
        if st.button(t("Lagre rollen"), key=f"save-role-{key}"):
            change_role(ctx, user.id, role or user.role)
            st.rerun()
        if user.is_active and st.button(t("Lag lenke for nytt passord"), key=f"link-{key}"):
            _keep_link(invite_again(ctx, user.id), user.name)
            st.rerun()
        if user.is_active and st.button(t("Sperr brukeren"), key=f"disable-{key}"):
            disable_user(ctx, user.id)
            st.rerun()
        if not user.is_active and st.button(t("Åpne for brukeren igjen"), key=f"enable-{key}"):
            enable_user(ctx, user.id)
            st.rerun()


def show_link_once() -> None:
    """The secret is gone from the session as soon as it has been drawn: another click, and it cannot be read again."""
    kept = st.session_state.pop(LINK, None)
    if kept is None:
        return
    name, link = kept
    with st.container(border=True, key="one-time-link"):
        st.markdown(
            t(
                "Send denne lenken til **{name}**. Den vises bare nå, virker én gang og varer i sju dager.",
                name=escaped(name),
            )
        )
        st.code(link, language=None, wrap_lines=True)


def _keep_link(invitation: Invitation, name: str) -> None:
    here = urlsplit(st.context.url or "")
    link = f"{here.scheme}://{here.netloc}{ONE_TIME_LINK}?{urlencode({'nokkel': invitation.token})}"
    st.session_state[LINK] = (name, link)

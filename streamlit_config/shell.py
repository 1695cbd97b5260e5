"""What every screen stands in: who is looking, in which language, and how an error is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from crm.context import Context, Database
from crm.demo.marking import is_demonstration
from crm.errors import ChangedMeanwhile, CrmError, InvalidForm, NotAllowed, NotFound, SignedOut
from crm.i18n import t, use_language
from crm.users.queries import actor_for_session

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Application:
    database: Database
    clock: Clock
    is_demonstration: bool  # shown on every screen: nobody may take it for the real one


_installed: list[Application] = []


def install(database: Database, clock: Clock = lambda: datetime.now(UTC)) -> None:
    """Once per process, before the first screen. Tests hand in a database and a clock of their own."""
    _installed[:] = [Application(database, clock, is_demonstration(database))]


def installed_application() -> Application:
    if not _installed:
        raise RuntimeError("the application was not installed; start it with `kulturcrm serve`")
    return _installed[0]


_of_this_run: ContextVar[Context | None] = ContextVar("context of this run", default=None)


def context() -> Context:
    """Who looks, now. The first line of every page, fragment and dialog: a fragment runs without its page.

    Within one run of a whole screen the entry script has just asked, so the page is given the same answer; each read and write
    of a use-case looks the session up again anyway. Stops the run with a way back to the sign-in page when the session is over.
    """
    already = _of_this_run.get()
    if already is not None:
        return already
    application = installed_application()
    now = application.clock()
    session_id = st.user.get("session")
    actor = actor_for_session(application.database, str(session_id), now) if session_id else None
    if actor is None:
        say_signed_out()
        st.stop()
    use_language(actor.language)
    return Context(actor, application.database, now)


@contextmanager
def one_run(ctx: Context) -> Iterator[None]:
    """While the entry script runs a page."""
    before = _of_this_run.set(ctx)
    try:
        yield
    finally:
        _of_this_run.reset(before)


@contextmanager
def saying_errors() -> Iterator[None]:
    """Shows a `CrmError` of the block in the reader's words where the block stands; what was typed stays."""
    try:
        yield
    except SignedOut:
        say_signed_out()
        st.stop()
    except CrmError as error:
        st.error(explained(error), icon=":material/error:")


def explained(error: CrmError) -> str:
    if isinstance(error, InvalidForm):
        return "  \n".join(dict.fromkeys(reason(code, **error.said) for code in error.problems.values()))
    if isinstance(error, ChangedMeanwhile):
        return t(
            "Noen andre lagret en endring før deg. Det du skrev, står her fortsatt. Kopier det, last siden på nytt og prøv igjen."
        )
    if isinstance(error, NotFound):
        return t("Denne finnes ikke lenger, eller adressen er feil.")
    if isinstance(error, NotAllowed):
        return t("Rollen din gir ikke tilgang til dette.")
    return reason(error.code)


_reasons: dict[str, Callable[..., str]] = {}


def explain_reasons(reasons: Mapping[str, Callable[..., str]]) -> None:
    """Each feature's screens say what its reason codes mean: `{"what_missing": lambda: t("Skriv hva det gjelder.")}`."""
    _reasons.update(reasons)


def reason(code: str, **facts: str) -> str:
    """The sentence for a reason code, with the facts it names.

    House rules check that every code has one; an unknown one is named, not hidden.
    """
    said = _reasons.get(code)
    return said(**facts) if said else t("Dette kan ikke lagres slik ({code}).", code=code)


def say_signed_out() -> None:
    with st.container(key="signed-out"):  # shell.js sees this and goes to the sign-in page
        st.warning(t("Du er logget ut. Utkastene dine er lagret."))
        st.link_button(t("Logg inn"), "/logg-inn")

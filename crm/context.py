"""The one thing handed around: who acts, on which database, at what moment.

A use-case owns its transaction, because a Streamlit rerun, callback or fragment has no edge at which to commit. Its first
statement is `with ctx.write(Permission...)` or `with ctx.read(Permission...)`: fragments run neither the entry script nor the top
of a page, so the session and the role are looked up again right here, every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from crm.errors import ChangedMeanwhile, NotAllowed, SignedOut
from crm.i18n import local
from crm.permissions import Permission, may
from db.base import Base
from db.engine import Database as Database  # screens hand it on, and may not import db
from db.models.house_keeping import AuditEntry, DataVersion
from db.models.users import Role, SignedInSession, User

if TYPE_CHECKING:
    import pandas as pd

IDLE_LIMIT = timedelta(hours=12)
ABSOLUTE_LIMIT = timedelta(days=7)


@dataclass(frozen=True)
class Actor:
    """Who is acting. `session_id` is None on the command line and in tests; then only the user's row is checked.

    `user_id` None is whoever sits at the machine and runs `kulturcrm`: an administrator without a row.
    """

    user_id: int | None
    name: str
    role: Role
    language: str = "nb"
    single_letter_shortcuts: bool = True
    session_id: str | None = None


@dataclass(frozen=True)
class Context:
    actor: Actor
    database: Database
    now: datetime  # one moment for the whole run: two lines of one save never differ

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("the context's moment needs a time zone")

    @property
    def today(self) -> date:
        """The office's date, which is not UTC's late in the evening."""
        return local(self.now).date()

    @property
    def user_id(self) -> int:
        """The acting user's id. The command line has none, and may not do what is done in somebody's name."""
        if self.actor.user_id is None:
            raise NotAllowed("needs_a_user")
        return self.actor.user_id

    def may(self, permission: Permission) -> bool:
        """For what is shown. What is done is decided again by `read` and `write`."""
        return may(self.actor.role, permission)

    def require(self, permission: Permission) -> None:
        """For slow work that comes before the transaction, such as hashing a password."""
        with self.database.reading() as session:
            self._check(session, permission)

    @contextmanager
    def read(self, permission: Permission) -> Iterator[Session]:
        with self.database.reading() as session:
            self._check(session, permission)
            yield session

    @contextmanager
    def write(self, permission: Permission, *, changes_figures: bool = True) -> Iterator[Session]:
        """One use-case, one transaction. Not re-entrant. `changes_figures=False` keeps caches (drafts do).

        At its end what is derived follows whatever was written; who writes past the session reads `crm.touched`.
        """
        from crm.derived import follow  # it looks across the features, and they all stand on this module
        from crm.search.behind import catch_up

        try:
            with self.database.writing() as session:
                self._check(session, permission)
                yield session
                is_indexed = follow(session)
                if changes_figures:
                    session.execute(update(DataVersion).values(number=DataVersion.number + 1))
        except StaleDataError as error:
            raise ChangedMeanwhile from error
        if not is_indexed:
            self.database.afterwards(catch_up)

    def frame(self, permission: Permission, query: Select[Any]) -> pd.DataFrame:
        """The rows as a data frame, where figures are worked. Lists come as dataclasses instead: they cost a third."""
        import pandas as pd

        with self.read(permission) as session:
            result = session.execute(query)
            return pd.DataFrame(result.all(), columns=list(result.keys()))

    def record(self, session: Session, action: str, subject: Base | tuple[str, object], **facts: object) -> None:
        """The audit line: the last line of every use-case, in its transaction.

        `facts` are plain words, numbers and lists; for a change, `changed={"field": [before, after]}`.
        """
        session.flush()
        kind, key = subject if isinstance(subject, tuple) else (subject.__tablename__, _key(subject))
        entry = AuditEntry(
            at=self.now,
            actor_id=self.actor.user_id,
            action=action,
            subject_kind=kind,
            subject_id=str(key),
            facts=_plain(facts),
        )
        session.add(entry)

    def version_seen(self, permission: Permission) -> int:
        """The data version, for who may see what is cached under it: all that a screen asks when nobody has saved anything."""
        with self.read(permission) as session:
            return int(session.connection().execute(_DATA_VERSION).scalar_one())

    def data_version(self) -> int:
        """Grows with every write that changes figures. Not a secret, so no permission."""
        with self.database.reading() as session:
            return session.scalars(select(DataVersion.number)).one()

    def _check(self, session: Session, permission: Permission) -> None:
        role = self._role_now(session)
        if not may(role, permission):
            raise NotAllowed(permission=permission.value)

    def _role_now(self, session: Session) -> Role:
        if self.actor.user_id is None:
            return self.actor.role
        connection = session.connection()  # past the ORM, which takes a third of the time of so small a question
        if self.actor.session_id is None:
            row = connection.execute(_USER_NOW, {"user": self.actor.user_id}).first()
        else:
            limits = {"idle": self.now - IDLE_LIMIT, "absolute": self.now - ABSOLUTE_LIMIT}
            row = connection.execute(
                _SESSION_NOW, {"user": self.actor.user_id, "session": self.actor.session_id, **limits}
            ).first()
        if row is None or not row.is_active:
            raise SignedOut
        role: Role = row.role
        return role


# Asked at each read and write, so made once: putting a select together costs more than SQLite's answer.
_DATA_VERSION = select(DataVersion.number)
_USER_NOW = select(User.role, User.is_active).where(User.id == bindparam("user"))
_SESSION_NOW = _USER_NOW.join(SignedInSession, SignedInSession.user_id == User.id).where(
    SignedInSession.id == bindparam("session"),
    SignedInSession.revoked_at.is_(None),
    SignedInSession.last_seen_at > bindparam("idle"),
    SignedInSession.created_at > bindparam("absolute"),
)


def command_line(database: Database, now: datetime) -> Context:
    """For `kulturcrm` in a terminal: whoever can run it has the file itself in hand."""
    return Context(Actor(user_id=None, name="kommandolinjen", role=Role.ADMINISTRATOR), database, now)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """`{"field": [before, after]}` for the fields that differ."""
    return {field: [before[field], after[field]] for field in after if before[field] != after[field]}


def _key(subject: Base) -> object:
    (column,) = subject.__mapper__.primary_key
    return getattr(subject, str(column.key))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

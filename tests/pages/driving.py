"""The whole application under AppTest, as one colleague's browser sees it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from crm.context import Context
from db.models.users import SignedInSession
from streamlit_config.shell import install

ROOT = Path(__file__).parents[2]
READABLE = ("title", "header", "subheader", "markdown", "caption", "text", "success", "warning", "error", "info")


def signed_in(ctx: Context) -> AppTest:
    """A new browser at the context's moment, with a session row such as the gate would have made."""
    session_id = secrets.token_urlsafe(24)
    with ctx.database.writing() as session:
        session.add(
            SignedInSession(
                id=session_id,
                token_hash=session_id,
                user_id=ctx.user_id,
                created_at=ctx.now,
                last_seen_at=ctx.now,
                revoked_at=None,
            )
        )
    install(ctx.database, lambda: ctx.now)
    app = AppTest.from_file(str(ROOT / "streamlit_config/app.py"), default_timeout=30)
    app.user["session"] = session_id
    return app


def opened(app: AppTest, page: str, **query: object) -> AppTest:
    """That screen, with its `?id=`."""
    app.run()
    app.switch_page(f"../pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = str(value)
    return shown(app.run())


def shown(app: AppTest) -> AppTest:
    assert not app.exception, app.exception[0].value
    return app


def words(app: AppTest) -> str:
    """All that can be read in the screen itself, buttons included; what was escaped is read as it was typed."""
    read = [str(element.value) for kind in READABLE for element in app.main.get(kind)]
    return "\n".join([*read, *(button.label for button in app.main.button)]).replace("\\", "")


def button(app: Any, label: str) -> Any:
    """In the screen, or in one block of it."""
    place = app.main if isinstance(app, AppTest) else app
    found = [button for button in place.button if button.label == label]
    assert found, f"no button {label!r} among {[button.label for button in place.button]}"
    return found[0]


def field(app: AppTest, kind: str, label: str) -> Any:
    found = [element for element in app.main.get(kind) if element.label == label]
    assert found, f"no {kind} {label!r} among {[element.label for element in app.main.get(kind)]}"
    return found[0]

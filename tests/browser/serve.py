"""The real application for the browser tests: its own process, its own database, and a clock that the tests set.

`python -m tests.browser.serve DATABASE PORT CLOCK`, where CLOCK is a file with the moment it is now.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import uvicorn

from crm.settings import Settings
from db.engine import Database
from streamlit_config.asgi import build_app, server_config
from streamlit_config.listening import listening_socket


def main(database: str, port: str, clock: str) -> None:
    moment = Path(clock)
    settings = Settings(port=int(port), headless=True, data_folder=Path(database).parent)
    with listening_socket(settings) as listener:
        app = build_app(
            settings,
            Database(f"sqlite:///{database}"),
            clock=lambda: datetime.fromisoformat(moment.read_text("utf-8").strip()),
        )
        uvicorn.Server(server_config(settings, app)).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])

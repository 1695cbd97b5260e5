"""The real application for the browser tests: its own process, its own database, and a clock that the tests set."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import uvicorn

from crm.settings import Settings
from db.engine import Database
from streamlit_config.asgi import build_app, server_config
from streamlit_config.listening import listening_socket


def serve(database: Path, port: int, clock: Path, log: Path) -> None:
    """`clock` is a file with the moment it is now."""
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    settings = Settings(port=port, headless=True, data_folder=database.parent)
    with listening_socket(settings) as listener:
        app = build_app(
            settings,
            Database(f"sqlite:///{database}"),
            clock=lambda: datetime.fromisoformat(clock.read_text("utf-8").strip()),
        )
        uvicorn.Server(server_config(settings, app)).run(sockets=[listener])

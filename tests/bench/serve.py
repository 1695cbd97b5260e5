"""Serves the bare page or ours, each under the same settings: post-run collection off, warm imports, freeze,
TCP_NODELAY, no rest between sendings.

python -m tests.bench.serve bare PORT [SCRIPT]
python -m tests.bench.serve ours PORT DATABASE_URL
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from streamlit.web import bootstrap

from crm.settings import Settings
from db.engine import Database
from streamlit_config.asgi import WARM, build_app, server_config, streamlit_options
from streamlit_config.listening import listening_socket, send_at_once

BARE = Path(__file__).with_name("bare.py")


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield


def bare_app(settings: Settings, script: Path) -> st.App:
    bootstrap.load_config_options(streamlit_options(settings) | {"server.trustedUserHeaders": None})
    send_at_once()
    return st.App(script, lifespan=warm)


def main(kind: str, port: int, of: str = "") -> None:
    """`of` is the script to serve bare (this folder's when empty), or the address of our database."""
    settings = Settings(port=port, headless=True, database_url="" if kind == "bare" else of)
    app = bare_app(settings, Path(of or BARE)) if kind == "bare" else build_app(settings, Database(of))
    with listening_socket(settings) as listener:
        uvicorn.Server(server_config(settings, app)).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])

"""Servers of the tests are forked from one process that has imported everything: a tenth of the time of a fresh start."""

from __future__ import annotations

import multiprocessing

from streamlit_config.asgi import WARM

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(
    ["streamlit_config.asgi", "streamlit.runtime", "tests.gate.serving", "tests.browser.serve", *WARM, "tests.frozen"]
)

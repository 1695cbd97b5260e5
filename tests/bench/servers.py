"""Starting and stopping what is measured."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.house_rules.source import ROOT


@dataclass(frozen=True)
class Served:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cookie(self, token: str) -> str:
        return f"kulturcrm-{self.port}={token}"


@contextmanager
def served(kind: str, *more: str) -> Iterator[Served]:
    """`bare`, or `ours` with the address of its database; ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Served(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.serve", kind, str(server.port), *more], cwd=ROOT)
    health = server.url + ("/_stcore/health" if kind == "bare" else "/healthz")
    try:
        while not _answers(health):
            assert process.poll() is None, f"{kind} did not start"
            time.sleep(0.01)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=1) as answer:
        return bool(answer.status == 200)
    return False

"""Which websockets are open for which session, so that ending a session closes them at once."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager

Shut = Callable[[], Awaitable[None]]


class OpenSockets:
    """Registered on the server's loop, closed from any thread: signing out happens there, disabling a user in a script run."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._shut_by_session: dict[str, set[Shut]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @contextmanager
    def registered(self, session_id: str, shut: Shut) -> Iterator[None]:
        self._loop = asyncio.get_running_loop()
        with self._guard:
            self._shut_by_session[session_id].add(shut)
        try:
            yield
        finally:
            with self._guard:
                self._shut_by_session[session_id].discard(shut)
                if not self._shut_by_session[session_id]:
                    del self._shut_by_session[session_id]

    def close(self, session_ids: Iterable[str]) -> None:
        with self._guard:
            shuts = [shut for session_id in session_ids for shut in self._shut_by_session.get(session_id, ())]
        if shuts and self._loop is not None:
            self._loop.call_soon_threadsafe(self._close_all, shuts)

    def _close_all(self, shuts: list[Shut]) -> None:
        for shut in shuts:
            task = asyncio.ensure_future(_run(shut))
            self._closing.add(task)  # asyncio itself keeps only a weak reference to a task
            task.add_done_callback(self._closing.discard)


async def _run(shut: Shut) -> None:
    await shut()

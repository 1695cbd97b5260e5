"""A database that is filled in one sitting: thousands of use-cases, one transaction, all of it or nothing.

For a file nobody works in yet, such as the demonstration being made. Each commit waits for the disk and each session costs as much
as a small use-case; together that is half of the time. Never for anybody's work: there, what was saved must be saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy.orm import Session

from db.engine import Database


class OneSitting(Database):
    """Use as `with OneSitting(url) as database:`. What one use-case wrote, the next one reads; an error undoes everything."""

    def __enter__(self) -> Self:
        self._session = self._sessions()
        self._session.connection(execution_options={"immediate": True})
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._session.commit()
        self._session.close()
        self.close()

    def afterwards(self, work: Callable[[Self], object]) -> None:
        work(self)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        yield self._session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        yield self._session
        self._session.flush()

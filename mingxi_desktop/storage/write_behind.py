"""Statements that SQLite carries out on a thread of its own while Python makes the values of the next ones.

One thread at a time uses the connection, as ever: whoever wants it otherwise waits until all that was given is done.
A statement of a thousand rows keeps the interpreter for the binding of its values alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from typing import Any

import peewee

from mingxi_desktop.storage.database import Database

_AHEAD = 8
"""So many statements wait at most: their values are in memory until they are carried out."""


class WriteBehind:
    """Carries out the statements of one transaction in the order in which they are given."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._given: Queue[tuple[str, Sequence[Any]] | None] = Queue(_AHEAD)
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="write-behind", daemon=True)
        self._thread.start()

    def give(self, statement: str, values: Sequence[Any]) -> None:
        """To be carried out after those before it.  Raises what one of them has met with."""
        self._raise()
        self._given.put((statement, values))

    def wait(self) -> None:
        """Until all of them are carried out.  Raises what one of them has met with."""
        self._given.join()
        self._raise()

    def end(self) -> None:
        """Let the thread end, when what it was given is done."""
        self._given.put(None)
        self._thread.join()

    def _raise(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _work(self) -> None:
        while (given := self._given.get()) is not None:
            try:
                if self._fault is None:
                    self._connection.execute(*given)
            except BaseException as error:  # noqa: BLE001 - raised where the statements come from
                self._fault = error
            finally:
                given = None
                self._given.task_done()


@contextmanager
def writing_behind(database: peewee.SqliteDatabase) -> Iterator[None]:
    """While this lasts, rows that are inserted are written behind; all of them are in their tables at the end.

    Inside a transaction, nobody amid reading.
    """
    assert isinstance(database, Database)
    behind = WriteBehind(database.connection())
    # Asked amid a statement, Python would be waited for every few milliseconds; writing is not given up.
    database.stoppable(on=False)
    database.behind = behind
    try:
        yield
        with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            behind.wait()
    finally:
        database.behind = None
        behind.end()
        database.stoppable()

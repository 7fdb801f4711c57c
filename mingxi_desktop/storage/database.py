"""The database of a ledger file, as peewee and everything beside it uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import peewee

from mingxi_desktop.storage import cipher
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.stopping import is_unwanted

if TYPE_CHECKING:
    from mingxi_desktop.storage.write_behind import WriteBehind

LOCK_WAIT = 1.0
"""Seconds to wait for another program to let go of the file."""
_STEPS = 50_000
"""Instructions of SQLite between two questions whether the work is still wanted: some milliseconds."""


class Database(peewee.SqliteDatabase):
    """peewee's, but for encrypted files and the faults after which SQLite has rolled back by itself.

    secret: the key of the file, None for a plain one; another one holds from the next connection on.
    """

    def __init__(self, name: str, *, secret: Secret | None, **options: Any) -> None:
        # Which thread uses it peewee sees to; `write_behind` hands it to another one for a while.
        super().__init__(name, check_same_thread=False, **options)
        self.secret = secret
        self.noted: Callable[[str, Sequence[Any] | None], None] | None = None
        """Told of each statement that goes to the file, before it does."""
        self.behind: WriteBehind | None = None
        """Carries out what is written, while another thread does so."""

    def _connect(self) -> Any:
        if self.secret is None:
            return super()._connect()  # type: ignore[misc]  # the stub leaves out what is private
        connection = cipher.connect(self.database, self.secret, timeout=LOCK_WAIT, **self.connect_params)
        try:
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]
        except BaseException:
            connection.close()
            raise
        return connection

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        """Carry out a statement; what it writes is told.  Without peewee's log and hooks, which nobody asks for."""
        if self.noted is not None:
            self.noted(sql, params)
        with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            if self.behind is not None:
                self.behind.wait()
            return self.cursor().execute(sql, params or ())

    def rollback(self) -> None:
        """Undo the open transaction, unless SQLite has done so already (disk full, read error)."""
        if self.connection().in_transaction:
            super().rollback()

    def stoppable(self, *, on: bool = True) -> None:
        """Have SQLite ask now and then, amid a statement, whether its work is still wanted; or not."""
        self.connection().set_progress_handler(is_unwanted if on else None, _STEPS)

"""Ledgers that open quickly: nearly every test opens one, and opening takes longer than what most of them try.

Eight things differ from the program, and no test in this process could tell:

- The models of peewee, which follow from the declarations alone, are taken over from a ledger that has been
  closed. Making the thirty classes is nearly all of the time that opening takes. Wrecks, which have nothing but the
  names of their columns from them, share theirs.
- The statements that ledgers keep once they are written serve all of them, but for those that ask a ledger's lists.
- The tables of a new ledger are made with what SQLite noted of those of the first one: peewee takes longer to write
  the statements than SQLite to carry them out.
- Neither SQLite nor the program waits for the disk. Only a power cut shows the difference; tests that end a program
  at once do so with one of its own, which opens as delivered.
- A file that another program holds is refused at once: nothing here lets go of one within the second of the program.
- The system is not asked what disk a ledger lies on, nor are the folders above searched for what a program that
  synchronises has left there, hundreds of tests' folders among them: tests of places say what disk there is.
- No backup is made before an import: only the tests of backups look for it.
- The program's own checks do not look at what an import brings: most of its time would be theirs. Tests of what
  is told of an import have checks of their own, or ask for the fixture `ahead`.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import peewee

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger import Ledger, places
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.ahead import Arrival
from mingxi_desktop.ledger.safekeeping.backups import Backups
from mingxi_desktop.storage import copies, sqlite, statements, store, wreck
from mingxi_desktop.storage.schema import Schema

DELIVERED = dict(sqlite.PRAGMAS)
"""The settings of a file as the program has them."""


_Models = dict[str, tuple[Kind | None, Any]]
"""Name → (declaration of a kind, model)."""
_free: deque[_Models] = deque()
"""Of ledgers that have been closed."""
_written: dict[tuple[int, ...], tuple[tuple[Kind, ...], dict[Hashable, tuple[str, list[Any]]]]] = {}
"""Which declarations → they themselves, so that they stay the ones, and the statements of ledgers that have them."""

_created: dict[tuple[int, ...], tuple[tuple[Kind, ...], list[str]]] = {}
"""Which declarations → they themselves, and the statements that make their tables and indexes, in their order."""

BACKUP_BEFORE = Backups.before
"""The backup before an import, a deletion or a cure of many records; its own tests put it back."""
LOOK_AHEAD = Arrival._found
"""What the checks say of an import; its own tests put it back."""
UNFIT = places._unfit
"""What is wrong with a ledger's place; the test that asks the system puts it back."""
_LOOKING = copies.looking
_CONNECT = sqlite.Database._connect
_DELIVERED_CHECKS = running.every
_DELIVERED_DRIVES = places.drive_of


def _no_backup(_: Backups, _reason: str) -> None:
    """Nobody looks at the backups of other tests."""


def _found_by_own(self: Arrival, ledger: Ledger, year: int) -> list[Concern]:
    """What the checks of a test say; of those of the program nobody asks there."""
    return [] if running.every is _DELIVERED_CHECKS else LOOK_AHEAD(self, ledger, year)


def _unfit_as_said(path: Path) -> places.Unfit | None:
    """What is wrong with a place where a test says what the disks are; all else is an ordinary folder."""
    return None if places.drive_of is _DELIVERED_DRIVES else UNFIT(path)


def _no_wait(_: int) -> None:
    """In place of `os.fsync`."""


def _connect(self: sqlite.Database) -> Any:
    """What a copy is written into has none of the program's settings, and waits for the disk at its end."""
    connection = _CONNECT(self)
    if not self._pragmas and not self.connect_params.get("uri"):  # those with a URI are read only
        connection.execute("PRAGMA synchronous = off")
    return connection


@contextmanager
def _looking(path: Path, *, stops: bool = False) -> Iterator[Schema]:
    with _LOOKING(path, stops=stops) as schema:
        try:
            yield schema
        finally:
            schema.give_back()  # type: ignore[attr-defined]


@cache
def _of_wrecks() -> Schema:
    return Schema(peewee.SqliteDatabase(None))


def open_quickly() -> None:
    """From now on, in this process."""
    if store.Schema is _Schema:
        return
    sqlite.PRAGMAS["synchronous"] = "off"
    sqlite.Database._connect = _connect  # type: ignore[method-assign]
    os.fsync = _no_wait  # type: ignore[assignment]
    sqlite.LOCK_WAIT = 0.05
    statements._MOST = sys.maxsize  # those of all tests, however many have run
    Backups.before = _no_backup  # type: ignore[method-assign]
    Arrival._found = _found_by_own  # type: ignore[method-assign]
    places._unfit = _unfit_as_said
    store.Schema = copies.Schema = _Schema  # type: ignore[misc]
    copies.looking = _looking
    wreck.Schema = lambda _: _of_wrecks()  # type: ignore[assignment,misc]
    close = store.Store.close

    def closed(self: store.Store) -> None:
        close(self)
        self.schema.give_back()  # type: ignore[attr-defined]

    store.Store.close = closed  # type: ignore[method-assign]


class _Schema(Schema):
    """The schema of one ledger as ever, but for where its models and statements come from."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._common: dict[Hashable, tuple[str, list[Any]]] = {}
        try:
            self._lent: _Models | None = _free.pop()
        except IndexError:
            self._lent = {}
        super().__init__(database)
        kinds = tuple(self.kinds.values())
        _, self._common = _written.setdefault(tuple(map(id, kinds)), (kinds, {}))
        self.statements._written.update(self._common)

    def create(self) -> None:
        kinds = tuple(self.kinds.values())
        of = tuple(map(id, kinds))
        if of in _created:
            for statement in _created[of][1]:
                self.database.execute_sql(statement)
            return
        super().create()
        noted = self.database.execute_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        )
        _created[of] = kinds, [statement for (statement,) in noted]

    def give_back(self) -> None:
        """The ledger is closed; harmless when said twice."""
        lent, self._lent = self._lent, None
        if lent is not None:
            own = self.statements._written
            for key in own.keys() - self._common.keys():
                # What asks is bound to the lists of this ledger.
                if not any(isinstance(value, statements.Asked) for value in own[key][1]):
                    self._common[key] = own[key]
            _free.append(lent)

    def __del__(self) -> None:
        self.give_back()

    def _kind_table(self, kind: Kind) -> Any:
        return self._once(kind.name, kind, lambda: super(_Schema, self)._kind_table(kind))

    def _model(self, name: str, fields: dict[str, Any], indexes: tuple[Any, ...] = ()) -> Any:
        def make() -> Any:
            return super(_Schema, self)._model(name, fields, indexes)

        if name in self.kinds:  # `_kind_table` keeps it
            return make()
        return self._once(name, None, make)

    def _once(self, name: str, kind: Kind | None, make: Callable[[], Any]) -> Any:
        """The model of this name: as it is, if it was made for this very declaration."""
        models = self._lent if self._lent is not None else {}
        if name in models and models[name][0] is kind:
            models[name][1]._meta.set_database(self.database)
        else:
            models[name] = kind, make()
        return models[name][1]

"""The proof of a copy that was just made of a ledger; the copy is only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mingxi_desktop.ledger.safekeeping import proving
from mingxi_desktop.ledger.stopping import WHOLE, Told
from mingxi_desktop.storage import copies, index_entries, sqlite
from mingxi_desktop.storage.digests import Digests
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.marks import Marks
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.schema import Schema

if TYPE_CHECKING:
    from mingxi_desktop.storage.store import Store

_STRUCTURE = "文件结构"
_NEWEST = 5_000
"""Entries of the history whose records are looked at, one by one, where not all are: more than a clerk's day."""
_QUICK, _COUNTED, _FOLLOWED = 20, 25, 97
"""How far the proof without all records is, in hundredths, after each of its parts."""
Faults = tuple[list[str], list[str]]
"""What is wrong: with the file itself or its rows, with the ledger it was made of."""


@dataclass(frozen=True, slots=True)
class _Read:
    """As much of a `Store` as the proof looks at."""

    schema: Schema
    database: object
    digests: Digests = field(init=False)
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digests", Digests(self.schema))
        object.__setattr__(self, "marks", Marks(self.schema))


def faults(path: Path, expected: Mapping[str, int], told: Told, proved: bool) -> Faults:
    """What is wrong with a fresh copy.  expected: the rows of each table in what was copied.

    proved: the ledger was looked through some days ago and is sealed, and the copy has its bytes.
    """
    if not proved:
        return _of_all(path, expected)
    if path.stat().st_size <= proving.MOST_AT_ONCE:
        return copies.faults(path, expected)
    return of_the_newest(path, expected, told)


def _of_all(path: Path, expected: Mapping[str, int]) -> Faults:
    """All that `proving` looks at."""
    with copies.looking(path, stops=True) as schema:
        store, journal, rows = _opened(schema)
        problems = proving.verify(store, journal, rows)
        broken = [text for text in problems if text.startswith(_STRUCTURE)] or copies.lost(schema, expected)
    return broken, [] if broken else problems


def of_the_newest(path: Path, expected: Mapping[str, int], told: Told) -> Faults:
    """The same in a fraction of the time: of the records, and of their places in the indexes, the newest only.

    Every page is read, every entry of every index and of the history counted, and the history's chain followed.
    """
    with copies.looking(path, stops=True) as schema:
        database = schema.database
        broken = [f"{_STRUCTURE}：{text}" for text in sqlite.integrity(database, quick=True)]
        told(_QUICK, WHOLE)
        if not broken:
            wrong = [
                name for table in database.get_tables() for name in index_entries.miscounted(database, table)
            ]
            broken = [_index(name) for name in wrong] or copies.lost(schema, expected)
        told(_COUNTED, WHOLE)
        if broken:
            return broken, []
        store, journal, rows = _opened(schema)
        entries = expected["history"]
        flaws = proving.unfit(store)
        flaws += journal.check(
            lambda done: told(_COUNTED + (_FOLLOWED - _COUNTED) * done // max(entries, 1), WHOLE)
        )
        numbers, records = journal.newest(_NEWEST)
        broken = [_index(name) for name in index_entries.missing(database, "history", numbers)]
        for name, runs in _runs(records):
            if name in schema.kinds:
                ids = [number for run in runs for number in run]
                broken += [_index(index) for index in index_entries.missing(database, name, ids)]
                kind = schema.kinds[name]
                flaws += [text for run in runs for text in proving.records_changed(store, rows, kind, run)]
    return broken, [] if broken else flaws


def _opened(schema: Schema) -> tuple[Store, Journal, Rows]:
    store, journal = cast("Store", _Read(schema, schema.database)), Journal(schema)
    return store, journal, Rows(store, journal)


def _index(name: str) -> str:
    return f"{_STRUCTURE}：索引 {name} 和记录对不上"


def _runs(records: set[tuple[str, int]]) -> Iterator[tuple[str, list[range]]]:
    """Kind → its numbers, those that follow on each other together."""
    for kind, of_kind in groupby(sorted(records), key=lambda one: one[0]):
        numbers = [number for _, number in of_kind]
        runs = groupby(enumerate(numbers), key=lambda one: one[1] - one[0])
        ends = [[number for _, number in run] for _, run in runs]
        yield kind, [range(run[0], run[-1] + 1) for run in ends]

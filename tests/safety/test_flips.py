"""Single bits flipped in a closed file of 1,700 records: each is noticed at the next start, and by `verify`.

In a file whose session was cut short, which no seal covers, all are that change anything but what is worked out from
the record (the words it is found by) or says who wrote it and when.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import recovering
from mingxi_desktop.ledger.safekeeping.walking import settle
from tests.safety.conftest import Reached
from tests.safety.counts import few_and_many, wished
from tests.safety.deeds import DAMAGED, Fault
from tests.safety.ledgers import filled

TABLES = (
    "hazard",
    "setting",
    "reference",
    "history",
    "change_set",
    "batch",
    "attachment",
    "opening",
    "narrative",
)


@pytest.mark.parametrize("flips", few_and_many(5, wished("flips", 300)))
def test_every_flipped_bit_is_noticed(
    flips: int, tmp_path: Path, draw: random.Random, reached: Reached
) -> None:
    path = filled(tmp_path / "台账.mxdb", 1700 if flips > 100 else 20)
    data, began = path.read_bytes(), time.monotonic()
    silent = []
    for _ in range(flips):
        place = draw.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        path.write_bytes(flipped)
        if _opens(path):
            silent.append(Fault(DAMAGED, f"bit {place}: the next start"))
        elif not recovering.problems_of(path):
            silent.append(Fault(DAMAGED, f"bit {place}: verify"))
        assert path.read_bytes() == flipped, "a refused file was written to"
    reached("bits flipped", flips, told=flips - len(silent), faults=silent, seconds=time.monotonic() - began)
    assert silent == []


OPEN = frozenset({"search", "uid", "created_at", "updated_at", "updated_by", "deleted_at", "deleted_by"})
"""Columns of a record that no hash covers: `SECURITY.md`."""


@pytest.mark.parametrize("flips", few_and_many(3, wished("flips", 300) // 2))
def test_what_a_flipped_bit_changes_is_noticed_without_a_seal(
    flips: int, tmp_path: Path, draw: random.Random, reached: Reached
) -> None:
    path, cut = filled(tmp_path / "台账.mxdb", 200 if flips > 100 else 20), tmp_path / "cut.mxdb"
    with Ledger.open(path) as ledger:
        ledger.edit("hazard", 1, {"description": "断电之前改的"})
        shutil.copyfile(path, cut)
    data, before, began = cut.read_bytes(), _content(cut), time.monotonic()
    silent, told, tried = [], 0, 0
    while tried < flips:
        place = draw.randrange(100 * 8, len(data) * 8)
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        cut.write_bytes(flipped)
        changed = {name: rows for name, rows in _content(cut).items() if rows != before[name]}
        if not changed or _only_open(before, changed):
            continue
        tried += 1
        if _walks(cut):
            silent.append(Fault(DAMAGED, f"bit {place}: {', '.join(changed)}"))
        else:
            told += 1
    reached("bits flipped without a seal", flips, told=told, faults=silent, seconds=time.monotonic() - began)
    assert silent == []


def _content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Table → its column names and rows as SQLite reads them; None as the only row where it cannot.

    Names in small letters: to SQLite a column is the same in capitals.
    """
    found: dict[str, list[tuple[Any, ...]]] = {}
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as other:
        other.text_factory = bytes
        for name in TABLES:
            try:
                cursor = other.execute(f'SELECT * FROM "{name}" NOT INDEXED ORDER BY rowid')
                found[name] = [tuple(column[0].lower() for column in cursor.description), *cursor]
            except (sqlite3.Error, UnicodeDecodeError):
                found[name] = [(None,)]
    return found


def _only_open(before: dict[str, list[tuple[Any, ...]]], changed: dict[str, list[tuple[Any, ...]]]) -> bool:
    """Whether nothing else is changed than columns that no hash covers."""
    names = set()
    for table, rows in changed.items():
        was = before[table]
        if len(rows) != len(was) or rows[0] != was[0]:
            return False
        pairs = [pair for pair in zip(was, rows, strict=True) if pair[0] != pair[1]]
        names |= {
            str(name)
            for one, other in pairs
            for name, old, new in zip(rows[0], one, other, strict=True)
            if old != new
        }
    return changed.keys() == {"hazard"} and names <= OPEN


def _walks(path: Path) -> bool:
    """Whether it is opened, looked through, and nothing found."""
    try:
        with Ledger.open(path) as ledger:
            return settle(ledger) == []
    except UserError:
        return False


def _opens(path: Path) -> bool:
    try:
        Ledger.open(path).close()
    except UserError:
        return False
    return True

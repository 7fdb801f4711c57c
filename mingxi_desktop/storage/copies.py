"""Copies of a ledger file: made page by page while it is in use, and looked into without being changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import peewee

from mingxi_desktop.storage import cipher, keys, sqlite
from mingxi_desktop.storage.journal import ADD, DELETE, FIRST, RESTORE, Journal
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.schema import VERSION, Schema
from mingxi_desktop.storage.seal import press

_PAGES = 256
"""Pages copied at a step: a megabyte, some milliseconds."""
_CACHE = 32_000
"""Kilobytes of the file held while it is checked.  More helps a file of a million records no further: the indexes
together are larger than any memory that may be spent on them."""
_OWN_SETTINGS = ("backup.", "verify.", "seal.")
"""Beginnings of the settings that tell of safety itself: that a backup was made is no reason for another."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What tells two states of a ledger apart: last change set, last history entry, and the settings."""

    change_set: int
    entries: int
    tail: str
    settings: str


def copy_to(
    database: sqlite.Database, target: Path, told: Callable[[int, int], None] = lambda _d, _t: None
) -> None:
    """Copy the open database into the new file `target`; on the disk when this returns.

    The copy of an encrypted file has the same key, and the key under its password at its end: it opens anywhere.
    told: (pages copied, pages in all) after each step; what it raises ends the copying.  Not inside a
    transaction: SQLite would wait for its end for ever.
    """
    assert not writing(database)
    with sqlite.translated(target):
        other = sqlite.Database(str(target), secret=database.secret, autoconnect=False)
        other.connect()
        try:
            database.connection().backup(
                other.connection(),
                pages=_PAGES,
                progress=lambda _status, left, total: told(total - left, total),
            )
        finally:
            other.close()
    wrap = cipher.wrap_of(database.secret) if database.secret else None
    if wrap is not None:
        keys.append(target, wrap)


def recast(source: Path, key: Secret | None, target: Path, new_key: Secret | None) -> None:
    """The same ledger as a new, sealed file under another key, or under none; nobody may be writing to it."""
    with sqlite.translated(source):
        cipher.export(source, key, target, new_key)
        database = sqlite.connect(target, source, new_key)
        try:
            sqlite.stamp(database, VERSION)
        finally:
            sqlite.close(database)
    press(target)


def writing(database: sqlite.Database) -> bool:
    """Whether a transaction is open."""
    return bool(database.connection().in_transaction)


@contextmanager
def looking(path: Path, *, stops: bool = False) -> Iterator[Schema]:
    """The tables of a file that nobody writes to, read without locking or changing it.  stops: see `sqlite.reading`.

    UserError where it is damaged or its key is not known.
    """
    with sqlite.reading(path, _CACHE, stops=stops) as database:
        yield Schema(database)


def marker(schema: Schema) -> Marker:
    """The state a file is in."""
    sets, table, setting = schema.change_set, schema.history, schema.setting
    newest = table.select(table.id, table.hash).order_by(table.id.desc()).limit(1).tuples().first()
    entries, tail = (newest[0], bytes(newest[1])) if newest else (0, FIRST)
    kept = sorted(
        (key, value)
        for key, value in setting.select(setting.key, setting.value).tuples()
        if not key.startswith(_OWN_SETTINGS)
    )
    said = hashlib.sha256(json.dumps(kept).encode("utf-8")).hexdigest()
    return Marker(sets.select(peewee.fn.MAX(sets.id)).scalar() or 0, entries, tail.hex(), said)


def row_counts(schema: Schema) -> dict[str, int]:
    """Name of each table of the file → its rows, the trash included."""
    there = set(schema.database.get_tables())
    names = [*(model._meta.table_name for model in schema.system), *schema.table]
    return {name: _rows(schema, name) for name in names if name in there}


def _rows(schema: Schema, name: str) -> int:
    # By name, not by its model: that a copy is looked into makes none.
    (number,) = schema.database.execute_sql(f'SELECT count(*) FROM "{name}"').fetchone()
    return int(number)


def records(schema: Schema) -> int:
    """How many records a file has, without child rows and those in the trash."""
    there = set(schema.database.get_tables())
    tables = [
        schema.table[kind.name] for kind in schema.kinds.values() if not kind.parent and kind.name in there
    ]
    return sum(table.select().where(table.deleted_at.is_null()).count() for table in tables)


def faults(path: Path, expected: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """What is wrong with a fresh copy: (with the file itself or its rows, with the history's chain).

    expected: the rows of each table in what was copied.
    """
    with looking(path, stops=True) as schema:
        broken = [f"文件结构：{text}" for text in sqlite.integrity(schema.database)]
        if broken:
            return broken, []
        strange = [f"有本程序没有的触发器或视图：{name}" for name in sqlite.strange(schema.database)]
        return lost(schema, expected), strange + Journal(schema).check()


def lost(schema: Schema, expected: Mapping[str, int]) -> list[str]:
    """Chinese sentences on the tables that have not as many rows as expected."""
    found = row_counts(schema)
    return [
        f"{name} 应有 {number} 行，备份里有 {found.get(name, 0)} 行"
        for name, number in expected.items()
        if found.get(name, 0) != number
    ]


def common_entries(one: Schema, other: Schema) -> int:
    """How many history entries two files share from the beginning: each hash covers all before it."""
    least, most = 0, min(marker(one).entries, marker(other).entries)
    while least < most:
        middle = (least + most + 1) // 2
        if hash_at(one, middle) == hash_at(other, middle):
            least = middle
        else:
            most = middle - 1
    return least


def hash_at(schema: Schema, number: int) -> bytes:
    """The hash of a history entry; empty where there is none."""
    table = schema.history
    row = table.select(table.hash).where(table.id == number).tuples().first()
    return bytes(row[0]) if row else b""


def effects(schema: Schema, entries: int) -> dict[str, tuple[int, int, int]]:
    """Kind → (records added, changed, removed) by the history after so many entries, taken together."""
    table = schema.history
    span = (
        table.select(
            table.kind, peewee.fn.MIN(table.id).alias("first"), peewee.fn.MAX(table.id).alias("last")
        )
        .where(table.id > entries)
        .group_by(table.kind, table.record)
        .cte("span")
    )
    first, last = table.alias("opening"), table.alias("closing")
    rows = (
        peewee.Select([span], [span.c.kind, first.action, last.action, peewee.fn.COUNT(1)])
        .join(first, on=(first.id == span.c.first))
        .join(last, on=(last.id == span.c.last))
        .group_by(span.c.kind, first.action, last.action)
        .with_cte(span)
        .bind(schema.database)
        .tuples()
    )
    found: dict[str, list[int]] = {}
    for kind, opening, closing, number in rows:
        there_before, there_after = opening not in (ADD, RESTORE), closing != DELETE
        if there_before or there_after:
            place = 1 if there_before and there_after else 0 if there_after else 2
            found.setdefault(kind, [0, 0, 0])[place] += number
    return {kind: (counts[0], counts[1], counts[2]) for kind, counts in found.items()}


def sentences(schema: Schema, change_set: int, most: int) -> tuple[int, list[tuple[str, str, str]]]:
    """The change sets after one: (how many, the newest of them as (at, by, sentence))."""
    table = schema.change_set
    later = table.select().where(table.id > change_set)
    newest = later.select(table.at, table.by, table.sentence).order_by(table.id.desc()).limit(most)
    return later.count(), list(newest.tuples())


def set_of_entry(schema: Schema, number: int) -> int:
    """The change set that wrote a history entry; 0 for the beginning."""
    table = schema.history
    row = table.select(table.change_set).where(table.id == number).tuples().first()
    return int(row[0]) if row else 0

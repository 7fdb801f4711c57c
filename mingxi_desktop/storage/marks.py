"""A short hash of what no history entry covers of a record: its own name, who changed it when, what it is found by.

Those of `_BLOCK` records with numbers in a row lie in one row of the table `mark`, each at its place. They are brought
up to date in the transaction that writes the records, so that a change outside the program is noticed, with the
number of the record, also where the seal does not count: after a session that was cut short.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from json.encoder import encode_basestring
from typing import Any

import peewee

from mingxi_desktop.domain.abreast import joined, mapped
from mingxi_desktop.storage.inserting import insert_columns
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import blank, listed

COLUMNS = ("uid", "year", "created_at", "updated_at", "updated_by", "deleted_at", "deleted_by", "search")
"""What is covered."""
_BLOCK, _SIZE = 64, 8
"""Records of a block; bytes of a hash: it tells of accidents and of other programs, as `digests` does."""
_NONE = bytes(_BLOCK * _SIZE)
_PART = 4096
"""Records that are marked at a time."""
_BEGIN, _BETWEEN, _END, _EMPTY = ("[",), (",",), ("]",), ("null",)
_SAID = f"""json_array({", ".join(f"CASE WHEN {name} >= x'' THEN 'bytes' ELSE {name} END" for name in COLUMNS)})"""
"""What is covered, as SQLite says it in JSON; bytes, which no column may hold, it cannot say."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode


class Marks:
    """The marks of one ledger file."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._touched: dict[str, set[int]] = {}
        self._added: dict[str, dict[int, bytes]] = {}

    def touch(self, kind: str, records: Iterable[int]) -> None:
        """Rows of these records are written in the present transaction."""
        self._touched.setdefault(kind, set()).update(records)

    def added(self, kind: str, records: Sequence[int], covered: Mapping[str, Sequence[Any]]) -> None:
        """These records, with numbers in a row, have come into the table in the present transaction.

        covered: for the columns that are not empty in all of them, the form in the file of each.
        """
        number, said = len(records), list[Sequence[str]]()
        for sign, name in zip(chain((_BEGIN,), repeat(_BETWEEN)), COLUMNS, strict=False):
            said += [sign * number, _all_said(covered[name]) if name in covered else _EMPTY * number]
        told, hashed = joined([*said, _END * number], number), hashlib.blake2b
        marks = b"".join([hashed(one.encode(), digest_size=_SIZE).digest() for one in told])
        added, start = self._added.setdefault(kind, {}), 0
        while start < number:
            end = min(start + _BLOCK - records[start] % _BLOCK, number)
            added[records[start]] = marks[start * _SIZE : end * _SIZE]
            start = end

    def settle(self) -> None:
        """Mark what was touched and what has come: the last act of a transaction."""
        for kind, marks in self._added.items():
            self._put(kind, marks)
        self._added.clear()
        for kind, records in self._touched.items():
            numbers = sorted(records)
            for start in range(0, len(numbers), _PART):
                self._put(kind, dict(self._worked_out(kind, numbers[start : start + _PART])))
        self._touched.clear()

    def forget(self) -> None:
        """After a rollback."""
        self._touched.clear()
        self._added.clear()

    def take(self) -> None:
        """All of them anew, inside the transaction that brings the tables up to date."""
        self._schema.mark.delete().execute()
        for kind, table in self._schema.table.items():
            self.touch(kind, (row[0] for row in table.select(table.id).tuples()))
        self.settle()

    def wrong(self, kind: str, records: range | None = None) -> Iterator[int]:
        """The records whose row is not as it was when it was marked.  records: these only."""
        kept = self.kept(kind, None if records is None else {number // _BLOCK for number in records})
        for number, mark in self._worked_out(kind, records):
            if mark_in(kept, number) != mark:
                yield number

    def kept(self, kind: str, blocks: Collection[int] | None = None) -> dict[int, bytes]:
        """The marks of a kind's records by block, as the file has them.  blocks: these only."""
        table = self._schema.mark

        def rows() -> Any:
            query = table.select(table.block, table.marks).where(table.kind == kind)
            return query if blocks is None else query.where(table.block.in_(listed()))

        given = () if blocks is None else (json.dumps(list(blocks)),)
        return dict(self._schema.statements.run(("marks", kind, len(given)), rows, *given).fetchall())

    def _worked_out(self, kind: str, records: Collection[int] | None) -> Iterator[tuple[int, bytes]]:
        """(id, the mark that its row deserves)."""
        table = self._schema.table[kind]

        def rows() -> Any:
            query = table.select(table.id, peewee.SQL(_SAID))
            return (query if records is None else query.where(table.id.in_(listed()))).order_by(table.id)

        given = () if records is None else (json.dumps(list(records)),)
        for number, said in self._schema.statements.run(("marked", kind, len(given)), rows, *given):
            yield number, _mark_of(said[1:-1])

    def _put(self, kind: str, marks: Mapping[int, bytes]) -> None:
        """Write marks.  marks: record → its mark, and those of the records behind it in its block."""
        table, statements = self._schema.mark, self._schema.statements
        kept = self.kept(kind, {number // _BLOCK for number in marks})
        fresh: dict[int, bytearray] = {}
        for number, mark in marks.items():
            block, place = divmod(number, _BLOCK)
            whole = fresh.get(block)
            if whole is None:
                whole = fresh[block] = bytearray(kept.get(block, _NONE))
            whole[place * _SIZE : place * _SIZE + len(mark)] = mark

        def other() -> Any:
            return table.update(marks=blank()).where((table.kind == kind) & (table.block == blank()))

        for block in [block for block in fresh if block in kept]:
            statements.run(("mark again", kind), other, bytes(fresh.pop(block)), block)
        if fresh:
            blocks = [*map(bytes, fresh.values())]
            columns: dict[str, Sequence[Any]] = {
                "kind": [kind] * len(fresh),
                "block": [*fresh],
                "marks": blocks,
            }
            insert_columns(self._schema.database, "mark", columns)


def mark_in(kept: Mapping[int, bytes], number: int) -> bytes:
    """The mark of a record in the blocks of its kind; empty where there is none."""
    block, place = divmod(number, _BLOCK)
    return kept.get(block, b"")[place * _SIZE : (place + 1) * _SIZE]


def holds(kept: Mapping[int, bytes], row: Mapping[str, Any]) -> bool:
    """Whether a row that was read somewhere else is as it was when it was marked; one without a mark is."""
    mark = mark_in(kept, row["id"])
    return not any(mark) or mark == _mark([row.get(name) for name in COLUMNS])


def _mark(row: Iterable[Any]) -> bytes:
    return _mark_of(",".join(map(_said, row)))


def _mark_of(said: str) -> bytes:
    whole = f"[{said}]"  # JSON, which is slow for so little
    return hashlib.blake2b(whole.encode("utf-8"), digest_size=_SIZE).digest()


def _all_said(forms: Sequence[Any]) -> list[str]:
    """`_said` of each of these."""
    return mapped(forms, encode_basestring if set(map(type, forms)) == {str} else _said)


def _said(form: Any) -> str:
    if type(form) is str:
        return encode_basestring(form)
    return "null" if form is None else str(form) if type(form) is int else _encode(form)

"""From which file and sheet records came, and how much came from each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage import grouping
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among

_ROW = " · 第"


class Origin(NamedTuple):
    """An import batch, and the file and sheet ("盖洋镇.xlsx · 表1")."""

    batch: int
    sheet: str

    @property
    def file(self) -> str:
        """The file's name, without the sheet."""
        return self.sheet.partition(" · ")[0]


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of a sheet in one area: how many records, and their quantity as the integer in the file."""

    origin: Origin
    area: int | None
    month: str
    records: int
    quantity: int


def origins_of(schema: Schema, kind: Kind, ids: Sequence[int]) -> dict[int, Origin]:
    """Record → where it came from; typed records are left out."""
    table = schema.table[kind.name]
    query = table.select(table.id, table.batch, _sheet(table)).where(
        among(table.id, ids) & table.batch.is_null(False)
    )
    return {number: Origin(batch, sheet or "") for number, batch, sheet in schema.database.execute(query)}


def shares(schema: Schema, kind: Kind, batches: Collection[int]) -> list[Share]:
    """What is left of the sheets of these batches, by area and month."""
    table = schema.table[kind.name]
    where = table.deleted_at.concat("").is_null() & among(table.batch, list(batches))
    amount = grouping.raw(schema, kind, kind.quantity) if kind.quantity else peewee.Value(0)
    names = ("key0", "key1", "key2", "key3")
    parts = (table.batch, _sheet(table), table.area, peewee.fn.SUBSTR(table.record_date, 1, 7))
    keys = [part.alias(name) for part, name in zip(parts, names, strict=True)]
    query = table.select(*keys, peewee.fn.COUNT(table.id), peewee.fn.SUM(amount)).where(where)
    query = query.group_by(*[peewee.SQL(name) for name in names])
    return [
        Share(Origin(batch, sheet or ""), area, month, number, quantity or 0)
        for batch, sheet, area, month, number, quantity in schema.database.execute(query)
    ]


def records_of(schema: Schema, kind: Kind, origin: Origin) -> list[int]:
    """The records of a sheet that are not in the trash."""
    table = schema.table[kind.name]
    where = table.deleted_at.concat("").is_null() & (table.batch == origin.batch)
    query = table.select(table.id).where(where & (_sheet(table) == origin.sheet)).order_by(table.id)
    return [row[0] for row in schema.database.execute(query)]


def _sheet(table: Any) -> Any:
    """File and sheet without the row."""
    end = peewee.fn.INSTR(table.source_ref, _ROW)
    return peewee.fn.SUBSTR(table.source_ref, 1, end - 1)

"""What a version of the schema changed in tables that were there before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.marks import Marks
from mingxi_desktop.storage.reference_store import ReferenceStore
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.searching import searched, text_of
from mingxi_desktop.storage.statements import blank
from mingxi_desktop.storage.titles import Titles

_PART = 4096
"""Records that are read at a time."""


def zero_reports_of_periods(schema: Schema) -> None:
    """1.2: zero reports are of a period (2024-06, 2024-W23 …) and of whoever owes it, not of a township's month."""
    if "month" not in sqlite.columns(schema.database, schema.zero_report._meta.table_name):
        return
    number, text = peewee.IntegerField, peewee.TextField
    columns = {
        "kind": text(),
        "area": number(),
        "year": number(),
        "month": number(),
        "at": text(),
        "by": text(),
    }
    meta = type("Meta", (), {"database": schema.database, "table_name": "zero_report"})
    before: Any = type("MonthlyZero", (peewee.Model,), {**columns, "Meta": meta})
    rows = list(before.select(*(getattr(before, name) for name in columns)).tuples())
    before.drop_table()
    schema.database.create_tables([schema.zero_report])
    for kind, area, year, month, at, by in rows:
        row = {"kind": kind, "who": f"area:{area}", "period": f"{year}-{month:02}", "at": at, "by": by}
        schema.zero_report.insert(row).execute()


@dataclass(slots=True)
class _File:
    """The file amid its upgrade, for the titles that stand in search texts."""

    schema: Schema
    references: ReferenceStore


def names_out_of_search_texts(schema: Schema) -> None:
    """1.5: a search text holds a record's own words alone (`searching`).

    Records that are not as they were marked keep the old mark: an upgrade must not vouch for them.
    """
    naming = Titles(_File(schema, ReferenceStore(schema))).name
    marks = Marks(schema)
    for kind in schema.kinds.values():
        wrong = set(marks.wrong(kind.name))
        table = schema.table[kind.name]

        def said(table: Any = table) -> Any:
            return table.update(search=blank()).where(table.id == blank())

        right = []
        for number, values in _searched_values(schema, kind):
            text = text_of(schema, kind, values, naming)
            schema.statements.run(("search text", kind.name), said, text, number)
            if number not in wrong:
                right.append(number)
        marks.touch(kind.name, right)
        marks.settle()


def _searched_values(schema: Schema, kind: Kind) -> Iterator[tuple[int, dict[str, Any]]]:
    """(id, what a search text is made of) of every record."""
    table = schema.table[kind.name]
    fields = [table._meta.fields[field.name] for field in searched(kind) if field.stored]
    shaped = [field for field in fields if type(field) is not peewee.TextField]
    last = 0

    def more() -> Any:
        rows = table.select(table.id, *fields).where(table.id > blank())
        return rows.order_by(table.id).limit(_PART)

    while rows := schema.statements.run(("searched", kind.name), more, last).fetchall():
        for number, *row in rows:
            values = dict(zip((field.name for field in fields), row, strict=True))
            values |= {field.name: field.python_value(values[field.name]) for field in shaped}
            yield number, values
        last = rows[-1][0]

"""What a version of the schema changed in tables that were there before it."""

from __future__ import annotations

from typing import Any

import peewee

from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.schema import Schema


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

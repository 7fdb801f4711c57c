"""The records of the weeks before and after a New Year."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage.schema import Schema

DAYS = 60
"""So far apart the same thing may be entered twice."""


def around(schema: Schema, kind: Kind, year: int) -> list[int]:
    """The ids of the records within some weeks of 1 January of a year."""
    table = schema.table[kind.name]
    turn, weeks = datetime.date(year, 1, 1), datetime.timedelta(days=DAYS)
    where = table.deleted_at.is_null() & table.year.in_([year - 1, year])
    where &= table.record_date.between(turn - weeks, turn + weeks)
    return [row[0] for row in schema.database.execute(table.select(table.id).where(where))]

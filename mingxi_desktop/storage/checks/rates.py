"""Numbers that another field, ledger or list tells otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among

_CLOSED = "销号"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A hazard that is said to be put right, though not all of it is counted so.  done: the day it was."""

    id: int
    area: str
    code: str
    found: int
    rectified: int
    done: datetime.date
    step: int | None


@dataclass(frozen=True, slots=True)
class Graded:
    """Accidents with more dead than their grade allows."""

    id: int
    area: str
    day: datetime.date
    grade: str
    cases: int
    deaths: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of one further figure in a year: its name, ten-thousandths in all, the records."""

    name: str
    value: int
    records: tuple[int, ...]


def unfinished(schema: Schema, year: int) -> list[Unfinished]:
    """Hazards found in the year with a day of completion and nothing put right, or struck off before all was."""
    table, step = schema.table["hazard"], schema.table["hazard_step"]
    of_year = table.deleted_at.is_null() & (table.year == year)
    columns = (table.id, table.area, table.quantity_found, table.quantity_rectified)
    # Hidden from the index of 已整改数, which leads to all that is open, row by row; the one of the year has it all.
    nothing = peewee.fn.IFNULL(table.quantity_rectified == 0, 0)
    dated = table.select(*columns, table.rectified_date).where(
        of_year & nothing & table.rectified_date.is_null(False)
    )
    rows = [(*row, None) for row in dated.tuples()]
    struck = (
        table.select(*columns, step.record_date, step.id)
        .join(step, on=(step.hazard == table.id))
        .where(of_year & step.deleted_at.is_null() & (step.action == _CLOSED))
        .where(table.quantity_rectified < table.quantity_found)
    )
    by_id = {row[0]: row for row in (*struck.tuples(), *rows)}
    codes = (
        dict(table.select(table.id, table.code).where(among(table.id, sorted(by_id))).tuples())
        if by_id
        else {}
    )
    return [
        Unfinished(number, area, codes[number] or "", amount, done, day, mark)
        for number, (_, area, amount, done, day, mark) in sorted(by_id.items())
    ]


def overgraded(schema: Schema, year: int, most: Iterable[tuple[str, int]]) -> list[Graded]:
    """Accidents with more dead than their grade allows.  most: (grade, most dead in one)."""
    table = schema.table["accident"]
    limit = peewee.Case(table.grade, tuple(most))
    columns = (table.id, table.area, table.record_date, table.grade, table.cases, table.deaths)
    of_year = table.deleted_at.is_null() & (table.year == year)
    query = table.select(*columns).where(of_year & (table.deaths > limit * table.cases))
    return [Graded(*row) for row in query.order_by(table.record_date, table.id).tuples()]


def typed(schema: Schema, year: int) -> list[Typed]:
    """The further figures that were typed in a year, by name."""
    table, reference = schema.table["manual_entry"], schema.reference
    query = (
        table.select(reference.name, _whole(table.value), table.id)
        .join(reference, on=(table.indicator == reference.id))
        .where(table.deleted_at.is_null() & (table.year == year))
        .order_by(table.record_date, table.id)
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for name, value, number in query.tuples():
        found.setdefault(name, []).append((value or 0, number))
    return [
        Typed(name, sum(value for value, _ in rows), tuple(number for _, number in rows))
        for name, rows in found.items()
    ]


def _whole(column: Any) -> Any:
    """As the integer it is in the file."""
    return column.cast("INTEGER").coerce(False)

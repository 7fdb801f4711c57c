"""Hazards by the day they are to be rectified: overdue ones, those that will be due, rechecks, extensions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any, NamedTuple

import peewee

from mingxi_desktop.domain.kinds.hazard import FIVE_POINTS, MAJOR
from mingxi_desktop.storage import derived, indexes
from mingxi_desktop.storage.extensions import EXTENSION
from mingxi_desktop.storage.statements import among
from mingxi_desktop.storage.stopping import by_and_by
from mingxi_desktop.storage.store import Store

FEEDBACK = "整改反馈"
_LOOKED = ("复查合格", "复查不合格", "销号")


Open = tuple[str, int, int | None, int]
"""A hazard that is not all rectified: (the day it was due, id, number of its area, how many of it are open)."""


class Area(NamedTuple):
    """The open hazards of one area.  left: how many of them are not rectified.  oldest: the day of the first."""

    area: int | None
    number: int
    left: int
    oldest: str


class Waiting(NamedTuple):
    """A hazard whose rectification was reported and not looked at since.  fed: the day of the report."""

    id: int
    area: int | None
    fed: str


class Extended(NamedTuple):
    """A hazard that was put off.  steps: (day it was put off, new day, id of the step), in order of the day."""

    id: int
    area: int | None
    due: str | None
    steps: tuple[tuple[str, str, int], ...]


def overdue(store: Store, year: int) -> Iterator[Open]:
    """What was found in a year, is overdue today and not all rectified, in no order."""
    table = store.schema.table["hazard"]
    left = table.quantity_found - table.quantity_rectified
    chosen = table.deleted_at.is_null() & (table.year == year) & _late(store)
    query = table.select(derived.hazard_due(store.schema), table.id, table.area, left).where(chosen)
    yield from by_and_by(store.database.execute(query))


def undated(store: Store, year: int) -> list[Open]:
    """What was found in a year, is not all rectified and has no day until when, by id; day: "".

    Only what counts in the total and is told of by no other number: neither major hazards nor campaigns.
    """
    table = store.schema.table["hazard"]
    left = table.quantity_found - table.quantity_rectified
    own = (table.level != MAJOR) & table.in_total & (table.campaign.is_null() | (table.campaign == ""))
    chosen = peewee.SQL(indexes.OPEN_HAZARD) & table.deleted_at.is_null() & (table.year == year)
    chosen &= own & table.due_date.is_null()
    query = table.select(peewee.Value(""), table.id, table.area, left).where(chosen).order_by(table.id)
    return list(store.database.execute(query).fetchall())


def overdue_by_area(store: Store) -> list[Area]:
    """What is overdue, of all years, counted by area."""
    table = store.schema.table["hazard"]
    left = peewee.fn.SUM(table.quantity_found - table.quantity_rectified)
    count, oldest = peewee.fn.COUNT(peewee.SQL("*")), peewee.fn.MIN(derived.hazard_due(store.schema))
    chosen = _late(store) & peewee.fn.IFNULL(table.deleted_at.is_null(), 0)
    query = table.select(table.area, count, left, oldest).where(chosen).group_by(table.area)
    return [Area(*row) for row in store.database.execute(query)]


def _late(store: Store) -> Any:
    return derived.is_one_of(store.schema, "hazard", "status", (derived.OVERDUE,))


def due_between(store: Store, first: datetime.date, last: datetime.date) -> list[tuple[str, int | None, int]]:
    """(day, area, records) of what will be due and is not all rectified, by day, of all years."""
    table = store.schema.table["hazard"]
    inside = peewee.SQL(indexes.OPEN_HAZARD) & table.due_date.between(first, last)
    query = (
        table.select(table.due_date, table.area, peewee.fn.COUNT(peewee.SQL("*")))
        .where(peewee.fn.IFNULL(table.deleted_at.is_null(), 0) & inside)
        .group_by(table.area, table.due_date)
        .order_by(table.due_date, table.area)
    )
    return list(store.database.execute(query).fetchall())


def codes(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """Id → code of hazards."""
    table = store.schema.table["hazard"]
    query = table.select(table.id, table.code).where(among(table.id, ids))
    return dict(store.database.execute(query).fetchall())


def waiting(store: Store, year: int | None, before: datetime.date) -> list[Waiting]:
    """Hazards whose rectification was reported before a day and not looked at since, the oldest report first.

    year: in which they were found; None for all.
    """
    step, table = store.schema.table["hazard_step"], store.schema.table["hazard"]
    fed = peewee.fn.MAX(peewee.Case(None, ((step.action == FEEDBACK, step.record_date),)))
    seen = peewee.fn.MAX(peewee.Case(None, ((step.action != FEEDBACK, step.record_date),)))
    alive = step.deleted_at.is_null() & table.deleted_at.is_null()
    query = (
        step.select(table.id, table.area, fed.alias("fed"))
        .join(table, on=(step.hazard == table.id))
        .where(alive & step.action.in_((FEEDBACK, *_LOOKED)) & (year is None or table.year == year))
        .group_by(step.hazard)
        .having((fed < before.isoformat()) & (seen.is_null() | (seen < fed)))
        .order_by(peewee.SQL("fed"), table.id)
    )
    return [Waiting(*row) for row in store.database.execute(query)]


def extended(store: Store, year: int) -> list[Extended]:
    """The hazards of a year that were put off."""
    step, table = store.schema.table["hazard_step"], store.schema.table["hazard"]
    alive = step.deleted_at.is_null() & table.deleted_at.is_null()
    query = (
        step.select(table.id, table.area, table.due_date, step.record_date, step.new_due, step.id)
        .join(table, on=(step.hazard == table.id))
        .where(alive & (step.action == EXTENSION) & step.new_due.is_null(False) & (table.year == year))
        .order_by(table.id, step.record_date, step.id)
    )
    return [
        Extended(head[0], head[1], head[2], tuple(row[3:] for row in rows))
        for head, rows in groupby(store.database.execute(query), key=itemgetter(slice(3)))
    ]


def incomplete(store: Store, years: Sequence[int]) -> list[tuple[int, int | None, tuple[str, ...]]]:
    """(hazard, area, points of 五落实 it lacks) of the major ones of some years that are not closed and lack any."""
    table = store.schema.table["hazard"]
    points = {name: getattr(table, name) for name in FIVE_POINTS.points}
    lacks = reduce(or_, (column.is_null() | (column == "") for column in points.values()))
    major = (table.level == MAJOR) & table.year.in_(list(years)) & table.deleted_at.is_null()
    still = peewee.SQL(indexes.OPEN_HAZARD) | table.rectified_date.is_null()
    query = table.select(table.id, table.area, *points.values()).where(major & still & lacks)
    words = tuple(FIVE_POINTS.points.values())
    return [
        (id, area, tuple(word for word, value in zip(words, values, strict=True) if value in (None, "")))
        for id, area, *values in store.database.execute(query.order_by(table.id))
    ]

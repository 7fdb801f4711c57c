"""Hazards that were open when a year began, and the few that are described alike."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

import peewee

from mingxi_desktop.storage.gathering import gathered
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among

_MOST = 20
_WORDS = ("结转", "上年", "去年", "跨年", "上一年", "历年")
_YEARS = 2
"""So many years back hazards may still be open."""


def carried_over(schema: Schema, year: int) -> array[int]:
    """The hazards of the years before that were not put right when this one began, in order of their id.

    Only those of which the year has any at the same place, or without a place described with the same words.
    """
    table = schema.table["hazard"]
    again = table.alias("again")
    in_year = again.deleted_at.is_null() & (again.year == year)
    at_place = again.select(again.place).where(in_year & again.place.is_null(False))
    described = again.select(again.description).where(in_year & again.place.is_null())
    there = table.place.in_(at_place) | (table.place.is_null() & table.description.in_(described))
    first = datetime.date(year, 1, 1)
    never = table.rectified_date.is_null() & (table.quantity_rectified < table.quantity_found)
    where = table.deleted_at.is_null() & table.year.between(year - _YEARS, year - 1)
    query = table.select(table.id).where(where & (never | (table.rectified_date >= first)) & there)
    return gathered(schema.database, query.order_by(table.id))


def at_places(schema: Schema, year: int, places: Collection[int], texts: Collection[str]) -> list[int]:
    """The hazards of a year at these places, and those without a place that are described like this."""
    table = schema.table["hazard"]
    alive = table.deleted_at.is_null() & (table.year == year)
    found: list[int] = []
    for where in (
        alive & among(table.place, sorted(places)),
        alive & among(table.description, sorted(texts)) & table.place.is_null(),
    ):
        found += [row[0] for row in schema.database.execute(table.select(table.id).where(where))]
    return found


def speaking_of_before(schema: Schema, ids: Sequence[int]) -> list[tuple[int, int | None, str, int, str]]:
    """(id, area, day, found, text) of those of these hazards that count and speak of an earlier year."""
    table = schema.table["hazard"]
    texts = (table.description, table.note)
    speaking = reduce(or_, [peewee.fn.INSTR(text, word) > 0 for text in texts for word in _WORDS])
    said = table.description.concat("；").concat(peewee.fn.IFNULL(table.note, ""))
    query = table.select(table.id, table.area, table.record_date, table.quantity_found, said)
    query = query.where(among(table.id, ids) & table.in_total & speaking).order_by(table.id)
    return [(*row[:4], row[4].rstrip("；")) for row in schema.database.execute(query)]


def open_totals(schema: Schema, year: int, area: int | None) -> list[int]:
    """The totals of hazards of a year and area that were not all put right."""
    table = schema.table["hazard"]
    left = (table.quantity_found > 1) & (table.quantity_rectified < table.quantity_found)
    where = table.deleted_at.is_null() & (table.year == year) & (table.area == area) & left
    query = table.select(table.id).where(where).order_by(table.id).limit(_MOST)
    return [row[0] for row in schema.database.execute(query)]


def described_alike(schema: Schema, year: int, most: int) -> list[list[int]]:
    """The hazards of a year whose description is that of another one, of descriptions that are no common phrase.

    most: so often a description may be used.  From the index of the descriptions alone.
    """
    table = schema.table["hazard"]
    where = table.deleted_at.is_null() & (table.year == year)
    number = peewee.fn.COUNT(peewee.SQL("*"))
    query = table.select(peewee.fn.GROUP_CONCAT(table.id)).where(where).group_by(table.description)
    rows = schema.database.execute(query.having(number.between(2, most)))
    return [sorted(map(int, ids.split(","))) for (ids,) in rows]

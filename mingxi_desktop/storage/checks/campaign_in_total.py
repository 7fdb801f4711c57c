"""What counts of the hazards of each campaign, and what does not: one reading of the year's index."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from mingxi_desktop.storage.schema import Schema


@dataclass(frozen=True, slots=True)
class Group:
    """Hazards of a year alike in these.  campaigns: () where none is written."""

    campaigns: tuple[str, ...]
    category: str | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A hazard: its number, township and day, how many were found, whether they count, and its note."""

    id: int
    area: str
    day: datetime.date
    found: int
    counted: bool
    note: str


def groups(schema: Schema, year: int) -> list[Group]:
    """Which campaigns, categories and counting there are among the hazards of a year."""
    table = schema.table["hazard"]
    # Adding up along with it would take twice as long, for groups of which nothing is to be said.
    different = (
        table.select(table.campaign, table.category, table.in_total).where(_of_year(table, year)).distinct()
    )
    return [Group(campaigns or (), category, counted) for campaigns, category, counted in different.tuples()]


def rows(schema: Schema, year: int, alike: Sequence[Group]) -> list[Row]:
    """The hazards of some of these groups, by day."""
    table = schema.table["hazard"]
    wanted = peewee.fn.IFNULL(table.campaign, "").in_([_text(table, group.campaigns) for group in alike])
    wanted &= table.in_total.in_(list({group.counted for group in alike}))
    columns = (
        table.id, table.area, table.record_date, table.quantity_found, table.campaign, table.category,
        table.in_total, table.note,
    )  # fmt: skip
    chosen = (
        table.select(*columns).where(_of_year(table, year) & wanted).order_by(table.record_date, table.id)
    )
    keys = {(group.campaigns, group.category, group.counted) for group in alike}
    return [
        Row(number, area, day, found, counted, note or "")
        for number, area, day, found, campaigns, category, counted, note in chosen.tuples()
        if (campaigns or (), category, counted) in keys
    ]


def _of_year(table: Any, year: int) -> Any:
    return table.deleted_at.is_null() & (table.year == year)


def _text(table: Any, campaigns: tuple[str, ...]) -> str:
    """As it lies in the file; "" for none."""
    return table.campaign.db_value(campaigns) or ""

"""DERIVED fields as expressions, so that they can be shown, filtered and sorted alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE
from mingxi_desktop.storage import indexes
from mingxi_desktop.storage.schema import Schema

OVERDUE = "逾期"


def _hazard_status(
    schema: Schema, today: datetime.date, said: Callable[[str], object] = lambda word: word
) -> Any:
    """已销号 when all is rectified (重大 needs a date for it: 待复查); 逾期 past due; 整改中; 待整改.

    Due is the day of the latest 延期, where there was one.  said: what the expression gives for each of these words.
    """
    table, due = schema.table["hazard"], hazard_due(schema)
    undated = table.rectified_date.is_null() & (table.level == "重大")
    rectified = peewee.Case(None, ((undated, said("待复查")),), said("已销号"))
    return peewee.Case(
        None,
        (
            (table.quantity_rectified >= table.quantity_found, rectified),
            (due < today.isoformat(), said(OVERDUE)),
            (table.quantity_rectified > 0, said("整改中")),
        ),
        said("待整改"),
    )


def hazard_due(schema: Schema) -> Any:
    """The day by which a hazard is to be rectified: of its latest 延期, else as entered."""
    table, step = schema.table["hazard"], schema.table["hazard_step"].alias("extension")
    moved = step.new_due.is_null(False) & step.deleted_at.is_null()
    latest = step.select(peewee.fn.MAX(step.new_due)).where((step.hazard == table.id) & moved)
    # The few that were put off are listed once; a look into the steps of each hazard takes as long as all else.
    extended = peewee.Case(None, ((table.id.in_(step.select(step.hazard).where(moved)), latest),))
    return peewee.fn.COALESCE(extended, table.due_date)


def is_one_of(schema: Schema, kind: str, field: str, words: Collection[str]) -> Any:
    """Whether a derived field shows one of these words, where that is found sooner than by `expression`; else None."""
    if (kind, field) == ("hazard", "status") and set(words) == {OVERDUE}:
        return peewee.SQL(indexes.OPEN_HAZARD) & (hazard_due(schema) < datetime.date.today().isoformat())
    return None


def _response_top(schema: Schema, _today: datetime.date) -> Any:
    """The highest level among the steps (Ⅰ sorts first by its code point)."""
    step = schema.table["response_step"].alias("top_step")
    of_response = (step.response == schema.table["response"].id) & step.deleted_at.is_null()
    return _text(step.select(peewee.fn.MIN(step.level)).where(of_response))


def _response_status(schema: Schema, _today: datetime.date) -> Any:
    return peewee.Case(None, ((schema.table["response"].end_at.is_null(), "响应中"),), "已终止")


def _goods(schema: Schema, _today: datetime.date) -> Any:
    """The lines of a movement in a few words: 棉被100床、毛毯20件."""
    line = schema.table["supply_line"].alias("goods_line")
    item = schema.reference.alias("goods_item")
    amount = line.quantity.cast("REAL") / DECIMAL_SCALE
    text = item.name.concat(peewee.fn.PRINTF("%.14g", amount)).concat(item.unit)
    of_movement = (line.movement == schema.table["supply_movement"].id) & line.deleted_at.is_null()
    said = line.select(peewee.fn.GROUP_CONCAT(text, "、")).join(item, on=(line.item == item.id))
    return _text(said.where(of_movement))


def _text(select: Any) -> Any:
    """What a SELECT finds, as an expression: the SELECT itself knows neither IN nor IS NULL."""
    return peewee.Cast(select, "TEXT")


_EXPRESSIONS: dict[tuple[str, str], Callable[[Schema, datetime.date], Any]] = {
    ("hazard", "status"): _hazard_status,
    ("response", "top_level"): _response_top,
    ("response", "status"): _response_status,
    ("supply_movement", "goods"): _goods,
}


WORDS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {("hazard", "status"): tuple(sorted(("已销号", "待复查", OVERDUE, "整改中", "待整改")))}
)
"""All words that a derived field of a ledger that grows large can show, in the order in which they sort."""


def expression(schema: Schema, kind: str, field: str) -> Any:
    """The expression of a derived field as of today."""
    return _EXPRESSIONS[kind, field](schema, datetime.date.today())


def place(schema: Schema, kind: str, field: str) -> Any:
    """The place among `WORDS` of what a derived field shows as of today: numbers are compared sooner than words."""
    return _hazard_status(schema, datetime.date.today(), WORDS[kind, field].index)

"""Checks that need other records: unique codes, chains, running totals, parts and wholes, duplicates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import peewee

from mingxi_desktop.domain.fields import FieldType, Finding, Kind
from mingxi_desktop.domain.kinds.response import chain_findings
from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE, INCREMENT
from mingxi_desktop.domain.records import Named
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.store import Store

FOREVER = datetime.datetime(9999, 12, 31)


def check(
    store: Store, kind: Kind, values: Mapping[str, Any], number: int | None, *, in_set: bool = False
) -> list[Finding]:
    """What other records say against these values.

    number: the record's own id, None for a new one.  in_set: the other rows of the same child table are
    about to change too, so they say nothing yet (see `check_set`).
    """
    found = _unique(store, kind, values, number)
    special = _SPECIAL.get(kind.name)
    if special is not None and not in_set:
        found += special(store, values, number)
    if number is None and not in_set:
        found += _duplicate(store, kind, values)
    return found


def check_set(store: Store, kind: Kind, parent: int) -> list[Finding]:
    """What is wrong with the rows of a child table taken together, after all of them were written."""
    if kind.name != "response_step":
        return []
    table, where = _others(store, kind.name, None)
    rows = table.select().where(where & (table.response == f"response:{parent}")).order_by(table.at).dicts()
    return chain_findings(list(rows))[:1]


def year_of(kind: Kind, values: Mapping[str, Any]) -> int:
    """The report year of a record: that of its date field, else of record_date."""
    day = values.get(kind.date) or values["record_date"]
    return int(day.year)


def _others(store: Store, kind: str, number: int | None) -> tuple[Any, Any]:
    table = store.schema.table[kind]
    where = table.deleted_at.is_null()
    return table, where if number is None else where & (table.id != number)


def _unique(store: Store, kind: Kind, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    found = []
    for name in kind.unique:
        value = values.get(name)
        if value:
            table, where = _others(store, kind.name, number)
            where &= (table._meta.fields[name] == value) & (table.year == year_of(kind, values))
            if table.select(table.id).where(where).exists():
                label = kind.field(name).label
                found.append(
                    Finding(name, f"{label}“{value}”今年已经用过，请核对是不是同一条", "error", "E_UNIQUE")
                )
    return found


def _duplicate(store: Store, kind: Kind, values: Mapping[str, Any]) -> list[Finding]:
    table, where = _others(store, kind.name, None)
    for name in kind.key:
        field = kind.field(name)
        value = values.get(name)
        if isinstance(value, Named):
            return []
        if field.type is FieldType.MULTI_REF:
            continue
        column = table._meta.fields[name]
        where &= column.is_null() if value in (None, "") else column == stored(field, value)
    row = table.select(table.id).where(where).limit(1).tuples().first()
    if row is None:
        return []
    labels = "、".join(kind.field(name).label for name in kind.key)
    message = f"可能重复：已有一条{kind.label}（#{row[0]}）的{labels}都相同"
    return [Finding(kind.key[0], message, "warning", "W_DUP")]


def _response(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    """One chain of one type in one area at a time (two types may run at once)."""
    table, where = _others(store, "response", number)
    start, end = values["start_at"], values.get("end_at") or FOREVER
    where &= (table.type == values["type"]) & (table.area == values["area"]) & (table.start_at < end)
    where &= table.end_at.is_null() | (table.end_at > start)
    row = table.select(table.id, table.start_at, table.end_at).where(where).tuples().first()
    if row is None:
        return []
    message = (
        f"{row[1]:%Y-%m-%d %H:%M}启动的{values['type']}响应{'还没有终止' if row[2] is None else '和它时间重叠'}；"
        "同一类型的响应先终止再启动，升级、降级记在“响应变更”里"
    )
    return [Finding("start_at", message, "error", "E_CHAIN")]


def _response_step(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    if isinstance(values["response"], Named):
        return []
    table, where = _others(store, "response_step", number)
    rows = table.select().where(where & (table.response == values["response"])).dicts()
    steps = sorted([*rows, dict(values)], key=lambda step: step["at"])
    return chain_findings(steps)[:1]


def _hazard_step(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    table, where = _others(store, "hazard_step", number)
    where &= (table.hazard == values["hazard"]) & (table.action == "销号")
    closed = table.select(table.record_date).where(where).tuples().first()
    if closed and values.get("record_date") and closed[0] < values["record_date"]:
        return [Finding("action", f"这条隐患{closed[0]}已经销号，之后不能再有动作", "error", "E_CHAIN")]
    return []


def _tally(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    table, where = _others(store, "response_tally", number)
    where &= (table.event == values["event"]) & (table.area == values["area"])
    found = []
    other = INCREMENT if values["basis"] == CUMULATIVE else CUMULATIVE
    if table.select(table.id).where(where & (table.basis == other)).exists():
        message = f"同一过程同一乡镇已有“{other}”的统计；两种口径不会相加，有累计的只取最后一期累计"
        found.append(Finding("basis", message, "warning", "W_MIXED_BASIS"))
    if values["basis"] == CUMULATIVE and values.get("evacuees") is not None and not values.get("note"):
        earlier = where & (table.basis == CUMULATIVE) & (table.record_date < values["record_date"])
        highest = table.select(peewee.fn.MAX(table.evacuees)).where(earlier).tuples()[0][0]
        if highest is not None and values["evacuees"] < highest:
            message = f"累计转移群众{values['evacuees']}人，比前一期的{highest}人少；确实如此请在备注里说明"
            found.append(Finding("evacuees", message, "entry", "E_FALLING"))
    return found


def _fund(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    """Parts must not exceed the whole."""
    parent = values.get("parent")
    if not parent:
        return []
    table, where = _others(store, "fund", number)
    whole = (
        table.select(table.amount, table.parent)
        .where(table.id == int(parent.rpartition(":")[2]))
        .tuples()
        .first()
    )
    if number is not None and parent == f"fund:{number}":
        return [Finding("parent", "上级项目不能是它自己", "error", "E_PART")]
    parts = (
        table.select(peewee.fn.SUM(table.amount)).where(where & (table.parent == parent)).tuples()[0][0] or 0
    )
    if whole and parts + values["amount"] > whole[0]:
        return [Finding("amount", "各部分相加超过了上级项目的金额", "error", "E_PART")]
    return []


_SPECIAL: dict[str, Callable[[Store, Mapping[str, Any], int | None], list[Finding]]] = {
    "response": _response,
    "response_step": _response_step,
    "hazard_step": _hazard_step,
    "response_tally": _tally,
    "fund": _fund,
}

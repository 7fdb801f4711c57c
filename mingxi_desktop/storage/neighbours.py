"""Checks that need other records: chains of a response, running totals, parts and wholes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import peewee

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.kinds.response import chain_findings
from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE, INCREMENT
from mingxi_desktop.domain.records import Named
from mingxi_desktop.storage.store import Store

CLOSED = "销号"
_DIRECTIONS = ("争取", "下拨", "投入")
FOREVER = datetime.datetime(9999, 12, 31)


def check(store: Store, kind: Kind, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    """What other records say against these values, by the rules of this kind.

    number: the record's own id, None for a new one.  Rows of a child table that change together are not
    checked one by one but by `check_set`; unique values and likely duplicates by `twins`.
    """
    special = _SPECIAL.get(kind.name)
    return special(store, values, number) if special is not None else []


def matter(kind: Kind) -> bool:
    """Whether other records can say anything against one of this kind."""
    return kind.name in _SPECIAL


def check_set(store: Store, kind: Kind, parent: int) -> list[Finding]:
    """What is wrong with the rows of a child table taken together, after all of them were written."""
    table, where = _others(store, kind.name, None)
    if kind.name == "response_step":
        rows = table.select().where(where & (table.response == parent)).order_by(table.at, table.id).dicts()
        return chain_findings(list(rows))[:1]
    if kind.name == "hazard_step":
        where &= table.hazard == parent
        closed = (
            table.select(peewee.fn.MIN(table.record_date)).where(where & (table.action == CLOSED)).scalar()
        )
        last = table.select(peewee.fn.MAX(table.record_date)).where(where).scalar()
        if closed is not None and last > closed:
            return [Finding("action", f"{closed}已经销号，之后不能再有动作", "error", "E_CHAIN")]
    return []


def year_of(kind: Kind, values: Mapping[str, Any]) -> int:
    """The report year of a record: that of its date field, else of record_date."""
    day = values.get(kind.date) or values["record_date"]
    return int(day.year)


def years_of(kind: Kind, records: Abreast) -> list[int]:
    """`year_of` several records; 0 for one without a day, which is not stored."""
    days = zip(records.column(kind.date), records.column("record_date"), strict=True)
    return [day.year if (day := own or other) else 0 for own, other in days]


def _others(store: Store, kind: str, number: int | None) -> tuple[Any, Any]:
    table = store.schema.table[kind]
    where = table.deleted_at.is_null()
    return table, where if number is None else where & (table.id != number)


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
    where &= table.hazard == values["hazard"]
    closed = table.select(table.record_date).where(where & (table.action == CLOSED)).tuples().first()
    if closed and closed[0] < values["record_date"]:
        return [Finding("action", f"这条隐患{closed[0]}已经销号，之后不能再有动作", "error", "E_CHAIN")]
    if values["action"] == CLOSED:
        last = table.select(peewee.fn.MAX(table.record_date)).where(where).tuples()[0][0]
        if last is not None and last > values["record_date"]:
            return [Finding("action", f"这条隐患{last}还有动作，销号要在它之后", "error", "E_CHAIN")]
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


def _movement(store: Store, values: Mapping[str, Any], _number: int | None) -> list[Finding]:
    """What is given out came from a 调拨."""
    ref = values.get("dispatch")
    if ref is None or isinstance(ref, Named):
        return []
    table = store.schema.table["supply_movement"]
    kind = table.select(table.type).where(table.id == int(ref.rpartition(":")[2])).scalar()
    if kind != "调拨":
        return [Finding("dispatch", f"选的是一次{kind}，对应的要是一次调拨", "error", "E_REFERENCE")]
    return []


def _fund(store: Store, values: Mapping[str, Any], number: int | None) -> list[Finding]:
    """Parts of one direction must not exceed the whole, and nothing is a part of itself."""
    table, others = _others(store, "fund", number)

    def parts_of(whole: str, direction: str) -> int:
        where = others & (table.parent == whole) & (table.direction == direction)
        return int(table.select(peewee.fn.SUM(table.amount)).where(where).scalar() or 0)

    amount, parent = values["amount"], values.get("parent")
    if number is not None and any(parts_of(f"fund:{number}", one) > amount for one in _DIRECTIONS):
        return [Finding("amount", "金额小于它各部分相加的数", "error", "E_PART")]
    if not parent:
        return []
    above: str | None = parent
    seen = {f"fund:{number}"}
    while above is not None:
        if above in seen:
            return [Finding("parent", "上级项目不能是它自己，也不能是它的一部分", "error", "E_PART")]
        seen.add(above)
        above = table.select(table.parent).where(table.id == int(above.rpartition(":")[2])).scalar()
        above = f"fund:{above}" if isinstance(above, int) else above
    whole = table.select(table.amount).where(table.id == int(parent.rpartition(":")[2])).scalar()
    if whole is not None and parts_of(parent, values["direction"]) + amount > whole:
        return [Finding("amount", "各部分相加超过了上级项目的金额", "error", "E_PART")]
    return []


_SPECIAL: dict[str, Callable[[Store, Mapping[str, Any], int | None], list[Finding]]] = {
    "response": _response,
    "response_step": _response_step,
    "hazard_step": _hazard_step,
    "response_tally": _tally,
    "supply_movement": _movement,
    "fund": _fund,
}

"""What the rows of a child table amount to while they are typed: level and length of a response, stock left."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import Values
from mingxi_desktop.domain.kinds.response import top_level
from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.records import Child
from mingxi_desktop.domain.show import plain
from mingxi_desktop.ledger.extensions import story
from mingxi_desktop.ledger.facade import Ledger

_HOUR = 3600
_COUNTED = "盘点"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence under the rows.  state: "warning" where it needs attention, "" else."""

    text: str
    state: str = ""


_Rows = Sequence[Values]


@dataclass(frozen=True, slots=True)
class _Before:
    """What is stored.  id: None for a new record.  rows: of the child table."""

    id: int | None
    values: Values
    rows: _Rows


def notes(
    ledger: Ledger,
    kind: str,
    record: int | None,
    values: Values,
    children: Mapping[str, Sequence[Child]],
) -> dict[str, Note]:
    """Child kind → what its rows amount to; none for kinds of which there is nothing to say.

    values: the fields that change, of a new record all.  children: the child tables that change.
    """
    stored = ledger.get(kind, record).values if record is not None else {}
    rows_before = ledger.children(kind, record) if record is not None else {}
    found = {}
    for name in {*children, *rows_before}:
        say = _SAY.get(name)
        if say is not None:
            before = [row.values for row in rows_before.get(name, ())]
            rows = _merged(children[name], rows_before.get(name, ())) if name in children else before
            found[name] = say(ledger, {**stored, **values}, rows, _Before(record, stored, before))
    return found


def _merged(children: Sequence[Child], before: Sequence[Any]) -> list[Values]:
    known = {row.id: row.values for row in before}
    return [{**known.get(child.id or 0, {}), **child.values} for child in children]


def _response(_ledger: Ledger, _values: Values, rows: _Rows, _before: _Before) -> Note:
    steps = [row for row in rows if row.get("at") and row.get("level") and row.get("action")]
    steps.sort(key=lambda step: step["at"])
    if not steps:
        return Note("")
    first, last = steps[0], steps[-1]
    highest = f"最高 {top_level([step['level'] for step in steps])} 级"
    if last["action"] == "终止":
        return Note(f"已终止，历时 {_length(last['at'] - first['at'])}，{highest}")
    return Note(f"现为 {last['level']} 级响应（{last['at']:%m-%d %H:%M} 起），{highest}；还没有终止")


def _length(span: datetime.timedelta) -> str:
    hours = round(span.total_seconds() / _HOUR)
    days, rest = divmod(hours, 24)
    parts = [f"{days} 天" if days else "", f"{rest} 小时" if rest or not days else ""]
    return " ".join(part for part in parts if part)


def _hazard(ledger: Ledger, values: Values, rows: _Rows, before: _Before) -> Note:
    steps = [row for row in rows if row.get("record_date") and row.get("action")]
    done, found = values.get("quantity_rectified") or 0, values.get("quantity_found") or 0
    if not steps:
        return Note("")
    last = max(steps, key=lambda step: step["record_date"])
    said = f"已整改 {done:,} / 发现 {found:,} 条；最近一步：{last['record_date']:%m-%d} {last['action']}"
    if any(row.get("new_due") for row in rows):
        first = ledger.deadlines.first_due(before.id) if before.id is not None else None
        said += f"；{story(rows, first or before.values.get('due_date'))}"
    if last["action"] == "销号" and done < found:
        return Note(f"{said}，但还有 {found - done:,} 条没有整改", "warning")
    return Note(said)


def _supply(ledger: Ledger, values: Values, rows: _Rows, before: _Before) -> Note:
    sign, day = _sign(values), values.get("record_date")
    amounts = _amounts(rows)
    if not sign or day is None or not amounts:
        return Note("")
    entries = {entry.ref: entry for entry in ledger.entries("item", active_only=False)}
    left = {row.entry.ref: row.sums.left for row in ledger.stock(day)}
    if before.values.get("record_date") and before.values["record_date"] <= day:
        for ref, amount in _amounts(before.rows).items():
            left[ref] = left.get(ref, Decimal()) - _sign(before.values) * amount
    parts, short = [], False
    for ref, amount in amounts.items():
        entry = entries.get(ref)
        there = left.get(ref, Decimal())
        after = there + sign * amount
        if entry is None:
            continue
        if after < 0:
            short = True
            parts.append(f"▲ {entry.name}只有 {plain(there)}{entry.unit}，差 {plain(-after)}{entry.unit}")
        else:
            parts.append(f"{entry.name}余 {plain(after)}{entry.unit}")
    return Note(f"登记后县级库存：{'，'.join(parts)}" if parts else "", "warning" if short else "")


def _sign(values: Values) -> int:
    if values.get("type") in (*INCOMING, _COUNTED):
        return 1
    return -1 if values.get("type") in OUTGOING else 0


def _amounts(rows: _Rows) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in rows:
        if isinstance(row.get("item"), str) and row.get("quantity") is not None:
            found[row["item"]] = found.get(row["item"], Decimal()) + row["quantity"]
    return found


_Say = Callable[[Ledger, Values, _Rows, _Before], Note]
_SAY: Mapping[str, _Say] = {
    "response_step": _response,
    "hazard_step": _hazard,
    "supply_line": _supply,
}

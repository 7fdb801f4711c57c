"""What the first page shows: what needs doing today, the year's key indicators, who has sent what."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds.response import top_level
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.ledger.facade import Ledger

KEY_INDICATORS = (
    "hazards_found",
    "hazard_rectification_rate",
    "responses_started",
    "people_evacuated",
    "quilts_dispatched",
    "drills",
    "funds_won",
)
"""The cards of the first page."""

URGENT, SOON, CALM, GOOD = "urgent", "soon", "calm", "good"
_REPORT_DUE = (3, 1)
_BACKUP_DAYS = 7


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of 今天要办.

    severity: "urgent", "soon", "calm" or "good".  action: the word on the link.
    query: the records behind it; None where there are none.  target: "report", "backup", "stock" else.
    """

    severity: str
    sentence: str
    action: str = ""
    query: Query | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class ReportingRow:
    """One township of the reporting grid: hazards recorded in each month, 1 to 12."""

    area: str
    ref: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page needs, read in one go."""

    year: int
    todos: tuple[Todo, ...]
    cards: tuple[IndicatorValue, ...]
    reporting: tuple[ReportingRow, ...]
    records: int


def overview(ledger: Ledger, year: int, today: datetime.date | None = None) -> Overview:
    """The first page of a year, as of today."""
    day = today or datetime.date.today()
    values = {value.indicator.id: value for value in ledger.indicators(year)}
    return Overview(
        year=year,
        todos=tuple(_todos(ledger, year, day)),
        cards=tuple(values[name] for name in KEY_INDICATORS if name in values),
        reporting=tuple(_reporting(ledger, year)),
        records=sum(ledger.counts(year).values()),
    )


def _todos(ledger: Ledger, year: int, today: datetime.date) -> list[Todo]:
    todos = [*_overdue(ledger, year, today), *_incomplete(ledger, year), *_open_responses(ledger)]
    todos += _short_stock(ledger, today)
    todos += _report_due(year, today)
    todos.append(_last_backup(ledger, today))
    return todos


def _overdue(ledger: Ledger, year: int, today: datetime.date) -> list[Todo]:
    query = Query("hazard", year=year, where=(("status", ("逾期",)),), sort=(("due_date", False),))
    ids = ledger.ids(query)
    if not ids:
        return []
    oldest = ledger.records("hazard", ids[:1])[0].values["due_date"]
    areas = "，".join(
        f"{ledger.show('hazard', 'area', area)} {number}" for area, number in ledger.facet(query, "area")[:3]
    )
    sentence = f"{len(ids)} 条隐患整改逾期，最久 {(today - oldest).days} 天（{areas}）"
    return [Todo(URGENT, sentence, "查看", query)]


def _incomplete(ledger: Ledger, year: int) -> list[Todo]:
    found = []
    for name, label in (("owner", "整改责任人"), ("plan", "整改措施"), ("emergency_plan", "应急预案")):
        query = Query("hazard", year=year, where=(("level", ("重大",)), (name, (None,))))
        number = ledger.count(query)
        if number:
            found.append(Todo(URGENT, f"{number} 条重大隐患缺“{label}”", "补填", query))
    return found


def _open_responses(ledger: Ledger) -> list[Todo]:
    query = Query("response", where=(("status", ("响应中",)),))
    found = []
    for record in ledger.records("response", ledger.ids(query)):
        start = record.values["start_at"]
        levels = [step.values["level"] for step in ledger.children("response", record.id)["response_step"]]
        level = top_level(levels)
        name = f"{record.values['type']}{level}{'级' if level else ''}响应"
        sentence = f"{name} {start.year} 年 {start.month} 月 {start.day} 日启动，尚未终止"
        found.append(Todo(SOON, sentence, "登记", Query("response", ids=(record.id,))))
    return found


def _short_stock(ledger: Ledger, today: datetime.date) -> list[Todo]:
    found = []
    for entry, left in ledger.stock(today):
        floor = entry.extra.get("floor", "")
        if floor.isdigit() and left < int(floor):
            query = Query("supply_line", where=(("item", (entry.ref,)),))
            sentence = f"{entry.name}库存 {left} {entry.unit}，低于下限 {floor} {entry.unit}"
            found.append(Todo(SOON, sentence, "查看", query))
    return found


def _report_due(year: int, today: datetime.date) -> list[Todo]:
    """The report of a year is due on 1 March of the next."""
    due = datetime.date(year + 1, *_REPORT_DUE)
    left = (due - today).days
    if not 0 <= left <= 365:
        return []
    severity = SOON if left <= 31 else CALM
    return [Todo(severity, f"{year} 年度总结 3 月 1 日前报送，还有 {left} 天", "打开", target="report")]


def _last_backup(ledger: Ledger, today: datetime.date) -> Todo:
    last = ledger.setting("backup.last")
    if not last:
        return Todo(SOON, "还没有做过备份", "备份", target="backup")
    days = (today - datetime.date.fromisoformat(last[:10])).days
    severity = GOOD if days < _BACKUP_DAYS else SOON
    when = "今天" if days <= 0 else f"{days} 天前"
    return Todo(severity, f"最近备份 {last[:16]}（{when}），已校验", "备份", target="backup")


def _reporting(ledger: Ledger, year: int) -> list[ReportingRow]:
    counted: dict[str, list[int]] = {}
    for area, month, number in ledger.grouped(Query("hazard", year=year), ("area", "month"), ("count",)):
        if area is not None:
            counted.setdefault(area, [0] * 12)[month - 1] = number
    return [
        ReportingRow(entry.name, entry.ref, tuple(counted.get(entry.ref, [0] * 12)))
        for entry in ledger.entries(AREA)
        if entry.name != COUNTY_AREA
    ]

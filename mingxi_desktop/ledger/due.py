"""Everything that has a day: what is overdue and what will be due in the next weeks, one list by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mingxi_desktop.domain.deadlines import Limit, Proof
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.workdays import Workdays
from mingxi_desktop.ledger import fixed_deadlines
from mingxi_desktop.ledger.deadline_states import Fixed
from mingxi_desktop.ledger.deadlines import Deadlines
from mingxi_desktop.ledger.facade import Ledger

_MOST_AREAS = 3
_TO_DO = ("待整改", "整改中")
_DAY = datetime.timedelta(days=1)


class Sort(StrEnum):
    """What is due, by the word that the list of deadlines has for it."""

    RECTIFY = "整改"
    RECHECK = "复查"
    RESPONSE = "响应"
    DRILL = "演练"
    FIXED = "期限"


class State(StrEnum):
    """How it stands, the worst first."""

    OVERDUE = "逾期"
    TODAY = "今天到期"
    ACT = "要办"
    SOON = "快到期"
    RUNNING = "进行中"
    DONE = "已办"


@dataclass(frozen=True, slots=True)
class Due:
    """One line.  day: by when; None for what has no day of its own.  where: township or townships.

    number: records, 0 where they are not counted.  left, workdays: calendar and working days until then,
    negative after it.  query: the records.  target: where the window goes instead, as `MainWindow.go` knows it.
    fixed: the deadline, where it is one that can be ticked.
    """

    sort: Sort
    state: State
    day: datetime.date | None
    what: str
    where: str = ""
    number: int = 0
    left: int = 0
    workdays: int = 0
    query: Query | None = None
    target: str = ""
    note: str = ""
    fixed: Fixed | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """The lines by day, overdue ones first.  today: as of when.  ahead: days told in advance.

    unknown: a year in sight whose public holidays are not registered; 0 for none.
    """

    lines: tuple[Due, ...]
    today: datetime.date
    ahead: int
    unknown: int = 0


def due_list(ledger: Ledger, today: datetime.date | None = None) -> DueList:
    """What is overdue and what is due within the days told in advance, of all years, as of today."""
    day = today or datetime.date.today()
    made = _Maker(ledger, day)
    lines = [*made.overdue(), *made.rechecks(), *made.coming(), *made.responses(), *made.fixed()]
    order = list(State)
    lines.sort(
        key=lambda one: (order.index(one.state) if one.state in _LAST else 0, one.day or day, one.left)
    )
    last = (day + made.ahead * _DAY).year
    unknown = next((year for year in (day.year, last) if not made.calendar.knows(year)), 0)
    return DueList(tuple(lines), day, made.ahead, unknown)


_LAST = (State.RUNNING, State.DONE)
"""What stands below all that has a day to come."""


class _Maker:
    """Makes the lines of one ledger as of one day."""

    def __init__(self, ledger: Ledger, today: datetime.date) -> None:
        self._ledger = ledger
        self._today = today
        self._kept: Deadlines = ledger.deadlines
        self.calendar: Workdays = self._kept.workdays()
        limits: dict[str, Limit] = self._kept.limits()
        self.ahead = limits["ahead"].days
        self._names = {entry.id: entry.name for entry in ledger.entries("area", active_only=False)}

    def overdue(self) -> Iterator[Due]:
        """Hazards past their day, a line for each township, the one with the most first."""
        for area in sorted(self._kept.overdue(), key=lambda one: -one.number):
            day = datetime.date.fromisoformat(area.oldest)
            where = (("status", ("逾期",)), ("area", (f"area:{area.area}",)))
            query = Query("hazard", where=where, sort=(("due_date", False),))
            line = self._dated(Sort.RECTIFY, day, "隐患整改逾期", self._name(area.area), area.number, query)
            said = ["到期日是最早的一条"] if area.number > 1 else []
            said += [f"未整改 {area.left} 处"] if area.left != area.number else []
            yield replace(line, note="，".join(said))

    def coming(self) -> Iterator[Due]:
        """Hazards to be rectified, a line for each day and township."""
        until = self._today + self.ahead * _DAY
        for text, area, number in self._kept.due_between(self._today, until):
            day = datetime.date.fromisoformat(text)
            where = (
                ("due_date", Range(day, day)),
                ("status", _TO_DO),
                ("area", (f"area:{area}",)),
            )
            yield self._dated(
                Sort.RECTIFY, day, "隐患整改到期", self._name(area), number, Query("hazard", where=where)
            )

    def rechecks(self) -> Iterator[Due]:
        """Rectifications that nobody has looked at, a line for each township."""
        days, rows = self._kept.rechecks(self._today)
        by_area: dict[int | None, list[int]] = {}
        oldest: dict[int | None, str] = {}
        for row in rows:
            by_area.setdefault(row.area, []).append(row.id)
            oldest.setdefault(row.area, row.fed)
        for area, ids in by_area.items():
            day = datetime.date.fromisoformat(oldest[area]) + days * _DAY
            query = Query("hazard", ids=tuple(ids))
            line = self._dated(Sort.RECHECK, day, "整改反馈后没有复查", self._name(area), len(ids), query)
            yield replace(line, note=f"反馈后 {days} 天内要复查")

    def responses(self) -> Iterator[Due]:
        """Responses that were not ended, and what their tallies lack."""
        for one in self._kept.responses(self._today):
            state = State.OVERDUE if one.stale else State.ACT if one.untallied else State.RUNNING
            start = datetime.date.fromisoformat(one.row.start[:10])
            yield Due(
                Sort.RESPONSE,
                state,
                None,
                f"{one.name}还没有终止",
                self._name(one.row.area),
                1,
                -(one.days or 0),
                self.calendar.between(self._today, start),
                Query("response", ids=(one.row.id,)),
                note=one.untallied,
            )

    def fixed(self) -> Iterator[Due]:
        """The fixed deadlines, the drills of the townships among them."""
        for one in fixed_deadlines.standing(self._ledger, self._today):
            names = [entry.name for entry in one.missing]
            where = "、".join(names[:_MOST_AREAS]) + (f"等{len(names)}个" if len(names) > _MOST_AREAS else "")
            sort = Sort.DRILL if one.deadline.areas else Sort.FIXED
            report = one.deadline.proof is Proof.REPORT
            target = "report" if report else "new:activity" if sort is Sort.DRILL and names else ""
            line = self._dated(sort, one.day, one.title, where, len(names), one.hinting)
            note = "、".join(names) if names else _done_words(one) or one.hint or one.deadline.about
            state = State.DONE if one.done is not None else line.state
            yield replace(line, state=state, target=target, note=note, fixed=one)

    def _dated(
        self,
        sort: Sort,
        day: datetime.date,
        what: str,
        where: str,
        number: int,
        query: Query | None,
    ) -> Due:
        left = (day - self._today).days
        state = State.OVERDUE if left < 0 else State.SOON if left else State.TODAY
        workdays = self.calendar.between(self._today, day)
        return Due(sort, state, day, what, where, number, left, workdays, query)

    def _name(self, area: int | None) -> str:
        return self._names.get(area or 0, "没有写乡镇")


def _done_words(one: Fixed) -> str:
    """2026-10-20 王小敏：已报市局."""
    if one.done is None:
        return ""
    said = f"{one.done.day.isoformat()} {one.done.by}".strip()
    return f"{said}：{one.done.note}" if one.done.note else said

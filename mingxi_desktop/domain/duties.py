"""报送任务: who owes which ledger how often, and by which day; the clerk's own table, a few delivered."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often, Period
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.workdays import Workdays

SENT = (
    "hazard",
    "inspection",
    "enforcement_case",
    "response_tally",
    "meeting",
    "disaster_loss",
    "supply_movement",
    "fund",
    "activity",
    "accident",
    "manual_entry",
)
"""The ledgers that townships or departments send records to, in the order of the tabs."""
LONGEST_NAME, MOST_DAYS = 40, 90
_DAY = datetime.timedelta(days=1)
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty.

    id: names it in settings and targets; the delivered ones go by their ledger.  name: in the clerk's words;
    "" for the ledger's.  who: references of townships or of departments; () for all townships.
    campaign: only records of this 专项 count; "" for all.  first, last: days within which it stands; None for
    always.  days: so many after the end of a period it is due; workdays: only working days are counted.
    """

    id: str
    kind: str
    often: Often
    name: str = ""
    who: tuple[str, ...] = ()
    campaign: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    days: int = 5
    workdays: bool = False

    @property
    def label(self) -> str:
        """What it is called: 隐患 or 生命通道周报."""
        return self.name or kind_of(self.kind).label

    @property
    def title(self) -> str:
        """With how often: 隐患 · 每月."""
        return f"{self.label} · {self.often.label}"

    @property
    def of_departments(self) -> bool:
        """Whether departments owe it, so that records count by who reports them and not by their township."""
        return bool(self.who) and not self.who[0].startswith(f"{AREA}:")

    def stands_in(self, period: Period) -> bool:
        """Whether any day of a period lies within the days of the duty."""
        begun = self.first is None or period.last >= self.first
        return begun and (self.last is None or period.first <= self.last)

    def due(self, period: Period, workdays: Workdays) -> datetime.date:
        """The day by which a period is to be reported; from it on it counts as 未报."""
        if self.workdays:
            return workdays.after_workdays(period.last, self.days)
        return period.last + self.days * _DAY

    @property
    def due_words(self) -> str:
        """When it is due, in words: 次月5日, 次日, 期后第2个工作日."""
        if not self.days:
            return "当天"
        if self.workdays:
            return f"期后第{self.days}个工作日"
        if self.often is Often.MONTH and self.days <= _SHORTEST_MONTH:
            return f"次月{self.days}日"
        of_day = self.often in (Often.DAY, Often.EVENT_DAY)
        return "次日" if of_day and self.days == 1 else f"期后第{self.days}天"


DELIVERED = (
    Duty("hazard", "hazard", Often.MONTH),
    Duty("response_tally", "response_tally", Often.EVENT_DAY, days=1),
)
"""What a new ledger asks for."""


def choices_of(kind: str) -> tuple[Often, ...]:
    """How often a ledger can be due: one of disaster events by them, any other by the calendar."""
    declared = kind_of(kind)
    of_events = declared.has("event") and declared.field("event").required
    return tuple(often for often in Often if often.of_events == of_events)


def fault(duty: Duty, others: Iterable[Duty]) -> tuple[str, str] | None:
    """(field at fault, a Chinese sentence on why the duty cannot be); None when it can."""
    if len(duty.name) > LONGEST_NAME:
        return "name", f"名称有{len(duty.name)}个字，最多{LONGEST_NAME}个字"
    if not 0 <= duty.days <= MOST_DAYS:
        return "days", f"应报日期要写0到{MOST_DAYS}之间的天数"
    if duty.first and duty.last and duty.last < duty.first:
        return "last", "“到”的日期早于“从”的日期"
    same = next((other for other in others if _same(duty, other)), None)
    return ("kind", f"已经有同样的任务“{same.title}”，改那一条就行") if same is not None else None


def _same(one: Duty, other: Duty) -> bool:
    """Whether two duties ask the same people for the same at the same time."""
    if one.id == other.id or (one.kind, one.often, one.campaign) != (other.kind, other.often, other.campaign):
        return False
    together = one.of_departments == other.of_departments
    people = not one.who or not other.who or not set(one.who).isdisjoint(other.who)
    apart = (one.last and other.first and one.last < other.first) or (
        other.last and one.first and other.last < one.first
    )
    return together and people and not apart


def new_id(kind: str, taken: Iterable[str]) -> str:
    """An id for a new duty of a ledger: the ledger's own name, or with a number behind it."""
    known = set(taken)
    if kind not in known:
        return kind
    number = 2
    while f"{kind}-{number}" in known:
        number += 1
    return f"{kind}-{number}"


def ledger_of(id: str) -> str:
    """The ledger whose duty an id names, even if that duty is gone."""
    return id.partition("-")[0]


def to_text(duties: Sequence[Duty]) -> str:
    """The duties as they are kept in a setting."""
    return json.dumps([asdict(duty) for duty in duties], ensure_ascii=False, default=str)


def from_text(text: str) -> tuple[Duty, ...]:
    """The duties of a setting; ValueError, TypeError, KeyError or LookupError for what was never kept."""
    return tuple(_duty(item) for item in json.loads(text))


def _duty(item: dict[str, object]) -> Duty:
    days = {name: _day(item[name]) for name in ("first", "last")}
    who = item["who"]
    if not isinstance(who, list):
        raise TypeError(who)
    told = {**item, **days, "often": Often(str(item["often"])), "who": tuple(who)}
    kind_of(str(item["kind"]))
    return Duty(**told)  # type: ignore[arg-type]


def _day(text: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(text)) if text else None

"""期限: days of the year by which something is to be done, and what shows that it is; data, not code."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from mingxi_desktop import paths, toml_files
from mingxi_desktop.domain.workdays import Workdays

MOST_LEAD = 180
MOST_DAYS = 366


class Proof(StrEnum):
    """What shows that a deadline was kept; the clerk may say so by a tick in any case."""

    REPORT = "report"
    RECORDS = "records"
    TICK = "tick"

    @property
    def label(self) -> str:
        """The words for it on the screen."""
        return _WORDS[self]


_WORDS = {Proof.REPORT: "年度总结定稿", Proof.RECORDS: "有记录", Proof.TICK: "手工登记已办"}


@dataclass(frozen=True, slots=True)
class Shown:
    """Records that show something.  where: field → word it holds.  words: as typed into a search box."""

    kind: str
    where: tuple[tuple[str, str], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of every year.

    later: in the year after the one it is about.  moved: to the next working day where it falls on a day off.
    lead: calendar days before it from which it is told.  shows: of RECORDS what proves it, of TICK what hints
    at it; from since to until (month, day) of the year it is about, until the deadline itself where that is
    None.  areas: every township needs a record of its own.  active: whether it is told.
    """

    id: str
    name: str
    month: int
    day: int
    later: bool = False
    moved: bool = False
    lead: int = 30
    proof: Proof = Proof.TICK
    shows: tuple[Shown, ...] = ()
    areas: bool = False
    since: tuple[int, int] = (1, 1)
    until: tuple[int, int] | None = None
    about: str = ""
    active: bool = True

    def due(self, year: int, workdays: Workdays) -> datetime.date:
        """The day by which it is due for what it is about, a year."""
        fixed = _of_year(year + self.later, self.month, self.day)
        return workdays.next_workday(fixed) if self.moved else fixed

    def span(self, year: int) -> tuple[datetime.date, datetime.date]:
        """First and last day on which records count for it."""
        last = self.until or (self.month, self.day)
        return _of_year(year, *self.since), _of_year(year + (self.later and self.until is None), *last)

    @property
    def rule(self) -> str:
        """每年3月1日（次年）."""
        extra = [word for word, holds in (("次年", self.later), ("遇休息日顺延", self.moved)) if holds]
        return f"每年{self.month}月{self.day}日" + (f"（{'，'.join(extra)}）" if extra else "")

    def fault(self) -> str:
        """Why it cannot be kept like this, in Chinese; "" when it can."""
        if not self.name:
            return "名称还空着"
        if not 1 <= self.month <= 12 or not 1 <= self.day <= calendar.monthrange(2024, self.month)[1]:
            return f"没有{self.month}月{self.day}日这一天"
        if not 0 <= self.lead <= MOST_LEAD:
            return f"提前提醒的天数要在0到{MOST_LEAD}之间"
        if self.proof is Proof.RECORDS and not self.shows:
            return "凭记录的，要选看哪本台账"
        return ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of calendar days that the program goes by."""

    id: str
    name: str
    days: int


def to_plain(deadline: Deadline) -> dict[str, Any]:
    """A deadline as plain values, to be kept as JSON."""
    return {
        "id": deadline.id,
        "name": deadline.name,
        "day": _text(deadline.month, deadline.day),
        "later": deadline.later,
        "moved": deadline.moved,
        "lead": deadline.lead,
        "proof": deadline.proof.value,
        "areas": deadline.areas,
        "since": _text(*deadline.since),
        **({"until": _text(*deadline.until)} if deadline.until else {}),
        "about": deadline.about,
        "use": deadline.active,
        "shows": [{"kind": one.kind, "where": dict(one.where), "words": one.words} for one in deadline.shows],
    }


def from_plain(plain: Mapping[str, Any]) -> Deadline:
    """The deadline that `to_plain` wrote, or that lies in the delivered list."""
    month, day = _day(plain["day"])
    shows = tuple(
        Shown(str(one["kind"]), tuple(one.get("where", {}).items()), str(one.get("words", "")))
        for one in plain.get("shows", ())
    )
    return Deadline(
        id=str(plain["id"]),
        name=str(plain["name"]),
        month=month,
        day=day,
        later=bool(plain.get("later", False)),
        moved=bool(plain.get("moved", False)),
        lead=int(plain.get("lead", 30)),
        proof=Proof(plain.get("proof", Proof.TICK)),
        shows=shows,
        areas=bool(plain.get("areas", False)),
        since=_day(plain.get("since", "01-01")),
        until=_day(plain["until"]) if plain.get("until") else None,
        about=str(plain.get("about", "")),
        active=bool(plain.get("use", True)),
    )


@cache
def delivered_deadlines() -> Mapping[str, Deadline]:
    """Id → deadline as it comes with the program, before the clerk's changes."""
    found = [from_plain(plain) for plain in _delivered()["deadline"]]
    return MappingProxyType({one.id: one for one in found})


@cache
def delivered_limits() -> Mapping[str, Limit]:
    """Id → limit in days as it comes with the program, before the clerk's changes."""
    found = _delivered()["limits"]
    return MappingProxyType(
        {id: Limit(id, str(plain["name"]), int(plain["days"])) for id, plain in found.items()}
    )


@cache
def _delivered() -> dict[str, Any]:
    return toml_files.read(paths.resources() / "lists" / "deadlines.toml")


def _of_year(year: int, month: int, day: int) -> datetime.date:
    """The day, or the last one of a February that does not have it."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _text(month: int, day: int) -> str:
    return f"{month:02d}-{day:02d}"


def _day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)

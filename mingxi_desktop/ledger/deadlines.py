"""The clerk's own table of holidays and deadlines, and what she said was done: kept in the ledger file.

What was delivered with the program is in no file; an entry takes the place of the delivered one of its key, so
that a later version of the program can bring holidays of another year.
"""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import deadlines as domain
from mingxi_desktop.domain import workdays
from mingxi_desktop.domain.deadlines import Deadline, Limit
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.domain.workdays import Workdays, YearOff
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import response_states
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.response_states import Standing
from mingxi_desktop.storage import entries, extensions, grouping
from mingxi_desktop.storage.checks import hazards_due
from mingxi_desktop.storage.checks.hazards_due import Area, Waiting

if TYPE_CHECKING:
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer

HOLIDAY, DEADLINE, LIMIT, DONE = "holiday", "deadline", "limit", "deadline_done"
"""Lists of the ledger file; nothing points to their entries."""
LISTS = frozenset({HOLIDAY, DEADLINE, LIMIT, DONE})
LONGEST_NOTE = 200
_SAID = "said"
"""The attribute of an entry that holds what it says, as JSON."""


@dataclass(frozen=True, slots=True)
class Done:
    """That a deadline was kept for a year.  day: when.  by: who said so; "" where records or a report show it."""

    day: datetime.date
    note: str = ""
    by: str = ""


@guarded
class Deadlines:
    """Reads and keeps holidays, deadlines, limits and ticks of one ledger file."""

    def __init__(self, writer: Writer, undoer: Undoer) -> None:
        self._store = writer.store
        self._writer = writer
        self._undoer = undoer

    # holidays

    def years(self) -> dict[int, YearOff]:
        """Year → its holidays and worked weekends, the clerk's own in place of the delivered ones."""
        kept = {int(key): workdays.from_plain(int(key), plain) for key, plain in self._all(HOLIDAY).items()}
        return {**workdays.delivered_years(), **kept}

    def workdays(self) -> Workdays:
        """What tells working days."""
        return Workdays(self.years().values())

    def keep_year(self, year: YearOff) -> Changes:
        """These are the holidays of a year; UserError where they cannot be."""
        fault = year.fault()
        if fault:
            raise UserError(f"{year.year}年的节假日没有保存", fault, "对照国务院的通知改正后再保存。")
        ordered = replace(
            year, off=tuple(sorted(year.off, key=lambda one: one.first)), on=tuple(sorted(year.on))
        )
        sentence = f"修改 {year.year}年节假日"
        return self._keep(
            HOLIDAY, str(year.year), f"{year.year}年节假日", workdays.to_plain(ordered), sentence
        )

    def deliver_year(self, year: int) -> Changes:
        """A year is again as delivered: of a later one nothing is known."""
        return self._keep(HOLIDAY, str(year), f"{year}年节假日", None, f"恢复 {year}年节假日")

    # deadlines and limits

    def all(self) -> list[Deadline]:
        """Every deadline, those that are not told too, in the order of the year."""
        kept = {key: domain.from_plain(plain) for key, plain in self._all(DEADLINE).items()}
        found = {**domain.delivered_deadlines(), **kept}
        return sorted(found.values(), key=lambda one: (one.month, one.day, one.id))

    def deadline(self, id: str) -> Deadline:
        """One of them; UserError if there is none."""
        found = next((one for one in self.all() if one.id == id), None)
        if found is None:
            raise UserError("这个期限已经不在了", "", "重新打开期限表再看。")
        return found

    def keep(self, deadline: Deadline) -> Changes:
        """Keep a new deadline (id "") or a changed one; UserError where it cannot be."""
        deadline = replace(deadline, name=tidy(deadline.name), about=tidy(deadline.about))
        fault = deadline.fault()
        if fault:
            raise UserError("期限没有保存", fault, "改正后再保存。")
        same = next((one for one in self.all() if one.name == deadline.name and one.id != deadline.id), None)
        if same is not None:
            raise UserError(f"已经有“{same.name}”", same.rule, "换一个名称，或直接修改它。")
        verb = "修改" if deadline.id else "新增"
        if not deadline.id:
            deadline = replace(deadline, id=f"own_{secrets.token_hex(4)}")
        plain = domain.to_plain(deadline)
        return self._keep(DEADLINE, deadline.id, deadline.name, plain, f"{verb}期限 {deadline.name}")

    def switch(self, id: str, *, active: bool) -> Changes:
        """Tell a deadline from now on, or no longer."""
        deadline = replace(self.deadline(id), active=active)
        sentence = f"{'启用' if active else '停用'}期限 {deadline.name}"
        return self._keep(DEADLINE, id, deadline.name, domain.to_plain(deadline), sentence)

    def deliver(self, id: str) -> Changes:
        """A deadline is again as delivered; one of the clerk's own is gone."""
        deadline = self.deadline(id)
        verb = "恢复" if id in domain.delivered_deadlines() else "删除"
        return self._keep(DEADLINE, id, deadline.name, None, f"{verb}期限 {deadline.name}")

    def limits(self) -> dict[str, Limit]:
        """The numbers of days that are gone by, by id."""
        kept = self._all(LIMIT)
        return {
            id: replace(limit, days=int(kept[id]["days"])) if id in kept else limit
            for id, limit in domain.delivered_limits().items()
        }

    def keep_limit(self, id: str, days: int) -> Changes:
        """Go by another number of days."""
        limit = self.limits()[id]
        if not 1 <= days <= domain.MOST_DAYS:
            raise UserError(
                f"“{limit.name}”的天数没有改", f"{days}天", f"天数要在1到{domain.MOST_DAYS}之间。"
            )
        return self._keep(LIMIT, id, limit.name, {"days": days}, f"修改 {limit.name}：{days}天")

    # what was done

    def ticks(self) -> dict[tuple[str, int], Done]:
        """(deadline, year it is about) → what the clerk said."""
        return {
            (id, int(year)): Done(datetime.date.fromisoformat(plain["day"]), plain["note"], plain["by"])
            for (id, _, year), plain in (
                (key.rpartition(" "), plain) for key, plain in self._all(DONE).items()
            )
        }

    def tick(self, id: str, year: int, day: datetime.date, note: str = "") -> Changes:
        """Say that a deadline was kept for a year; UserError for a day to come or a note too long."""
        deadline, note = self.deadline(id), " ".join(note.split())
        if day > datetime.date.today():
            raise UserError(
                "办理日期还没有到，没有登记", day.isoformat(), "写实际办好的那一天。", field="day"
            )
        if len(note) > LONGEST_NOTE:
            raise UserError(
                f"说明有{len(note)}个字，最多{LONGEST_NOTE}个字", "", "写短一些再登记。", field="note"
            )
        plain = {"day": day.isoformat(), "note": note, "by": self._store.operator}
        sentence = f"登记已办 {deadline.name}（{year}年，{day}）"
        return self._keep(DONE, f"{id} {year}", f"{deadline.name} {year}年", plain, sentence)

    def untick(self, id: str, year: int) -> Changes:
        """A deadline is no longer done in a year, so that it is told again."""
        deadline = self.deadline(id)
        sentence = f"取消已办 {deadline.name}（{year}年）"
        return self._keep(DONE, f"{id} {year}", f"{deadline.name} {year}年", None, sentence)

    # what follows from the records

    def rechecks(self, today: datetime.date, year: int | None = None) -> tuple[int, list[Waiting]]:
        """(days allowed, hazards whose rectification was reported longer ago and not looked at, the oldest first).

        year: in which they were found; None for all.
        """
        days = self.limits()["recheck"].days
        return days, hazards_due.waiting(self._store, year, today - datetime.timedelta(days))

    def responses(self, today: datetime.date, year: int | None = None) -> list[Standing]:
        """The responses of a year that are open or lack tallies; None for those that are open today."""
        return response_states.standing(self._store, self.limits(), today, year)

    def overdue(self) -> list[Area]:
        """The hazards that are overdue today, of all years, by area."""
        return hazards_due.overdue_by_area(self._store)

    def due_between(self, first: datetime.date, last: datetime.date) -> list[tuple[str, int | None, int]]:
        """(day, number of the area, hazards) of what is to be rectified by then, by day."""
        return hazards_due.due_between(self._store, first, last)

    def incomplete(self) -> dict[int, tuple[str, ...]]:
        """Major hazard that is not closed → the points of 五落实 it lacks, of all years."""
        years = grouping.years(self._store.schema)
        return {id: lacks for id, _, lacks in hazards_due.incomplete(self._store, years)}

    def first_due(self, hazard: int) -> datetime.date | None:
        """The day that held for a hazard before its first extension; None where the history does not know it."""
        found = extensions.first_days(self._store, [hazard]).get(hazard)
        return datetime.date.fromisoformat(found) if found else None

    # the file

    def _all(self, listed: str) -> dict[str, Any]:
        """Key → what its entry says."""
        return {entry.code: json.loads(entry.extra[_SAID]) for entry in self._store.references.all(listed)}

    def _keep(
        self, listed: str, key: str, name: str, plain: Mapping[str, Any] | None, sentence: str
    ) -> Changes:
        """Inside one change: an entry says this from now on, or nothing (None)."""
        references = self._store.references
        known = next((one for one in references.all(listed, active_only=False) if one.code == key), None)
        said = json.dumps(plain, ensure_ascii=False, sort_keys=True) if plain is not None else ""
        with self._writer.change(sentence) as change_set:
            if known is None:
                # Undo leaves an entry that says nothing: lists are never shortened.
                known = references.save(Entry(listed, name, code=key, active=False))
            entry = replace(known, name=name, active=plain is not None, extra={_SAID: said})
            entries.revise(self._store, self._writer.journal, [entry], change_set)
        self._undoer.note(change_set, sentence)
        return Changes(sentence, lists=(listed,))

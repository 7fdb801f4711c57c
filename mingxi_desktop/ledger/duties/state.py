"""Who has reported which period: 已报 by records, 零报 by word or by zeros, 未报 once the period is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mingxi_desktop.domain.duties import DELIVERED, SENT, Duty, from_text, ledger_of, to_text
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often, listed
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.domain.workdays import Workdays
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.duties.grids import Reporting, Spot
from mingxi_desktop.ledger.duties.reading import GridReader
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage import entries
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.zero_reports import Zero, ZeroTable

if TYPE_CHECKING:
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer

DUTY = "duty"
"""List of the ledger file with one entry, which holds the clerk's own table of duties; nothing points to it."""
_SAID = "said"
"""The attribute of the entry that holds the table."""
_MONTHLY = "reporting.monthly"
"""Setting of version 1.1: the ledgers that are due every month, as "hazard,activity"."""
_MOST_NAMED = 3


@guarded
class ZeroReports:
    """The reporting calendar of one ledger file, and its zero reports.  undoer: hears of every change."""

    def __init__(self, store: Store, writer: Writer, undoer: Undoer) -> None:
        self._store = store
        self._writer = writer
        self._undoer = undoer
        self._table = ZeroTable(store, writer.journal)
        self._reader = GridReader(store, self._table, self._workdays)

    # duties

    def duties(self) -> tuple[Duty, ...]:
        """The table of duties, in its order."""
        kept = next(iter(self._store.references.all(DUTY)), None)
        if kept is None:
            return self._as_before()
        try:
            return tuple(map(self._as_merged, from_text(kept.extra[_SAID])))
        except (ValueError, TypeError, LookupError):  # written by a later version
            return DELIVERED

    def _as_merged(self, duty: Duty) -> Duty:
        """The duty of those who owe it now: departments may have been merged since."""
        return replace(duty, who=tuple(dict.fromkeys(map(self._store.references.now, duty.who))))

    def _as_before(self) -> tuple[Duty, ...]:
        """The delivered duties; the ledgers that are due every month as a file of version 1.1 may name them."""
        monthly = self._store.setting(_MONTHLY, DELIVERED[0].kind).split(",")
        months = (Duty(kind, kind, Often.MONTH) for kind in SENT if kind in monthly)
        return (*months, *(duty for duty in DELIVERED if duty.often.of_events))

    def keep(self, duties: Sequence[Duty], sentence: str = "修改报送任务") -> Changes:
        """Another table of duties: one change, one undo step.  sentence: what is changed in it."""
        references = self._store.references
        with self._writer.change(sentence) as change_set:
            known = next(iter(references.all(DUTY, active_only=False)), None)
            if known is None:
                known = references.save(Entry(DUTY, "报送任务", active=False))
            kept = replace(known, active=True, extra={_SAID: to_text(duties)})
            entries.revise(self._store, self._writer.journal, [kept], change_set)
        return replace(self._noted(change_set, sentence), lists=(DUTY,))

    def ask_from(self, reporting: Reporting, place: int) -> Changes:
        """Ask for nothing before a period of a grid, as where the ledger was begun in the middle of a year."""
        period, asked = reporting.periods[place], reporting.duty
        duties = [replace(duty, first=period.first) if duty == asked else duty for duty in self.duties()]
        return self.keep(duties, f"{asked.label} {period.full}以前的不用报")

    def duty(self, name: str) -> Duty | None:
        """The duty of an id; None where there is none."""
        return next((duty for duty in self.duties() if duty.id == name), None)

    # grids

    def grid(self, name: str, year: int, today: datetime.date | None = None, *, event: str = "") -> Reporting:
        """Who has reported what in a year, as of today.

        name: id of a duty; or a ledger that nobody owes, whose months are only counted.  event: reference of the
        disaster event wanted; the latest where none is.  UserError for a ledger that nobody sends anything to.
        """
        day = today or datetime.date.today()
        ledger = ledger_of(name)  # a duty that is gone: what else there is of its ledger
        duty = self.duty(name) or self.duty(ledger)
        if duty is None:
            _known(ledger)
            return self._reader.of_calendar(Duty(ledger, ledger, Often.MONTH), year, day, owed=False)
        if not duty.often.of_events:
            return self._reader.of_calendar(duty, year, day)
        grids = self._reader.of_events(duty, year, day)
        chosen = [grid for grid in grids if grid.event == event] or grids
        return chosen[-1] if chosen else Reporting(duty, year, day, (), (), ())

    def grids(self, year: int, today: datetime.date | None = None) -> Iterator[Reporting]:
        """Everything that is owed in a year: a grid for each duty, of floods one for each event."""
        day = today or datetime.date.today()
        for duty in self.duties():
            if duty.often.of_events:
                yield from (grid for grid in self._reader.of_events(duty, year, day) if grid.owed)
            else:
                grid = self._reader.of_calendar(duty, year, day)
                if grid.owed:
                    yield grid

    # zero reports

    def register(self, reporting: Reporting, spots: Sequence[Spot]) -> Changes:
        """Note that these had nothing to report in these periods of a grid, all in one step.

        UserError where a period has not begun, or all of it is registered already.
        """
        early = next((place for _, place in spots if place >= reporting.begun), None)
        if early is not None:
            raise UserError(
                f"{reporting.periods[early].full}还没有到，不能登记零报", "", "到了那时，报来零报告再登记。"
            )
        sentence = f"登记零报 {_called(reporting, spots)}"
        with self._writer.change(sentence) as change_set:
            if not self._table.add(_zeros(reporting, spots), change_set):
                raise UserError("已经登记过零报", _called(reporting, spots), "不用再登记。")
        return self._noted(change_set, sentence)

    def cancel(self, reporting: Reporting, spots: Sequence[Spot]) -> Changes:
        """Take zero reports of a grid back, all in one step; UserError when there are none."""
        sentence = f"取消零报 {_called(reporting, spots)}"
        with self._writer.change(sentence) as change_set:
            if not self._table.remove(_zeros(reporting, spots), change_set):
                raise UserError(
                    "没有登记过零报", _called(reporting, spots), "报送情况里看看是不是选错了格子。"
                )
        return self._noted(change_set, sentence)

    def _noted(self, change_set: int, sentence: str) -> Changes:
        self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def _workdays(self) -> Workdays:
        from mingxi_desktop.ledger.deadlines import Deadlines

        return Deadlines(self._writer, self._undoer).workdays()


def _zeros(reporting: Reporting, spots: Sequence[Spot]) -> list[Zero]:
    duty = reporting.duty
    return [Zero(duty.kind, duty.campaign, who, reporting.periods[place].key) for who, place in spots]


def _called(reporting: Reporting, spots: Sequence[Spot]) -> str:
    """枫溪乡、夏坊乡 2024年5月 隐患."""
    names = {row.ref: row.name for row in reporting.rows}
    who = list(dict.fromkeys(names.get(ref, ref) for ref, _ in spots))
    when = [reporting.periods[place] for place in sorted({place for _, place in spots})]
    whose = (
        "、".join(who)
        if len(who) <= _MOST_NAMED
        else f"{'、'.join(who[:_MOST_NAMED])}等{len(who)}个{reporting.unit}"
    )
    return f"{whose} {reporting.year}年{listed(when)} {reporting.label}"


def _known(kind: str) -> None:
    if kind not in SENT:
        labels = "、".join(kind_of(name).label for name in SENT)
        raise UserError(f"“{kind}”没有单位报送", "", f"有单位报送的台账：{labels}")

"""零报: who has reported that a period had nothing, kept beside the records and in the history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.journal import ADD, DELETE, Journal
from mingxi_desktop.storage.store import Store

KIND = "zero_report"
"""What their entries in the history are called."""


class Zero(NamedTuple):
    """One zero report.

    kind: of the ledger.  campaign: the 专项 it is about; "" for all.  who: reference of the township or department.
    period: key of the period, see `domain.periods`.
    """

    kind: str
    campaign: str
    who: str
    period: str


class ZeroTable:
    """Reads and writes the zero reports of one ledger file.  Call the writers inside a change."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._table = store.schema.zero_report

    def of_kind(self, kind: str, campaign: str = "") -> dict[tuple[str, str], str]:
        """(who, period) → when and by whom it was registered: "2024-12-06 张三"; of all periods.

        Those of a department that was merged into another one are the other one's.
        """
        table, now_called = self._table, self._store.references.now
        rows = (
            table.select(table.who, table.period, table.at, table.by)
            .where((table.kind == kind) & (table.campaign == campaign))
            .tuples()
        )
        return {(now_called(who), period): f"{at[:10]} {by}" for who, period, at, by in rows}

    def begun_by(self, kind: str, year: int) -> bool:
        """Whether a ledger was in use in a year or before it: has records or zero reports of then."""
        zeros, records = self._table, self._store.schema.table[kind]
        # Keys of disaster events come behind all years: those of events tell nothing of a year.
        said = zeros.select(zeros.id).where((zeros.kind == kind) & (zeros.period < str(year + 1)))
        kept = records.select(records.id).where((records.year <= year) & records.deleted_at.is_null())
        return said.tuples().first() is not None or kept.tuples().first() is not None

    def add(self, zeros: Sequence[Zero], change_set: int) -> list[Zero]:
        """Register these; those that were there already are left out of what is returned."""
        added = []
        for zero in zeros:
            if not self._there(zero):
                self._put(zero, change_set)
                added.append(zero)
        return added

    def remove(self, zeros: Sequence[Zero], change_set: int) -> list[Zero]:
        """Take these back; those that were not there are left out of what is returned."""
        removed = []
        for zero in zeros:
            there = self._there(zero)
            for number, who in there:
                self._take(number, zero._replace(who=who), change_set)
            removed += [zero] if there else []
        return removed

    def reverse(self, entries: Sequence[Mapping[str, Any]], change_set: int) -> None:
        """Undo entries of the history that this table wrote, given oldest first."""
        for entry in reversed(entries):
            before = {name: pair[0] for name, pair in entry["changes"].items()}
            after = {name: pair[1] for name, pair in entry["changes"].items()}
            zero = Zero(**(after if entry["action"] == ADD else before))
            # Whose it was, be it merged into another one: a merging may be undone as well.
            number = next((one for one, who in self._there(zero) if who == zero.who), None)
            if entry["action"] != ADD and number is None:
                self._put(zero, change_set)
            elif entry["action"] == ADD and number is not None:
                self._take(number, zero, change_set)

    def _put(self, zero: Zero, change_set: int) -> None:
        row = {**zero._asdict(), "at": now(), "by": self._store.operator}
        self._note(change_set, ADD, int(self._table.insert(row).execute()), zero)

    def _take(self, number: int, zero: Zero, change_set: int) -> None:
        self._table.delete().where(self._table.id == number).execute()
        self._note(change_set, DELETE, number, zero)

    def _there(self, zero: Zero) -> list[tuple[int, str]]:
        """(number, who) of what says the same: of several where departments were merged that had each said it."""
        table, called = self._table, self._store.references.now
        same = (table.kind == zero.kind) & (table.campaign == zero.campaign) & (table.period == zero.period)
        rows = table.select(table.id, table.who).where(same).tuples()
        return [(number, who) for number, who in rows if called(who) == called(zero.who)]

    def _note(self, change_set: int, action: str, number: int, zero: Zero) -> None:
        values = zero._asdict()
        changes = {name: (None, value) if action == ADD else (value, None) for name, value in values.items()}
        state = hashlib.sha256(json.dumps([action, *values.values()], ensure_ascii=False).encode()).digest()
        self._journal.write(change_set, self._store.operator, action, KIND, number, changes, state)

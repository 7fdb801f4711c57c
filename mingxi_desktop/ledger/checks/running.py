"""The checks of one ledger file: what they find, what was accepted with a reason, and carrying out a cure."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mingxi_desktop.domain.concerns import Acceptance, Concern, Looked, Severity
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.curing import carry_out
from mingxi_desktop.ledger.checks.every import every
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.safekeeping.backups import BEFORE_CURE
from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.acceptances import AcceptanceTable
from mingxi_desktop.storage.stopping import is_unwanted

if TYPE_CHECKING:
    from mingxi_desktop.ledger.core import Core
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer

log = logging.getLogger(__name__)
LONGEST_REASON = 500
_ORDER = tuple(Severity)


@guarded
class Checks:
    """Looks for what is counted twice, contradicts itself or is owed.  undoer: hears of every change."""

    def __init__(self, ledger: Core, writer: Writer, undoer: Undoer) -> None:
        self._ledger = ledger
        self._store = writer.store
        self._writer = writer
        self._undoer = undoer
        self._table = AcceptanceTable(writer.store, writer.journal)

    @property
    def all(self) -> tuple[Check, ...]:
        """Every check, in the order of its findings."""
        return every()

    def check(self, code: str) -> Check:
        """The check whose findings have this code; StopIteration where none has."""
        return next(check for check in every() if check.code == code)

    def look(self, year: int, today: datetime.date | None = None) -> Looked:
        """What the checks say of a year, the worst first, as of today; each is kept until the file changes."""
        scope = self._scope(year, today or datetime.date.today())
        found = _sorted(concern for check in every() for concern in self._kept(check, scope))
        known = self._table.by_key()
        return Looked(
            tuple(concern for concern in found if concern.key not in known),
            tuple((concern, known[concern.key]) for concern in found if concern.key in known),
        )

    def step(self, year: int, place: int, today: datetime.date | None = None) -> bool:
        """Do one check ahead of `look`, so that others can have the file in between; whether more follow it."""
        self._kept(every()[place], self._scope(year, today or datetime.date.today()))
        return place + 1 < len(every())

    def _kept(self, check: Check, scope: Scope) -> tuple[Concern, ...]:
        key = ("check", check.code, scope.year, scope.today)
        return self._ledger.remembered.get(key, lambda: _found(check, scope))

    def find(self, year: int, today: datetime.date, kinds: frozenset[str] | None = None) -> list[Concern]:
        """The concerns of a year, accepted ones too; kinds: only of checks that look at one of these."""
        if not self._writer.journal.begun():
            return []  # of a new file they say nothing, and most of them would be loaded for that
        scope = self._scope(year, today)
        asked = [check for check in every() if kinds is None or not kinds.isdisjoint(check.kinds)]
        return _sorted(concern for check in asked for concern in _found(check, scope))

    def cures(self, concern: Concern, year: int, today: datetime.date | None = None) -> tuple[Cure, ...]:
        """The actions offered for a concern, the best first."""
        scope = self._scope(year, today or datetime.date.today())
        return tuple(self.check(concern.code).cures(scope, concern))

    def cure(self, cure: Cure) -> Changes:
        """Carry one out: all of it or nothing, one undo step; UserError where a record refuses."""
        self._ledger.backups.before_many(cure.touches, BEFORE_CURE)
        changes, change_set = carry_out(self._writer, self._ledger.register, cure)
        self._undoer.note(change_set, changes.sentence)
        return changes

    def accept(self, concern: Concern, year: int, reason: str) -> Changes:
        """Keep why a finding is right as it is: it is told no more, and printed with the proofs of the report."""
        said = " ".join(reason.split())
        if not said:
            raise UserError(
                "没有写理由，没有登记", concern.message, "写一句为什么不是重复，再接受。", field="reason"
            )
        if len(said) > LONGEST_REASON:
            raise UserError(
                f"理由有{len(said)}个字，最多{LONGEST_REASON}个字", "", "写短一些再接受。", field="reason"
            )
        sentence = f"接受疑点 {_short(concern.message)}：{_short(said)}"
        with self._writer.change(sentence) as change_set:
            self._table.put(concern, year, said, change_set)
        self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def withdraw(self, key: str) -> Changes:
        """Take an acceptance back: the finding is told again."""
        known = self._table.get(key)
        if known is None:
            raise UserError("这条说明已经不在了", "", "重新核对后再看。")
        sentence = f"取消接受疑点 {_short(known.message)}"
        with self._writer.change(sentence) as change_set:
            self._table.remove(key, change_set)
        self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def accepted(self, year: int) -> tuple[Acceptance, ...]:
        """Everything accepted for a year, the oldest first, whether it still holds or not."""
        return self._table.of_year(year)

    def _scope(self, year: int, today: datetime.date) -> Scope:
        return Scope(self._ledger, self._store, year, today)


def _found(check: Check, scope: Scope) -> tuple[Concern, ...]:
    """What a check finds; a fault of its own is told like a finding, so that the others are heard all the same.

    A damaged file is no fault of the check: UserError.  One that is stopped says nothing.
    """
    try:
        with sqlite.translated(scope.store.path):
            return tuple(check.find(scope))
    except UserError:
        raise
    except Exception:
        if is_unwanted():
            raise  # it was stopped, and is no fault
        log.exception("check %s of %s failed", check.code, scope.year)
        message = f"“{check.label}”没有核对完，程序出错了：请把日志文件交给维护人员，这一项先人工核对"
        return (Concern("check_failed", Severity.ERROR, message, subject=check.code),)


def _sorted(found: Iterable[Concern]) -> list[Concern]:
    """The worst first."""
    return sorted(found, key=lambda concern: _ORDER.index(concern.severity))


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[:most]}…"

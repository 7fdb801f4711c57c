"""What the checks say of the year that is shown, kept up to date behind everything else that is going on."""

from __future__ import annotations

import datetime
import time
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from mingxi_desktop.domain.concerns import Acceptance, Concern, Looked, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job, Priority

_QUIET = 1_000
"""Milliseconds without a change after which the records are looked at again."""
_SHARE = 5
"""Where looking takes long, the quiet lasts so many times as long: the file has only one thread."""

Marks = Mapping[int, tuple[Concern, ...]]
"""Record of one ledger → what there is to say of it."""


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check as the window tells of it."""

    code: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks said of a year.

    marks: open findings by ledger and record; those about rows of a child table are its parent's.
    here: ledger → the marked records that the lists of this year show; others are of the years around it.
    areas: key of a finding → townships of its records.  records: whether the year has any.  seconds: it took.
    """

    year: int
    looked: Looked
    checks: tuple[CheckInfo, ...]
    at: datetime.datetime
    marks: Mapping[str, Marks] = field(default_factory=dict)
    here: Mapping[str, array[int]] = field(default_factory=dict)
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: bool = True
    seconds: float = 0.0

    def label(self, code: str) -> str:
        """The name of a check."""
        return next((check.label for check in self.checks if check.code == code), code)

    def about(self, code: str) -> str:
        """Why a check matters."""
        return next((check.about for check in self.checks if check.code == code), "")

    def find(self, key: str) -> Concern | None:
        """The finding of that key, accepted or not."""
        known = (*self.looked.open, *(concern for concern, _ in self.looked.accepted))
        return next((concern for concern in known if concern.key == key), None)

    def acceptance(self, key: str) -> Acceptance | None:
        """Why a finding was accepted; None for an open one."""
        return next((said for concern, said in self.looked.accepted if concern.key == key), None)

    @property
    def doubts(self) -> tuple[Concern, ...]:
        """The open findings that put a number in doubt: all but those that only say what is owed."""
        return tuple(one for one in self.looked.open if one.severity is not Severity.INFO)


class Concerns(QObject):
    """The findings of the context's year.  One for each context: see `of`."""

    found = Signal()
    """There are other findings than before, or none at the moment."""
    busy = Signal(bool)
    """Looking has begun or ended."""

    @classmethod
    def of(cls, context: Context) -> Concerns:
        """The one of a context, made when it is first wanted."""
        return context.findChild(cls) or cls(context)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._job: Job | None = None
        self._wanted = False
        self.now: Findings | None = None
        """The findings as they were last read; None until then, and of another year."""
        self.fault: UserError | None = None
        """Why there are none."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        context.changed.connect(lambda _: self._later())
        context.year_changed.connect(self._another_year)

    def want(self) -> None:
        """From now on the findings are kept up to date; the first ones come when nothing else is going on."""
        if not self._wanted:
            self._wanted = True
            self._timer.start(_QUIET // 2)

    def of_kind(self, kind: str) -> Marks:
        """What there is to say of the records of a ledger."""
        return self.now.marks.get(kind, {}) if self.now is not None else {}

    def here(self, kind: str) -> array[int]:
        """The records of a ledger and the year of which there is anything to say, by id."""
        found = self.now.here.get(kind) if self.now is not None else None
        return array("q") if found is None else found

    def look(self, priority: Priority = Priority.BEHIND) -> None:
        """Look at the records now, in the place of what was under way."""
        self._wanted = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        self._step(priority, 0, 0.0)
        self.busy.emit(True)

    def _step(self, priority: Priority, place: int, spent: float) -> None:
        """One check after the other, so that whoever else wants the file need not wait for all of them."""

        def done(found: Findings | float) -> None:
            if self._job is not job:
                return
            if isinstance(found, Findings):
                self._arrived(found)
            else:
                self._step(priority, place + 1, spent + found)

        def ended() -> None:
            if self._job is job:
                self._job = None
                self.busy.emit(False)

        job = self._job = self._context.worker.run(
            _look, self._context.year, place, spent,
            done=done, failed=self._failed, ended=ended, owner=self, priority=priority,
        )  # fmt: skip

    @property
    def looking(self) -> bool:
        """Whether the records are being looked at, or soon will be."""
        return self._job is not None or self._timer.isActive()

    def _later(self) -> None:
        if self._wanted:
            long = int(1000 * _SHARE * self.now.seconds) if self.now is not None else 0
            self._timer.start(max(_QUIET, long))

    def _another_year(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.now = None
        self.found.emit()
        if self._wanted:
            self._timer.start(_QUIET // 2)

    def _arrived(self, found: Findings) -> None:
        if found.year == self._context.year:
            self.now, self.fault = found, None
            self.found.emit()

    def _failed(self, error: UserError) -> None:
        self.now, self.fault = None, error
        self.found.emit()


def _look(ledger: Ledger, year: int, place: int, spent: float) -> Findings | float:
    """Seconds that the check at that place took; after the last one all that was found."""
    from mingxi_desktop.ledger.concern_list import areas_of, owners  # long after the window has shown

    began = time.monotonic()
    if ledger.checks.step(year, place):
        return time.monotonic() - began
    looked = ledger.checks.look(year)
    marks = owners(ledger, looked.open)
    accepted = owners(ledger, [concern for concern, _ in looked.accepted])
    return Findings(
        year=year,
        looked=looked,
        checks=tuple(CheckInfo(check.code, check.label, check.about) for check in ledger.checks.all),
        at=datetime.datetime.now(),
        marks=marks,
        here={kind: _here(ledger, kind, year, about) for kind, about in marks.items()},
        areas=areas_of(ledger, marks) | areas_of(ledger, accepted),
        records=year in ledger.years(),
        seconds=spent + time.monotonic() - began,
    )


def _here(ledger: Ledger, kind: str, year: int, about: Marks) -> array[int]:
    """The records of a year among those marked."""
    return array("q", sorted(ledger.ids(Query(kind, year=year, ids=tuple(about)))))

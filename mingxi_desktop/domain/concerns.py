"""疑点: what a check has found in the records, said in one sentence, with the records it is about."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Ref = tuple[str, int]
"""A record: (kind, id)."""


class Severity(StrEnum):
    """How bad it is.

    ERROR: a number of the report is wrong, or contradicts another.  WARNING: something is probably counted
    twice.  INFO: nothing is wrong, but something is owed (a report, a rectification).
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word for it on the screen."""
        return _WORDS[self]


_WORDS = {Severity.ERROR: "有误", Severity.WARNING: "疑似重复", Severity.INFO: "待办"}


@dataclass(frozen=True)
class Concern:
    """One thing that a check has found.

    code: of the check.  message: one Chinese sentence, whole without the records.  records: (kind, id) of
    those it is about, the most telling first.  subject: what it is about beside its records, e.g.
    "hazard:2024-06"; facts: the numbers and words it rests on, so that an acceptance ends when they change.
    target: where the window goes instead of to records, as `MainWindow.go` knows it; "" for the records.
    """

    code: str
    severity: Severity
    message: str
    records: tuple[Ref, ...] = ()
    subject: str = ""
    facts: tuple[str | int, ...] = ()
    target: str = ""

    @cached_property
    def key(self) -> str:
        """The same for the same finding, another one when its records or facts are others."""
        told = [self.code, self.subject, sorted(self.records), list(self.facts)]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that the clerk looked at and explained.

    key, code, message: of the concern as it was then.  reason: in the clerk's words.  at, by: when and who.
    """

    key: str
    code: str
    year: int
    message: str
    reason: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks of a year say.  open: to be dealt with.  accepted: still true, but explained."""

    open: tuple[Concern, ...]
    accepted: tuple[tuple[Concern, Acceptance], ...] = ()

"""疑点: what a check has found in the records, said in one sentence, with the records it is about."""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import repeat
from typing import overload

Ref = tuple[str, int]
"""A record: (kind, id)."""
_MANY = 50
"""Records of one finding from which they are kept as `Many`."""


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


class Many(Sequence[Ref]):
    """Many records of one kind: ids side by side, which take a tenth of the room of pairs made beforehand."""

    __slots__ = ("_ids", "_kind")

    def __init__(self, kind: str, ids: Iterable[int]) -> None:
        self._kind = kind
        self._ids = array("q", ids)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> Ref: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Ref, ...]: ...

    def __getitem__(self, place: int | slice) -> Ref | tuple[Ref, ...]:
        if isinstance(place, slice):
            return tuple(zip(repeat(self._kind), self._ids[place], strict=False))
        return self._kind, self._ids[place]

    def __iter__(self) -> Iterator[Ref]:
        return zip(repeat(self._kind), self._ids, strict=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


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
    records: Sequence[Ref] = ()
    subject: str = ""
    facts: tuple[str | int, ...] = ()
    target: str = ""

    def __post_init__(self) -> None:
        kind = self.records[0][0] if len(self.records) >= _MANY else ""
        if kind and all(name == kind for name, _ in self.records):
            object.__setattr__(self, "records", Many(kind, (number for _, number in self.records)))

    @cached_property
    def key(self) -> str:
        """The same for the same finding, another one when its records or facts are others."""
        told = [self.code, self.subject, sorted(self.records), list(self.facts)]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8")).hexdigest()


class About(Mapping[int, tuple[Concern, ...]]):
    """Record → the findings about it, of one kind: many records are in the same few findings."""

    __slots__ = ("_ids", "_sets", "_told")

    def __init__(self, concerns: Sequence[Concern], places: Mapping[int, tuple[int, ...]]) -> None:
        """places: record → the places of its findings among the concerns."""
        sets = {one: number for number, one in enumerate(dict.fromkeys(places.values()))}
        self._ids = array("q", sorted(places))
        self._sets = array("I", (sets[places[number]] for number in self._ids))
        self._told = [tuple(concerns[place] for place in one) for one in sets]

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __getitem__(self, id: int) -> tuple[Concern, ...]:
        at = bisect_left(self._ids, id)
        if at == len(self._ids) or self._ids[at] != id:
            raise KeyError(id)
        return self._told[self._sets[at]]


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

"""One way to say which records are meant: for tables, lists, exports, totals and traces alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

EMPTY = "\0empty"
"""As a wanted value: the field is empty."""


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range of dates, times or numbers; None leaves an end open."""

    low: Any = None
    high: Any = None


Wanted = tuple[Any, ...] | Range
"""Either any one of several values (OR), or a range."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which records of one kind, in which order.

    year: report year (None = all).  search: words, each found in text, pinyin or initials (AND).
    where: pairs (field, wanted), all of which must hold; DERIVED fields are allowed.
    sort: pairs (field, descending); empty = newest first.  trash: the deleted ones instead.
    batch: only what an import brought.  ids: only these (empty = no such limit).
    """

    kind: str
    year: int | None = None
    search: str = ""
    where: tuple[tuple[str, Wanted], ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    trash: bool = False
    batch: int | None = None
    ids: tuple[int, ...] = ()

    def with_where(self, field: str, wanted: Wanted | None) -> Query:
        """The same query with another condition on `field`; None takes the condition off."""
        rest = tuple(pair for pair in self.where if pair[0] != field)
        return replace(self, where=rest if wanted is None else (*rest, (field, wanted)))

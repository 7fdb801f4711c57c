"""Whether a record is a total of others: by what it calls itself, or because it is exactly their sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.same_things import Like
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.twice import alike_totals as alike
from mingxi_desktop.ledger.checks.twice.alike_totals import Row
from mingxi_desktop.ledger.checks.twice.total_words import TotalWords
from mingxi_desktop.ledger.checks.twice.totals_beside import home, span_of
from mingxi_desktop.storage.checks import origins
from mingxi_desktop.storage.checks import total_rows as reading
from mingxi_desktop.storage.checks.origins import Origin, Share

_ENTRIES = ("enterprise", "org", "item")
_FEWEST, _LEAST, _MANY = 3, 6, 10
"""So many others make a sum worth comparing; so much it has to be; so much a single record without a place."""


@dataclass(frozen=True, slots=True)
class Total:
    """A record that is a total.  words: what it calls itself; "" where only its number tells."""

    row: Row
    words: str
    origin: Origin | None


class Names:
    """Finds the records that call themselves a total."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._words = total_words(scope)
        listed = [entry for name in _ENTRIES for entry in scope.store.references.all(name)]
        self._entries = {entry.ref: entry.name for entry in listed if self._words.says(entry.name)}
        self.listed: set[tuple[str, int]] = set()
        """Records whose place, party or reporter is such a word: nobody of that name is there to be visited."""

    def of(self, kind: Kind) -> dict[int, str]:
        """Record → the word, for the records of the year."""
        found: dict[int, str] = {}
        schema, year = self._scope.store.schema, self._scope.year
        for field in kind.fields:
            if field.type is FieldType.TEXT and field.column and not field.auto:
                rows = reading.named(schema, kind, field.name, year)
                found |= {number: text for number, text in rows if self._words.says(text)}
            elif field.type in (FieldType.REF, FieldType.MULTI_REF):
                refs = [ref for ref in self._entries if ref.partition(":")[0] in field.targets]
                if refs:
                    rows = reading.pointing(schema, kind, field.name, refs, year)
                    found |= {number: self._entries[ref] for number, ref in rows}
                    self.listed |= {(kind.name, number) for number, _ in rows}
        return found


def total_words(scope: Scope) -> TotalWords:
    """What totals call themselves in this county."""
    return TotalWords(entry.name for entry in scope.store.references.all(AREA, active_only=False))


def totals_of(scope: Scope, kind: Kind, like: Like, names: Names) -> list[Total]:
    """The records of a ledger that are totals of others."""
    schema, named = scope.store.schema, names.of(kind)
    aggregates = alike.totals(scope, kind)
    large = reading.without_place(schema, kind, scope.year, _MANY)
    rows = alike.rows(scope, kind, like, sorted({*named, *aggregates, *large}))
    if not rows:
        return []
    judge = _Judge(scope, kind, like, rows, named)
    return [
        Total(row, named.get(row.id, ""), judge.origins.get(row.id))
        for row in rows
        if _counts(row) and ((kind.name, row.id) in names.listed or judge.is_total(row))
    ]


def _counts(row: Row) -> bool:
    """Whether any number has it: the yearly total, or that of its campaign."""
    return row.flag is not False or any(row.lists)


class _Judge:
    """Compares rows that may be totals with what lies in their sheet and month."""

    def __init__(
        self, scope: Scope, kind: Kind, like: Like, rows: Sequence[Row], named: Mapping[int, str]
    ) -> None:
        self._scope, self._kind, self._like, self._named = scope, kind, like, named
        self._home = home(scope, kind)
        self.origins = origins.origins_of(scope.store.schema, kind, [row.id for row in rows])
        self._sheets: dict[Origin, list[Share]] = {}
        if self.origins:
            batches = {origin.batch for origin in self.origins.values()}
            for share in origins.shares(scope.store.schema, kind, batches):
                self._sheets.setdefault(share.origin, []).append(share)
        self._aggregates = [row for row in rows if row.aggregate and row.id not in named]

    def is_total(self, row: Row) -> bool:
        """Whether the record is a total of others."""
        if row.id in self._named and (not row.aggregate or any(self._in_sheet(row))):
            return True
        if self._is_sum_of_sheet(row):
            return True
        return row.aggregate and (self._is_sum_of_month(row) or self._is_beside_totals(row))

    def _in_sheet(self, row: Row) -> Iterable[Share]:
        for share in self._sheets.get(self.origins.get(row.id, Origin(0, "")), ()):
            own = share.area == row.place
            if (not own and row.place == self._home) or (own and share.records > 1):
                yield share

    def _is_sum_of_sheet(self, row: Row) -> bool:
        """Whether its quantity is what the rest of its sheet, or of its township in it, comes to."""
        sheet = self._sheets.get(self.origins.get(row.id, Origin(0, "")), [])
        own = [share for share in sheet if share.area == row.place]
        return any(
            sum(share.records for share in part) > _FEWEST
            and row.quantity >= _FEWEST
            and sum(share.quantity for share in part) == 2 * row.quantity
            for part in (sheet, own)
        )

    def _is_sum_of_month(self, row: Row) -> bool:
        """Whether its quantity is what three or more other totals of its place and time come to."""
        if row.quantity < _LEAST or not row.month:
            return False
        parts = [other for other in self._other_totals(row) if other.quantity < row.quantity]
        last = len(span_of(row)) > 1 or all(other.day <= row.day for other in parts)
        return last and len(parts) >= _FEWEST and sum(other.quantity for other in parts) == row.quantity

    def _is_beside_totals(self, row: Row) -> bool:
        """Whether it is named a total and other totals of its place and time lie beside it, and nothing single."""
        return row.id in self._named and any(True for _ in self._other_totals(row))

    def _other_totals(self, row: Row) -> Iterator[Row]:
        span, of_county = span_of(row), row.place == self._home
        for other in self._aggregates:
            together = other.id != row.id and (other.place, other.flag) == (row.place, row.flag)
            if (
                together
                and other.month in span
                and alike.same_thing(self._like, row, other, county=of_county)
            ):
                yield other

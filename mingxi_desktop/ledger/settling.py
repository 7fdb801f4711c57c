"""New records made ready to store: completed, their names looked up, checked; all that come together at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import prepare
from mingxi_desktop.ledger.checking import Checker
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage.codes import Codes
from mingxi_desktop.storage.neighbours import years_of
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.twins import PENDING_CODE, Twins, compared

_PART = 2_000
"""Records looked at together."""


class Settled(NamedTuple):
    """New records ready to store: their values, report years, warnings, and the lists that grew."""

    records: Abreast
    years: list[int]
    findings: list[Finding]
    lists: tuple[str, ...]


class RefusedRow(Exception):  # noqa: N818 - carries the error
    """One of several new records is refused.  place: which of them.  error: why."""

    def __init__(self, place: int, error: UserError) -> None:
        super().__init__(str(error))
        self.place = place
        self.error = error


class Settler:
    """Settles the new records of one ledger file.

    parent: from a kind and a record's values to those of its parent, for a child table.
    """

    def __init__(
        self,
        store: Store,
        checker: Checker,
        names: NameFinder,
        codes: Codes,
        parent: Callable[[Kind, Values], Values | None],
    ) -> None:
        self._store = store
        self._checker = checker
        self._names = names
        self._codes = codes
        self._parent = parent
        self._known: prepare.Meanings = {}

    @contextmanager
    def importing(self) -> Iterator[Twins]:
        """While an import is stored, what it has seen is remembered instead of asked for row by row."""
        with self._checker.importing() as twins:
            self._known = {}
            try:
                yield twins
            finally:
                self._known = {}

    def settled(
        self,
        kind: Kind,
        records: Sequence[Mapping[str, Any]],
        *,
        importing: bool = False,
        in_set: bool = False,
        noting: bool = False,
        sources: Sequence[str | None] | None = None,
    ) -> Settled:
        """Inside a change: new records ready to store; RefusedRow for the first of them that is refused.

        noting: in an import, each is held against those before it too.  sources: what `source_ref` of each is.
        """
        refused = prepare.misnamed(kind, records)
        parents = [self._parent(kind, values) for values in records] if kind.parent else ()
        full = prepare.complete_all(self._store, kind, records, parents)
        if sources is not None and any(sources):
            full.columns["source_ref"] = prepare.tidied(sources)
        names = prepare.name_all(self._store, kind, full, self._names, self._known if noting else {})
        refused = {**names.refused, **refused}
        years = years_of(kind, full)
        coded = self._coded(kind, full, years)
        found = self._checker.check_new(
            kind, full, importing=importing, in_set=in_set, fresh=names.fresh, coded=coded, noting=noting
        )
        for place, findings in sorted(found.items()):
            if place not in refused and (error := refusal(kind, findings)) is not None:
                refused[place] = error
        if refused:
            raise RefusedRow(min(refused), refused[min(refused)])
        said = [item for place in sorted(found) for item in found[place]]
        return Settled(full, years, said, tuple(names.grown))

    def _coded(self, kind: Kind, full: Abreast, years: Sequence[int]) -> set[int]:
        """Give a code to each record without one; the places of these."""
        coded: set[int] = set()
        if kind.code_field:
            codes = list(full.column(kind.code_field))
            if not any(codes):
                return self._numbered(kind, full, years)
            for place, (year, code) in enumerate(zip(years, codes, strict=True)):
                if code:
                    self._codes.saw(kind, year, code)
                elif year:
                    [codes[place]] = self._codes.next(kind, year)
                    coded.add(place)
                else:
                    codes[place] = PENDING_CODE
            full.columns[kind.code_field] = codes
        return coded

    def _numbered(self, kind: Kind, full: Abreast, years: Sequence[int]) -> set[int]:
        """The same where no record brings a code."""
        next_of = {year: iter(self._codes.next(kind, year, years.count(year))) for year in set(years) if year}
        # Without a day there is no number to give; it is the day that is missing, not the code.
        codes = [next(next_of[year]) if year else PENDING_CODE for year in years]
        full.columns[kind.code_field] = codes
        return {place for place, year in enumerate(years) if year}

    def check(self, kind: Kind, many: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """What is wrong with records that an import would add, a list for each of them."""
        found: list[list[Finding]] = []
        with self.importing() as twins:
            self.expect(twins, kind, many)
            for start in range(0, len(many), _PART):
                part = many[start : start + _PART]
                parents = [self._parent(kind, values) for values in part] if kind.parent else ()
                full = prepare.complete_all(self._store, kind, part, parents)
                if kind.code_field:
                    codes = full.column(kind.code_field)
                    full.columns[kind.code_field] = [code or PENDING_CODE for code in codes]
                told = self._checker.check_new(kind, full, importing=True)
                found += [told.get(place, []) for place in range(len(part))]
        return found

    def expect(self, twins: Twins, kind: Kind, records: Sequence[Mapping[str, Any]]) -> None:
        """All new records of a kind that an import will check; their values by field name."""
        twins.expect(kind, len(records), partial(self._compared, kind, records))

    def _compared(self, kind: Kind, records: Sequence[Mapping[str, Any]]) -> Iterator[Abreast]:
        """What records are recognised by, as they would be stored; a name that is not listed yet as it is."""
        names = [name for name in (*compared(kind), *prepare.TOLD_BY) if kind.has(name)]
        for start in range(0, len(records), _PART):
            part = [
                {name: values[name] for name in names if name in values}
                for values in records[start : start + _PART]
            ]
            full = prepare.complete_all(self._store, kind, part)
            prepare.found_names(kind, full, self._names)
            yield full


def refusal(kind: Kind, findings: Sequence[Finding]) -> UserError | None:
    """Why a record with these findings is not stored; None for one that is."""
    errors = [item for item in findings if item.severity == "error"]
    if not errors:
        return None
    first = errors[0]
    label = kind.field(first.field).label
    more = "；".join(f"{kind.field(item.field).label}：{item.message}" for item in errors[1:])
    detail = f"{kind.label}“{label}”" + (f"。另外：{more}" if more else "")
    return UserError(first.message, detail, "改正后再保存；台账没有改动。", field=first.field)

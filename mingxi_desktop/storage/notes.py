"""What the clerk notes beside the records: totals of years that have none, and what became of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mingxi_desktop.domain.openings import Opening
from mingxi_desktop.storage.journal import ADD, DELETE, EDIT, Journal
from mingxi_desktop.storage.store import Store

OPENING = "opening"
"""What entries on openings are called in the history."""


class Notes:
    """The opening values of one ledger file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._opening = store.schema.opening

    def openings(self, year: int) -> dict[str, tuple[str, str]]:
        """Indicator → (value, source) of the totals entered for a year."""
        table = self._opening
        rows = table.select(table.indicator, table.value, table.source).where(table.year == year).tuples()
        return {indicator: (value, source) for indicator, value, source in rows}

    def all_openings(self) -> list[Opening]:
        """All totals entered, the newest year first."""
        table = self._opening
        rows = table.select(table.indicator, table.year, table.value, table.source)
        return [Opening(*row) for row in rows.order_by(table.year.desc(), table.id).tuples()]

    def opening(self, indicator: str, year: int) -> Opening | None:
        """The total entered for an indicator and a year."""
        table = self._opening
        rows = table.select(table.indicator, table.year, table.value, table.source)
        row = rows.where((table.indicator == indicator) & (table.year == year)).tuples().first()
        return Opening(*row) if row else None

    # inside a change

    def set_opening(self, journal: Journal, opening: Opening, change_set: int) -> bool:
        """Keep a total of a year without records, and tell it in the history; whether anything is new."""
        before = self.opening(opening.indicator, opening.year)
        if before == opening:
            return False
        if before is None:
            self._opening.insert(asdict(opening)).execute()
        else:
            new = {"value": opening.value, "source": opening.source}
            self._opening.update(new).where(self._is(opening)).execute()
        self._tell(journal, ADD if before is None else EDIT, before, opening, change_set)
        return True

    def remove_opening(self, journal: Journal, opening: Opening, change_set: int) -> None:
        """Forget a total that is there, and tell it in the history."""
        self._tell(journal, DELETE, opening, None, change_set)
        self._opening.delete().where(self._is(opening)).execute()

    def reverse_openings(
        self, journal: Journal, entries: Sequence[Mapping[str, Any]], change_set: int
    ) -> Opening | None:
        """Undo entries of the history on openings, given oldest first.

        Gives the one that has been changed since, if there is one; the change must then be given up.
        """
        for entry in reversed(entries):
            before, after = (_opening_of(entry["changes"], place) for place in (0, 1))
            known = before or after
            assert known is not None
            if self.opening(known.indicator, known.year) != after:
                return known
            if before is None:
                self.remove_opening(journal, known, change_set)
            else:
                self.set_opening(journal, before, change_set)
        return None

    def _is(self, opening: Opening) -> Any:
        return (self._opening.indicator == opening.indicator) & (self._opening.year == opening.year)

    def _tell(
        self, journal: Journal, action: str, before: Opening | None, after: Opening | None, change_set: int
    ) -> None:
        known = after or before
        assert known is not None
        number = self._opening.select(self._opening.id).where(self._is(known)).scalar()
        changes = {name: (getattr(before, name, None), getattr(after, name, None)) for name in asdict(known)}
        said = json.dumps([action, *asdict(known).values()], ensure_ascii=False)
        state = hashlib.sha256(said.encode("utf-8")).digest()
        journal.write(change_set, self._store.operator, action, OPENING, number, changes, state)


def _opening_of(changes: Mapping[str, Sequence[Any]], place: int) -> Opening | None:
    """The opening before (0) or after (1) a change that the history tells of."""
    values = {name: pair[place] for name, pair in changes.items()}
    return None if values["indicator"] is None else Opening(**values)

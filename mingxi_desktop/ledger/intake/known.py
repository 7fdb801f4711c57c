"""Rows that are there already: records of our own exports, repetitions in the files and in the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ledger.intake.forms import of_values
from mingxi_desktop.ledger.intake.result import Doubtful
from mingxi_desktop.ledger.intake.sorting import Sorter
from mingxi_desktop.storage.forms import Chosen

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.rows import ReadRow


class Known:
    """Sorts the rows of all files into new ones and those that the ledger or the files have already."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sorters: dict[str, Sorter] = {}

    def sort(
        self, rows: Sequence[ReadRow], place: str
    ) -> tuple[list[ReadRow], list[tuple[ReadRow, Doubtful]]]:
        """(new rows, rows in doubt with the reason), both in their order; rows of several kinds may come together.

        place: name of the sheet (and file), for rows of a later sheet that repeat one of this.  A code that
        two new rows have becomes a fault of the later one.
        """
        verdicts: dict[int, Doubtful] = {}
        by_kind: dict[str, list[ReadRow]] = {}
        for row in rows:
            by_kind.setdefault(row.kind.name, []).append(row)
        for name, part in by_kind.items():
            if name not in self._sorters:
                self._sorters[name] = Sorter(self._ledger, part[0].kind)
            verdicts.update(self._sorters[name].sort(part, place))
        new = [row for row in rows if id(row) not in verdicts] if verdicts else list(rows)
        return new, [(row, verdicts[id(row)]) for row in rows if id(row) in verdicts]

    def missing(self, source: str, rows: Sequence[ReadRow]) -> list[Record]:
        """Records that came from an earlier file of this name and that the file no longer has.

        source: as `IncomingRow.sheet` has it (file · sheet).  rows: all rows of the sheet, those with
        faults too; call it once all of them were sorted.  Only days and areas that the rows are of count: a file
        of the same name may come every month or from every township.
        """
        if not rows or not self._came_before(source):
            return []
        found: list[Record] = []
        by_kind: dict[str, list[ReadRow]] = {}
        for row in rows:
            by_kind.setdefault(row.kind.name, []).append(row)
        for name, part in by_kind.items():
            ids = self._missing(part[0].kind, source, part)
            found += self._ledger.records(name, ids)
        return found

    def _came_before(self, source: str) -> bool:
        return any(
            source == " · ".join(filter(None, (file.file, file.sheet)))
            for batch in self._ledger.batches()
            for file in batch.files
        )

    def _missing(self, kind: Kind, source: str, rows: Sequence[ReadRow]) -> list[int]:
        days = [day for row in rows if isinstance(day := day_of(kind, row), datetime.date)]
        if not days:
            return []
        area = of_values(kind.field("area"))
        areas = {area(row.values.get("area")) for row in rows}
        lines = {line for row in rows if row.faults for line in row.rows}
        sorter = self._sorters.get(kind.name)
        there = sorter.met if sorter else frozenset()
        ids = self._ledger.ids_from(kind.name, source, (min(days), max(days)))
        gone: list[int] = []

        def take(number: int, forms: tuple[Any, ...]) -> None:
            if (None in areas or forms[0] in areas) and _line_of(forms[1]) not in lines:
                gone.append(number)

        left = [number for number in ids if number not in there]
        self._ledger.scan(kind.name, ("area", "source_ref"), take, Chosen(ids=left))
        return gone


def day_of(kind: Kind, row: ReadRow) -> datetime.date | None:
    """The day of a row, as records have it in record_date."""
    day = row.values.get("record_date") or row.values.get(kind.date)
    return day.date() if isinstance(day, datetime.datetime) else day


def _line_of(source: str | None) -> int:
    """The sheet row that a record came from; 0 where it does not say."""
    digits = (source or "").rpartition(" · 第")[2].partition("行")[0]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else 0

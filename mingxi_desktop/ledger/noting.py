"""What the clerk notes beside the records: totals of years that have none, each with where it is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book
from mingxi_desktop.domain.openings import Opening, check_source, check_year, read, worded
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage.notes import Notes
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer


@guarded
class Notebook:
    """Reads and writes these for one ledger.  kept: the same as the storage has it."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        undoer: Undoer | None = None,
        book: Callable[[], IndicatorBook] = delivered_book,
    ) -> None:
        """undoer: hears of every change of an opening.  book: gives the indicators of the ledger."""
        self._store = store
        self._writer = writer
        self._undoer = undoer
        self._book = book
        self.kept = Notes(store)

    def openings(self) -> tuple[Opening, ...]:
        """All totals entered for years without records: the newest year first, in the order of the report."""
        order = {id: place for place, id in enumerate(self._book().by_id)}
        found = self.kept.all_openings()
        return tuple(sorted(found, key=lambda one: (-one.year, order.get(one.indicator, len(order)))))

    def opening(self, indicator_id: str, year: int) -> Opening | None:
        """The total entered for an indicator and a year."""
        return self.kept.opening(indicator_id, year)

    def set_opening(self, indicator_id: str, year: int, value: str, source: str) -> Changes:
        """Enter a total of a year that has no records, with where it comes from; one that is there is replaced.

        UserError (with `field` value, year or source) where it is none of the indicator's sort.  Where the
        year has records they count for more, and the total waits.
        """
        return self.set_openings(year, {indicator_id: (value, source)})

    def set_openings(self, year: int, entries: Mapping[str, tuple[str, str]]) -> Changes:
        """Enter several totals of a year, (value, source) by indicator, all or none; an empty value removes."""
        check_year(year)
        new: list[Opening] = []
        gone: list[Opening] = []
        for id, (value, source) in entries.items():
            before = self.kept.opening(id, year)
            if not value.strip() and before is not None:
                gone.append(before)
                continue
            indicator = self._book().get(id)
            opening = Opening(id, year, read(indicator, year, value), check_source(source))
            if opening != before:
                new.append(opening)
        if not new and not gone:
            return Changes(f"{year}年期初数没有改动")
        sentence = self._sentence(year, new, gone)
        with self._writer.change(sentence) as change_set:
            for opening in new:
                self.kept.set_opening(self._writer.journal, opening, change_set)
            for opening in gone:
                self.kept.remove_opening(self._writer.journal, opening, change_set)
        if self._undoer is not None:
            self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def remove_opening(self, indicator_id: str, year: int) -> Changes:
        """Take a total back; UserError where it is not there any more."""
        known = self.kept.opening(indicator_id, year)
        if known is None:
            raise UserError(
                "这个期初数已经不在了，没有删除", f"{year}年 {indicator_id}", "重新打开期初数再看。"
            )
        return self.set_openings(year, {indicator_id: ("", "")})

    def opening_label(self, opening: Opening) -> str:
        """The name of an opening's indicator; its id where the clerk has deleted that since."""
        indicator = self._book().by_id.get(opening.indicator)
        return indicator.label if indicator else f"{opening.indicator}（指标已删除）"

    def opening_text(self, opening: Opening) -> str:
        """The value with its unit, as sentences show it."""
        indicator = self._book().by_id.get(opening.indicator)
        return worded(indicator, opening.value) if indicator else opening.value

    def _sentence(self, year: int, new: Sequence[Opening], gone: Sequence[Opening]) -> str:
        """What is done, of a single one with its values."""
        if len(new) + len(gone) > 1:
            parts = [f"登记 {len(new)} 个" if new else "", f"删除 {len(gone)} 个" if gone else ""]
            return f"{year}年期初数 {'、'.join(filter(None, parts))}"
        one = (*new, *gone)[0]
        what = f"{year}年期初数 {self.opening_label(one)}"
        before = self.kept.opening(one.indicator, year)
        if gone:
            return f"删除{what} {self.opening_text(one)}"
        if before is None:
            return f"登记{what} {self.opening_text(one)}"
        if before.value == one.value:
            return f"修改{what} 的来源"
        return f"修改{what} {self.opening_text(before)} → {self.opening_text(one)}"

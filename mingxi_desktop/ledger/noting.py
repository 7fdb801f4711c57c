"""What the clerk writes beside the records: the words of the report, totals of years without records."""

from __future__ import annotations

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import listing
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.notes import Notes
from mingxi_desktop.storage.store import Store


@guarded
class Notebook:
    """Reads and writes these for one ledger.  kept: the same as the storage has it."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer
        self.kept = Notes(store)

    def narrative(self, year: int, section: str) -> str:
        """The clerk's text of a narrative section; carried over from the year before when there is none."""
        return self.kept.narrative(year, section)

    def set_narrative(self, year: int, section: str, text: str) -> None:
        """Keep the text of a narrative section; "" goes back to the delivered wording."""
        with self._store.writing():
            self.kept.set_narrative(year, section, text)

    def set_opening(self, indicator_id: str, year: int, value: str, source: str) -> Changes:
        """Enter a total of a year that has no records, with where it comes from."""
        indicator, value = listing.opening(indicator_id, value)
        sentence = f"登记{year}年期初数 {indicator.label}"
        with self._writer.change(sentence):
            self.kept.set_opening(indicator_id, year, value, source)
        return Changes(sentence)

"""The clerk's wording of the reports, kept: each save is one change with its sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.wordings import WordingTable


@guarded
class Wordings:
    """Reads and keeps the texts of one ledger."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer
        self._table = WordingTable(store)

    def latest(self, when: int, keys: Collection[str]) -> dict[str, tuple[int, str]]:
        """Key → (of when, text), as it is or carried over from before."""
        return self._table.latest(when, keys)

    def keys(self, prefix: str = "") -> list[str]:
        """The keys that a text of the clerk's is kept under, those that begin with `prefix`."""
        return self._table.keys(prefix)

    def keep(self, when: int, texts: Mapping[str, str], sentence: str) -> Changes:
        """Keep texts by key, all or none; "" goes back to the delivered one."""
        with self._writer.change(sentence):
            for key, text in texts.items():
                self._table.put(when, key, text)
        return Changes(sentence)

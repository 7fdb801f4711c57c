"""The clerk's wording of the reports: texts by their key, of a year (or month, or event) and of all later ones."""

from __future__ import annotations

from collections.abc import Collection

from mingxi_desktop.storage.store import Store


class WordingTable:
    """The texts of one ledger file."""

    def __init__(self, store: Store) -> None:
        self._table = store.schema.narrative

    def latest(self, when: int, keys: Collection[str]) -> dict[str, tuple[int, str]]:
        """Key → (of when, text): the text of then or else the latest before; keys without any are left out."""
        table = self._table
        rows = table.select(table.section, table.year, table.text).where(
            table.section.in_(list(keys)) & (table.year <= when)
        )
        return {key: (year, text) for key, year, text in rows.order_by(table.year).tuples()}

    def keys(self, prefix: str) -> list[str]:
        """The keys in use that begin so."""
        table = self._table
        rows = table.select(table.section).where(table.section.startswith(prefix)).distinct()
        return [row[0] for row in rows.order_by(table.section).tuples()]

    def put(self, when: int, key: str, text: str) -> None:
        """Keep a text; "" goes back to the delivered one."""
        self._table.insert(year=when, section=key, text=text).on_conflict_replace().execute()

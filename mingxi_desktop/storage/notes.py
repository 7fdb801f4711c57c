"""What the clerk writes beside the records: narrative text of the report, totals of earlier years."""

from __future__ import annotations

from mingxi_desktop.storage.store import Store


class Notes:
    """Narratives and opening values of one ledger file."""

    def __init__(self, store: Store) -> None:
        self._narrative = store.schema.narrative
        self._opening = store.schema.opening

    def narrative(self, year: int, section: str) -> str:
        """The text for the year, or of the latest year before that has one; "" when none has."""
        table = self._narrative
        row = (
            table.select(table.text)
            .where((table.section == section) & (table.year <= year))
            .order_by(table.year.desc())
            .tuples()
            .first()
        )
        return row[0] if row else ""

    def set_narrative(self, year: int, section: str, text: str) -> None:
        """Keep a text for one year."""
        self._narrative.insert(year=year, section=section, text=text).on_conflict_replace().execute()

    def openings(self, year: int) -> dict[str, tuple[str, str]]:
        """Indicator → (value, source) of the totals entered for a year."""
        table = self._opening
        rows = table.select(table.indicator, table.value, table.source).where(table.year == year).tuples()
        return {indicator: (value, source) for indicator, value, source in rows}

    def set_opening(self, indicator: str, year: int, value: str, source: str) -> None:
        """Keep a total of a year without records."""
        row = {"indicator": indicator, "year": year, "value": value, "source": source}
        self._opening.insert(row).on_conflict_replace().execute()

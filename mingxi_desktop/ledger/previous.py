"""Suggestions: what was entered into a field before, fitting what is being typed."""

from __future__ import annotations

from mingxi_desktop import texts
from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.kinds import kind_of_field
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage import previous
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store

_SPOKEN = 400
"""Of so many different texts the pinyin is looked at."""
_LONGEST = 60
"""Longer texts are seldom written twice."""


@guarded
class Previous:
    """Reads one ledger file for what the clerk has written before."""

    def __init__(self, store: Store, rows: Rows) -> None:
        self._store = store
        self._rows = rows

    def texts(self, field: Field, typed: str = "", limit: int = 8) -> list[str]:
        """Texts of a TEXT field that hold what is typed, also by pinyin or initials (zrr finds 责任人).

        What begins with it comes first, then what was written often, then what was written last.
        """
        kind = kind_of_field(field)
        if field.auto or field.name in kind.unique:
            return []
        written = previous.texts_of(self._store, kind, field.name)
        query = texts.fold(typed.strip())
        fitting = [
            (text, count)
            for place, (text, count) in enumerate(written)
            if len(text) <= _LONGEST and text != typed.strip() and _fits(query, text, spoken=place < _SPOKEN)
        ]
        fitting.sort(key=lambda pair: (not texts.fold(pair[0]).startswith(query), -pair[1]))
        return [text for text, _ in fitting[:limit]]

    def shown(self, field: Field, number: int | None = None) -> str:
        """What the field shows in the record entered before record `number`, or in the last one."""
        kind = kind_of_field(field)
        found = previous.before(self._store, kind, number)
        records = self._rows.load(kind, [found]) if found is not None else []
        return records[0].shown.get(field.name, "") if records else ""


def _fits(query: str, text: str, *, spoken: bool) -> bool:
    if query in texts.fold(text):
        return True
    latin = any(sign.isascii() and sign.isalpha() for sign in query)
    return spoken and latin and texts.matches(query, texts.search_text([text]))

"""Named views of a ledger's table: conditions, columns, sort and groups under a name of the clerk's own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace

from PySide6.QtCore import QSettings

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.query_text import from_text
from mingxi_desktop.ledger.sections import DEEPEST, groupable


@dataclass(frozen=True, slots=True)
class View:
    """How a table shows its ledger.

    query: as `domain.query_text` writes it.  columns: as `Columns.text` writes them, "" as declared.
    sort: "field:desc", "field:asc" or "".  by: what is grouped by, with commas.
    """

    query: str = ""
    columns: str = ""
    sort: str = ""
    by: str = ""

    def query_for(self, kind: Kind, year: int) -> Query:
        """The conditions in a year; those on fields that the kind has not ask for nothing."""
        query = from_text(self.query, kind.name, year)
        return replace(query, where=tuple(pair for pair in query.where if kind.has(pair[0])))

    def groups_for(self, kind: Kind) -> tuple[str, ...]:
        """What the records are grouped by."""
        known = {name for name, _ in groupable(kind)}
        return tuple(name for name in self.by.split(",") if name in known)[:DEEPEST]


class Views:
    """The views of one kind, kept in the settings; broken ones are passed over."""

    def __init__(self, settings: QSettings, kind: str) -> None:
        self._settings = settings
        self._key = f"table/{kind}/views"
        self._last = f"table/{kind}/last"

    def all(self) -> dict[str, View]:
        """Name → view, in the order of saving."""
        found = _loaded(str(self._settings.value(self._key, "")))
        return {name: _view(one) for name, one in found.items() if isinstance(one, dict)}

    def save(self, name: str, view: View) -> None:
        """Keep a view, in place of one of the same name."""
        self._keep({**self.all(), name: view})

    def rename(self, old: str, new: str) -> None:
        """Another name, at the same place."""
        self._keep({new if name == old else name: view for name, view in self.all().items()})

    def remove(self, name: str) -> None:
        """Forget the view of that name; nothing happens where there is none."""
        self._keep({one: view for one, view in self.all().items() if one != name})

    def last(self) -> View:
        """Conditions and groups as they were left."""
        return _view(_loaded(str(self._settings.value(self._last, ""))))

    def leave(self, view: View) -> None:
        """Remember conditions and groups for the next start; columns and sort are kept by the table."""
        text = json.dumps(asdict(View(query=view.query, by=view.by)), ensure_ascii=False)
        if text != str(self._settings.value(self._last, "")):
            self._settings.setValue(self._last, text)

    def _keep(self, views: dict[str, View]) -> None:
        plain = {name: asdict(view) for name, view in views.items()}
        self._settings.setValue(self._key, json.dumps(plain, ensure_ascii=False))


def _loaded(text: str) -> dict[str, object]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _view(plain: dict[str, object]) -> View:
    known = {field.name for field in fields(View)}
    return View(**{name: str(value) for name, value in plain.items() if name in known})

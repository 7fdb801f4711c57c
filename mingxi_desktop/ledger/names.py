"""From what a person writes for a reference to "list:id"."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.references import GROWING, LABELS
from mingxi_desktop.domain.show import show
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles, titled

_SCAN_LIMIT = 20_000


class NameFinder:
    """Finds entries and records by name, code, title, uid or "#id"."""

    def __init__(self, store: Store, titles: Titles) -> None:
        self._store = store
        self._titles = titles

    def find(self, field: Field, name: str, near: datetime.date | None = None) -> str | None:
        """The reference a name means in this field; None when nothing has that name.

        near: of several records with the name the one closest to this day is meant.
        """
        for target in field.targets:
            if target in self._store.schema.kinds:
                found = self._record(self._store.schema.kinds[target], name, near)
                if found is not None:
                    return f"{target}:{found}"
            else:
                entry = self._store.references.find(target, name)
                if entry is not None:
                    return entry.ref
        return None

    def grows(self, field: Field) -> bool:
        """Whether a name that is not there is added."""
        return any(target in GROWING for target in field.targets)

    def known(self, field: Field) -> str:
        """What the field accepts, for messages."""
        target = field.targets[0]
        if target in self._store.schema.kinds:
            return f"先登记这条{self._store.schema.kinds[target].label}，再在这里引用"
        names = [entry.name for entry in self._store.references.all(target)]
        shown = "、".join(names[:12]) + ("等" if len(names) > 12 else "")
        return f"可选的{LABELS.get(target, field.label)}：{shown}" if names else ""

    def _record(self, kind: Kind, name: str, near: datetime.date | None) -> int | None:
        table = self._store.schema.table[kind.name]
        alive = table.deleted_at.is_null()
        if name.startswith("#") and name.isascii() and name[1:].isdecimal():
            row = table.select(table.id).where(alive & (table.id == int(name[1:]))).tuples().first()
            return row[0] if row else None
        first = kind.field(kind.title[0])
        if first.type is FieldType.TEXT:
            column = table._meta.fields[first.name]
            named = table.select(table.id, table.record_date).where(alive & (column == name))
            rows = list(named.order_by(table.id).tuples())
            if rows:
                return _nearest(rows, near)
        row = table.select(table.id).where(alive & (table.uid == name)).tuples().first()
        if row:
            return int(row[0])
        if name.isascii() and name.isdecimal() and len(name) < 8:
            row = table.select(table.id).where(alive & (table.id == int(name))).tuples().first()
            return row[0] if row else None
        return None if kind.code_field else self._by_title(kind, name, near)

    def _by_title(self, kind: Kind, name: str, near: datetime.date | None) -> int | None:
        """By the whole title in any spelling, among the newest records."""
        table = self._store.schema.table[kind.name]
        wanted = normal_name(name)
        columns = [table._meta.fields[part] for part in kind.title]
        query = table.select(table.id, table.record_date, *columns).where(table.deleted_at.is_null())
        same = []
        for row in query.order_by(table.id.desc()).limit(_SCAN_LIMIT).tuples():
            values = dict(zip(kind.title, row[2:], strict=True))
            if normal_name(titled(kind, row[0], partial(self._shown, kind, values))) == wanted:
                same.append(row)
        return _nearest(same[::-1], near) if same else None

    def _shown(self, kind: Kind, values: Mapping[str, Any], name: str) -> str:
        return show(kind.field(name), values[name], self._titles.name)


def _nearest(rows: list[Any], near: datetime.date | None) -> int:
    if near is None or len(rows) == 1:
        return int(rows[-1][0])
    return int(min(rows, key=lambda row: abs((row[1] - near).days) if row[1] else 10**6)[0])

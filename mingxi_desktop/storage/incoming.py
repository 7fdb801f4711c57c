"""How values of new records become rows: what columns hold, and the part of the state hash that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage.schema import link_fields, stored_fields
from mingxi_desktop.storage.shapes import hash_of_said, said, storing

_REMEMBERED = 4096
_REPEATED = frozenset(
    {FieldType.TEXT, FieldType.CHOICE, FieldType.REF, FieldType.DATE, FieldType.BOOL, FieldType.INT}
)
"""The types of which a column of an import holds the same few values again and again, but for long texts."""


@dataclass(slots=True)
class _Way:
    """How one field is stored.

    linked: as rows of the link table.  known: value → (form in the file, what the state hash covers of it), of
    values that are remembered.
    """

    convert: Callable[[Any], Any]
    remembered: bool
    linked: bool
    known: dict[Any, tuple[Any, str]] = field(default_factory=dict)


class Incoming:
    """Makes rows of the values of one kind's new records."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._empty = dict.fromkeys(item.name for item in stored_fields(kind))
        self._ways = {item.name: _way(item) for item in (*stored_fields(kind), *link_fields(kind))}

    def row(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What the columns of the fields hold, and the state hash of the record."""
        row, ways = self._empty.copy(), self._ways
        told: list[str] = []
        for name, value in values.items():
            if value is None or value == () or name not in ways:
                continue
            way = ways[name]
            known = way.known.get(value) if way.remembered else None
            if known is None:
                form = way.convert(value)
                known = form, said(name, form)
                if way.remembered and len(way.known) < _REMEMBERED:
                    way.known[value] = known
            told.append(known[1])
            if not way.linked:
                row[name] = known[0]
        told.sort()  # by their names, with which they begin
        return row, hash_of_said(self._kind, told, deleted=False)


def _way(item: Field) -> _Way:
    remembered = item.type in _REPEATED and not item.long
    return _Way(storing(item), remembered, linked=not item.stored)

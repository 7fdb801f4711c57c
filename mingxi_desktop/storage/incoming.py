"""How values of new records become rows: what columns hold, and the part of the state hash that says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from mingxi_desktop.domain.abreast import Abreast, joined
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage.schema import link_fields, stored_fields
from mingxi_desktop.storage.shapes import all_said, hashes_of_said, storing

_REMEMBERED = 4096
_REPEATED = frozenset(
    {FieldType.TEXT, FieldType.CHOICE, FieldType.REF, FieldType.DATE, FieldType.BOOL, FieldType.INT}
)
"""The types of which a column of an import holds the same few values again and again, but for long texts."""


@dataclass(slots=True)
class _Way:
    """How one field is stored.

    linked: as rows of the link table.  known: value → (form in the file, what the state hash covers of it and
    a comma), of values that are remembered.
    """

    name: str
    convert: Callable[[Any], Any]
    remembered: bool
    linked: bool
    known: dict[Any, tuple[Any, str]] = field(default_factory=dict)

    def forms(self, values: Sequence[Any]) -> tuple[list[Any], list[str]]:
        """The form in the file of each value; what the state hash covers of each, "" or with a comma behind."""
        distinct = list(dict.fromkeys(values)) if self.remembered else values
        if len(distinct) == len(values):
            return self._forms(values)
        new = [value for value in distinct if value not in self.known]
        made = dict(zip(new, zip(*self._forms(new), strict=True), strict=True))
        known = {value: made.get(value) or self.known[value] for value in distinct}
        self.known.update(islice(made.items(), _REMEMBERED - len(self.known)))
        forms = {value: form for value, (form, _) in known.items()}
        texts = {value: text for value, (_, text) in known.items()}
        return list(map(forms.__getitem__, values)), list(map(texts.__getitem__, values))

    def _forms(self, values: Sequence[Any]) -> tuple[list[Any], list[str]]:
        convert, name = self.convert, self.name
        forms = [None if value is None or value == () else convert(value) for value in values]
        return forms, all_said(name, forms)


class Incoming:
    """Makes rows of the values of one kind's new records."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        ways = (_way(item) for item in (*stored_fields(kind), *link_fields(kind)))
        self._ways = sorted(ways, key=lambda way: way.name)

    def columns(self, records: Abreast) -> tuple[dict[str, Sequence[Any]], list[bytes]]:
        """What the columns of the fields hold, those empty in all left out, and the state hash of each record."""
        held: dict[str, Sequence[Any]] = {}
        told: list[Sequence[str]] = []
        for way in self._ways:
            values = records.columns.get(way.name)
            if values is None:
                continue
            forms, texts = way.forms(values)
            told.append(texts)
            if not way.linked:
                held[way.name] = forms
        return held, hashes_of_said(self._kind, joined(told, records.number))


def _way(item: Field) -> _Way:
    remembered = item.type in _REPEATED and not item.long
    return _Way(item.name, storing(item), remembered, linked=not item.stored)

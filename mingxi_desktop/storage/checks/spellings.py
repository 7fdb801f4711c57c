"""How often names of a list are used, by year and township, and by which records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee

from mingxi_desktop.domain.concerns import Ref
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.storage import links
from mingxi_desktop.storage.store import Store

_CHUNK = 500


@dataclass(slots=True)
class Used:
    """How many records name an entry: of the year, of other years; and of which areas they are (all years)."""

    of_year: int = 0
    of_others: int = 0
    areas: set[Any] = field(default_factory=set)

    @property
    def times(self) -> int:
        """Of all years."""
        return self.of_year + self.of_others


def used(store: Store, listed: str, refs: Sequence[str], year: int) -> dict[str, Used]:
    """Reference → its uses by records that are not in the trash; those never used are left out."""
    found: dict[str, Used] = {}
    for pointer in links.pointers(store.schema, listed) if refs else ():
        for start in range(0, len(refs), _CHUNK):
            for ref, of_year, area, number in _counted(store, pointer, refs[start : start + _CHUNK], year):
                one = found.setdefault(ref, Used())
                one.of_year += number if of_year else 0
                one.of_others += 0 if of_year else number
                one.areas.add(area)
    return found


def _counted(store: Store, pointer: links.Pointer, refs: Sequence[str], year: int) -> Iterable[Any]:
    """Rows of (reference, whether of the year, area, number of records)."""
    table = store.schema.table[pointer.kind.name]
    area = table.area if pointer.kind.has("area") else peewee.Value(None)
    of_year = table.year == year
    # The trash is asked for as something no index knows: entries are looked up by themselves.
    alive = table.deleted_at.concat("").is_null()
    if pointer.field.type is FieldType.REF:
        target = table._meta.fields[pointer.field.name]
        query = table.select(target, of_year, area, peewee.fn.COUNT(table.id))
        query = query.where(target.in_(list(refs)) & alive)
    else:
        link, target = store.schema.link, store.schema.link.target
        query = table.select(target, of_year, area, peewee.fn.COUNT(table.id.distinct()))
        query = query.join(link, on=(link.record == table.id)).where(
            target.in_(list(refs))
            & (link.kind.concat("") == pointer.kind.name)
            & (link.field.concat("") == pointer.field.name)
            & alive
        )
    rows: Iterable[Any] = query.group_by(target, of_year, area).tuples()
    return rows


def records(store: Store, listed: str, ref: str, year: int, most: int) -> list[Ref]:
    """The records of a year that name an entry, at most so many."""
    found: list[Ref] = []
    for pointer in links.pointers(store.schema, listed):
        table = store.schema.table[pointer.kind.name]
        where = links.holding(store.schema, pointer, (ref,)) & (table.year == year)
        rows = table.select(table.id).where(where).order_by(table.id).limit(most - len(found))
        found += [(pointer.kind.name, row[0]) for row in rows.tuples()]
        if len(found) >= most:
            break
    return list(dict.fromkeys(found))

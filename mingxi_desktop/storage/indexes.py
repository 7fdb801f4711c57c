"""Which indexes a kind's table has: so that a list of a million records is read from an index alone.

Every list asks for the records of a year that are not in the trash, so every such index begins with these two
columns.  Day and id behind the first column keep the usual order, and what is summed comes last, so that neither
sorting nor a look into the table is needed.  An import pays about three microseconds a row for each index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.references import AREA

SINGLE = (("uid",),)
"""The index that a column of every kind's table declares itself."""
_SCOPE = ("deleted_at", "year")
_PLACE = ("record_date", "id")
GROUPED = (FieldType.CHOICE, FieldType.REF)
"""The types of fields whose values make groups of a useful size."""
_COUNTS = "in_total"
"""The flag without which a record is in no sum; the charts ask for it."""
_ALSO_READ: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"hazard": ("level", "rectified_date", "due_date", "category", "granularity")}
)
"""What the derived fields, the indicators and the checks of a ledger that grows large are computed from."""


OPEN_HAZARD = 'NOT IFNULL("quantity_rectified" >= "quantity_found", 0)'
"""What is not all rectified yet, word for word as the index of the few says it and as a query has to say it."""
_FEW: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "hazard": (
            ("area", "due_date", "deleted_at", "quantity_found", "quantity_rectified"),
            OPEN_HAZARD,
        )
    }
)
"""Kind → (columns, which records) of an index over a few records only: what is overdue, of all years at once."""


def all_of(kind: Kind) -> set[tuple[tuple[str, ...], str]]:
    """(columns, which records; "" for all) of every index that a kind's table has, but for those of constraints."""
    return {*((columns, "") for columns in (*of_kind(kind), *SINGLE)), *partial(kind)}


def partial(kind: Kind) -> list[tuple[tuple[str, ...], str]]:
    """(columns, which records) of each index over a part of the records.

    Most records point to nothing by such a field, and those that were entered by hand are of no import.
    """
    names = ["batch", *(field.name for field in kind.fields if _points(kind, field))]
    found: list[tuple[tuple[str, ...], str]] = [((name,), f'"{name}" IS NOT NULL') for name in names]
    return [*found, _FEW[kind.name]] if kind.name in _FEW else found


def of_kind(kind: Kind) -> list[tuple[str, ...]]:
    """The columns of each index over all records, beside that of unique ids."""
    found = [(*_SCOPE, *_PLACE, *_filtered(kind))]
    if not kind.parent and not kind.state:
        found += [_sorted(kind, field) for field in kind.fields if is_listed(field)]
    return found + [(name,) for name in (kind.parent, *kind.unique) if name]


def covers(kind: Kind, names: Iterable[str]) -> bool:
    """Whether the index of all filters has all of these: then nothing has to be looked up in the table."""
    return {*names} <= {*_SCOPE, *_PLACE, *_filtered(kind)}


def orders(kind: Kind, name: str, names: Iterable[str]) -> bool:
    """Whether the index by which a table is sorted by one field has all of these."""
    listed = not kind.parent and not kind.state and kind.has(name) and is_listed(kind.field(name))
    return listed and {*names} <= {*_sorted(kind, kind.field(name))}


def _filtered(kind: Kind) -> list[str]:
    """What the chips above a table ask for and what is summed under it, in any combination."""
    if kind.parent or kind.state:
        return []
    names = [field.name for field in kind.fields if field.filter and field.stored]
    return list(dict.fromkeys([*names, *_ALSO_READ.get(kind.name, ()), *_summed(kind)]))


def _summed(kind: Kind) -> list[str]:
    """What is summed, and whether it counts."""
    names = [field.name for field in kind.fields if field.total and field.stored and field.type in NUMERIC]
    return [*names, _COUNTS] if kind.has(_COUNTS) else names


def _sorted(kind: Kind, field: Field) -> tuple[str, ...]:
    """The index by which a table is sorted; by words and entries it is also grouped and filtered."""
    if field.type in GROUPED:
        return (*_SCOPE, field.name, *_PLACE, *_summed(kind))
    return (*_SCOPE, field.name)


def is_listed(field: Field) -> bool:
    """Whether a table is expected to be sorted by it: as a rule it is shown."""
    shown = (field.column or field.filter) and field.stored
    return shown and field.type is not FieldType.MULTI and field.name != "record_date"


def _points(kind: Kind, field: Field) -> bool:
    """Whether records are looked up by it from what it points to; whole townships never are."""
    single = field.type is FieldType.REF and len(field.targets) == 1
    return single and field.targets[0] not in (AREA, "org") and field.name != kind.parent

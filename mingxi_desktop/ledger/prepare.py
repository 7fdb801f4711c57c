"""Filling in what a person leaves to the program: defaults, names, what a child takes from its parent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from operator import itemgetter, ne
from typing import Any

from mingxi_desktop.domain import campaigns as campaign_rules
from mingxi_desktop.domain.abreast import Abreast, names_in
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds.common import FIRST_DAY
from mingxi_desktop.domain.names import tidy_all
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.domain.wording import span_name
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage.store import Store

TOLD_BY = ("name", "area", "end_date", "filed_date")
"""What else may say the day, the area or the name of a record that does not say it itself."""


def check_names(kind: Kind, values: Mapping[str, Any]) -> None:
    """UserError for a value that would be lost: no such field, or one that the program computes."""
    ordinary = _ordinary(kind)
    if ordinary.issuperset(values):
        return
    for name in values:
        if name in ordinary:
            continue
        if not kind.has(name):
            known = "、".join(f"{field.name}（{field.label}）" for field in kind.fields if field.editable)
            raise UserError(f"{kind.label}没有“{name}”这个字段", "", f"可用的字段：{known}", field=name)
        label = kind.field(name).label
        if kind.field(name).type is FieldType.FILES and values[name]:
            raise UserError(
                f"{label}是文件，不能和别的字段一起填", kind.label, "先保存记录，再添加文件。", field=name
            )
        if kind.field(name).type is FieldType.DERIVED:
            raise UserError(f"{label}由程序算出，不能填", kind.label, f"去掉{label}再保存。", field=name)


def misnamed(kind: Kind, records: Sequence[Mapping[str, Any]]) -> dict[int, UserError]:
    """`check_names` for several records: place → why one is refused."""
    refused: dict[int, UserError] = {}
    if not _ordinary(kind).issuperset(names_in(records)):
        for place, values in enumerate(records):
            try:
                check_names(kind, values)
            except UserError as error:
                refused[place] = error
    return refused


def complete(
    store: Store, kind: Kind, values: Mapping[str, Any], parent: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The values as they would be stored, but for references by name and automatic codes.

    parent: the values of the parent's record, for a child table.
    """
    return {**_empty(kind), **complete_all(store, kind, [values], [parent]).row(0)}


def complete_all(
    store: Store,
    kind: Kind,
    records: Sequence[Mapping[str, Any]],
    parents: Sequence[Mapping[str, Any] | None] = (),
) -> Abreast:
    """The same for several records at once.  parents: of each of them, for a child table."""
    given, texts, number = names_in(records), _texts(kind), len(records)
    full = Abreast(number, {})
    for name, default in _empty(kind).items():
        empty = () if default == () else None
        if name in given:
            column = _given(records, name, default)
            if empty is not None and None in column:
                column = [empty if value is None else value for value in column]
            column = tidied(column) if name in texts else column
            if default != empty or any(map(partial(ne, empty), column)):
                full.columns[name] = column
        elif default != empty:
            full.columns[name] = [default] * number
    _inherit(kind, full, parents)
    if "uid" in given:
        full.columns["uid"] = [values.get("uid") for values in records]
    if kind.name == "hazard" and "campaign" in full.columns:
        _count_campaigns(store, full, records)
    for place in _lacking(kind, full):
        for name, value in _own_defaults(store, kind, full.row(place)).items():
            full.put(name, place, value)
    return full


def _given(records: Sequence[Mapping[str, Any]], name: str, default: Any) -> list[Any]:
    """What each record says of a field; the rows of a table say something of the same ones."""
    try:
        return list(map(itemgetter(name), records))
    except KeyError:
        return [values.get(name, default) for values in records]


def _inherit(kind: Kind, full: Abreast, parents: Sequence[Mapping[str, Any] | None]) -> None:
    """What the records of a child table take from their parents."""
    inherited = [item.name for item in kind.fields if item.inherited]
    for place, parent in enumerate(parents):
        if parent is not None:
            for name in inherited:
                full.put(name, place, parent.get(name))


def tidied(column: Sequence[Any]) -> list[Any]:
    """The texts as they are stored, None for empty ones."""
    if {None, ""}.issuperset(column):
        return [None] * len(column)
    written = [value for value in set(column) if isinstance(value, str)]
    tidy = tidy_all(written)
    if tidy == written and all(tidy):
        return list(column)
    known = {value: text or None for value, text in zip(written, tidy, strict=True)}
    return [known.get(value, value) for value in column]


def follow(kind: Kind, before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes by field, with what follows from a date that changes now: record_date, an event's name."""
    merged, more = {**before, **changes}, dict(changes)
    was, own = _day(before.get(kind.date)), _day(merged.get(kind.date))
    if "record_date" not in changes and was != own and before.get("record_date") == was:
        more["record_date"] = own or was
    begun = merged["record_date"] if kind.name == "disaster_event" else None
    if begun is not None and "name" not in changes:  # without one it is refused in a moment
        automatic = span_name(before["record_date"], before.get("end_date"))
        now = span_name(begun, merged.get("end_date"))
        more["name"] = now if before.get("name") == automatic else before.get("name")
    return more


def _lacking(kind: Kind, full: Abreast) -> list[int]:
    """The records that have not all of what `_own_defaults` fills in."""
    names = ("record_date", "area", *(("name",) if kind.name == "disaster_event" else ()))
    columns = [full.column(name) for name in names]
    if all(map(all, columns)):
        return []
    return [place for place, values in enumerate(zip(*columns, strict=True)) if not all(values)]


def _own_defaults(store: Store, kind: Kind, full: Mapping[str, Any]) -> dict[str, Any]:
    """record_date from the kind's own date; the name of an event from its days; the county's own area."""
    own, day = _day(full.get(kind.date)), full.get("record_date")
    found: dict[str, Any] = {}
    if day is None and own is not None:
        # A team or building may be older than the ledger; it is registered today then.
        day = own if own >= FIRST_DAY or not kind.state else datetime.date.today()
    if kind.name == "disaster_event" and not full.get("name") and day:
        found["name"] = span_name(day, full.get("end_date"))
    if kind.name == "enforcement_case" and day is None:
        day = full.get("filed_date")
    if day is not None:
        found["record_date"] = day
    if full.get("area") is None and kind.name in ("disaster_event", "response", "meeting", "fund"):
        county = store.references.find("area", COUNTY_AREA)
        found |= {"area": county.ref} if county else {}
    return found


def _count_campaigns(store: Store, full: Abreast, records: Sequence[Mapping[str, Any]]) -> None:
    """Hazards of a campaign of which nobody says whether they belong to the yearly total."""
    totals = full.column("in_total")
    for place, campaigns in enumerate(full.columns["campaign"]):
        if campaigns and records[place].get("in_total") is None:
            full.put("in_total", place, _in_total(store, campaigns, totals[place]))


def _in_total(store: Store, campaigns: Sequence[str], default: bool | None) -> bool | None:
    """Whether a hazard belongs to the yearly total, by what is set for its campaigns; the default where nothing is."""
    flag = campaign_rules.flag_of(campaigns, partial(store.references.find, campaign_rules.LIST))
    return default if flag is None else flag


def _day(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value


@cache
def _ordinary(kind: Kind) -> frozenset[str]:
    """What may be given: the fields that have values of their own, and the uid."""
    own = (field.name for field in kind.fields if field.type not in (FieldType.FILES, FieldType.DERIVED))
    return frozenset((*own, "uid"))


@cache
def _empty(kind: Kind) -> Mapping[str, Any]:
    """A record of which nothing is given: its defaults."""
    several = (FieldType.MULTI, FieldType.MULTI_REF)
    return {
        field.name: () if field.default is None and field.type in several else field.default
        for field in kind.fields
        if field.type not in (FieldType.FILES, FieldType.DERIVED)
    }


@cache
def _texts(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in kind.fields if field.type is FieldType.TEXT)


@cache
def _pointing(kind: Kind) -> tuple[Field, ...]:
    """The fields that hold references."""
    return tuple(field for field in kind.fields if field.type in (FieldType.REF, FieldType.MULTI_REF))


def resolve_records(kind: Kind, full: dict[str, Any], names: NameFinder) -> None:
    """Replace references by name where the name must be there already; UserError where it is not."""
    for item in _pointing(kind):
        value = full.get(item.name)
        if isinstance(value, Named):
            full[item.name] = _found(kind, item.name, value, names, full)
        elif value and isinstance(value, tuple) and any(isinstance(ref, Named) for ref in value):
            full[item.name] = tuple(
                _found(kind, item.name, ref, names, full) if isinstance(ref, Named) else ref for ref in value
            )


def _found(kind: Kind, name: str, value: Named, names: NameFinder, full: Mapping[str, Any]) -> str | Named:
    field = kind.field(name)
    found = names.find(field, value.name, full.get("record_date"))
    if found is not None:
        return found
    if names.grows(field):
        return value
    raise UserError(f"没有这个{field.label}：{value.name}", "", names.known(field), field=name)


def add_names(store: Store, kind: Kind, full: dict[str, Any]) -> tuple[str, ...]:
    """Add the names that growing lists do not have yet; returns the lists that grew.  In a transaction."""
    grown: list[str] = []
    names = [item for item in _pointing(kind) if type(full.get(item.name)) in (Named, tuple)]
    if not any(full[item.name] for item in names):
        return ()

    def settled(field_targets: tuple[str, ...], value: Any) -> Any:
        if not isinstance(value, Named):
            return value
        for target in field_targets:
            entry, added = store.references.find_or_add(target, value.name)
            if entry is not None:
                if added:
                    grown.append(target)
                return entry.ref
        return None

    for item in names:
        value = full.get(item.name)
        if isinstance(value, Named):
            full[item.name] = settled(item.targets, value)
        elif item.type is FieldType.MULTI_REF and value:
            full[item.name] = tuple(dict.fromkeys(settled(item.targets, ref) for ref in value))
    return tuple(dict.fromkeys(grown))


@dataclass(slots=True)
class Names:
    """What became of the names in several records.

    grown: the lists that got new entries.  fresh: places of the records by which a field of the key came to a new
    entry.  refused: place of a record → why a name in it cannot be taken.
    """

    grown: dict[str, None] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    refused: dict[int, UserError] = field(default_factory=dict)


Meanings = dict[tuple[str, str], dict[Any, Any]]
"""(kind, field) → what its names mean depends on → the references that they are."""


def name_all(store: Store, kind: Kind, full: Abreast, names: NameFinder, known: Meanings) -> Names:
    """`resolve_records` and `add_names` for several new records, in place.  In a transaction.

    known: what was found before in the same import, and is found now; names of records are asked for again, as
    others may have come.
    """
    told, found = Names(), dict[str, dict[Any, Any]]()
    columns, first = _first_named(store, kind, full, known)
    with store.references.adding():
        for place in sorted(first):
            part = {name: full.columns[name][place] for name in first[place]}
            part["record_date"] = full.column("record_date")[place]
            try:
                resolve_records(kind, part, names)
            except UserError as error:
                told.refused[place] = error
                continue
            if any(type(part.get(name)) is Named for name in kind.key):
                told.fresh.add(place)
            told.grown |= dict.fromkeys(add_names(store, kind, part))
            for name, key in first[place].items():
                found.setdefault(name, {})[key] = part[name]
    for name, keys in columns.items():
        meant = found.get(name, {})
        if not _names_records(store, kind.field(name)):
            before = known.setdefault((kind.name, name), {})
            before |= meant
            meant = before
        if meant:
            was = full.columns[name]
            full.columns[name] = [meant.get(key, value) for key, value in zip(keys, was, strict=True)]
    return told


def _names_records(store: Store, item: Field) -> bool:
    """Whether a field's names may be those of records, which are told apart by their days."""
    return not store.schema.kinds.keys().isdisjoint(item.targets)


def found_names(kind: Kind, full: Abreast, names: NameFinder) -> None:
    """`resolve_records` for several records, in place; a name that is not there yet stays."""
    days = full.column("record_date")
    for item in _pointing(kind):
        column = full.column(item.name)
        asked = {one for one in zip(column, days, strict=True) if type(one[0]) is Named}
        if asked:
            found = {(value, day): names.find(item, value.name, day) or value for value, day in asked}
            pairs = zip(column, days, strict=True)
            full.columns[item.name] = [found.get(one, one[0]) for one in pairs]


def _first_named(
    store: Store, kind: Kind, full: Abreast, known: Meanings
) -> tuple[dict[str, list[Any]], dict[int, dict[str, Any]]]:
    """(field → what its names mean depends on, record by record; place → field → the same, where it is new)."""
    columns: dict[str, list[Any]] = {}
    first: dict[int, dict[str, Any]] = {}
    for item in _pointing(kind):
        column = full.columns.get(item.name)
        if column is None or not {Named, tuple}.intersection(map(type, column)):
            continue
        # A text is looked up faster than a name.
        keys: list[Any] = [(value.name,) if type(value) is Named else value for value in column]
        if _names_records(store, item):
            keys = list(zip(keys, full.column("record_date"), strict=True))
        columns[item.name] = keys
        before = known.get((kind.name, item.name), {})
        for key, place in dict(zip(reversed(keys), range(full.number - 1, -1, -1), strict=True)).items():
            if column[place] and type(column[place]) in (Named, tuple) and key not in before:
                first.setdefault(place, {})[item.name] = key
    return columns, first

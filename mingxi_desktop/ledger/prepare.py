"""Filling in what a person leaves to the program: defaults, names, what a child takes from its parent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from mingxi_desktop.domain import campaigns as campaign_rules
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds.common import FIRST_DAY
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.domain.wording import span_name
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage.store import Store


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


def complete(
    store: Store, kind: Kind, values: Mapping[str, Any], parent: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The values as they would be stored, but for references by name and automatic codes.

    parent: the values of the parent's record, for a child table.
    """
    full = dict(_empty(kind))
    texts = _texts(kind)
    for name, value in values.items():
        if name not in full:
            continue
        if value is None:
            full[name] = () if full[name] == () else None
        elif name in texts and isinstance(value, str):
            full[name] = tidy(value) or None
        else:
            full[name] = value
    if parent is not None:
        full |= {field.name: parent.get(field.name) for field in kind.fields if field.inherited}
    if "uid" in values:
        full["uid"] = values["uid"]
    if kind.name == "hazard" and full.get("campaign") and values.get("in_total") is None:
        full["in_total"] = _in_total(store, full["campaign"], full["in_total"])
    _own_defaults(store, kind, full)
    return full


def follow(kind: Kind, before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes by field, with what follows from a date that changes now: record_date, an event's name."""
    merged, more = {**before, **changes}, dict(changes)
    was, own = _day(before.get(kind.date)), _day(merged.get(kind.date))
    if "record_date" not in changes and was != own and before.get("record_date") == was:
        more["record_date"] = own or was
    if kind.name == "disaster_event" and "name" not in changes:
        automatic = span_name(before["record_date"], before.get("end_date"))
        now = span_name(merged["record_date"], merged.get("end_date"))
        more["name"] = now if before.get("name") == automatic else before.get("name")
    return more


def _own_defaults(store: Store, kind: Kind, full: dict[str, Any]) -> None:
    """record_date from the kind's own date; the name of an event from its days; the county's own area."""
    own = _day(full.get(kind.date))
    if full.get("record_date") is None and own is not None:
        # A team or building may be older than the ledger; it is registered today then.
        full["record_date"] = own if own >= FIRST_DAY or not kind.state else datetime.date.today()
    if kind.name == "disaster_event" and not full.get("name") and full.get("record_date"):
        full["name"] = span_name(full["record_date"], full.get("end_date"))
    if kind.name == "enforcement_case" and full.get("record_date") is None:
        full["record_date"] = full.get("filed_date")
    if full.get("area") is None and kind.name in ("disaster_event", "response", "meeting", "fund"):
        county = store.references.find("area", COUNTY_AREA)
        full["area"] = county.ref if county else None


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
    for field in _pointing(kind):
        value = full.get(field.name)
        if isinstance(value, Named):
            full[field.name] = _found(kind, field.name, value, names, full)
        elif value and isinstance(value, tuple) and any(isinstance(ref, Named) for ref in value):
            full[field.name] = tuple(
                _found(kind, field.name, ref, names, full) if isinstance(ref, Named) else ref for ref in value
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
    names = [field for field in _pointing(kind) if type(full.get(field.name)) in (Named, tuple)]
    if not any(full[field.name] for field in names):
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

    for field in names:
        value = full.get(field.name)
        if isinstance(value, Named):
            full[field.name] = settled(field.targets, value)
        elif field.type is FieldType.MULTI_REF and value:
            full[field.name] = tuple(dict.fromkeys(settled(field.targets, ref) for ref in value))
    return tuple(dict.fromkeys(grown))

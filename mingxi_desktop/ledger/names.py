"""From what a person writes for a reference to "list:id"."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from mingxi_desktop.domain.county import area_office
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.parse import Parsed, ParseError, split_known
from mingxi_desktop.domain.parse.places import (
    Places,
    core_name,
    known_offices,
    names_all_townships,
    names_county,
)
from mingxi_desktop.domain.parse.result import shown
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, GROWING, ITEM, LABELS, ORG, VILLAGE
from mingxi_desktop.domain.show import show
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles, titled

_SCAN_LIMIT = 20_000
_UNIT_BEHIND = pattern(r"(.+?)\s*[(（]([^()（）]+)[)）]")


class NameFinder:
    """Finds entries and records by name, code, title, uid or "#id"."""

    def __init__(self, store: Store, titles: Titles) -> None:
        self._store = store
        self._titles = titles
        self._known_places: tuple[Any, Places] | None = None

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

    def read(self, field: Field, text: str, near: datetime.date | None = None) -> Parsed[str]:
        """The reference a text means, also where it says more or less than the name; value None if unknown.

        What was assumed (雷西村 lies in 盖洋镇, 全县 is 县直) is said.  ParseError for a text that names
        several, or one that two entries share.
        """
        found = self.find(field, text, near)
        if found is not None:
            county = AREA in field.targets and text != COUNTY_AREA and names_county(text, self._store.county)
            return Parsed(found, f"“{text}”按“{COUNTY_AREA}”" if county else "")
        self._refuse_several(field, text, near)
        for target in field.targets:
            if target == AREA:
                parsed = self._area(field, text)
            elif target == ORG:
                parsed = self._org(text)
            elif target == ITEM:
                parsed = self._item(text)
            else:
                continue
            if parsed.value is not None:
                return parsed
        return Parsed(None)

    def every(self, field: Field, text: str) -> tuple[str, ...]:
        """All townships for 各乡镇 and its like, in a field that takes several; none for any other text."""
        if field.targets != (AREA,) or not names_all_townships(text):
            return ()
        return tuple(entry.ref for entry in self._store.references.all(AREA) if entry.name != COUNTY_AREA)

    def grows(self, field: Field) -> bool:
        """Whether a name that is not there is added."""
        return any(target in GROWING for target in field.targets)

    def known(self, field: Field) -> str:
        """What the field accepts, for messages."""
        target = field.targets[0]
        if target in self._store.schema.kinds:
            return f"按 ↓ 从登记过的里面选；没有的，先登记这条{self._store.schema.kinds[target].label}"
        names = [entry.name for entry in self._store.references.all(target)]
        shown = "、".join(names[:12]) + ("等" if len(names) > 12 else "")
        return f"可选的{LABELS.get(target, field.label)}：{shown}" if names else ""

    def _refuse_several(self, field: Field, text: str, near: datetime.date | None) -> None:
        """ParseError for a list of names where one is wanted."""
        parts = split_known(text, lambda part: self.find(field, part, near) is not None)
        if len(parts) > 1 and all(self.find(field, part, near) for part in parts):
            message = f"{shown(text)}里不止一个{field.label}，这里只能填一个；请一个一行分开填写"
            raise ParseError("E_COMPOUND", message)

    def _area(self, field: Field, text: str) -> Parsed[str]:
        """The township a text names or, where nothing but a township can be meant, lies in."""
        references = self._store.references
        if names_county(text, self._store.county):
            return self._county(text)
        places = self._places()
        if field.targets == (AREA,):
            found = places.township(text)
        else:
            found = Parsed(places.alone(text))
        entry = references.find(AREA, found.value) if found.value else None
        if entry is not None:
            return Parsed(entry.ref, found.assumed)
        if field.targets == (AREA,) and self._org(text).value is not None:
            return self._county(text)
        return Parsed(None)

    def _county(self, text: str) -> Parsed[str]:
        entry = self._store.references.find(AREA, COUNTY_AREA)
        return Parsed(entry.ref, f"“{text}”按“{COUNTY_AREA}”") if entry else Parsed(None)

    def _org(self, text: str) -> Parsed[str]:
        """The office a text names, with or without the county's name before it, or as a part of it."""
        references, county, places = self._store.references, self._store.county, self._places()
        core, township = core_name(text, county), places.alone(text)
        names = [core, f"{county.name}{core}", f"{county.level}{core}"]
        names += [area_office(township)] if township else []
        for name in names:
            entry = references.find(ORG, name)
            if entry is not None:
                return Parsed(entry.ref)
        spellings = {
            core_name(name, county): entry.name
            for entry in references.all(ORG)
            for name in (entry.name, *entry.aliases)
        }
        office = places.office(text)
        wider = [area_office(office)] if office else known_offices(spellings, core)
        entry = references.find(ORG, wider[0]) if wider else None
        return Parsed(entry.ref, f"“{text}”按“{entry.name}”") if entry else Parsed(None)

    def _item(self, text: str) -> Parsed[str]:
        """An item with its unit behind it: 棉被（床）."""
        found = _UNIT_BEHIND.fullmatch(text)
        entry = self._store.references.find(ITEM, found[1]) if found and is_unit(found[2]) else None
        return Parsed(entry.ref, unit=found[2]) if found and entry else Parsed(None)

    def _places(self) -> Places:
        """The townships and villages of the ledger, made anew when the lists have changed."""
        townships = tuple(
            entry.name for entry in self._store.references.all(AREA) if entry.name != COUNTY_AREA
        )
        villages = tuple((entry.name, entry.parent) for entry in self._store.references.all(VILLAGE))
        known = (self._store.county, townships, villages)
        if self._known_places is None or self._known_places[0] != known:
            self._known_places = known, Places(*known)
        return self._known_places[1]

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
        for code in (code for code in kind.unique if code != first.name):
            column = table._meta.fields[code]
            rows = list(
                table.select(table.id, table.record_date)
                .where(alive & (column == name))
                .order_by(table.id)
                .tuples()
            )
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

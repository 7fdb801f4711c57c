"""Records that look like another: values that must differ within a year, and likely duplicates.

One record asks the file; an import of thousands asks once per ledger and year and remembers.  It says beforehand what
it is going to ask, so that what is remembered grows with what comes and not with what is there.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import peewee

from mingxi_desktop.domain.abreast import Abreast, mapped
from mingxi_desktop.domain.fields import FieldType, Finding, Kind
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.domain.show import show
from mingxi_desktop.storage import likeness
from mingxi_desktop.storage.forms import Chosen, scan
from mingxi_desktop.storage.neighbours import year_of, years_of
from mingxi_desktop.storage.shapes import storing
from mingxi_desktop.storage.statements import blank
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles

PENDING_CODE = "-"
"""Stands for the code a record will get when it is stored."""
_NAMED = 16
"""Characters of a text by which a sentence names a record."""


class New(NamedTuple):
    """Records that are about to be stored.

    places: of those that are looked at.  fresh: of those that nothing can be like, as they name what was not
    listed before.  coded: of those whose code is automatic.
    """

    records: Abreast
    places: Sequence[int]
    fresh: Collection[int] = ()
    coded: Collection[int] = ()


class Twins:
    """What an import has seen: the keys and unique values of the ledgers it fills.  For one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[tuple[str, int | None], dict[int, int | None]] = {}
        self._values: dict[tuple[str, str, int], set[Any]] = {}
        self._coming: dict[str, Callable[[], Iterable[Abreast]]] = {}
        self._met: set[str] = set()

    def expect(self, kind: Kind, number: int, coming: Callable[[], Iterable[Abreast]]) -> None:
        """So many new records of a kind will be checked: of a larger ledger only what they ask for is kept.

        No others may be checked then.  coming: called once, before the first of them is checked; gives part by part
        what they have in the fields of `compared`, as they would be stored.
        """
        table = self._store.schema.table[kind.name]
        if not kind.parent and number < (table.select(peewee.fn.MAX(table.id)).scalar() or 0):
            self._coming[kind.name] = coming

    def changed(self, kind: Kind, record: Record, values: Mapping[str, Any]) -> None:
        """A record has these values now, in the file too: its old ones no longer stand in the way of others."""
        before, year = year_of(kind, record.values), year_of(kind, values)
        dated = kind.date in kind.key
        old, new = _marks(kind, Abreast.of([record.values, values]))
        keys = self._keys.get((kind.name, before if dated else None), {})
        if keys.get(old) == record.id and (old, before) != (new, year):
            twin = _twin(self._store, kind, record.values)
            if twin is None:
                del keys[old]
            else:
                keys[old] = twin
        for name in kind.unique:
            self._values.get((kind.name, name, before), set()).discard(record.values.get(name))
        self._known(kind, year if dated else None).setdefault(new, record.id)
        for name in kind.unique:
            if values.get(name):
                self._taken(kind, name, year).add(values[name])

    def check(
        self, kind: Kind, new: New, *, alike: bool, noting: bool
    ) -> Iterator[tuple[int, list[Finding]]]:
        """As the function `check` does for one record: (place, findings) of those that have some.

        noting: they are about to be stored; each is held against those before it.
        """
        years = years_of(kind, new.records)
        for name in kind.unique:
            exempt = new.coded if name == kind.code_field else ()
            column = new.records.column(name)
            if {None, "", PENDING_CODE}.issuperset(column):
                continue
            of_year = {year: self._taken(kind, name, year) for year in {years[at] for at in new.places}}
            for place in new.places:
                value = column[place]
                if value and value != PENDING_CODE:
                    taken = of_year[years[place]]
                    if value in taken and place not in exempt:
                        yield place, [_used(kind, name, value, None)]
                    if noting:
                        taken.add(value)
        if alike:
            yield from self._alike(kind, new, years, noting=noting)

    def _alike(
        self, kind: Kind, new: New, years: Sequence[int], *, noting: bool
    ) -> Iterator[tuple[int, list[Finding]]]:
        dated = kind.date in kind.key
        seen = {year: self._known(kind, year if dated else None) for year in {years[at] for at in new.places}}
        if not noting and not any(seen.values()):
            return
        marks = _marks(kind, new.records)
        if noting and len(seen) == 1:  # as a rule none is like another, which is seen of all at once
            [known], fresh = seen.values(), dict.fromkeys(map(marks.__getitem__, new.places))
            if len(fresh) == len(new.places) and known.keys().isdisjoint(fresh):
                known.update(fresh)
                return
        apart = {*new.fresh, *_unlisted(kind, new.records)}
        for place in new.places:
            known, mark = seen[years[place]], marks[place]
            if mark in known and place not in apart:
                twin = known[mark]
                there, here = f"已有一条{kind.label}（#{twin}）", f"这次导入里有另一条{kind.label}"
                yield place, [_repeated(kind, f"{here if twin is None else there}的", twin)]
            if noting:
                known.setdefault(mark, None)

    def _taken(self, kind: Kind, name: str, year: int) -> set[Any]:
        self._meet(kind)
        place = (kind.name, name, year)
        if place not in self._values:
            self._values[place] = set() if kind.name in self._met else self._values_of(kind, name, year)
        return self._values[place]

    def _known(self, kind: Kind, year: int | None) -> dict[int, int | None]:
        """Hash of the key → id, None while it has none: a hundred thousand keys would take much room."""
        self._meet(kind)
        place = (kind.name, year)
        if place not in self._keys:
            self._keys[place] = {} if kind.name in self._met else self._keys_of(kind, _of_year(year))
        return self._keys[place]

    def _meet(self, kind: Kind) -> None:
        """What the file has of all that is coming, where that was announced."""
        coming = self._coming.pop(kind.name, None)
        if coming is None:
            return
        self._met.add(kind.name)
        dated = kind.date in kind.key
        marks: dict[int | None, set[int]] = defaultdict(set)
        days: dict[int | None, set[datetime.date]] = defaultdict(set)
        values: dict[tuple[str, int], set[Any]] = defaultdict(set)
        for part in coming():
            years = years_of(kind, part)
            for year, mark, day in zip(years, _marks(kind, part), part.column(kind.date), strict=True):
                marks[year if dated else None].add(mark)
                days[year].add(day)
            for name in kind.unique:
                column = part.column(name)
                if not {None, "", PENDING_CODE}.issuperset(column):
                    for year, value in zip(years, column, strict=True):
                        values[name, year].add(value)
        for of, wanted in marks.items():
            chosen = _of_year(of)
            if of and kind.date == "record_date":  # of which the file may know where they are
                chosen = Chosen(days=(min(days[of]), max(days[of])))
            self._keys[kind.name, of] = self._keys_of(kind, chosen, wanted)
        for (name, year), some in values.items():
            self._values[kind.name, name, year] = self._values_of(kind, name, year, some)

    def _keys_of(
        self, kind: Kind, chosen: Chosen, wanted: Collection[int] | None = None
    ) -> dict[int, int | None]:
        known: dict[int, int | None] = {}

        def take(number: int, forms: tuple[Any, ...]) -> None:
            mark = hash(forms if "" not in forms else tuple(map(_plain, forms)))
            if wanted is None or mark in wanted:
                known.setdefault(mark, number)

        scan(self._store.schema, kind, _key_names(kind), take, chosen)
        return known

    def _values_of(self, kind: Kind, name: str, year: int, wanted: Collection[Any] | None = None) -> set[Any]:
        taken: set[Any] = set()

        def take(_: int, forms: tuple[Any, ...]) -> None:
            if forms[0] is not None and (wanted is None or forms[0] in wanted):
                taken.add(forms[0])

        scan(self._store.schema, kind, (name,), take, Chosen(years=(year, year)))
        return taken


def _of_year(year: int | None) -> Chosen:
    return Chosen(years=None if year is None else (year, year))


@cache
def compared(kind: Kind) -> tuple[str, ...]:
    """The fields by which a new record is held against others, and those that say its year."""
    return tuple(dict.fromkeys((*_key_names(kind), *kind.unique, kind.date, "record_date")))


def check(
    store: Store, kind: Kind, values: Mapping[str, Any], number: int | None, *, alike: bool
) -> list[Finding]:
    """Values that another record of the year has already (errors), and a likely duplicate (a warning).

    number: the record's own id, None for a new one.  alike: look for a duplicate of a new record too.
    """
    found = []
    for name in kind.unique:
        value = values.get(name)
        if value and value != PENDING_CODE:
            owner = _taken_by(store, kind, name, values, number)
            if owner is not None:
                found.append(_used(kind, name, value, owner))
    if not alike or number is not None or Named in [type(values.get(name)) for name in kind.key]:
        return found
    twin = _twin(store, kind, values)
    if twin is not None:
        return [*found, _repeated(kind, f"{_named(store, kind, twin)}，", twin)]
    similar = likeness.near(store, kind, values)
    if similar is not None:
        message = f"可能重复：{_named(store, kind, similar)}，写的差不多"
        found.append(Finding(likeness.described_by(kind), message, "warning", "W_NEAR", (kind.name, similar)))
    return found


def _used(kind: Kind, name: str, value: str, owner: int | None) -> Finding:
    message = f"{kind.field(name).label}“{value}”这一年已经用过，请核对是不是同一条"
    return Finding(name, message, "error", "E_UNIQUE", _pair(kind, owner))


def _repeated(kind: Kind, which: str, twin: int | None) -> Finding:
    labels = "、".join(kind.field(name).label for name in kind.key)
    message = f"可能重复：{which}{labels}都相同"
    return Finding(kind.key[0], message, "warning", "W_DUP", _pair(kind, twin))


def _pair(kind: Kind, number: int | None) -> tuple[str, int] | None:
    return (kind.name, number) if number is not None else None


def _named(store: Store, kind: Kind, number: int) -> str:
    """A record as a sentence can name it: 2024-06-09 已登记过“通道堵塞”（#30）."""
    names, table = Titles(store), store.schema.table[kind.name]
    row = table.select().where(table.id == number).dicts().get()
    text = likeness.described_by(kind)
    if text:
        said = row[text] or ""
        short = f"{said[:_NAMED]}…" if len(said) > _NAMED else said
        return f"{row['record_date']} 已登记过“{short}”（#{number}）"
    shown = [show(kind.field(name), row[name], names.name) for name in _key_names(kind)]
    return f"已登记过{kind.label} {' '.join(filter(None, shown))}（#{number}）"


def _taken_by(
    store: Store, kind: Kind, name: str, values: Mapping[str, Any], number: int | None
) -> int | None:
    """The id of another record of the year that has the value; None where there is none."""
    year, value = year_of(kind, values), values[name]

    def owners() -> Any:
        table = store.schema.table[kind.name]
        same = (table._meta.fields[name] == blank()) & (table.year == blank())
        return (
            table.select(table.id).where(table.deleted_at.is_null() & same & (table.id != blank())).limit(1)
        )

    asked = storing(kind.field(name))(value), year, number or 0
    row = store.schema.statements.run(("twins", kind.name, name), owners, *asked).fetchone()
    return row[0] if row else None


def _twin(store: Store, kind: Kind, values: Mapping[str, Any]) -> int | None:
    """The id of the first record with the same key."""
    key = dict(zip(_key_names(kind), _key(kind, values), strict=True))
    dated = kind.date in kind.key

    def asked() -> Any:
        table = store.schema.table[kind.name]
        where = table.deleted_at.is_null()
        if dated:
            where &= table.year == blank()
        for name, value in key.items():
            column, text = table._meta.fields[name], kind.field(name).type is FieldType.TEXT
            empty = column.is_null() | (column == "") if text else column.is_null()
            where &= empty if value is None else column == blank()
        return table.select(table.id).where(where).order_by(table.id).limit(1)

    filled = {name: value for name, value in key.items() if value is not None}
    forms = [storing(kind.field(name))(value) for name, value in filled.items()]
    years = [year_of(kind, values)] if dated else []
    row = store.schema.statements.run(("twin", kind.name, *filled), asked, *years, *forms).fetchone()
    return row[0] if row else None


@cache
def _key_names(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name in kind.key if kind.field(name).type is not FieldType.MULTI_REF)


def _key(kind: Kind, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(_plain(values.get(name)) for name in _key_names(kind))


def _marks(kind: Kind, records: Abreast) -> list[int]:
    """The hash of each record's key, in the form of the file."""
    forms = [mapped(records.column(name), form) for name, form in _forms(kind)]
    return list(map(hash, zip(*forms, strict=True)))


def _unlisted(kind: Kind, records: Abreast) -> Iterator[int]:
    """The records of which a name in the key is not in its list yet: nothing can be like them."""
    for name in kind.key:
        column = records.columns.get(name, ())
        if Named in set(map(type, column)):
            yield from (place for place, value in enumerate(column) if type(value) is Named)


@cache
def _forms(kind: Kind) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((name, partial(_form, storing(kind.field(name)))) for name in _key_names(kind))


def _form(to: Callable[[Any], Any], value: Any) -> Any:
    """A value of the key in the form of the file; a name that is not listed yet as it is."""
    if type(value) is Named:
        return value
    return to(value) if value or value == 0 else None


def _plain(value: Any) -> Any:
    return None if value in ("", ()) else value

"""Whether a record may be stored: required, ranges, words, references, the kind's rules, other records."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import DECIMAL_SCALE, NUMERIC, Field, FieldType, Finding, Kind
from mingxi_desktop.domain.kinds.common import FIRST_DAY
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.domain.rules import broken
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.ledger.parsing import Parser
from mingxi_desktop.storage import links, neighbours, twins
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.twins import PENDING_CODE, New, Twins

_PAST_DATES = frozenset({"record_date", "start_at", "end_at", "at", "rectified_date", "decision_date"})
_STATE_DATES = frozenset({"from_date", "to_date", "agreement_date"})
_LASTING = NUMERIC | {FieldType.BOOL, FieldType.CHOICE, FieldType.DATE, FieldType.DATETIME}
_REMEMBERED = 10_000
_FIRST_BUILT = datetime.date(1900, 1, 1)
"""Teams and buildings are older than the ledger; before this day they are typing errors too."""


class Checker:
    """Checks whole records, in Python values, against the declaration and the ledger."""

    def __init__(self, store: Store, parser: Parser, names: NameFinder) -> None:
        self._store = store
        self._parser = parser
        self._names = names
        self._twins: Twins | None = None
        self._fine: dict[Field, set[Any]] = {}

    def check(
        self,
        kind: Kind,
        values: Mapping[str, Any],
        record: Record | None = None,
        *,
        importing: bool = False,
        in_set: bool = False,
    ) -> list[Finding]:
        """What is wrong with the values as they would be stored (defaults and auto fields filled in).

        record: the stored record an edit starts from; what was wrong with it before is only a warning.
        importing: findings of severity "entry" are warnings.  in_set: rows of the same child table are
        not looked at, because the set is checked as a whole afterwards.
        """
        found = self._all(kind, values, record.id if record else None, in_set=in_set)
        if not found:
            return found
        refused = any(item.severity != "warning" for item in found)
        before = self._all(kind, record.values, record.id, in_set=in_set) if record and refused else []
        return [_settled(item, importing, before) for item in found]

    def check_return(self, kind: Kind, record: Record) -> list[Finding]:
        """What keeps a record in the trash: what other records have become since; its own gaps do not."""
        parent = [field for field in kind.fields if field.name == kind.parent]
        found = [item for field in parent for item in self._field(field, record.values.get(field.name))]
        if not found:
            found = self._others(kind, record.values, record.id, in_set=False)
        return [item for item in found if item.severity == "error"]

    @contextmanager
    def importing(self) -> Iterator[Twins]:
        """While an import is stored, what it has seen is remembered instead of asked for row by row."""
        self._twins = Twins(self._store)
        self._fine = {}
        try:
            yield self._twins
        finally:
            self._twins = None
            self._fine = {}

    def check_new(
        self,
        kind: Kind,
        records: Abreast,
        *,
        importing: bool,
        in_set: bool = False,
        fresh: Collection[int] = (),
        coded: Collection[int] = (),
        noting: bool = False,
    ) -> dict[int, list[Finding]]:
        """The same for several new records: place of each that has findings → these.

        fresh: places of those that nothing can be like, as they name what was not listed before.  coded: of those
        whose code is automatic.  noting: in an import, each is held against those before it too.
        """
        found, sound = self._alone(kind, records)
        for place, said in self._beside(
            kind, New(records, sound, fresh, coded), in_set=in_set, noting=noting
        ):
            if said:
                found.setdefault(place, []).extend(said)
        return {place: [_settled(item, importing, ()) for item in said] for place, said in found.items()}

    def _all(
        self, kind: Kind, values: Mapping[str, Any], number: int | None, *, in_set: bool
    ) -> list[Finding]:
        found = [
            item
            for field in _checked(kind)
            if (value := values.get(field.name)) is not None or field.required
            for item in self._judged(field, value)
        ]
        sound = not found
        found += [item for rule in kind.rules if (item := rule(values)) is not None]
        return found + (self._others(kind, values, number, in_set=in_set) if sound else [])

    def _alone(self, kind: Kind, records: Abreast) -> tuple[dict[int, list[Finding]], Sequence[int]]:
        """(place of a record → what is wrong with it, other records aside; places of those with sound fields)."""
        found: dict[int, list[Finding]] = {}
        for field in _checked(kind):
            column = records.columns.get(field.name)
            if column is None and not field.required:
                continue
            if column is not None and field.type is FieldType.TEXT and _short(field, column):
                continue
            values = records.column(field.name)
            new = set(values) - self._fine.get(field, set())
            said = {value: items for value in new if (items := self._judged(field, value))}
            if said:
                for place, value in enumerate(values):
                    if value in said:
                        found.setdefault(place, []).extend(said[value])
        places = range(records.number)
        sound = [place for place in places if place not in found] if found else places
        for rule in kind.rules:
            for place, item in broken(rule, records):
                found.setdefault(place, []).append(item)
        return found, sound

    def _judged(self, field: Field, value: Any) -> list[Finding]:
        """As `_field`; during an import, what was found sound is remembered."""
        if self._twins is None:
            return self._field(field, value)
        fine = self._fine.setdefault(field, set())
        found = self._field(field, value)
        if not found and len(fine) < _REMEMBERED and _stays(field, value):
            fine.add(value)
        return found

    def _beside(
        self, kind: Kind, new: New, *, in_set: bool, noting: bool
    ) -> Iterator[tuple[int, list[Finding]]]:
        """What other records say against new ones: (place, findings)."""
        if self._twins is None:
            for place in new.places:
                values = new.records.row(place)
                if place in new.coded:
                    values[kind.code_field] = PENDING_CODE
                alike = not in_set and place not in new.fresh
                yield place, twins.check(self._store, kind, values, None, alike=alike)
        else:
            yield from self._twins.check(kind, new, alike=not in_set, noting=noting)
        if not in_set and neighbours.matter(kind):
            for place in new.places:
                yield place, neighbours.check(self._store, kind, new.records.row(place), None)

    def _others(
        self, kind: Kind, values: Mapping[str, Any], number: int | None, *, in_set: bool
    ) -> list[Finding]:
        found = twins.check(self._store, kind, values, number, alike=not in_set)
        return found if in_set else found + neighbours.check(self._store, kind, values, number)

    def _field(self, field: Field, value: Any) -> list[Finding]:
        name, label = field.name, field.label
        if value is None or value in ("", ()):
            if field.required and not field.inherited and field.type is not FieldType.DERIVED:
                return [Finding(name, f"要填写{label}", "error", "E_REQUIRED")]
            return []
        message = ""
        if field.type is FieldType.DATE:
            message = _day_range(field, value)
        elif field.type is FieldType.DATETIME:
            message = _day_range(field, value.date())
        elif field.type in NUMERIC:
            message = _number_range(field, value)
        elif field.type is FieldType.TEXT and len(value) > field.max_length:
            message = f"{label}有{len(value)}个字，最多{field.max_length}个字"
        elif field.type is FieldType.CHOICE:
            message = self._word(field, (value,))
        elif field.type is FieldType.MULTI:
            message = self._word(field, value)
        elif field.type in (FieldType.REF, FieldType.MULTI_REF):
            refs = (value,) if field.type is FieldType.REF else value
            message = "".join(self._target(field, ref) for ref in refs)
        return [Finding(name, message, "error", "E_RANGE")] if message else []

    def _word(self, field: Field, words: tuple[str, ...]) -> str:
        choices = self._parser.choices(field.choices)
        wrong = [word for word in words if word not in choices]
        return f"{field.label}没有“{wrong[0]}”。可选：{'、'.join(choices)}" if wrong else ""

    def _target(self, field: Field, ref: Any) -> str:
        if isinstance(ref, Named):
            return "" if self._names.grows(field) else f"没有这个{field.label}：{ref.name}"
        listed, _, number = str(ref).rpartition(":")
        if listed not in field.targets:
            return f"{field.label}指向了不认识的内容：{ref}"
        if listed in self._store.schema.kinds:
            there = links.stands(self._store.schema, listed, int(number))
            return "" if there else f"{field.label}指向的记录已不存在或在回收站里"
        return "" if self._store.references.get(str(ref)) else f"{field.label}指向的条目已不存在"


def _stays(field: Field, value: Any) -> bool:
    """Whether a sound value is sound for the whole import: all but references to records."""
    if field.type is FieldType.REF:
        return isinstance(value, Named) or (isinstance(value, str) and value.rpartition(":")[0] in LABELS)
    return field.type in _LASTING


@cache
def _checked(kind: Kind) -> tuple[Field, ...]:
    """The fields whose values can be wrong."""
    return tuple(field for field in kind.fields if field.type not in (FieldType.DERIVED, FieldType.FILES))


def _short(field: Field, texts: Sequence[str | None]) -> bool:
    """Whether there is nothing to say of any of the texts."""
    longest = max(map(len, filter(None, texts)), default=0)
    return longest <= field.max_length and (not field.required or all(texts))


def _settled(item: Finding, importing: bool, before: Sequence[Finding]) -> Finding:
    soft = item in before or (importing and item.severity == "entry")
    severity = "warning" if soft else "error" if item.severity == "entry" else item.severity
    return replace(item, severity=severity)


def _day_range(field: Field, day: datetime.date) -> str:
    first = _FIRST_BUILT if field.name in _STATE_DATES else FIRST_DAY
    if day < first:
        return f"{field.label}不能早于{first:%Y-%m-%d}，请核对年份"
    if field.name in _PAST_DATES:
        latest = datetime.date.today() + datetime.timedelta(days=1)
        if day > latest:
            return f"{field.label}{day:%Y-%m-%d}还没有到，请核对年份"
    elif day.year > datetime.date.today().year + 30:
        return f"{field.label}的年份{day.year}太远，请核对"
    return ""


def _number_range(field: Field, number: Any) -> str:
    if field.minimum is not None and number < field.minimum:
        what = "不能是负数" if field.minimum == 0 else f"不能小于{field.minimum}"
        return f"{field.label}{what}"
    if field.maximum is not None and number > field.maximum:
        return f"{field.label}不能大于{field.maximum}"
    if abs(number) > 10**14:
        return f"{field.label}太大，请核对"
    if field.type is FieldType.DECIMAL and number * DECIMAL_SCALE % 1:
        return f"{field.label}最多四位小数"
    return ""

"""Values of rows and of records in one form, so that they can be compared: width and blanks do not count."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from mingxi_desktop.domain.abreast import mapped
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.personal import agrees, put_back
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.shapes import loaded, stored

Form = Callable[[Any], Hashable]

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: 0xA5}
_BLANK = pattern(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_ODD = pattern(
    r"[A-Z\s\u00ad\u0130-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2126-\u217f\u3000\ufb00-\uffff]"
)


def folded(text: str) -> str:
    """A text as it is compared: half-width, lower case, without blanks and invisible characters."""
    if not _ODD.search(text):
        return text
    return _BLANK.sub("", text.translate(_WIDTH)).casefold()


def forms_of(field: Field, values: Sequence[Any]) -> list[Hashable]:
    """`of_values` for each of several values.  Most texts are in that form already, which is seen of all at once."""
    texts = field.type is FieldType.TEXT and {value for value in set(values) if value}
    if texts and not _ODD.search("|".join(texts)):
        return [value or None for value in values]
    return mapped(values, of_values(field))


@cache
def of_values(field: Field) -> Form:
    """From a value in Python to the form for comparing; None for empty, a pair for a name not listed yet."""
    convert = _FROM_VALUE.get(field.type) or partial(stored, field)

    def form(value: Any) -> Hashable:
        return None if value is None or value in ("", ()) else convert(value)

    def ref(value: Any) -> Hashable:
        if isinstance(value, Named):
            return ("name", normal_name(value.name))
        return int(value.rpartition(":")[2]) if value else None

    single = field.type is FieldType.REF and len(field.targets) == 1
    return ref if single else form


@cache
def of_file(field: Field) -> Form:
    """A function from the form in the file to the form in which values are compared."""
    if field.type is FieldType.TEXT:
        return lambda form: folded(form) if form else None
    if field.type in (FieldType.MULTI, FieldType.MULTI_REF):
        return lambda form: frozenset(loaded(field, form)) if form else None
    return lambda form: None if form == "" else form


def given(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says of a record that is there already, by field name.

    An empty cell does not empty what every record must have or the program fills in.  A row with exact
    numbers says that they are exact.
    """
    may_be_empty = emptied(kind)
    said = {
        name: value
        for name, value in values.items()
        if name in may_be_empty and (may_be_empty[name] or value not in (None, "", ()))
    }
    if kind.has("approx") and "approx" not in said and said.get(kind.quantity) is not None:
        said["approx"] = kind.field("approx").default
    return said


@cache
def emptied(kind: Kind) -> dict[str, bool]:
    """Name of each field that a row can give → whether an empty cell empties it."""
    return {
        field.name: not (field.required or field.auto)
        for field in kind.fields
        if not field.inherited and field.type not in (FieldType.DERIVED, FieldType.FILES)
    }


def home(kind: Kind, values: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Values by field with the numbers of people that an export masked, as the record has them."""
    return {
        name: put_back(value, str(record.values.get(name) or ""))
        if isinstance(value, str) and kind.field(name).personal
        else value
        for name, value in values.items()
    }


def agreeing(one: Hashable, there: Hashable) -> bool:
    """Whether two forms say the same; numbers of people may be masked in the first."""
    return one == there or (isinstance(one, str) and isinstance(there, str) and agrees(one, there))


def _text(value: Any) -> Hashable:
    return folded(value) or None


def _day(value: Any) -> Hashable:
    day: datetime.date = value.date() if isinstance(value, datetime.datetime) else value
    return day.isoformat()


def _ref(value: Any) -> Hashable:
    return ("name", normal_name(value.name)) if isinstance(value, Named) else str(value)


def _refs(value: Any) -> Hashable:
    return frozenset(_ref(ref) for ref in value)


def _same(value: Any) -> Hashable:
    return value  # type: ignore[no-any-return]


_FROM_VALUE: dict[FieldType, Form] = {
    FieldType.TEXT: _text,
    FieldType.DATE: _day,
    FieldType.REF: _ref,
    FieldType.MULTI: frozenset,
    FieldType.MULTI_REF: _refs,
    FieldType.CHOICE: _same,
    FieldType.INT: _same,
    FieldType.MONEY: _same,
}

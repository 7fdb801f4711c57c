"""Between a value in Python and the form it has in the file and in the history's JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage.columns import column

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_REMEMBERED = 4096
_LISTS = (FieldType.MULTI_REF, FieldType.FILES)


@cache
def _column(field: Field) -> Any:
    return column(field)


@cache
def storing(field: Field) -> Callable[[Any], Any]:
    """What `stored` does to a value of this field that is not empty."""
    if field.type in _LISTS:
        return list
    if field.type in (FieldType.BOOL, FieldType.INT, FieldType.MONEY):
        return int
    if field.type in (FieldType.TEXT, FieldType.CHOICE):
        return str
    convert: Callable[[Any], Any] = _column(field).db_value
    if field.type in (FieldType.DATE, FieldType.REF):
        return lru_cache(maxsize=_REMEMBERED)(convert)
    return convert


def stored(field: Field, value: Any) -> Any:
    """The form in the file (and in the history): text, integer, or a list for MULTI_REF and FILES."""
    if value is None or value == ():
        return None
    return storing(field)(value)


def loaded(field: Field, value: Any) -> Any:
    """The Python shape of what `stored` gave."""
    if value is None:
        return None
    if field.type in _LISTS:
        return tuple(value)
    return _column(field).python_value(value)


def state_hash(kind: Kind, row: Mapping[str, Any], deleted: bool) -> bytes:
    """32 bytes that change when any stored value of the record changes; empty fields do not count.

    row: form in the file by field name, nothing else.  Empty ones are left out, so that a field a later
    version adds does not break the hashes of older records.
    """
    filled = sorted([name for name, form in row.items() if form is not None])
    return hash_of_said(kind, [said(name, row[name]) for name in filled], deleted=deleted)


def hash_of_said(kind: Kind, parts: Iterable[str], *, deleted: bool) -> bytes:
    """The state hash, from what `said` makes of each field that is not empty, in order of their names."""
    return hash_of_text(kind, ",".join(parts), deleted=deleted)


def hash_of_text(kind: Kind, text: str, *, deleted: bool) -> bytes:
    """The same, from those parts with commas between them."""
    return hashlib.sha256(_covered(kind, text, deleted=deleted)).digest()


def said_in_sql(names: Iterable[str]) -> str:
    """SQL for what `said` makes of these columns, a comma before each; nothing of an empty one.

    SQLite writes JSON as `said` does, in less time.  Bytes, which no column may hold, give what no hash
    is of.
    """
    parts = [
        f"""CASE WHEN "{name}" < x'' THEN ',"{name}":'||json_quote("{name}")"""
        f""" WHEN "{name}" IS NULL THEN '' ELSE ',"{name}":bytes' END"""
        for name in names
    ]
    return "||".join(parts) or "''"


def hashes_of_said(kind: Kind, records: Iterable[str]) -> list[bytes]:
    """The same for several records that are not in the trash.  records: the parts of each, a comma after every one."""
    begin, end = (part.decode() for part in _covered(kind, "\n", deleted=False).split(b"\n"))
    digest = hashlib.sha256
    return [digest(f"{begin}{parts[:-1]}{end}".encode()).digest() for parts in records]


def _covered(kind: Kind, parts: str, *, deleted: bool) -> bytes:
    """What a state hash is made of: JSON, which is slow for so little."""
    return f'["{kind.name}",{"true" if deleted else "false"},{{{parts}}}]'.encode()


def all_said(name: str, forms: Sequence[Any]) -> list[str]:
    """What `said` makes of each of these forms of a field and a comma; "" of an empty one."""
    types = set(map(type, forms))
    if types == {str}:
        return [f'"{name}":{text},' for text in map(encode_basestring, forms)]
    if types == {int}:
        return [f'"{name}":{form},' for form in forms]
    return ["" if form is None else f"{said(name, form)}," for form in forms]


def said(name: str, form: Any) -> str:
    """What the state hash covers of a field with this form in the file."""
    if type(form) is str:
        return f'"{name}":{encode_basestring(form)}'
    return f'"{name}":{form if type(form) is int else _encode(form)}'

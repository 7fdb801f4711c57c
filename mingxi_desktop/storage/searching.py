"""What a search finds: the words in a record's own search text, and those of what its columns hold a number for.

The names of townships, enterprises and other entries of lists stand in thousands of records, and so do the words
that choices offer.  They are in no search text: the few of them that hold what is searched for are looked up first.
An entry that is given another name is found by it at once, and half as much text has to be gone through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial, reduce
from operator import and_, or_
from typing import Any

import peewee

from mingxi_desktop import texts
from mingxi_desktop.domain.abreast import Abreast, mapped
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.show import Naming, show
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among, blank

_SEARCHED = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.MULTI, FieldType.REF, FieldType.MULTI_REF})
_AS_IT_IS = frozenset({FieldType.TEXT, FieldType.CHOICE})
_LOOKED_UP = frozenset({FieldType.CHOICE, FieldType.REF})
_UNSEARCHED = frozenset({"granularity", "approx", "source_ref", "reporter"})
_LONGEST = 200
_BETWEEN = "、"
"""Stands between the names of a MULTI_REF where they are shown."""
Columns = Callable[[str], Any]
"""From the name of a field, or "id" or "search", to its column."""


@cache
def searched(kind: Kind) -> tuple[Field, ...]:
    """The fields whose texts a search looks in."""
    return tuple(field for field in kind.fields if field.type in _SEARCHED and field.name not in _UNSEARCHED)


def text_of(schema: Schema, kind: Kind, values: Mapping[str, Any], naming: Naming) -> str:
    """The search text of a record with these values: its own words, their pinyin and initials."""
    fields = searched(kind)
    return texts.search_text(_said(schema, naming, field, values.get(field.name)) for field in fields)


def texts_of(schema: Schema, kind: Kind, records: Abreast, naming: Naming) -> list[str]:
    """The same for each of several records."""
    parts = list[Sequence[str]]()
    for field in searched(kind):
        column = records.columns.get(field.name, ())
        if field.type is FieldType.TEXT:
            said = [str(value) if value else "" for value in column]
        else:
            said = mapped(column, partial(_said, schema, naming, field)) if column else []
        parts += [said] if any(said) else []
    return texts.search_texts(parts) if parts else [""] * records.number


def _said(schema: Schema, naming: Naming, field: Field, value: Any) -> str:
    """What a search text says of a value."""
    own = own_part(schema, field, value)
    return "" if not own else str(own) if field.type in _AS_IT_IS else show(field, own, naming)


def own_part(schema: Schema, field: Field, value: Any) -> Any:
    """What of a value the search text has to hold; None or () where `found` looks elsewhere for it.

    Titles of records are held: they are many, and each stands in few others.
    """
    if field.type is FieldType.CHOICE:
        return None if value in _words(field.choices) else value
    if field.type is FieldType.REF and value:
        return value if _list_of(value) in schema.kinds else None
    if field.type is FieldType.MULTI_REF and value:
        return tuple(ref for ref in value if _list_of(ref) in schema.kinds)
    return value


def found(schema: Schema, kind: Kind, search: str, columns: Columns) -> list[Any]:
    """The conditions, all of which must hold, that a record is found by a search."""
    return [_holds(schema, kind, needle, columns) for needle in texts.needles(search[:_LONGEST])]


def _holds(schema: Schema, kind: Kind, needle: str, columns: Columns) -> Any:
    """Whether a needle is in one of a record's texts.  It never reaches from one into the next: it has no blanks."""
    parts = [part for field in searched(kind) for part in _apart(schema, kind, field, needle, columns)]
    return reduce(or_, [*parts, columns("search").contains(needle)])


def _apart(schema: Schema, kind: Kind, field: Field, needle: str, columns: Columns) -> Iterator[Any]:
    """The condition that a field holds a word or a name with the needle in it; none where there is no such."""
    if field.type is FieldType.CHOICE:
        if words := [word for word, search in _words(field.choices).items() if needle in search]:
            yield among(columns(field.name), words)
    elif field.type is FieldType.REF:
        if numbers := _entries(schema, field, needle):
            single = len(field.targets) == 1
            yield among(columns(field.name), [number for _, number in numbers] if single else _refs(numbers))
    elif field.type is FieldType.MULTI_REF:
        link, every = schema.link, [_entries(schema, field, part) for part in needle.split(_BETWEEN)]
        # Something no index knows, so that links are looked up by what they point to.
        mine = (link.kind.concat("") == kind.name) & (link.field.concat("") == field.name)
        if all(every):
            linked = [link.select(link.record).where(mine & among(link.target, _refs(one))) for one in every]
            yield reduce(and_, [columns("id").in_(records) for records in linked])


def _entries(schema: Schema, field: Field, needle: str) -> list[tuple[str, int]]:
    """(list, number) of the entries that a field can point to whose name, pinyin or initials hold the needle.

    Other spellings of an entry are in its search text, too, but are not shown.
    """
    lists = [target for target in field.targets if target not in schema.kinds]
    if not lists:
        return []
    table = schema.reference

    def named() -> Any:
        rows = table.select(table.list, table.id, table.name, table.aliases)
        return rows.where(table.list.in_(lists) & (peewee.fn.INSTR(table.search, blank()) > 0))

    return [
        (listed, number)
        for listed, number, name, aliases in schema.statements.run(("named", *lists), named, needle)
        if not aliases or needle in texts.search_text((name,))
    ]


def _refs(numbers: Collection[tuple[str, int]]) -> list[str]:
    return [f"{listed}:{number}" for listed, number in numbers]


def _list_of(ref: str) -> str:
    return ref.rpartition(":")[0]


@cache
def _words(vocabulary: str) -> Mapping[str, str]:
    """The words that a record's search text leaves out → what they are found by.

    Those that were once delivered are among them, as spellings of others; words that the clerk added are not.
    """
    known = delivered()[vocabulary]
    return {word: texts.search_text((word,)) for word in (*known.values, *known.spellings)}

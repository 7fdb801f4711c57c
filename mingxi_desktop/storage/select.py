"""From a `Query` to peewee expressions, the one way records are chosen."""

from __future__ import annotations

import datetime
from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import reduce
from operator import and_, itemgetter, or_
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.query import EMPTY, Query, Range, Wanted
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.storage import derived, in_turn, indexes, searching
from mingxi_desktop.storage.columns import MULTI_MARK, MomentColumn, RefColumn
from mingxi_desktop.storage.gathering import abreast, gathered, joined, listed, numbers
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.share import are_many
from mingxi_desktop.storage.statements import among, blank

SYSTEM_FIELDS = frozenset({"id", "uid", "year", "batch", "created_at", "updated_at", "deleted_at"})
_LOOKED_UP = 16
"""Of so many records at least one has to be chosen, for all to be listed in less time than those chosen are sorted."""


def expression(schema: Schema, kind: Kind, name: str) -> Any:
    """The column or derived expression behind a field name; KeyError if the kind has none."""
    if name in SYSTEM_FIELDS:
        return schema.column(kind.name, name)
    field = kind.field(name)
    if field.type is FieldType.DERIVED:
        return derived.expression(schema, kind.name, name)
    return schema.column(kind.name, name)


def condition(schema: Schema, query: Query, read: Collection[str] = ()) -> Any:
    """The WHERE of a query.  read: the fields that the statement reads of each record, where it could sort by itself.

    They say which way is the shortest: an index that has them all, or the table from front to back.
    """
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    scope: list[Any] = [table.deleted_at.is_null(not query.trash)]
    if query.year is not None:
        scope.append(_in_year(table, kind, query.year))
    covered = bool(read) and is_covered(kind, query, read)
    beside = covered or not _narrow(kind, query)
    chosen: list[Any] = []
    for name, asked in query.where:
        part = wanted(schema, kind, name, asked)
        # Days are where the index of all filters begins: a span of them is a part of it.
        spanned = name == "record_date" and (covered or not read)
        chosen.append(_beside(part) if beside and not spanned else part)
    found = searching.found(schema, kind, query.search, table._meta.fields.__getitem__)
    if _from_front_to_back(query):
        # What few records have is asked first: SQLite takes apart the rest of these alone.
        parts = [*found, *map(_beside, scope), *chosen]
    elif read and not covered and _is_most(schema, kind, query):
        parts = [*map(_beside, scope), *chosen, *found]
    else:
        parts = [*scope, *chosen, *found]
    if query.batch is not None:
        parts.append(table.batch == query.batch)
    if query.ids:
        parts.append(among(table.id, query.ids))
    return reduce(and_, parts)


def is_covered(kind: Kind, query: Query, read: Collection[str] = ()) -> bool:
    """Whether the index of all filters has what a query asks for, its search aside, and what is read besides."""
    names = [name for name in (*read, *(name for name, _ in query.where)) if kind.has(name)]
    return indexes.covers(kind, [name for name in names if kind.field(name).stored])


def _from_front_to_back(query: Query) -> bool:
    """Whether the index of the year would only be a detour.

    A search looks into every record, and by way of an index that takes four times as long; records of a batch and
    of certain ids are found without the year, and those of all years are all there are.
    """
    by_month = any(name == "record_date" for name, _ in query.where)
    searched = bool(query.search) and not by_month
    return searched or query.batch is not None or bool(query.ids) or (query.year is None and not query.trash)


def _is_most(schema: Schema, kind: Kind, query: Query) -> bool:
    """Whether a year without filters is so much of the table that its records are not looked up one by one."""
    if query.year is None or query.trash or query.where or kind.state:
        return False
    table = schema.table[kind.name]
    return are_many(schema, kind, ("year",), lambda: [table.year == blank()], query.year)


def _narrow(kind: Kind, query: Query) -> bool:
    """Whether an index of its own serves the filter; several at once are looked up in the one of all filters."""
    if query.year is None or kind.state or len(query.where) != 1:
        return len(query.where) <= 1
    name, asked = query.where[0]
    if query.search and name != "record_date":
        return False
    return name == "record_date" or (not isinstance(asked, Range) and len(asked) == 1)


def _beside(part: Any) -> Any:
    """The same condition, but no reason for SQLite to choose an index: it takes any two for equally good."""
    return peewee.fn.IFNULL(part, 0)


def unindexed(column: Any) -> Any:
    """The same value, but no reason for SQLite to walk along an index of it; what is computed is in none."""
    if not isinstance(column, peewee.Field):
        return column
    return peewee.NodeList((peewee.SQL("+"), column), glue="").converter(column.python_value)


def order(schema: Schema, query: Query) -> list[Any]:
    """The ORDER BY of a query; newest first unless it says otherwise, day and id break ties."""
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    pairs = query.sort or (("record_date", True),)
    columns: list[Any] = []
    for name, _ in pairs:
        columns.append([sorting(schema, kind, name)])
        if is_grouped(kind, name):
            # Entries of one name, or words that no list ranks, must not mix.
            columns[-1].append(schema.column(kind.name, name))
    descending = pairs[-1][1]
    last = pairs[-1][0]
    by_day = is_grouped(kind, last) or (kind.name, last) in derived.WORDS
    ties = [table.record_date, table.id] if by_day else [table.id]
    ways = [pair[1] for pair in pairs]
    ordered = [_turned(part, way) for parts, way in zip(columns, ways, strict=True) for part in parts]
    return [*ordered, *(_turned(part, descending) for part in ties)]


def _turned(column: Any, descending: bool) -> Any:
    return peewee.Desc(column) if descending else peewee.Asc(column)


def is_grouped(kind: Kind, name: str) -> bool:
    """Whether an index lists the records of a ledger group by group: those of one value together, by day."""
    if kind.parent or kind.state or not kind.has(name):
        return False
    return kind.field(name).type in indexes.GROUPED and indexes.is_listed(kind.field(name))


def ids(schema: Schema, query: Query) -> array[int]:
    """The ids of the records meant, in order."""
    kind = schema.kinds[query.kind]
    name, descending = query.sort[0] if len(query.sort) == 1 else ("", False)
    if _is_among_others(kind, query):
        return _among_others(schema, query)
    if is_grouped(kind, name):
        parts = _group_by_group(schema, query, name)
    elif (kind.name, name) in derived.WORDS:
        parts = _by_word(schema, query, name)
    elif _from_front_to_back(query) and in_turn.is_by_day(query):
        table = schema.table[query.kind]
        chosen = table.select(in_turn.day(schema, query).alias("day"), table.id).where(
            condition(schema, query)
        )
        return in_turn.ids(query, in_turn.by_day(*abreast(schema.database, chosen, ("day", "id"))))
    else:
        # What no index orders SQLite sorts, and reads from front to back where it is most of the table.
        read = (name,) if kind.has(name) and not (name == "record_date" or is_in_order(kind, name)) else ()
        table = schema.table[query.kind]
        chosen = table.select(table.id).where(condition(schema, query, read)).order_by(*order(schema, query))
        return gathered(schema.database, chosen)
    found = joined(parts)
    if descending:
        found.reverse()
    return found


def _is_among_others(kind: Kind, query: Query) -> bool:
    """Whether an index has the order that is asked for, but not by what the records are chosen."""
    name = query.sort[0][0] if len(query.sort) == 1 else ""
    if query.year is None or query.trash or kind.parent or kind.state or in_turn.is_by_day(query):
        return False
    by_itself = {name} if is_grouped(kind, name) else set()
    others = query.search or query.batch is not None or {asked for asked, _ in query.where} - by_itself
    return bool(others) and not query.ids and (is_in_order(kind, name) or is_grouped(kind, name))


def _among_others(schema: Schema, query: Query) -> array[int]:
    """The ids of the records chosen, in the order in which an index has those of the whole year.

    SQLite would look up each record of that index to see whether it is meant, however few are.
    """
    chosen = ids(schema, replace(query, sort=()))
    whole = Query(query.kind, year=query.year, sort=query.sort)
    if len(chosen) * _LOOKED_UP < count(schema, whole):
        table = schema.table[query.kind]
        few = table.select(table.id).where(among(table.id, chosen)).order_by(*order(schema, query))
        return gathered(schema.database, few)
    return in_turn.met(ids(schema, whole), chosen)


def _by_word(schema: Schema, query: Query, name: str) -> list[array[int]]:
    """The ids of the records with each word of a derived field, oldest first, from one walk."""
    table = schema.table[query.kind]
    words = derived.WORDS[query.kind, name]
    shown = derived.place(schema, query.kind, name).alias("shown")
    walked = table.select(table.id, shown).where(condition(schema, query))
    walked = walked.order_by(table.record_date.asc(), table.id.asc()).alias("walked")
    texts = [listed(walked.c.id).filter(walked.c.shown == place) for place in range(len(words))]
    [row] = peewee.Select((walked,), texts).bind(schema.database).tuples()
    return [numbers(text) for text in row]


def _group_by_group(schema: Schema, query: Query, name: str) -> list[array[int]]:
    """The ids of the records with each value of a field, oldest first, in the order of the values.

    One walk along the field's index, in which each group lies by day: a million records sorted by SQLite take five
    times as long.  What also asks for something else is never listed so: see `_among_others`.
    """
    kind, table = schema.kinds[query.kind], schema.table[query.kind]
    if query.year is None or query.trash or query.ids:
        return _told_apart(schema, query, name)
    column, rank = schema.column(kind.name, name), sorting(schema, kind, name)
    plain = rank.cast("INTEGER") if isinstance(rank, RefColumn) else rank
    rows = table.select(plain, listed(table.id)).where(condition(schema, query)).group_by(column)
    groups = [((rank is not None, rank), numbers(text)) for rank, text in rows.order_by(column).tuples()]
    return [part for _, part in sorted(groups, key=itemgetter(0))]


def _told_apart(schema: Schema, query: Query, name: str) -> list[array[int]]:
    """The same from one walk, in the usual order of the records."""
    by_day = replace(query, sort=(("record_date", False),))
    parts = distributed(schema, by_day, {name: schema.column(query.kind, name)})
    if not parts:
        return []
    one_each = Query(query.kind, trash=query.trash, ids=tuple(parts))
    groups = sorted(ranked(schema, one_each, name), key=itemgetter(1))
    return [parts[highest] for _, _, _, highest in groups]


def distributed(schema: Schema, query: Query, keys: Mapping[str, Any]) -> dict[int, array[int]]:
    """The ids of each group of a query's records, in the query's order, by the highest of them.

    keys: the fields that make the groups, with their expressions.
    """
    table = schema.table[query.kind]
    unsorted = _from_front_to_back(query) and in_turn.is_by_day(query)
    apart = [in_turn.day(schema, query)] if unsorted else []
    chosen = table.select(table.id, *keys.values(), *apart).where(condition(schema, query, tuple(keys)))
    rows = schema.database.execute(chosen if unsorted else chosen.order_by(*order(schema, query)))
    parts: dict[Any, array[int]] = {}
    for number, *key in rows:
        values = tuple(key)
        if values not in parts:
            parts[values] = array("q")
        parts[values].append(number)
    if unsorted:
        days: dict[Any, dict[int, array[int]]] = defaultdict(dict)
        for (*key, day), part in parts.items():
            days[tuple(key)][day] = part
        parts = {values: in_turn.ids(query, of_group) for values, of_group in days.items()}
    return {max(part): part for part in parts.values()}


def ranked(schema: Schema, query: Query, name: str) -> list[tuple[Any, tuple[bool, Any], int, int]]:
    """(value of a field, what it sorts by, number of records, the highest id), as the values lie in the index."""
    kind = schema.kinds[query.kind]
    table = schema.table[query.kind]
    column, rank = schema.column(kind.name, name), sorting(schema, kind, name)
    plain = rank.cast("INTEGER") if isinstance(rank, RefColumn) else rank
    told = (column, plain, peewee.fn.COUNT(peewee.SQL("*")), peewee.fn.MAX(table.id))
    rows = table.select(*told).where(condition(schema, query)).group_by(column).order_by(column).tuples()
    return [(value, (rank is not None, rank), number, highest) for value, rank, number, highest in rows]


def count(schema: Schema, query: Query) -> int:
    """How many records are meant; those of whole years are counted once and remembered."""
    if query == Query(query.kind, year=query.year, sort=query.sort):
        known = schema.counted.get((query.kind, query.year))
        if known is None:
            known = schema.counted[query.kind, query.year] = _count(schema, query)
        return known
    return _count(schema, query)


def _count(schema: Schema, query: Query) -> int:
    table = schema.table[query.kind]
    rows = table.select(peewee.fn.COUNT(peewee.SQL("*"))).where(condition(schema, query)).tuples()
    return int(rows[0][0])


def is_in_order(kind: Kind, name: str) -> bool:
    """Whether an index holds the records of a ledger in the order of a field alone."""
    if kind.parent or kind.state or not kind.has(name):
        return False
    return indexes.is_listed(kind.field(name)) and not is_grouped(kind, name)


def _in_year(table: Any, kind: Kind, year: int) -> Any:
    if not kind.state:
        return table.year == year
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return (table.from_date <= last) & (table.to_date.is_null() | (table.to_date >= first))


def wanted(schema: Schema, kind: Kind, name: str, asked: Wanted) -> Any:
    """The condition that a field holds one of several values or lies in a range."""
    if name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI_REF:
        return _linked(schema, kind, kind.field(name), asked)
    column = expression(schema, kind, name)
    if isinstance(asked, Range):
        return _within(column, asked)
    found = derived.is_one_of(schema, kind.name, name, asked)
    if found is not None:
        return found
    filled = [value for value in asked if value is not None and value != EMPTY]
    choices: list[Any] = []
    if len(filled) < len(asked):
        choices.append(column.is_null() | (column == "") if _textual(kind, name) else column.is_null())
    if name not in SYSTEM_FIELDS and kind.field(name).type is FieldType.MULTI:
        choices += [column.contains(f"{MULTI_MARK}{value}{MULTI_MARK}") for value in filled]
    elif filled:
        choices.append(column.in_(filled) if len(filled) > 1 else column == filled[0])
    return reduce(or_, choices) if choices else peewee.SQL("0")


def _textual(kind: Kind, name: str) -> bool:
    return name not in SYSTEM_FIELDS and kind.field(name).type in (FieldType.TEXT, FieldType.CHOICE)


def _within(column: Any, asked: Range) -> Any:
    low, high = asked.low, asked.high
    if low is None and high is None:
        return peewee.SQL("1")
    if (
        isinstance(high, datetime.date)
        and not isinstance(high, datetime.datetime)
        and isinstance(column, MomentColumn)
    ):
        high = datetime.datetime.combine(high, datetime.time(23, 59))
    if low is not None and high is not None:
        return (column >= low) & (column <= high)
    return column >= low if low is not None else column <= high


def _linked(schema: Schema, kind: Kind, field: Field, asked: Any) -> Any:
    link = schema.link
    table = schema.table[kind.name]
    of_field = (link.kind == kind.name) & (link.field == field.name)
    targets = [value for value in asked if value is not None and value != EMPTY]
    choices: list[Any] = []
    if len(targets) < len(asked):
        choices.append(table.id.not_in(link.select(link.record).where(of_field)))
    if targets:
        choices.append(table.id.in_(link.select(link.record).where(of_field & link.target.in_(targets))))
    return reduce(or_, choices) if choices else peewee.SQL("0")


def sorting(schema: Schema, kind: Kind, name: str) -> Any:
    """Areas sort in the order of their list, other entries by name, words as their vocabulary has them."""
    if name in SYSTEM_FIELDS:
        return expression(schema, kind, name)
    field = kind.field(name)
    if field.type is FieldType.CHOICE:
        words = delivered()[field.choices].values
        return peewee.Case(schema.column(kind.name, name), [(word, rank) for rank, word in enumerate(words)])
    if field.type is FieldType.MULTI_REF:
        link = schema.link.alias(f"link_{name}")
        mine = (link.kind == kind.name) & (link.field == name) & (link.record == schema.table[kind.name].id)
        return _entry_name(schema, name, link.select(link.target).where(mine).order_by(link.id).limit(1))
    column = schema.column(kind.name, name) if field.stored else expression(schema, kind, name)
    if is_by_entry(schema, field):
        reference = schema.reference.alias(f"sort_{name}")
        return reference.select(reference.search).where(reference.id == column)
    several = field.type is FieldType.REF and len(field.targets) > 1
    return _entry_name(schema, name, column) if several else column


def is_by_entry(schema: Schema, field: Field) -> bool:
    """Whether a field sorts by the name of the entry that it points to, of one list whose order is not its own."""
    single = field.type is FieldType.REF and len(field.targets) == 1
    return single and field.targets[0] != AREA and field.targets[0] not in schema.kinds


def _entry_name(schema: Schema, name: str, ref: Any) -> Any:
    """What a "list:id" in the file sorts by; records, which have no entry, come first."""
    reference = schema.reference.alias(f"sort_{name}")
    mark = peewee.fn.INSTR(ref, ":")
    number = peewee.fn.SUBSTR(ref, mark + 1).cast("INTEGER")
    listed = peewee.fn.SUBSTR(ref, 1, mark - 1)
    return reference.select(reference.search).where((reference.id == number) & (reference.list == listed))

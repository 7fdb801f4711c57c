"""Records in and out of their tables: load, insert, change, trash.  What they mean is not judged here."""

from __future__ import annotations

import datetime
import json
import secrets
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import peewee

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.domain.records import Record
from mingxi_desktop.domain.show import show
from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage import derived, sqlite
from mingxi_desktop.storage.attachments import Attachments
from mingxi_desktop.storage.incoming import Incoming
from mingxi_desktop.storage.inserting import insert_columns
from mingxi_desktop.storage.journal import DELETE, EDIT, RESTORE, Journal
from mingxi_desktop.storage.remembered import Remembered
from mingxi_desktop.storage.schema import Schema, files_field, link_fields, stored_fields
from mingxi_desktop.storage.search_texts import SearchTexts
from mingxi_desktop.storage.shapes import hash_of_text, loaded, said, said_in_sql, state_hash, stored
from mingxi_desktop.storage.statements import among, listed
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.titles import Titles, titled

_CHUNK = 400
_PART = 2000
"""Records whose states are worked out at a time."""
_UID = 8
"""Bytes of a record's own name."""
_BESIDE = (FieldType.MULTI_REF, FieldType.FILES)
_IDS: Any = object()
"""Stands among the parameters of a statement where the ids come."""
_AS_STORED = (peewee.TextField, peewee.IntegerField, peewee.BigIntegerField, peewee.AutoField)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The statement that reads records of a kind on one day, and what makes Python shapes of its columns."""

    day: datetime.date
    statement: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...]
    shapes: tuple[tuple[str, Callable[[Any], Any]], ...]


class Rows:
    """The records of one ledger file.  Writers go inside `Store.writing()` and a change set."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._schema = store.schema
        self._store = store
        self._journal = journal
        self.titles = Titles(store)
        self.search_texts = SearchTexts(store, self.titles, self.load)
        self.attachments = Attachments(store.schema)
        self._next: dict[str, int] = {}
        self._reading: dict[str, _Reading] = {}
        self._incoming: dict[str, Incoming] = {}
        self._seen = Remembered(store.database)

    def load(self, kind: Kind, ids: Sequence[int], *, shown: bool = True) -> list[Record]:
        """The records of these ids, in this order; ids that do not exist are left out.

        shown: with their values as people read them, too, which takes time.
        """
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(ids), _CHUNK):
            found.update((row["id"], row) for row in self._read(kind, ids[start : start + _CHUNK]))
        beside: dict[int, dict[str, tuple[str, ...]]] = self._links(kind, list(found))
        files = files_field(kind)
        if files is not None:
            for number, attached in self.attachments.of(kind.name, list(found)).items():
                beside.setdefault(number, {})[files.name] = tuple(row.name for row in attached)
        return [
            self._record(kind, found[number], beside.get(number, {}), shown=shown)
            for number in ids
            if number in found
        ]

    def one(self, kind: Kind, number: int) -> Record | None:
        """The record of this id, as people read it too; it is read again only after something has changed."""
        key = kind.name, number, datetime.date.today()
        return self._seen.get(key, lambda: next(iter(self.load(kind, [number])), None))

    def _read(self, kind: Kind, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The rows of these ids as they are in the table, with the derived fields of today."""
        today = datetime.date.today()
        known = self._reading.get(kind.name)
        if known is None or known.day != today:
            known = self._reading[kind.name] = _reading(self._schema, kind, today)
        parameters = [json.dumps(list(ids)) if value is _IDS else value for value in known.parameters]
        for row in self._schema.database.execute_sql(known.statement, parameters).fetchall():
            values = dict(zip(known.names, row, strict=True))
            for name, shape in known.shapes:
                values[name] = shape(values[name])
            yield values

    def each(self, kind: Kind, ids: Sequence[int]) -> Iterator[Record]:
        """The records of many ids, not all in memory at once."""
        for start in range(0, len(ids), _CHUNK):
            yield from self.load(kind, ids[start : start + _CHUNK])

    def insert(
        self, kind: Kind, year: int, values: Mapping[str, Any], change_set: int, batch: int | None
    ) -> int:
        """Store a new record; returns its id."""
        return self.insert_many(kind, [(year, values)], change_set, batch)[0]

    def insert_many(
        self, kind: Kind, items: Iterable[tuple[int, Mapping[str, Any]]], change_set: int, batch: int | None
    ) -> list[int]:
        """Store some new records of one kind; returns their ids in order.  items: (year, values)."""
        taken = list(items)
        records = Abreast.of([values for _, values in taken])
        return self.insert_all(kind, [year for year, _ in taken], records, change_set, batch)

    def insert_all(
        self, kind: Kind, years: Sequence[int], records: Abreast, change_set: int, batch: int | None
    ) -> list[int]:
        """The same for records side by side."""
        at, by, number = now(), self._store.operator, records.number
        ids = self._take_ids(kind, number)
        incoming = self._incoming.get(kind.name)
        if incoming is None:
            incoming = self._incoming[kind.name] = Incoming(kind)
        held, states = incoming.columns(records)
        for field in link_fields(kind):
            for record, targets in zip(ids, records.columns.get(field.name, ()), strict=False):
                if targets:
                    self._write_links(kind.name, field.name, record, targets)
        covered = {
            "uid": _uids(records),
            "year": years,
            "created_at": [at] * number,
            "updated_at": [at] * number,
            "updated_by": [by] * number,
            "search": self.search_texts.of_all(kind, records),
        }
        columns = {"id": ids, **held, "batch": [batch] * number, **covered}
        insert_columns(self._schema.database, kind.name, columns)
        self._store.marks.added(kind.name, ids, covered)
        self._journal.write_added(change_set, by, kind.name, ids, states)
        self._schema.forget_counted()
        return ids

    def change(
        self, kind: Kind, record: Record, year: int, values: Mapping[str, Any], change_set: int
    ) -> dict[str, tuple[Any, Any]]:
        """Store other values of a record; returns field → (before, after), in the form of the file."""
        changes: dict[str, tuple[Any, Any]] = {}
        for field in kind.fields:
            if field.name in values and field.type is not FieldType.DERIVED:
                held, value = record.values.get(field.name), values[field.name]
                if held != value:
                    before, after = stored(field, held), stored(field, value)
                    if before != after:
                        changes[field.name] = (before, after)
        if not changes:
            return {}
        redated = not changes.keys().isdisjoint({kind.date, "record_date"})
        if kind.state or redated:
            self._schema.forget_counted()
        merged = {**record.values, **values}
        linked, files = {field.name for field in link_fields(kind)}, files_field(kind)
        row: dict[str, Any] = {name: after for name, (_, after) in changes.items() if kind.field(name).stored}
        if redated:  # naming a column has SQLite write each index with it anew, whether it changes or not
            row["year"] = year
        row |= {"updated_at": now(), "updated_by": self._store.operator}
        if self.search_texts.depend_on(kind, changes):
            row["search"] = self.search_texts.of(kind, merged)
        sqlite.update_row(self._schema.database, kind.name, record.id, row)
        self._store.marks.touch(kind.name, (record.id,))
        for name in linked & changes.keys():
            self._write_links(kind.name, name, record.id, merged.get(name) or (), fresh=False)
        if files is not None and files.name in changes:
            self.attachments.keep(kind.name, record.id, merged[files.name] or ())
        attached = self._attached(kind, [record.id]) if files is not None and merged.get(files.name) else {}
        state = self._state(kind, merged, attached.get(record.id))
        digest = state_hash(kind, state, deleted=bool(record.deleted_at))
        self._journal.write(change_set, self._store.operator, EDIT, kind.name, record.id, changes, digest)
        if not changes.keys().isdisjoint(kind.title):
            self.titles.clear()
            self.search_texts.refresh(kind.name, record.id)
        return changes

    def children(self, kind: Kind, ids: Sequence[int], *, trash: bool = False) -> dict[str, list[Record]]:
        """The rows of the child tables of these records by child kind, in the order they were added."""
        found: dict[str, list[Record]] = {}
        for child in self._schema.kinds.values():
            if child.parent_kind == kind.name:
                make = partial(self._children, child, trash=trash)
                key, numbers = ("children", child.name, trash), json.dumps(list(ids))
                rows = self._schema.statements.run(key, make, numbers).fetchall()
                found[child.name] = self.load(child, sorted(row[0] for row in rows))
        return found

    def _children(self, child: Kind, *, trash: bool) -> Any:
        table = self._schema.table[child.name]
        of_these = table._meta.fields[child.parent].in_(listed())
        return table.select(table.id).where(of_these & table.deleted_at.is_null(not trash))

    def trashed(self, kind: Kind, ids: Sequence[int]) -> list[int]:
        """Those of the ids that are in the trash."""
        table = self._schema.table[kind.name]
        rows = table.select(table.id).where(among(table.id, ids) & table.deleted_at.is_null(False))
        return [row[0] for row in rows.tuples()]

    def trash(self, kind: Kind, records: Sequence[Record], change_set: int) -> None:
        """Move records to the trash."""
        self._mark(kind, records, change_set, DELETE, now(), self._store.operator)

    def untrash(self, kind: Kind, records: Sequence[Record], change_set: int) -> None:
        """Take records back from the trash."""
        self._mark(kind, records, change_set, RESTORE, None, None)

    def current_states(self, kind: Kind, ids: Sequence[int] | None = None) -> Iterable[tuple[int, bytes]]:
        """(id, state hash) of every record as it lies in the file now, to hold against the history.

        ids: of these only.  SQLite says in JSON what lies in the file, not what a column makes of it.
        """
        table = self._schema.table[kind.name]
        beside = sorted(field.name for field in _beside(kind))
        runs: list[list[str]] = [[] for _ in range(len(beside) + 1)]
        for name in sorted(field.name for field in stored_fields(kind)):
            runs[bisect(beside, name)].append(name)

        def chosen() -> Any:
            query = table.select(table.id, table.deleted_at, *(peewee.SQL(said_in_sql(run)) for run in runs))
            return (query if ids is None else query.where(table.id.in_(listed()))).order_by(table.id)

        given = () if ids is None else (json.dumps(list(ids)),)
        rows = self._schema.statements.run(("states", kind.name, len(given)), chosen, *given)
        while part := rows.fetchmany(_PART):
            numbers, deleted, *columns = zip(*part, strict=True)
            for place, told in enumerate(self._said_beside(kind, beside, numbers), 1):
                columns.insert(2 * place - 1, told)
            for number, at, text in zip(
                numbers, deleted, map("".join, zip(*columns, strict=True)), strict=True
            ):
                yield number, hash_of_text(kind, text[1:], deleted=at is not None)

    def _said_beside(self, kind: Kind, names: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """What the state hash covers of these fields, which lie in other tables, for each record."""
        links, attached = self._links(kind, ids), self._attached(kind, ids)
        for name in names:
            forms = (attached.get(number, {}).get(name) or links.get(number, {}).get(name) for number in ids)
            yield tuple(f",{said(name, form)}" if form else "" for form in forms)

    def forget(self) -> None:
        """After a rollback: ids, titles and lists are read anew."""
        self._next = {}
        self._schema.forget_counted()
        self.titles.clear()

    def title(self, kind: Kind, record: Record) -> str:
        """How a loaded record is named in sentences; as `titles.name`, but without a query and masked."""
        naming, values = self.titles.name, record.values
        return masked(titled(kind, record.id, lambda name: show(kind.field(name), values.get(name), naming)))

    def _mark(
        self,
        kind: Kind,
        records: Sequence[Record],
        change_set: int,
        action: str,
        at: str | None,
        by: str | None,
    ) -> None:
        table = self._schema.table[kind.name]
        self._schema.forget_counted()
        for start in range(0, len(records), _CHUNK):
            part = [record.id for record in records[start : start + _CHUNK]]
            table.update(deleted_at=at, deleted_by=by).where(table.id.in_(part)).execute()
            self._store.marks.touch(kind.name, part)
        attached = self._attached(kind, [record.id for record in records])
        for record in records:
            state = self._state(kind, record.values, attached.get(record.id))
            digest = state_hash(kind, state, deleted=at is not None)
            self._journal.write(change_set, self._store.operator, action, kind.name, record.id, {}, digest)

    def _state(
        self, kind: Kind, values: Mapping[str, Any], attached: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """What the state hash of a record covers, from its values and from `_attached`."""
        fields = (*stored_fields(kind), *link_fields(kind))
        return {field.name: stored(field, values.get(field.name)) for field in fields} | dict(attached or {})

    def _attached(self, kind: Kind, ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
        """Record id → its attachments with their content, as the state hash covers them."""
        files = files_field(kind)
        if files is None:
            return {}
        rows = self.attachments.of(kind.name, ids)
        return {number: {files.name: [row.state for row in found]} for number, found in rows.items()}

    def _record(
        self, kind: Kind, row: Mapping[str, Any], beside: Mapping[str, tuple[str, ...]], *, shown: bool
    ) -> Record:
        """A record from its row and what lies in other tables: links and attachments by field name."""
        values: dict[str, Any] = {
            field.name: beside.get(field.name, ()) if field.type in _BESIDE else row[field.name]
            for field in kind.fields
        }
        naming, fields = self.titles.name, kind.fields if shown else ()
        return Record(
            kind=kind.name,
            id=row["id"],
            uid=row["uid"],
            values=values,
            shown={field.name: show(field, values[field.name], naming) for field in fields},
            batch=row["batch"],
            created_at=row["created_at"],
            updated_at=row["updated_at"],
            updated_by=row["updated_by"],
            deleted_at=row["deleted_at"] or "",
            deleted_by=row["deleted_by"] or "",
        )

    def _links(self, kind: Kind, ids: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
        names = [field.name for field in link_fields(kind)]
        found: dict[int, dict[str, tuple[str, ...]]] = {}
        if not names:
            return found
        link = self._schema.link

        def chosen() -> Any:
            where = (link.kind == kind.name) & link.field.in_(names) & link.record.in_(listed())
            return link.select(link.field, link.record, link.target).where(where).order_by(link.id)

        for name, record, target in self._schema.statements.run(
            ("links", kind.name), chosen, json.dumps(list(ids))
        ):
            of_record = found.setdefault(record, {})
            of_record[name] = (*of_record.get(name, ()), target)
        return found

    def _write_links(
        self, kind: str, field: str, record: int, targets: Sequence[str], *, fresh: bool = True
    ) -> None:
        link = self._schema.link
        if not fresh:
            where = (link.kind == kind) & (link.field == field) & (link.record == record)
            link.delete().where(where).execute()
        rows = [{"kind": kind, "field": field, "record": record, "target": target} for target in targets]
        if rows:
            link.insert_many(rows).execute()

    def _take_ids(self, kind: Kind, number: int) -> list[int]:
        if kind.name not in self._next:
            table = self._schema.table[kind.name]
            self._next[kind.name] = (table.select(peewee.fn.MAX(table.id)).tuples()[0][0] or 0) + 1
        first = self._next[kind.name]
        self._next[kind.name] = first + number
        return list(range(first, first + number))


def _beside(kind: Kind) -> tuple[Field, ...]:
    """The fields whose values lie in other tables."""
    files = files_field(kind)
    return (*link_fields(kind), *((files,) if files is not None else ()))


def _uids(records: Abreast) -> list[str]:
    """What records bring along (from a merged file, out of an export), a new one for each of the others."""
    drawn = secrets.token_hex(_UID * records.number)
    fresh = (drawn[start : start + 2 * _UID] for start in range(0, len(drawn), 2 * _UID))
    return [str(given or new) for given, new in zip(records.column("uid"), fresh, strict=True)]


def _reading(schema: Schema, kind: Kind, day: datetime.date) -> _Reading:
    """Written once: peewee takes longer to write the statement than SQLite to find a record."""
    table = schema.table[kind.name]
    computed = [field.name for field in kind.fields if field.type is FieldType.DERIVED]
    extra = [derived.expression(schema, kind.name, name).alias(name) for name in computed]
    chosen = table.id.in_(peewee.SQL("(SELECT value FROM json_each(?))", (_IDS,)))
    statement, parameters = table.select(table, *extra).where(chosen).sql()
    columns = table._meta.sorted_fields
    names = (*(column.name for column in columns), *computed)
    shapes = tuple((column.name, column.python_value) for column in columns if type(column) not in _AS_STORED)
    return _Reading(day, statement, tuple(parameters), names, shapes)


def restored(kind: Kind, before: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field name in their Python shapes, from those of a history entry."""
    return {name: loaded(kind.field(name), value) for name, value in before.items()}

"""Every change of records: one transaction, one change set with a Chinese sentence, one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Any

from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.domain.records import Changes, Child, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import extensions, prepare
from mingxi_desktop.ledger.checking import Checker
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.ledger.settling import RefusedRow, Settler, refusal
from mingxi_desktop.storage import links, neighbours
from mingxi_desktop.storage.codes import Codes
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.twins import PENDING_CODE

Pairs = list[tuple[str, int]]
_PASSED_ON = frozenset({"record_date", "area", "reporter", "granularity"})
"""What the rows of a child table take from their parent."""


class Writer:
    """Adds, edits, trashes and restores records with their children."""

    def __init__(
        self, store: Store, rows: Rows, journal: Journal, checker: Checker, names: NameFinder
    ) -> None:
        self.store = store
        self.rows = rows
        self.journal = journal
        self.checker = checker
        self.names = names
        self.codes = Codes(store)
        self.settler = Settler(store, checker, names, self.codes, self.parent_values)

    @contextmanager
    def change(self, sentence: str, reverses: int | None = None, *, small: bool = False) -> Iterator[int]:
        """A transaction with its change set; after a fault nothing of it is left, in the file or in memory.

        small: as `Store.writing` has it.
        """
        try:
            with self.store.writing(small=small):
                change_set = self.journal.begin(self.store.operator, sentence, reverses)
                yield change_set
                if reverses is None:  # what is undone is put back as it was
                    extensions.follow(self.store, self.rows, self.journal, change_set)
                self.journal.seal()
        except BaseException:
            self.journal.forget()
            self.rows.forget()
            self.codes.forget()
            self.store.references.forget()
            raise

    def record(self, kind: Kind, number: int) -> Record:
        """One record; UserError when there is none."""
        found = self.rows.one(kind, number)
        if found is None:
            raise UserError(f"没有编号为{number}的{kind.label}", "", f"用 list {kind.name} 查看有哪些记录。")
        return found

    def add(
        self, kind: Kind, values: Mapping[str, Any], children: Mapping[str, Sequence[Child]]
    ) -> tuple[Changes, int]:
        """A new record with its children; (changes, change set)."""
        with self.change(f"新增 {kind.label}", small=True) as change_set:
            number, findings, lists, added = self.insert(kind, values, change_set, None)
            total = Changes("", added=tuple(added), findings=tuple(findings), lists=lists)
            for name, items in children.items():
                total = together(total, self.put_children(kind, number, self._kind(name), items, change_set))
            sentence = masked(f"新增 {kind.label} {self.rows.titles.name(f'{kind.name}:{number}')}")
            self.journal.rename(change_set, sentence)
        return replace(total, sentence=sentence), change_set

    def edit(
        self,
        kind: Kind,
        number: int,
        values: Mapping[str, Any],
        children: Mapping[str, Sequence[Child]],
    ) -> tuple[Changes, int]:
        """Give a record other values and other child rows: (what changed, number of the change set)."""
        (record,) = self.alive(kind, [number])
        sentence = f"修改 {kind.label} {self.rows.title(kind, record)}"
        with self.change(sentence, small=True) as change_set:
            done = [self.update(kind, record, values, change_set)]
            for name, items in children.items():
                done.append(self.put_children(kind, number, self._kind(name), items, change_set))
        return together(Changes(sentence), *done), change_set

    def edit_each(self, kind: Kind, many: Mapping[int, Mapping[str, Any]], doing: str) -> tuple[Changes, int]:
        """Give several records values of their own: (what changed, change set); UserError names which refuses."""
        records = self.alive(kind, list(many))
        sentence = f"{doing} {kind.label} {self._called(kind, records)}"
        with self.change(sentence) as change_set:
            done = []
            for record in records:
                try:
                    done.append(self.update(kind, record, many[record.id], change_set))
                except UserError as error:
                    if len(records) == 1:
                        raise
                    detail = f"{kind.label} {self.rows.title(kind, record)}：{error.detail}"
                    raise UserError(error.title, detail, error.hint, field=error.field) from error
        return together(Changes(sentence), *done), change_set

    def delete(self, kind: Kind, ids: Sequence[int]) -> tuple[Changes, int]:
        """To the trash, children along."""
        records = self.alive(kind, ids)
        sentence = f"删除 {kind.label} {self._called(kind, records)}"
        with self.change(sentence) as change_set:
            removed = self.put_away(kind, records, change_set)
            findings = self._left_pointing(kind, [record.id for record in records])
        return Changes(sentence, removed=tuple(removed), findings=findings), change_set

    def put_away(self, kind: Kind, records: Sequence[Record], change_set: int) -> Pairs:
        """Inside a change: into the trash, if what is left of a child table still holds together."""
        removed = self.trash(kind, records, change_set)
        parents = [str(record.values[kind.parent]) for record in records] if kind.parent else []
        for ref in dict.fromkeys(parents):
            self._refuse(kind, neighbours.check_set(self.store, kind, int(ref.rpartition(":")[2])))
        return removed

    def _left_pointing(self, kind: Kind, ids: Sequence[int]) -> tuple[Finding, ...]:
        """A word on the records that point to what went to the trash."""
        number = links.pointing(self.store, kind, ids)
        if not number:
            return ()
        which = "、".join(f"{self._kind(name).label}{count}条" for name, count in number.items())
        message = f"还有记录引用着删除的内容：{which}；请改一改它们，或把它恢复"
        return (Finding(kind.title[0], message, "warning", "W_POINTED"),)

    def trash(self, kind: Kind, records: Sequence[Record], change_set: int) -> Pairs:
        """Inside a change: records and their children into the trash."""
        self.rows.trash(kind, records, change_set)
        removed: Pairs = [(kind.name, record.id) for record in records]
        for name, items in self.rows.children(kind, [record.id for record in records]).items():
            self.rows.trash(self._kind(name), items, change_set)
            removed += [(name, child.id) for child in items]
        return removed

    def restore(self, kind: Kind, ids: Sequence[int]) -> tuple[Changes, int]:
        """Back from the trash, with the children that went along."""
        records = [self.record(kind, number) for number in dict.fromkeys(ids)]
        for record in records:
            if not record.deleted_at:
                raise UserError(
                    f"这条{kind.label}不在回收站里", f"编号：{record.id}", "它没有被删除，可以直接使用。"
                )
        sentence = f"恢复 {kind.label} {self._called(kind, records)}"
        with self.change(sentence) as change_set:
            added = self.untrash(kind, records, change_set)
        return Changes(sentence, added=tuple(added)), change_set

    def untrash(self, kind: Kind, records: Sequence[Record], change_set: int) -> Pairs:
        """Inside a change: records and the children deleted with them come back; their rules must still hold."""
        added: Pairs = []
        for record in records:
            self._refuse(kind, self.checker.check_return(kind, record))
            along = self.journal.deleted_with(kind.name, record.id)
            self.rows.untrash(kind, [self._as_parent(kind, record, change_set)], change_set)
            added.append((kind.name, record.id))
            for name, items in self.rows.children(kind, [record.id], trash=True).items():
                back = [child for child in items if (name, child.id) in along]
                self.rows.untrash(self._kind(name), back, change_set)
                added += [(name, child.id) for child in back]
        return added

    def insert(
        self,
        kind: Kind,
        values: Mapping[str, Any],
        change_set: int,
        batch: int | None,
        *,
        importing: bool = False,
        in_set: bool = False,
    ) -> tuple[int, list[Finding], tuple[str, ...], Pairs]:
        """Inside a change: one new record; (id, warnings, lists that grew, added pairs).

        in_set: one of several rows written together, whose order is checked when all are there.
        """
        try:
            new = self.settler.settled(kind, [values], importing=importing, in_set=in_set)
        except RefusedRow as refused:
            raise refused.error from refused
        number = self.rows.insert(kind, new.years[0], new.records.row(0), change_set, batch)
        return number, new.findings, new.lists, [(kind.name, number)]

    def with_code(self, kind: Kind, full: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values by field, where a required automatic code does not count as missing."""
        if kind.code_field and not full.get(kind.code_field):
            return {**full, kind.code_field: PENDING_CODE}
        return full

    def update(
        self,
        kind: Kind,
        record: Record,
        values: Mapping[str, Any],
        change_set: int,
        *,
        importing: bool = False,
        in_set: bool = False,
    ) -> Changes:
        """Inside a change: other values of one record, checked, its children's inherited fields along."""
        prepare.check_names(kind, values)
        own = {
            name: value for name, value in values.items() if kind.has(name) and not kind.field(name).inherited
        }
        own = prepare.follow(kind, record.values, own)
        merged = {**record.values, **own}
        merged = prepare.complete(self.store, kind, merged, self.parent_values(kind, merged))
        prepare.resolve_records(kind, merged, self.names)
        findings = self.checker.check(kind, merged, record, importing=importing, in_set=in_set)
        self._refuse(kind, findings)
        lists = prepare.add_names(self.store, kind, merged)
        if kind.code_field and own.get(kind.code_field):
            self.codes.saw(kind, year_of(kind, merged), own[kind.code_field])
        changes = self.rows.change(kind, record, year_of(kind, merged), merged, change_set)
        changed: Pairs = [(kind.name, record.id)] if changes else []
        if not changes.keys().isdisjoint(_PASSED_ON):
            changed += self._pass_on(kind, record.id, merged, change_set)
        return Changes(
            "", changed=tuple(changed), fields=tuple(changes), findings=tuple(findings), lists=lists
        )

    def _as_parent(self, kind: Kind, record: Record, change_set: int) -> Record:
        """A row of a child table in the trash with what it takes from its parent, which may have changed since."""
        parent = self.parent_values(kind, record.values)
        if parent is None:
            return record
        taken = {field.name: parent.get(field.name) for field in kind.fields if field.inherited}
        values = {**record.values, **taken}
        self.rows.change(kind, record, year_of(kind, values), taken, change_set)
        return replace(record, values=values)

    def _pass_on(self, kind: Kind, number: int, values: Mapping[str, Any], change_set: int) -> Pairs:
        """What children take from their parent follows it."""
        changed: Pairs = []
        for name, items in self.rows.children(kind, [number]).items():
            child_kind = self._kind(name)
            taken = {field.name: values.get(field.name) for field in child_kind.fields if field.inherited}
            for child in items:
                merged = {**child.values, **taken}
                if self.rows.change(child_kind, child, year_of(child_kind, merged), taken, change_set):
                    changed.append((name, child.id))
        return changed

    def put_children(
        self,
        kind: Kind,
        number: int,
        child_kind: Kind,
        items: Sequence[Child],
        change_set: int,
        batch: int | None = None,
    ) -> Changes:
        """Inside a change: these are the rows of a record's child table from now on.

        Rows are added, changed, and those left out trashed.  batch: the import that brings them.
        """
        total = Changes("")
        there = {record.id: record for record in self.rows.children(kind, [number])[child_kind.name]}
        kept = {item.id for item in items if item.id is not None}
        gone = [record for record in there.values() if record.id not in kept]
        total = together(total, Changes("", removed=tuple(self.trash(child_kind, gone, change_set))))
        for line, item in enumerate(items, 1):
            values = {**item.values, child_kind.parent: f"{kind.name}:{number}"}
            try:
                one = self._child(child_kind, there, item.id, values, change_set, batch)
            except UserError as error:
                detail = f"“{child_kind.label}”第{line}行，{error.detail}"
                raise UserError(error.title, detail, error.hint, field=error.field) from error
            total = together(total, replace(one, fields=()))
        self._refuse(child_kind, neighbours.check_set(self.store, child_kind, number))
        return total

    def _child(
        self,
        kind: Kind,
        there: Mapping[int, Record],
        number: int | None,
        values: Mapping[str, Any],
        change_set: int,
        batch: int | None,
    ) -> Changes:
        """One row of a child table: new, or one of those that are there."""
        importing = batch is not None
        if number is None:
            _, findings, lists, added = self.insert(
                kind, values, change_set, batch, importing=importing, in_set=True
            )
            return Changes("", added=tuple(added), findings=tuple(findings), lists=lists)
        if number not in there:
            raise UserError("这一行已经不在了，没有保存", f"编号：{number}", "重新打开这条记录后再改。")
        return self.update(kind, there[number], values, change_set, importing=importing, in_set=True)

    def check_new(self, kind: Kind, many: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """What is wrong with records that an import would add, a list for each of them."""
        return self.settler.check(kind, many)

    def parent_values(self, kind: Kind, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """By field name the values of the parent that a child's values point to; None when there is none."""
        if not kind.parent:
            return None
        ref = values.get(kind.parent)
        if not isinstance(ref, str):
            found = self.names.find(kind.field(kind.parent), ref.name) if ref is not None else None
            if found is None:
                return None
            ref = found
        parents = self.rows.load(self._kind(kind.parent_kind), [int(ref.rpartition(":")[2])])
        return parents[0].values if parents else None

    def alive(self, kind: Kind, ids: Sequence[int]) -> list[Record]:
        """The records of these ids, each once; UserError where one is missing or in the trash."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) == 1:
            records = [self.record(kind, wanted[0])]  # mostly the one in the form, which has just been read
        else:
            records = self.rows.load(kind, wanted, shown=False)
        if len(records) < len(wanted):
            there = {record.id for record in records}
            self.record(kind, next(number for number in wanted if number not in there))
        for record in records:
            if record.deleted_at:
                raise UserError(
                    f"这条{kind.label}在回收站里", f"编号：{record.id}", "先从回收站恢复，再修改。"
                )
        return records

    def _called(self, kind: Kind, records: Sequence[Record]) -> str:
        """The one record by its title, several by their number."""
        return self.rows.title(kind, records[0]) if len(records) == 1 else f"{len(records)} 条"

    def _refuse(self, kind: Kind, findings: Sequence[Finding]) -> None:
        error = refusal(kind, findings)
        if error is not None:
            raise error

    def _kind(self, name: str) -> Kind:
        return self.store.schema.kinds[name]


def together(first: Changes, *more: Changes) -> Changes:
    """What several changes did, under the first one's sentence."""
    done = first, *more
    return replace(
        first,
        added=tuple(chain.from_iterable(one.added for one in done)),
        changed=tuple(chain.from_iterable(one.changed for one in done)),
        removed=tuple(chain.from_iterable(one.removed for one in done)),
        fields=tuple(dict.fromkeys(chain.from_iterable(one.fields for one in done))),
        findings=tuple(chain.from_iterable(one.findings for one in done)),
        lists=tuple(dict.fromkeys(chain.from_iterable(one.lists for one in done))),
    )

"""Every change of records: one transaction, one change set with a Chinese sentence, one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Child, Record, now
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import prepare
from mingxi_desktop.ledger.checking import Checker
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage import neighbours, select
from mingxi_desktop.storage.codes import Codes
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store

Pairs = list[tuple[str, int]]


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

    @contextmanager
    def change(self, sentence: str, reverses: int | None = None) -> Iterator[int]:
        """A transaction with its change set; after a fault nothing of it is left, in the file or in memory."""
        try:
            with self.store.writing():
                change_set = self.journal.begin(self.store.operator, sentence, reverses)
                yield change_set
                self.journal.seal()
        except BaseException:
            self.journal.forget()
            self.rows.forget()
            self.codes.forget()
            self.store.references.forget()
            raise

    def children_of(self, kind: Kind, number: int, *, trash: bool = False) -> dict[str, list[Record]]:
        """The records of its child tables by kind name, oldest first."""
        found = {}
        for child in self.store.schema.kinds.values():
            if child.parent_kind == kind.name:
                query = Query(
                    child.name,
                    where=((child.parent, (f"{kind.name}:{number}",)),),
                    sort=(("id", False),),
                    trash=trash,
                )
                found[child.name] = self.rows.load(child, select.ids(self.store.schema, query))
        return found

    def record(self, kind: Kind, number: int) -> Record:
        """One record; UserError when there is none."""
        found = self.rows.load(kind, [number])
        if not found:
            raise UserError(f"没有编号为{number}的{kind.label}", "", f"用 list {kind.name} 查看有哪些记录。")
        return found[0]

    def add(
        self, kind: Kind, values: Mapping[str, Any], children: Mapping[str, Sequence[Child]]
    ) -> tuple[Changes, int]:
        """A new record with its children; (changes, change set)."""
        with self.change(f"新增 {kind.label}") as change_set:
            number, findings, lists, added = self.insert(kind, values, change_set, None)
            for name, items in children.items():
                added += self._children(kind, number, self._kind(name), items, change_set, Changes("")).added
            title = self.rows.titles.name(f"{kind.name}:{number}")
            self.journal.rename(change_set, f"新增 {kind.label} {title}")
        changes = Changes(
            f"新增 {kind.label} {title}", added=tuple(added), findings=tuple(findings), lists=lists
        )
        return changes, change_set

    def edit(
        self,
        kind: Kind,
        ids: Sequence[int],
        values: Mapping[str, Any],
        children: Mapping[str, Sequence[Child]] | None,
    ) -> tuple[Changes, int]:
        """Other values for one or several records; children (of one record) replace those there are."""
        records = [self._alive(kind, number) for number in ids]
        title = self.rows.titles.name(f"{kind.name}:{ids[0]}") if len(ids) == 1 else f"{len(ids)} 条"
        with self.change(f"修改 {kind.label} {title}") as change_set:
            changed: Pairs = []
            fields: list[str] = []
            findings: list[Finding] = []
            total = Changes("")
            for record in records:
                one = self.update(kind, record, values, change_set)
                findings += one.findings
                fields += one.fields
                changed += one.changed
            if children is not None:
                for name, items in children.items():
                    total = self._children(kind, ids[0], self._kind(name), items, change_set, total)
        changes = Changes(
            f"修改 {kind.label} {title}",
            added=total.added,
            changed=(*changed, *total.changed),
            removed=total.removed,
            fields=tuple(dict.fromkeys(fields)),
            findings=tuple(findings),
        )
        return changes, change_set

    def delete(self, kind: Kind, ids: Sequence[int]) -> tuple[Changes, int]:
        """To the trash, children along."""
        records = [self._alive(kind, number) for number in ids]
        title = self.rows.titles.name(f"{kind.name}:{ids[0]}") if len(ids) == 1 else f"{len(ids)} 条"
        with self.change(f"删除 {kind.label} {title}") as change_set:
            removed = self.trash(kind, records, change_set)
        return Changes(f"删除 {kind.label} {title}", removed=tuple(removed)), change_set

    def trash(self, kind: Kind, records: Sequence[Record], change_set: int) -> Pairs:
        """Inside a change: records and their children into the trash."""
        at = now()
        removed: Pairs = []
        for record in records:
            self.rows.trash(kind, record, change_set, at)
            removed.append((kind.name, record.id))
            for name, items in self.children_of(kind, record.id).items():
                for child in items:
                    self.rows.trash(self._kind(name), child, change_set, at)
                    removed.append((name, child.id))
        return removed

    def restore(self, kind: Kind, ids: Sequence[int]) -> tuple[Changes, int]:
        """Back from the trash, with the children that went along."""
        records = [self.record(kind, number) for number in ids]
        for record in records:
            if not record.deleted_at:
                raise UserError(
                    f"这条{kind.label}不在回收站里", f"编号：{record.id}", "它没有被删除，可以直接使用。"
                )
        title = f"{len(ids)} 条" if len(ids) > 1 else f"#{ids[0]}"
        with self.change(f"恢复 {kind.label} {title}") as change_set:
            added = self.untrash(kind, records, change_set)
        return Changes(f"恢复 {kind.label} {title}", added=tuple(added)), change_set

    def untrash(self, kind: Kind, records: Sequence[Record], change_set: int) -> Pairs:
        """Inside a change: records and the children deleted with them come back; their rules must still hold."""
        added: Pairs = []
        for record in records:
            self._refuse(kind, self.checker.check(kind, record.values, record))
            self.rows.untrash(kind, record, change_set)
            added.append((kind.name, record.id))
            for name, items in self.children_of(kind, record.id, trash=True).items():
                for child in items:
                    if child.deleted_at == record.deleted_at:
                        self.rows.untrash(self._kind(name), child, change_set)
                        added.append((name, child.id))
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
        full, findings, lists = self.settled(kind, values, importing=importing, in_set=in_set)
        number = self.rows.insert(kind, year_of(kind, full), full, change_set, batch)
        return number, findings, lists, [(kind.name, number)]

    def settled(
        self, kind: Kind, values: Mapping[str, Any], *, importing: bool = False, in_set: bool = False
    ) -> tuple[dict[str, Any], list[Finding], tuple[str, ...]]:
        """Inside a change: (values ready to store, warnings, lists that grew); UserError when refused."""
        full = prepare.complete(self.store, kind, values, self.parent_values(kind, values))
        prepare.resolve_records(self.store, kind, full, self.names)
        findings = self.checker.check(kind, self.with_code(kind, full), importing=importing, in_set=in_set)
        self._refuse(kind, findings)
        if kind.code_field and not full.get(kind.code_field):
            full[kind.code_field] = self.codes.next(kind, year_of(kind, full))
        lists = prepare.add_names(self.store, kind, full)
        return full, findings, lists

    def with_code(self, kind: Kind, full: Mapping[str, Any]) -> Mapping[str, Any]:
        """A required automatic code does not count as missing."""
        if kind.code_field and not full.get(kind.code_field):
            return {**full, kind.code_field: "-"}
        return full

    def update(
        self, kind: Kind, record: Record, values: Mapping[str, Any], change_set: int, *, in_set: bool = False
    ) -> Changes:
        """Inside a change: other values of one record, checked, its children's inherited fields along."""
        own = {
            name: value for name, value in values.items() if kind.has(name) and not kind.field(name).inherited
        }
        merged = prepare.complete(
            self.store, kind, {**record.values, **own}, self.parent_values(kind, {**record.values, **own})
        )
        prepare.resolve_records(self.store, kind, merged, self.names)
        findings = self.checker.check(kind, merged, record, in_set=in_set)
        self._refuse(kind, findings)
        lists = prepare.add_names(self.store, kind, merged)
        changes = self.rows.change(kind, record, year_of(kind, merged), merged, change_set)
        changed: Pairs = [(kind.name, record.id)] if changes else []
        if changes:
            changed += self._pass_on(kind, record.id, merged, change_set)
        return Changes(
            "", changed=tuple(changed), fields=tuple(changes), findings=tuple(findings), lists=lists
        )

    def _pass_on(self, kind: Kind, number: int, values: Mapping[str, Any], change_set: int) -> Pairs:
        """What children take from their parent follows it."""
        changed: Pairs = []
        for name, items in self.children_of(kind, number).items():
            child_kind = self._kind(name)
            taken = {field.name: values.get(field.name) for field in child_kind.fields if field.inherited}
            for child in items:
                merged = {**child.values, **taken}
                if self.rows.change(child_kind, child, year_of(child_kind, merged), taken, change_set):
                    changed.append((name, child.id))
        return changed

    def _children(
        self,
        kind: Kind,
        number: int,
        child_kind: Kind,
        items: Sequence[Child],
        change_set: int,
        total: Changes,
    ) -> Changes:
        """The rows of one child table as the form has them: added, changed, and those left out trashed."""
        there = {record.id: record for record in self.children_of(kind, number)[child_kind.name]}
        added, changed, removed = list(total.added), list(total.changed), list(total.removed)
        kept = {item.id for item in items if item.id is not None}
        gone = [record for record in there.values() if record.id not in kept]
        removed += self.trash(child_kind, gone, change_set)
        for item in items:
            values = {**item.values, child_kind.parent: f"{kind.name}:{number}"}
            if item.id is None:
                added += self.insert(child_kind, values, change_set, None, in_set=True)[3]
            elif item.id in there:
                changed += self.update(child_kind, there[item.id], values, change_set, in_set=True).changed
        self._refuse(child_kind, neighbours.check_set(self.store, child_kind, number))
        return Changes("", added=tuple(added), changed=tuple(changed), removed=tuple(removed))

    def parent_values(self, kind: Kind, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The values of the parent a child's values point to; None when there is none."""
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

    def _alive(self, kind: Kind, number: int) -> Record:
        record = self.record(kind, number)
        if record.deleted_at:
            raise UserError(f"这条{kind.label}在回收站里", f"编号：{number}", "先从回收站恢复，再修改。")
        return record

    def _refuse(self, kind: Kind, findings: Sequence[Finding]) -> None:
        errors = [item for item in findings if item.severity == "error"]
        if errors:
            first = errors[0]
            label = kind.field(first.field).label
            more = "；".join(f"{kind.field(item.field).label}：{item.message}" for item in errors[1:])
            detail = f"{kind.label}“{label}”" + (f"。另外：{more}" if more else "")
            raise UserError(first.message, detail, "改正后再保存，已填的内容都还在。", field=first.field)

    def _kind(self, name: str) -> Kind:
        return self.store.schema.kinds[name]

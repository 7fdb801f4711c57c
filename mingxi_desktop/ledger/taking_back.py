"""Taking an import back, weeks later if need be: what it added goes, what it changed gets its old values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Batch, Changes, Record, Reversal
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage.batches import Batches
from mingxi_desktop.storage.journal import ADD, DELETE, EDIT
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import restored

_RUN = 2_000
"""Records taken back together."""
_GONE = "已经在回收站里"

Pair = tuple[str, int]
"""Kind and id of a record."""


@dataclass(slots=True)
class _Brought:
    """What a batch did.  entries: of records it changed or moved to the trash, oldest first."""

    batch: Batch
    change_set: int
    added: dict[str, list[int]]
    entries: list[dict[str, Any]]
    reasons: dict[Pair, str] = field(default_factory=dict)
    failed: dict[Pair, str] = field(default_factory=dict)

    def touched(self) -> dict[str, list[int]]:
        """The records by kind: those added, and those changed or moved to the trash."""
        found = {kind: list(ids) for kind, ids in self.added.items()}
        for entry in self.entries:
            found.setdefault(entry["kind"], []).append(entry["record"])
        return {kind: list(dict.fromkeys(ids)) for kind, ids in found.items()}

    def stays(self, pair: Pair) -> bool:
        """Whether a record is left as it is."""
        return pair in self.reasons or pair in self.failed


class TakingBack:
    """Takes batches of one ledger back."""

    def __init__(self, writer: Writer, batches: Batches) -> None:
        self._writer = writer
        self._batches = batches

    def take_back(self, batch: int) -> tuple[Reversal, int]:
        """(what was done and what was not, change set).  UserError when there is nothing to take back."""
        found = self._batches.get(batch)
        if found is None:
            raise UserError(f"没有编号为{batch}的导入批次", "", "用 batches 查看有哪些批次。")
        if found.state != "active":
            raise UserError("这次导入已经撤销过了", found.sentence, "不用再撤销。")
        change_set = self._batches.change_set(batch)
        entries = self._writer.journal.of_set(change_set, (EDIT, DELETE))
        brought = _Brought(found, change_set, self._batches.records(batch), entries)
        self._find_reasons(brought)
        sentence = f"撤销导入 {found.sentence}"
        with self._writer.change(sentence, reverses=change_set) as number:
            removed = self._trash_added(brought, number)
            added, changed = self._put_back(brought, number)
            self._batches.set_state(batch, "reversed")
        kept = tuple((*pair, reason) for pair, reason in brought.reasons.items())
        failed = tuple((*pair, reason) for pair, reason in brought.failed.items())
        changes = Changes(sentence, tuple(added), tuple(changed), tuple(removed), batch=batch)
        return Reversal((*removed, *changed, *added), kept, failed, changes), number

    def _trash_added(self, brought: _Brought, change_set: int) -> Pairs:
        done: Pairs = []
        for kind_name, ids in brought.added.items():
            kind = self._kind(kind_name)
            for start in range(0, len(ids), _RUN):
                part = [i for i in ids[start : start + _RUN] if not brought.stays((kind_name, i))]
                self._writer.rows.trash(kind, self._writer.rows.load(kind, part, shown=False), change_set)
                done += [(kind_name, i) for i in part]
        return done

    def _put_back(self, brought: _Brought, change_set: int) -> tuple[Pairs, Pairs]:
        """(records back from the trash, records with their old values)."""
        added: dict[Pair, None] = {}
        changed: dict[Pair, None] = {}
        for entry in reversed(brought.entries):
            pair = entry["kind"], entry["record"]
            if brought.stays(pair):
                continue
            kind = self._kind(entry["kind"])
            (record,) = self._writer.rows.load(kind, [entry["record"]])
            if entry["action"] == EDIT:
                values = _before(kind, entry)
                year = year_of(kind, {**record.values, **values})
                self._writer.rows.change(kind, record, year, values, change_set)
                changed[pair] = None
            elif record.deleted_at:
                self._writer.rows.untrash(kind, [record], change_set)
                added[pair] = None
        return list(added), list(changed)

    # why a record stays

    def _find_reasons(self, brought: _Brought) -> None:
        """A record and the rows of its child tables go or stay together."""
        touched = brought.touched()
        self._later(brought, touched)
        self._impossible(brought)
        self._together(brought, touched)

    def _later(self, brought: _Brought, touched: Mapping[str, Sequence[int]]) -> None:
        """What happened to the records since: edited, deleted, or given rows of a child table."""
        deleted = {(entry["kind"], entry["record"]) for entry in brought.entries if entry["action"] == DELETE}
        edited = {(entry["kind"], entry["record"]) for entry in brought.entries if entry["action"] == EDIT}
        for kind_name, ids in touched.items():
            kind = self._kind(kind_name)
            for number, reason in self._edits(kind, brought.change_set, ids).items():
                brought.reasons[kind_name, number] = reason
            for start in range(0, len(ids), _RUN):
                self._new_children(kind, ids[start : start + _RUN], brought)
            there = {record.id for record in self._there(kind, [i for i in ids if (kind_name, i) in edited])}
            trashed = set(self._writer.rows.trashed(kind, ids))
            for number in ids:
                pair = kind_name, number
                if pair in deleted:
                    if number not in trashed:
                        brought.reasons[pair] = "导入后已经从回收站恢复，保留"
                elif pair in edited and number not in there:
                    brought.failed[pair] = f"{_GONE}，没有放回原来的值；要放回请先恢复它，再直接修改"
                    brought.reasons.pop(pair, None)
                elif number in trashed:
                    brought.reasons[pair] = _GONE

    def _there(self, kind: Kind, ids: Sequence[int]) -> list[Record]:
        return [record for record in self._writer.rows.load(kind, ids) if not record.deleted_at]

    def _edits(self, kind: Kind, change_set: int, ids: Sequence[int]) -> dict[int, str]:
        """Record → who edited it since and what, but for edits that were undone again."""
        by_record: dict[int, list[dict[str, Any]]] = {}
        own: dict[int, bool] = {}
        for entry in self._writer.journal.since(kind.name, change_set, ids):
            number = entry["change_set"]
            if number not in own:
                own[number] = self._writer.journal.root(number)[0] == change_set
            if entry["action"] == EDIT and not own[number]:
                by_record.setdefault(entry["record"], []).append(entry)
        found = {}
        for record, entries in by_record.items():
            names = _changed(entries)
            if names:
                last = next(entry for entry in reversed(entries) if not names.isdisjoint(entry["changes"]))
                found[record] = self._said(kind, last, names)
        return found

    def _said(self, kind: Kind, entry: Mapping[str, Any], names: Iterable[str]) -> str:
        told = [field.label for field in kind.fields if field.name in names and field.name != "source_ref"]
        fields = "、".join(told) or "来源"
        batch = self._batches.of_set(self._writer.journal.root(entry["change_set"])[0])
        if batch is not None:
            return f"又被导入批次{batch}在{entry['at']}改过（{fields}），保留；要撤销请先撤销批次{batch}"
        return f"导入后由{entry['by']}在{entry['at']}改过（{fields}），保留"

    def _new_children(self, kind: Kind, ids: Sequence[int], brought: _Brought) -> None:
        for name, children in self._writer.rows.children(kind, ids).items():
            numbers = [child.id for child in children]
            if not numbers:
                continue
            later = {
                entry["record"]
                for entry in self._writer.journal.since(name, brought.change_set, numbers)
                if entry["action"] == ADD
            }
            for child in children:
                if child.id in later:
                    owner = kind.name, _owner(self._kind(name), child)
                    brought.reasons.setdefault(owner, f"导入后加了{self._kind(name).label}，保留")

    def _impossible(self, brought: _Brought) -> None:
        """Old values that the ledger no longer allows: their code was given to another record, and the like."""
        values: dict[Pair, dict[str, Any]] = {}
        for entry in reversed(brought.entries):
            pair = entry["kind"], entry["record"]
            if entry["action"] == EDIT and not brought.stays(pair):
                values.setdefault(pair, {}).update(_before(self._kind(pair[0]), entry))
        for (kind_name, number), before in values.items():
            kind = self._kind(kind_name)
            (record,) = self._writer.rows.load(kind, [number])
            full = {**record.values, **before}
            findings = self._writer.checker.check(
                kind, full, record, importing=True, in_set=bool(kind.parent)
            )
            wrong = [finding for finding in findings if finding.severity == "error"]
            if wrong:
                brought.failed[kind_name, number] = f"不能放回原来的值：{wrong[0].message}"

    def _together(self, brought: _Brought, touched: Mapping[str, Sequence[int]]) -> None:
        owners: dict[Pair, list[Pair]] = {}
        for kind_name, ids in touched.items():
            kind = self._kind(kind_name)
            if not kind.parent:
                continue
            known = set(touched.get(kind.parent_kind, ()))
            for start in range(0, len(ids), _RUN):
                for child in self._writer.rows.load(kind, ids[start : start + _RUN]):
                    owner = _owner(kind, child)
                    if owner in known:
                        owners.setdefault((kind.parent_kind, owner), []).append((kind_name, child.id))
        for owner_pair, children in owners.items():
            self._one_family(brought, owner_pair, children)

    def _one_family(self, brought: _Brought, owner: Pair, children: Sequence[Pair]) -> None:
        for pair in children:
            reason = brought.failed.get(pair) or brought.reasons.get(pair, _GONE)
            if reason != _GONE and not brought.stays(owner):
                into = brought.failed if pair in brought.failed else brought.reasons
                into[owner] = f"{self._kind(pair[0]).label}#{pair[1]}{reason}"
        if brought.stays(owner) and brought.reasons.get(owner) != _GONE:
            for pair in children:
                if owner in brought.failed:
                    if pair not in brought.reasons:
                        brought.failed.setdefault(pair, "所属的记录没有撤成")
                elif not brought.stays(pair):
                    brought.reasons[pair] = "所属的记录保留"

    def _kind(self, name: str) -> Kind:
        return self._writer.store.schema.kinds[name]


def _before(kind: Kind, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a record had before an entry, in Python values."""
    return restored(kind, {name: pair[0] for name, pair in entry["changes"].items() if kind.has(name)})


def _changed(entries: Sequence[Mapping[str, Any]]) -> set[str]:
    """The fields that several edits, taken together, left with another value."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for entry in entries:
        for name, (before, after) in entry["changes"].items():
            first.setdefault(name, before)
            last[name] = after
    return {name for name, before in first.items() if before != last[name]}


def _owner(kind: Kind, child: Record) -> int:
    return int(str(child.values[kind.parent]).rpartition(":")[2])

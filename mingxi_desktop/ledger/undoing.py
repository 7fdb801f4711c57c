"""Undo, redo and taking an import back: always as new changes, the history itself is never touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes, Record, Reversal
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage.batches import Batches
from mingxi_desktop.storage.journal import ADD, DELETE, EDIT, RESTORE
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import restored
from mingxi_desktop.storage.shapes import stored


class Undoer:
    """Keeps what this session did, and reverses it."""

    def __init__(self, writer: Writer, batches: Batches) -> None:
        self._writer = writer
        self._batches = batches
        self._done: list[tuple[int, str]] = []
        self._undone: list[tuple[int, str]] = []

    def note(self, change_set: int, sentence: str) -> None:
        """A change the user made; what was undone before can no longer be redone."""
        self._done.append((change_set, sentence))
        self._undone.clear()

    @property
    def undo_sentence(self) -> str:
        """What undo would take back; "" when there is nothing."""
        return self._done[-1][1] if self._done else ""

    @property
    def redo_sentence(self) -> str:
        """What redo would do again; "" when there is nothing."""
        return self._undone[-1][1] if self._undone else ""

    def undo(self) -> Changes | None:
        """Take the last change back; None when there is nothing."""
        return self._move(self._done, self._undone, "撤消")

    def redo(self) -> Changes | None:
        """Do again what was undone last; None when there is nothing."""
        return self._move(self._undone, self._done, "重做")

    def _move(
        self, source: list[tuple[int, str]], target: list[tuple[int, str]], verb: str
    ) -> Changes | None:
        if not source:
            return None
        change_set, sentence = source[-1]
        changes, reversal = self._reverse(change_set, f"{verb} {sentence}")
        source.pop()
        target.append((reversal, sentence))
        return changes

    def _reverse(self, change_set: int, sentence: str) -> tuple[Changes, int]:
        """Undo every entry of a change set, last first, in one transaction."""
        added: Pairs = []
        changed: Pairs = []
        removed: Pairs = []
        entries = self._writer.journal.of_set(change_set)
        with self._writer.change(sentence, reverses=change_set) as number:
            at = ""
            for entry in reversed(entries):
                kind = self._kind(entry["kind"])
                record = self._writer.record(kind, entry["record"])
                at = at or record.updated_at
                pair = (kind.name, record.id)
                if entry["action"] == EDIT:
                    self._put_back(kind, record, entry["changes"], number)
                    changed.append(pair)
                elif entry["action"] in (ADD, RESTORE):
                    if not record.deleted_at:
                        self._writer.rows.trash(kind, record, number, f"{number}")
                        removed.append(pair)
                elif entry["action"] == DELETE and record.deleted_at:
                    self._writer.rows.untrash(kind, record, number)
                    added.append(pair)
            self._batches.reopen_or_close(change_set, entries)
        return Changes(sentence, added=tuple(added), changed=tuple(changed), removed=tuple(removed)), number

    def _put_back(self, kind: Kind, record: Record, changes: dict[str, Sequence[Any]], number: int) -> None:
        for name, (_, after) in changes.items():
            if stored(kind.field(name), record.values.get(name)) != after:
                title = self._writer.rows.titles.name(f"{kind.name}:{record.id}")
                raise UserError(
                    "不能撤消：这条记录后来又改过",
                    f"{kind.label} {title}，{kind.field(name).label}",
                    "请直接修改这条记录。",
                )
        before = restored(kind, {name: values[0] for name, values in changes.items()})
        year = year_of(kind, {**record.values, **before})
        self._writer.rows.change(kind, record, year, before, number)

    def undo_import(self, batch: int) -> Reversal:
        """Take a batch back: each of its records, unless it was edited since."""
        found = self._batches.get(batch)
        if found is None:
            raise UserError(f"没有编号为{batch}的导入批次", "", "用 batches 查看有哪些批次。")
        if found.state != "active":
            raise UserError("这次导入已经撤销过了", found.sentence, "不用再撤销。")
        done: Pairs = []
        kept: list[tuple[str, int, str]] = []
        with self._writer.change(f"撤销导入 {found.sentence}") as number:
            for kind_name, record_ids in self._batches.records(batch).items():
                kind = self._kind(kind_name)
                for record in self._writer.rows.load(kind, record_ids):
                    reason = self._reason_to_keep(kind, record, self._batches.change_set(batch))
                    if reason:
                        kept.append((kind_name, record.id, reason))
                    else:
                        self._writer.rows.trash(kind, record, number, f"批次{batch}")
                        done.append((kind_name, record.id))
            self._batches.set_state(batch, "reversed")
        changes = Changes(f"撤销导入 {found.sentence}", removed=tuple(done), batch=batch)
        return Reversal(tuple(done), tuple(kept), (), changes)

    def _reason_to_keep(self, kind: Kind, record: Record, change_set: int) -> str:
        if record.deleted_at:
            return "已经在回收站里"
        later = [
            entry
            for entry in self._writer.journal.of_record(kind.name, record.id)
            if entry["change_set"] != change_set and entry["action"] == EDIT
        ]
        if later:
            fields = "、".join(kind.field(name).label for name in later[-1]["changes"])
            return f"导入后由{later[-1]['by']}在{later[-1]['at']}改过（{fields}），保留"
        return ""

    def _kind(self, name: str) -> Kind:
        return self._writer.store.schema.kinds[name]

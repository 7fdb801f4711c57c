"""Undo and redo: always as new changes, the history itself is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes, Record, Reversal
from mingxi_desktop.domain.references import KEPT, LABELS
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.taking_back import TakingBack
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage import acceptances, definitions, notes, zero_reports
from mingxi_desktop.storage import entries as lists
from mingxi_desktop.storage.batches import Batches
from mingxi_desktop.storage.journal import DELETE, EDIT
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import restored
from mingxi_desktop.storage.shapes import stored

_RUN = 2_000
"""Records taken back together."""


class Undoer:
    """Keeps what this session did, and reverses it."""

    def __init__(self, writer: Writer, batches: Batches) -> None:
        self._writer = writer
        self._batches = batches
        self._taking_back = TakingBack(writer, batches)
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
        journal, rows = self._writer.journal, self._writer.rows
        kinds = self._writer.store.schema.kinds
        with self._writer.change(sentence, reverses=change_set) as number:
            done = journal.of_set(change_set)
            zeros = [entry for entry in done if entry["kind"] == zero_reports.KIND]
            zero_reports.ZeroTable(self._writer.store, journal).reverse(zeros, number)
            accepted = [entry for entry in done if entry["kind"] == acceptances.KIND]
            acceptances.AcceptanceTable(self._writer.store, journal).reverse(accepted, number)
            self._put_definitions_back([entry for entry in done if entry["kind"] == definitions.KIND], number)
            self._put_openings_back([entry for entry in done if entry["kind"] == notes.OPENING], number)
            apart = {*kinds, zero_reports.KIND, acceptances.KIND, definitions.KIND, notes.OPENING}
            of_lists = [entry for entry in reversed(done) if entry["kind"] not in apart]
            self._put_entries_back(of_lists, number)
            of_records = [entry for entry in done if entry["kind"] in kinds]
            for action, kind, entries in self._alike(of_records):
                records = rows.load(kind, [entry["record"] for entry in entries])
                if action == EDIT:
                    for record, entry in zip(records, entries, strict=True):
                        self._put_back(kind, record, entry["changes"], number)
                        changed.append((kind.name, record.id))
                elif action == DELETE:
                    back = [record for record in records if record.deleted_at]
                    rows.untrash(kind, back, number)
                    added += [(kind.name, record.id) for record in back]
                else:
                    gone = [record for record in records if not record.deleted_at]
                    rows.trash(kind, gone, number)
                    removed += [(kind.name, record.id) for record in gone]
            root, undone = journal.root(number)
            batch = self._batches.of_set(root)
            if batch is not None:
                self._batches.set_state(batch, "reversed" if undone else "active")
        grown = tuple(dict.fromkeys(entry["kind"] for entry in of_lists))
        changes = Changes(sentence, tuple(added), tuple(changed), tuple(removed), lists=grown, batch=batch)
        return changes, number

    def _alike(self, entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Kind, list[dict[str, Any]]]]:
        """The entries, last first, in runs of one action and kind in which no record comes twice."""
        run: list[dict[str, Any]] = []
        seen: set[int] = set()
        for entry in reversed(entries):
            same = run and (run[0]["action"], run[0]["kind"]) == (entry["action"], entry["kind"])
            if run and (not same or entry["record"] in seen or len(run) == _RUN):
                yield run[0]["action"], self._kind(run[0]["kind"]), run
                run, seen = [], set()
            run.append(entry)
            seen.add(entry["record"])
        if run:
            yield run[0]["action"], self._kind(run[0]["kind"]), run

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

    def _put_entries_back(self, told: Sequence[dict[str, Any]], number: int) -> None:
        """Entries of lists as they were before; first of all, so that records show their names again."""
        other = lists.put_back(self._writer.store, self._writer.journal, told, number)
        if other is not None:
            listed = LABELS.get(other.list) or KEPT.get(other.list, other.list)
            raise UserError(
                "不能撤消：名单里的这一项后来又改过",
                f"{listed} {other.name}",
                "请在“设置 → 名单”里直接修改。",
            )

    def _put_definitions_back(self, told: Sequence[dict[str, Any]], number: int) -> None:
        """The clerk's own indicators as they were before."""
        table = definitions.DefinitionTable(self._writer.store, self._writer.journal)
        other = table.reverse(told, number)
        if other:
            raise UserError(
                "不能撤消：这个指标后来又改过", f"指标 {other}", "请在“年度总结 → 指标”里直接修改。"
            )

    def _put_openings_back(self, told: Sequence[dict[str, Any]], number: int) -> None:
        """Totals entered for years without records as they were before."""
        other = notes.Notes(self._writer.store).reverse_openings(self._writer.journal, told, number)
        if other is not None:
            raise UserError(
                "不能撤消：这个期初数后来又改过",
                f"{other.year}年 {other.indicator}",
                "请在“期初数”里直接修改。",
            )

    def undo_import(self, batch: int) -> Reversal:
        """Take a batch back: each of its records, unless it was edited since."""
        reversal, change_set = self._taking_back.take_back(batch)
        self.note(change_set, reversal.changes.sentence)
        return reversal

    def _kind(self, name: str) -> Kind:
        return self._writer.store.schema.kinds[name]

"""The record beside its table: its form, what is wrong with it, its history; saving and deleting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.ledger.forms import Entered, Found, Saved
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.evidence import Evidence
from mingxi_desktop.ui.focus import Cursor, finish_typing
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.shapes import button, card, label, row

_CHECK_AFTER = 250
"""Milliseconds after a field was left before the record is checked."""


class RecordPanel(QWidget):
    """Shows one record of a kind, or a new one, for reading and editing."""

    saved = Signal(int)
    """The id of the record that was stored, when it goes on being shown."""

    def __init__(self, context: Context, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = kind
        self._id: int | None = None
        self._new = False
        self._found: Found | None = None
        self._coming: Job | None = None
        self._next: int | None = None
        self._checking: Job | None = None
        self._saving = False
        self._then: Callable[[], object] | None = None
        self._frame = card(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self._title = label(role="title")
        self._source = label(role="muted")
        self._source.setWordWrap(True)
        self.form = RecordForm(kind, context.sources)
        self._evidence = Evidence(context, kind, list(self.form.inputs.values()), self)
        self._nothing = label(f"在左边选一条{kind.label}，或按 Ctrl+N 新增。", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        column = self._frame.column
        column.addLayout(self._head())
        column.addWidget(self._source)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.form, 1)
        self._buttons = QWidget()
        self._buttons.setLayout(self._actions())
        column.addWidget(self._buttons)
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._timer.timeout.connect(self._check)
        self.form.edited.connect(self._edited)
        self._evidence.edited.connect(self._edited)
        self.form.left.connect(lambda _: self._timer.start())
        self.form.last_entered.connect(self.save)
        context.changed.connect(self._changed_elsewhere)
        self.clear()

    def _head(self) -> QHBoxLayout:
        self._history = button("历史", self._show_history, icon="history", link=True)
        return row(self._title, None, self._history)

    def _actions(self) -> QHBoxLayout:
        self._delete = button("删除", self.delete, icon="trash", tip="移入回收站（Del）")
        self._revert = button("撤销修改", self.revert)
        self._save_new = button("保存并新增", self.save_and_new, tip="保存并新增（Ctrl+Return）")
        self._save = button("保存", self.save, primary=True, tip="保存（Ctrl+S）")
        return row(self._delete, None, self._revert, self._save_new, self._save)

    # what is shown

    @property
    def record_id(self) -> int | None:
        """The stored record shown; None for a new one or none."""
        return self._id

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return self.form.isVisibleTo(self) and (bool(self.form.changed()) or self._evidence.waiting)

    def clear(self) -> None:
        """Show no record."""
        self._expect(None)
        self._id, self._new = None, False
        self._evidence.show(None)
        self._title.setText(self.kind.label)
        self._show_parts(shown=False)

    def show_record(self, record: int) -> None:
        """Read a record and show it."""
        self._expect(
            self._context.read(
                forms.look,
                self.kind.name,
                record,
                done=self._show,
                owner=self,
                priority=Priority.VISIBLE,
                failed=self._gone,
            ),
            record,
        )

    def start_new(self) -> None:
        """A blank form with the defaults."""
        year = self._context.year
        self._expect(self._context.read(forms.blank, self.kind.name, year, done=self._show_blank, owner=self))

    def _expect(self, job: Job | None, record: int | None = None) -> None:
        """What was asked for last is shown; an answer that comes after it was meant to be replaced.

        record: the one it brings; None for a new one.
        """
        if self._coming is not None:
            self._coming.cancel()
        self._coming, self._next = job, record

    @property
    def _leaving(self) -> bool:
        """Whether something else than the record shown is on its way."""
        return self._coming is not None and not self._coming.finished and self._next != self._id

    def _show_blank(self, texts: dict[str, str]) -> None:
        self._id, self._new = None, True
        self._evidence.show(None)
        self.form.set_record(texts)
        self._title.setText(f"新增{self.kind.label}")
        self._source.setText(self.kind.help)
        self._show_parts(shown=True)
        # What the program numbers by itself is no place to begin typing.
        typed = (name for name in self.form.inputs if not self.kind.field(name).auto)
        self.form.focus_first(next(typed, ""))

    def _show(self, found: Found) -> None:
        record, children = found
        self._found = found
        self._id, self._new = record.id, False
        self._evidence.show(record.id)
        self.form.set_record(record.shown, dict(children))
        name = record.shown.get(self.kind.title[0], "") if len(self.kind.title) == 1 else ""
        self._title.setText(f"{self.kind.label} {name or f'#{record.id}'}")
        source = record.shown.get("source_ref", "")
        self._source.setText(f"来源：{source}" if source else f"手工录入 · {record.created_at[:16]}")
        self._show_parts(shown=True)
        self._check()

    def _gone(self, error: UserError) -> None:
        self.clear()
        self._context.said.emit(error.title)

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.form, self._buttons, self._source):
            part.setVisible(shown)
        self._nothing.setVisible(not shown)
        self._history.setVisible(self._id is not None)
        self._delete.setVisible(self._id is not None)
        self._edited()

    def _edited(self) -> None:
        dirty = self.dirty
        self._revert.setEnabled(dirty)
        self._save.setEnabled(dirty or self._new)

    # checking and saving

    def _check(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        if self.form.isVisibleTo(self):
            texts, chosen, rows = self._entered()
            self._checking = self._context.read(
                forms.enter, self.kind.name, self._id, texts, chosen, rows, self._context.year,
                done=self._say, owner=self, failed=lambda _: None,
            )  # fmt: skip

    def _say(self, entered: Entered) -> None:
        """While it is being filled in, what is only missing still is no fault."""
        touched = self.form.changed()
        worth = [
            item
            for item in entered.findings
            if not (self._new and item.code == "E_REQUIRED" and item.field not in touched)
        ]
        self.form.set_findings(worth)
        for name, table in self.form.tables.items():
            rows = entered.rows.get(name, {})
            table.set_findings(
                {row: [item for item in found if item.code != "E_REQUIRED"] for row, found in rows.items()}
            )

    def _entered(self) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, Any]]:
        """(texts, chosen references, child rows): all of a new record, of a stored one what changed."""
        changed = self.form.changed()
        texts = self.form.texts()
        if not self._new:
            texts = {name: text for name, text in texts.items() if name in changed}
        rows = {
            name: [(line.id, line.texts) for line in lines]
            for name, lines in self.form.child_rows().items()
            if self._new or name in changed
        }
        return texts, self.form.chosen(), rows

    def save(self) -> None:
        """Store what the form says; findings are shown beside the fields, nothing typed is lost."""
        self._store()

    def save_and_new(self) -> None:
        """Store it and start the next one."""
        self._store(self.start_new)

    def _store(self, then: Callable[[], object] | None = None) -> None:
        if self._saving:
            return
        finish_typing(self.form)
        if not (self.dirty or self._new):
            if then is not None:
                then()
            return
        self._saving, self._then = True, then
        texts, chosen, rows = self._entered()
        sent = self.form.texts()
        self._context.worker.run(
            forms.save, self.kind.name, self._id, texts, chosen, rows, self._context.year,
            done=lambda saved: self._stored(saved, sent), owner=self, ended=self._save_ended,
        )  # fmt: skip

    def _stored(self, saved: Saved, sent: Mapping[str, str]) -> None:
        if saved.changes is None or saved.found is None:
            self._say_all(saved.entered)
            return
        self._saving = False
        then, self._then = self._then, None
        later = {name: text for name, text in self.form.texts().items() if text != sent[name]}
        cursor = Cursor()
        self._expect(None)
        self._evidence.attach_waiting(saved.found[0].id)
        self._show(saved.found)
        for name, text in later.items():
            self.form.inputs[name].set_text(text)
        cursor.put_back()
        self._edited()
        self._context.changed.emit(saved.changes)
        self._context.said.emit(f"已保存：{saved.changes.sentence}")
        if then is not None:
            then()
        else:
            self.saved.emit(saved.found[0].id)

    def _save_ended(self) -> None:
        self._saving, self._then = False, None

    def take(
        self, record: int, name: str, text: str, message: str, then: Callable[[], object] = lambda: None
    ) -> bool:
        """Show the record with what could not be stored from a cell of the table, and what is wrong with it.

        then: done once it is shown.  False when something else typed keeps the panel.
        """
        if name not in self.form.inputs or (record != self._id and self.dirty):
            return False

        def shown(found: Found) -> None:
            if not self.dirty:
                self._show(found)
            self._hold(name, text, message)
            then()

        self._expect(self._context.read(forms.look, self.kind.name, record, done=shown, owner=self), record)
        return True

    def _hold(self, name: str, text: str, message: str) -> None:
        self.form.inputs[name].set_text(text)
        self.form.inputs[name].set_error(message)
        self.form.focus_first(name)
        self._edited()
        self._check()
        self._context.said.emit("没有保存：请改正标出的地方")

    def _say_all(self, entered: Entered) -> None:
        self.form.set_findings(entered.findings)
        for name, table in self.form.tables.items():
            table.set_findings(entered.rows.get(name, {}))
        self.form.focus_first()
        self._context.said.emit("没有保存：请改正标出的地方")

    def revert(self) -> None:
        """Back to what is stored."""
        if self._id is not None:
            self.show_record(self._id)
        else:
            self.clear()

    def delete(self) -> None:
        """Move the record to the trash; undo brings it back."""
        if self._id is None:
            return
        name = self._title.text()
        if ask.question(
            f"把“{name}”移入回收站？",
            "可以从回收站恢复，也可以撤消。",
            yes="删除 1 条",
            parent=self,
            danger=True,
        ):
            self._context.write(_delete, self.kind.name, [self._id], owner=self)

    def may_leave(self, then: Callable[[], object] | None = None) -> bool:
        """Whether the panel may show something else: asks 保存 / 不保存 / 取消 when there is something unsaved.

        then: what was to be done; it is done later when the answer is 保存 and the record could be stored.
        """
        finish_typing(self.form)
        if self._saving:
            self._then = then
            return False
        if not self.dirty:
            return True
        answer = ask.save_changes(self._title.text(), parent=self)
        if answer is ask.Answer.SAVE:
            self._store(then)
        elif answer is ask.Answer.DISCARD:
            if self._id is not None and self._found is not None:
                self._show(self._found)
            else:
                self.clear()
        return answer is ask.Answer.DISCARD

    def _changed_elsewhere(self, changes: Changes) -> None:
        if self._id is None:
            return
        pair = (self.kind.name, self._id)
        rows = changes.kinds & set(self.form.tables)
        if pair in changes.removed:
            self.clear()
        elif not (self.dirty or self._leaving) and (rows or pair in (*changes.changed, *changes.added)):
            self.show_record(self._id)

    def _show_history(self) -> None:
        from mingxi_desktop.ui.dialogs.history import HistoryDialog

        if self._id is not None:
            HistoryDialog(self._context, self.kind.name, self._id, self).exec()


def _delete(ledger: Ledger, kind: str, ids: list[int]) -> Changes:
    return ledger.delete(kind, ids)

"""The record beside its table: its form, what is wrong with it, its history; saving and deleting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.ledger.forms import Found
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.campaign_total import CampaignTotal
from mingxi_desktop.ui.checking.strip import ConcernStrip
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.draft_bar import DraftBar
from mingxi_desktop.ui.draft_desk import DraftDesk
from mingxi_desktop.ui.drafts import Draft, Rows
from mingxi_desktop.ui.elsewhere import Elsewhere
from mingxi_desktop.ui.evidence import Evidence
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.focus import Cursor
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.record_saving import RecordSaving
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import button, card, label, row
from mingxi_desktop.ui.turns import Making, at_once
from mingxi_desktop.ui.unfinished import Unfinished

if TYPE_CHECKING:
    from mingxi_desktop.ui.related import Related

_LOW = 300
"""A lower panel shows no remarks above the form: each line there is one field less."""


class RecordPanel(QWidget):
    """Shows one record of a kind, or a new one, for reading and editing."""

    saved = Signal(int)
    """The id of the record that goes on being shown: it was stored, or an earlier draft of it taken up."""
    deleting = Signal()
    """The record shown is about to go to the trash."""

    def __init__(
        self, context: Context, kind: Kind, parent: QWidget | None = None, *, later: bool = False
    ) -> None:
        """later: nothing is there before `making` has come to its end."""
        super().__init__(parent)
        self._context = context
        self.kind = kind
        self._id: int | None = None
        self._found: Found | None = None
        self._coming: Job | None = None
        self._next: int | None = None
        self._related: list[Related] = []
        self._sent_rows: Mapping[str, Rows] = {}
        self.making = self._make()
        if not later:
            at_once(self.making)

    def _make(self) -> Making[None]:
        context, kind = self._context, self.kind
        self._frame = card(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self._title = label(role="title")
        self._source = label(role="muted")
        self._source.setWordWrap(True)
        self.bar = DraftBar()
        # In the order in which Tab goes; what is made inside its parent is polished once, not twice.
        column = self._frame.column
        self._history = button("历史", self._show_history, icon="history", link=True)
        column.addLayout(row(self._title, None, self._history))
        column.addWidget(self._source)
        column.addWidget(self.bar)
        self.concerns = ConcernStrip(context, kind.name, self._frame)
        yield
        self.form = RecordForm(kind, context.sources, self._frame, later=True)
        yield from self.form.making
        self._fields.insertWidget(0, self.concerns)
        CampaignTotal(context, self.form, self)
        self.saving = RecordSaving(context, self.form, self)
        self._evidence = Evidence(context, kind, list(self.form.inputs.values()), self)
        self.unfinished = Unfinished(context, self.form, self._evidence, self)
        self.desk = DraftDesk(context, self, self)
        self._elsewhere = Elsewhere(context, self, self)
        self._nothing = label(f"在左边选一条{kind.label}，或按 Ctrl+N 新增。", "muted")
        self._nothing.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.form, 1)
        self._buttons = QWidget()
        self._buttons.setLayout(self._actions())
        column.addWidget(self._buttons)
        yield
        self._connect()
        self.clear()

    def _actions(self) -> FlowLayout:
        self._delete = button("删除", self.delete, icon="trash", tip="移入回收站（Del）")
        self._revert = button("放弃修改", self._give_up)
        self._save_new = button("保存并新增", self.save_and_new, tip="保存并新增（Ctrl+Return）")
        self._save = button("保存", self.save, primary=True, tip="保存（Ctrl+S）")
        return flow([self._delete], [self._revert, self._save_new, self._save])

    def _connect(self) -> None:
        for signal in (self.form.edited, self._evidence.edited, self.unfinished.typed):
            signal.connect(self._edited)
        self._evidence.missing.connect(self.bar.tell)
        self.form.last_entered.connect(self.save)
        self.form.record_wanted.connect(self.desk.look_elsewhere)
        self.desk.taken_up.connect(self.saved)
        self.saving.stored.connect(self._stored)
        self.saving.unread.connect(self._gone)
        long = [one.editor for one in self.form.inputs.values() if isinstance(one.editor, QPlainTextEdit)]
        self._evidence.take_drops_on([self, *(memo.viewport() for memo in long)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.desk.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.set_room(event.size().height())
        self._source.setVisible(self._has_room and not self._nothing.isVisibleTo(self))

    @property
    def _has_room(self) -> bool:
        """Whether the panel is high enough for more than fields and buttons."""
        return self.height() >= _LOW

    # what is shown

    @property
    def record_id(self) -> int | None:
        """The stored record shown; None for a new one or none."""
        return self._id

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet; a cell still open for typing counts."""
        return self.form.isVisibleTo(self) and self.unfinished.there

    def set_related(self, widget: Related) -> None:
        """Show under the fields what lies around the record; it is told of every record shown."""
        self._fields.insertWidget(self._fields.count() - 1, widget)
        widget.doors.put((self._delete, self._revert, self._save_new, self._save))  # come after them
        self._related.append(widget)
        widget.show_record(self._id)

    @property
    def _fields(self) -> QVBoxLayout:
        """What scrolls in the form."""
        content = self.form.findChildren(UprightScroll)[0].widget()
        column = content.layout() if content is not None else None
        assert isinstance(column, QVBoxLayout)
        return column

    def clear(self) -> None:
        """Show no record."""
        self.expect(None)
        self._turn_to(None, new=False)
        self._title.setText(self.kind.label)
        self._show_parts(shown=False)

    def show_record(self, record: int) -> None:
        """Read a record and show it."""
        self.expect(
            self._context.read(
                forms.look, self.kind.name, record,
                done=self.show_found, owner=self, priority=Priority.VISIBLE, failed=self._gone,
            ),
            record,
        )  # fmt: skip

    def start_new(self, texts: Mapping[str, str] | None = None) -> None:
        """A blank form with the defaults.  texts: what else is filled in already, by field."""
        filled = dict(texts or {})
        self.expect(
            self._context.read(
                forms.blank, self.kind.name, self._context.year,
                done=lambda blank: self.show_blank({**blank, **filled}), owner=self,
            )
        )  # fmt: skip

    def expect(self, job: Job | None, record: int | None = None) -> None:
        """What was asked for last is shown; an answer that comes after it was meant to be replaced.

        record: the one it brings; None for a new one.
        """
        if self._coming is not None:
            self._coming.cancel()
        self._coming, self._next = job, record

    @property
    def leaving(self) -> bool:
        """Whether something else than the record shown is on its way."""
        return self._coming is not None and not self._coming.finished and self._next != self._id

    def _turn_to(self, record: int | None, *, new: bool) -> None:
        self._id = record
        self._elsewhere.forget()
        self.saving.turn_to(record, new=new)
        self._evidence.show(record)
        self.concerns.show_record(record)
        for one in self._related:
            one.show_record(record)

    def show_blank(
        self, texts: Mapping[str, str], typed: Draft | None = None, *, everything: bool = False
    ) -> None:
        """Show a new record with these texts.  typed/everything: as `Unfinished.put_back` has them."""
        self._turn_to(None, new=True)
        self.form.set_record(texts)
        self._title.setText(f"新增{self.kind.label}")
        self._source.setText(self.kind.help)
        self.unfinished.turn_to(None, self._title.text())
        if typed is not None:
            self.unfinished.put_back(typed, everything=everything)
        self._show_parts(shown=True)
        self.form.focus_first()

    def show_found(self, found: Found, typed: Draft | None = None) -> None:
        """Show a stored record.  typed: what stands in the form over it, not saved yet."""
        record, children = found
        self._found = found
        self._turn_to(record.id, new=False)
        self.form.set_record(record.shown, dict(children), record=record.id)
        name = record.shown.get(self.kind.title[0], "") if len(self.kind.title) == 1 else ""
        self._title.setText(f"{self.kind.label} {name or f'#{record.id}'}")
        source = record.shown.get("source_ref", "")
        self._source.setText(f"来源：{source}" if source else f"手工录入 · {record.created_at[:16]}")
        self.unfinished.turn_to(record, self._title.text())
        if typed is not None:
            differences = self.unfinished.differences(typed)
            self.unfinished.put_back(typed)
            if differences:
                self.bar.tell(f"这条{self.kind.label}后来改过，请核对：{'；'.join(differences)}")
        self._show_parts(shown=True)
        self.saving.check()

    def _gone(self, error: UserError) -> None:
        self.clear()
        self._context.said.emit(error.title)

    def _show_parts(self, *, shown: bool) -> None:
        focus = QApplication.focusWidget()
        if not shown and focus is not None and self.isAncestorOf(focus):
            # Qt would hand the focus of what is hidden to the window's first tab.
            self._nothing.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.form, self._buttons):
            part.setVisible(shown)
        self._source.setVisible(shown and self._has_room)
        self._nothing.setVisible(not shown)
        self._history.setVisible(self._id is not None)
        self._delete.setVisible(self._id is not None)
        self._edited()

    def _edited(self) -> None:
        dirty = self.dirty
        self._revert.setEnabled(dirty)
        self._save.setEnabled(dirty or self.saving.new)
        self.unfinished.touched(dirty=dirty)

    # saving, going back, deleting

    def save(self) -> None:
        """Store what the form says; findings are shown beside the fields, nothing typed is lost."""
        self._store()

    def save_and_new(self) -> None:
        """Store it and start the next one."""
        self._store(self.start_new)

    def _store(self, then: Callable[[], object] | None = None) -> None:
        if self.saving.busy:
            return
        self.form.finish_typing()
        texts = self.form.texts()
        changed = self.form.changed(texts)
        self._sent_rows = self.unfinished.rows()
        if self.saving.new or (self.form.isVisibleTo(self) and (changed or self.unfinished.beside)):
            self.saving.store(texts, changed, then)
        elif then is not None:
            then()

    def _stored(self, changes: Changes, found: Found, sent: Mapping[str, str]) -> None:
        then = self.saving.take_then()
        later = {name: text for name, text in self.form.texts().items() if text != sent[name]}
        rows = self.unfinished.rows()
        cursor = Cursor()
        self.expect(None)
        self._evidence.attach_waiting(found[0].id)
        self.bar.tell("")
        self.show_found(found)
        for name, text in later.items():
            self.form.inputs[name].set_text(text)
        self.unfinished.put_since(self._sent_rows, rows)
        cursor.put_back()
        self._edited()
        self._context.changed.emit(changes)
        if then is not None:
            then()
        else:
            self.saved.emit(found[0].id)

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
                self.show_found(found)
            self.saving.hold(name, text, message)
            self._edited()
            then()

        self.expect(self._context.read(forms.look, self.kind.name, record, done=shown, owner=self), record)
        return True

    def _give_up(self) -> None:
        """Back to what is stored; a new record is nowhere else, so it is asked first."""
        text = "还没有保存，放弃以后找不回来。"
        if self._id is not None or ask.question(
            f"放弃正在填的{self.kind.label}？", text, yes="放弃", parent=self, danger=True
        ):
            self.revert()

    def revert(self) -> None:
        """Back to what is stored."""
        self.bar.tell("")
        if self._id is not None:
            self.show_record(self._id)
        else:
            self.clear()

    def delete(self) -> None:
        """Move the record to the trash; undo brings it back."""
        if self._id is None:
            return
        name = self._title.text()
        text = "没有保存的改动不会留下。" if self.dirty else ""
        text += "可以从回收站恢复，也可以撤消。"
        if ask.question(f"把“{name}”移入回收站？", text, yes="删除 1 条", parent=self, danger=True):
            self._elsewhere.expect_deletion(self._id)
            self.deleting.emit()
            self._context.write(_delete, self.kind.name, [self._id], owner=self)

    def may_leave(self, then: Callable[[], object] | None = None) -> bool:
        """Whether the panel may show something else: asks 保存 / 不保存 / 取消 when there is something unsaved.

        then: what was to be done; it is done later when the answer is 保存 and the record could be stored.
        """
        self.form.finish_typing()
        if self.saving.busy:
            self.saving.then = then
            return False
        if not self.dirty:
            return True
        answer = ask.save_changes(self._title.text(), parent=self)
        if answer is ask.Answer.SAVE:
            self._store(then)
        elif answer is ask.Answer.DISCARD:
            self.bar.tell("")
            if self._id is not None and self._found is not None:
                self.show_found(self._found)
            else:
                self.clear()
        return answer is ask.Answer.DISCARD

    def _show_history(self) -> None:
        if self._id is not None:
            from mingxi_desktop.ui.dialogs.history import HistoryDialog

            HistoryDialog(self._context, self.kind.name, self._id, self).exec()


def _delete(ledger: Ledger, kind: str, ids: list[int]) -> Changes:
    return ledger.delete(kind, ids)

"""One field of several records changed to the same value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, cells
from mingxi_desktop.ledger.cells import Preview
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.cell_list import RefusedList
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.inputs import Input, RefInput, make_input
from mingxi_desktop.ui.jobs import Job
from mingxi_desktop.ui.shapes import button, label

_MOST_WORDS = 6
_LONGEST_WORD = 16


class ChangeManyDialog(Frame):
    """批量修改: choose a field, see what stands there, give the new value. Accepted once it is stored."""

    def __init__(
        self,
        context: Context,
        kind: Kind,
        ids: Sequence[int],
        field: Field | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """field: the one to begin with."""
        super().__init__("批量修改", 640, parent=parent)
        self._context = context
        self._kind = kind
        self._ids = ids
        self._found: Preview | None = None
        self._asked: Job | None = None
        self.fields = [one for one in kind.fields if cells.changeable(kind, one) and not one.auto]
        column = self.scrolled()
        column.addWidget(label(f"把选中的 {len(ids):,} 条{kind.label}的同一项改成一样的内容。"))
        self.choice = CalmCombo("项目")
        for one in self.fields:
            self.choice.addItem(one.label, one.name)
        first = field if field in self.fields else next((one for one in self.fields if one.column), None)
        self.choice.setCurrentIndex(self.fields.index(first) if first is not None else 0)
        self.now = label(role="muted")
        self.now.setWordWrap(True)
        self._holder = QVBoxLayout()
        self._to = QLabel("改成(&V)")
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        form.addRow("项目(&F)", self.choice)
        form.addRow("现在", self.now)
        form.addRow(self._to, self._holder)
        self.empty = QCheckBox("清空这一项(&E)")
        self.empty.setAccessibleName("清空这一项")
        form.addRow("", self.empty)
        column.addLayout(form)
        self.said = label(role="error")
        self.said.setWordWrap(True)
        column.addWidget(self.said)
        column.addStretch(1)
        self.refused = RefusedList()
        self.refused.setMinimumHeight(5 * theme.ROW_HEIGHT)
        self.column.addWidget(self.refused, 1)
        self.column.addWidget(self.refused.why)
        self.go = button("修改", self.store, primary=True)
        self._cancel = button("取消", self.reject)
        self.close_with(None, self._cancel, self.go, default=self.go)
        self.choice.currentIndexChanged.connect(lambda _: self._turn())
        self.empty.toggled.connect(self._empty_it)
        self._turn()

    @property
    def field(self) -> Field:
        """The field chosen, of which all records get one value."""
        return self.fields[self.choice.currentIndex()]

    def store(self) -> None:
        """Check the value in every record, and store it where nothing speaks against it."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        if self._found is not None:
            self._write(self._found)
            return
        self.input.finish()
        if self.input.severity == "error":
            self._say(self.input.error)
            self.input.setFocus()
            return
        name, text = self.field.name, self.input.text()
        chosen = {name: self.input.references()} if isinstance(self.input, RefInput) else {}
        texts = {number: {name: text} for number in self._ids}
        self._context.read(
            cells.preview, self._kind.name, texts, self._context.year, chosen,
            done=self._checked, owner=self, failed=self._failed,
        )  # fmt: skip

    def _turn(self) -> None:
        """Another field: its own input, and what stands in it now."""
        if hasattr(self, "input"):
            self._holder.removeWidget(self.input)
            self.input.hide()
            self.input.deleteLater()
        self.input: Input = make_input(self.field, self._context.sources, self)
        self.input.value_changed.connect(lambda _: self._edited())
        self.input.entered.connect(self.go.setFocus)
        self._holder.addWidget(self.input)
        self._to.setBuddy(self.input.editor)
        QWidget.setTabOrder(self.choice, self.input.editor)
        QWidget.setTabOrder(self.input.editor, self.empty)
        QWidget.setTabOrder(self.empty, self.refused)
        self.empty.setChecked(False)
        self.empty.setVisible(not self.field.required)
        self.now.setText("正在统计……")
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._context.read(
            _words, self._kind.name, self._ids, self.field.name, done=self._tell, owner=self
        )
        self._edited()

    def _tell(self, found: list[tuple[str, int]]) -> None:
        parts = [f"{_short(text) or '（空）'}（{number:,} 条）" for text, number in found[:_MOST_WORDS]]
        more = f" 等 {len(found):,} 种" if len(found) > _MOST_WORDS else ""
        self.now.setText("、".join(parts) + more)

    def _empty_it(self, wanted: bool) -> None:
        """Nothing typed means nothing to do: to empty a field of many records must be said."""
        if wanted:
            self.input.set_text("")
        self.input.setEnabled(not wanted)
        self._edited()

    def _edited(self) -> None:
        """What was found out is about the value before."""
        self._found = None
        self.refused.hide()
        self.refused.why.hide()
        self._say("")
        self.go.setText(f"{'清空' if self.empty.isChecked() else '修改'} {len(self._ids):,} 条")
        self.go.setEnabled(bool(self.input.text()) or self.empty.isChecked())
        self.go.setDefault(True)

    def _say(self, message: str) -> None:
        self.said.setText(f"▲ {message}" if message else "")
        self.said.setVisible(bool(message))
        self.go.setEnabled(True)

    def _checked(self, found: Preview) -> None:
        if not found.refused:
            self._write(found)
            return
        self._found = found
        self._say(f"{len(found.refused):,} 条不能改成这样，还没有保存任何一条：")
        self.refused.show_preview(found)
        self.refused.show()
        self.go.setText(f"只改能改的 {len(found.values):,} 条" if found.values else "修改")
        self.go.setEnabled(bool(found.values))
        self._cancel.setDefault(True)

    def _write(self, found: Preview) -> None:
        if not found.values:
            self._say("这些记录里本来就是这样，没有要改的。")
            return
        self._context.write(
            cells.store, found, f"批量修改{self.field.label}",
            owner=self, done=self._stored, failed=self._failed,
        )  # fmt: skip

    def _stored(self, _changes: Changes) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.go.setEnabled(True)
        ask.show_error(error, self)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_WORD else f"{flat[:_LONGEST_WORD]}…"


def _words(ledger: Ledger, kind: str, ids: Sequence[int], name: str) -> list[tuple[str, int]]:
    return ledger.blocks.words(kind, ids, name)

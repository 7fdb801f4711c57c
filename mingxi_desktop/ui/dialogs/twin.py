"""A record beside another that looks like it, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label

SAME, OTHER, UNWRITTEN = "相同", "▲ 不同", "没有填"
_HEADS = ("", "正在写的", "已有的那一条", "")
_BLANK = "（空）"


class TwinDialog(Frame):
    """What is being typed at the left, the stored record at the right. Accepted: go to the stored one.

    texts: field → text, as the form has them.
    """

    def __init__(
        self,
        context: Context,
        kind: str,
        record_id: int,
        texts: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("可能重复的记录", 720, 560, parent)
        self._kind = kind_of(kind)
        self._texts = texts
        self.compared: list[tuple[str, str, str, str]] = []
        """(label, typed, stored, 相同, 不同 or 没有填) of each field that either has filled."""
        self._title = label(self._kind.label, "title")
        self._count = label("正在读取……", "muted")
        self._count.setWordWrap(True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._count)
        self._body = self.scrolled()
        close = button("关闭，继续写", self.reject, primary=True)
        self.close_with(button("转到那一条", self.accept), None, close, default=close)
        context.read(_record, kind, record_id, done=self._show, owner=self)

    def _show(self, record: Record) -> None:
        fields = [field for field in self._kind.fields if _compared(field)]
        for field in fields:
            typed, stored = self._texts.get(field.name, "").strip(), record.shown.get(field.name, "")
            if typed or stored:
                self.compared.append((field.label, typed, stored, _mark(typed, stored)))
        marks = [mark for *_, mark in self.compared]
        unwritten = f"，{marks.count(UNWRITTEN)} 项没有填" if UNWRITTEN in marks else ""
        self._title.setText(f"{self._kind.label} #{record.id}　{record.created_at[:16]} 登记")
        self._count.setText(
            f"{marks.count(SAME)} 项相同，{marks.count(OTHER)} 项不同{unwritten}。"
            "是同一件事就不要再登记，可以转到那一条去补充。"
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.WIDE_GAP)
        grid.setVerticalSpacing(theme.GAP)
        for column, stretch in enumerate((0, 1, 1, 0)):
            grid.setColumnStretch(column, stretch)
            grid.addWidget(label(_HEADS[column], "muted"), 0, column)
        for row, (name, typed, stored, mark) in enumerate(self.compared, 1):
            grid.addWidget(
                label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            )
            grid.addWidget(_wrapped(typed), row, 1)
            grid.addWidget(_wrapped(stored), row, 2)
            role = "warning" if mark == OTHER else "muted"
            grid.addWidget(label(mark, role), row, 3, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(grid)
        self._body.addStretch(1)


def _compared(field: Field) -> bool:
    return field.editable and not field.auto and field.type is not FieldType.FILES


def _mark(typed: str, stored: str) -> str:
    """What has not been typed yet speaks neither for nor against its being the same."""
    if not typed:
        return UNWRITTEN
    return SAME if typed == stored else OTHER


def _wrapped(text: str) -> QLabel:
    made = label(text or _BLANK)
    made.setWordWrap(True)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _record(ledger: Ledger, kind: str, record: int) -> Record:
    return ledger.get(kind, record)

"""Picking what a column means, in its cell: by typing Chinese, pinyin or initials, or from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.importing.offers import Offer
from mingxi_desktop.ui.inputs import Sources
from mingxi_desktop.ui.inputs.choice import fitting
from mingxi_desktop.ui.inputs.popup import Row
from mingxi_desktop.ui.inputs.suggest import SuggestInput
from mingxi_desktop.ui.table.delegate import InputDelegate

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_FIELD = Field("", "对应的字段", FieldType.TEXT)
_ARROW = 12


class TargetInput(SuggestInput):
    """One of the choices: 发 finds 发现数, so does fxs."""

    offered: Callable[[], Sequence[Offer]] = staticmethod(lambda: ())

    def ask_for(self, query: str) -> None:
        texts = tuple(offer.text for offer in self.offered())
        self.offer([Row(text) for text in fitting(texts, query)], query)


class TargetDelegate(InputDelegate):
    """The choice of a column is typed and picked in its cell, which shows that it can be."""

    def __init__(self, offered: Callable[[], Sequence[Offer]], parent: QTableView) -> None:
        """offered: what there is to choose from."""
        super().__init__(lambda _: _FIELD, Sources(parent), parent)
        self._offered = offered

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = TargetInput(parent, compact=True)
        editor.offered = self._offered
        editor.bind(_FIELD, self._sources)
        editor.setAccessibleName(str(index.data(_Role.AccessibleTextRole)))
        editor.editor.setAccessibleName(editor.accessibleName())
        editor.editor.installEventFilter(self)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        super().setEditorData(editor, index)
        assert isinstance(editor, TargetInput)
        editor.line.selectAll()

    def paint(self, painter: Any, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            chosen = (
                option.state & QStyle.StateFlag.State_Selected
                and option.state & QStyle.StateFlag.State_Active
            )
            ratio = option.widget.devicePixelRatioF() if option.widget is not None else 1.0
            arrow = icons.pixmap("chevron-down", "on_accent" if chosen else "muted", _ARROW, ratio)
            cell = option.rect
            painter.drawPixmap(cell.right() - _ARROW - theme.HALF, cell.center().y() - _ARROW // 2, arrow)

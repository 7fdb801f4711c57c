"""The report's text, section by section, as the clerk words it for the year; numbers stay places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import narrating
from mingxi_desktop.ledger.narrating import SectionText
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.shapes import button, card, label, row

_ID = Qt.ItemDataRole.UserRole


class WordingPage(QWidget):
    """Edits the sections of the report of the context's year."""

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sections: dict[str, SectionText] = {}
        self._shown = ""
        self.list = QListWidget()
        self.list.setAccessibleName("报告的章节")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        left = card()
        left.column.addWidget(label("章节", "title"))
        left.column.addWidget(self.list, 1)
        self._title = label(role="title")
        self._state = label(role="muted")
        self._state.setWordWrap(True)
        self._fault = label(role="error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName("章节文字")
        self.edit.setTabChangesFocus(True)
        self._colours = _Places(self.edit.document())
        self.edit.textChanged.connect(self._edited)
        self._insert = button("插入指标", lambda: None, icon="add", tip="在光标处插入一个指标的数")
        style.set_state(self._insert, "menu", True)
        self._insert.setMenu(self._indicator_menu())
        self._reset = button("恢复原文", self.reset, tip="换回程序自带的文字")
        self._save = button("保存文字", self.save, primary=True)
        right = card()
        right.column.addLayout(row(self._title, None, self._insert))
        right.column.addWidget(self._state)
        right.column.addWidget(self.edit, 1)
        right.column.addWidget(self._fault)
        right.column.addLayout(row(self._reset, None, self._save))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([320, 1000])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.list.currentItemChanged.connect(self._to)
        context.year_changed.connect(lambda _: self.refresh())

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if not self.dirty:
            self.refresh()

    @property
    def dirty(self) -> bool:
        """Whether the text differs from what is kept."""
        section = self._sections.get(self._shown)
        return section is not None and self.edit.toPlainText() != section.text

    def refresh(self) -> None:
        """Read the sections of the year."""
        self._context.read(narrating.sections, self._context.year, done=self._show, owner=self)

    def _show(self, sections: tuple[SectionText, ...]) -> None:
        typing = self.dirty
        self._sections = {section.id: section for section in sections}
        kept = self._shown or (sections[0].id if sections else "")
        self.list.blockSignals(True)
        self.list.clear()
        for section in sections:
            heading = section.heading or "开头"
            item = QListWidgetItem(f"{'　' if heading.startswith('（') else ''}{heading}")
            item.setData(_ID, section.id)
            item.setToolTip(heading)
            self.list.addItem(item)
            if section.id == kept:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if not typing:
            self._open(kept)

    def _to(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None or item.data(_ID) == self._shown:
            return
        wanted = str(item.data(_ID))
        if self.may_leave(lambda: self.go_to(wanted)):
            self._open(wanted)
        else:
            self._mark(self._shown)

    def go_to(self, section_id: str) -> None:
        """Show a section."""
        self._mark(section_id)
        self._open(section_id)

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether other text may be shown: asks when this one is not saved.

        then: what was to be done; it is done later when the answer is 保存 and the text has no fault.
        """
        if not self.dirty:
            return True
        answer = ask.save_changes("这一节的文字", parent=self)
        if answer is ask.Answer.SAVE:
            self.save(then)
        elif answer is ask.Answer.DISCARD:
            self._open(self._shown)
        return answer is ask.Answer.DISCARD

    def _mark(self, section_id: str) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            if self.list.item(place).data(_ID) == section_id:
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _open(self, section_id: str) -> None:
        section = self._sections.get(section_id)
        if section is None:
            return
        self._shown = section_id
        self._title.setText(section.heading or "开头")
        self._state.setText(
            (
                "这一节用的是本局自己写的文字，下一年会沿用。"
                if section.changed
                else "这一节用的是程序自带的文字。"
            )
            + "花括号里是指标，数由记录算出，不用填；{指标.change} 是与上年相比的半句话。"
        )
        self.edit.setPlainText(section.text)
        self._fault.hide()
        self._edited()

    def _edited(self) -> None:
        section = self._sections.get(self._shown)
        self._save.setEnabled(self.dirty)
        self._reset.setEnabled(section is not None and self.edit.toPlainText() != section.delivered)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the text for the year; a mistake in it is shown and nothing is kept."""
        section, text = self._shown, self.edit.toPlainText()
        self._context.read(
            narrating.save_section, self._context.year, section, text,
            done=lambda _: self._kept(section, text, then), failed=self._refused, owner=self,
        )  # fmt: skip

    def reset(self) -> None:
        """Show the delivered wording; it is kept when saved."""
        section = self._sections.get(self._shown)
        if section is not None:
            self.edit.setPlainText(section.delivered)

    def _kept(self, section: str, text: str, then: Callable[[], object] | None) -> None:
        self._sections[section] = replace(self._sections[section], text=text)
        self._fault.hide()
        self._context.said.emit("文字已保存")
        self._edited()
        self.refresh()
        self.saved.emit()
        if then is not None:
            then()

    def _refused(self, error: UserError) -> None:
        self._fault.setText(str(error))
        self._fault.show()

    def _indicator_menu(self) -> QMenu:
        menu = QMenu(self)
        sections: dict[str, QMenu] = {}
        for indicator in definitions():
            part = indicator.section or "其他"
            if part not in sections:
                sections[part] = menu.addMenu(part)
            action = sections[part].addAction(indicator.label)
            action.triggered.connect(
                lambda _=False, name=indicator.id: self.edit.insertPlainText(f"{{{name}}}")
            )
        return menu


class _Places(QSyntaxHighlighter):
    """Shows the places of numbers and the lines of conditions in colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        shown = theme.current()
        place = QTextCharFormat()
        place.setForeground(QColor(shown.accent_text))
        place.setBackground(QColor(shown.accent_soft))
        start = text.find("{")
        while start >= 0:
            end = text.find("}", start)
            if end < 0:
                break
            self.setFormat(start, end - start + 1, place)
            start = text.find("{", end)
        head, mark, _ = text.partition("：")
        if mark and head.startswith(("若有", "若为零", "若相等", "否则", "图")):
            condition = QTextCharFormat()
            condition.setForeground(QColor(shown.muted))
            self.setFormat(0, len(head) + 1, condition)

"""年度总结: outline, pages as they will print, and what the chosen number is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, reporting
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.pdf import Rendered
from mingxi_desktop.ui import ask, printing, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.page_view import PageView
from mingxi_desktop.ui.pages.charts import ChartsPage
from mingxi_desktop.ui.pages.indicators import IndicatorsPage
from mingxi_desktop.ui.pages.wording import WordingPage
from mingxi_desktop.ui.proof import IndicatorProof
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import button, card, label, toggle

_PARTS = ("正文", "文字", "指标", "图表")
_PLACE = Qt.ItemDataRole.UserRole
_MOST_WARNINGS = 5
"""Named beside the outline; an empty year has one for each number."""
_DOUBTS_HEIGHT = 160
_NARROWEST_PAGES, _NARROWEST_OUTLINE = 300, 110


class ReportPage(QWidget):
    """The annual report of the context's year."""

    status = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rendered: Rendered | None = None
        self._stale = True
        self._working = False
        self._pills: dict[str, QToolButton] = {}
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(theme.GAP)
        for part in _PARTS:
            self._pills[part] = toggle(part, "pill", partial(self.open, part))
        column.addLayout(self._tool_row())
        column.addWidget(self._stack, 1)
        self._parts: dict[str, QWidget] = {"正文": self._make_body()}
        self._stack.addWidget(self._parts["正文"])
        context.changed.connect(self._changed)
        context.year_changed.connect(lambda _: self._changed(None))
        self.open("正文")

    def _tool_row(self) -> Any:
        self._zoom_out = button("缩小", lambda: self.view.step_zoom(-1), tip="缩小（Ctrl+滚轮）")
        self._zoom_in = button("放大", lambda: self.view.step_zoom(1), tip="放大（Ctrl+滚轮）")
        self._annex = toggle("带溯源附件", "segment", self._annex_changed)
        self._annex.setToolTip("在报告后面附上每个数的口径、条数和记录")
        self._body_tools = (self._zoom_out, self._zoom_in, self._annex)
        return flow(
            list(self._pills.values()),
            [
                *self._body_tools,
                button("用默认程序打开", self.open_outside, icon="document"),
                button("另存为…", self.save_as, icon="save", tip="存成 PDF、Word 或纯文本"),
                button("打印", self.print, icon="print", primary=True, shortcut="Ctrl+P"),
            ],
        )

    def _make_body(self) -> QWidget:
        self._outline = QListWidget()
        self._outline.setAccessibleName("报告提纲")
        self._outline.setWordWrap(True)
        self._outline.setFrameShape(QListWidget.Shape.NoFrame)
        self._outline.setSpacing(2)
        self._outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._outline.setMinimumWidth(_NARROWEST_OUTLINE)
        self._outline.itemClicked.connect(self._to_heading)
        self._outline.itemActivated.connect(self._to_heading)
        left = card()
        left.column.addWidget(label("提纲", "title"))
        left.column.addWidget(self._outline, 1)
        self._doubts = 0
        self._warnings = label(role="warning")
        self._warnings.setWordWrap(True)
        doubts = UprightScroll()
        style.set_state(self._warnings, "plain", value=True)
        doubts.setWidget(self._warnings)
        doubts.setMaximumHeight(_DOUBTS_HEIGHT)
        left.column.addWidget(doubts)
        self._doubts_scroll = doubts
        self.view = PageView()
        self.view.number_chosen.connect(self.show_number)
        self.view.page_shown.connect(self._tell)
        self.proof = IndicatorProof(self._context)
        right = card()
        style.set_state(self.proof, "plain", value=True)
        scroll = UprightScroll()
        scroll.setWidget(self.proof)
        right.column.addWidget(scroll, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, self.view, right):
            splitter.addWidget(part)
        # On a small screen what stands beside the pages gives way, not the pages.
        self.view.setMinimumWidth(_NARROWEST_PAGES)
        splitter.setSizes([220, 720, 400])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        return splitter

    # parts

    def open(self, part: str) -> None:
        """Show 正文, 文字, 指标 or 图表."""
        if part not in self._parts:
            self._parts[part] = self._make_part(part)
            self._stack.addWidget(self._parts[part])
        self._stack.setCurrentWidget(self._parts[part])
        for name, pill in self._pills.items():
            pill.setChecked(name == part)
        for tool in self._body_tools:
            tool.setVisible(part == "正文")
        if part == "正文":
            self.refresh()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether no wording is unsaved; see `WordingPage.may_leave`."""
        wording = self._parts.get("文字")
        return not isinstance(wording, WordingPage) or wording.may_leave(then)

    def save_wording(self) -> None:
        """Keep the wording in front."""
        wording = self._stack.currentWidget()
        if isinstance(wording, WordingPage) and wording.dirty:
            wording.save()

    def find_indicator(self) -> None:
        """Search among the indicators."""
        self.open("指标")
        page = self._parts["指标"]
        assert isinstance(page, IndicatorsPage)
        page.search.setFocus()
        page.search.selectAll()

    def _make_part(self, part: str) -> QWidget:
        if part == "指标":
            return IndicatorsPage(self._context)
        if part == "图表":
            return ChartsPage(self._context)
        page = WordingPage(self._context)
        page.saved.connect(lambda: self._changed(None))
        return page

    # the pages

    def refresh(self) -> None:
        """Make the pages anew if anything changed since."""
        if not self._stale or self._working or not self.isVisible():
            return
        self._working, self._stale = True, False
        self.status.emit("正在排版…")
        self._context.worker.run(
            _render, self._context.year, self._annex.isChecked(),
            done=self._show, failed=self._failed, ended=self._ended, owner=self, priority=Priority.LONG,
        )  # fmt: skip

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
        self._tell(self.view.page)

    def _changed(self, _changes: Changes | None) -> None:
        self._stale = True
        self.refresh()

    def _annex_changed(self) -> None:
        self._changed(None)

    def _ended(self) -> None:
        self._working = False
        self.refresh()

    def _failed(self, error: UserError) -> None:
        self._warnings.setText(str(error))
        self._doubts_scroll.show()
        self.status.emit(error.title)

    def _show(self, found: tuple[Annual, Rendered]) -> None:
        report, rendered = found
        self._rendered = rendered
        self.view.set_report(rendered)
        self._outline.clear()
        for heading in rendered.outline:
            item = QListWidgetItem(f"{'　' * (heading.level - 1)}{heading.title}")
            item.setData(_PLACE, (heading.page, heading.y))
            item.setToolTip(heading.title)
            self._outline.addItem(item)
        warnings = (*report.warnings, *rendered.warnings)
        self._doubts = len(warnings)
        more = "；……其余见【指标】" if len(warnings) > _MOST_WARNINGS else ""
        named = "；".join(warnings[:_MOST_WARNINGS])
        self._warnings.setText(f"▲ {len(warnings)} 处待核：{named}{more}" if warnings else "")
        self._warnings.setToolTip("\n".join(warnings))
        self._doubts_scroll.setVisible(bool(warnings))
        self._tell(self.view.page)

    def _to_heading(self, item: QListWidgetItem) -> None:
        self.view.go_to(*item.data(_PLACE))

    def show_number(self, indicator: str) -> None:
        """The proof of a number of the text."""
        self.view.select(indicator)
        self.proof.show_indicator(indicator)

    def _tell(self, page: int) -> None:
        if self._rendered is not None:
            numbers = len({spot.indicator for spot in self._rendered.spots})
            place = f"第 {page} 页 / 共 {self._rendered.pages} 页"
            proved = f"{self._doubts} 处待核" if self._doubts else "全部来自记录"
            self.status.emit(f"{place}　{numbers} 个指标，{proved}　字体：{self._rendered.fonts}")

    # out of the program

    def save_as(self) -> None:
        """Save the report as PDF, Word or text."""
        name = f"{self._context.year}年度法治政府建设情况报告.pdf"
        filters = "PDF 文件 (*.pdf);;Word 文档 (*.docx);;纯文本 (*.txt)"
        path = ask.save_file("另存报告", name, filters, parent=self)
        if path is not None:
            self._context.read(
                _write, self._context.year, path, self._annex.isChecked(), done=self._saved, owner=self
            )

    def _saved(self, result: reporting.ReportResult) -> None:
        self._context.said.emit(f"已保存：{result.path}")

    def open_outside(self) -> None:
        """Show the very PDF in the PC's own program."""
        if self._rendered is not None:
            printing.open_outside(self._rendered.pdf, f"{self._context.year}年度报告.pdf", self)

    def print(self) -> None:
        """Print the very PDF."""
        if self._rendered is not None and printing.print_pdf(self._rendered.pdf, "年度报告", self):
            self._context.said.emit("已送打印机")


def _render(ledger: Ledger, year: int, annex: bool) -> tuple[Annual, Rendered]:
    return reporting.rendered(ledger, year, annex=annex)


def _write(ledger: Ledger, year: int, path: Path, annex: bool) -> reporting.ReportResult:
    return reporting.write(ledger, year, path, annex=annex)

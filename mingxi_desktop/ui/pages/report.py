"""年度总结: the reports of the year with their wording, indicators, charts, proofreading and frozen versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen.freezing import Standing
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import ask, printing, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.pages.charts import ChartsPage
from mingxi_desktop.ui.pages.frozen import FrozenPage
from mingxi_desktop.ui.pages.indicators import IndicatorsPage
from mingxi_desktop.ui.pages.proofreading import ProofreadPage
from mingxi_desktop.ui.pages.wording import WordingPage
from mingxi_desktop.ui.part_names import BODY, CHARTS, FROZEN, INDICATORS, PROOFREADING, WORDING
from mingxi_desktop.ui.report_body import ReportBody
from mingxi_desktop.ui.report_chooser import ReportChooser
from mingxi_desktop.ui.shapes import button, label, row, toggle
from mingxi_desktop.ui.turns import bring_forward

_PARTS = (BODY, WORDING, INDICATORS, CHARTS, PROOFREADING, FROZEN)
_Page = type[WordingPage | IndicatorsPage | ChartsPage | ProofreadPage | FrozenPage]
_PAGES: Mapping[str, _Page] = {
    WORDING: WordingPage,
    INDICATORS: IndicatorsPage,
    CHARTS: ChartsPage,
    PROOFREADING: ProofreadPage,
    FROZEN: FrozenPage,
}
_CHOOSING = frozenset({BODY, WORDING, FROZEN})
"""Parts that are about the chosen report."""
_SAID_WIDTH = 460
"""Pixels that a sentence above the report has before it wraps."""


class ReportPage(QWidget):
    """The last tab: what is made of the records of the context's year."""

    status = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pills: dict[str, QToolButton] = {}
        self.chooser = ReportChooser(context, self)
        self._frozen = label()
        self._frozen.setWordWrap(True)
        self._changes = button(
            "看变化", partial(self.open, FROZEN), link=True, tip="哪些数变了，是哪些记录改的"
        )
        self._above = QWidget()
        self._above.setLayout(row(self._frozen, self._changes, None))
        self._above.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(theme.GAP)
        for part in _PARTS:
            self._pills[part] = toggle(part, "pill", partial(self.open, part))
        column.addLayout(self._tool_row())
        column.addWidget(self._above)
        # Tab comes to things in the order in which they got their parent: what stands above goes first.
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self.body = ReportBody(context, self.chooser.order(), self._stack)
        self.body.status.connect(self._body_says)
        self.body.edit_wanted.connect(self._edit_at)
        self.body.made.connect(self._enable)
        self.view = self.body.view
        self._parts: dict[str, QWidget] = {BODY: self.body}
        self._stack.addWidget(self.body)
        self.chooser.changed.connect(self._another_report)
        context.changed.connect(lambda _: self._look_at_frozen())
        context.year_changed.connect(lambda _: self._another_report())
        self.open(BODY)

    def _tool_row(self) -> Any:
        self._body_tools = (
            button("用默认程序打开", self.open_outside, icon="document"),
            button("另存为…", self.save_as, icon="save", tip="存成 PDF、Word 或纯文本"),
            button("打印", self.print, icon="print", primary=True, shortcut="Ctrl+P"),
        )
        self._enable(made=False)
        return flow([*self._pills.values(), *self.chooser.widgets()], list(self._body_tools))

    def _enable(self, made: bool) -> None:
        """Only a report that there is can go out of the program."""
        for tool in self._body_tools:
            tool.setEnabled(made)

    # parts

    def open(self, part: str) -> None:
        """Show one of the parts, 正文 to 定稿."""
        if part not in self._parts:
            self._parts[part] = self._make_part(part)
            self._stack.addWidget(self._parts[part])
        if part != BODY and self._stack.currentWidget() is not self._parts[part]:
            self.status.emit("")  # the part says its own when it comes in sight
        bring_forward(self._stack, self._parts[part])
        for name, pill in self._pills.items():
            pill.setChecked(name == part)
        self.chooser.set_shown(report=part in _CHOOSING, day=part in _CHOOSING or part == PROOFREADING)
        for tool in self._body_tools:
            tool.setVisible(part == BODY)
        self._give_order()
        self._look_at_frozen()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether no wording is unsaved; see `WordingPage.may_leave`."""
        wording = self._parts.get(WORDING)
        return not isinstance(wording, WordingPage) or wording.may_leave(then)

    def save_wording(self) -> None:
        """Keep the wording in front."""
        wording = self._stack.currentWidget()
        if isinstance(wording, WordingPage):
            wording.save()

    def choose(self, template: str) -> None:
        """Show a report of another sort."""
        self.open(BODY)
        self.chooser.choose(template)

    def find_indicator(self) -> None:
        """Search among the indicators."""
        self.open(INDICATORS)
        page = self._parts[INDICATORS]
        assert isinstance(page, IndicatorsPage)
        page.search.setFocus()
        page.search.selectAll()

    def show_number(self, indicator: str) -> None:
        """Show the records behind a number of the report, beside it.  indicator: its id."""
        self.body.show_number(indicator)

    def _make_part(self, part: str) -> QWidget:
        # What is made inside its parent is polished once, not at every move.
        made = _PAGES[part](self._context, parent=self._stack)
        made.status.connect(self.status)
        if isinstance(made, WordingPage):
            made.saved.connect(self.body.renew)
            made.unsaved.connect(self._mark_unsaved)
            made.kept_order.connect(lambda: self.chooser.show(made.order))
        return made

    def _body_says(self, text: str) -> None:
        """The pages are made anew behind the other parts too, of which the status bar speaks then."""
        if self._stack.currentWidget() is self.body:
            self.status.emit(text)

    def _edit_at(self, indicator: str, heading: int) -> None:
        """From the pages to the wording of what is in sight there."""
        self.open(WORDING)
        wording = self._parts[WORDING]
        assert isinstance(wording, WordingPage)
        wording.begin_at(indicator, heading)

    def _mark_unsaved(self, unsaved: bool) -> None:
        """The other parts show the text as it is kept: that one is not is seen from there."""
        said = f"{WORDING}（未保存）" if unsaved else WORDING
        self._pills[WORDING].setText(said)
        self._pills[WORDING].setAccessibleName(said)

    # which report

    @property
    def order(self) -> Order:
        """The report that is chosen at the top: year, template, month or flood, cut-off date."""
        return self.chooser.order()

    def refresh(self) -> None:
        """Make what is in front anew if anything changed since."""
        self.body.refresh()

    def _another_report(self) -> None:
        self._give_order()
        self._look_at_frozen()

    def _give_order(self) -> None:
        """All that is about one report hears which one."""
        self.chooser.refresh()
        self.body.set_order(self.order)
        for part in self._parts.values():
            if isinstance(part, WordingPage | FrozenPage):
                part.set_order(self.order)
            elif isinstance(part, ProofreadPage):
                part.set_as_of(self.order.as_of)

    def _look_at_frozen(self) -> None:
        """Tell above the report when it has been frozen, and what has changed since."""
        if self.isVisible():
            self._context.read(
                _standing, self.order, done=self._tell_frozen, failed=lambda _: None, owner=self
            )

    def _tell_frozen(self, standing: Standing | None) -> None:
        self._above.setVisible(standing is not None and self._stack.currentWidget() is self.body)
        if standing is not None:
            said = f"▲ {standing.sentence}" if standing.differs else standing.sentence
            self._frozen.setText(said)
            # A label that wraps asks for less than its line takes.
            wide = self._frozen.fontMetrics().horizontalAdvance(said) + theme.GAP
            self._frozen.setMinimumWidth(min(wide, _SAID_WIDTH))
            style.set_state(self._frozen, "role", "warning" if standing.differs else "ok")
            self._changes.setVisible(standing.differs)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._look_at_frozen()

    # out of the program

    def _with_pages(self, do: Callable[[], object]) -> None:
        """What goes out is the kept text and the records as they are now, and it is seen meanwhile."""
        if self.may_leave(partial(self._with_pages, do)):
            self.open(BODY)
            self.body.when_made(do)

    def save_as(self) -> None:
        """Save the report as PDF, Word or text."""
        self._with_pages(
            lambda: self._context.read(
                reporting.title_of, self.body.order, done=self._save_called, owner=self
            )
        )

    def _save_called(self, title: str) -> None:
        filters = "PDF 文件 (*.pdf);;Word 文档 (*.docx);;纯文本 (*.txt)"
        path = ask.save_file("另存报告", f"{title}.pdf", filters, parent=self)
        if path is not None:
            self._context.read(
                _write, self.body.order, path, done=self._saved, owner=self, priority=Priority.LONG
            )

    def _saved(self, result: reporting.ReportResult) -> None:
        self._context.said.emit(f"已保存：{result.path}")

    def open_outside(self) -> None:
        """Show the very PDF in the PC's own program."""
        self._with_pages(self._open_now)

    def _open_now(self) -> None:
        if self.body.rendered is not None:
            printing.open_outside(
                self.body.rendered.pdf, f"{self._context.year}年{self.chooser.label}.pdf", self
            )

    def print(self) -> None:
        """Print the very PDF; without a printer it can be saved."""
        self._with_pages(self._print_now)

    def _print_now(self) -> None:
        if self.body.rendered is None:
            return
        if not printing.has_printer():
            hint = "可以先存成 PDF，拿到有打印机的电脑上打印。"
            if ask.question(printing.NO_PRINTER, hint, yes="保存 PDF…", parent=self):
                self.save_as()
            return
        pdf = self.body.rendered.pdf
        order = printing.choose(pdf, self.chooser.label, self)
        if order is not None:
            self._context.said.emit("正在送往打印机……")
            job = partial(self._context.read, _send, order, pdf, owner=self, priority=Priority.LONG)
            job(done=lambda _: self._context.said.emit("已送打印机"), failed=self._unsent)

    def _unsent(self, error: UserError) -> None:
        self._context.said.emit(error.title)
        ask.show_error(error, self)


def _write(ledger: Ledger, order: Order, path: Path) -> reporting.ReportResult:
    return reporting.write(ledger, order, path)


def _send(_ledger: Ledger, order: printing.Order, pdf: bytes) -> None:
    printing.send(order, pdf)


def _standing(ledger: Ledger, order: Order) -> Standing | None:
    return ledger.frozen.state(order.year, order.template, order.span)

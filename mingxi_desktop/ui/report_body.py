"""正文: the outline of a report, its pages as they will print or its text, and what the chosen number is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report import preview
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.model import Document
from mingxi_desktop.report.pdf import Rendered
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.made_later import MadeLater, in_one_step
from mingxi_desktop.ui.page_view import PageView
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.proof import IndicatorProof, ProofCard
from mingxi_desktop.ui.report_doubts import ReportDoubts
from mingxi_desktop.ui.report_text import ReportText
from mingxi_desktop.ui.shapes import Card, button, card, label, toggle

_PLACE = Qt.ItemDataRole.UserRole
_OUTLINE_SHARE, _DOUBTS_SHARE = 3, 2
"""Of the height beside the pages, where there are doubts."""
_NARROWEST_PAGES, _NARROWEST_OUTLINE = 300, 110
_SIZES, _SHARES, _WIDE = [220, 720, 400], (18, 54, 28), 1100
"""Outline, pages and proof: in pixels, and in hundredths of a page that is less wide."""


class ReportBody(QWidget):
    """One report, made anew whenever its order, its records or its wording change."""

    status = Signal(str)
    made = Signal(bool)
    """The pages have been made; False: there can be none."""
    edit_wanted = Signal(str, int)
    """The wording is to be changed: the chosen number, and which heading is in sight, from 0 (-1: none)."""

    def __init__(self, context: Context, order: Order, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order = order
        self._made: tuple[Annual, Rendered, Period] | None = None
        self._stale = True
        self._working = False
        self._then: Callable[[], object] | None = None
        self._number = ""
        self._text: ReportText | None = None
        # What is made inside its parent is polished once, not at every move; and in the order in which Tab goes.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        left, middle = card(self._splitter), QWidget(self._splitter)
        self._fill_left(left)
        self.as_text = toggle("纯文本", "segment", self._text_toggled, middle)
        self.as_text.setToolTip("不分页，只看文字；数一样可以点")
        self.annex = toggle("带溯源附件", "segment", lambda: self.set_order(self._order), middle)
        self.annex.setToolTip("在报告后面附上每个数的口径、条数和记录")
        self.change = button(
            "修改文字", self._change, middle, tip="到“文字”里改：光标停在选中的数，或者眼前这一节"
        )
        self._zooms = (
            button("缩小", lambda: self.view.step_zoom(-1), middle, tip="缩小（Ctrl+滚轮）"),
            button("放大", lambda: self.view.step_zoom(1), middle, tip="放大（Ctrl+滚轮）"),
        )
        for tool in (self.change, *self._zooms):  # one line even in a small window
            style.set_state(tool, "dense", value=True)
        self._sheets = QStackedWidget(middle)
        self.view = PageView(self._sheets)
        self.view.number_chosen.connect(self.show_number)
        self.view.page_shown.connect(lambda _: self.tell())
        self._sheets.addWidget(self.view)
        self._text_place = TabPlace(self._sheets)
        self._fault = label(role="warning", parent=self._sheets)
        self._fault.setWordWrap(True)
        self._fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheets.addWidget(self._fault)
        self._fill_splitter(left, middle)
        context.changed.connect(self.renew)

    def _give_keys(self) -> None:
        table = self.proof.table
        parts = (self.outline, self.outline.setFocus), (self._sheets, self._to_sheet), (table, table.setFocus)
        PartKeys(self, parts)

    def _to_sheet(self) -> None:
        shown = self._sheets.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _make_outline(self, parent: QWidget) -> QListWidget:
        outline = QListWidget(parent)
        outline.setAccessibleName("报告提纲")
        outline.setWordWrap(True)
        outline.setFrameShape(QListWidget.Shape.NoFrame)
        outline.setSpacing(2)
        outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outline.setMinimumWidth(_NARROWEST_OUTLINE)
        outline.itemClicked.connect(self._to_heading)
        outline.itemActivated.connect(self._to_heading)
        return outline

    def _fill_left(self, left: Card) -> None:
        self.outline = self._make_outline(left)
        left.column.addWidget(label("提纲", "title"))
        left.column.addWidget(self.outline, _OUTLINE_SHARE)
        self.doubts = ReportDoubts(left)
        self.doubts.chosen.connect(self._to_number)
        left.column.addWidget(self.doubts, _DOUBTS_SHARE)

    def _fill_splitter(self, left: QWidget, middle: QWidget) -> None:
        splitter = self._splitter
        pages = QVBoxLayout(middle)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(theme.HALF)
        pages.addLayout(flow([self.as_text, self.annex, self.change], list(self._zooms), theme.HALF))
        pages.addWidget(self._sheets, 1)
        self._proof = MadeLater(in_one_step(partial(ProofCard, self._context)), splitter)
        for part in (left, middle, self._proof):
            splitter.addWidget(part)
        self._proof.made.connect(self._give_keys)
        # On a small screen what stands beside the pages gives way, not the pages.
        middle.setMinimumWidth(_NARROWEST_PAGES)
        splitter.setSizes(_SIZES)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the three share what there is; as before once it is wide."""
        super().resizeEvent(event)
        before, now = event.oldSize().width() < _WIDE, self.width() < _WIDE
        if now or before:
            self._splitter.setSizes([self.width() * share // 100 for share in _SHARES] if now else _SIZES)

    # what is shown

    @property
    def order(self) -> Order:
        """The report that is shown, or will be as soon as it is made."""
        return self._order

    @property
    def text(self) -> ReportText:
        """The report as running text, made when it is first wanted."""
        if self._text is None:
            self._text = ReportText(self._sheets)
            self._text.number_chosen.connect(self.show_number)
            self._sheets.addWidget(self._text)
            self._text_place.put([self._text.browser])
            if self._made is not None:
                self._text.set_document(self._made[0].document)
                self._text.select(self._number)
        return self._text

    @property
    def proof(self) -> IndicatorProof:
        """What the chosen number is made of."""
        return self._proof.part.proof

    @property
    def rendered(self) -> Rendered | None:
        """The pages; None until they are made for the first time."""
        return self._made[1] if self._made else None

    def set_order(self, order: Order) -> None:
        """Show another report; the trace annex is as the button says."""
        order = replace(order, annex=self.annex.isChecked())
        if order != self._order:
            self._order = order
            self.renew()

    def _text_toggled(self) -> None:
        text = self.as_text.isChecked()
        shown = self.text if text else self.view
        self._sheets.setCurrentWidget(self._fault if self._fault.text() else shown)
        for zoom in self._zooms:
            zoom.setEnabled(not text)

    def show_number(self, indicator: str) -> None:
        """The proof of a number of the text."""
        self.view.select(indicator)
        if self._text is not None:
            self._text.select(indicator)
        self._number = indicator
        if self._made is not None:
            report, _, period = self._made
            times = reporting.places(report.document).get(indicator, 0)
            note = f"这个数在正文里印了 {times} 处" if times else ""
            self.proof.show_indicator(indicator, period=period, note=note)

    def renew(self, _changes: Changes | None = None) -> None:
        """What is shown no longer holds."""
        self._stale = True
        self.refresh()

    def refresh(self) -> None:
        """Make the pages anew if anything changed since; nothing while out of sight."""
        if not self._stale or self._working or not self.isVisible():
            return
        self._working, self._stale = True, False
        self.status.emit("正在排版…")
        self._context.worker.run(
            _render, self._order,
            done=self._show, failed=self._failed, ended=self._ended, owner=self, priority=Priority.LONG,
        )  # fmt: skip

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
        self.tell()

    def when_made(self, then: Callable[[], object]) -> None:
        """Do something with the pages as they have to be now: at once, or as soon as they are made."""
        if self._made is not None and not self._stale and not self._working:
            then()
        else:
            self._then = then
            self.refresh()

    def _ended(self) -> None:
        self._working = False
        self.refresh()
        if not self._working and self._then is not None:
            then, self._then = self._then, None
            if self._made is not None:
                then()

    def _failed(self, error: UserError) -> None:
        """There is no such report: the one before must not stand there in its place."""
        self._made = None
        self.proof.clear()
        self.view.set_report(None)
        self._set_text(None)
        self.outline.clear()
        self.doubts.show_doubts((), {})
        self._fault.setText(
            "▲ " + "\n".join(part for part in (error.title, error.detail, error.hint) if part)
        )
        self._text_toggled()
        self.made.emit(False)
        self.status.emit(error.title)

    def _show(self, made: tuple[Annual, Rendered, Period]) -> None:
        report, rendered, _ = self._made = made
        self._fault.clear()
        self._text_toggled()
        self.view.set_report(rendered)
        self._set_text(report.document)
        self.outline.clear()
        for heading in rendered.outline:
            item = QListWidgetItem(f"{'　' * (heading.level - 1)}{heading.title}")
            item.setData(_PLACE, (heading.page, heading.y))
            item.setToolTip(heading.title)
            self.outline.addItem(item)
        self.doubts.show_doubts((*report.warnings, *rendered.warnings), report.spoken_of)
        if self._number:  # its proof follows the report
            self.show_number(self._number)
        self.made.emit(True)
        self.tell()

    def _set_text(self, document: Document | None) -> None:
        if self._text is not None:
            self._text.set_document(document)

    def _change(self) -> None:
        """To the wording of what is chosen, or in sight."""
        rendered, place = self.rendered, self.view.place
        known = rendered.outline if rendered is not None and not self.as_text.isChecked() else ()
        passed = sum(1 for heading in known if (heading.page, heading.y) <= place)
        self.edit_wanted.emit(self._number, passed - 1)

    def _to_heading(self, item: QListWidgetItem) -> None:
        self.view.go_to(*item.data(_PLACE))
        if self._text is not None:
            self._text.go_to_heading(self.outline.row(item))

    def _to_number(self, indicator: str) -> None:
        """Its place in the text, and its proof."""
        self.view.reveal(indicator)
        self.show_number(indicator)

    def tell(self) -> None:
        """Pages, numbers and fonts for the status bar."""
        rendered = self.rendered
        if rendered is not None:
            numbers = len({spot.indicator for spot in rendered.spots})
            place = f"第 {self.view.page} 页 / 共 {rendered.pages} 页"
            proved = f"{len(self.doubts)} 处待核" if len(self.doubts) else "全部来自记录"
            self.status.emit(f"{place}　{numbers} 个指标，{proved}　字体：{rendered.fonts}")


def _render(ledger: Ledger, order: Order) -> tuple[Annual, Rendered, Period]:
    preview.load()
    report, rendered = reporting.rendered(ledger, order)
    return report, rendered, reporting.period_of(ledger, order)

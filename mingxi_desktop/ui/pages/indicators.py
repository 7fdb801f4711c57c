"""All indicators of the year, last year beside them, and the proof of the chosen one; own ones are made here."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.defining import Desk, Unusable
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.defining.answer import Choice
from mingxi_desktop.ui.defining.model import MINE, part_of
from mingxi_desktop.ui.defining.table import IndicatorTable
from mingxi_desktop.ui.defining.work import Work
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.made_later import MadeLater, in_one_step
from mingxi_desktop.ui.proof import IndicatorProof, ProofCard, prove
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, card, label, row
from mingxi_desktop.ui.value_words import until

_SEARCH_WIDTH = 260
_ALL = ("", "全部指标")


class IndicatorsPage(QWidget):
    """The list of indicators, and what can be done with the one with the cursor."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk: Desk | None = None
        self.work = Work(context, self)
        self.work.made.connect(self._wish)
        self.work.going.connect(self._leave)
        self._wished = ""
        self._number = 0
        self.table = IndicatorTable()
        self.table.chosen.connect(self._chosen)
        self.table.activated.connect(lambda _: self.change())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.search = SearchLine("搜索指标", "搜索指标：文字、拼音或首字母")
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.search.textChanged.connect(self._filter)
        self.search.went_on.connect(self.table.setFocus)
        self._group = Choice("只看哪些指标")
        self._group.currentIndexChanged.connect(self._filter)
        self._count = label(role="muted")
        self._make_buttons()
        self._notice = self._make_notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(flow([self.search, self._group, self._count], list(self._buttons)))
        column.addWidget(self._notice)
        column.addWidget(self._make_body(), 1)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())
        self._mark()

    def _make_buttons(self) -> None:
        self._files = QMenu(self)
        self._files.addAction("导入定义…(&I)").triggered.connect(lambda *_: self.work.take_in())
        self._export = self._files.addAction("导出定义…(&X)")
        self._export.triggered.connect(lambda *_: self.work.export())
        files = button("定义文件", lambda: None, tip="把自己定义的指标带到别的电脑，或从那里带来")
        files.setMenu(self._files)
        style.set_state(files, "menu", value=True)
        self.remove_button = button("删除", self.remove, icon="trash")
        self.copy_button = button("复制为新指标…", self.copy, icon="copy", tip="照着它做一个新的")
        self.change_button = button("修改…", self.change, icon="edit", tip="名称、条件、单位和印法都可以改")
        self.new_button = button("新建指标…", self.work.new, icon="add", tip="从台账里算一个新的数")
        self._buttons = (files, self.remove_button, self.copy_button, self.change_button, self.new_button)

    def _make_notice(self) -> QWidget:
        made = card()
        style.set_state(made, "notice", value=True)
        made.column.setContentsMargins(theme.GAP, theme.HALF, theme.GAP, theme.HALF)
        self._notice_text = label()
        self._notice_text.setWordWrap(True)
        self._notice_remove = button("删除", self._remove_unusable, link=True)
        line = row(self._notice_text, self._notice_remove)
        line.setStretch(0, 1)
        made.column.addLayout(line)
        made.hide()
        return made

    def _make_body(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        self._proof = MadeLater(in_one_step(partial(ProofCard, self._context)), splitter)
        splitter.setSizes([880, 440])
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        return splitter

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read all values anew; nothing while out of sight."""
        if self.isVisible():
            self._context.read(_values, self._context.year, done=self._show, owner=self)

    @property
    def proof(self) -> IndicatorProof:
        """The proof of the indicator with the cursor."""
        return self._proof.part.proof

    def say(self) -> None:
        """Say in the status bar which indicators are shown, and of when; nothing out of sight."""
        if self._desk is not None and self.isVisible():
            shown, year = self.table.found.rowCount(), self._context.year
            whole = f"显示 {shown:,} / 共 {self._number:,} 个指标"
            self.status.emit(f"{whole}　{year} 年和 {year - 1} 年　{until(year)}")

    # what can be done

    def change(self) -> None:
        """Change the indicator with the cursor, delivered or own."""
        self._edit(new=False)

    def copy(self) -> None:
        """A new indicator like the one with the cursor."""
        self._edit(new=True)

    def remove(self) -> None:
        """Delete the own indicator with the cursor, or put a changed delivered one back."""
        found, desk = self.table.current_id(), self._desk
        if found and desk is not None and (found in desk.book.own or found in desk.book.changed):
            self.work.remove(desk.book.get(found), own=found in desk.book.own)

    def show_years(self) -> None:
        """The indicator with the cursor over the years."""
        from mingxi_desktop.ui.dialogs.years import YearsDialog

        found = self.table.current_id()
        if found:
            YearsDialog(self._context, found, prove, parent=self).exec()

    def _edit(self, *, new: bool) -> None:
        found = self.table.current_id()
        if found and self._desk is not None:
            self.work.edit(self._desk, self._desk.book.get(found), new=new)

    def _remove_unusable(self) -> None:
        if self._desk is not None:
            self.work.remove_unusable(self._desk.unusable)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.popup(self.table.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What can be done with the indicator with the cursor."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        there = bool(self.table.current_id())
        removing = f"{self.remove_button.text()}(&D)"
        for text, enabled, do in (
            ("修改…(&E)", there, self.change),
            ("复制为新指标…(&C)", there, self.copy),
            (removing, self.remove_button.isEnabled(), self.remove),
            ("历年对比…(&Y)", there, self.show_years),
            ("新建指标…(&N)", True, self.work.new),
        ):
            action = menu.addAction(text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _=False, do=do: do())
        return menu

    # what is shown

    def _show(self, seen: tuple[list[IndicatorValue], Desk, int]) -> None:
        values, self._desk, year = seen
        book = self._desk.book
        marks = dict.fromkeys(book.own, "自己的") | dict.fromkeys(book.changed, "已改")
        self._offer_groups(values)
        self.table.show_values(values, marks, year, self._wished)
        self._wished, self._number = "", len(values)
        known = sum(1 for value in values if value.records)
        mine = f"，自己的和改过的 {len(marks)} 个" if marks else ""
        self._count.setText(f"{len(values)} 个指标，{known} 个 {year} 年有记录{mine}")
        self._tell_unusable(self._desk.unusable)
        self._mark()
        self.say()

    def _offer_groups(self, values: list[IndicatorValue]) -> None:
        tabs = dict.fromkeys(kind_of(value.indicator.kind).tab for value in values)
        places = dict.fromkeys(part_of(value.indicator.section) for value in values)
        options = [_ALL, (MINE, "自己定义或改过的")]
        options += [(f"tab:{tab}", tab) for tab in tabs]
        options += [(f"at:{place}", f"报告位置 {place}") for place in places if place]
        if [self._group.itemText(place) for place in range(self._group.count())] != [
            said for _, said in options
        ]:
            self._group.set_options(tuple(options))

    def _filter(self) -> None:
        self.table.filter(self.search.text(), self._group.key())
        self._mark()
        self.say()

    def _wish(self, id: str) -> None:
        """An indicator has been made: it is to be seen."""
        self._wished = id
        self.search.clear()
        self._group.set_key("")
        self.table.filter("", "")
        self.refresh()

    def _leave(self) -> None:
        """The proof must not ask for an indicator that is gone."""
        if self.table.found.rowCount() < 2:
            self.search.clear()
            self._group.setCurrentIndex(0)
        self.table.step_away()

    def _chosen(self, id: str) -> None:
        if id:
            self.proof.show_indicator(id)
        self._mark()

    def _tell_unusable(self, unusable: tuple[Unusable, ...]) -> None:
        said = "；".join(f"{one.label}：{one.reason}" for one in unusable)
        self._notice_text.setText(f"有 {len(unusable)} 个自己定义的指标现在用不了。{said}")
        self._notice_remove.setText(f"删除这 {len(unusable)} 个定义")
        self._notice.setVisible(bool(unusable))

    def _mark(self) -> None:
        found, desk = self.table.current_id(), self._desk
        own = desk is not None and found in desk.book.own
        changed = desk is not None and found in desk.book.changed
        self.remove_button.setText("恢复自带的" if changed else "删除")
        self.remove_button.setAccessibleName(self.remove_button.text())
        self.remove_button.setToolTip(
            "改过的地方不要了" if changed else "" if own else "自带的指标不能删除；不想印它，改报告文字即可"
        )
        self.remove_button.setEnabled(own or changed)
        for one in (self.change_button, self.copy_button):
            one.setEnabled(bool(found))
        self._export.setEnabled(desk is not None and bool(desk.book.own or desk.book.changed))


def _values(ledger: Ledger, year: int) -> tuple[list[IndicatorValue], Desk, int]:
    return ledger.indicators(year), ledger.definitions.desk(), year

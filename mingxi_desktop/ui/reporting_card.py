"""The card around the reporting grid: which ledger, what can be done about a cell or a month, the legend."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reporting_state import (
    MONTHLY,
    REPORTED,
    Reporting,
    ReportingRow,
    State,
    reminder,
)
from mingxi_desktop.ui import ask, icons, style
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.filters import month_range
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.reporting_grid import ReportingGrid
from mingxi_desktop.ui.shapes import Card, button, label

_KIND = "overview/reporting"
"""Setting of this PC: the ledger whose grid was looked at last."""


class ReportingCard(Card):
    """报送情况 of one ledger."""

    kind_chosen = Signal()
    """Another ledger is to be shown: read the page anew."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reporting: Reporting | None = None
        self._bureau = ""
        self._menu: QMenu | None = None
        self._kinds = CalmCombo("报送情况的台账")
        for name in REPORTED:
            self._kinds.addItem(kind_of(name).label, name)
        self._kinds.setCurrentIndex(max(self._kinds.findData(str(context.settings.value(_KIND, ""))), 0))
        self._monthly = QCheckBox("每月报送")
        self._monthly.setToolTip("勾上：每月报一次，过了次月5日没有报的算未报。不勾：只显示有几条记录。")
        self._remind = button("复制催报名单", self.copy_reminder, link=True)
        self.column.addLayout(flow([label("报送情况", "title"), self._kinds, self._monthly], [self._remind]))
        self.grid = ReportingGrid()
        self.column.addWidget(self.grid, 1)
        self._legend = {
            State.REPORTED: label(role="muted"),
            State.ZERO: label(role="muted"),
            State.MISSING: label(role="muted"),
            State.OPEN: label(role="muted"),
        }
        self.column.addLayout(flow(list(self._legend.values()), [], spacing=18))
        self._kinds.currentIndexChanged.connect(self._kind_changed)
        self._monthly.clicked.connect(self._set_monthly)
        self.grid.chosen.connect(self._chosen)
        self.grid.menu_wanted.connect(self._cell_menu)
        self.grid.month_wanted.connect(self._month_menu)
        self.grid.area_wanted.connect(self._area_records)

    @property
    def kind(self) -> str:
        """The ledger that is shown."""
        return str(self._kinds.currentData())

    def show_kind(self, kind: str) -> None:
        """Show another ledger."""
        self._kinds.setCurrentIndex(max(self._kinds.findData(kind), 0))

    def show_reporting(self, reporting: Reporting, bureau: str) -> None:
        """Show who has reported; bureau: who signs the reminder."""
        self._reporting, self._bureau = reporting, bureau
        self.grid.show_reporting(reporting)
        self._monthly.setChecked(reporting.monthly)
        missing = reporting.count(State.MISSING)
        self._remind.setVisible(bool(missing))
        for state, text in (
            (State.REPORTED, "数字 已报的条数"),
            (State.ZERO, f"○ 零报 {reporting.count(State.ZERO)}"),
            (State.MISSING, f"▲ 未报 {missing}"),
            (State.OPEN, "空白 未到期" if reporting.monthly else "空白 没有记录"),
        ):
            self._legend[state].setText(text)
        self._legend[State.MISSING].setVisible(reporting.monthly)
        style.set_state(self._legend[State.MISSING], "role", "error" if missing else "muted")

    def copy_reminder(self, month: int | None = None) -> None:
        """Put the list of those who have not reported on the clipboard, of one month or of all."""
        if self._reporting is not None:
            self.copy_reminder_of((self._reporting, self._bureau), month)

    def copy_reminder_of(self, found: tuple[Reporting, str], month: int | None = None) -> None:
        """The same for a grid that need not be shown, with who signs."""
        text = reminder(*found, month)
        QGuiApplication.clipboard().setText(text)
        self._context.said.emit("催报名单已复制，可以粘贴到微信或通知里" if text else "没有未报的乡镇")

    # what can be done

    def _chosen(self, row: int, month: int) -> None:
        """Records are shown; where there are none there is a choice."""
        assert self._reporting is not None
        line = self._reporting.rows[row]
        if line.cells[month - 1].state is State.REPORTED:
            self._context.show(self._reporting.query(line, month))
        else:
            self._cell_menu(row, month)

    def _cell_menu(self, row: int, month: int) -> None:
        reporting = self._reporting
        assert reporting is not None
        line, menu = reporting.rows[row], self._new_menu()
        state = line.cells[month - 1].state
        menu.addAction(self.grid.cells.words(row, month)).setEnabled(False)
        if state is State.REPORTED:
            menu.addAction(
                icons.icon("search"), "看这些记录", lambda: self._context.show(reporting.query(line, month))
            )
        elif state is State.ZERO:
            menu.addAction(icons.icon("undo"), "取消零报", partial(self._cancel, line, month))
        else:
            zero = menu.addAction(icons.icon("ok"), "登记零报", partial(self._register, (line,), month))
            zero.setEnabled(month <= reporting.begun)
        begin = partial(self._context.new_wanted.emit, reporting.kind, {AREA: line.area})
        menu.addAction(icons.icon("add"), "新增记录", begin)
        of_file = f"import:{reporting.kind}"
        menu.addAction(icons.icon("import"), "导入表格…", partial(self._context.page_wanted.emit, of_file))
        self._add_month(menu, reporting, month)
        cell = self.grid.visualRect(self.grid.cells.index(row, month - 1))
        self._pop_up(menu, self.grid.viewport().mapToGlobal(cell.bottomLeft()))

    def _month_menu(self, month: int) -> None:
        reporting = self._reporting
        assert reporting is not None
        menu, header = self._new_menu(), self.grid.horizontalHeader()
        date = kind_of(reporting.kind).date
        where = ((date, month_range(reporting.year, (month,))),)
        query = Query(reporting.kind, year=reporting.year, where=where)
        menu.addAction(icons.icon("search"), f"看{month}月的全部记录", lambda: self._context.show(query))
        self._add_month(menu, reporting, month)
        place = QPoint(header.sectionViewportPosition(month - 1), header.height())
        self._pop_up(menu, header.viewport().mapToGlobal(place))

    def _add_month(self, menu: QMenu, reporting: Reporting, month: int) -> None:
        missing = reporting.missing(month)
        if missing:
            menu.addSeparator()
            text = f"{month}月未报的 {len(missing)} 个乡镇都登记零报…"
            menu.addAction(text, partial(self._register_all, missing, month))
            menu.addAction(icons.icon("copy"), f"复制{month}月催报名单", partial(self.copy_reminder, month))

    def _area_records(self, row: int) -> None:
        assert self._reporting is not None
        where = ((AREA, (self._reporting.rows[row].ref,)),)
        self._context.show(Query(self._reporting.kind, year=self._reporting.year, where=where))

    def _new_menu(self) -> QMenu:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self)
        return self._menu

    def _pop_up(self, menu: QMenu, where: QPoint) -> None:
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        menu.popup(where)
        if first is not None:
            menu.setActiveAction(first)

    # changes

    def _register_all(self, missing: tuple[ReportingRow, ...], month: int) -> None:
        assert self._reporting is not None
        names = "、".join(row.area for row in missing)
        if ask.question(
            f"把 {len(missing)} 个乡镇 {month} 月的{self._reporting.label}都登记为零报？",
            f"{names}\n\n以后报来了记录，那一格就变成已报。",
            yes=f"登记 {len(missing)} 个零报",
            parent=self,
        ):
            self._register(missing, month)

    def _register(self, rows: tuple[ReportingRow, ...], month: int) -> None:
        reporting = self._reporting
        assert reporting is not None
        areas = [row.ref for row in rows]
        self._context.write(_register, reporting.kind, areas, reporting.year, month, owner=self)

    def _cancel(self, row: ReportingRow, month: int) -> None:
        reporting = self._reporting
        assert reporting is not None
        self._context.write(_cancel, reporting.kind, row.ref, reporting.year, month, owner=self)

    def _kind_changed(self) -> None:
        self._context.settings.setValue(_KIND, self.kind)
        self.kind_chosen.emit()

    def _set_monthly(self, on: bool) -> None:
        def kept(_: None) -> None:
            word = "每月报送" if on else "不用每月报送"
            self._context.said.emit(f"{kind_of(self.kind).label}{word}")
            self.kind_chosen.emit()

        self._context.read(_keep_monthly, self.kind, on, done=kept, owner=self)


def _register(ledger: Ledger, kind: str, areas: list[str], year: int, month: int) -> Changes:
    return ledger.zeros.register(kind, areas, year, month)


def _cancel(ledger: Ledger, kind: str, area: str, year: int, month: int) -> Changes:
    return ledger.zeros.cancel(kind, area, year, month)


def _keep_monthly(ledger: Ledger, kind: str, on: bool) -> None:
    rest = [name for name in ledger.zeros.monthly() if name != kind]
    ledger.set_setting(MONTHLY, ",".join([*rest, kind] if on else rest))

"""What can be done about the cells of a reporting grid: their menus, zero reports, the list of those missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.duties.grids import Reporting, ReportingRow, Spot, State
from mingxi_desktop.ui import ask, icons
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.reporting_grid import ReportingGrid
from mingxi_desktop.ui.shapes import literal


class ReportingDesk(QObject):
    """Stands behind one grid."""

    records_wanted = Signal(object)
    """A `Query`: the records behind a cell, a row or a period."""

    def __init__(self, context: Context, grid: ReportingGrid) -> None:
        super().__init__(grid)
        self._context = context
        self._grid = grid
        self._bureau = ""
        self.menu: QMenu | None = None
        """The menu that was opened last."""
        grid.gone_on.connect(self.go_on)
        grid.menu_wanted.connect(self.cell_menu)
        grid.period_wanted.connect(self.period_menu)
        grid.row_wanted.connect(self._row_records)

    def show_reporting(self, reporting: Reporting, bureau: str, *, missing: bool = False) -> None:
        """Show who has reported.  bureau: who signs reminders.  missing: only where anything is missing."""
        self._bureau = bureau
        self._grid.show_reporting(reporting, missing=missing)

    @property
    def reporting(self) -> Reporting:
        """What is shown; there has to be something."""
        shown = self._grid.cells.reporting
        assert shown is not None
        return shown

    # what can be done

    def go_on(self, index: QModelIndex) -> None:
        """Records are shown; where there are none there is a choice."""
        if not self.show_records(index):
            self.cell_menu(index)

    def show_records(self, index: QModelIndex) -> bool:
        """Show the records of a cell; whether there are any."""
        cells = self._grid.cells
        there = cells.cell_at(index).records > 0
        if there:
            query = self.reporting.query(cells.row_at(index.row()), cells.place_at(index.column()))
            self.records_wanted.emit(query)
        return there

    def cell_menu(self, index: QModelIndex) -> None:
        """Open the menu of one reporter in one period: what can be seen of it and done about it."""
        cells, reporting = self._grid.cells, self.reporting
        row, place = cells.row_at(index.row()), cells.place_at(index.column())
        cell, menu = cells.cell_at(index), self._new_menu()
        menu.addAction(literal(cells.words(index))).setEnabled(False)
        if cell.records:
            menu.addAction(icons.icon("search"), "看这些记录", partial(self.show_records, QModelIndex(index)))
        elif cell.state is State.ZERO:
            menu.addAction(icons.icon("undo"), "取消零报", partial(self.cancel, [(row.ref, place)]))
        else:
            zero = menu.addAction(icons.icon("ok"), "登记零报", partial(self.register, [(row.ref, place)]))
            zero.setEnabled(place < reporting.begun)
        known = {"reporter" if reporting.duty.of_departments else AREA: row.name}
        begin = partial(self._context.new_wanted.emit, reporting.duty.kind, known)
        menu.addAction(icons.icon("add"), "新增记录", begin)
        of_file = f"import:{reporting.duty.kind}"
        menu.addAction(icons.icon("import"), "导入表格…", partial(self._context.page_wanted.emit, of_file))
        self._add_period(menu, place)
        shown = self._grid.visualRect(index)
        self._pop_up(menu, self._grid.viewport().mapToGlobal(shown.bottomLeft()))

    def period_menu(self, place: int) -> None:
        """Open the menu of a period over all reporters."""
        menu, header = self._new_menu(), self._grid.horizontalHeader()
        text = f"看{self.reporting.periods[place].label}的全部记录"
        query = self.reporting.query(None, place)
        menu.addAction(icons.icon("search"), text, partial(self.records_wanted.emit, query))
        self._add_period(menu, place)
        left = header.sectionViewportPosition(self._grid.cells.column_of(place))
        self._pop_up(menu, header.viewport().mapToGlobal(QPoint(left, header.height())))

    def copy_text(self, place: int | None = None) -> None:
        """Put the list of those who have not reported on the clipboard, of one period or of all."""
        self.copy_text_of((self.reporting, self._bureau), place)

    def copy_text_of(self, found: tuple[Reporting, str], place: int | None = None) -> None:
        """The same for a grid that need not be shown, with who signs."""
        from mingxi_desktop.ledger.duties.reminding import text_of

        self.copy(text_of(*found, place))

    def copy(self, text: str) -> None:
        """Put a reminder on the clipboard, if there is anybody to remind."""
        if text:
            QGuiApplication.clipboard().setText(text)
        self._context.said.emit("催报名单已复制，可以粘贴到微信或通知里" if text else "没有未报的单位")

    # changes

    def register(self, spots: Sequence[Spot]) -> None:
        """Register zero reports, in one step."""
        self._context.write(_register, self.reporting, tuple(spots), owner=self)

    def cancel(self, spots: Sequence[Spot]) -> None:
        """Take zero reports back, in one step."""
        self._context.write(_cancel, self.reporting, tuple(spots), owner=self)

    def _ask_from(self, place: int) -> None:
        self._context.write(_ask_from, self.reporting, place, owner=self)

    def _register_all(self, missing: tuple[ReportingRow, ...], place: int) -> None:
        reporting = self.reporting
        names = "、".join(row.name for row in missing)
        if ask.question(
            f"把 {len(missing)} 个{reporting.unit} {reporting.periods[place].label}的{reporting.label}都登记为零报？",
            f"{names}\n\n以后报来了记录，那一格就变成已报。",
            yes=f"登记 {len(missing)} 个零报",
            parent=self._grid,
        ):
            self.register([(row.ref, place) for row in missing])

    # menus

    def _add_period(self, menu: QMenu, place: int) -> None:
        missing = self.reporting.missing(place)
        when = self.reporting.periods[place].label
        if missing:
            menu.addSeparator()
        if len(missing) > 1:
            text = f"{when}未报的 {len(missing)} 个{self.reporting.unit}都登记零报…"
            menu.addAction(text, partial(self._register_all, missing, place))
        if missing:
            menu.addAction(icons.icon("copy"), f"复制{when}催报名单", partial(self.copy_text, place))
        if not self.reporting.event and any(self.reporting.missing(before) for before in range(place)):
            menu.addSeparator()
            menu.addAction(f"{when}以前的不用报", partial(self._ask_from, place))

    def _row_records(self, row: int) -> None:
        self.records_wanted.emit(self.reporting.query(self._grid.cells.row_at(row)))

    def _new_menu(self) -> QMenu:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self._grid)
        return self.menu

    def _pop_up(self, menu: QMenu, where: QPoint) -> None:
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        menu.popup(where)
        if first is not None:
            menu.setActiveAction(first)


def _register(ledger: Ledger, reporting: Reporting, spots: Sequence[Spot]) -> Changes:
    return ledger.zeros.register(reporting, spots)


def _ask_from(ledger: Ledger, reporting: Reporting, place: int) -> Changes:
    return ledger.zeros.ask_from(reporting, place)


def _cancel(ledger: Ledger, reporting: Reporting, spots: Sequence[Spot]) -> Changes:
    return ledger.zeros.cancel(reporting, spots)

"""The table of a ledger: dense rows, sorted by a click on the header, columns as the user likes them."""

from __future__ import annotations

from array import array
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.inputs import Sources
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.table.columns import Columns
from mingxi_desktop.ui.table.copying import tab_text
from mingxi_desktop.ui.table.delegate import InputDelegate
from mingxi_desktop.ui.table.model import LedgerModel

_MOST_COPIED = 100_000


class LedgerTable(QTableView):
    """Shows a `LedgerModel`. What the user changes in its columns is kept in `settings` for each kind."""

    current_changed = Signal(object)
    """The id of the record with the cursor, or None."""
    selection_changed = Signal(int)
    """How many records are selected."""
    opened = Signal(int)
    """Enter or a double click on a record: its id."""
    menu_wanted = Signal(object)
    """The context menu (QMenu) is about to show: add actions to it."""
    paste_wanted = Signal()
    """Ctrl+V: take in what is on the clipboard."""

    def __init__(
        self,
        model: LedgerModel,
        worker: Worker,
        settings: QSettings | None = None,
        sources: Sources | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """settings: an INI file.  sources: with them cells can be edited in place."""
        super().__init__(parent)
        self._model = model
        self._worker = worker
        self._settings = settings
        self._empty = "没有记录"
        self._wanted: int | None = None
        self._loaded = False
        self.setModel(model)
        self._set_up_rows()
        header = self._set_up_header()
        self.columns = Columns(header, model.fields, settings, model.kind.name)
        self.columns.restore()
        self._restore_sort()
        self._set_up_editing(sources)
        self.setAccessibleName(model.kind.label)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        model.modelAboutToBeReset.connect(self._remember)
        model.loaded.connect(self._came)
        model.dataChanged.connect(self.viewport().update)
        self.selectionModel().currentRowChanged.connect(self._moved)
        # Qt tells each step of a sweep with the mouse; one word at its end is enough.
        self._told = QTimer(self, singleShot=True, interval=0)
        self._told.timeout.connect(lambda: self.selection_changed.emit(len(self.selected_ids())))
        self.selectionModel().selectionChanged.connect(lambda *_: self._told.start())

    # for pages

    def current_id(self) -> int | None:
        """The id of the record with the cursor."""
        return self._model.id_at(self.currentIndex().row())

    def selected_ids(self) -> array[int]:
        """The ids of the selected records, from top to bottom."""
        found: array[int] = array("q")
        selection = self.selectionModel().selection()
        areas = [selection.at(place) for place in range(selection.count())]
        for area in sorted(areas, key=lambda area: area.top()):
            found.extend(self._model.ids[area.top() : area.bottom() + 1])
        return found

    def go_to(self, id: int) -> bool:
        """Put the cursor on a record, or as soon as the list is there; False if it is not shown now."""
        row = self._model.row_of(id)
        if row < 0:
            self._wanted = id
            return False
        index = self._model.index(row, max(self.currentIndex().column(), self._first_column()))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def show_sort(self, field: str, descending: bool) -> None:
        """Sort as a list from elsewhere is meant to be; what the user chose for this table stays remembered."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(self._model.column_of(field), order)
        header.blockSignals(False)
        header.viewport().update()
        self._model.sort(self._model.column_of(field), order)

    def columns_menu(self) -> QMenu:
        """The menu of the button 列."""
        return self.columns.menu(self, self._reset)

    def set_empty_text(self, text: str) -> None:
        """What stands in a table without rows."""
        self._empty = text
        self.viewport().update()

    def copy(self, *, header: bool = False) -> None:
        """Put the selected rows on the clipboard, the shown columns of each."""
        ids = self.selected_ids()[:_MOST_COPIED]
        fields = self.columns.shown()

        def done(records: list[Record]) -> None:
            QGuiApplication.clipboard().setText(tab_text(records, fields, header=header))

        if ids:
            self._worker.run(_records, self._model.kind.name, ids, done=done, owner=self)

    def copy_cell(self) -> None:
        """Put the text of the cell with the cursor on the clipboard."""
        text = self.currentIndex().data(Qt.ItemDataRole.EditRole)
        QGuiApplication.clipboard().setText(str(text or ""))

    # set-up

    def _set_up_rows(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.ROW_HEIGHT)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)

    def _set_up_header(self) -> QHeaderView:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setHighlightSections(False)
        header.setFixedHeight(theme.ROW_HEIGHT + theme.HALF)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.columns_menu().popup(header.mapToGlobal(at))
        )
        # With all rows selected, a header that follows the selection would ask each cell of the table.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        return header

    def _set_up_editing(self, sources: Sources | None) -> None:
        if sources is None:
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            return
        self._model.editable = True
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        delegate = InputDelegate(lambda column: self._model.fields[column], sources, self)
        delegate.enter_pressed.connect(self._down)
        self.setItemDelegate(delegate)

    def _restore_sort(self) -> None:
        saved = str(self._settings.value(self._sort_key(), "")) if self._settings is not None else ""
        name, _, order = saved.partition(":")
        column = self._model.column_of(name)
        descending = Qt.SortOrder.DescendingOrder if order == "desc" else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(column, descending)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._sorted)
        if column >= 0:
            self._model.sort(column, descending)

    # inside

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        if self._settings is not None:
            name = self._model.fields[column].name if column >= 0 else ""
            word = "desc" if order == Qt.SortOrder.DescendingOrder else "asc"
            self._settings.setValue(self._sort_key(), f"{name}:{word}")
        self._model.sort(column, order)

    def _sort_key(self) -> str:
        return f"table/{self._model.kind.name}/sort"

    def _reset(self) -> None:
        self.columns.reset()
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _first_column(self) -> int:
        return self.horizontalHeader().logicalIndexAt(0)

    def _remember(self) -> None:
        if self._wanted is None:
            self._wanted = self.current_id()

    def _came(self, _count: int) -> None:
        """The list is there: the cursor goes back to the record it was on."""
        self._loaded = True
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.current_id() and not self.go_to(wanted):
            self._wanted = None
        if self.current_id() is None:
            self.current_changed.emit(None)
        self._told.start()
        self.viewport().update()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self._model.id_at(current.row()))

    def _down(self) -> None:
        now = self.currentIndex()
        below = now.siblingAtRow(now.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(self.selected_ids())
        copy = menu.addAction(icons.icon("copy"), f"复制 {count:,} 行\tCtrl+C", self.copy)
        with_header = menu.addAction("复制（带表头）", lambda: self.copy(header=True))
        cell = menu.addAction("复制单元格", self.copy_cell)
        for action in (copy, with_header, cell):
            action.setEnabled(count > 0)
        menu.addAction(icons.icon("import"), "粘贴表格…\tCtrl+V", self.paste_wanted.emit)
        self.menu_wanted.emit(menu)
        menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        id = self._model.id_at(index.row())
        if index.isValid() and id is not None:
            self.opened.emit(id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.columns.fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fill(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._loaded and not len(self._model.ids):
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("muted"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._empty)


def _records(ledger: Any, kind: str, ids: array[int]) -> list[Record]:
    return list(ledger.records(kind, ids))

"""The table of a ledger: dense rows, sorted by a click on the header, columns as the user likes them."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.inputs import Sources
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.table import cursor
from mingxi_desktop.ui.table.columns import Columns
from mingxi_desktop.ui.table.copying import Copier
from mingxi_desktop.ui.table.delegate import RecordDelegate
from mingxi_desktop.ui.table.entry import Entry, Held
from mingxi_desktop.ui.table.gutter import Gutter
from mingxi_desktop.ui.table.headings import Headings
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.selection import Band, Block, bands
from mingxi_desktop.ui.table.sorting import Sorting
from mingxi_desktop.ui.table.waiting import Arriving, Waiting

_Hint = QAbstractItemDelegate.EndEditHint


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
    said = Signal(str)
    """A short sentence for the status bar."""

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
        self._empty = "没有记录"
        self._wanted: int | None = None
        self._column = -1
        self._place = -1
        self._held: tuple[int | None, Held] | None = None
        self._loaded = False
        self._headings = Headings(self, model)
        self._waiting = Waiting(self, model)
        self._arriving = Arriving(self, model)
        self._copier = Copier(model, worker, self)
        self._copier.said.connect(self.said)
        self.setModel(model)
        self._set_up_rows()
        header = self._set_up_header()
        self.columns = Columns(header, model.fields, settings, model.kind.name)
        self.columns.restore()
        self._sorting = Sorting(header, model, settings)
        self._sorting.restore()
        self._set_up_editing(sources)
        self.setAccessibleName(model.kind.label)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        model.modelAboutToBeReset.connect(self._remember)
        model.begun.connect(self.scrollToTop)
        model.loaded.connect(self._came)
        model.dataChanged.connect(self.viewport().update)
        model.dataChanged.connect(self._type_on)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        # Qt tells each step of a sweep with the mouse; one word at its end is enough.
        self._told = QTimer(self, singleShot=True, interval=0)
        self._told.timeout.connect(lambda: self.selection_changed.emit(len(self.selected_ids())))
        self.selectionModel().selectionChanged.connect(lambda *_: self._told.start())

    # for pages

    def current_id(self) -> int | None:
        """The id of the record with the cursor."""
        return self._model.id_at(self.currentIndex().row())

    def selected_ids(self) -> array[int]:
        """The ids of the records in whose rows a cell is selected, from top to bottom."""
        found = self._model.ids[:0]
        for band in self._bands():
            found.extend(self._model.ids_between(band.top, band.bottom))
        return found

    def selected_cells(self) -> list[Block]:
        """The selected cells from top to bottom, as rectangles that do not overlap; headings left out."""
        fields = self._model.fields
        blocks = (
            Block(
                self._model.ids_between(band.top, band.bottom),
                tuple(fields[column] for column in band.columns),
            )
            for band in self._bands()
        )
        return [block for block in blocks if block.ids]

    def current_field(self) -> Field | None:
        """The field of the cell with the cursor."""
        index = self.currentIndex()
        return self._model.fields[index.column()] if index.isValid() else None

    def can_edit(self) -> bool:
        """Whether records can be changed here."""
        return self._model.editable and not self._model.query.trash

    def id_above(self) -> int | None:
        """The id of the record over the first selected one; None if that is the first of all."""
        found = self._bands()
        rows = range(found[0].top - 1, -1, -1) if found else ()
        return next((number for number in map(self._model.id_at, rows) if number is not None), None)

    def ids_from(self, id: int, count: int) -> array[int]:
        """The ids of a record and of those under it, so many at most."""
        row = self._model.row_of(id)
        return self._model.ids_between(row, self._model.rowCount() - 1)[:count] if row >= 0 else array("q")

    def edit_current(self) -> None:
        """Open the cell with the cursor; its text stays."""
        self.entry.edit(self.currentIndex())

    def go_to(self, id: int) -> bool:
        """Put the cursor on a record, or as soon as the list is there; False if it is not shown now."""
        row = self._model.row_of(id)
        if row < 0:
            self._wanted = id
            return False
        now = self.currentIndex()
        if now.row() != row:
            column = now.column() if now.isValid() else self._column
            column = column if column >= 0 and not self.isColumnHidden(column) else self._first_column()
            self.setCurrentIndex(self._model.index(row, column))
        self.scrollTo(self.currentIndex())
        return True

    def stay_here(self) -> None:
        """The record with the cursor is about to go: the one that takes its place is the next under it.

        Of several selected ones it is the place of the first.
        """
        found = self._bands()
        self._place = found[0].top if found else self.currentIndex().row()

    def show_sort(self, field: str, descending: bool) -> None:
        """Sort as a list from elsewhere is meant to be; what the user chose for this table stays remembered."""
        self._sorting.show(field, descending)

    def columns_menu(self) -> QMenu:
        """Which columns are shown, to be ticked, and the way back to the usual ones (列)."""
        return self.columns.menu(self, self._reset)

    def set_empty_text(self, text: str) -> None:
        """What stands in a table without rows."""
        self._empty = text
        self.viewport().update()

    def copy(self, *, header: bool = False) -> None:
        """Put the selected cells on the clipboard; of a scattered selection the shown columns of its rows."""
        fields = {block.fields for block in self.selected_cells()}
        wanted = fields.pop() if len(fields) == 1 else self.columns.shown()
        self._copier.copy(self._bands(), wanted, header=header)

    def copy_rows(self) -> None:
        """Put the shown columns of the selected records on the clipboard."""
        self._copier.copy(self._bands(), self.columns.shown())

    # set-up

    def _set_up_rows(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(Gutter(self._model, self))

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
        # A click sorts; Qt would select the whole column besides.
        header.sectionPressed.disconnect()
        header.sectionEntered.disconnect()
        # With all rows selected, a header that follows the selection would ask each cell of the table.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        return header

    def _set_up_editing(self, sources: Sources | None) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.NoEditTriggers if sources is None else triggers.AnyKeyPressed)
        self.setTabKeyNavigation(sources is not None)
        self._model.editable = sources is not None
        delegate = RecordDelegate(self._model, sources if sources is not None else Sources(self), self)
        self.entry = Entry(self, delegate, self._shown_columns, self._refuse)
        delegate.enter_pressed.connect(self.entry.down)
        self.setItemDelegate(delegate)

    # inside

    def _reset(self) -> None:
        self.columns.reset()
        self._sorting.reset()

    def _first_column(self) -> int:
        return self.horizontalHeader().logicalIndexAt(0)

    def _shown_columns(self) -> list[int]:
        return [self._model.column_of(field.name) for field in self.columns.shown()]

    def _bands(self) -> list[Band]:
        return bands(self.selectionModel().selection(), self._shown_columns())

    def _refuse(self, column: int) -> None:
        if self._model.editable:
            self.said.emit(f"“{self._model.fields[column].label}”由程序算出，不能改")

    def _remember(self) -> None:
        typed = self.entry.take_away()
        if typed is not None:
            self._held = self.current_id(), typed
        self._column = self.currentIndex().column() if self.currentIndex().isValid() else self._column
        if self._wanted is None:
            self._wanted = self.current_id()

    def _came(self, _count: int) -> None:
        """The list is there: the cursor goes back to the record it was on."""
        self._loaded = True
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.current_id() and not self.go_to(wanted):
            self._wanted = None
            self._go_to_place()
        self._place = -1
        self._type_on()
        if self.current_id() is None:
            self.current_changed.emit(None)
        self._waiting.go_on()
        self._told.start()
        self.viewport().update()

    def _go_to_place(self) -> None:
        """Where the record with the cursor was before it went."""
        rows = range(min(self._place, self._model.rowCount() - 1), -1, -1) if self._place >= 0 else ()
        near = next((id for id in map(self._model.id_at, rows) if id is not None), None)
        if near is not None:
            self.go_to(near)

    def _type_on(self) -> None:
        """The list came anew while something was typed into a cell: it goes on, once its record is there."""
        if self._held is None or self._wanted is not None:
            return
        id, typed = self._held
        if self.current_id() != id:
            self._held = None
        elif self._model.record(self.currentIndex().row()) is not None:
            self._held = None
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(typed.column))
            self.entry.edit(self.currentIndex(), typed.text)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():  # whoever goes somewhere meanwhile stays there
            self._wanted = None
        self.current_changed.emit(self._model.id_at(current.row()))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = bool(self._bands())
        for action in (
            menu.addAction(icons.icon("copy"), "复制\tCtrl+C", self.copy),
            menu.addAction("复制（带表头）", lambda: self.copy(header=True)),
            menu.addAction("复制整行", self.copy_rows),
        ):
            action.setEnabled(chosen)
        menu.addAction(icons.icon("import"), "粘贴成新记录…\tCtrl+V", self.paste_wanted.emit)
        self.menu_wanted.emit(menu)
        menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._waiting.key_pressed(event) or self._headings.key_pressed(event):
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif not self.entry.key_pressed(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Nothing: Qt would look at every row; searching has its own line."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.entry.compose(event, super().inputMethodEvent)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self.inputMethodEvent(event)
            return event.isAccepted()
        return super().viewportEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """As Qt does, but Tab goes on to a cell that can be edited, and does not open it."""
        step = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint, 0)
        super().closeEditor(editor, _Hint.NoHint if step else hint)
        if step:
            self.entry.step(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if not (left and self._headings.clicked(event.position().toPoint())):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        id = self._model.id_at(index.row())
        if index.isValid() and id is not None:
            self.opened.emit(id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        wanted = self._wanted
        super().focusInEvent(event)  # which puts the cursor somewhere if it is nowhere
        self._wanted = wanted

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.columns.fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fill(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._arriving.awaited():
            return
        under = QPainter(self.viewport())
        cursor.tint(self, under)
        under.end()  # Qt's own comes next
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        cursor.frame(self, painter, option)
        self._headings.paint(painter)
        if self._loaded and not len(self._model.ids):
            painter.setPen(theme.current().color("muted"))
            room = self.viewport().rect().adjusted(theme.WIDE_GAP, theme.GAP, -theme.WIDE_GAP, -theme.GAP)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

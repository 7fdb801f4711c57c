"""The rows of a child table inside its parent's form: edited in place, with totals under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.inputs import Sources
from mingxi_desktop.ui.table.child_model import ChildModel, RowTexts, child_columns, default_texts, in_words
from mingxi_desktop.ui.table.delegate import InputDelegate

_FEWEST_ROWS, _MOST_ROWS = 2, 8
_CHARACTER, _WIDEST = 7, 17


class ChildTable(QWidget):
    """A child table with its heading, buttons to add and take off rows, and the totals."""

    edited = Signal()
    """The user changed, added or took off a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        style.set_state(self._heading, "role", "section")
        self._totals = QLabel(self)
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        style.set_state(self._totals, "role", "muted")
        self._totals.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._totals.setWordWrap(True)
        self.view = QTableView(self)
        self.model = ChildModel((), self)
        self._add = QPushButton("加一行", self)
        self._remove = QPushButton("删除此行", self)
        icons.give(self._add, "add")
        self._add.setToolTip("在末尾加一行（Insert）")
        for button in (self._add, self._remove):
            button.setAutoDefault(False)
        self._add.clicked.connect(self.add_row)
        self._remove.clicked.connect(self.remove_row)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.WIDE_GAP)
        top.addWidget(self._heading)
        top.addWidget(self._totals, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self.view)
        column.addLayout(buttons)

    def bind(self, kind: Kind, sources: Sources) -> None:
        """Say which child table this is."""
        self.kind = kind
        self._heading.setText(kind.label)
        self.view.setAccessibleName(kind.label)
        self.model = ChildModel(child_columns(kind), self)
        self.view.setModel(self.model)
        self._delegate = InputDelegate(lambda column: self.model.columns[column], sources, self)
        self._delegate.enter_pressed.connect(self._next_cell)
        self.view.setItemDelegate(self._delegate)
        self._set_up_view()
        for key, slot in (("Insert", self.add_row), ("Ctrl+Delete", self.remove_row)):
            QShortcut(
                QKeySequence(key), self.view, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
        self.model.dataChanged.connect(self._changed)
        self.model.rowsInserted.connect(self._changed)
        self.model.rowsRemoved.connect(self._changed)
        self.model.modelReset.connect(self._update)
        self.view.selectionModel().currentChanged.connect(self._update)
        self._update()

    def set_rows(self, rows: Sequence[Record | Mapping[str, str]]) -> None:
        """Show stored records, or texts of rows that are not stored yet."""
        self.model.set_rows(
            [
                RowTexts(self._texts(row.shown), row.id)
                if isinstance(row, Record)
                else RowTexts(self._texts(row), None)
                for row in rows
            ]
        )

    def rows(self) -> list[RowTexts]:
        """The rows as texts, in order."""
        return self.model.rows()

    def changed(self) -> bool:
        """Whether the user changed anything since `set_rows`."""
        return self.model.changed()

    def set_findings(self, findings: Mapping[int, Sequence[Finding]]) -> None:
        """Mark cells that are wrong; keys are places among `rows()`."""
        self.model.set_findings(findings)

    def set_read_only(self, read_only: bool) -> None:
        """Let the rows be read only."""
        self.model.read_only = read_only
        self._update()

    def add_row(self) -> None:
        """A new row at the end, with its first cell open for typing."""
        if self.model.read_only:
            return
        place = self.model.add(default_texts(self.model.columns))
        first = self.model.index(place, 0)
        self.view.setCurrentIndex(first)
        self.view.edit(first)

    def remove_row(self) -> None:
        """Take off the row with the cursor."""
        place = self.view.currentIndex().row()
        if place >= 0 and not self.model.read_only:
            self.model.remove(place)

    def _set_up_view(self) -> None:
        view = self.view
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.setWordWrap(False)
        rows = view.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        rows.hide()
        header = view.horizontalHeader()
        header.setStretchLastSection(True)
        header.setFixedHeight(theme.ROW_HEIGHT)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Every column its least width; what is left goes to the texts, from the left, the rest to the last."""
        header = self.view.horizontalHeader()
        fields = self.model.columns
        labels = [
            str(self.model.headerData(place, Qt.Orientation.Horizontal)) for place in range(len(fields))
        ]
        least = [header.fontMetrics().horizontalAdvance(label) + 2 * theme.GAP for label in labels]
        for place, field in enumerate(fields[:-1]):
            least[place] = max(least[place], min(field.width, _WIDEST) * _CHARACTER + theme.GAP)
        left = self.view.width() - sum(least) - 2
        for place, field in enumerate(fields):
            more = max(0, min(left, field.width * _CHARACTER + theme.GAP - least[place]))
            left -= more
            header.resizeSection(place, least[place] + more)

    def _next_cell(self) -> None:
        """After Enter: the next cell, in the last cell of the last row a new row."""
        now = self.view.currentIndex()
        if now.column() + 1 < self.model.columnCount():
            self.view.setCurrentIndex(now.siblingAtColumn(now.column() + 1))
        elif now.row() + 1 < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(now.row() + 1, 0))
        else:
            self.add_row()

    def _changed(self) -> None:
        self._update()
        self.edited.emit()

    def _update(self) -> None:
        """Height, buttons and totals follow the rows."""
        count = self.model.rowCount()
        shown = min(max(count, _FEWEST_ROWS), _MOST_ROWS)
        bar = self.view.horizontalScrollBar().sizeHint().height()
        self.view.setFixedHeight((shown + 1) * theme.ROW_HEIGHT + bar + 2)
        self._add.setVisible(not self.model.read_only)
        self._remove.setVisible(not self.model.read_only)
        self._remove.setEnabled(self.view.currentIndex().isValid())
        sums = [
            f"{field.label}合计 {in_words(self.model.total(field))}{field.unit}"
            for field in self.model.columns
            if field.total
        ]
        self._totals.setText("　".join([f"{count} 行", *sums]))

    def _texts(self, shown: Mapping[str, str]) -> dict[str, str]:
        return {field.name: shown.get(field.name, "") for field in self.model.columns}

"""How a table is sorted: by a click on its header, in the database, remembered for each kind."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHeaderView

from mingxi_desktop.ui.table.model import LedgerModel

_Order = Qt.SortOrder


class Sorting:
    """The sorting arrow of one table's header."""

    def __init__(self, header: QHeaderView, model: LedgerModel, settings: QSettings | None) -> None:
        self._header = header
        self._model = model
        self._settings = settings
        self._key = f"table/{model.kind.name}/sort"

    def restore(self) -> None:
        """As the user left it."""
        saved = str(self._settings.value(self._key, "")) if self._settings is not None else ""
        name, _, order = saved.partition(":")
        column = self._model.column_of(name)
        descending = _Order.DescendingOrder if order == "desc" else _Order.AscendingOrder
        header = self._header
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(column, descending)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._sorted)
        if column >= 0:
            self._model.sort(column, descending)

    def show(self, field: str, descending: bool) -> None:
        """Sort as a list from elsewhere is meant to be; what the user chose for this table stays remembered."""
        order = _Order.DescendingOrder if descending else _Order.AscendingOrder
        header = self._header
        header.blockSignals(True)
        header.setSortIndicator(self._model.column_of(field), order)
        header.blockSignals(False)
        header.viewport().update()
        self._model.sort(self._model.column_of(field), order)

    def reset(self) -> None:
        """The usual order."""
        self._header.setSortIndicator(-1, _Order.AscendingOrder)

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        if self._settings is not None:
            name = self._model.fields[column].name if column >= 0 else ""
            word = "desc" if order == _Order.DescendingOrder else "asc"
            self._settings.setValue(self._key, f"{name}:{word}")
        self._model.sort(column, order)

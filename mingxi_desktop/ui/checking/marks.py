"""Findings in a ledger's table: a mark before each record they are about, and the chip 有疑点."""

from __future__ import annotations

from array import array
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from mingxi_desktop.ui import icons, style
from mingxi_desktop.ui.checking.concerns import Concerns
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.table.model import LedgerModel

_WIDE = 760
"""Pixels of width from which the chip has its words; the icon alone does where room is scarce."""


class Marks(QObject):
    """Tells the table of a ledger's page which of its records to mark; its chip shows only those."""

    resized = Signal()
    """The chip came, went or has another width."""
    query_wanted = Signal(object)
    """A `Query`: the table is to show these records."""

    def __init__(self, context: Context, model: LedgerModel, page: QWidget) -> None:
        """page: where the chip stands; on a wide one it has its words."""
        super().__init__(page)
        self._page = page
        self._model = model
        self._concerns = Concerns.of(context)
        self._ids = array("q")
        self.chip = QToolButton(page)
        icons.give(self.chip, "warning", "warning")
        self.chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chip.setToolTip("有疑点：只看这些记录，再点一下看全部")
        style.set_state(self.chip, "chip", value=True)
        style.set_state(self.chip, "menuless", value=True)
        self.chip.clicked.connect(lambda *_: self._toggle())
        self.chip.hide()
        self._concerns.found.connect(self._mark)
        model.loading.connect(self._concerns.want)
        model.loaded.connect(lambda _: self._tell())
        page.installEventFilter(self)
        self._mark()

    @property
    def only(self) -> bool:
        """Whether the records with findings are all that is shown."""
        asked = self._model.query.ids
        return bool(asked) and len(asked) == len(self._ids) and array("q", asked) == self._ids

    def _mark(self) -> None:
        marks = self._concerns.of_kind(self._model.kind.name)
        only = self.only
        self._ids = self._concerns.here(self._model.kind.name)
        self._model.set_marks(marks)
        if only and not self.only:
            self._show(tuple(self._ids))
        self._tell()

    def _tell(self) -> None:
        text, wide = f"有疑点 {len(self._ids):,}", self._page.width() >= _WIDE
        style_of = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        before = self.chip.text(), self.chip.isHidden(), self.chip.toolButtonStyle()
        self.chip.setText(text)
        self.chip.setToolButtonStyle(style_of)
        self.chip.setAccessibleName(f"只看有疑点的记录，{len(self._ids):,} 条")
        style.set_state(self.chip, "active", self.only)
        self.chip.setVisible(bool(self._ids))
        if before != (text, not self._ids, style_of):
            self.resized.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._tell()
        return super().eventFilter(watched, event)

    def _toggle(self) -> None:
        self._show(() if self.only else tuple(self._ids))

    def _show(self, ids: tuple[int, ...]) -> None:
        self.query_wanted.emit(replace(self._model.query, ids=ids))

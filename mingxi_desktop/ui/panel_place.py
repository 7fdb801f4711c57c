"""The place beside a table where the record's form stands: its many inputs are made once the table is seen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.record_panel import RecordPanel
from mingxi_desktop.ui.related import Related
from mingxi_desktop.ui.shapes import card
from mingxi_desktop.ui.turns import Turns


class PanelPlace(QWidget):
    """Holds the `RecordPanel` of a kind; an empty card until it is made."""

    made = Signal()
    """The panel is there from now on."""

    def __init__(self, context: Context, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._blank = card(self)
        self._column.addWidget(self._blank)
        self._panel: RecordPanel | None = None
        self._turns = Turns(self._make(), self)

    @property
    def panel(self) -> RecordPanel:
        """The panel, made at once if it is not there yet."""
        if self._panel is None:
            self._turns.finish()
        assert self._panel is not None
        return self._panel

    @property
    def there(self) -> RecordPanel | None:
        """The panel, if it has been made."""
        return self._panel

    def _make(self) -> Iterator[None]:
        panel = RecordPanel(self._context, self._kind, self, later=True)
        panel.hide()  # half made it must not come in sight with the page
        yield from panel.making
        related = Related(self._context, self._kind, panel)
        related.new_wanted.connect(self._context.new_wanted)
        panel.set_related(related)
        yield
        self._column.replaceWidget(self._blank, panel)
        self._blank.hide()
        self._blank.deleteLater()
        panel.show()
        self._panel = panel
        self.made.emit()

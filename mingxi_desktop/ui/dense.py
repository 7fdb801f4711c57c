"""A row that closes up before it breaks into a second line: where the window is narrow, height is dear too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from mingxi_desktop.ui import style
from mingxi_desktop.ui.flow import FlowLayout

_SEARCH, _SHORT_SEARCH = 300, 150
"""Widths of a search box."""
_HINT, _SHORT_HINT = "搜索：文字、拼音或首字母，如 消防、gyz", "搜索"


class Dense(QObject):
    """Watches the widget that a row stands in; what is to close up is given once.

    short: button → its text when there is little room, "" for the icon alone (name and tool tip say the rest).
    tight: widgets for which the style sheet knows less padding (property "dense").  spare: widgets that can be
    done without.  search: a box that can be shorter.
    """

    def __init__(
        self,
        holder: QWidget,
        row: FlowLayout,
        *,
        short: Mapping[QPushButton, str] | None = None,
        tight: Sequence[QWidget] = (),
        spare: Sequence[QWidget] = (),
        search: QLineEdit | None = None,
        around: int = 0,
    ) -> None:
        """around: pixels of the holder's width that are not the row's."""
        super().__init__(holder)
        self._holder, self._row, self._around = holder, row, around
        self._short = dict(short or {})
        self._texts = {button: button.text() for button in self._short}
        self._tight, self._spare, self._search = (*tight, *self._short), spare, search
        self._spacing = row.spacing()
        self._width = -1
        holder.installEventFilter(self)

    def set_text(self, button: QPushButton, text: str) -> None:
        """Another text for one of the buttons that have a short one."""
        if self._texts[button] != text:
            self._texts[button] = text
            self.fit()

    def fit(self) -> None:
        """Close the row up if it does not fit into one line as it is; one that is not seen yet will be when it is."""
        if not self._holder.isVisible():
            return
        self._width = self._holder.width()
        self._close_up(dense=False)
        if self._row.sizeHint().width() > self._width - self._around:
            self._close_up(dense=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show or (kind == QEvent.Type.Resize and self._holder.width() != self._width):
            self.fit()
        return False

    def _close_up(self, *, dense: bool) -> None:
        for button, text in self._texts.items():
            button.setText(self._short[button] if dense else text)
        for widget in self._tight:
            if (
                bool(widget.property("dense")) != dense
            ):  # one that never was: the sheet need not be asked again
                style.set_state(widget, "dense", dense)
                widget.updateGeometry()
        for widget in self._spare:
            widget.setVisible(not dense)
        if self._search is not None:
            self._search.setFixedWidth(_SHORT_SEARCH if dense else _SEARCH)
            self._search.setPlaceholderText(_SHORT_HINT if dense else _HINT)
        self._row.setSpacing(self._spacing // 2 if dense else self._spacing)
        self._row.invalidate()

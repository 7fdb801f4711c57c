"""Which columns a table shows, how wide and in which order; remembered for each kind by field name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.tick_menu import TickMenu

_DIGITS = 4
_NARROWEST = 48
_CHARACTER = 7
"""Pixels of half a Chinese character at 100 %."""
_FLEXIBLE, _YIELDS = 16, 3
"""Columns of texts at least this wide share the room that is left, or give up a third of theirs."""
_WHOLE = (FieldType.TEXT, FieldType.DATETIME)
"""What is shown whole or not at all."""


def heading(field: Field) -> str:
    """What stands over a field's column: its label, and with money the unit, which is not to be guessed."""
    return f"{field.label}（{field.unit}）" if field.type is FieldType.MONEY and field.unit else field.label


class Columns:
    """The columns of one table view's header."""

    def __init__(
        self, header: QHeaderView, fields: Sequence[Field], settings: QSettings | None, key: str
    ) -> None:
        self._header = header
        self._fields = list(fields)
        self._places = {field.name: place for place, field in enumerate(self._fields)}
        self._settings = settings
        self._key = f"table/{key}"
        self._touched = False
        self._silent = True
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    def restore(self) -> None:
        """As the user left them, else as declared."""
        self.take(str(self._settings.value(f"{self._key}/columns", "")) if self._settings is not None else "")

    def take(self, text: str) -> None:
        """Show the columns that `text` names, with their widths; as declared when it names none."""
        self._silent = True
        wanted = dict(part.split(":", 1) for part in text.split(";") if ":" in part)
        known = {field.name for field in self._fields}
        if known.isdisjoint(wanted):
            self._as_declared()
        else:
            self._apply(
                {name: int(width) for name, width in wanted.items() if name in known and _is_width(width)}
            )
            self._touched = True
        self._silent = False

    def text(self) -> str:
        """Columns, widths and order as text; "" as long as they are the declared ones."""
        if not self._touched and [field.name for field in self.shown()] == self._declared_names():
            return ""
        return ";".join(f"{field.name}:{self._width(field)}" for field in self.shown())

    def save(self) -> None:
        """Write them to the settings."""
        if self._settings is not None:
            self._settings.setValue(f"{self._key}/columns", self.text())

    def reset(self) -> None:
        """Back to the declared columns."""
        self._silent = True
        self._as_declared()
        self._silent = False
        self.fill()
        if self._settings is not None:
            self._settings.remove(f"{self._key}/columns")

    def is_shown(self, name: str) -> bool:
        """Whether the field's column is shown."""
        return not self._header.isSectionHidden(self._place(name))

    def show(self, name: str, shown: bool) -> None:
        """Show or hide a column; the last one that is shown stays."""
        if shown or self._header.hiddenSectionCount() < len(self._fields) - 1:
            self._header.setSectionHidden(self._place(name), not shown)
            self.fill()
            self.save()

    def shown(self) -> list[Field]:
        """The fields whose columns are shown, from left to right."""
        order = (self._fields[self._header.logicalIndex(visual)] for visual in range(len(self._fields)))
        return [field for field in order if self.is_shown(field.name)]

    def shown_from(self, place: int) -> list[Field]:
        """The shown fields from a logical column to the right; all of them if there is no such column."""
        shown = self.shown()
        first = self._fields[place] if 0 <= place < len(self._fields) else None
        return shown[shown.index(first) :] if first in shown else shown

    def menu(self, parent: QWidget, restored: Callable[[], None] | None = None) -> QMenu:
        """A menu with a tick for each column, filled when it opens."""
        menu = TickMenu("列", parent)
        style.set_state(menu, "dense", value=True)  # twenty-five of them are to fit on a small screen
        menu.aboutToShow.connect(lambda: self._tick(menu, restored or self.reset))
        return menu

    def _fill(self, menu: QMenu, restored: Callable[[], None]) -> None:
        for field in self._fields:
            action = menu.addAction(field.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(field.name)
            action.toggled.connect(lambda on, name=field.name: self.show(name, on))
        menu.addSeparator()
        menu.addAction("恢复默认的列").triggered.connect(restored)

    def _tick(self, menu: QMenu, restored: Callable[[], None]) -> None:
        """Columns may have been shown and hidden by other ways since the menu was open."""
        if menu.isEmpty():
            self._fill(menu, restored)
        for action in menu.actions():
            if action.isCheckable():
                action.blockSignals(True)
                action.setChecked(self.is_shown(action.data()))
                action.blockSignals(False)

    def fill(self, width: int | None = None) -> None:
        """Give the wide texts the room that is left, until the user sets a width herself.

        width: of the view, if it is no longer the header's. A little too narrow, and they give some of theirs.
        """
        if self._touched:
            return
        shown = self.shown()
        widths = {field.name: self._declared(field) for field in shown}
        room = (width or self._header.viewport().width()) - sum(widths.values())
        flexible = _flexible(shown, growing=room > 0)
        weights = sum(field.width for field in flexible)
        self._silent = True
        for field in shown:
            declared = widths[field.name]
            extra = room * field.width // weights if field in flexible else 0
            self._header.resizeSection(self._place(field.name), declared + max(extra, -declared // _YIELDS))
        self._silent = False

    def _as_declared(self) -> None:
        self._touched = False
        self._apply({field.name: self._declared(field) for field in self._fields if field.column})

    def _declared_names(self) -> list[str]:
        return [field.name for field in self._fields if field.column]

    def _apply(self, widths: dict[str, int]) -> None:
        """Show these columns in this order and width, the others not."""
        for place, field in enumerate(self._fields):
            self._header.setSectionHidden(place, field.name not in widths)
            if field.name in widths:
                self._header.resizeSection(place, max(_NARROWEST, widths[field.name]))
        # After the others are hidden: with each move Qt measures all columns that are not.
        for visual, name in enumerate(widths):
            self._header.moveSection(self._header.visualIndex(self._place(name)), visual)

    def _declared(self, field: Field) -> int:
        """Room for the declared characters and for the label with its sorting arrow."""
        label = self._header.fontMetrics().horizontalAdvance(heading(field)) + 4 * theme.GAP
        symbol = 2 * theme.GAP if field.type is FieldType.DERIVED else 0
        return max(label, field.width * _CHARACTER + 2 * theme.GAP + symbol)

    def _width(self, field: Field) -> int:
        """The width to remember; the last column's is whatever was left."""
        last = self.shown()[-1:] == [field] and self._header.stretchLastSection()
        return self._declared(field) if last else self._header.sectionSize(self._place(field.name))

    def _place(self, name: str) -> int:
        return self._places[name]

    def _moved(self) -> None:
        if not self._silent:
            self.save()

    def _resized(self, section: int, _old: int, _new: int) -> None:
        if self._silent or not self._header.isVisible():
            return
        if self._fields[section] not in self.shown()[-1:]:
            dragged = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)
            self._touched = self._touched or dragged
            if dragged:
                self.save()


def _flexible(shown: Sequence[Field], *, growing: bool) -> list[Field]:
    """The columns that grow, or that yield.

    The end of a paper's number tells it apart, and half a moment says nothing: such ones never yield.  Where
    no text is wide all words grow together: one number far from the others could not be read across.
    """
    words = [field for field in shown if field.type not in NUMERIC]
    wide = [field for field in words if field.width >= _FLEXIBLE]
    if growing:
        return wide or words
    return [field for field in wide if field.type not in _WHOLE or field.personal]


def _is_width(text: str) -> bool:
    """Whether text from the settings is a width that a screen may have."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS

"""Inputs of days and moments: typed in any usual way, or picked from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.ui import icons
from mingxi_desktop.ui.inputs.line import LineInput
from mingxi_desktop.ui.inputs.popup import place_for


class DateInput(LineInput):
    """A day: 2024年6月9日 · 2024.6.9 · 20240609 · 6-9, or nothing."""

    hint = "如 6-9 或 2024-06-09"

    def make_editor(self) -> QWidget:
        editor = super().make_editor()
        self._pick = QAction("打开日历", self)
        self._pick.setToolTip("打开日历（Alt+↓）；↑ ↓ 后一天、前一天")
        icons.give(self._pick, "calendar", "muted")
        self._pick.triggered.connect(self.open_calendar)
        self.line.addAction(self._pick, QLineEdit.ActionPosition.TrailingPosition)
        return editor

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._pick.setVisible(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Only where the typing is: hints in all empty fields would look like values.
        if watched is self.editor and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            hinted = event.type() == QEvent.Type.FocusIn and not self.compact and not self.line.isReadOnly()
            self.line.setPlaceholderText(self.hint if hinted else self.resting_hint)
        return super().eventFilter(watched, event)

    def key_pressed(self, event: QKeyEvent) -> bool:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            return self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        return False

    def open_calendar(self) -> None:
        """Show the month of the typed day, or this month."""
        if self.line.isReadOnly():
            return
        popup = _Calendar(self)
        popup.calendar.activated.connect(lambda day: self._picked(popup, day))
        popup.calendar.clicked.connect(lambda day: self._picked(popup, day))
        day = self._typed_day()
        if day is not None:
            popup.calendar.setSelectedDate(day)
        popup.show_below(self.line)

    def take_day(self, day: QDate) -> None:
        """Write a picked day."""
        self.line.setText(day.toString("yyyy-MM-dd"))
        self.changed_by_user()

    def _step(self, days: int) -> bool:
        """↑ the day after, ↓ the day before; today where there is none yet. Not where the text is no day."""
        day = self._typed_day()
        if self.line.isReadOnly() or (day is None and self.text().strip()):
            return False
        self.take_day(day.addDays(days) if day is not None else QDate.currentDate())
        return True

    def _picked(self, popup: _Calendar, day: QDate) -> None:
        popup.close()
        self.take_day(day)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_day(self) -> QDate | None:
        try:
            day = parse.parse_date(self.text(), year=self.sources.year()).value
        except ValueError:
            return None
        return QDate(day.year, day.month, day.day) if day else None


class DateTimeInput(DateInput):
    """A moment to the minute: 6月9日8时 · 6.13 20:00 · 2024-06-09 08:00."""

    hint = "如 6.9 8:00"

    def take_day(self, day: QDate) -> None:
        clock = "00:00"
        try:
            moment = parse.parse_datetime(self.text(), year=self.sources.year()).value
        except ValueError:
            moment = None
        if moment is not None:
            clock = f"{moment:%H:%M}"
        self.line.setText(f"{day.toString('yyyy-MM-dd')} {clock}")
        self.changed_by_user()
        self.line.setSelection(11, 5)


class _Calendar(QFrame):
    """A calendar that closes with a click elsewhere or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)

    def show_below(self, widget: QWidget) -> None:
        """Open under the widget, over it where there is no room below, always inside the screen."""
        self.adjustSize()
        self.move(place_for(self, widget))
        self.show()
        self.calendar.setFocus()

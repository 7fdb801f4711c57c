"""Scroll areas: one for forms, and the part of any that moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def viewport_made_here(area: QScrollArea) -> QWidget:
    """The viewport of an area, made in Python in place of Qt's own.

    PySide looks for the class of a widget that Qt made among all classes of widgets and loads each of them for that,
    with all its enumerations: as long as a tenth of a bare window, the first time that it happens.
    """
    made = QWidget(area)
    made.setAutoFillBackground(True)  # as Qt's own
    area.setViewport(made)
    return made


class UprightScroll(QScrollArea):
    """Scrolls up and down only: it is never narrower than what it holds, so that no label is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize):
            inner = self.widget()
            content = inner.minimumSizeHint().width() if inner is not None else 0
            wide = content + self.verticalScrollBar().sizeHint().width() + 2
            if wide != self.minimumWidth():
                self.setMinimumWidth(wide)
        return super().eventFilter(watched, event)

"""今天要办: a line for each thing to do, with its urgency as icon, word and colour, and a link to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mingxi_desktop.ledger.todos import CALM, GOOD, SOON, URGENT, Todo
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.scrolling import viewport_made_here
from mingxi_desktop.ui.shapes import Card, button, label, row

_LOOK = {
    URGENT: ("warning", "error", "紧急"),
    SOON: ("info", "warning", "待办"),
    CALM: ("calendar", "muted", "提醒"),
    GOOD: ("ok", "ok", "正常"),
}
"""Severity → icon, colour, word."""
_ICON = 16
_LEAST_LINES = 8
"""So many lines are seen without scrolling, if there are so many."""
_NOTHING = "今天没有要办的事。"


class TodoList(Card):
    """The first card of the first page."""

    followed = Signal(object)
    """The `Todo` whose link was followed."""
    way_wanted = Signal(str)
    """Where an empty ledger is begun: "import" or "new:hazard"."""
    _lines: Sequence[QWidget] = ()
    _pictures: Sequence[tuple[QLabel, str]] = ()
    """The icons, each with the severity of its line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("今天要办", "title", self)
        self._title.setMinimumHeight(theme.INPUT_HEIGHT)
        self._more = label(role="muted", parent=self)
        self.column.addLayout(row(self._title, None, self._more))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room = viewport_made_here(self._area)
        self.column.addWidget(self._area, 1)
        self._bar = self._area.verticalScrollBar()  # it tells of changes even while the area is taken apart
        self._bar.rangeChanged.connect(lambda *_: self._count_hidden())
        self._bar.valueChanged.connect(lambda _: self._count_hidden())

    @property
    def stops(self) -> Sequence[QPushButton]:
        """What Tab reaches, from top to bottom."""
        body = self._area.widget()
        return body.findChildren(QPushButton) if body is not None else ()

    def show_todos(self, todos: Sequence[Todo], beginning: str = "") -> None:
        """Show these.  beginning: said first, with two ways to begin, where there are no records yet."""
        self._pictures = []
        body = QWidget(self._room)
        style.set_state(body, "plain", value=True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.HALF, 0)
        column.setSpacing(2)
        if beginning:
            column.addWidget(_wrapped(beginning))
            column.addSpacing(theme.HALF)
            column.addLayout(ways_to_begin(self.way_wanted.emit))
            column.addSpacing(theme.GAP)
        urgent = sum(todo.severity in (URGENT, SOON) for todo in todos)
        self._title.setText(f"今天要办 · {urgent} 项" if urgent else "今天要办")
        if not urgent and not beginning:
            column.addWidget(label(_NOTHING, "ok"))
        self._lines = [self._line(todo, body) for todo in todos]
        self._draw_pictures()
        for line in self._lines:
            column.addWidget(line)
        column.addStretch(1)
        place = self._bar.value()
        self._area.setWidget(body)
        high = body.sizeHint().height() if beginning else body.minimumSizeHint().height()
        self._area.setMinimumHeight(min(high, _LEAST_LINES * theme.ROW_HEIGHT))
        self._bar.setValue(place)
        self._count_hidden()

    def changeEvent(self, event: QEvent) -> None:
        """In another look the icons are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._count_hidden()

    def _line(self, todo: Todo, parent: QWidget) -> QWidget:
        _, role, word = _LOOK[todo.severity]
        line = QWidget(parent)
        picture = QLabel(line)
        picture.setFixedWidth(_ICON)
        self._pictures = [*self._pictures, (picture, todo.severity)]
        text = _wrapped(todo.sentence, "", line)
        inside = row(picture, label(word, role, line), text)
        line.setLayout(inside)
        inside.setStretch(2, 1)
        if todo.action:
            link = button(todo.action, lambda: self.followed.emit(todo), line, link=True)
            link.setAccessibleName(f"{todo.action}：{todo.sentence}")
            style.set_state(link, "cell", value=True)
            inside.addWidget(link)
        return line

    def _draw_pictures(self) -> None:
        for picture, severity in self._pictures:
            name, role, _ = _LOOK[severity]
            picture.setPixmap(icons.pixmap(name, role, _ICON, self.devicePixelRatioF()))

    def _count_hidden(self) -> None:
        """How many lines lie below what is seen."""
        end = self._bar.value() + self._bar.pageStep()
        hidden = sum(line.geometry().center().y() > end for line in self._lines) if self._bar.maximum() else 0
        self._more.setText(f"下面还有 {hidden} 项" if hidden else "")


def ways_to_begin(go: Callable[[str], object]) -> FlowLayout:
    """The two ways to begin where there are no records yet.  go: is told "import" or "new:hazard"."""
    bring = button("导入乡镇报来的表", lambda: go("import"), icon="import", primary=True)
    return flow([bring, button("登记第一条隐患", lambda: go("new:hazard"), icon="add")], [])


def _wrapped(text: str, role: str = "muted", parent: QWidget | None = None) -> QLabel:
    made = label(text, role, parent)
    made.setWordWrap(True)
    return made

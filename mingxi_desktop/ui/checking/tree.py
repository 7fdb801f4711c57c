"""The list of findings: a heading for each check with how many there are, its findings under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTreeView, QWidget

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ui import theme, veil
from mingxi_desktop.ui.checking.tree_delegate import FINDING, FindingDelegate

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole
_GROUP = 0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one check."""

    code: str
    label: str
    concerns: tuple[Concern, ...]


def grouped(concerns: Sequence[Concern], labels: dict[str, str]) -> list[Group]:
    """The findings by check, in the order of each check's first one.  labels: code → name."""
    found: dict[str, list[Concern]] = defaultdict(list)
    for concern in concerns:
        found[concern.code].append(concern)
    return [Group(code, labels.get(code, code), tuple(group)) for code, group in found.items()]


class FindingsModel(QAbstractItemModel):
    """Two levels: groups, and the findings in them.  Nothing is made for a row before it is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: list[Group] = []

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.groups = list(groups)
        self.endResetModel()

    def index(self, row: int, column: int, parent: _Index = _NONE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        # The number of an index: of a heading 0, of a finding its group's place + 1.
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUP)

    def parent(self, index: _Index = _NONE) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() if index.isValid() else _GROUP
        return QModelIndex() if number == _GROUP else self.createIndex(number - 1, 0, _GROUP)

    def rowCount(self, parent: _Index = _NONE) -> int:
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].concerns) if parent.internalId() == _GROUP else 0

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 1

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        concern = self.concern(index)
        if role == FINDING:
            return concern
        if concern is None:
            group = self.groups[index.row()]
            return f"{group.label}　{len(group.concerns):,}" if role == _Role.DisplayRole else None
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return veil.over(f"{concern.severity.label}：{concern.message}")
        return veil.over(concern.message) if role == _Role.ToolTipRole else None

    def concern(self, index: _Index) -> Concern | None:
        """The finding of a row; None for a heading."""
        if not index.isValid() or index.internalId() == _GROUP:
            return None
        return self.groups[index.internalId() - 1].concerns[index.row()]

    def group(self, index: _Index) -> Group | None:
        """The group that a row is the heading of or belongs to."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self.groups[index.row() if number == _GROUP else number - 1]

    def place_of(self, key: str) -> QModelIndex:
        """The row of a finding; an invalid one if it is not shown."""
        for place, group in enumerate(self.groups):
            for row, concern in enumerate(group.concerns):
                if concern.key == key:
                    return self.createIndex(row, 0, place + 1)
        return QModelIndex()


class FindingsTree(QTreeView):
    """Shows the findings; ← and → close and open a group, Enter goes on to the card."""

    turned = Signal()
    """The cursor is on another row."""
    entered = Signal()
    """Enter or a double click on a finding."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.findings = FindingsModel(self)
        self.setModel(self.findings)
        self.setItemDelegate(FindingDelegate(self))
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.header().setMinimumSectionSize(0)
        self.setIndentation(theme.WIDE_GAP)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self._empty = ""
        self._closed: set[str] = set()
        self._place = 0
        self.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.expanded.connect(lambda index: self._remember(index, closed=False))
        self.selectionModel().currentChanged.connect(lambda *_: self.turned.emit())
        self.doubleClicked.connect(self._opened)

    @property
    def current(self) -> Concern | None:
        """The finding with the cursor."""
        return self.findings.concern(self.currentIndex())

    @property
    def current_group(self) -> Group | None:
        """The group with the cursor, on its heading or in it."""
        return self.findings.group(self.currentIndex())

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other findings; the cursor stays on its own, else goes to the one that took its place."""
        before = self.current
        key = before.key if before is not None else ""
        self.blockSignals(True)
        self.findings.set_groups(groups)
        for place, group in enumerate(groups):
            self.setExpanded(self.findings.index(place, 0), group.code not in self._closed)
        self.blockSignals(False)
        if not (key and self.go_to(key)):
            self._go_near()
        self.turned.emit()
        self.viewport().update()

    def go_to(self, key: str) -> bool:
        """Put the cursor on a finding; False if it is not among those shown."""
        index = self.findings.place_of(key)
        if index.isValid():
            self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
            if index.row() == 0:
                self.scrollTo(index.parent())
            self.scrollTo(index)
        return index.isValid()

    def set_empty_text(self, text: str) -> None:
        """What stands where there are no findings."""
        self._empty = text
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if self.findings.concern(current) is not None:
            before = self.findings.groups[: current.internalId() - 1]
            self._place = sum(len(group.concerns) for group in before) + current.row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if self.current is not None:
                QApplication.clipboard().setText(self.current.message)
        elif event.key() in _ENTER and not event.modifiers():
            self._opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.findings.groups:
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 8, -16, -8), flags, self._empty)

    def _opened(self, index: QModelIndex) -> None:
        if self.findings.concern(index) is not None:
            self.entered.emit()
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _remember(self, index: QModelIndex, *, closed: bool) -> None:
        group = self.findings.group(index)
        if group is not None:
            (self._closed.add if closed else self._closed.discard)(group.code)

    def _go_near(self) -> None:
        """To the finding that has taken the place of the one that went."""
        left = self._place
        for place, group in enumerate(self.findings.groups):
            last = place == len(self.findings.groups) - 1
            if left < len(group.concerns) or last:
                row = min(left, len(group.concerns) - 1)
                index = self.findings.index(row, 0, self.findings.index(place, 0))
                self.setExpanded(index.parent(), True)
                self.setCurrentIndex(index)
                return
            left -= len(group.concerns)

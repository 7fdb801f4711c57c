"""What lies around a record, under its form: what it points to, what points to it, what naturally follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.relations import Addition, Relation
from mingxi_desktop.ledger.relations import Related as Around
from mingxi_desktop.ui import icons, style, theme, veil
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.jobs import Job
from mingxi_desktop.ui.shapes import label, literal

_MOST_LINKS = 5
"""Things of one field that are named one by one."""
_ROOM = 2 * theme.HALF + 2
"""Pixels of a link around its text."""


class Related(QWidget):
    """A line for each ledger and field, every one a door; hidden where there is nothing to show or to add."""

    new_wanted = Signal(str, dict)
    """Kind and texts: a new record that naturally follows, with what is known already."""

    def __init__(self, context: Context, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._record: int | None = None
        self._coming: Job | None = None
        self._lines = QWidget()
        self.doors = TabPlace(self)
        """Where Tab reaches them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(label("相关记录", "section"))
        column.addWidget(self._lines)
        context.changed.connect(self._changed)
        self.hide()

    def show_record(self, record: int | None) -> None:
        """Show what lies around a stored record; nothing for a new one or none."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None
        if record != self._record:
            self.hide()
        self._record = record
        if record is not None:
            self._coming = self._context.read(
                _around, self._kind.name, record, done=self._show, owner=self, failed=lambda _: None
            )

    def _changed(self, changes: Changes) -> None:
        if self._record is not None and (changes.kinds or changes.lists):
            self.show_record(self._record)

    def _show(self, found: Around) -> None:
        self._coming = None
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        groups = [(group[0].label, self._doors(group)) for group in _by_label(found.relations)]
        if found.additions:
            groups.append(("新增", flow([self._addition(one) for one in found.additions], [])))
        for place, (name, doors) in enumerate(groups):
            said = label(name, "muted")
            said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            said.setContentsMargins(0, theme.HALF, 0, 0)
            grid.addWidget(said, place, 0)
            grid.addLayout(doors, place, 1)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._lines, lines)
        self._lines.deleteLater()
        self._lines = lines
        self.setVisible(bool(groups))
        self.doors.put(lines.findChildren(_Door))

    def _doors(self, group: list[Relation]) -> FlowLayout:
        """The things of one field, each a link; beyond the fifth only how many."""
        doors: list[QWidget] = [self._door(relation) for relation in group[:_MOST_LINKS]]
        if len(group) > _MOST_LINKS:
            doors.append(label(f"等 {len(group)} 个", "muted"))
        return flow(doors, [], spacing=theme.HALF)

    def _door(self, relation: Relation) -> QWidget:
        if relation.gone:
            return label(f"{relation.said}（在回收站）", "muted")
        if relation.number > 1:
            text, verb = f"{relation.number:,} 条　查看", "查看"
        else:
            text, verb = veil.over(relation.said), "打开"
        made = _Door(text, partial(self._go, relation))
        made.setAccessibleName(
            f"{relation.label}：{verb} {veil.over(relation.said) or f'{relation.number} 条'}"
        )
        made.setToolTip(f"{verb}{relation.label} {veil.over(relation.said)}".strip())
        return made

    def _go(self, relation: Relation) -> None:
        if relation.query is None:
            from mingxi_desktop.ui.dialogs.enterprise import EnterpriseDialog

            EnterpriseDialog(self._context, f"{relation.kind}:{relation.id}", self).exec()
        elif relation.number > 1:
            self._context.show(relation.query)
        else:
            self._context.record_wanted.emit(relation.kind, relation.id)

    def _addition(self, addition: Addition) -> QWidget:
        made = _Door(addition.label, lambda: self.new_wanted.emit(addition.kind, dict(addition.texts)))
        made.setAccessibleName(f"新增{addition.label}")
        made.setToolTip(f"新增一条{addition.label}，和这条{self._kind.label}连在一起")
        icons.give(made, "add")
        return made


class _Door(QPushButton):
    """A link that gives way where it is too narrow: what does not fit is cut with an ellipsis."""

    def __init__(self, text: str, clicked: Callable[[], object]) -> None:
        super().__init__(literal(text))
        self._full = text
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for state in ("link", "cell"):
            style.set_state(self, state, value=True)
        self.clicked.connect(lambda *_: clicked())

    @property
    def _around(self) -> int:
        """Pixels that are not for the text."""
        return _ROOM if self.icon().isNull() else _ROOM + self.iconSize().width() + theme.HALF

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._full) + self._around
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_ROOM, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - self._around + 1
        self.setText(literal(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)))


def _by_label(relations: Iterable[Relation]) -> list[list[Relation]]:
    """The relations of one field in one line."""
    groups: list[list[Relation]] = []
    for relation in relations:
        if groups and groups[-1][0].label == relation.label:
            groups[-1].append(relation)
        else:
            groups.append([relation])
    return groups


def _around(ledger: Ledger, kind: str, record: int) -> Around:
    return ledger.relations.of(kind, record)

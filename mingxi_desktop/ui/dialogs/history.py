"""What happened to a record: who, when, what was changed from what to what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import HistoryEntry
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, card, label, row

_MOST_SHOWN = 300
_Found = tuple[str, list[HistoryEntry]]


class HistoryDialog(Frame):
    """The history of one record and of its child rows, newest first."""

    def __init__(self, context: Context, kind: str, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__("历史", 640, 560, parent)
        self._kind = kind_of(kind)
        self._shown: list[HistoryEntry] = []
        self._title = label(self._kind.label, "title")
        self._count = label("正在读取……", "muted")
        self.column.addLayout(row(self._title, None, self._count))
        self._entries = self.scrolled()
        close = button("关闭", self.reject, primary=True)
        self.close_with(None, close, default=close)
        context.read(_history, kind, record_id, done=self._show, owner=self)

    def sentences(self) -> list[str]:
        """What is shown, entry by entry."""
        return [f"{entry.at} {entry.by} {_told(entry, self._kind.name)}" for entry in self._shown]

    def _show(self, found: _Found) -> None:
        title, entries = found
        self._shown = entries[:_MOST_SHOWN]
        self._title.setText(f"{self._kind.label} {title}")
        more = f"，只列最近 {_MOST_SHOWN} 次" if len(entries) > _MOST_SHOWN else ""
        self._count.setText(f"共 {len(entries):,} 次变动{more}")
        for entry in self._shown:
            self._entries.addWidget(self._card(entry))
        if not entries:
            self._entries.addWidget(label("这条记录没有变动。", "muted"))
        self._entries.addStretch(1)

    def _card(self, entry: HistoryEntry) -> QWidget:
        frame = card()
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row(label(f"{entry.at}　{entry.by}", "muted"), None))
        column.addWidget(_wrapped(_told(entry, self._kind.name)))
        return frame


def _wrapped(text: str) -> QLabel:
    made = label(text)
    made.setWordWrap(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    made.setContentsMargins(0, 0, 0, theme.HALF // 2)
    return made


def _told(entry: HistoryEntry, own_kind: str) -> str:
    """What was done, without who and when; a child's row says which table it is of."""
    text = entry.sentence.removeprefix(f"{entry.at} {entry.by} ")
    return text if entry.kind == own_kind else f"{kind_of(entry.kind).label}：{text}"


def _history(ledger: Ledger, kind: str, record: int) -> _Found:
    entries = list(ledger.history(kind, record))
    for child, rows in ledger.children(kind, record).items():
        for line in rows:
            entries += ledger.history(child, line.id)
    entries.sort(key=lambda entry: entry.seq, reverse=True)
    return ledger.title(kind, record), entries

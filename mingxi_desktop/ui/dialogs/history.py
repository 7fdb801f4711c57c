"""What happened to a record: who, when, what was changed from what to what; and going back to any of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes, HistoryEntry
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.going_back import Moment
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import Card, button, label, row

_MOST_SHOWN = 300
_Found = tuple[str, list[Moment], bool]
"""Title, changes, and whether the record is in the trash."""


class HistoryDialog(Frame):
    """The history of one record and of its child rows, newest first: a card for each change."""

    def __init__(self, context: Context, kind: str, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__("历史", 680, 560, parent)
        self._context = context
        self._kind = kind_of(kind)
        self._record = record_id
        self._shown: list[Moment] = []
        self._in_trash = False
        self._cards: list[QWidget] = []
        self._title = label(self._kind.label, "title")
        self._count = label("正在读取……", "muted")
        self.column.addLayout(row(self._title, None, self._count))
        self._entries: QVBoxLayout = self.scrolled()
        self._entries.addStretch(1)
        close = button("关闭", self.reject, primary=True)
        self.close_with(None, close, default=close)
        context.changed.connect(self._changed)
        self._read()

    def sentences(self) -> list[str]:
        """What is shown, entry by entry, the newest first."""
        return [
            f"{entry.at} {entry.by} {_told(entry, moment)}"
            for moment in self._shown
            for entry in moment.entries
        ]

    def go_back(self, moment: Moment) -> None:
        """Show what would change, and bring the content after this change back if that is wanted."""
        from mingxi_desktop.ui.dialogs.going_back import GoingBackDialog

        GoingBackDialog(self._context, self._kind.name, self._record, moment, self).exec()

    def _changed(self, changes: Changes) -> None:
        if changes.kinds:
            self._read()

    def _read(self) -> None:
        self._context.read(_history, self._kind.name, self._record, done=self._show, owner=self)

    def _show(self, found: _Found) -> None:
        title, moments, self._in_trash = found
        for old in self._cards:
            self._entries.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = moments[:_MOST_SHOWN]
        self._title.setText(f"{self._kind.label} {title}")
        more = f"，只列最近 {_MOST_SHOWN} 次" if len(moments) > _MOST_SHOWN else ""
        trash = "，在回收站里：先恢复，才能回到以前的内容" if self._in_trash else ""
        self._count.setText(f"共 {len(moments):,} 次变动{more}{trash}")
        self._cards = [self._card(moment, newest=not place) for place, moment in enumerate(self._shown)]
        if not moments:
            self._cards = [label("这条记录没有变动。", "muted")]
        for place, made in enumerate(self._cards):
            self._entries.insertWidget(place, made)

    def _card(self, moment: Moment, *, newest: bool) -> QWidget:
        frame = Card()
        when = label(f"{moment.at}　{moment.by}", "muted")
        if moment.back and not self._in_trash:
            back = button("回到这时的内容…", partial(self.go_back, moment), icon="restore", link=True)
            back.setAccessibleName(f"回到 {moment.at} {moment.by} 改后的内容")
            frame.column.addLayout(row(when, None, back))
        else:
            frame.column.addLayout(row(when, None, label("现在就是这样" if newest else "", "muted")))
        for entry in moment.entries:
            frame.column.addWidget(_wrapped(_told(entry, moment)))
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


def _told(entry: HistoryEntry, moment: Moment) -> str:
    """What was done, without who and when; a child's row says which it is, and of which table."""
    text = entry.sentence.removeprefix(f"{entry.at} {entry.by} ")
    row = moment.rows.get((entry.kind, entry.record))
    return text if row is None else f"{kind_of(entry.kind).label} {row}：{text}"


def _history(ledger: Ledger, kind: str, record: int) -> _Found:
    in_trash = bool(ledger.get(kind, record).deleted_at)
    return ledger.title(kind, record), ledger.past.moments(kind, record), in_trash

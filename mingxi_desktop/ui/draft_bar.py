"""The bar above a form: drafts of an earlier day to go on with, and what to know about one taken up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.shapes import Card, button, label, row

_MOST_SHOWN = 3
_LOW = 560
"""In a panel that is lower than this one draft is shown at a time: the form needs the room."""
_FEW_CHARACTERS = 12


class DraftBar(Card):
    """Hidden while there is nothing to say."""

    wanted = Signal(object)
    """Go on with this `Draft`."""
    unwanted = Signal(object)
    """Throw this `Draft` away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "notice", value=True)
        self.column.setContentsMargins(theme.GAP, theme.HALF, theme.GAP, theme.HALF)
        self._drafts: list[Draft] = []
        self._most = _MOST_SHOWN
        self._lines: list[QWidget] = []
        self._note = ""
        self._note_label = label()
        self._note_label.setWordWrap(True)
        self._known = button("知道了", lambda: self.tell(""), link=True)
        self._note_row = _line(self._note_label, self._known)
        self.column.addWidget(self._note_row)
        self._more = label(role="muted")
        self.column.addWidget(self._more)
        self._arrange()

    @property
    def drafts(self) -> list[Draft]:
        """The unfinished forms that are offered, in order."""
        return list(self._drafts)

    @property
    def note(self) -> str:
        """What is told above them."""
        return self._note

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Offer these drafts in place of those before, a line with its buttons for each."""
        for old in self._lines:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._drafts = list(drafts)
        self._lines = [self._draft_line(draft) for draft in self._drafts[: self._most]]
        for place, made in enumerate(self._lines):
            self.column.insertWidget(1 + place, made)
        self._arrange()

    def set_room(self, height: int) -> None:
        """How high the panel is, in logical pixels."""
        most = _MOST_SHOWN if height >= _LOW else 1
        if most != self._most:
            self._most = most
            self.offer(self._drafts)

    def take_off(self, place: Path | None) -> None:
        """A draft has been dealt with."""
        self.offer([draft for draft in self._drafts if draft.place != place])

    def tell(self, text: str, more: str = "") -> None:
        """Something to know; "" for nothing.  more: in the tool tip."""
        self._note = text
        self._note_label.setToolTip(more)
        self._note_label.setText(text)
        self._arrange()

    def _draft_line(self, draft: Draft) -> QWidget:
        said = sentence(draft)
        text = label(said)
        text.setWordWrap(True)
        go_on = button("继续填写", partial(self.wanted.emit, draft), link=True)
        drop = button("丢弃", partial(self.unwanted.emit, draft), link=True)
        for link in (go_on, drop):
            link.setAccessibleName(f"{link.text()}：{said}")
        return _line(text, go_on, drop)

    def _arrange(self) -> None:
        more = len(self._drafts) - len(self._lines)
        self._more.setText(f"另有 {more} 份，处理完上面的再列出" if more > 0 else "")
        self._more.setVisible(more > 0)
        self._note_row.setVisible(bool(self._note))
        self.setVisible(bool(self._note or self._drafts))


def sentence(draft: Draft, today: datetime.date | None = None) -> str:
    """What a draft is of, when it was left and how much is in it."""
    kind = kind_of(draft.kind)
    if draft.record is None:
        longest = max(_words(draft), key=len, default="").replace("\n", " ")
        cut = f"{longest[:_FEW_CHARACTERS]}…" if len(longest) > _FEW_CHARACTERS else longest
        what = f"有一份没保存完的{kind.label}{f'“{cut}”' if cut else ''}"
    else:
        what = f"“{draft.title}”有没保存完的修改"
    return f"{what}（{when_left(draft.at, today)}，改了 {draft.changed} 处）"


def _words(draft: Draft) -> list[str]:
    """What was typed in words; a date or a number says little of what a record is about."""
    kind = kind_of(draft.kind)
    fields = [name for name in draft.before if kind.has(name) and kind.field(name).type is FieldType.TEXT]
    words = [draft.texts[name] for name in fields if draft.texts[name]]
    return words or [draft.texts[name] for name in draft.before]


def when_left(at: str, today: datetime.date | None = None) -> str:
    """When something was left, for one who reads it today.  at: as `stamp.now` has it."""
    today = today or datetime.date.today()
    try:
        then = datetime.datetime.fromisoformat(at)
    except ValueError:
        return at
    days = (today - then.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {then:%H:%M}"
    year = "" if then.year == today.year else f"{then.year}年"
    return f"{year}{then.month}月{then.day}日 {then:%H:%M}"


def _line(text: QLabel, *links: QWidget) -> QWidget:
    """A text that wraps, with links at its right."""
    picture = QLabel()
    picture.setPixmap(icons.pixmap("info", "warning", 16, 2.0))
    holder = QWidget()
    line: QHBoxLayout | QVBoxLayout = row(picture, text, *links, spacing=theme.HALF)
    line.setStretch(1, 1)
    holder.setLayout(line)
    return holder

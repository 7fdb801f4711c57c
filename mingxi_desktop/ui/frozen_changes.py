"""定稿之后的变化: what differs from a frozen version, and the records that made it differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.frozen.changes import Cause, Difference, Sort
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import Card, label, thousands

_COLUMNS = (
    ListColumn("哪一项"),
    ListColumn("定稿时", 96, right=True),
    ListColumn("现在", 106, right=True),
    ListColumn("差", 104, right=True),
    ListColumn("记录", 52, right=True, optional=True),
)
_CAUSE_COLUMNS = (
    ListColumn("记录"),
    ListColumn("变化", 140),
    ListColumn("时间", 124),
    ListColumn("谁", 72),
    ListColumn("做了什么", 72, optional=True),
)
_MOST = 1_000
"""Records listed of one number; all of them are in the command line's answer."""
_SAID_HEIGHT = 84
_FEW = 4
"""Rows, the header counted, that a table has at least."""
_BELOW = "见下面"
"""Stands where a text is too long for the table."""
_AMOUNTS = (Sort.NUMBER, Sort.LAST_YEAR)
_WAIT = "正在和现在的记录比较……"


class LowListing(Listing):
    """Asks for the height of a few lines, and takes what room there is."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _FEW * theme.ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), _FEW * theme.ROW_HEIGHT)


class FrozenChanges(Card):
    """The table of what differs; below it what the chosen line comes from."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Sequence[Difference] = ()
        self._title = label("定稿之后的变化", "title")
        self.table = LowListing("定稿之后的变化", _COLUMNS, parent=self)
        self._said = label()
        self._said.setWordWrap(True)
        style.set_state(self._said, "plain", value=True)
        self._said_scroll = UprightScroll(self)
        self._said_scroll.setWidget(self._said)
        self._said_scroll.setMaximumHeight(_SAID_HEIGHT)
        self._why = label(role="muted")
        self._why.setWordWrap(True)
        self.causes = LowListing("造成变化的记录", _CAUSE_COLUMNS, parent=self)
        self.column.addWidget(self._title)
        self.column.addWidget(self.table, 3)
        self.column.addWidget(self._said_scroll)
        self.column.addWidget(self._why)
        self.column.addWidget(self.causes, 2)
        self.table.current_changed.connect(self._turn)
        # What stands below may take room from the table: the cursor stays in sight.
        self.table.verticalScrollBar().rangeChanged.connect(
            lambda *_: self.table.scrollTo(self.table.currentIndex())
        )
        self.causes.opened.connect(lambda key: context.record_wanted.emit(*key))
        self.clear("")

    def clear(self, words: str = _WAIT) -> None:
        """Nothing to show yet; why."""
        self.table.set_empty_text(words)
        self.show_differences((), words)

    def show_differences(self, found: Sequence[Difference], words: str = "") -> None:
        """Show what differs.  words: what stands there where nothing does."""
        self._found = found
        numbers = sum(one.sort in (Sort.NUMBER, Sort.NAMES, Sort.LAST_YEAR) for one in found)
        others = len(found) - numbers
        told = "、".join(
            part
            for part in (f"{numbers} 个数" if numbers else "", f"{others} 处其他" if others else "")
            if part
        )
        self._title.setText(f"定稿之后的变化{f'：{told}' if told else ''}")
        self.table.set_empty_text(words or "没有变化：报告今天印出来，和定稿时一样。")
        self.table.set_lines([_line(place, one) for place, one in enumerate(found)])
        self._turn(self.table.current())

    def _turn(self, place: int | None) -> None:
        """Show what the line comes from."""
        one = self._found[place] if place is not None and place < len(self._found) else None
        words = _full(one) if one is not None else ""
        self._said.setText(words)
        self._said_scroll.setVisible(bool(words))
        causes = one.records if one is not None else ()
        self._why.setText(_count(one) if one is not None else "")
        self._why.setVisible(one is not None)
        self.causes.setVisible(bool(causes))
        self.causes.set_lines([_cause_line(cause) for cause in causes[:_MOST]], keep=False)


def _line(place: int, one: Difference) -> Line:
    name = (
        one.label
        if one.sort in (Sort.NUMBER, Sort.NAMES, Sort.LAST_YEAR)
        else f"{one.sort.value}　{one.label}"
    )
    then, now = (thousands(text) if one.sort in _AMOUNTS else _BELOW for text in (one.frozen, one.now))
    records = f"{len(one.records):,}" if one.records else ""
    tip = "\n".join(
        part for part in (one.label, f"定稿时：{one.frozen}", f"现在：{one.now}", one.note) if part
    )
    return Line((name, then, now, thousands(one.difference), records), place, {2: "warning"}, tip)


def _full(one: Difference) -> str:
    """What does not fit into the table."""
    parts = [] if one.sort in _AMOUNTS else [f"定稿时：{one.frozen}", f"现在：{one.now}"]
    return "\n".join([*parts, *([one.note] if one.note else [])])


def _count(one: Difference) -> str:
    if not one.records:
        return "跟着上面的数一起变的。" if one.follows else ""
    more = f"（只列前 {_MOST:,} 条）" if len(one.records) > _MOST else ""
    return f"造成变化的记录 {len(one.records):,} 条{more}，双击一行打开这条记录"


def _cause_line(cause: Cause) -> Line:
    name = f"{kind_of(cause.kind).label} {cause.title}"
    done = cause.action or "—"
    texts = (name, cause.sentence, cause.at[:16] or "—", cause.by or "—", done)
    tip = f"{name}\n{cause.sentence}"
    tip += f"\n{cause.at} {cause.by} {cause.action}" if cause.at else "\n它自己没有改；是别的记录或名单变了。"
    return Line(texts, (cause.kind, cause.id), tip=tip)

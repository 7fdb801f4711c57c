"""Before a record goes back to an earlier content: what would change, now beside then."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.going_back import Difference, Moment
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (ListColumn("哪一项", 190), ListColumn("现在"), ListColumn("恢复以后"))
_EMPTY = "（空）"


class GoingBackDialog(Frame):
    """Shows the differences; its button brings the content back as one change that can be undone."""

    def __init__(
        self, context: Context, kind: str, record: int, moment: Moment, parent: QWidget | None = None
    ) -> None:
        super().__init__("回到这时的内容", 720, 460, parent)
        self._context = context
        self._asked = kind, record, moment.number
        self._kind = kind_of(kind)
        when = in_words(moment.at)
        self._intro = label(f"正在比较 {when} {moment.by} 改后的内容和现在的内容……", "muted")
        self._intro.setWordWrap(True)
        self._said = f"{self._kind.label}会变回 {when} {moment.by} 改后的样子"
        self.column.addWidget(self._intro)
        self.table = Listing("会变的内容", _COLUMNS)
        self.column.addWidget(self.table, 1)
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self._message.hide()
        self.column.addWidget(self._message)
        self._back = button(f"恢复到 {when} 的内容", self.go_back, icon="restore", primary=True)
        self._back.setEnabled(False)
        self.close_with(None, button("取消", self.reject), self._back, default=self._back)
        context.read(_differences, *self._asked, done=self._show, owner=self, failed=self._refused)

    def go_back(self) -> None:
        """Bring it back; where that is refused, say why and stay."""
        self._back.setEnabled(False)
        self._context.write(
            _go_back, *self._asked, owner=self, done=lambda _: self.accept(), failed=self._refused
        )

    @property
    def message(self) -> str:
        """Why it was refused; "" where it was not."""
        return self._message.text()

    def _show(self, found: list[Difference]) -> None:
        self.table.set_empty_text("现在的内容和那时一样，不用恢复。")
        self.table.set_lines([_line(one) for one in found])
        self._intro.setText(
            f"{self._said}：下面 {len(found):,} 处会变，其他不变。恢复以后可以撤消。"
            if found
            else f"{self._said}。"
        )
        self._back.setEnabled(bool(found))

    def _refused(self, error: UserError) -> None:
        self._message.setText(str(error))
        self._message.show()


def in_words(at: str) -> str:
    """2024-06-09 14:32:05 → 2024年6月9日 14:32; without the year in its own year."""
    then = datetime.datetime.fromisoformat(at)
    year = "" if then.year == datetime.date.today().year else f"{then.year}年"
    return f"{year}{then.month}月{then.day}日 {then:%H:%M}"


def _line(one: Difference) -> Line:
    return Line((one.what, one.now or _EMPTY, one.then or _EMPTY), one.what, roles={2: "accent_text"})


def _differences(ledger: Ledger, kind: str, record: int, number: int) -> list[Difference]:
    return ledger.past.differences(kind, record, number)


def _go_back(ledger: Ledger, kind: str, record: int, number: int) -> Changes:
    return ledger.past.back_to(kind, record, number)

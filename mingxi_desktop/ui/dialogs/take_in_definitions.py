"""What a file of definitions would bring, before any of it is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.definition_files import Incoming, State
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (ListColumn("指标", 220), ListColumn("台账", 110), ListColumn("结果", 72), ListColumn("说明"))
_ROLES = {State.FAULTY: "error", State.REPLACES: "warning", State.SAME: "muted", State.NEW: "ok"}
_USEFUL = (State.NEW, State.REPLACES)


class TakeInDialog(Frame):
    """Accepted once the ticked indicators are stored; `taken` are then their ids."""

    manual = "06b-define.md"

    def __init__(
        self, context: Context, name: str, found: Sequence[Incoming], parent: QWidget | None = None
    ) -> None:
        """name: of the file."""
        super().__init__("导入指标定义", 760, 460, parent)
        self._context = context
        self._found = list(found)
        self.taken: tuple[str, ...] = ()
        self._ticked = {place for place, one in enumerate(found) if one.state in _USEFUL}
        counts = "，".join(
            f"{state.value} {number} 个"
            for state in State
            if (number := sum(1 for one in found if one.state is state))
        )
        head = label(f"{name}：{counts}。打勾的才导入。")
        head.setWordWrap(True)
        self.table = Listing("文件里的指标", _COLUMNS)
        self.table.ticked.connect(self._tick)
        self._said = label(role="error")
        self._said.setWordWrap(True)
        self._said.hide()
        self.column.addWidget(head)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._said)
        self.go = button("导入", self.store, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self.table.set_lines([self._line(place) for place in range(len(self._found))])
        self._mark()

    def store(self) -> None:
        """Take in the ticked indicators, all or none."""
        wanted = [self._found[place].indicator for place in sorted(self._ticked)]
        indicators = [one for one in wanted if one is not None]
        self.go.setEnabled(False)
        self._context.write(
            _take_in, indicators, owner=self, done=lambda _: self._stored(indicators), failed=self._failed
        )

    def _stored(self, indicators: Sequence[Indicator]) -> None:
        self.taken = tuple(one.id for one in indicators)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self._said.setText(error.in_one_line())
        self._said.show()
        self._mark()

    def _tick(self, place: int, on: bool) -> None:
        self._ticked = self._ticked | {place} if on else self._ticked - {place}
        self._said.hide()
        self._mark()

    def _mark(self) -> None:
        number = len(self._ticked)
        self.go.setText(f"导入 {number} 个" if number else "导入")
        self.go.setEnabled(bool(number))

    def _line(self, place: int) -> Line:
        one = self._found[place]
        kind = kind_of(one.indicator.kind).label if one.indicator is not None else ""
        ticked = place in self._ticked if one.state in _USEFUL else None
        said = "台账里已经有，一模一样" if one.state is State.SAME else one.reason
        return Line((one.label, kind, one.state.value, said), place, {2: _ROLES[one.state]}, ticked=ticked)


def _take_in(ledger: Ledger, indicators: Sequence[Indicator]) -> Changes:
    return ledger.definitions.take_in(indicators)

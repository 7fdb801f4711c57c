"""催报单: what each township or department owes, seen before it is printed or saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.duties import reminder_paper, reminding
from mingxi_desktop.ledger.duties.reminding import Reminder
from mingxi_desktop.ledger.table_printing import Wanted
from mingxi_desktop.report.table_pages.model import Look, Printed, Progress
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.print_table import Maker, PrintTableDialog
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import button

_UPRIGHT = 1
"""The place of 纵向 among the directions."""


class ReminderDialog(PrintTableDialog):
    """The same dialog as for a ledger's table; the range is one of those who owe something, or all."""

    manual = "01c-reporting.md"

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, copy: Callable[[str], object] | None = None
    ) -> None:
        """copy: puts a text on the clipboard and says so."""
        self._asked: Reminder | None = None
        self._whose = ""
        super().__init__(context, Query(""), (), f"{context.year}年台账报送催报单", parent=parent)
        self.options.totals.hide()
        self.copy_button = button(
            "复制成文字", self._copy, icon="copy", tip="这张单子的内容，粘贴到微信或通知里"
        )
        self._take = copy
        self.copy_button.setVisible(copy is not None)
        self.column.insertLayout(1, flow([self.copy_button], []))
        self.above_pages.put([self.copy_button])

    def maker(self, _wanted: Wanted) -> Maker:
        return partial(_press, self._asked, self._ref)

    def _remake(self) -> None:
        if self._asked is None:
            self._run("正在读取……", _read, self._context.year, done=self._offer, failed=self._refused)
            return
        if self._whose != self._ref:
            self._presses.clear()
            self._whose = self._ref
        super()._remake()

    def _show(self, printed: Printed | None, look: Look) -> None:
        self._title = self._presses[bool(self._whose)].table.title
        super()._show(printed, look)
        if printed is None:
            self._say_instead("没有应报未报的。")

    @property
    def _ref(self) -> str:
        """Whose list is wanted; "" for that of all."""
        return str(self.options.scope.currentData() or "")

    def _offer(self, asked: Reminder) -> None:
        """Those who owe something are what can be chosen; a list of names stands upright."""
        self._asked = asked
        for combo in (self.options.scope, self.options.direction):
            combo.blockSignals(True)
        for ref, name in asked.who:
            self.options.scope.addItem(f"{name}（{len(asked.only(ref))}）", ref)
        self.options.direction.setCurrentIndex(_UPRIGHT)
        for combo in (self.options.scope, self.options.direction):
            combo.blockSignals(False)
        self._remake()

    def _copy(self) -> None:
        if self._take is not None and self._asked is not None:
            self._take(reminding.text_to(self._asked, self._ref))


def _read(ledger: Ledger, year: int, *, progress: Progress) -> Reminder:  # noqa: ARG001 - soon done
    return reminding.reminder(ledger, year)


def _press(asked: Reminder | None, ref: str, _ledger: Ledger, _progress: Progress) -> object:
    assert asked is not None
    return reminder_paper.press(asked, ref)

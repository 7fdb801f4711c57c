"""The card of the first page around a small reporting grid: which duty, the legend, the way to all of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.duties import SENT, ledger_of
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.duties.grids import Reporting, State
from mingxi_desktop.ui import style
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.part_names import REPORTING
from mingxi_desktop.ui.reporting_desk import ReportingDesk
from mingxi_desktop.ui.reporting_grid import ReportingGrid
from mingxi_desktop.ui.shapes import Card, button, label

_KIND = "overview/reporting"
"""Setting of this PC: the duty whose grid was looked at last."""


class ReportingCard(Card):
    """报送情况 of one duty."""

    kind_chosen = Signal()
    """Another duty is to be shown: read the page anew."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        # Each is made inside the card: at every move Qt looks at its style anew.
        self._kinds = CalmCombo("报送情况的台账", self)
        self._kinds.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        kept = str(context.settings.value(_KIND, ""))
        first = kept if ledger_of(kept) in SENT else SENT[0]
        self._kinds.addItem(kind_of(ledger_of(first)).label, first)
        self._remind = button("复制催报名单", self._copy_reminder, self, link=True)
        more = button(
            "全部报送…", lambda: context.page_wanted.emit(f"overview:{REPORTING}"), self, link=True,
            tip="全部报送任务，打印催报单，改谁多久报一次",
        )  # fmt: skip
        self.grid = ReportingGrid(self, small=True)  # after the buttons, as Tab reaches them
        self.desk = ReportingDesk(context, self.grid)
        self.column.addLayout(flow([label("报送情况", "title", self), self._kinds], [self._remind, more]))
        self.column.addWidget(self.grid, 1)
        self._legend = {state: label(role="muted", parent=self) for state in State}
        self.column.addLayout(flow(list(self._legend.values()), [], spacing=18))
        self._kinds.currentIndexChanged.connect(self._kind_changed)
        self.grid.cell_clicked.connect(self.desk.go_on)
        self.desk.records_wanted.connect(context.show)

    @property
    def kind(self) -> str:
        """The id of the duty that is shown, or a ledger."""
        return str(self._kinds.currentData())

    def show_kind(self, kind: str) -> None:
        """Show another duty, by its id."""
        if self._kinds.findData(kind) < 0 and ledger_of(kind) in SENT:
            self._kinds.addItem(kind_of(ledger_of(kind)).label, kind)
        self._kinds.setCurrentIndex(max(self._kinds.findData(kind), 0))

    def show_reporting(
        self, reporting: Reporting, bureau: str, duties: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show who has reported.  bureau: who signs the reminder.  duties: to choose from, (id, what it is called)."""
        self.desk.show_reporting(reporting, bureau)
        missing = reporting.count(State.MISSING)
        self._remind.setVisible(bool(missing))
        for state, text in (
            (State.REPORTED, "数字 已报的条数"),
            (State.ZERO, f"○ 零报 {reporting.count(State.ZERO)}"),
            (State.MISSING, f"▲ 未报 {missing}"),
            (State.OPEN, "空白 未到期" if reporting.owed else "空白 没有记录"),
        ):
            self._legend[state].setText(text)
        self._legend[State.MISSING].setVisible(reporting.owed)
        style.set_state(self._legend[State.MISSING], "role", "error" if missing else "muted")
        self._offer(duties, reporting.duty.id)

    def _copy_reminder(self) -> None:
        self.desk.copy_text()

    def copy_reminder_of(self, found: tuple[Reporting, str]) -> None:
        """Put the list of those missing in a grid, which need not be shown, on the clipboard."""
        self.desk.copy_text_of(found)

    def _offer(self, duties: Sequence[tuple[str, str]], shown: str) -> None:
        """The duties to choose from; the one that is shown may be another than was asked for."""
        self._kinds.blockSignals(True)
        self._kinds.clear()
        for name, text in duties:
            self._kinds.addItem(text, name)
        self._kinds.setCurrentIndex(self._kinds.findData(shown))
        self._kinds.blockSignals(False)

    def _kind_changed(self) -> None:
        self._context.settings.setValue(_KIND, self.kind)
        self.kind_chosen.emit()

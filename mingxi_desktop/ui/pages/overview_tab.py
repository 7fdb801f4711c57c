"""概览: today, what the checks have found, who owes which report, deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.concerns import Severity
from mingxi_desktop.ledger.todos import REMIND, SOON, URGENT, Todo
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.checking.concerns import Concerns, Findings
from mingxi_desktop.ui.checking.strip import TARGET
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.pages.overview import OverviewPage
from mingxi_desktop.ui.part_names import CHECKS, DEADLINES, REPORTING, TODAY
from mingxi_desktop.ui.shapes import toggle
from mingxi_desktop.ui.turns import bring_forward

if TYPE_CHECKING:
    from mingxi_desktop.ui.pages.checks import ChecksPage

_PARTS = (TODAY, CHECKS, REPORTING, DEADLINES)
_MOST_NAMED = 3
_MARGIN = 12


class OverviewTab(QWidget):
    """The first tab; its parts are made when they are first wanted."""

    status = Signal(str)
    turned = Signal()
    """Another part is in front."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.manual = ""
        """The page of the manual about the part in front, wherever the focus is; "" for that of the tab."""
        self._pills: dict[str, QToolButton] = {}
        self._parts: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        self._says: dict[str, Callable[[], None]] = {}
        self._prints: dict[str, Callable[[], None]] = {}
        self._tools: Sequence[QWidget] = ()
        for part in _PARTS:
            self._pills[part] = toggle(part, "pill", partial(self.open, part), self)
        self._row = flow(list(self._pills.values()), [])
        self._row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.HALF, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(self._row)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self.today = OverviewPage(context, self._stack)
        self._hold(TODAY, self.today)
        self._says[TODAY] = self.today.say
        self.today.status.connect(self.status)
        self._concerns = Concerns.of(context)
        self._concerns.found.connect(self._found)
        self.today.read.connect(self._concerns.want)
        self.open(TODAY)

    @property
    def part(self) -> str:
        """Name of the part in front, one of those that `open` takes."""
        return next(name for name, pill in self._pills.items() if pill.isChecked())

    @property
    def checks(self) -> ChecksPage:
        """The page with what the checks have found, made when it is first asked for."""
        return cast("ChecksPage", self._page(CHECKS))

    @property
    def checks_in_front(self) -> bool:
        """Whether the findings are what is shown."""
        return self.part == CHECKS

    def open(self, part: str) -> None:
        """Show one of the parts, 今天 to 期限."""
        if self._stack.currentWidget() is not self._holders.get(part):
            self.status.emit("")  # the part says its own when it comes in sight
        for name, pill in self._pills.items():
            pill.setChecked(name == part)
        self.manual = str(getattr(self._page(part), "manual", ""))
        bring_forward(self._stack, self._holders[part])
        for tool in self._tools:
            tool.setVisible(part == CHECKS)
        self.turned.emit()

    def show_concern(self, key: str = "") -> None:
        """Show the findings, with the cursor on one of them."""
        self.open(CHECKS)
        if key:
            self.checks.show_concern(key)

    def go(self, verb: str, thing: str) -> None:
        """As `MainWindow.go` knows it: "overview:PART", or "remind:DUTY" for who has reported what a duty asks for."""
        from mingxi_desktop.ui.pages.reporting import ReportingPage

        self.open(REPORTING if verb == REMIND else thing)
        page = self._page(REPORTING) if verb == REMIND else None
        if isinstance(page, ReportingPage):
            page.show_duty(thing)

    @property
    def print(self) -> Callable[[], None] | None:
        """What prints the part in front; None where there is nothing to print."""
        return self._prints.get(self.part)

    def say(self) -> None:
        """Say in the status bar what the part in front shows."""
        say = self._says.get(self.part)
        if say is not None:
            say()

    # parts

    def _page(self, part: str) -> QWidget:
        """The page of a part, made when it is first wanted."""
        if part not in self._parts:
            self._make(part)
        return self._parts[part]

    def _make(self, part: str) -> None:
        """Make a page in its place on the stack, with a margin unless it has its own."""
        if part not in (CHECKS, REPORTING):
            self._hold(part, self._make_deadlines(self._stack))
            return
        # What is made inside its parent is polished once, not at every move.
        holder = QWidget(self._stack)
        column = QVBoxLayout(holder)
        column.setContentsMargins(_MARGIN, theme.HALF, _MARGIN, theme.HALF)
        page = self._make_checks(holder) if part == CHECKS else self._make_reporting(holder)
        column.addWidget(page)
        self._hold(part, page, holder)

    def _hold(self, part: str, page: QWidget, holder: QWidget | None = None) -> None:
        """Put a page on the stack, in what holds it."""
        self._parts[part] = page
        self._holders[part] = holder or page
        self._stack.addWidget(self._holders[part])

    def _make_checks(self, parent: QWidget) -> QWidget:
        from mingxi_desktop.ui.pages.checks import ChecksPage

        made = ChecksPage(self._context, parent)
        made.status.connect(self.status)
        made.way_wanted.connect(self._context.page_wanted)
        self._says[CHECKS], self._prints[CHECKS] = made.say, made.print
        self._tools = made.tools
        for tool in self._tools:
            self._row.add_right(tool)
        for first, second in pairwise((*self._pills.values(), *self._tools)):
            self.setTabOrder(first, second)  # they stand above the page, which was there before them
        return made

    def _make_reporting(self, parent: QWidget) -> QWidget:
        from mingxi_desktop.ui.pages.reporting import ReportingPage

        made = ReportingPage(self._context, parent)
        made.status.connect(self.status)
        made.records_wanted.connect(self._context.show)
        self._says[REPORTING], self._prints[REPORTING] = made.say, made.print
        return made

    def _make_deadlines(self, parent: QWidget) -> QWidget:
        from mingxi_desktop.ui.pages.deadlines import DeadlinesPage

        made = DeadlinesPage(self._context, parent)
        made.status.connect(self.status)
        made.records_wanted.connect(self._context.show)
        made.way_wanted.connect(self._context.page_wanted)
        self._says[DEADLINES] = made.say
        return made

    # what was found

    def _found(self) -> None:
        """Tell it on the small tab, and among what is to be done today."""
        findings = self._concerns.now
        count = len(findings.looked.open) if findings is not None else 0
        said = f"{CHECKS} {count:,}" if count else CHECKS
        self._pills[CHECKS].setText(said)
        self._pills[CHECKS].setAccessibleName(said)
        self.today.set_late(_todos(findings) if findings is not None else ())


def _todos(findings: Findings) -> list[Todo]:
    """One line for all doubts; what is only owed has lines of its own."""
    doubts = findings.doubts
    if not doubts:
        return []
    counts = Counter(findings.label(one.code) for one in doubts)
    named = "、".join(f"{label} {count:,} 处" for label, count in counts.most_common(_MOST_NAMED))
    more = f"等 {len(counts)} 类" if len(counts) > _MOST_NAMED else ""
    wrong = any(one.severity is Severity.ERROR for one in doubts)
    sentence = f"核对发现 {len(doubts):,} 处疑点：{named}{more}"
    return [Todo(URGENT if wrong else SOON, sentence, "处理", target=TARGET)]

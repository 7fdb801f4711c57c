"""The window without its menus: seven tabs, one year for all, the status bar; doors to every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop import APP_NAME, paths
from mingxi_desktop.domain.kinds import TABS, kind_of
from mingxi_desktop.ui import asking, theme, window_place
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dense import Dense
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.shapes import label, toggle
from mingxi_desktop.ui.status_line import StatusLine
from mingxi_desktop.ui.tab_focus import TabFocus
from mingxi_desktop.ui.turns import bring_forward
from mingxi_desktop.ui.year_chooser import YearChooser

# These pages are loaded when they are first wanted: each of them takes longer than the window.
if TYPE_CHECKING:
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.ledger.intake.wish import Source
    from mingxi_desktop.ui.pages.checks import ChecksPage
    from mingxi_desktop.ui.pages.import_page import ImportPage
    from mingxi_desktop.ui.pages.ledger_tab import LedgerTab
    from mingxi_desktop.ui.pages.overview_tab import OverviewTab
    from mingxi_desktop.ui.pages.report import ReportPage

_FIRST_SIZE = (1366, 768)
OVERVIEW, REPORT, _IMPORT = TABS[0], TABS[-1], "import"


class TabWindow(QMainWindow):
    """What the menus are made for: pages under tabs, and what is done with all of them."""

    began = Signal()
    """The first page was begun."""
    front_changed = Signal()
    """Another page is in front, or another part of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        context.setParent(self)
        self._pages: dict[str, QWidget] = {}
        self._ledgers: dict[str, LedgerTab] = {}
        self._overview: OverviewTab | None = None
        self._report: ReportPage | None = None
        self._import: ImportPage | None = None
        self._tabs: dict[str, QToolButton] = {}
        self._tab = OVERVIEW
        self.reopen: Callable[[Path | None, Path | None], None] = lambda _path, _backup: None
        """Set by who made the window: open another ledger (None = ask), or this one from a backup."""
        self.setWindowTitle(APP_NAME)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tab_row())
        column.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._body = body
        self._focus = TabFocus(self._tabs, lambda: self._tab, body, self)
        self._status = StatusLine(self.statusBar())
        self._stack.currentChanged.connect(lambda _: self.front_changed.emit())
        self._connect()
        self._mark()
        self.resize(*_FIRST_SIZE)
        self.leaving = False
        """Set when the session ends: what is typed is a draft by then, and nobody is there to be asked."""
        self._seen = self._begun = False

    # set-up

    def _tab_row(self) -> QWidget:
        holder = QWidget()
        for name in TABS:
            self._tabs[name] = toggle(name, "tab", partial(self.open_tab, name))
        self.years = YearChooser(self.context, self._may_leave)
        title = label("年度", "muted")
        title.setBuddy(self.years)
        line = flow(list(self._tabs.values()), [title, self.years], spacing=theme.HALF)
        line.setContentsMargins(12, 2, 12, 2)
        holder.setLayout(line)
        Dense(holder, line, tight=list(self._tabs.values()), spare=[title], around=24)
        return holder

    def _connect(self) -> None:
        context = self.context
        context.said.connect(self._status.tell)
        context.query_wanted.connect(self.show_query)
        context.record_wanted.connect(self.show_record)
        context.new_wanted.connect(self.start_new)
        context.page_wanted.connect(self.go)
        context.restore_wanted.connect(self.reopen_from)

    # pages

    def page(self, tab: str) -> QWidget:
        """The page of a tab, made when it is first wanted."""
        if tab not in self._pages:
            self._pages[tab] = self._make(tab)
            self._stack.addWidget(self._pages[tab])
        return self._pages[tab]

    def _make(self, tab: str) -> QWidget:
        if tab == OVERVIEW:
            from mingxi_desktop.ui.draft_todos import unfinished_todos
            from mingxi_desktop.ui.pages.overview_tab import OverviewTab

            overview = self._overview = OverviewTab(self.context, self._stack)
            overview.today.extra_todos = unfinished_todos
            overview.status.connect(self._status_of(overview))
            overview.turned.connect(self.front_changed)
            return overview
        if tab == REPORT:
            from mingxi_desktop.ui.pages.report import ReportPage

            self._report = ReportPage(self.context, self._stack)
            self._report.status.connect(self._status_of(self._report))
            return self._report
        if tab == _IMPORT:
            from mingxi_desktop.ui.pages.import_page import ImportPage

            self._import = ImportPage(self.context, self._stack)
            self._import.closed.connect(lambda: self.open_tab(self._tab))
            return self._import
        from mingxi_desktop.ui.pages.ledger_tab import LedgerTab

        ledgers = self._ledgers[tab] = LedgerTab(self.context, tab, self._stack)
        ledgers.status.connect(self._status_of(ledgers))
        ledgers.import_wanted.connect(self.start_import)
        ledgers.pasted.connect(self.start_pasted)
        return ledgers

    def _status_of(self, page: QWidget) -> Callable[[str], None]:
        def say(text: str) -> None:
            if self._stack.currentWidget() is page:
                self._status.say(text)

        return say

    @property
    def tab(self) -> str:
        """The tab in front."""
        return self._tab

    def open_tab(self, tab: str) -> None:
        """Show a tab, unless something unsaved keeps the present one."""
        if tab != self._tab and not self._may_leave(lambda: self.open_tab(tab)):
            self._mark()
            return
        self._tab = tab
        self._status.say("")
        page = self.page(tab)
        bring_forward(self._stack, page)
        if tab in self._ledgers:
            self._ledgers[tab].say()
        elif self._overview is page:
            self._overview.say()
        self._mark()
        self._focus.keep_off()

    def _may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing unsaved keeps the tab in front; `then` is done later, after it has been saved."""
        page = self._report if self._tab == REPORT else self._ledgers.get(self._tab)
        return page is None or page.may_leave(then)

    def _mark(self) -> None:
        for name, tab in self._tabs.items():
            tab.setChecked(name == self._tab)

    def ledger_tab(self) -> LedgerTab | None:
        """The tab of ledgers in front; None on the first and last tab."""
        page = self._ledgers.get(self._tab)
        return page if page is self._stack.currentWidget() else None

    def report_page(self) -> ReportPage | None:
        """The report's page, if it is in front."""
        return self._report if self._report is self._stack.currentWidget() else None

    def overview_tab(self) -> OverviewTab | None:
        """The first tab, if it is in front."""
        return self._overview if self._overview is self._stack.currentWidget() else None

    def checks_page(self) -> ChecksPage | None:
        """The findings of the checks, if they are in front."""
        overview = self.overview_tab()
        return overview.checks if overview is not None and overview.checks_in_front else None

    # doors

    def show_query(self, query: Query) -> None:
        """The records behind a number; child rows are shown by their parents' ledger."""
        kind = kind_of(query.kind)
        if kind.parent:
            self.context.read(asking.parents, query, done=self.show_query, owner=self)
            return
        page = self._open_ledger(kind.tab, kind.name)
        if page is not None:
            page.show_query(query)

    def show_record(self, kind_name: str, record: int) -> None:
        """Open one record in its ledger."""
        kind = kind_of(kind_name)
        if kind.parent:
            from mingxi_desktop.domain.query import Query

            self.context.read(
                asking.parents, Query(kind_name, ids=(record,)), done=self._first_of, owner=self
            )
            return
        page = self._open_ledger(kind.tab, kind_name)
        if page is not None:
            page.current.show_record(record)

    def _first_of(self, query: Query) -> None:
        if query.ids:
            self.show_record(query.kind, query.ids[0])

    def go(self, target: str) -> bool:
        """Somewhere by name: a word of those below, with ":" and what it is about; whether it is one of them.

        "stock" is the store as the year chosen sees it, "stock:wanting" what is wanting in it today.
        """
        verb, _, thing = target.partition(":")
        if verb == "report":
            self.open_tab(REPORT)
        elif verb == "checks":
            self._in_overview(lambda overview: overview.show_concern(thing))
        elif verb in ("overview", "remind"):
            self._in_overview(lambda overview: overview.go(verb, thing))
        elif verb == "import":
            self.start_import([], thing)
        elif verb == "import_again":
            self._import_again()
        elif verb == "new":
            self.start_new(thing)
        elif verb == "stock":
            page = self._open_ledger(kind_of("supply_movement").tab, verb)
            if page is not None and page.side is not None and thing:
                page.side.show_wanting()
        elif verb == "drafts":
            self._go_on_with(*thing.partition(":")[::2])
        elif verb == "indicator":
            from mingxi_desktop.ui.proof import prove

            prove(self.context, thing, None, self)
        else:
            return False
        return True

    def _go_on_with(self, kind: str, draft: str) -> None:
        """What is unfinished in a ledger.  draft: the name of the file it lies in, "" for none."""
        page = self._open_ledger(kind_of(kind).tab, kind)
        if page is not None and draft:
            page.current.panel.desk.go_on_with(draft)

    def _in_overview(self, do: Callable[[OverviewTab], object]) -> None:
        """Do something on the first tab, unless something unsaved keeps the present one."""
        if self._tab == OVERVIEW or self._may_leave(lambda: self._in_overview(do)):
            self.open_tab(OVERVIEW)
            assert self._overview is not None
            do(self._overview)

    def start_new(self, kind: str, texts: Mapping[str, str] | None = None) -> None:
        """A form for a new record of a ledger.  texts: what is known of it already."""
        page = self._open_ledger(kind_of(kind).tab, kind)
        if page is not None:
            page.start_new(texts)

    def _open_ledger(self, tab: str, name: str) -> LedgerTab | None:
        """Show a ledger or side page; None while something unsaved keeps what is shown."""
        self.open_tab(tab)
        page = self._ledgers.get(tab)
        return page if self._tab == tab and page is not None and page.open(name) else None

    # import

    def start_import(self, files: list[Path], kind: str = "") -> None:
        """The import page over the tabs' pages."""
        if self._may_leave(lambda: self.start_import(files, kind)):
            self.import_page().start(files, kind)

    def _import_again(self) -> None:
        """The files of an import that was broken off; of those that are gone there is nothing to do again."""
        from mingxi_desktop.ui.importing import unfinished

        found = unfinished.left(self.context.path)
        self.start_import([file for file in found.files if file.exists()] if found is not None else [])

    def start_pasted(self, source: Source, kind: str) -> None:
        """The import page with a block from the clipboard."""
        if self._may_leave(lambda: self.start_pasted(source, kind)):
            self.import_page().start_pasted(source, kind)

    def import_page(self) -> ImportPage:
        """The import page, made when it is first wanted, in front."""
        bring_forward(self._stack, self.page(_IMPORT))
        assert self._import is not None
        self._status.say("")
        for tab in self._tabs.values():
            tab.setChecked(False)
        return self._import

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files_of(event)
        if files:
            event.acceptProposedAction()
            self.start_import(files)

    # the years

    def look_around(self) -> None:
        """Read bureau and years anew."""
        self.context.worker.run(
            asking.around, done=self._arrived, ended=self._begin, owner=self, priority=Priority.VISIBLE
        )

    def _arrived(self, found: tuple[str, list[int]]) -> None:
        bureau, years = found
        self.setWindowTitle(f"{bureau} — {APP_NAME}{'（U盘演示）' if paths.portable() else ''}")
        self.years.offer(years)

    # coming and going

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() in (None, *self._tabs.values()):
            # Otherwise the first tab would look chosen by keyboard before anybody pressed a key.
            self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            # The frame is seen first: the first page takes as long again as everything before it.
            QTimer.singleShot(0, self, self._to_first_page)

    def _to_first_page(self) -> None:
        """The page waits for the years, to be read for the one that is offered then, not for two."""
        self.look_around()
        import mingxi_desktop.ui.pages.overview_tab  # noqa: F401 - meanwhile

    def _begin(self) -> None:
        """The first page, unless somebody has opened one already."""
        if not self._begun:
            self._begun = True
            if self._stack.currentWidget() is None:
                self.open_tab(self._tab)
            self.began.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving:
            from mingxi_desktop.ui import unwritten

            if not (self._may_leave(self.close) and unwritten.may_close(self)):
                event.ignore()
                return
        window_place.note(self, self.context.settings)
        event.accept()

    def open_other(self) -> None:
        """Another ledger file in place of this one."""
        if self._may_leave(self.open_other):
            self.reopen(None, None)

    def reopen_from(self, backup: Path) -> None:
        """This ledger as it was in a backup."""
        if self._may_leave(lambda: self.reopen_from(backup)):
            self.reopen(self.context.path, backup)


def _files_of(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

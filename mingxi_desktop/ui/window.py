"""The main window: seven tabs, one year for all, menus, the status bar."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop import APP_NAME
from mingxi_desktop.domain.kinds import TABS, kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.intake.wish import Source
from mingxi_desktop.ui import actions, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.pages.import_page import ImportPage
from mingxi_desktop.ui.pages.ledger_tab import LedgerTab
from mingxi_desktop.ui.pages.overview import OverviewPage
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.shapes import label, toggle

_FIRST_SIZE = (1366, 768)
OVERVIEW, REPORT = TABS[0], TABS[-1]


class MainWindow(QMainWindow):
    """The program's window on one ledger file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        context.setParent(self)
        self._pages: dict[str, QWidget] = {}
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
        self._status_bar()
        self.actions_by_name = actions.fill(self)
        self._stack.currentChanged.connect(lambda _: actions.enable(self, self.actions_by_name))
        self._connect()
        self.resize(*_FIRST_SIZE)
        self._restore()
        self.open_tab(OVERVIEW)
        self.look_around()

    # set-up

    def _tab_row(self) -> QWidget:
        holder = QWidget()
        for name in TABS:
            self._tabs[name] = toggle(name, "tab", partial(self.open_tab, name))
        self.years = QComboBox()
        self.years.setAccessibleName("年度")
        self.years.currentIndexChanged.connect(self._year_chosen)
        title = label("年度", "muted")
        title.setBuddy(self.years)
        line = flow(list(self._tabs.values()), [title, self.years], spacing=theme.HALF)
        line.setContentsMargins(12, 2, 12, 2)
        holder.setLayout(line)
        return holder

    def _status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._said = QLabel()
        self._news = QLabel()
        self._news.setAccessibleName("最近的操作")
        for part in (self._said, self._news):
            part.setTextFormat(Qt.TextFormat.PlainText)
        bar.addWidget(self._said, 1)
        bar.addPermanentWidget(self._news)

    def _connect(self) -> None:
        context = self.context
        context.said.connect(self._news.setText)
        context.changed.connect(self._changed)
        context.query_wanted.connect(self.show_query)
        context.record_wanted.connect(self.show_record)
        context.page_wanted.connect(self.go)

    # pages

    def page(self, tab: str) -> QWidget:
        """The page of a tab, made when it is first wanted."""
        if tab not in self._pages:
            self._pages[tab] = self._make(tab)
            self._stack.addWidget(self._pages[tab])
        return self._pages[tab]

    def _make(self, tab: str) -> QWidget:
        if tab == OVERVIEW:
            return OverviewPage(self.context)
        if tab == REPORT:
            page = ReportPage(self.context)
            page.status.connect(self._status_of(page))
            return page
        ledgers = LedgerTab(self.context, tab)
        ledgers.status.connect(self._status_of(ledgers))
        ledgers.import_wanted.connect(self.start_import)
        ledgers.pasted.connect(self.start_pasted)
        return ledgers

    def _status_of(self, page: QWidget) -> Callable[[str], None]:
        return lambda text: self._said.setText(text) if self._stack.currentWidget() is page else None

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
        self._said.setText("")
        page = self.page(tab)
        self._stack.setCurrentWidget(page)
        if isinstance(page, LedgerTab):
            page.current.say()
        self._mark()
        self._keep_focus_off_other_tabs()

    def _keep_focus_off_other_tabs(self) -> None:
        """When the page with the focus goes, Qt gives it to the first tab, which then looks chosen too."""
        if any(tab.hasFocus() for name, tab in self._tabs.items() if name != self._tab):
            self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing unsaved keeps the tab in front; `then` is done later, after it has been saved."""
        page = self._pages.get(self._tab)
        return not isinstance(page, LedgerTab | ReportPage) or page.may_leave(then)

    def _mark(self) -> None:
        for name, tab in self._tabs.items():
            tab.setChecked(name == self._tab)

    def ledger_tab(self) -> LedgerTab | None:
        """The tab of ledgers in front; None on the first and last tab."""
        page = self._stack.currentWidget()
        return page if isinstance(page, LedgerTab) else None

    def report_page(self) -> ReportPage | None:
        """The report's page, if it is in front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, ReportPage) else None

    # doors

    def show_query(self, query: Query) -> None:
        """The records behind a number; child rows are shown by their parents' ledger."""
        kind = kind_of(query.kind)
        if kind.parent:
            self.context.read(_parents, query, done=self.show_query, owner=self)
            return
        self.open_tab(kind.tab)
        page = self._pages.get(kind.tab)
        if self._tab == kind.tab and isinstance(page, LedgerTab):
            page.show_query(query)

    def show_record(self, kind_name: str, record: int) -> None:
        """Open one record in its ledger."""
        kind = kind_of(kind_name)
        if kind.parent:
            self.context.read(
                _parents,
                Query(kind_name, ids=(record,)),
                done=self._first_of,
                owner=self,
            )
            return
        self.open_tab(kind.tab)
        page = self._pages.get(kind.tab)
        if self._tab == kind.tab and isinstance(page, LedgerTab) and page.open(kind_name):
            page.current.show_record(record)

    def _first_of(self, query: Query) -> None:
        if query.ids:
            self.show_record(query.kind, query.ids[0])

    def go(self, target: str) -> None:
        """Somewhere by name: "report", "import", "backup", "new:KIND", "indicator:ID"."""
        verb, _, thing = target.partition(":")
        if verb == "report":
            self.open_tab(REPORT)
        elif verb == "import":
            self.start_import([], thing)
        elif verb == "backup":
            self.actions_by_name["backup"].trigger()
        elif verb == "new":
            self.open_tab(kind_of(thing).tab)
            page = self.ledger_tab()
            if page is not None and page.open(thing):
                page.start_new()
        elif verb == "indicator":
            from mingxi_desktop.ui.dialogs.indicator import IndicatorDialog

            IndicatorDialog(self.context, thing, self).exec()

    # import

    def start_import(self, files: list[Path], kind: str = "") -> None:
        """The import page over the tabs' pages."""
        if self._may_leave(lambda: self.start_import(files, kind)):
            self.import_page().start(files, kind)

    def start_pasted(self, source: Source, kind: str) -> None:
        """The import page with a block from the clipboard."""
        if self._may_leave(lambda: self.start_pasted(source, kind)):
            self.import_page().start_pasted(source, kind)

    def import_page(self) -> ImportPage:
        """The import page, made when it is first wanted, in front."""
        page = self._pages.get("import")
        if not isinstance(page, ImportPage):
            page = ImportPage(self.context)
            page.closed.connect(lambda: self.open_tab(self._tab))
            self._pages["import"] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._said.setText("")
        return page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files_of(event)
        if files:
            event.acceptProposedAction()
            self.start_import(files)

    # years and news

    def look_around(self) -> None:
        """Read bureau and years anew."""
        self.context.read(_around, done=self._arrived, owner=self)

    def _arrived(self, found: tuple[str, list[int]]) -> None:
        bureau, years = found
        self.setWindowTitle(f"{bureau} — {APP_NAME}")
        self._offer_years(years)

    def _offer_years(self, years: list[int]) -> None:
        first = not self.years.count()
        this = datetime.date.today().year
        chosen = self.context.year
        if first and years and chosen not in years:
            chosen = years[0]
        offered = sorted({*years, this, chosen}, reverse=True)
        self.years.blockSignals(True)
        self.years.clear()
        for year in offered:
            self.years.addItem(f"{year} 年", year)
        self.years.setCurrentIndex(offered.index(chosen))
        self.years.blockSignals(False)
        self.context.set_year(chosen)

    def _year_chosen(self, _: int) -> None:
        year = self.years.currentData()
        if year is not None and year != self.context.year:
            if self._may_leave(lambda: self._to_year(year)):
                self._to_year(year)
            else:
                self._to_year(self.context.year)

    def _to_year(self, year: int) -> None:
        self.years.blockSignals(True)
        self.years.setCurrentIndex(self.years.findData(year))
        self.years.blockSignals(False)
        self.context.set_year(year)

    def _changed(self, changes: Changes) -> None:
        self.context.read(_state, done=self._undo_state, owner=self)

    def _undo_state(self, found: tuple[str, str, list[int]]) -> None:
        undo, redo, years = found
        for name, verb, sentence in (("undo", "撤消", undo), ("redo", "重做", redo)):
            action = self.actions_by_name[name]
            action.setText(f"{verb}(&{'U' if name == 'undo' else 'R'}) {sentence}".rstrip())
            action.setEnabled(bool(sentence))
        if not set(years) <= {self.years.itemData(place) for place in range(self.years.count())}:
            self._offer_years(years)

    # coming and going

    def _restore(self) -> None:
        saved = self.context.settings.value("window/geometry")
        if isinstance(saved, QByteArray):
            self.restoreGeometry(saved)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() in (None, *self._tabs.values()):
            # Otherwise the first tab would look chosen by keyboard before anybody pressed a key.
            self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave(self.close):
            event.ignore()
            return
        self.context.settings.setValue("window/geometry", self.saveGeometry())
        self.context.settings.sync()
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


def _around(ledger: Ledger) -> tuple[str, list[int]]:
    return ledger.setting("bureau"), ledger.years()


def _state(ledger: Ledger) -> tuple[str, str, list[int]]:
    return ledger.undo_sentence, ledger.redo_sentence, ledger.years()


def _parents(ledger: Ledger, query: Query) -> Query:
    """The ledger's query for the parents of child rows."""
    kind = kind_of(query.kind)
    found = {
        int(record.values[kind.parent].rpartition(":")[2])
        for record in ledger.records(query.kind, ledger.ids(query))
        if record.values.get(kind.parent)
    }
    # No ids at all would mean every record.
    return Query(kind.parent_kind, ids=tuple(sorted(found)) or (0,))

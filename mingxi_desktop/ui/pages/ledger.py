"""A ledger's page: search, chips, the table, and beside it the form of the selected record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.query import Query, Range, Wanted
from mingxi_desktop.domain.query_text import to_text
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms, query_words
from mingxi_desktop.ledger.elsewhere import Held, held
from mingxi_desktop.ledger.intake.wish import Source
from mingxi_desktop.ledger.sections import Sectioned
from mingxi_desktop.ledger.table_printing import Groups
from mingxi_desktop.ui import ask, icons, theme
from mingxi_desktop.ui.checking.marks import Marks
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dense import Dense
from mingxi_desktop.ui.filters import FilterChip, filter_fields
from mingxi_desktop.ui.flow import FlowLayout, flow
from mingxi_desktop.ui.manual_pages import FIND
from mingxi_desktop.ui.pages import no_records
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.record_beside import panel_later
from mingxi_desktop.ui.record_panel import RecordPanel
from mingxi_desktop.ui.search_line import SearchLine, WayIn
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.table.block import BlockEditing
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.pasting import PASTED, block_of
from mingxi_desktop.ui.table.view import LedgerTable
from mingxi_desktop.ui.table.views import View, Views
from mingxi_desktop.ui.view_menu import ViewMenu

_TYPING = 200
"""Milliseconds after the last key before the search runs."""
_NO_YEAR = 0


class LedgerPage(QWidget):
    """The work on one ledger: filters and table beside the record's form."""

    status = Signal(str)
    """What the status bar says of this page."""
    pasted = Signal(object)
    """A `Source`: a block from the clipboard to be imported into this ledger."""

    def __init__(self, context: Context, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = kind
        self._held = Held()
        self._counted_year: int | None = _NO_YEAR
        self._sums = ""
        self._views = Views(context.settings, kind.name)
        left = self._views.last()
        self._query = left.query_for(kind, context.year)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._turned)
        self.model = LedgerModel(kind, context.worker, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        # In the order in which Tab goes; what is made inside its parent is polished once, not twice.
        column.addLayout(self._filter_row())
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.table = LedgerTable(self.model, context.worker, context.settings, context.sources)
        self._splitter.addWidget(self.table)
        self.model.set_by(left.groups_for(kind))
        self.view_menu = ViewMenu(self, self._views, self)
        self._beside = panel_later(context, kind, self._splitter)
        self._beside.made.connect(self._connect_panel)
        self._splitter.addWidget(self._beside)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([940, 400])
        column.addWidget(self._splitter, 1)
        self._connect()

    # set-up

    @property
    def panel(self) -> RecordPanel:
        """The record's form."""
        return self._beside.part

    def _filter_row(self) -> FlowLayout:
        self.search = SearchLine(f"搜索{self.kind.label}", parent=self)
        self.search.setProperty("manual", FIND)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.chips = [FilterChip(self._context, self.kind, name, self) for name in filter_fields(self.kind)]
        for chip in self.chips:
            chip.chosen.connect(self._filter)
        self._marks = Marks(self._context, self.model, self)
        self._marks.query_wanted.connect(self.set_query)
        self._only = label(role="muted")
        self._clear = button("清除条件", self.clear_filters, link=True)
        line = flow([self.search, *self.chips, self._marks.chip, self._only], [self._clear])
        self._dense = Dense(self, line, tight=[*self.chips, self._marks.chip], search=self.search)
        self._marks.resized.connect(self._dense.fit)
        return line

    def _connect(self) -> None:
        WayIn(self.search, self.table, self.model, self._search)
        self.block = BlockEditing(self.table, self._context, self.kind, self)
        self.block.summed.connect(self._summed)
        self._context.changed.connect(self._changed)
        self._context.year_changed.connect(self._year_changed)
        self.table.current_changed.connect(lambda _: self._turn.start())
        self.table.selection_changed.connect(lambda _: self._summed(""))
        self.table.opened.connect(lambda _: self._to_form())
        self.table.menu_wanted.connect(self._menu)
        self.table.paste_wanted.connect(self.paste)
        for there in (self.model.begun, self.model.loaded):
            there.connect(lambda *_: self._summed(""))
        self.model.edited.connect(self._typed)
        self._part_keys = PartKeys(self, [(part, part.setFocus) for part in (self.search, self.table)])
        delete = QShortcut(QKeySequence("Del"), self.table, self.delete)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _connect_panel(self) -> None:
        self.panel.saved.connect(self._saved)
        self.panel.deleting.connect(self.table.stay_here)
        self._part_keys.add(self.panel.form, self._to_form)

    # what is shown

    @property
    def query(self) -> Query:
        """What the table shows, sort included."""
        return self.model.query

    def set_query(self, query: Query) -> None:
        """Show the records of a query (from a number, a bar, a to-do)."""
        self._query = replace(query, sort=())
        self._typing.stop()
        self.search.blockSignals(True)
        self.search.setText(query.search)
        self.search.blockSignals(False)
        if query.sort:
            self.table.show_sort(*query.sort[0])
        self._apply()

    def clear_filters(self) -> None:
        """All records of the year."""
        self.set_query(Query(self.kind.name, year=self._context.year))
        self._leave()

    @property
    def picked(self) -> bool:
        """Whether single records are shown, or what one import brought: more than conditions say."""
        return bool(self._query.ids) or self._query.batch is not None

    def view(self) -> View:
        """What is shown and how, to be kept under a name."""
        query, sort = self._query, self.model.query.sort
        return View(
            query=to_text(query) if query.where or query.search else "",
            columns=self.table.columns.text(),
            sort=f"{sort[0][0]}:{'desc' if sort[0][1] else 'asc'}" if sort else "",
            by=",".join(self.model.by),
        )

    def show_view(self, view: View) -> None:
        """Show what a view means, in the year that is shown."""
        self.table.columns.take(view.columns)
        self.table.columns.fill()
        self.table.columns.save()
        name, _, order = view.sort.partition(":")
        self.set_query(view.query_for(self.kind, self._context.year))
        self.table.show_sort(name, order == "desc")
        self.group_by(view.groups_for(self.kind))

    def group_by(self, by: Sequence[str]) -> None:
        """Group the records, with subtotals; by nothing: a plain list."""
        self.model.set_by(by)
        self._leave()
        self.view_menu.tell()

    def _leave(self) -> None:
        """Remember conditions and groups for the next start; what was looked for is not among them."""
        if not self.picked:
            query = replace(self._query, search="")
            self._views.leave(View(query=to_text(query) if query.where else "", by=",".join(self.model.by)))

    def show_record(self, record: int) -> None:
        """Put the cursor on a record, taking filters off when they hide it."""
        if record == self.panel.record_id:
            self.table.go_to(record)
            return
        if not self.panel.may_leave(lambda: self.show_record(record)):
            return
        self.model.reveal(record)
        if self.model.row_of(record) < 0:
            self.clear_filters()
        self.table.go_to(record)
        self.panel.show_record(record)

    def refresh(self) -> None:
        """Read the table anew."""
        self._counted_year = _NO_YEAR
        self._apply()

    def start_new(self, texts: Mapping[str, str] | None = None) -> None:
        """A form for a new record, unless something unsaved keeps the present one.  texts: filled in already."""
        if self.panel.may_leave(lambda: self.start_new(texts)):
            self._let_go()
            self.panel.start_new(texts)

    def print(self) -> None:
        """Show the table's pages as they will be printed."""
        from mingxi_desktop.ui.dialogs.print_table import PrintTableDialog

        model = self.model
        widths = [
            (field.name, self.table.columnWidth(model.column_of(field.name)))
            for field in self.table.columns.shown()
        ]
        closed = {one.keys for one in model.headings if model.is_closed(one)}
        groups = Groups(Sectioned(model.ids, model.headings), closed) if model.by else None
        title, selected = query_words.title(self.query), self.table.selected_ids()
        PrintTableDialog(self._context, self.query, widths, title, groups, selected, self).exec()

    def delete(self) -> None:
        """Move the selected records to the trash."""
        ids = list(self.table.selected_ids())
        if ids and ask.question(
            f"把选中的 {len(ids):,} 条{self.kind.label}移入回收站？",
            "可以从回收站恢复，也可以撤消。",
            yes=f"删除 {len(ids):,} 条",
            parent=self,
            danger=True,
        ):
            self.table.stay_here()
            self._context.write(_delete, self.kind.name, ids, owner=self)

    def paste(self) -> None:
        """Take in the block of cells on the clipboard, its columns beginning with the one under the cursor."""
        data, said = block_of(QGuiApplication.clipboard().mimeData())
        fields = self.table.columns.shown_from(self.table.currentIndex().column())
        if data is None:
            self._context.said.emit(said)
        else:
            self.pasted.emit(Source(PASTED, data, tuple(field.label for field in fields)))

    def _apply(self) -> None:
        self.model.set_query(replace(self._query, sort=self.model.query.sort))
        self._tell_chips()
        if self._counted_year != self._query.year:  # the same for all searches and filters
            self._recount()
        self.view_menu.tell()

    def _tell_chips(self) -> None:
        for chip in self.chips:
            chip.set_query(self._query)
        shown = {chip.where_field for chip in self.chips}
        parts = [self._field_label(name) for name, _ in self._query.where if name not in shown]
        if self._query.ids:
            parts.append(f"指定的 {len(self._query.ids)} 条")
        if self._query.batch is not None:
            parts.append(f"导入批次 {self._query.batch}")
        self._only.setText(f"另按：{'、'.join(parts)}" if parts else "")
        self._only.setVisible(bool(parts))
        narrowed = bool(self._query.where or self._query.search or self._query.ids or parts)
        self._clear.setVisible(narrowed)
        self._tell_empty()
        self._dense.fit()

    def _tell_empty(self) -> None:
        narrowed = not self._clear.isHidden()
        self.table.set_empty_text(no_records.words(self.kind, self._query, self._held, narrowed=narrowed))

    def _field_label(self, name: str) -> str:
        return self.kind.field(name).label if self.kind.has(name) else name

    def _search(self) -> bool:
        """Search for what is typed; whether that is something else than what is shown."""
        self._typing.stop()
        fresh = self.search.text().strip() != self._query.search
        if fresh:
            self._query = replace(self._query, search=self.search.text().strip())
            self._apply()
        return fresh

    def _filter(self, field: str, wanted: Wanted | None) -> None:
        self._query = self._query.with_where(field, wanted)
        self._apply()
        self._leave()

    def _year_changed(self, year: int) -> None:
        where = tuple(pair for pair in self._query.where if not isinstance(pair[1], Range))
        self._query = replace(self._query, year=year, where=where, ids=(), batch=None)
        self.let_go()
        self._apply()

    def _changed(self, changes: Changes) -> None:
        family = {self.kind.name, *forms.child_kinds(self.kind.name)}
        if family & changes.kinds:
            if self.model.refresh(changes, family):
                self._recount()
        elif not changes.kinds or any(changes.kinds & {*field.targets} for field in self.kind.fields):
            self.model.renew()  # an entry or a record pointed to has another name, or a day has begun

    def _recount(self) -> None:
        self._counted_year = self._query.year
        self._context.read(held, self._query, done=self._counted, owner=self)

    # the record

    def _turned(self) -> None:
        """Show the record with the cursor; not while the table still deals with the key or the mouse."""
        record = self.table.current_id()
        if record is None or record == self.panel.record_id:
            return
        if self.panel.may_leave(lambda: self.show_record(record)):
            self.panel.show_record(record)
        else:
            self._let_go()
            if self.panel.record_id is not None:
                self.table.go_to(self.panel.record_id)

    def let_go(self) -> None:
        """Other records are about to be shown: none is in the form, unless something typed is not saved."""
        panel = self._beside.there
        if panel is None or not panel.dirty:
            self._let_go()
            if panel is not None:
                panel.clear()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing unsaved is in the form; see `RecordPanel.may_leave`."""
        return self._beside.there is None or self.panel.may_leave(then)

    def _to_form(self) -> None:
        """From a cell to its field in the form."""
        field = self.table.current_field()
        self.panel.form.focus_first(field.name if field is not None else "")

    def _let_go(self) -> None:
        """No cursor in the table, so that a click on any row means something."""
        self._turn.stop()
        self.table.setCurrentIndex(QModelIndex())
        self._turn.stop()

    def _saved(self, record: int) -> None:
        if self.table.go_to(record):
            self._turn.stop()  # the panel shows it, and may soon show another

    def _typed(self, record: int, name: str, text: str) -> None:
        def failed(error: UserError) -> None:
            self.model.refresh()
            self._turn.stop()
            # Of a fault that is not the text's nothing stands beside the field: it is told.
            message = error.title if error.field else ""
            taken = self.panel.take(record, name, text, message, lambda: self.table.go_to(record))
            if not (taken and message):
                ask.show_error(error, self)

        self._context.write(
            forms.change_cell, self.kind.name, record, name, text, self._context.year,
            owner=self, failed=failed,
        )  # fmt: skip

    def _menu(self, menu: QMenu) -> None:
        count = len(self.table.selected_ids())
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), f"删除 {count:,} 条", self.delete).setEnabled(count > 0)

    # the status bar

    def _counted(self, found: Held) -> None:
        self._held = found
        self._tell_empty()
        self.say()

    def _summed(self, text: str) -> None:
        self._sums = text
        self.say()

    def say(self) -> None:
        """Say in the status bar what the table shows."""
        selected = len(self.table.selected_ids())
        said = f"{self.model.shown_in_words} / 共 {self._held.total:,} 条"
        if selected:
            said += f"　选中 {selected:,} 条"
        self.status.emit(f"{said}　{self._sums}" if self._sums else said)


def _delete(ledger: Ledger, kind: str, ids: list[int]) -> Changes:
    return ledger.delete(kind, ids)

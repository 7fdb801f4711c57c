"""What can be put into a wording and done to its sections: the menus and dialogs of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.defining import Desk
from mingxi_desktop.ledger.reports.narrating import OwnWording, SectionDraft
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.proof import IndicatorDialog
from mingxi_desktop.ui.shapes import literal
from mingxi_desktop.ui.wording import ranking, reading
from mingxi_desktop.ui.wording.blocks import is_conditional, key_of
from mingxi_desktop.ui.wording.chip_menu import ChipMenu
from mingxi_desktop.ui.wording.condition_dialog import ConditionDialog
from mingxi_desktop.ui.wording.editor import WordingEdit
from mingxi_desktop.ui.wording.faces import Faces, Known
from mingxi_desktop.ui.wording.insert_dialog import InsertDialog
from mingxi_desktop.ui.wording.outline import heading_words
from mingxi_desktop.ui.wording.sections import Sections, headings, place_of
from mingxi_desktop.ui.wording.source import Sort
from mingxi_desktop.ui.wording.years_dialog import YearsDialog


class Commands(QObject):
    """Does things to the text of one page; each is one step of undo."""

    known_anew = Signal(object)
    """A `Known`: there is another indicator."""

    def __init__(self, context: Context, edit: WordingEdit, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._edit = edit
        self._page = page
        self.sections = Sections(edit.document())
        self.wording: OwnWording | None = None
        self.order: Order | None = None
        edit.chip_menu_wanted.connect(self.chip_menu)
        edit.inserted.connect(self._used)
        edit.recent = ranking.recent(context.settings)

    # the menus

    def insert_menu(self) -> QMenu:
        """What can be put in."""
        menu = QMenu(self._page)
        menu.addAction("指标…").triggered.connect(lambda *_: self.insert_indicator())
        menu.addAction("条件…").triggered.connect(lambda *_: self.insert_condition())
        menu.addSeparator()
        charts, tables = menu.addMenu("图"), menu.addMenu("表")
        for sub, sign in ((charts, "图"), (tables, "表")):
            sub.aboutToShow.connect(partial(self._fill_figures, sub, sign))
        menu.addAction("指标的图…").triggered.connect(lambda *_: self.insert_years(table=False))
        menu.addAction("历年表…").triggered.connect(lambda *_: self.insert_years(table=True))
        menu.addSeparator()
        menu.addAction("在本节上面加一节").triggered.connect(lambda *_: self.insert_section(0))
        menu.addAction("在本节下面加一节").triggered.connect(lambda *_: self.insert_section(1))
        return menu

    def section_menu(self) -> QMenu:
        """What can be done to the section with the cursor."""
        menu = QMenu(self._page)
        go = menu.addMenu("转到")
        go.aboutToShow.connect(partial(self._fill_sections, go))
        menu.addSeparator()
        up = menu.addAction("上移一节")
        up.triggered.connect(lambda *_: self.move(-1))
        down = menu.addAction("下移一节")
        down.triggered.connect(lambda *_: self.move(1))
        menu.addAction("重排章节序号").triggered.connect(lambda *_: self.sections.renumber())
        menu.addSeparator()
        delete = menu.addAction("删除本节")
        delete.triggered.connect(lambda *_: self.remove())
        menu.aboutToShow.connect(partial(self._enable, up, down, delete))
        return menu

    def reset_menu(self) -> QMenu:
        """Ways back to the delivered text."""
        menu = QMenu(self._page)
        one = menu.addAction("恢复本节原文")
        one.triggered.connect(lambda *_: self.put_back())
        menu.addAction("全部恢复原文…").triggered.connect(lambda *_: self.put_all_back())
        menu.aboutToShow.connect(lambda: one.setEnabled(self.place < 0 or self._delivered() is not None))
        return menu

    def chip_menu(self, position: int, where: QPoint) -> None:
        """The menu of a chip, or the dialog that changes a condition."""
        source = self._edit.chip(position)
        sort = self._edit.reader.sort_of(source)
        menu = ChipMenu(self._edit.faces, source, partial(self._edit.replace, position), self._page)
        indicator = self._edit.faces.indicator_of(source)
        if sort is Sort.CONDITION:
            menu.add("修改条件…", partial(self.change_condition, position))
            menu.add("去掉条件，总是印这一句", partial(self._edit.replace, position, ""))
        else:
            if indicator:
                menu.add("看口径和记录…", partial(self.prove, indicator))
                menu.add("换成别的指标…", partial(self.exchange, position))
            menu.add("删除", partial(self._edit.replace, position, ""))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _fill_figures(self, menu: QMenu, sign: str) -> None:
        menu.clear()
        for name, title in self._edit.faces.known.charts.items():
            action = menu.addAction(title)
            action.triggered.connect(lambda *_, source=f"{sign}：{name}": self._insert(source))

    def _fill_sections(self, menu: QMenu) -> None:
        menu.clear()
        words = heading_words(self._edit.document(), self._edit.written(), self._edit.faces)
        for place, text in enumerate(words):
            action = menu.addAction(literal(text))
            action.triggered.connect(lambda *_, place=place: self.go_to(place))

    def _enable(self, up: QAction, down: QAction, delete: QAction) -> None:
        place, count = self.place, len(headings(self._edit.document()))
        up.setEnabled(place > 0)
        down.setEnabled(0 <= place < count - 1)
        delete.setEnabled(place >= 0 and count > 1)

    # putting in

    def insert_indicator(self) -> None:
        """Choose an indicator and put it in at the cursor."""
        dialog = InsertDialog(
            self._edit.faces, self._context.settings, make_new=self.make_indicator, parent=self._page
        )
        dialog.accepted.connect(lambda: self._insert(dialog.source, dialog.unit))
        self._ask(dialog)

    def exchange(self, position: int) -> None:
        """Choose another indicator for a chip."""
        dialog = InsertDialog(self._edit.faces, self._context.settings, exchange=True, parent=self._page)
        dialog.accepted.connect(lambda: self._edit.replace(position, dialog.source))
        self._ask(dialog)

    def insert_years(self, *, table: bool) -> None:
        """Choose indicators whose years are to stand side by side."""
        dialog = YearsDialog(self._edit.faces, self._context.settings, table=table, parent=self._page)
        dialog.accepted.connect(lambda: self._insert(dialog.source))
        self._ask(dialog)

    def insert_condition(self) -> None:
        """Ask when the line with the cursor is to be printed."""
        before = self._edit.textCursor().block().previous()
        dialog = ConditionDialog(
            self._edit.faces,
            self._context.settings,
            follows=before.isValid() and is_conditional(before),
            parent=self._page,
        )
        dialog.accepted.connect(lambda: self._insert(dialog.source))
        self._ask(dialog)

    def change_condition(self, position: int) -> None:
        """Ask anew when a line is to be printed."""
        head = self._edit.reader.head(self._edit.chip(position))
        before = self._edit.document().findBlock(position).previous()
        dialog = ConditionDialog(
            self._edit.faces,
            self._context.settings,
            head,
            follows=before.isValid() and is_conditional(before),
            parent=self._page,
        )
        dialog.accepted.connect(lambda: self._edit.replace(position, dialog.source))
        self._ask(dialog)

    def make_indicator(self, then: Callable[[Faces, str], None], over: QWidget) -> None:
        """Make a new indicator; then: gets the faces that know it, and its id."""
        self._context.read(_desk, done=partial(self._open_editor, then, over), owner=over)

    def _open_editor(self, then: Callable[[Faces, str], None], over: QWidget, desk: Desk) -> None:
        from mingxi_desktop.ui.dialogs.indicator_editor import IndicatorEditor

        editor = IndicatorEditor(self._context, desk, parent=over)
        editor.accepted.connect(lambda: self._learn(editor.saved, then))
        _show(editor)

    def _learn(self, id: str, then: Callable[[Faces, str], None]) -> None:
        """The chips hear of the new indicator before it is offered."""

        def done(known: Known) -> None:
            self.known_anew.emit(known)
            then(self._edit.faces, id)

        if self.order is not None:
            self._context.read(reading.known, self.order, done=done, owner=self._page)

    def prove(self, indicator: str) -> None:
        """What a number is made of."""
        period = self._edit.faces.known.period
        self._ask(IndicatorDialog(self._context, indicator, self._page, period=period))

    def _ask(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self._edit.setFocus())
        _show(dialog)

    def _insert(self, source: str, unit: str = "") -> None:
        """Put a chip in, and what is written after it, unless that stands there already."""
        if source:
            cursor = self._edit.textCursor()
            behind = cursor.block().text()[cursor.selectionEnd() - cursor.block().position() :]
            self._edit.insert(source, "" if behind.startswith(unit) else unit)
            self._used(source)
            self._edit.setFocus()

    def _used(self, source: str) -> None:
        place = self._edit.reader.place(source)
        if place is not None:
            ranking.remember(self._context.settings, f"{{{place.name}}}")
            self._edit.recent = ranking.recent(self._context.settings)

    # sections

    @property
    def place(self) -> int:
        """The section with the cursor; -1 in the title."""
        return place_of(self._edit.document(), self._edit.textCursor().position())

    def go_to(self, place: int) -> None:
        """Put the cursor into a section's heading, at the top of the view."""
        known = headings(self._edit.document())
        if 0 <= place < len(known):
            block = known[place]
            self._edit.go_to(block.position() + len(block.text()))
            self._edit.setFocus()

    def move(self, by: int) -> None:
        """Move the section with the cursor up or down."""
        place = self.place
        if self.sections.move(place, by, self._edit.reader):
            self.go_to(place + by)

    def insert_section(self, below: int) -> None:
        """A new section above (0) or below (1) the one with the cursor."""
        place = max(self.place + below, 0)
        self.sections.insert(place, self._edit.reader)
        self.go_to(place)

    def remove(self) -> None:
        """Take the section with the cursor out; undo brings it back."""
        place = self.place
        if place >= 0 and len(headings(self._edit.document())) > 1:
            self.sections.remove(place)
            self.go_to(max(place - 1, 0))

    def put_back(self) -> None:
        """The section with the cursor, or the title, in the delivered wording."""
        section, place = self._delivered(), self.place
        if place < 0 and self.wording is not None:
            self.sections.put_title_back(self.wording.delivered.title, self._edit.reader)
        elif section is not None:
            self.sections.put_back(place, section, self._edit.reader)
            self.go_to(place)

    def put_all_back(self) -> None:
        """The whole report in the delivered wording, after a question."""
        title = "把全部文字换回程序自带的原文？"
        text = "本局自己写的文字会从编辑区换下来；保存以前可以撤消。"
        if self.wording is not None and ask.question(
            title, text, yes="全部恢复原文", parent=self._page, danger=True
        ):
            self._edit.put_back(self.wording.delivered)

    def _delivered(self) -> SectionDraft | None:
        """The delivered wording of the section with the cursor; None for one of the clerk's own."""
        known, place = headings(self._edit.document()), self.place
        if self.wording is None or not 0 <= place < len(known):
            return None
        key = key_of(known[place])
        return next((section for section in self.wording.delivered.sections if section.id == key), None)


def _desk(ledger: Ledger) -> Desk:
    return ledger.definitions.desk()


def _show(dialog: QDialog) -> None:
    """Before its window until it is answered; nothing waits for that meanwhile."""
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()

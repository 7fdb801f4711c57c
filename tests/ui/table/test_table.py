"""The ledger's table: windowed, sorted by the database, its columns remembered."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSettings, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.table.model import PLACEHOLDER, LedgerModel
from mingxi_desktop.ui.table.pages import PAGE
from mingxi_desktop.ui.table.view import LedgerTable
from tests.calls import calls

HAZARD = kind_of("hazard")


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "设置.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def table(qtbot, worker, ledger, settings):
    """A shown table over as many records as the fake ledger has."""
    made: list[LedgerTable] = []

    def put(count: int, width: int = 960) -> LedgerTable:
        ledger.count = count
        model = LedgerModel(HAZARD, worker)
        shown = LedgerTable(model, worker, settings)
        model.setParent(shown)
        qtbot.addWidget(shown)
        shown.resize(width, 500)
        shown.show()
        qtbot.waitExposed(shown)
        with qtbot.waitSignal(model.loaded):
            model.set_query(Query("hazard", 2024))
        made.append(shown)
        return shown

    yield put
    for shown in made:
        shown.close()


def cell(table: LedgerTable, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    model = table.model()
    return model.index(row, model.column_of(name)).data(role)


def test_a_placeholder_until_the_record_is_there(qtbot, table) -> None:
    shown = table(500)
    assert cell(shown, 450, "code") == PLACEHOLDER
    qtbot.waitUntil(lambda: cell(shown, 450, "code") == "2024-0451")
    assert cell(shown, 450, "quantity_found") == "1,683"
    assert cell(shown, 450, "status") == "▲ 逾期"
    assert cell(shown, 451, "status") == "● 已销号"
    assert cell(shown, 450, "description") == "第451处 应急照明损坏"
    right = cell(shown, 450, "quantity_found", Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_a_million_rows_open_at_once_and_only_what_is_seen_is_fetched(qtbot, table, ledger) -> None:
    made: list[LedgerTable] = []
    assert calls(lambda: made.append(table(1_000_000))) < 200_000
    (shown,) = made
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001")
    assert len(ledger.asked) <= 2
    shown.scrollToBottom()
    qtbot.waitUntil(lambda: cell(shown, 999_999, "code") == "2024-1000000")
    assert shown.rowHeight(999_999) == 28
    assert len(ledger.asked) <= 6
    assert all(len(ids) <= PAGE for ids in ledger.asked)


class Drawn:
    """Stands for a painter: what a cell is drawn with."""

    def __init__(
        self, table: LedgerTable, row: int, name: str, *, width: int = 0, selected: bool = False
    ) -> None:
        self.fills: list[tuple[QRect, QColor]] = []
        option = QStyleOptionViewItem()
        table.initViewItemOption(option)
        index = table.model().index(row, table.model().column_of(name))
        option.rect = QRect(0, 28 * row, width or 200, 27)
        if selected:
            option.state |= QStyle.StateFlag.State_Selected
        self.palette, self.cell = QPalette(option.palette), QRect(option.rect)
        table.itemDelegate().paint(self, option, index)
        assert option.rect == self.cell, "the frame around the cell with the cursor is drawn after it"

    def fillRect(self, place: QRect, brush: QBrush) -> None:
        self.fills.append((QRect(place), brush.color()))

    def setPen(self, colour: QColor) -> None:
        self.pen = colour

    def drawText(self, place: QRect, alignment: Qt.AlignmentFlag, text: str) -> None:
        self.place, self.alignment, self.text = QRect(place), alignment, text


def test_a_row_on_its_way_is_drawn_as_its_record_will_be(qtbot, table) -> None:
    shown, names = table(500), ("code", "quantity_found")
    coming = [Drawn(shown, 450, name) for name in names]
    assert [one.text for one in coming] == [PLACEHOLDER, PLACEHOLDER]
    qtbot.waitUntil(lambda: shown.model().record(450) is not None)
    there = [Drawn(shown, 450, name) for name in names]
    assert [one.text for one in there] == ["2024-0451", "1,683"]
    for before, after in zip(coming, there, strict=True):
        assert (after.place, after.alignment, after.pen) == (before.place, before.alignment, before.pen)
        assert not after.fills


def test_a_cell_is_drawn_in_its_colour_as_far_as_it_has_room_and_reversed_where_selected(
    qtbot, table
) -> None:
    shown = table(5)
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001")
    colours, roles = theme.current(), QPalette.ColorRole
    plain = Drawn(shown, 0, "description")
    assert plain.text == "第1处 应急照明损坏"
    assert plain.alignment == cell(shown, 0, "description", Qt.ItemDataRole.TextAlignmentRole)
    assert plain.cell.contains(plain.place)
    assert plain.pen == colours.color("text")
    assert Drawn(shown, 0, "status").pen == cell(shown, 0, "status", Qt.ItemDataRole.ForegroundRole)
    narrow = Drawn(shown, 0, "description", width=70)
    assert narrow.text.endswith("…")
    assert plain.text.startswith(narrow.text[:-1])
    chosen = Drawn(shown, 0, "status", selected=True)
    group = QPalette.ColorGroup.Active if shown.isActiveWindow() else QPalette.ColorGroup.Inactive
    assert chosen.fills == [(chosen.cell, chosen.palette.color(group, roles.Highlight))]
    assert chosen.pen == chosen.palette.color(group, roles.HighlightedText)


def test_each_cell_in_sight_is_drawn_once_by_one_question_and_the_one_with_the_cursor_once_more(
    qtbot, table, monkeypatch
) -> None:
    shown = table(500)
    model, view = shown.model(), shown.viewport().rect()
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001")
    looks: Counter[tuple[int, int]] = Counter()
    asked: list[object] = []
    look, data = model.look, LedgerModel.data
    monkeypatch.setattr(
        model, "look", lambda index: looks.update([(index.row(), index.column())]) or look(index)
    )
    monkeypatch.setattr(LedgerModel, "data", lambda *told: asked.append(told) or data(*told))
    columns = range(model.columnCount())
    cells = [(row, column) for row in range(40) for column in columns if not shown.isColumnHidden(column)]
    seen = Counter(at for at in cells if view.intersects(shown.visualRect(model.index(*at))))
    # A table that gets the focus puts the cursor on its first cell.
    for cursor in (QModelIndex(), model.index(2, model.column_of("record_date"))):
        shown.setCurrentIndex(cursor)
        looks.clear()
        shown.viewport().repaint()
        assert looks == seen + Counter([(cursor.row(), cursor.column())] if cursor.isValid() else [])
    assert not asked


def test_scrolling_past_many_pages_fetches_only_the_last(qtbot, table, ledger) -> None:
    shown = table(200_000)
    for row in range(0, 200_000, PAGE):
        shown.model().record(row)
    qtbot.waitUntil(lambda: cell(shown, 199_999, "code") == "2024-200000")
    assert len(ledger.asked) < 20


def test_a_click_on_the_header_sorts_in_the_database(qtbot, table) -> None:
    shown = table(300)
    model = shown.model()
    shown.selectRow(5)
    kept = shown.current_id()
    column = model.column_of("record_date")
    with qtbot.waitSignal(model.loaded):
        shown.horizontalHeader().setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    assert model.query.sort == (("record_date", True),)
    assert model.id_at(0) == 300
    assert shown.current_id() == kept


def test_the_current_record_is_told_and_kept_over_changes(qtbot, table, ledger) -> None:
    shown = table(300)
    model = shown.model()
    heard: list[object] = []
    shown.current_changed.connect(heard.append)
    shown.selectRow(3)
    assert heard == [4]
    assert not shown.go_to(301)
    ledger.count = 301
    model.refresh(Changes("别的台账", added=(("fund", 1),)))
    assert model.rowCount() == 300
    with qtbot.waitSignal(model.loaded):
        model.refresh(Changes("新增隐患", added=(("hazard", 301),)))
    assert shown.current_id() == 301


def test_an_edit_shows_without_losing_the_selection(qtbot, table, ledger) -> None:
    shown = table(300)
    model = shown.model()
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001")
    shown.selectRow(3)
    asked = len(ledger.asked)
    with qtbot.waitSignal(model.loaded):
        model.refresh(Changes("修改", changed=(("hazard", 4),)))
    assert cell(shown, 3, "code") == "2024-0004", "shown until the new one arrives"
    qtbot.waitUntil(lambda: len(ledger.asked) > asked)
    assert list(shown.selected_ids()) == [4]


def test_no_empty_strip_beside_the_columns_and_no_bar_below(qtbot, table) -> None:
    for width in (930, 1340):
        shown = table(50, width)
        header = shown.horizontalHeader()
        assert header.length() == shown.viewport().width()
        names = [field.name for field in shown.columns.shown()]
        assert names == [field.name for field in HAZARD.fields if field.column]
        for field in shown.columns.shown():
            place = shown.model().column_of(field.name)
            assert header.sectionSize(place) >= header.fontMetrics().horizontalAdvance(field.label) + 12
        shown.close()


def test_columns_order_widths_and_sort_are_remembered(qtbot, table, settings, worker) -> None:
    shown = table(10)
    shown.columns.show("owner", True)
    shown.columns.show("level", False)
    header = shown.horizontalHeader()
    header.moveSection(header.visualIndex(shown.model().column_of("owner")), 0)
    header.setSortIndicator(shown.model().column_of("area"), Qt.SortOrder.AscendingOrder)
    again = LedgerTable(LedgerModel(HAZARD, worker, shown), worker, settings)
    qtbot.addWidget(again)
    names = [field.name for field in again.columns.shown()]
    assert names[0] == "owner"
    assert "level" not in names
    assert again.model().query.sort == (("area", False),)
    again.columns.reset()
    assert again.columns.shown()[0].name == "record_date"


def test_columns_that_are_hidden_are_not_measured_with_each_move_of_another(qtbot, worker) -> None:
    asked: Counter[int] = Counter()

    class Counted(LedgerModel):
        def headerData(self, section: int, *what: object) -> object:
            asked[section] += 1
            return super().headerData(section, *what)

    shown = LedgerTable(Counted(HAZARD, worker), worker)
    qtbot.addWidget(shown)
    hidden = [place for place in range(shown.model().columnCount()) if shown.isColumnHidden(place)]
    seen = [place for place in range(shown.model().columnCount()) if not shown.isColumnHidden(place)]
    assert sum(asked[place] for place in hidden) < sum(asked[place] for place in seen)


def test_settings_of_another_version_do_no_harm(qtbot, table, settings) -> None:
    settings.setValue("table/hazard/columns", "gone:90;area:x;code:80;;")
    settings.setValue("table/hazard/sort", "gone:desc")
    shown = table(3)
    assert [field.name for field in shown.columns.shown()] == ["code"]
    assert shown.model().query.sort == ()


def test_the_column_menu_has_all_fields(qtbot, table) -> None:
    menu = table(3).columns_menu()
    assert menu.isEmpty()  # few look into it: nobody who opens a ledger waits for it
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[-1] == "恢复默认的列"
    assert "整改责任人" in texts
    assert "佐证材料" not in texts


def test_rows_are_copied_as_excel_takes_them(qtbot, table) -> None:
    shown = table(5)
    shown.columns.show("code", True)
    shown.selectRow(0)
    QGuiApplication.clipboard().clear()
    shown.copy(header=True)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    header, row = QGuiApplication.clipboard().text().replace("\r\n", "\n").split("\n", 1)
    assert header.split("\t")[0] == "日期"
    assert '"第1处\n应急照明损坏"' in row
    QGuiApplication.clipboard().clear()


def test_selection_tells_how_many(qtbot, table) -> None:
    shown = table(1_000_000)
    with qtbot.waitSignal(shown.selection_changed) as heard:
        shown.selectAll()
    assert heard.args == [1_000_000]
    assert len(shown.selected_ids()) == 1_000_000


def test_enter_opens_the_record(qtbot, table) -> None:
    shown = table(5)
    shown.selectRow(2)
    with qtbot.waitSignal(shown.opened) as heard:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert heard.args == [3]


def test_a_cell_is_edited_in_place(qtbot, worker, ledger, write) -> None:
    from mingxi_desktop.ui.inputs import Input, Sources

    ledger.count = 5
    model = LedgerModel(HAZARD, worker)
    shown = LedgerTable(model, worker, None, Sources())
    model.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(900, 300)
    shown.show()
    model.set_query(Query("hazard"))
    qtbot.waitUntil(lambda: cell(shown, 1, "code") == "2024-0002")
    index = model.index(1, model.column_of("quantity_found"))
    shown.setCurrentIndex(index)
    shown.edit(index)
    editor = shown.viewport().findChild(Input)
    editor.line.selectAll()
    write(editor.line, "１２")
    with qtbot.waitSignal(model.edited) as heard:
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert heard.args == [2, "quantity_found", "12"]
    assert shown.currentIndex().row() == 2
    status = model.index(1, model.column_of("status"))
    assert not model.flags(status) & Qt.ItemFlag.ItemIsEditable
    shown.close()


def test_an_empty_table_says_so(qtbot, table) -> None:
    shown = table(0)
    shown.set_empty_text("没有符合条件的记录")
    shown.grab()
    assert shown.current_id() is None


@pytest.mark.parametrize(
    ("query", "changes", "kept"),
    [
        ({}, {"fields": ("note",)}, True),
        ({"sort": (("area", False),)}, {"fields": ("note",)}, True),
        ({"sort": (("area", False),)}, {"fields": ("note", "area")}, False),
        ({"where": (("level", ("重大",)),)}, {"fields": ("level",)}, False),
        ({"where": (("status", ("逾期",)),)}, {"fields": ("note",)}, False),
        ({"search": "灭火"}, {"fields": ("note",)}, False),
        ({}, {"fields": ("record_date",)}, False),
        ({}, {"fields": ("note",), "added": (("hazard", 9),)}, False),
        ({}, {}, False),
    ],
)
def test_a_list_is_read_anew_only_when_an_edit_can_change_it(
    qtbot, table, ledger, monkeypatch, query, changes, kept
) -> None:
    shown = table(300)
    model = shown.model()
    with qtbot.waitSignal(model.loaded):
        model.set_query(Query("hazard", 2024, **query))
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001")
    listed, asked = [], len(ledger.asked)
    ids = ledger.ids
    monkeypatch.setattr(ledger, "ids", lambda query: listed.append(query) or ids(query))
    with qtbot.waitSignal(model.loaded):
        anew = model.refresh(Changes("修改", **{"changed": (("hazard", 4),), **changes}))
    assert (anew, bool(listed)) == (not kept, not kept)
    qtbot.waitUntil(lambda: cell(shown, 0, "code") == "2024-0001" and len(ledger.asked) > asked)

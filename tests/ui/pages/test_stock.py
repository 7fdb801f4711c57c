"""The page of the store: as of a day, numbers as doors, floors typed in place."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.supplies import Leg
from mingxi_desktop.ui.pages import stock
from mingxi_desktop.ui.pages.stock import StockPage
from tests.ui.small import put, rest

QUILT = 0


@pytest.fixture
def page(context, shown):
    """The sheet of 2024: 300 quilts bought in 2023, 120 of them and 40 beds that never came in handed out."""

    def build(ledger) -> None:
        texts = {"record_date": "2023-11-01", "type": "购入", "area": "县直"}
        put(
            ledger,
            "supply_movement",
            texts,
            {"supply_line": [{"item": "棉被", "quantity": "300", "value": "3万"}]},
        )

    context.worker.run(build)
    return shown(StockPage(context))


def texts(page: StockPage, name: str) -> dict[str, str]:
    line = next(line for line in page.table.lines.lines if line.texts[0] == name)
    return dict(zip(page.table.headers(), line.texts, strict=True))


def test_the_sheet_says_what_is_left_and_what_is_missing(page, context) -> None:
    assert page.as_of.isoformat() == "2024-12-31"
    quilts = texts(page, "棉被")
    assert [quilts[leg] for leg in Leg] == ["300", "", "120", "", "180"]
    assert (quilts["下限"], quilts["状态"], quilts["估值（元）"]) == ("100", "够用", "18,000.00")
    assert texts(page, "折叠床")["状态"] == "▲ 出大于入"
    assert texts(page, "折叠床")["现存"] == "-40"
    assert texts(page, "方便面")["状态"] == "没有收发"
    assert texts(page, "帐篷")["状态"] == "▲ 低于下限"
    assert "▲ 1 种出大于入" in page._summary.text()
    page._short.setChecked(True)
    assert {line.texts[0] for line in page.table.lines.lines} >= {"折叠床", "帐篷"}
    assert "棉被" not in {line.texts[0] for line in page.table.lines.lines}


def test_another_day_another_stock(page, context) -> None:
    page.day.set_text("6-9")
    page.day.entered.emit()
    rest(context.worker)
    assert page.as_of.isoformat() == "2024-06-09"
    assert texts(page, "棉被")["现存"] == "300"
    context.set_year(2023)
    rest(context.worker)
    assert page.as_of.isoformat() == "2023-12-31"
    assert texts(page, "棉被")["期初"] == ""


def test_a_number_shows_its_lines_and_goes_to_its_movements(page, context) -> None:
    assert [line.texts[1:] for line in page.book.table.lines.lines] == [
        ("上年结转", "", "", "", "300"), ("调拨", "盖洋镇", "", "120", "180"),
    ]  # fmt: skip
    out = page.table.lines.index(QUILT, 5)
    page.table.clicked.emit(out)
    rest(context.worker)
    assert [line.texts[1] for line in page.book.table.lines.lines] == ["调拨"]
    assert "出库" in page.book._title.text()
    queries, records = [], []
    context.query_wanted.connect(queries.append)
    context.record_wanted.connect(lambda *pair: records.append(pair))
    page.table.setCurrentIndex(out)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    rest(context.worker)
    assert (queries[0].kind, queries[0].ids) == ("supply_movement", (1,))
    page.book.table.opened.emit(page.book.table.current())
    assert records == [("supply_movement", 1)]


def test_a_floor_is_typed_in_its_cell_and_undone(page, context, answers) -> None:
    floor = page.table.lines.index(QUILT, 8)
    model = page.table.lines
    assert model.flags(floor) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(QUILT, 7)) & Qt.ItemFlag.ItemIsEditable
    page.table.setCurrentIndex(floor)
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.findChild(type(page.day.line))
    editor.setText("２００")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    rest(context.worker)
    assert (texts(page, "棉被")["下限"], texts(page, "棉被")["状态"]) == ("200", "▲ 低于下限")
    context.write(lambda ledger: ledger.undo(), owner=page)
    rest(context.worker)
    assert texts(page, "棉被")["下限"] == "100"
    model.setData(floor, "若干")
    rest(context.worker)
    assert "不是整数" in answers.told[0].title
    answers.told.clear()
    assert texts(page, "棉被")["下限"] == "100"


def test_the_sheet_is_copied_and_exported(page, context, answers, tmp_path) -> None:
    page.copy()
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("物资\t单位\t类别\t期初\t入库\t出库\t盘点\t现存\t下限\t")
    )
    answers.file = tmp_path / "库存.csv"
    page.export()
    rest(context.worker)
    assert "棉被,床,救助物资,300,0,120,0,180,100,够用,18000" in answers.file.read_text(encoding="utf-8-sig")


def test_the_store_is_a_small_tab_beside_its_ledgers(window, context) -> None:
    window.open_tab("救灾调拨")
    tab = window.ledger_tab()
    assert tab.open("stock")
    rest(context.worker)
    assert isinstance(tab.side, StockPage)
    assert not tab.columns_button.isEnabled()
    assert window._status.page.text().startswith("17 种物资，截至 2024-12-31")
    tab.start_new()
    rest(context.worker)
    assert tab.side is None
    assert tab.current.kind.name == "supply_movement"
    assert tab.columns_button.isEnabled()


def test_from_the_overview_the_sheet_of_today_shows_what_is_wanting(window, context) -> None:
    def build(ledger) -> None:
        texts = {"record_date": "2024-11-01", "type": "购入", "area": "县直"}
        put(ledger, "supply_movement", texts, {"supply_line": [{"item": "棉大衣", "quantity": "300"}]})

    context.worker.run(build)
    window.go("stock:wanting")
    rest(context.worker)
    page = window.ledger_tab().side
    assert page.as_of == datetime.date.today()
    assert page.day.text() == page.as_of.isoformat()
    assert {texts(page, name)["状态"] for name in ("帐篷", "毛毯")} == {"▲ 低于下限"}
    assert "棉大衣" not in {line.texts[0] for line in page.table.lines.lines}


def test_the_sheet_is_printed_as_it_is_shown(page, context, monkeypatch) -> None:
    from mingxi_desktop.ui.dialogs.print_stock import PrintStockDialog

    opened = []
    monkeypatch.setattr(PrintStockDialog, "exec", lambda self: opened.append(self))  # noqa: PLW0108 - to be bound
    page._short.setChecked(True)
    page.print()
    rest(context.worker)
    (dialog,) = opened
    table = dialog._presses[False].table
    assert [row[0] for row in table.rows] == [line.texts[0] for line in page.table.lines.lines]
    assert table.title == "救灾物资库存（2024年12月31日）"
    assert "只列低于下限、出大于入的" in table.conditions
    assert dialog.options.scope.itemText(0) == f"全部 {len(table.rows)} 种"
    assert dialog.print_button.isEnabled()
    dialog.reject()
    rest(context.worker)


def test_the_sheet_of_today_goes_on_with_the_day(page, context, monkeypatch) -> None:
    monkeypatch.setattr(stock, "_day_of", lambda _: datetime.date(2025, 1, 1))
    context.changed.emit(Changes("新的一天"))
    rest(context.worker)
    assert page.as_of.isoformat() == page.day.text() == "2025-01-01"
    page.day.set_text("2024-6-9")
    page.day.entered.emit()
    monkeypatch.setattr(stock, "_day_of", lambda _: datetime.date(2025, 1, 2))
    context.changed.emit(Changes("新的一天"))
    rest(context.worker)
    assert page.as_of.isoformat() == "2024-06-09", "chosen by somebody"

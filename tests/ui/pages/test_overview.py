"""概览: every line, card, cell and bar is a door."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.todos import CALM, GOOD, SOON, URGENT, Todo
from mingxi_desktop.ui import ask, style
from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.indicator_card import IndicatorCard
from mingxi_desktop.ui.pages.overview import OverviewPage
from mingxi_desktop.ui.tiles import Tiles
from mingxi_desktop.ui.todo_list import TodoList
from tests.ui.small import rest


@pytest.fixture
def page(window):
    return window.page("概览").today


def texts(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def door(page, name: str) -> QPushButton:
    found = [one for one in page.findChildren(QPushButton) if name in one.accessibleName()]
    assert len(found) == 1, [one.accessibleName() for one in page.findChildren(QPushButton)]
    return found[0]


def test_a_to_do_leads_to_its_records(window, page) -> None:
    assert "1 条重大隐患“五落实”不全，缺资金、时限、预案" in texts(page)
    door(page, "补填").click()
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert list(window.ledger_tab().current.model.ids) == [4]


def test_a_to_do_about_stock_leads_to_the_movements(window, page) -> None:
    door(page, "核对：库存少于零：棉被 -120 床、折叠床 -40 张").click()
    rest(window.context.worker)
    assert window.ledger_tab().current.kind.name == "supply_movement"
    assert list(window.ledger_tab().current.model.ids) == [1]


def test_the_page_is_arranged_and_painted_once_with_all_that_it_shows(window, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("mingxi_desktop.ui.pages.overview._EMPTY", 60_000)
    page = OverviewPage(window.context)
    qtbot.addWidget(page)
    painted, seen = [], []
    for chart in page.charts:
        chart.view.paintEvent = lambda event, chart=chart: painted.append(chart.view._data is not None)
    page.read.connect(lambda: seen.append(page.widget()))
    page.resize(window.size())
    page.show()
    rest(window.context.worker)
    qtbot.waitUntil(lambda: bool(painted))
    assert seen == [None]
    assert page.widget().isVisible()
    assert all(painted)


def test_where_reading_takes_long_the_empty_page_is_seen_meanwhile(window, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("mingxi_desktop.ui.pages.overview._EMPTY", 0)
    monkeypatch.setattr(OverviewPage, "refresh", lambda _: None)
    page = OverviewPage(window.context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.todos.isVisible)
    assert page.reporting.isVisible()


def test_backup_from_the_to_do(window, page) -> None:
    door(page, "备份：").click()
    rest(window.context.worker)
    assert "最近备份" in texts(page)


def test_who_has_not_reported_is_a_list_to_send(window, page) -> None:
    door(page, "催报名单：隐患未报").click()
    rest(window.context.worker)
    text = QGuiApplication.clipboard().text()
    assert "请以下乡镇尽快报送2024年7月隐患台账：雪峰镇" in text
    assert text.endswith("明溪县应急管理局")
    # What is known outside the ledger file is listed too.
    page.extra_todos = lambda ledger: [Todo(SOON, f"{ledger.count(Query('hazard'))} 条没有填完", "接着填")]
    page.refresh()
    rest(window.context.worker)
    assert "6 条没有填完" in texts(page)


def test_a_card_opens_its_proof_and_the_proof_its_record(window, page, monkeypatch) -> None:
    from mingxi_desktop.ui.proof import IndicatorDialog

    shown = []

    def instead(dialog) -> int:
        dialog.show()
        rest(window.context.worker)
        shown.append(dialog.proof._value.text())
        assert dialog.proof._model.rowCount() == 5
        table = dialog.proof._table
        table.setCurrentIndex(dialog.proof._model.index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert not dialog.isVisible()
        return 1

    monkeypatch.setattr(IndicatorDialog, "exec", instead)
    cards = page.findChildren(IndicatorCard)
    found = next(card for card in cards if card.indicator == "hazards_found")
    assert "46 条" in found.accessibleName()
    assert "上年 30　▲ 增 53.3%" in found.accessibleName()
    found.click()
    rest(window.context.worker)
    assert shown == ["46 条"]
    assert window.tab == "隐患排查"
    assert window.ledger_tab().current.panel.record_id is not None


def test_a_bar_leads_to_its_records(window, page) -> None:
    view = page.findChildren(ChartView)[0]
    view.grab()
    box = max((bar.box for bar in view._bars), key=lambda box: box.height())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert 1 <= len(window.ledger_tab().current.model.ids) < 5


def test_a_bar_by_keys(window, page) -> None:
    view = page.findChildren(ChartView)[0]
    view.setFocus()
    view.grab()
    june = next(number for number, bar in enumerate(view._bars) if (bar.series, bar.place) == (0, 5))
    for _ in range(june + 1):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    rest(window.context.worker)
    assert list(window.ledger_tab().current.model.ids) in ([1, 2], [2, 1])


def test_a_bar_says_last_year_and_where_the_keys_are(window, page) -> None:
    view = page.findChildren(ChartView)[1]
    assert "消防：46条，上年 30条" in view.accessibleDescription()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.grab()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert "回车打开记录" in view.accessibleName()


def test_an_empty_year_offers_two_ways_to_begin(window, page) -> None:
    window.context.set_year(2019)
    rest(window.context.worker)
    assert "2019 年还没有记录" in texts(page)
    assert page.findChildren(ChartView)[0].accessibleDescription() == "还没有记录"
    door(page, "登记第一条隐患").click()
    rest(window.context.worker)
    assert window.ledger_tab().current.panel._title.text() == "新增隐患"
    window.open_tab("概览")
    rest(window.context.worker)
    door(page, "导入乡镇报来的表").click()
    rest(window.context.worker)
    assert window._pages["import"].isVisible()


def test_numbers_follow_the_records(window, page) -> None:
    window.context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 112}), owner=window)
    rest(window.context.worker)
    assert "146 条" in texts(page)


# the list and the tiles by themselves


def some(severity: str, number: int) -> list[Todo]:
    return [Todo(severity, f"第 {place} 件事", "查看", target=f"{place}") for place in range(1, number + 1)]


@pytest.fixture
def todos(app, qtbot):
    made = TodoList()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_urgency_is_said_by_icon_word_and_colour(todos) -> None:
    todos.show_todos([*some(URGENT, 1), *some(SOON, 1), *some(CALM, 1), *some(GOOD, 1)])
    words = [label.text() for label in todos.findChildren(QLabel)]
    assert words[0] == "今天要办 · 2 项"
    assert [word for word in words if word in ("紧急", "待办", "提醒", "正常")] == [
        "紧急",
        "待办",
        "提醒",
        "正常",
    ]


def test_nothing_to_do_is_said_calmly(todos) -> None:
    todos.show_todos(some(GOOD, 1))
    assert "今天没有要办的事。" in [label.text() for label in todos.findChildren(QLabel)]


def test_what_does_not_fit_is_counted_and_can_be_reached(todos, qtbot) -> None:
    todos.show_todos(some(SOON, 20))
    qtbot.waitUntil(lambda: todos._more.text().startswith("下面还有"))
    bar = todos._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert todos._more.text() == ""
    followed = []
    todos.followed.connect(followed.append)
    todos.findChildren(QPushButton)[-1].click()
    assert followed[0].target == "20"


def test_another_look_draws_the_icons_anew(todos, app) -> None:
    todos.show_todos(some(SOON, 1))
    picture = todos._pictures[0][0]
    before = picture.pixmap().toImage()
    try:
        style.apply(app, "dark")
        assert picture.pixmap().toImage() != before
    finally:
        style.apply(app, "light")


@pytest.mark.parametrize(
    ("count", "width", "columns"),
    [(4, 1400, 4), (4, 1000, 2), (4, 700, 2), (4, 300, 1), (7, 1900, 4), (7, 1000, 3), (7, 700, 2)],
)
def test_tiles_stand_in_rows_of_the_same_length_as_far_as_they_can_be_read(
    app, qtbot, count, width, columns
) -> None:
    tiles = Tiles(300, [QLabel(str(place)) for place in range(count)])
    qtbot.addWidget(tiles)
    tiles.resize(width, 200)
    tiles.show()
    assert tiles.columns == columns


def test_nothing_is_cut_at_the_sides(window, page) -> None:
    for size in ((1366, 768), (683, 384)):
        window.resize(*size)
        rest(window.context.worker)
        assert window.width() == size[0]
        assert page.horizontalScrollBar().maximum() == 0
        assert page.widget().width() <= page.viewport().width()
        for part in page.findChildren(QPushButton):
            if part.isVisible() and part.text():
                assert part.width() >= part.sizeHint().width(), part.text()


def test_a_failed_check_is_among_the_to_dos_until_it_passes(window, page, answers, monkeypatch) -> None:
    monkeypatch.setattr(Ledger, "verify", lambda _: ["隐患 #3 在程序之外被改动过"])
    window.actions_by_name["verify"].trigger()
    rest(window.context.worker)
    assert answers.told.pop() == "发现问题"
    monkeypatch.undo()
    monkeypatch.setattr(ask, "show_message", answers.tell)
    door(page, "再检查：").click()
    rest(window.context.worker)
    assert answers.told.pop() == "没有发现问题"
    assert "检查发现" not in texts(page)

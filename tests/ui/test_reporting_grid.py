"""报送情况 on the first page: cells, keys, menus; zero reports for one township or for all of a month at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from mingxi_desktop.domain.duties import Duty
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.ledger.duties.grids import State
from mingxi_desktop.ledger.overview import reporting_choices
from mingxi_desktop.ui.filters import month_range
from mingxi_desktop.ui.reporting_card import ReportingCard
from tests.ui.small import rest

_JUNE, _JULY = 5, 6


@pytest.fixture
def card(context, shown):
    """The card by itself, kept up to date as the first page does it."""
    made = ReportingCard(context)

    def look(_: object = None) -> None:
        context.read(
            lambda ledger, kind, year: (
                ledger.zeros.grid(kind, year),
                ledger.setting("bureau"),
                reporting_choices(ledger),
            ),
            made.kind,
            context.year,
            done=lambda found: made.show_reporting(*found),
            owner=made,
        )

    made.kind_chosen.connect(look)
    context.changed.connect(look)
    look()
    return shown(made, 720, 320)


@pytest.fixture
def doors(context) -> list[object]:
    """Where the card has led to."""
    found: list[object] = []
    context.query_wanted.connect(found.append)
    context.page_wanted.connect(found.append)
    return found


def said(card, area: str, place: int) -> str:
    return card.grid.cells.find(area, place).data(Qt.ItemDataRole.AccessibleTextRole)


def enter(card, area: str, place: int) -> None:
    """Go to a cell by keys."""
    card.grid.setFocus()
    card.grid.setCurrentIndex(card.grid.cells.find(area, place))
    QTest.keyClick(card.grid, Qt.Key.Key_Return)


def choose(card, words: str) -> None:
    """Take the entry of the menu that is open."""
    action = next(item for item in card.desk.menu.actions() if words in item.text())
    assert action.isEnabled()
    card.desk.menu.close()
    action.trigger()


def test_every_cell_says_what_it_is(card) -> None:
    assert said(card, "盖洋镇", _JULY) == "盖洋镇 7月 隐患：已报 1 条"
    assert said(card, "枫溪乡", _JULY).startswith("枫溪乡 7月 隐患：未报，2024-08-05 应报，已过 ")
    assert card.grid.cells.find("枫溪乡", _JULY).data() == "▲未报"
    assert card.grid.cells.find("盖洋镇", _JULY).data() == "1"
    assert card.grid.accessibleName() == "2024年隐患报送情况"
    assert card._legend[State.MISSING].text() == "▲ 未报 103"


def test_a_cell_with_records_opens_them(card, doors) -> None:
    enter(card, "盖洋镇", _JULY)
    where = dict(doors[0].where)
    assert where["record_date"] == month_range(2024, (7,))
    assert len(where["area"]) == 1
    card.grid.row_wanted.emit(0)
    assert dict(doors[1].where) == {"area": (card.grid.cells.reporting.rows[0].ref,)}


def test_a_zero_report_is_registered_and_taken_back(context, card) -> None:
    enter(card, "枫溪乡", _JULY)
    choose(card, "登记零报")
    rest(context.worker)
    assert "枫溪乡 7月 隐患：零报（" in said(card, "枫溪乡", _JULY)
    assert "张三 登记" in said(card, "枫溪乡", _JULY)
    assert card._legend[State.ZERO].text() == "○ 零报 1"
    assert card.grid.currentIndex() == card.grid.cells.find("枫溪乡", _JULY), "the cursor stays"
    enter(card, "枫溪乡", _JULY)
    choose(card, "取消零报")
    rest(context.worker)
    assert "未报" in said(card, "枫溪乡", _JULY)


def test_all_of_a_month_with_one_question(context, card, answers) -> None:
    card.desk.period_menu(_JUNE)
    choose(card, "6月未报的 7 个乡镇都登记零报")
    rest(context.worker)
    assert answers.asked == ["把 7 个乡镇 6月的隐患都登记为零报？"]
    assert not card.grid.cells.reporting.missing(_JUNE)
    answers.yes = False
    card.desk.period_menu(_JULY)
    choose(card, "都登记零报")
    rest(context.worker)
    assert len(card.grid.cells.reporting.missing(_JULY)) == 7


def test_what_was_before_the_ledger_is_let_go_from_a_months_menu(context, card) -> None:
    card.desk.period_menu(0)
    assert not [one for one in card.desk.menu.actions() if "以前的不用报" in one.text()]
    card.desk.period_menu(_JUNE)
    choose(card, "6月以前的不用报")
    rest(context.worker)
    assert card.grid.cells.reporting.periods[0].label == "6月"


def test_a_month_to_remind_of(card, doors) -> None:
    card.desk.period_menu(_JULY)
    choose(card, "复制7月催报名单")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == (
        "请以下乡镇尽快报送2024年7月隐患台账：雪峰镇、胡坊镇、瀚仙镇、城关乡、夏阳乡、枫溪乡、夏坊乡。"
    )
    card.desk.period_menu(_JULY)
    choose(card, "看7月的全部记录")
    assert dict(doors[0].where) == {"record_date": month_range(2024, (7,))}


def test_a_missing_cell_leads_to_entry_and_import(context, card, doors) -> None:
    context.new_wanted.connect(lambda kind, texts: doors.append((kind, texts)))
    for words in ("导入表格", "新增记录"):
        enter(card, "枫溪乡", _JULY)
        choose(card, words)
    assert doors == ["import:hazard", ("hazard", {"area": "枫溪乡"})]


def test_a_ledger_that_nobody_owes_is_only_counted(context, card) -> None:
    card.show_kind("activity")
    rest(context.worker)
    assert said(card, "盖洋镇", 4) == "盖洋镇 5月 培训演练宣传：没有记录"
    assert not card._legend[State.MISSING].isVisible()
    assert context.settings.value("overview/reporting") == "activity"


def test_a_duty_that_is_gone_gives_way_to_what_there_is(context, card) -> None:
    weekly = Duty("hazard-2", "hazard", Often.WEEK, "周报")
    context.write(lambda ledger: ledger.zeros.keep([*ledger.zeros.duties(), weekly]), owner=card)
    rest(context.worker)
    card.show_kind("hazard-2")
    rest(context.worker)
    assert card.grid.cells.reporting.label == "周报"
    assert card.grid.cells.columnCount() == 12, "the last twelve weeks"
    context.write(lambda ledger: ledger.undo(), owner=card)
    rest(context.worker)
    assert (card.kind, card.grid.cells.reporting.label) == ("hazard", "隐患")


def test_the_arrows_move_and_tab_leaves(context, card) -> None:
    card.grid.setFocus()
    card.grid.setCurrentIndex(card.grid.cells.index(0, 0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(card.grid, key)
    index = card.grid.currentIndex()
    assert (index.row(), index.column()) == (1, 1)
    QTest.keyClick(card.grid, Qt.Key.Key_Tab)
    assert not card.grid.hasFocus()

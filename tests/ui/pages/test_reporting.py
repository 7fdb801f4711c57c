"""The page 报送: duties and their periods, several cells at once, what is missing, reminders."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from mingxi_desktop.domain.duties import DELIVERED, Duty
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.ui.pages.reporting import ReportingPage
from tests.ui.small import rest

_JUNE, _JULY = 5, 6


@pytest.fixture
def page(context, shown):
    return shown(ReportingPage(context), 1340, 600)


def click(page, name: str, place: int, key=Qt.KeyboardModifier.NoModifier) -> None:
    grid = page.grid
    index = grid.cells.find(name, place)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, key, grid.visualRect(index).center())


def keep(context, page, *duties: Duty) -> None:
    context.write(lambda ledger: ledger.zeros.keep(duties), owner=page)
    rest(context.worker)


def test_counts_stand_by_each_name_and_period(page) -> None:
    cells = page.grid.cells
    heads = [cells.headerData(column, Qt.Orientation.Horizontal) for column in (_JUNE, _JULY)]
    assert heads == ["6月\n▲7", "7月\n▲7"]
    names = {cells.headerData(row, Qt.Orientation.Vertical) for row in range(9)}
    assert {"盖洋镇　▲10", "枫溪乡　▲12"} <= names
    assert cells.find("盖洋镇", _JULY).data() == "已报 1"
    assert page.duties.currentText() == "隐患 · 每月　▲103"


def test_a_period_that_all_have_reported_says_so(context, page) -> None:
    cells = page.grid.cells
    for row in range(cells.rowCount()):
        modifier = Qt.KeyboardModifier.ControlModifier if row else Qt.KeyboardModifier.NoModifier
        click(page, cells.row_at(row).name, _JUNE, modifier)
    page.bar.zero_button.click()
    rest(context.worker)
    heads = [cells.headerData(column, Qt.Orientation.Horizontal) for column in (_JUNE, _JULY)]
    assert heads == ["6月\n✓ 报齐", "7月\n▲7"]


def test_zero_reports_of_several_cells_with_one_click(context, page) -> None:
    said: list[str] = []
    page.status.connect(said.append)
    assert not page.bar.zero_button.isEnabled()
    for name, place in (("枫溪乡", _JUNE), ("枫溪乡", _JULY), ("夏坊乡", _JULY), ("盖洋镇", _JULY)):
        click(page, name, place, Qt.KeyboardModifier.ControlModifier)
    assert page.bar._said.text() == "选中 4 格：已报 1　▲未报 3"
    page.bar.zero_button.click()
    rest(context.worker)
    assert page.grid.cells.find("夏坊乡", _JULY).data() == "○零报"
    assert said[-1] == "隐患：已报 5　○ 零报 3　▲ 未报 100　未到期 0"
    assert page.bar.cancel_button.text() == "取消 3 个零报"
    context.write(lambda ledger: ledger.undo(), owner=page)
    rest(context.worker)
    assert page.grid.cells.find("夏坊乡", _JULY).data() == "▲未报", "one step"


def test_a_click_leads_to_the_records(page) -> None:
    wanted: list[object] = []
    page.records_wanted.connect(wanted.append)
    click(page, "枫溪乡", _JULY)
    assert not wanted
    click(page, "盖洋镇", _JULY)
    assert [query.kind for query in wanted] == ["hazard"]


def test_only_what_is_missing(context, page) -> None:
    page.only_missing.click()
    assert (page.grid.cells.rowCount(), page.grid.cells.columnCount()) == (9, 12)
    keep(context, page, Duty("response_tally", "response_tally", Often.EVENT_DAY, days=1))
    assert page._empty.isVisible()
    assert "没有登记灾害过程" in page._empty.text()
    keep(context, page)
    assert "还没有报送任务" in page._empty.text()
    assert not page.bar.isVisible()


def test_another_duty_is_shown_and_remembered(context, page) -> None:
    keep(context, page, *DELIVERED, Duty("activity", "activity", Often.QUARTER))
    page.show_duty("activity")
    rest(context.worker)
    assert [period.short for period in page.grid.cells.reporting.periods] == [
        "第一季度", "第二季度", "第三季度", "第四季度",
    ]  # fmt: skip
    assert context.settings.value("reporting/duty") == "activity"
    context.set_year(2022)
    rest(context.worker)
    assert page._hint.text() == "2022 年还没有用这本台账，不催；有了第一条记录就开始算"
    assert not page._print.isEnabled()


def test_what_all_owe_goes_to_the_clipboard(context, page) -> None:
    page.copy()
    rest(context.worker)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert "枫溪乡：隐患（2024年1月至12月）。" in lines
    assert "盖洋镇：隐患（2024年1月至5月、8月至12月）。" in lines

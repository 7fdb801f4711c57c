"""The charts on the screen: figures beside them, bars as doors, saved and copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.charts.data import rows_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import chart_titles
from mingxi_desktop.ui.pages.charts import ChartsPage
from mingxi_desktop.ui.proof import IndicatorDialog
from tests.ui.small import rest


@pytest.fixture
def page(context, shown):
    return shown(ChartsPage(context))


def choose(page: ChartsPage, name: str) -> None:
    page.list.setCurrentRow(list(chart_titles.TITLES).index(name))
    rest(page._context.worker)


def test_every_chart_can_be_shown(page) -> None:
    for name in chart_titles.TITLES:
        choose(page, name)
        data = page.frame.data
        assert data is not None
        assert data.name == name
        assert page.table.rowCount() == len(rows_of(data).rows)
        page.view.grab()


def test_the_figures_add_up_to_the_number_in_the_text(page) -> None:
    choose(page, "hazards_by_month")
    last = page.table.rowCount() - 1
    assert [page.table.item(last, column).text() for column in range(3)] == ["合计", "46", "35"]


def test_last_year_stands_in_a_column_where_the_chart_draws_it(page, context) -> None:
    def heads() -> list[str]:
        found = [page.table.horizontalHeaderItem(column) for column in range(page.table.columnCount())]
        return [head.text() for head in found]

    choose(page, "hazards_by_month")
    assert heads() == ["月", "排查数", "整改数", "上年排查数"]
    assert page._unit.text() == "数据（条）"
    head = page.table.horizontalHeader()
    texts = head.fontMetrics()
    for column, text in enumerate(heads()):
        assert texts.horizontalAdvance(text) + 12 <= head.sectionSize(column), f"{text} is cut"
    assert [page.table.item(row, 3).text() for row in (3, 4, 12)] == ["0", "30", "30"]
    choose(page, "evacuees_by_event")
    assert heads() == ["灾害过程", "转移群众"], "no flood has a counterpart"
    choose(page, "hazards_by_month")
    context.set_year(2023)
    rest(context.worker)
    assert heads() == ["月", "排查数", "整改数"], "nothing is known of 2022"


def test_a_bar_leads_to_its_records(page, context) -> None:
    choose(page, "hazards_by_month")
    page.view.grab()
    asked = []
    context.query_wanted.connect(asked.append)
    box = next(bar.box for bar in page.view._bars if (bar.series, bar.place) == (0, 5))
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert isinstance(asked[0], Query)
    found = []
    context.worker.run(lambda ledger: list(ledger.ids(asked[0])), done=found.append)
    rest(context.worker)
    assert sorted(found[0]) == [1, 2]


def test_a_bar_too_small_to_be_hit_is_meant_above_it_too(page, context) -> None:
    choose(page, "hazards_by_month")
    page.view.grab()
    asked = []
    context.query_wanted.connect(asked.append)
    bar = next(bar for bar in page.view._bars if (bar.series, bar.place) == (0, 6))
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=bar.strip.center().toPoint())
    assert len(asked) == 1


def test_charts_are_saved_and_copied(page, context, answers, tmp_path) -> None:
    choose(page, "hazards_by_month")
    for name, start in (("图.png", b"\x89PNG"), ("图.svg", b"<?xml"), ("图.pdf", b"%PDF")):
        answers.file = tmp_path / name
        page.frame.save()
        rest(context.worker, 60)
        assert answers.file.read_bytes().startswith(start)
    assert "6月" in (tmp_path / "图.svg").read_text(encoding="utf-8"), "the text of an SVG stays text"
    QApplication.clipboard().clear()
    page.frame.copy()
    rest(context.worker, 60)
    assert not QApplication.clipboard().image().isNull()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QApplication.clipboard().mimeData()
    assert mime.text().splitlines()[-1] == "合计\t46\t35\t30"
    assert "<td>46</td>" in mime.html()
    QApplication.clipboard().clear()


def test_a_year_without_records_says_so(page, context) -> None:
    choose(page, "hazards_by_month")
    context.set_year(2019)
    rest(context.worker)
    page.view.grab()
    assert page.frame.data is not None
    assert page.frame.data.empty
    assert page.view.accessibleDescription() == "还没有记录"


def test_any_indicator_over_the_years_months_and_townships(page, context, monkeypatch) -> None:
    page.show_chart("years:hazards_found")
    rest(context.worker)
    assert page.frame.data.title == "2023—2024年排查问题隐患数"
    shown = {sort: pill for sort, pill in page._sorts.items() if pill.isVisible()}
    assert list(shown) == ["years", "months", "areas"]
    shown["areas"].click()
    rest(context.worker)
    assert page.frame.data.name == "areas:hazards_found"
    page.search.setText("yjyl")
    items = [page.indicators.item(place) for place in range(page.indicators.count())]
    seen = [item.text() for item in items if not item.isHidden()]
    assert seen
    assert all("应急演练" in text for text in seen)
    rest(context.worker)
    assert "应急演练" in page.frame.data.title, "what was drawn before is not among them"
    page.search.setText("没有的指标")
    assert page._none.isVisible()
    page.search.clear()
    page.show_chart("areas:hazard_rectification_rate")
    rest(context.worker)
    assert page.frame.data.name == "years:hazard_rectification_rate", "a rate has no townships to be added up"


def test_a_year_opens_the_proof_of_its_number(page, context, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(IndicatorDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    page.show_chart("years:hazards_found")
    rest(context.worker)
    page.view.grab()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    rest(context.worker)
    assert opened == ["指标溯源 · 2023年"]

"""The table of indicators: search, sorting, last year, the proof beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.ui.pages.indicators import IndicatorsPage
from tests.ui.small import rest


@pytest.fixture
def page(context, shown):
    return shown(IndicatorsPage(context))


def column(page: IndicatorsPage, place: int) -> list[str]:
    return [page._found.index(row, place).data() for row in range(page._found.rowCount())]


def test_all_indicators_with_last_year_beside_them(page) -> None:
    assert page._found.rowCount() == len(definitions())
    row = column(page, 0).index("排查隐患总数") if "排查隐患总数" in column(page, 0) else 0
    label = next(one.label for one in definitions() if one.id == "hazards_found")
    row = column(page, 0).index(label)
    assert [page._found.index(row, place).data() for place in (1, 2, 3, 4)] == ["46 条", "30", "+16", "5"]
    assert "个今年有记录" in page._count.text()


def test_search_by_text_and_initials(page) -> None:
    page.search.setText("棉被")
    assert column(page, 0)
    assert all("棉被" in text for text in column(page, 0))
    found = column(page, 0)
    page.search.setText("mb")
    assert set(found) <= set(column(page, 0))
    page.search.setText("没有这样的指标")
    assert not column(page, 0)
    page.search.clear()
    assert page._found.rowCount() == len(definitions())


def test_numbers_sort_as_numbers(page) -> None:
    page.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    counts = [int(text.replace(",", "")) for text in column(page, 4)]
    assert counts == sorted(counts, reverse=True)


def test_the_chosen_one_is_proved_and_follows_the_records(page, context) -> None:
    label = next(one.label for one in definitions() if one.id == "hazards_found")
    page.table.selectRow(column(page, 0).index(label))
    rest(context.worker)
    assert page.proof._value.text() == "46 条"
    assert page.proof._model.rowCount() == 5
    context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 13}), owner=page)
    rest(context.worker)
    assert page.proof._value.text() == "47 条"
    assert page.table.currentIndex().siblingAtColumn(0).data() == label
    context.set_year(2023)
    rest(context.worker)
    assert page.proof._value.text() == "30 条"

"""The charts on the screen: figures beside them, bars as doors, saved and copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import charting
from mingxi_desktop.ui.pages.charts import ChartsPage
from tests.ui.small import rest


@pytest.fixture
def page(context, shown):
    return shown(ChartsPage(context))


def choose(page: ChartsPage, name: str) -> None:
    page.list.setCurrentRow(list(charting.labels()).index(name))
    rest(page._context.worker)


def test_every_chart_can_be_shown(page) -> None:
    for name in charting.labels():
        choose(page, name)
        assert page._data is not None
        assert page._title.text().startswith(page._data.title)
        assert page.table.rowCount() == len(page._data.categories)
        page.view.grab()


def test_a_bar_leads_to_its_records(page, context) -> None:
    choose(page, "hazards_by_month")
    page.view.grab()
    asked = []
    context.query_wanted.connect(asked.append)
    box = next(box for box, series, place in page.view._bars if (series, place) == (0, 5))
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert isinstance(asked[0], Query)
    found = []
    context.worker.run(lambda ledger: list(ledger.ids(asked[0])), done=found.append)
    rest(context.worker)
    assert sorted(found[0]) == [1, 2]


def test_charts_are_saved_and_copied(page, context, answers, tmp_path) -> None:
    choose(page, "hazards_by_month")
    for name, start in (("图.png", b"\x89PNG"), ("图.svg", b"<?xml"), ("图.pdf", b"%PDF")):
        answers.file = tmp_path / name
        page.save()
        rest(context.worker, 60)
        assert answers.file.read_bytes().startswith(start)
    QApplication.clipboard().clear()
    page.copy()
    rest(context.worker, 60)
    assert not QApplication.clipboard().image().isNull()
    QApplication.clipboard().clear()


def test_a_year_without_records_says_so(page, context) -> None:
    choose(page, "hazards_by_month")
    context.set_year(2019)
    rest(context.worker)
    page.view.grab()
    assert page._data is not None
    assert not any(value for row in page._data.series for value in row.values)

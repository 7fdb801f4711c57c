"""The records behind a number, beside the list of indicators."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from mingxi_desktop.domain.indicators import Contribution
from mingxi_desktop.ui.proof import IndicatorProof, _items
from mingxi_desktop.ui.proof_records import AREA, SOURCE, TITLE, RecordsTable
from tests.ui.small import rest

_BESIDE = 14
"""Pixels that a cell keeps free beside its text."""
_LONG = "雪峰镇2024年1月隐患台账.xlsx · 隐患台账 · 第12行"


def shown_at(context, shown, width: int) -> RecordsTable:
    """The records of a proof that wide, the first of them from a file with a long name."""
    proof = IndicatorProof(context)
    shown(proof, width, 600)
    proof.show_indicator("hazards_found")
    rest(context.worker)
    proof._model.item(0, SOURCE).setText(_LONG)
    return proof.table


@pytest.mark.parametrize("width", [360, 400, 700])
def test_days_and_sources_are_seen_whole(context, shown, width: int) -> None:
    table = shown_at(context, shown, width)
    metrics = table.fontMetrics()
    assert metrics.horizontalAdvance("2024-08-28") <= table.columnWidth(0) - _BESIDE
    beside = not table.isColumnHidden(SOURCE)
    assert beside == (width == 700)
    room = table.columnWidth(SOURCE) if beside else table.viewport().width()
    assert metrics.horizontalAdvance(_LONG) <= room - _BESIDE


@pytest.mark.parametrize("width", [240, 280, 400])
def test_what_a_record_is_called_has_room_before_its_township(context, shown, width: int) -> None:
    table = shown_at(context, shown, width)
    assert table.fontMetrics().horizontalAdvance("2024-0012") <= table.columnWidth(TITLE) - _BESIDE
    assert table.isColumnHidden(AREA) == (width < 300)


def test_of_a_source_that_is_longer_still_the_end_is_seen(context, shown) -> None:
    table = shown_at(context, shown, 400)
    room = table.viewport().width() - _BESIDE
    told = table.fontMetrics().elidedText(_LONG * 2, table.textElideMode(), room)
    assert told.endswith("12行")


def test_where_it_is_narrow_the_source_stands_below_its_record(context, shown) -> None:
    table = shown_at(context, shown, 400)
    low, high = table.rowHeight(0), 0
    below = table.viewport().grab().toImage()
    table.model().setData(table.model().index(0, SOURCE), "")
    without = table.viewport().grab().toImage()
    changed = [
        y
        for y in range(below.height())
        if any(below.pixel(x, y) != without.pixel(x, y) for x in range(0, below.width(), 2))
    ]
    top = table.rowViewportPosition(0)
    assert changed, "it is drawn"
    assert min(changed) > top + low // 3, "not over the record"
    assert max(changed) < top + low
    table.parentWidget().resize(700, 600)
    high = table.rowHeight(0)
    assert high < low
    assert table.showGrid()
    assert table.model().headerData(SOURCE, Qt.Orientation.Horizontal) == "来源"


def test_the_day_stands_once_and_whole_names_are_told() -> None:
    name = "安全生产工作会 2024-01-12"
    record = Contribution("meeting", 1, name, "2024-01-12", "县直", Decimal(1), "会议.xlsx · 第3行")
    items = _items(record)
    assert [item.text() for item in items][:3] == ["2024-01-12", "县直", "安全生产工作会"]
    assert items[TITLE].toolTip() == name

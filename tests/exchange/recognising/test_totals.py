from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.exchange.cells import CellError
from mingxi_desktop.exchange.recognising.headers import find_layout
from mingxi_desktop.exchange.recognising.targets import targets_of
from mingxi_desktop.exchange.recognising.totals import across, mismatches, number_of
from tests.exchange.recognising.sheets import made_of

HEADERS = {1: "发现数量"}


def wrong(rows, totals, headers=HEADERS):
    return [(found.row, found.value, found.total) for found in mismatches(rows, totals, headers)]


def test_a_total_that_is_not_the_sum_is_told():
    rows = {2: ["盖洋镇", 2], 3: ["胡坊镇", "3条"]}
    assert wrong(rows, {4: ("合计", ["合计", 5])}) == []
    assert wrong(rows, {4: ("合计", ["合计", 6])}) == [(4, 6, 5)]


def test_a_total_above_its_rows_is_compared_too():
    assert wrong({3: ["盖洋镇", 2]}, {2: ("合计", ["合计", 3])}) == [(2, 3, 2)]


def test_subtotals_are_compared_with_their_part_and_the_total_with_everything():
    rows = {2: ["甲", 2], 4: ["乙", 3]}
    right = {3: ("小计", [None, 2]), 5: ("小计", [None, 3]), 6: ("总计", [None, 5])}
    assert wrong(rows, right) == []
    assert wrong(rows, {**right, 5: ("小计", [None, 5])}) == [(5, 5, 3)]


@pytest.mark.parametrize("header", ["整改率", "占比", "完成%"])
def test_rates_are_not_summed(header):
    assert wrong({2: ["甲", 50], 3: ["乙", 60]}, {4: ("合计", [None, 55])}, {1: header}) == []


@pytest.mark.parametrize("cell", ["若干", CellError("#REF!")])
def test_a_column_that_nobody_can_sum_is_not_compared(cell):
    assert wrong({2: ["甲", 2], 3: ["乙", cell]}, {4: ("合计", [None, 9])}) == []


@pytest.mark.parametrize("cell", [None, "", "/", "—", "无"])
def test_what_means_nothing_adds_nothing(cell):
    assert wrong({2: ["甲", 2], 3: ["乙", cell]}, {4: ("合计", [None, 2])}) == []


def test_the_sentence_names_the_cell():
    (found,) = mismatches({2: ["甲", 2]}, {3: ("合计", [None, 3])}, HEADERS)
    assert found.message == "合计行的“发现数量”（B3）写的是3，各行相加是2；请核对"


GOODS = targets_of("supply_movement").with_wide({"棉被": "棉被", "帐篷": "帐篷"})


def test_a_column_of_totals_is_compared_with_its_row():
    layout = find_layout(made_of([["日期", "乡镇", "棉被", "帐篷", "合计"]]), GOODS)
    rows = {2: [None, None, 2, 3, 5], 3: [None, None, 2, None, 4], 4: [None, None, 1, 1, None]}
    (found,) = across(rows, layout)
    assert found.message == "合计列的“合计”（E3）写的是4，这一行各列相加是2；请核对"


@pytest.mark.parametrize(
    ("cell", "number"), [(3, 3), (2.5, "2.5"), ("3,028人", 3028), (True, None), ("若干", None), (None, None)]
)
def test_numbers_in_cells(cell, number):
    assert number_of(cell) == (None if number is None else Decimal(number))

from __future__ import annotations

import pytest

from mingxi_desktop.exchange.cells import CellError
from mingxi_desktop.exchange.recognising.number_rows import is_number_row


@pytest.mark.parametrize(
    "row",
    [
        [1, 2, 3, 4],
        ["1", "2", "3"],
        [1.0, 2.0, 3.0],
        ["（1）", "（2）", "（3）"],
        ["甲", "乙", 1, 2],
        ["甲", "1", "2"],
        ["栏次", 1, 2, 3],
        [None, "序号", 1, 2, 3],
        ["１", "２", "３"],
    ],
)
def test_rows_that_number_the_columns_of_a_form(row):
    assert is_number_row(row)


@pytest.mark.parametrize(
    "row",
    [
        [],
        [1, 2],
        [1, 3, 4],
        [2, 3, 4],
        [1, "2024-06-09", "盖洋镇", "甲", 1],
        ["盖洋镇", 1, 2, 3],
        ["乙", "甲", 1, 2],
        [1, 2, CellError("#REF!")],
        [1, 2, 3, "备注"],
    ],
)
def test_rows_of_data(row):
    assert not is_number_row(row)

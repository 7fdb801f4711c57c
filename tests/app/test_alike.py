"""Many lines that say the same, as one."""

from __future__ import annotations

from typing import Any

import pytest

from mingxi_desktop.app import alike


def _notice(row: int | None, message: str, column: str = "") -> dict[str, Any]:
    return {"row": row, "column": column, "message": message}


def test_rows_that_are_told_the_same_are_one_line() -> None:
    said = [
        _notice(row, f"第{row}行“整改情况”（H{row}）“已整改”按全部已整改记", "整改情况")
        for row in (3, 4, 7, 9)
    ]
    assert alike.of_rows([_notice(None, "表里没有乡镇一列"), *said]) == [
        "表里没有乡镇一列",
        "“整改情况”（H列）“已整改”按全部已整改记（4行：第3、4、7等行）",
    ]


def test_few_rows_keep_a_line_each() -> None:
    said = [_notice(row, "要写整改责任人", "责任人") for row in (3, 13)]
    assert alike.of_rows(said) == ["第3行“责任人”：要写整改责任人", "第13行“责任人”：要写整改责任人"]


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("第{}行：重大隐患要写整改措施", "重大隐患要写整改措施（3行：第3、4、5行）"),
        ("第{}行与第3行相同", "与第3行相同（3行：第3、4、5行）"),
        ("日期写的是2024年{}月", ""),
    ],
)
def test_only_what_is_the_same_but_for_its_row_is_put_together(message: str, line: str) -> None:
    lines = alike.of_rows([_notice(row, message.format(row)) for row in (3, 4, 5)])
    assert lines == ([line] if line else [f"第{row}行：日期写的是2024年{row}月" for row in (3, 4, 5)])


def test_indicators_without_records_are_one_line_before_the_rest() -> None:
    warnings = ("罚款金额：没有记录", "甲与乙应当一致，请核对", "调拨棉被：没有记录", "调拨毛毯：没有记录")
    assert alike.of_indicators(warnings) == [
        "3个指标没有记录：罚款金额、调拨棉被、调拨毛毯",
        "甲与乙应当一致，请核对",
    ]
    assert alike.of_indicators(warnings[:2]) == list(warnings[:2])

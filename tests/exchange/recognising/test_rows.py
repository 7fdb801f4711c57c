from __future__ import annotations

import pytest

from mingxi_desktop.exchange.recognising.headers import find_layout
from mingxi_desktop.exchange.recognising.rows import (
    is_apart,
    is_subtotal,
    lonely_text,
    reason_to_skip,
    total_word,
    word_columns,
)
from mingxi_desktop.exchange.recognising.targets import targets_of
from tests.exchange.recognising.sheets import made_of

HEADER = ["序号", "日期", "乡镇", "隐患内容", "发现数量"]
LAYOUT = find_layout(made_of([HEADER]), targets_of("hazard"))


@pytest.mark.parametrize(
    "word",
    [
        "合计", "合  计", "总计：", "小计", "共计", "总和", "总数", "计", "本月合计", "本页小计", "全县合计",
        "乡镇汇总", "合计数", "合计（条）", "本月合计（共2个乡镇）",
    ],
)  # fmt: skip
def test_words_of_totals(word):
    assert total_word([word, 5], ())
    assert total_word([None, word, 5], ())
    assert total_word([1, "", word, 5], ())


@pytest.mark.parametrize("word", ["设计院", "合计划拨物资", "盖洋镇", "总计划", "统计员", "计划内"])
def test_words_that_only_begin_like_totals(word):
    assert total_word([word, 5], ()) == ""


def test_a_total_is_named_in_the_first_two_texts():
    assert total_word(["盖洋镇", "小计", 5], ()) == "小计"
    assert total_word(["盖洋镇", "某厂", "合计", 5], ()) == ""


def test_a_column_of_words_may_say_running_total():
    layout = find_layout(made_of([["乡镇", "日期", "口径", "转移人数"]]), targets_of("response_tally"))
    words = word_columns(layout.columns)
    assert words == {2}
    assert total_word(["盖洋镇", None, "累计", 5], words) == ""
    assert total_word(["累计", None, None, 5], words) == "累计"


@pytest.mark.parametrize(
    ("word", "part"), [("小计", True), ("本页合计", True), ("合计", False), ("总计", False)]
)
def test_subtotals_sum_only_what_is_above_them(word, part):
    assert is_subtotal(word) == part


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([None, " ", "\u3000"], "空行"),
        (["上月数", None, None, None, 4], "上期或去年的数"),
        (["去年同期", None, None, None, 4], "上期或去年的数"),
        (["同比增长", None, None, None, "5%"], "上期或去年的数"),
        (["较上年增减", None, None, None, 4], "上期或去年的数"),
        (["例", "2024-1-1", "某镇", "配电箱", 1], "示例行"),
        (["填写示例", "2024-1-1", "某镇", "配电箱", 1], "示例行"),
        (["注：本表每月5日前报送"], "说明行"),
        (["填表人：张三", None, "审核人：李四"], "落款行"),
        (HEADER, "重复的表头"),
        ([None, None, None, None, "条"], "单位行"),
        ([7], "只有序号，没有内容"),
        ([7, None, None, None, None, "表外"], "对应的列都是空的"),
    ],
)  # fmt: skip
def test_rows_that_are_no_data(cells, reason):
    assert reason_to_skip(cells, LAYOUT) == reason


@pytest.mark.parametrize(
    "cells",
    [
        [1, "2024-6-9", "盖洋镇", "甲", 1],
        [1, "2024-6-9", "盖洋镇", "单位负责人不在岗", 1],
        [None, "2024-6-9", "盖洋镇", "例行检查发现漏电", 1],
        [None, None, "盖洋镇", None, 3],
        ["单位宿舍", "2024-6-9", "盖洋镇", "漏电", 1],
    ],
)
def test_rows_that_are_data(cells):
    assert reason_to_skip(cells, LAYOUT) == ""


def test_a_row_of_column_numbers_stands_right_below_the_header_only():
    cells = ["1", "2", "3", "4", "5"]
    assert reason_to_skip(cells, LAYOUT, first=True) == "栏号行"
    assert reason_to_skip(cells, LAYOUT) == ""


def test_a_text_alone_in_its_row():
    assert lonely_text([None, " 盖洋镇 ", ""]) == "盖洋镇"
    assert lonely_text(["盖洋镇", 1]) == ""
    assert lonely_text([None, 1]) == ""


@pytest.mark.parametrize(
    ("filled", "apart"), [(["合计", 3], True), (["填表人：张三"], True), (["二、检查"], False)]
)
def test_totals_and_signatures_belong_to_the_table_above(filled, apart):
    assert is_apart(filled) == apart


def test_a_star_at_a_name_makes_no_note_of_its_row():
    assert reason_to_skip([1, None, "*盖洋镇", "漏电", 5], LAYOUT) == ""
    assert reason_to_skip(["★盖洋镇", "2024-6-9", "盖洋镇", "漏电", 5], LAYOUT) == ""
    assert reason_to_skip(["*盖洋镇", None, None, None, 5], LAYOUT) == ""
    assert reason_to_skip(["*盖洋镇含园区"], LAYOUT) == "说明行"
    assert reason_to_skip(["※", "带星号的含园区"], LAYOUT) == "说明行"

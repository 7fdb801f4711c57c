from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.text_table import read_text


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_the_separator_is_found(separator: str):
    text = "\n".join(separator.join(row) for row in (["日期", "乡镇", "数量"], ["2024-06-09", "盖洋镇", "1"]))
    assert read_text(text.encode()).rows == [["日期", "乡镇", "数量"], ["2024-06-09", "盖洋镇", "1"]]


def test_sep_line_quotes_and_empty_cells():
    sheet = read_text('sep=;\r\n甲;乙\r\n"一\n二";\r\n'.encode())
    assert sheet.rows == [["甲", "乙"], ["一\n二"]]
    assert sheet.separated


def test_tabs_that_keep_numbers_as_texts_separate_nothing():
    sheet = read_text("日期\t,乡镇\t,证号\t\n2024-06-09\t,盖洋镇\t,明执123\t\n".encode())
    assert [len(row) for row in sheet.rows] == [3, 3]


def test_a_title_line_without_separators_does_not_mislead():
    assert read_text("某某台账\n甲,乙\n1,2\n".encode()).rows[1] == ["甲", "乙"]


def test_signs_within_texts_do_not_mislead():
    rows = [["日期", "内容", "备注"], ["6.9", "甲,乙,丙,丁,戊", "a;b"], ["6.10", "一,二,三,四,五", ""]]
    sheet = read_text("\n".join("\t".join(row) for row in rows).encode())
    assert [len(row) for row in sheet.rows] == [3, 3, 2]


def test_columns_set_apart_by_blanks_where_every_row_has_all_of_them():
    text = "日期        乡镇　　数量\n2024-06-09  盖洋镇  1\n"
    assert read_text(text.encode()).rows == [["日期", "乡镇", "数量"], ["2024-06-09", "盖洋镇", "1"]]
    assert all(len(row) == 1 for row in read_text(f"{text}2024-06-10  胡坊镇\n".encode()).rows)


def test_a_sentence_is_no_table():
    with pytest.raises(RefusedError) as caught:
        read_text("上半年共排查隐患128条，已整改120条，整改率93.75%。".encode())
    assert caught.value.code == "E_NOT_A_TABLE"


def test_one_column_is_a_table_too():
    assert read_text("乡镇\n盖洋镇\n\n胡坊镇\n".encode()).rows == [["乡镇"], ["盖洋镇"], [], ["胡坊镇"]]


def test_texts_guarded_by_their_exporter():
    sheet = read_text('编号,电话\n="00123","=""13800000000"""\n'.encode())
    assert sheet.rows[1] == ["00123", "13800000000"]


def test_a_quote_that_is_never_closed_swallows_no_rows():
    text = '甲,乙,丙\n1,"2寸管,3\n4,5,6\n7,8,9\n'
    with pytest.raises(RefusedError) as caught:
        read_text(text.encode())
    assert caught.value.code == "E_QUOTES"
    assert "第2行" in caught.value.message


def test_a_cell_of_several_lines_may_have_separators_in_them():
    assert read_text('甲,乙\n1,"一\n二,三"\n'.encode()).rows == [["甲", "乙"], ["1", "一\n二,三"]]


def test_two_stray_quotes_swallow_no_rows_between_them():
    text = '甲,乙,丙,丁\n1,"2寸管,3,0\n4,5,6,0\n7,8寸",9,0\n1,2,3,0\n'
    with pytest.raises(RefusedError) as caught:
        read_text(text.encode())
    assert caught.value.code == "E_QUOTES"


@pytest.mark.parametrize("text", ["\ufeff \r\n\t\u3000", ",,,\n,,,\n"])
def test_only_blanks_are_nothing(text: str):
    with pytest.raises(RefusedError) as caught:
        read_text(text.encode())
    assert caught.value.code == "E_EMPTY_FILE"


_CELL = st.text(st.sampled_from("甲乙12 .,;|\t\"\n年月日’'"), max_size=6)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=3, max_size=8))
def test_what_a_spreadsheet_program_writes_is_read_as_it_was(rows: list[list[str]]):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["日期", "乡镇", "数量"], *rows])
    with suppress(RefusedError):  # a cell may look like rows that a quote swallowed
        _same(read_text(file.getvalue().encode("utf-8-sig")), rows)


def _same(sheet: Sheet, rows: list[list[str]]) -> None:
    wanted = [[cell or None for cell in row] for row in rows]
    assert [row + [None] * (3 - len(row)) for row in sheet.rows[1:]] == wanted


def test_text_that_is_no_table_is_refused():
    with pytest.raises(RefusedError) as caught:
        read_text("关于印发方案的通知\n各乡镇人民政府：\n请认真贯彻执行\n".encode())
    assert caught.value.code == "E_NOT_A_TABLE"


def test_too_many_columns_are_refused():
    with pytest.raises(RefusedError) as caught:
        read_text(("a," * 300).encode())
    assert caught.value.code == "E_TOO_MANY_COLUMNS"

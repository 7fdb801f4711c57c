from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.text_table import protect, read_text, unprotect


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found(separator: str):
    text = "\n".join(separator.join(row) for row in (["日期", "乡镇", "数量"], ["2024-06-09", "盖洋镇", "1"]))
    assert read_text(text.encode()).rows == [["日期", "乡镇", "数量"], ["2024-06-09", "盖洋镇", "1"]]


def test_sep_line_quotes_and_empty_cells():
    sheet = read_text('sep=;\r\n甲;乙\r\n"一\n二";\r\n'.encode())
    assert sheet.rows == [["甲", "乙"], ["一\n二", None]]


def test_a_title_line_without_separators_does_not_mislead():
    assert read_text("某某台账\n甲,乙\n1,2\n".encode()).rows[1] == ["甲", "乙"]


def test_text_that_is_no_table_is_refused():
    with pytest.raises(RefusedError) as caught:
        read_text("关于印发方案的通知\n各乡镇人民政府：\n请认真贯彻执行\n".encode())
    assert caught.value.code == "E_NOT_A_TABLE"


def test_too_many_columns_are_refused():
    with pytest.raises(RefusedError) as caught:
        read_text(("a," * 300).encode())
    assert caught.value.code == "E_TOO_MANY_COLUMNS"


@pytest.mark.parametrize("text", ["=1+1", "+a", "-1", "@x", "\tx", "＝1", "'=1", "''=1"])
def test_formulas_get_an_apostrophe(text: str):
    assert protect(text) == "'" + text


@given(st.text())
def test_protecting_and_taking_off_change_nothing(text: str):
    assert unprotect(protect(text)) == text
    assert not protect(text).startswith(("=", "+", "-", "@", "\t", "\r"))

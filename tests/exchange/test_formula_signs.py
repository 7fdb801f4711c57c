from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.formula_signs import protect, unprotect


@pytest.mark.parametrize("text", ["=1+1", "+a", "-1", "@x", "\tx", "＝1", "'=1", "''=1"])
def test_formulas_get_an_apostrophe(text: str):
    assert protect(text) == "'" + text


@given(st.text())
def test_protecting_and_taking_off_change_nothing(text: str):
    assert unprotect(protect(text)) == text
    assert not protect(text).startswith(("=", "+", "-", "@", "\t", "\r"))

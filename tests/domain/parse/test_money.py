"""Amounts of money: exact to the 分, with the header's unit applied once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, parse_money


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("76.026万元", 76_026_000),
        ("5千元", 500_000),
        ("10,000.00", 1_000_000),
        ("1.5万", 1_500_000),
        ("0.5万", 500_000),
        ("12,500元", 1_250_000),
        ("￥30", 3_000),
        ("¥1,234.5", 123_450),
        ("人民币30元整", 3_000),
        ("叁万元整", 3_000_000),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", 1_234_567),
        ("3元5角", 350),
        ("30块", 3_000),
        ("1.230", 123),
        ("1.2亿", 12_000_000_000),
        ("-50元", -5_000),
        (0.1, 10),
        (12500, 1_250_000),
    ],
)
def test_amounts(raw, fen):
    assert parse_money(raw) == Parsed(fen)


@pytest.mark.parametrize(
    ("raw", "approx"), [("60余万", "余"), ("60余万元", "余"), ("约60万元", "约"), ("60万元以上", "以上")]
)
def test_approximate_amounts_keep_the_word(raw, approx):
    assert parse_money(raw) == Parsed(60_000_000, "", approx)


def test_a_bare_number_takes_the_unit_of_the_header():
    assert parse_money("76.026", default_unit="万元") == Parsed(76_026_000)
    assert parse_money(135.0, default_unit="万元") == Parsed(135_000_000)
    assert parse_money("1.000000", default_unit="万元") == Parsed(1_000_000)


def test_a_scale_in_the_cell_is_not_multiplied_again():
    parsed = parse_money("0.5万", default_unit="万元")
    assert parsed.value == 500_000
    assert "没有再乘" in parsed.assumed
    assert parse_money("0.5万元", default_unit="万元") == Parsed(500_000)
    assert parse_money("12,500元", default_unit="万元").value == 1_250_000
    with pytest.raises(ParseError, match="写明单位"):
        parse_money("5千", default_unit="万元")


def test_where_nobody_said_the_unit_a_small_amount_is_asked():
    assert parse_money(1_350_000.0, default_unit=None) == Parsed(135_000_000, "没有写单位，按元")
    assert (
        parse_money("135万", default_unit=None)
        == parse_money("135万元", default_unit=None)
        == Parsed(135_000_000)
    )
    assert parse_money("0", default_unit=None) == Parsed(0)
    with pytest.raises(ParseError, match="可能是元也可能是万元") as caught:
        parse_money(135.0, default_unit=None)
    assert caught.value.code == "E_AMBIGUOUS"


@pytest.mark.parametrize(
    "raw",
    [
        "1.234",
        33.333,
        "100美元",
        "$5",
        "5人",
        "12.5元/人",
        "(100)",
        "/",
        "NaN",
        "3元15角",
        "100元5",
        True,
        "1" * 16,
    ],
)
def test_what_is_no_amount_is_refused(raw):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        parse_money(raw)


@given(st.integers(-(10**12), 10**12))
def test_amounts_read_back(fen):
    yuan = Decimal(fen) / 100
    assert parse_money(f"{yuan:,.2f}元").value == fen
    assert parse_money(f"{yuan / 10000:f}万元").value == fen
    assert parse_money(float(yuan)).value == fen

"""Chinese numerals: every number reads back, and what has two readings is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse.numerals import chinese_int, chinese_number

_DIGITS = "零一二三四五六七八九"


def _section(number: int) -> str:
    """A number below 10,000 in Chinese, as schools teach it."""
    spelled, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            spelled += ("零" if gap and spelled else "") + _DIGITS[digit] + word
        gap = not digit
    return spelled


def _spell(number: int) -> str:
    """A number below 10**12 in Chinese."""
    if number < 10**4:
        return _section(number) or "零"
    scale, word = (10**8, "亿") if number >= 10**8 else (10**4, "万")
    rest = number % scale
    if not rest:
        return _spell(number // scale) + word
    return _spell(number // scale) + word + ("零" if rest < scale // 10 else "") + _spell(rest)


@given(st.integers(0, 10**12 - 1))
def test_every_number_reads_back(number):
    assert chinese_int(_spell(number)) == number


@given(st.integers(0, 10**12 - 1))
def test_banking_numerals_read_back(number):
    banking = _spell(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert chinese_int(banking) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("两百", 200),
        ("廿四", 24),
        ("卅", 30),
        ("二〇二四", 2024),
        ("二○", 20),
        ("九", 9),
    ],
)
def test_other_ways_to_write(text, number):
    assert chinese_int(text) == number


@pytest.mark.parametrize(
    "text", ["三五", "一百五", "三万五", "百", "十百", "一百零", "万", "一二三十", "", "五十千"]
)
def test_two_readings_or_none_are_refused(text):
    with pytest.raises(ValueError):
        chinese_int(text)


def test_decimals():
    assert chinese_number("三点五万") == Decimal(35000)
    assert chinese_number("九十九点七六") == Decimal("99.76")

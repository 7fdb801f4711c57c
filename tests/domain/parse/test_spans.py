"""Stretches of days, with what the second date leaves out."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, parse_date_range


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("2024.6.9—6.11", (6, 9), (6, 11)),
        ("2024.6.9-2024.6.11", (6, 9), (6, 11)),
        ("2024年6月9日至11日", (6, 9), (6, 11)),
        ("2024年6月9日-11日", (6, 9), (6, 11)),
        ("2024年6月9日～6月11日", (6, 9), (6, 11)),
        ("2024-06-09-2024-06-11", (6, 9), (6, 11)),
        ("2024-06-09 - 2024-06-11", (6, 9), (6, 11)),
        ("2024-06-09至2024-06-11", (6, 9), (6, 11)),
        ("20240609-20240611", (6, 9), (6, 11)),
        ("2024年6月9日8时-6月11日12时", (6, 9), (6, 11)),
        ("2024年6月9日", (6, 9), (6, 9)),
        ("2024年6月", (6, 1), (6, 30)),
        ("2024-06", (6, 1), (6, 30)),
        ("2024年第二季度", (4, 1), (6, 30)),
        ("2024年6-8月", (6, 1), (8, 31)),
        ("2024年6月上旬", (6, 1), (6, 10)),
        ("2024年上半年", (1, 1), (6, 30)),
        ("2024年", (1, 1), (12, 31)),
        (dt.date(2024, 6, 9), (6, 9), (6, 9)),
    ],
)
def test_with_a_year(raw, first, last):
    assert parse_date_range(raw) == Parsed((dt.date(2024, *first), dt.date(2024, *last)))


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("6.9-6.11", (6, 9), (6, 11)),
        ("“6.9-6.18”", (6, 9), (6, 18)),
        ("6.9-11", (6, 9), (6, 11)),
        ("1-6月", (1, 1), (6, 30)),
        ("6月-8月", (6, 1), (8, 31)),
        ("第二季度", (4, 1), (6, 30)),
    ],
)
def test_without_a_year(raw, first, last):
    expected = Parsed((dt.date(2024, *first), dt.date(2024, *last)), "没有年份，按2024年")
    assert parse_date_range(raw, year=2024) == expected
    with pytest.raises(ParseError, match="没有年份"):
        parse_date_range(raw)


def test_over_the_turn_of_the_year():
    parsed = parse_date_range("2024.12.28-1.3")
    assert parsed.value == (dt.date(2024, 12, 28), dt.date(2025, 1, 3))
    assert "次年" in parsed.assumed
    assert parse_date_range("12.28-2025.1.3", year=2020) == Parsed(parsed.value)


@pytest.mark.parametrize(
    "raw",
    [
        "2024.6.11-2024.6.9",
        "6.11-6.9",
        "6.9-7",
        "6-9",
        "6.9、6.11",
        "6.9-6.11-6.13",
        "/",
        "春节前后",
        "2024-02-30",
    ],
)
def test_refused(raw):
    with pytest.raises(ParseError):
        parse_date_range(raw, year=2024)


_days = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))


@given(_days, st.integers(0, 300))
def test_every_stretch_reads_back(first, length):
    last = first + dt.timedelta(days=length)
    for joint in ("-", "至", "—", "~", " - "):
        for form in ("{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0}"):
            text = f"{form.format(first)}{joint}{form.format(last)}"
            assert parse_date_range(text) == Parsed((first, last)), text


@given(st.text(alphabet="0123456789年月日.-至 ", max_size=16))
def test_any_text_gives_a_stretch_or_a_sentence(text):
    try:
        parsed = parse_date_range(text, year=2024)
    except ParseError:
        return
    assert parsed.value is None or parsed.value[0] <= parsed.value[1]

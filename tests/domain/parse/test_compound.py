"""Cells with several numbers, and descriptions with several points."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, numbered_items, parse_casualties, parse_pair


@pytest.mark.parametrize(
    ("raw", "pair"),
    [
        ("1/3", (1, 3)),
        ("1户3间", (1, 3)),
        ("1户/3间", (1, 3)),
        ("１／３", (1, 3)),
        ("1（3）", (1, 3)),
        ("1户（3间）", (1, 3)),
        ("3间/1户", (1, 3)),
        ("2户4间（空置）", (2, 4)),
        ("一户三间", (1, 3)),
        ("2户", (2, None)),
        ("3间", (None, 3)),
        ("0", (0, 0)),
        (0.0, (0, 0)),
        ("0/0", (0, 0)),
    ],
)
def test_pairs(raw, pair):
    assert parse_pair(raw) == Parsed(pair)


def test_strokes_in_a_pair_are_nought_and_said():
    assert parse_pair("/") == Parsed((0, 0), "“/”按0")
    assert parse_pair("1/-") == Parsed((1, 0), "“-”按0")
    assert parse_pair(None) == parse_pair(" ") == Parsed(None)


def test_a_rough_pair_stays_rough():
    assert parse_pair("10户30余间") == Parsed((10, 30), "", "余")


@pytest.mark.parametrize("parser", [parse_pair, parse_casualties])
@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2024, 1, 3), dt.datetime(2024, 1, 3), dt.datetime(2003, 1, 1), dt.time(1, 3), "2024-01-03",
        "2024/1/3", "2024-01-03 00:00:00", "1月3日", "3-Jan", "Jan-03", "2024年1月3日",
    ],
)  # fmt: skip
def test_a_day_where_two_numbers_belong_is_told_as_what_happened(parser, raw):
    with pytest.raises(ParseError, match=r"自动改成了日期.*“文本”.*例如 ") as caught:
        parser(raw)
    assert caught.value.code == "E_COMPOUND"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("5", "E_AMBIGUOUS"),
        (5.0, "E_AMBIGUOUS"),
        ("1户2户", "E_COMPOUND"),
        ("1/2/3", "E_COMPOUND"),
        ("2人/3间", "E_UNIT"),
        ("1.5/3", "E_NUMBER"),
        ("未统计", "E_NUMBER"),
        ("#REF!", "E_CELL_ERROR"),
    ],
)
def test_what_is_no_pair(raw, code):
    with pytest.raises(ParseError) as caught:
        parse_pair(raw)
    assert caught.value.code == code


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_pairs_read_back(first, second):
    for text in (f"{first}/{second}", f"{first}户{second}间", f"{first:,}户／{second:,}间"):
        assert parse_pair(text).value == (first, second)


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("死亡0人、受伤2人", (0, 2, None)),
        ("死2伤3", (2, 3, None)),
        ("2死3伤", (2, 3, None)),
        ("死亡:1人,受伤:2人", (1, 2, None)),
        ("1人死亡，2人受伤，1人失踪", (1, 2, 1)),
        ("重伤1人、轻伤2人", (None, 3, None)),
        ("失踪1人", (None, None, 1)),
        ("0", (0, 0, None)),
        (0.0, (0, 0, None)),
        ("0/0", (0, 0, None)),
    ],
)
def test_casualties(raw, people):
    assert parse_casualties(raw) == Parsed(people)


@pytest.mark.parametrize("raw", ["无伤亡", "无人员伤亡", "无", "—"])
def test_no_casualties_are_said_to_be_nought(raw):
    parsed = parse_casualties(raw)
    assert parsed.value == (0, 0, None)
    assert "按死亡0人、受伤0人" in parsed.assumed


@pytest.mark.parametrize("raw", ["3", 3.0, "1人", "1/2", "死亡失踪1人", "死亡1人（溺水）", "死2伤"])
def test_casualties_of_two_readings_are_asked(raw):
    with pytest.raises(ParseError) as caught:
        parse_casualties(raw)
    assert caught.value.code == "E_AMBIGUOUS"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1.灭火器过期；2.无台账", 2),
        ("１.灭火器过期；\n２.无台账", 2),
        ("1、灭火器过期2、无台账3、通道堵塞", 3),
        ("①灭火器②通道", 2),
        ("一、灭火器\n二、通道", 2),
        ("(1)灭火器；(2)通道", 2),
        ("1.灭火器过期", 1),
        ("灭火器过期", 0),
        ("配电箱1.5米范围内堆放", 0),
        ("2.5米内堆放", 0),
        ("第3、4车间", 0),
    ],
)
def test_numbered_points(text, points):
    assert numbered_items(text) == points

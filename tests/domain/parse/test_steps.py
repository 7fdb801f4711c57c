"""Changes of a response level in one cell."""

import datetime as dt

import pytest

from mingxi_desktop.domain.parse import Parsed, ParseError, parse_steps

UP = ("提升", "Ⅲ", dt.datetime(2024, 6, 13, 17))
DOWN = ("降低", "Ⅳ", dt.datetime(2024, 6, 17, 8))
SAID = "没有年份，按2024年"


@pytest.mark.parametrize(
    "raw",
    [
        "6月13日17时升Ⅲ级",
        "6.13 17:00提升至Ⅲ级",
        "6月13日17时由Ⅳ级提升至Ⅲ级",
        "6月13日17时由Ⅳ级调整为Ⅲ级",
        "6月13日17时升级为III级",
        "升三级（6月13日17时）",
    ],
)
def test_one_step(raw):
    assert parse_steps(raw, year=2024) == Parsed([UP], SAID)


@pytest.mark.parametrize(
    "raw",
    [
        "6.13 17:00提升至Ⅲ级，6.17 8:00降为Ⅳ级",
        "6月13日17时升Ⅲ级，17日8时降为Ⅳ级",
        "6月13日17时升Ⅲ级6月17日8时降Ⅳ级",
        "6月13日17时升Ⅲ级\n6月17日8时调整为Ⅳ级",
    ],
)
def test_two_steps(raw):
    assert parse_steps(raw, year=2024) == Parsed([UP, DOWN], SAID)


def test_start_and_end():
    parsed = parse_steps("2024年6月9日8时启动防汛Ⅳ级应急响应；2024年6月19日12时终止")
    assert parsed.value == [
        ("启动", "Ⅳ", dt.datetime(2024, 6, 9, 8)),
        ("终止", "", dt.datetime(2024, 6, 19, 12)),
    ]
    assert parse_steps("无") == parse_steps("/") == Parsed([])
    assert parse_steps("") == Parsed(None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("6月13日17时调整为Ⅲ级", "E_AMBIGUOUS"),
        ("6月13日17时升Ⅲ级，6月14日8时升Ⅳ级", "E_AMBIGUOUS"),
        ("6月13日17时", "E_STEP"),
        ("6月13日17时升级", "E_STEP"),
        ("升Ⅲ级", "E_STEP"),
        ("6月31日17时升Ⅲ级", "E_DATE_IMPOSSIBLE"),
    ],
)
def test_what_is_no_step(raw, code):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]") as caught:
        parse_steps(raw, year=2024)
    assert caught.value.code == code

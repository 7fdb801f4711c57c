"""Yes and no, levels, choices, several words in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, match_choice, parse_bool, parse_level, split_multi

GRADES = ("一般", "较大", "重大", "特别重大")


@pytest.mark.parametrize(
    "raw", ["√", "是", "有", "Y", "ｙｅｓ", "1", 1, 1.0, True, "已", "对", "☑", "已整改", "■是 □否"]
)
def test_yes(raw):
    assert parse_bool(raw) == Parsed(True)


@pytest.mark.parametrize(
    "raw", ["×", "否", "无", "N", "0", 0, 0.0, False, "未", "□", "未销号", "□是 ☑否", "x"]
)
def test_no(raw):
    assert parse_bool(raw) == Parsed(False)


@pytest.mark.parametrize("raw", ["/", "未知", "未统计", "○", "部分", 2, "#N/A", "是/否", float("nan")])
def test_neither_yes_nor_no(raw):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]"):
        parse_bool(raw)


def test_empty_is_neither():
    assert parse_bool("") == parse_bool(None) == Parsed(None)
    assert parse_level(" ") == Parsed(None)
    assert match_choice("\u3000", GRADES) == Parsed(None)


@pytest.mark.parametrize(
    "raw", ["Ⅳ", "IV", "iv", "ⅳ", "四级", "4级", "4", "４级", 4, 4.0, "Ⅳ级", "Ⅳ级应急响应", "Ⅳ 级"]
)
def test_levels(raw):
    assert parse_level(raw) == Parsed("Ⅳ")


@pytest.mark.parametrize("raw", ["5", 0, "一般", "蓝色", "IIII", True, "/", float("nan"), "Ⅳ升Ⅲ"])
def test_no_levels(raw):
    with pytest.raises(ParseError, match="Ⅰ、Ⅱ、Ⅲ、Ⅳ"):
        parse_level(raw)


@pytest.mark.parametrize(
    ("raw", "choice", "said"),
    [
        ("重大", "重大", False),
        (" 一 般\n", "一般", False),
        ("一般隐患", "一般", True),
        ("特别重大事故", "特别重大", True),
        ("特别重", "特别重大", True),
        ("要紧", "重大", False),
    ],
)
def test_choices(raw, choice, said):
    parsed = match_choice(raw, GRADES, {"要紧": "重大"})
    assert parsed.value == choice
    assert bool(parsed.assumed) == said


@pytest.mark.parametrize("raw", ["非重大", "无重大隐患", "大", "别的", "/"])
def test_an_unknown_choice_names_the_choices(raw):
    with pytest.raises(ParseError, match="应为：一般、较大、重大、特别重大"):
        match_choice(raw, GRADES)


def test_two_possible_choices_are_asked():
    with pytest.raises(ParseError, match="可能是一般、重大，请写全"):
        match_choice("一般/重大", GRADES)


def test_error_cells_are_called_by_their_name():
    with pytest.raises(ParseError, match="公式的错误值"):
        match_choice("#REF!", GRADES)


@given(st.sampled_from(GRADES))
def test_every_choice_means_itself(choice):
    assert match_choice(choice, GRADES) == Parsed(choice)


def test_several_words():
    assert split_multi("罚款;警告 / 通报，约谈\n没收（含工具、原料）、罚款；") == [
        "罚款", "警告", "通报", "约谈", "没收（含工具、原料）",
    ]  # fmt: skip
    assert split_multi(" ") == []
    assert split_multi("生命通道·拆窗破网") == ["生命通道·拆窗破网"]

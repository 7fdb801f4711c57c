"""Yes and no, levels, choices, several words in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import (
    Parsed,
    ParseError,
    match_choice,
    match_choices,
    parse_bool,
    parse_level,
    split_multi,
)

GRADES = ("一般", "较大", "重大", "特别重大")


@pytest.mark.parametrize(
    "raw",
    [
        "√",
        "是",
        "有",
        "Y",
        "ｙｅｓ",
        "1",
        1,
        1.0,
        True,
        "已",
        "对",
        "☑",
        "已整改",
        "■是 □否",
        "V",
        "是。",
        "是√",
        "整改完成",
        "已整改销号",
        "启用",
    ],
)
def test_yes(raw):
    assert parse_bool(raw) == Parsed(True)


@pytest.mark.parametrize(
    "raw", ["×", "否", "无", "N", "0", 0, 0.0, False, "未", "□", "未销号", "□是 ☑否", "x", "尚未整改", "停用"]
)
def test_no(raw):
    assert parse_bool(raw) == Parsed(False)


@pytest.mark.parametrize("raw", ["/", "未知", "未统计", "○", "部分", 2, "#N/A", "是/否", float("nan")])
def test_neither_yes_nor_no(raw):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]"):
        parse_bool(raw)


@pytest.mark.parametrize(
    "raw", "全部整改 全部完成 均已整改 已当场整改 现场已整改 已闭环 已整改闭环 已立行立改 已改正".split()
)
def test_words_for_all_put_right(raw):
    assert parse_bool(raw) == Parsed(True)


def test_what_waits_is_not_done_and_not_all_done_is_neither():
    assert parse_bool("待整改") == parse_bool("待验收") == Parsed(False)
    for raw in ("未全部整改", "立行立改", "限期整改", "部分整改"):
        with pytest.raises(ParseError):
            parse_bool(raw)


def test_what_is_left_out_beside_yes_or_no_is_said():
    assert parse_bool("是（2024.6.18）") == Parsed(True, "括号里的“2024.6.18”没有计入")
    assert parse_bool("整改中") == Parsed(False, "“整改中”按“否”")


def test_empty_is_neither():
    assert parse_bool("") == parse_bool(None) == Parsed(None)
    assert parse_level(" ") == Parsed(None)
    assert match_choice("\u3000", GRADES) == Parsed(None)


@pytest.mark.parametrize(
    "raw",
    ["Ⅳ", "IV", "iv", "ⅳ", "四级", "4级", "4", "４级", 4, 4.0, "Ⅳ级", "Ⅳ级应急响应", "Ⅳ 级", "防汛Ⅳ级响应"],
)
def test_levels(raw):
    assert parse_level(raw) == Parsed("Ⅳ")


@pytest.mark.parametrize("raw", ["5", 0, "一般", "蓝色", "IIII", True, "/", float("nan")])
def test_no_levels(raw):
    with pytest.raises(ParseError, match="Ⅰ、Ⅱ、Ⅲ、Ⅳ"):
        parse_level(raw)


def test_two_levels_and_a_colour_are_asked():
    with pytest.raises(ParseError, match="不止一个级别"):
        parse_level("Ⅳ升Ⅲ")
    with pytest.raises(ParseError, match="预警的颜色"):
        parse_level("蓝色")


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
        match_choice("一般到重大", GRADES)


@pytest.mark.parametrize("raw", ["一般/重大", "一般、重大", "一般和重大"])
def test_several_choices_where_one_is_wanted_are_to_be_parted(raw):
    with pytest.raises(ParseError, match="写了一般、重大，这里只能填一项") as caught:
        match_choice(raw, GRADES)
    assert caught.value.code == "E_COMPOUND"


@pytest.mark.parametrize(
    "raw", ["罚款;警告", "罚款，警告", "罚款和警告", "罚款 警告", "罚款\n警告", "处罚款、警告"]
)
def test_several_choices(raw):
    parsed = match_choices(raw, ("警告", "罚款", "责令停产和停业"))
    assert parsed.value == ("罚款", "警告")
    assert parsed.assumed == ("“处罚款”按“罚款”" if "处" in raw else "")


def test_a_choice_with_and_in_it_is_one():
    assert match_choices("责令停产和停业、警告", ("警告", "责令停产和停业")).value == (
        "责令停产和停业",
        "警告",
    )


def test_error_cells_are_called_by_their_name():
    with pytest.raises(ParseError, match="公式的错误值"):
        match_choice("#REF!", GRADES)


def test_a_part_of_a_name_is_not_its_opposite_nor_a_synonym_s():
    with pytest.raises(ParseError, match="不在可选项中"):
        match_choice("煤矿", ("非煤矿山", "工贸"))
    with pytest.raises(ParseError, match="不在可选项中"):
        match_choice("中秋", ("国庆", "春节"), {"中秋国庆": "国庆"})


def test_a_word_set_apart_is_none_of_the_choices_in_its_name():
    apart = {"水上交通": "", "交通": "道路交通", "铁路、水上交通": ""}
    for raw in ("水上交通", "水上交通安全", "水上交通、道路交通"):
        with pytest.raises(ParseError, match="不在可选项中"):
            match_choice(raw, ("道路交通", "消防"), apart)
    assert match_choice("交通安全", ("道路交通", "消防"), apart).value == "道路交通"


@given(st.sampled_from(GRADES))
def test_every_choice_means_itself(choice):
    assert match_choice(choice, GRADES) == Parsed(choice)


def test_several_words():
    assert split_multi("罚款;警告 / 通报，约谈\n没收（含工具、原料）、罚款；") == [
        "罚款", "警告", "通报", "约谈", "没收（含工具、原料）",
    ]  # fmt: skip
    assert split_multi(" ") == []
    assert split_multi("生命通道·拆窗破网") == ["生命通道·拆窗破网"]

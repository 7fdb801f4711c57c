"""Counts, decimals and percentages as they stand in townships' sheets."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import (
    Parsed,
    ParseError,
    is_blank_mark,
    is_error_cell,
    may_be_blank_marks,
    parse_decimal,
    parse_int,
    parse_percent,
)


@pytest.mark.parametrize(
    ("raw", "value", "approx", "unit"),
    [
        ("１，６８３", 1683, "", ""),
        ("1，679", 1679, "", ""),
        (" 3 ", 3, "", ""),
        ("\u200b12\u00a0", 12, "", ""),
        ("3,028人", 3028, "", "人"),
        ("7.6万", 76000, "", ""),
        ("1.2万人次", 12000, "", "人次"),
        ("400余", 400, "余", ""),
        ("约45", 45, "约", ""),
        ("100余支", 100, "余", "支"),
        ("3000多份", 3000, "余", "份"),
        ("1000人以上", 1000, "以上", "人"),
        ("300份左右", 300, "约", "份"),
        ("九十", 90, "", ""),
        ("壹佰", 100, "", ""),
        ("三十五家", 35, "", "家"),
        ("六十余万", 600000, "余", ""),
        ("1亿2000万", 120_000_000, "", ""),
        ("3万5000", 35000, "", ""),
        ("90台(套)", 90, "", "台套"),
        ("120m²", 120, "", "m²"),
        ("1,683.00", 1683, "", ""),
        ("-3", -3, "", ""),
        ("12、", 12, "", ""),
        ("5【人】", 5, "", "人"),
        ("百余人", 100, "余", "人"),
        ("近千", 1000, "约", ""),
        ("100+人", 100, "余", "人"),
        ("≥3", 3, "以上", ""),
        ("不少于3", 3, "以上", ""),
        ("20w", 200_000, "", ""),
        ("零", 0, "", ""),
        ("0人", 0, "", "人"),
        ("1 683", 1683, "", ""),
        (128.0, 128, "", ""),
        (127.99999999999999, 128, "", ""),
        (5, 5, "", ""),
    ],
)
def test_counts(raw, value, approx, unit):
    assert parse_int(raw) == Parsed(value, "", approx, unit)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\ufeff"])
def test_empty_is_none_and_never_zero(raw):
    assert parse_int(raw).value is None
    assert parse_decimal(raw).value is None
    assert parse_percent(raw).value is None


def test_a_bracket_that_was_left_out_is_said():
    parsed = parse_int("49(镇级5、村级44)")
    assert parsed.value == 49
    assert parsed.assumed == "括号里的“镇级5、村级44”没有计入"


def test_a_clause_that_was_left_out_is_said():
    assert parse_int("12人，其中党员3人") == Parsed(12, "“其中党员3人”没有计入", "", "人")


def test_a_noun_after_the_measure_word_is_said():
    parsed = parse_int("35家企业", units=("家",))
    assert (parsed.value, parsed.unit) == (35, "家")
    assert "家企业" in parsed.assumed


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("NaN", "E_NUMBER"),
        ("inf", "E_NUMBER"),
        (float("nan"), "E_NUMBER"),
        (float("inf"), "E_NUMBER"),
        ("-", "E_NUMBER"),
        ("——", "E_NUMBER"),
        ("/", "E_NUMBER"),
        ("无", "E_NUMBER"),
        ("未统计", "E_NUMBER"),
        ("#REF!", "E_CELL_ERROR"),
        ("＃ＤＩＶ／０！", "E_CELL_ERROR"),
        ("####", "E_CELL_ERROR"),
        ("1,68", "E_NUMBER"),
        ("1 2", "E_NUMBER"),
        ("1e5", "E_NUMBER"),
        ("1.683,00", "E_NUMBER"),
        ("若干", "E_NUMBER"),
        ("<3", "E_NUMBER"),
        ("百", "E_AMBIGUOUS"),
        ("10-20", "E_COMPOUND"),
        ("5+3", "E_COMPOUND"),
        ("3户五人", "E_COMPOUND"),
        ("50%", "E_UNIT"),
        ("3.5", "E_NUMBER"),
        (12.5, "E_NUMBER"),
        ("几十人", "E_NUMBER"),
        ("不足30", "E_NUMBER"),
        ("三五", "E_AMBIGUOUS"),
        ("3万5", "E_AMBIGUOUS"),
        ("1/3", "E_COMPOUND"),
        ("3(5)", "E_COMPOUND"),
        ("3人死亡2人", "E_COMPOUND"),
        ("3号", "E_UNIT"),
        ("第3次", "E_NUMBER"),
        ("9" * 20, "E_NUMBER"),
        (10**18, "E_NUMBER"),
        (9.1e17, "E_NUMBER"),
        (True, "E_NUMBER"),
        (dt.date(2024, 6, 9), "E_NUMBER"),
        (dt.time(8), "E_NUMBER"),
    ],
)
def test_what_is_no_count_is_refused(raw, code):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]") as caught:
        parse_int(raw)
    assert caught.value.code == code


def test_units_of_the_field():
    assert parse_int("35名", units=("人",)).unit == "名"
    assert parse_int("7个", units=("处",)).value == 7
    with pytest.raises(ParseError, match="单位是户，这里应为人"):
        parse_int("35户", units=("人",))


def test_mu_become_hectares_and_it_is_said():
    expected = Parsed(Decimal("37.3333"), "560亩按37.3333公顷（15亩=1公顷）", "", "公顷")
    assert parse_decimal("560亩", units=("公顷",)) == expected
    assert parse_decimal(560.0, units=("公顷",), default_unit="亩") == expected
    assert parse_decimal("1.2万亩", units=("公顷",)).value == 800
    assert parse_decimal("12公顷", units=("公顷",), default_unit="亩") == Parsed(Decimal(12), "", "", "公顷")


@given(st.integers(-(10**13), 10**13))
def test_integers_read_back(number):
    assert parse_int(str(number)).value == number
    assert parse_int(f"{number:,}人").value == number


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False))
def test_decimals_read_back(number):
    assert parse_decimal(f"{number:f}").value == number
    assert parse_decimal(float(number)).value == number


@given(st.text(max_size=20))
def test_any_text_gives_a_number_or_a_sentence(text):
    for parse in (parse_int, parse_decimal, parse_percent):
        try:
            value = parse(text).value
        except ParseError:
            continue
        assert value is None or Decimal(value).is_finite()


def test_decimals_are_rounded_only_when_computed():
    assert parse_decimal(0.1 + 0.2) == Parsed(Decimal("0.3"))
    assert parse_decimal(1 / 3) == Parsed(Decimal("0.3333"), "四舍五入到4位小数，按0.3333")
    with pytest.raises(ParseError, match="最多4位"):
        parse_decimal("0.33333")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("99.76%", "99.76"),
        ("９６．４９％", "96.49"),
        ("百分之九十九点七六", "99.76"),
        ("百分之百", "100"),
        ("九成五", "95"),
        ("5‰", "0.5"),
    ],
)
def test_percentages(raw, value):
    assert parse_percent(raw) == Parsed(Decimal(value))


def test_percentages_without_sign():
    assert parse_percent(1.0) == Parsed(Decimal(100), "没有百分号，“1”按100%")
    assert parse_percent(0.9976).value == Decimal("99.76")
    assert parse_percent("99.76").assumed
    assert parse_percent("60%以上").approx == "以上"
    with pytest.raises(ParseError, match="可能是1%，也可能是100%"):
        parse_percent("1")


def test_signs_for_nothing_and_error_cells():
    assert all(
        map(
            is_blank_mark,
            ["/", "—", "——", "－", "无", " 无 ", "-", "———", "无。", "未发生", "Ｎ／Ａ", "没 有"],
        )
    )
    assert not any(map(is_blank_mark, ["", "0", None, 0, "未统计", "#N/A", "无隐患", "零报告单"]))
    assert all(map(is_error_cell, ["#REF!", "#N/A", "#div/0!", "Err:502", "#####"]))
    assert not any(map(is_error_cell, ["#1机组", "", None, 3]))


@given(st.lists(st.text("无没有暂空未发生不涉及零报告an/il—-－ 甲1。\u200b\u3000Ｎ", min_size=1, max_size=5)))
def test_signs_for_nothing_are_among_those_that_may_be_some(texts: list[str]):
    assert set(may_be_blank_marks(texts)).issuperset(filter(is_blank_mark, texts))
    assert may_be_blank_marks(["隐患", "灭火器过期", "无", "—"]) == ["无", "—"]

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.personal import agrees, masked, personal_in, put_back, withhold


def id_number(start: str) -> str:
    total = sum(
        int(sign) * weight
        for sign, weight in zip(start, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    return start + "10X98765432"[total % 11]


def card(start: str) -> str:
    for last in "0123456789":
        doubled = [int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(start + last))]
        if sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0:
            return start + last
    raise AssertionError


ID = id_number("35042119900307123")
LAST = ID[-4:]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        (f"身份证{ID}", "身份证号", f"身份证350421********{LAST}"),
        ("身份证号：350421199003071299", "身份证号", "身份证号：350421********1299"),
        (f"350421 19900307 {LAST}", "身份证号", f"350421 ******** {LAST}"),
        (ID.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}), "身份证号", None),
        (id_number("35042119900307125"), "身份证号", None),
        ("350421640307123", "身份证号", "350421*****7123"),
        ("张三13805981234。", "手机号码", "张三138****1234。"),
        ("138-0598-1234", "手机号码", "138-****-1234"),
        ("１３８　０５９８　１２３４", "手机号码", "１３８　****　１２３４"),
        ("+86 13805981234", "手机号码", "+86 138****1234"),
        ("tel13805981234", "手机号码", "tel138****1234"),
        ("电话0598-2812345转", "固定电话", "电话0598-****345转"),
        ("05982812345", "固定电话", "0598****345"),
        ("(0598)2812345", "固定电话", "(0598)****345"),
        ("010-62345678", "固定电话", "010-*****678"),
        (card("622848001234567890"), "银行卡号", None),
        ("卡号 6222 0212 3456 " + card("622202123456789")[12:], "银行卡号", None),
    ],
)  # fmt: skip
def test_numbers_are_found_and_masked(text, kind, shown):
    (found,) = personal_in(text)
    assert found.kind == kind
    result, kinds_found = withhold(text)
    assert kinds_found == (kind,)
    assert shown in (None, result)
    assert personal_in(result) == ()


def test_several_numbers_in_one_text():
    text = f"甲13805981234、乙13905981234 15005981234，{ID}"
    assert [found.kind for found in personal_in(text)] == ["手机号码"] * 3 + ["身份证号"]
    assert withhold(text)[1] == ("身份证号", "手机号码")
    assert masked(text) == f"甲138****1234、乙139****1234 150****1234，350421********{LAST}"


@pytest.mark.parametrize(
    "text",
    [
        "91350421MA2XW0K83J", "12350421489012345X", "113504210039123456", "3504212024000123", "（明）应急罚〔2024〕5号",
        "闽财建指〔2024〕13805981234号", "第13805981234号", "2024-06-09 08:00:00", "20240609", "2024.6.9-6.11",
        "2812345",
        "金额13805981234元", "13805981234.56", "合计1,234,567.89", "DB13805981234", "138059812345678901234567890",
        "1380598123", "138059812345", "12345", "119", "400-800-1234", "350421199013071233", "2024-2025 1200 300",
        "6222021234567890", "130 20240609", "138****1234", "0598-****345",
        "一般　1　1　2024-07-10　2024-07-05",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text):
    assert personal_in(text) == ()
    assert masked(text) == text


@given(st.text("0123456789Xx*-– （）()０１９、。甲A\n.", max_size=60))
def test_masking_leaves_nothing_and_touches_nothing_else(text):
    result, kinds_found = withhold(text)
    assert personal_in(result) == ()
    assert bool(kinds_found) == (result != text)
    assert withhold(result) == (result, ())


@given(
    st.sampled_from("3456789"),
    st.text("0123456789", min_size=9, max_size=9),
    st.text("甲乙，、；： ", max_size=5),
    st.text("甲乙，、；。", max_size=5),
)
def test_every_mobile_number_is_found(second, rest, before, after):
    assert [found.kind for found in personal_in(f"{before}1{second}{rest}{after}")] == ["手机号码"]


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.text("0123456789", min_size=3, max_size=3),
)
def test_every_id_number_is_found(day, rest):
    number = id_number(f"350421{day:%Y%m%d}{rest}")
    assert [found.kind for found in personal_in(f"户主{number}，住盖洋")] == ["身份证号"]


@given(st.dates(datetime.date(1000, 1, 1)), st.integers(0, 10**9), st.integers(0, 9999))
def test_dates_and_amounts_are_never_found(day, amount, count):
    assert personal_in(f"{day:%Y-%m-%d}{count}人，{amount:,}元，{amount / 100:.2f}万元，{day:%Y%m%d}") == ()


def test_a_masked_copy_comes_home():
    stored = f"王五 13812345678、0598-2863322，{ID}；另 13912345678"
    copy = masked(stored)
    assert "1234" not in copy
    assert agrees(copy, stored)
    assert put_back(copy, stored) == stored
    edited = copy.replace("王五", "王五（已搬走）")
    assert not agrees(edited, stored)
    assert put_back(edited, stored) == stored.replace("王五", "王五（已搬走）")
    assert put_back("赵六 137****5678", stored) == "赵六 137****5678", (
        "a number that is not there stays masked"
    )
    assert not agrees("规格 3*4", "规格 354"), "a star alone masks nothing"


def test_a_moment_is_not_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page tells one at every start: it need not make the patterns of all kinds of numbers for that."""
    monkeypatch.setattr("mingxi_desktop.domain.personal.personal_in", pytest.fail)
    for text in ("最近备份 2024-11-27 14:52", "2024-11-27 14：52：31", "第 1234567890 号"):
        assert masked(text) == text

"""Several goods in one cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, parse_goods

QUILTS, NOODLES = ("棉被", Decimal(20), "床"), ("方便面", Decimal(10), "箱")


@pytest.mark.parametrize(
    "raw",
    [
        "棉被20床、方便面10箱",
        "20床棉被,10箱方便面",
        "棉被20床方便面10箱",
        "20床棉被10箱方便面",
        "棉被 20 床 方便面 10 箱",
        "棉被：20床；方便面：10箱",
        "棉被×20床\n方便面×10箱",
        "棉被20床/方便面10箱",
        "棉被20床和方便面10箱。",
        "棉被二十床、方便面十箱",
        "棉被(床)20、方便面(箱)10",
    ],
)
def test_goods(raw):
    assert parse_goods(raw) == Parsed([QUILTS, NOODLES])


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("棉被×20", [("棉被", 20, "")]),
        ("五小件10套", [("五小件", 10, "套")]),
        ("84消毒液10瓶", [("84消毒液", 10, "瓶")]),
        ("矿泉水1,200瓶", [("矿泉水", 1200, "瓶")]),
        ("大米1.5吨", [("大米", Decimal("1.5"), "吨")]),
        ("折叠床各10张", [("折叠床", 10, "张")]),
    ],
)
def test_one_kind_of_goods(raw, lines):
    assert parse_goods(raw) == Parsed(lines)


def test_each_is_said():
    expected = [("棉被", Decimal(10), "件"), ("毛毯", Decimal(10), "件")]
    assert parse_goods("棉被、毛毯各10件") == Parsed(expected, "“各10件”按每种10件")


def test_notes_and_rough_numbers():
    assert parse_goods("棉被20床（省级）") == Parsed([QUILTS], "括号里的“省级”没有计入")
    assert parse_goods("棉被20余床") == Parsed([QUILTS], "", "余")


def test_nothing():
    assert parse_goods("无") == parse_goods("/") == Parsed([])
    assert parse_goods(None) == parse_goods(" ") == Parsed(None)


@pytest.mark.parametrize(
    "raw",
    [
        "棉被",
        "棉被20床、毛毯",
        "棉被20床、方便面若干",
        "棉被、毛毯共10件",
        "棉被20床，共计40件",
        "消防水泵/高压水带/风力灭火机90台套",
        "棉被20床等",
        "20床",
    ],
)
def test_goods_without_a_number_of_their_own_are_asked(raw):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]") as caught:
        parse_goods(raw)
    assert caught.value.code == "E_COMPOUND"


@given(st.text(alphabet="棉被毯0123456789床箱、,，各共×:： ()和/", max_size=16))
def test_any_text_gives_goods_or_a_sentence(text):
    try:
        parsed = parse_goods(text)
    except ParseError:
        return
    assert all(name and number >= 0 for name, number, _ in parsed.value or [])

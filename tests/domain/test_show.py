"""Values as Chinese text, and back through the parsers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.declare import (
    choice,
    count,
    date,
    decimal,
    flag,
    moment,
    money,
    multi,
    ref,
    refs,
    text,
)
from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.show import money_words, plain, show, yuan

FIELD: dict[str, Field] = {
    "int": count("a", "甲", "条"),
    "money": money("a", "甲"),
    "decimal": decimal("a", "甲", "公顷"),
    "date": date("a", "甲"),
    "moment": moment("a", "甲"),
    "flag": flag("a", "甲"),
    "choice": choice("a", "甲", "approx"),
    "multi": multi("a", "甲", "campaign"),
    "ref": ref("a", "甲", "area"),
    "refs": refs("a", "甲", "area"),
    "text": text("a", "甲"),
}


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("int", 1683, "1,683"), ("int", 0, "0"), ("int", None, ""), ("int", -5, "-5"),
        ("money", 760260_00, "760,260"), ("money", 12_50, "12.5"), ("money", 5, "0.05"), ("money", -1_01, "-1.01"),
        ("decimal", Decimal("1234.5"), "1,234.5"), ("decimal", Decimal("1E+2"), "100"),
        ("decimal", Decimal("-0.5"), "-0.5"), ("decimal", Decimal("100.0000"), "100"),
        ("date", datetime.date(2024, 6, 9), "2024-06-09"),
        ("moment", datetime.datetime(2024, 6, 9, 8, 5), "2024-06-09 08:05"),
        ("flag", True, "是"), ("flag", False, "否"), ("choice", "余", "余"),
        ("multi", ("一", "二"), "一、二"), ("multi", (), ""), ("ref", "area:2", "<area:2>"),
        ("refs", ("area:2", "area:3"), "<area:2>、<area:3>"), ("text", "  x", "  x"),
    ],
)  # fmt: skip
def test_show(kind: str, value: Any, shown: str) -> None:
    assert show(FIELD[kind], value, lambda name: f"<{name}>") == shown


@pytest.mark.parametrize("fen", [0, 1, 10, 99, 100, 12345, 100_000_000_01])
def test_money_reads_back(fen: int) -> None:
    assert parse.parse_money(yuan(fen)).value == fen
    assert parse.parse_money(money_words(fen)).value == fen


@pytest.mark.parametrize(
    ("fen", "words"), [(760260_00, "76.026万元"), (9999_99, "9999.99元"), (1_000_000, "1万元")]
)
def test_money_in_words(fen: int, words: str) -> None:
    assert money_words(fen) == words


@pytest.mark.parametrize("text", ["0", "0.0001", "12.5", "1000000", "123456789.0001"])
def test_decimals_read_back(text: str) -> None:
    assert plain(Decimal(text)) == text
    assert parse.parse_decimal(show(FIELD["decimal"], Decimal(text), str)).value == Decimal(text)

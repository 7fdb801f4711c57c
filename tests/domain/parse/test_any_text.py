"""Whatever stands in a cell, every parser gives a value or a ParseError, and soon."""

import time

import pytest

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.parse import ParseError

PARSERS = {
    "int": parse.parse_int,
    "decimal": parse.parse_decimal,
    "money": lambda text: parse.parse_money(text, default_unit=None),
    "percent": parse.parse_percent,
    "date": lambda text: parse.parse_date(text, year=2024, serials=True),
    "datetime": lambda text: parse.parse_datetime(text, year=2024, serials=True),
    "range": lambda text: parse.parse_date_range(text, year=2024),
    "pair": parse.parse_pair,
    "casualties": parse.parse_casualties,
    "goods": parse.parse_goods,
    "steps": lambda text: parse.parse_steps(text, year=2024),
    "bool": parse.parse_bool,
    "level": parse.parse_level,
    "choice": lambda text: parse.match_choice(text, ("一般", "重大")),
    "choices": lambda text: parse.match_choices(text, ("一般", "重大")),
}
_FULL = 32_767  # what a cell of a spreadsheet holds
LONG = {
    "numerals": "亿" * 3000,
    "many numerals": "亿" * _FULL,
    "Chinese digits": "九" * _FULL,
    "per cent in words": "百分之" + "亿" * 3000,
    "digits": "9" * 5000,
    "day number with decimals": "45452." + "3" * 5000,
    "many digits": "9" * _FULL,
    "wide digits": "９" * 5000,
    "month in long digits": "2024年" + "0" * 5000 + "6月9日",
    "dead": "死亡" + "9" * 5000,
    "exponent": "1e999999999",
    "brackets": "(" * _FULL,
    "dashes": "1-" * 10_000,
    "strokes": "1/" * 10_000,
    "goods without number": "棉被" * 10_000,
    "goods": "棉被20床、" * 5000,
    "steps": "6月13日17时升Ⅲ级，" * 3000,
    "responses": "救灾救助" * 5000 + "X",
    "done": "已经" + "整改完成" * 5000,
    "blanks": "1" + " " * 30_000 + "x",
}


@pytest.mark.parametrize("name", PARSERS)
def test_a_text_of_any_length_is_answered(name):
    for what, text in LONG.items():
        started = time.thread_time()  # of the processor: others may have it for a while
        said = ""
        try:
            PARSERS[name](text)
        except ParseError as error:
            said = str(error)
        assert len(said) < 400, what
        assert time.thread_time() - started < 2, what


@pytest.mark.parametrize("name", ["int", "decimal", "money", "percent", "date", "datetime", "pair"])
def test_what_does_not_read_as_it_looks_is_refused(name):
    for text in ("3\u202e5", "2024-06-\u202e90", "3\ufffd5", "1" + " " * 3000 + "2", "3  5"):
        with pytest.raises(ParseError):
            pytest.fail(f"{text[:20]!a} was read as {PARSERS[name](text)}")


def test_the_sign_that_cannot_be_seen_is_told():
    with pytest.raises(ParseError, match="看不见的换向符号或乱码"):
        parse.parse_int("3\u202e5")


@pytest.mark.parametrize("text", ["12\n345", "12\r\n345", "12\r345元"])
def test_numbers_on_two_lines_are_two_numbers(text):
    for name in ("int", "decimal", "money", "percent"):
        with pytest.raises(ParseError) as caught:
            PARSERS[name](text)
        assert caught.value.code == "E_COMPOUND"


def test_what_cannot_be_seen_around_and_between_does_not_count():
    assert parse.parse_int("\u202d1\u200b2\u202c").value == 12
    assert str(parse.parse_date("2024  6  9").value) == "2024-06-09"
    assert parse.parse_int("3\n人").value == 3

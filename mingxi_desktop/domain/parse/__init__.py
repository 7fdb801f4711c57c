"""From what a clerk types or a township sends to values: forms, tables, command line and import alike.

Every function takes what a cell may hold and returns a `Parsed`, or raises `ParseError` (a
ValueError) with a Chinese sentence fit for showing beside the field.  None guesses silently.
"""

from mingxi_desktop.domain.parse.compound import numbered_items, parse_casualties, parse_pair
from mingxi_desktop.domain.parse.dates import parse_date, parse_datetime
from mingxi_desktop.domain.parse.goods import parse_goods
from mingxi_desktop.domain.parse.money import MONEY_UNITS, parse_money
from mingxi_desktop.domain.parse.numbers import parse_decimal, parse_int, parse_percent
from mingxi_desktop.domain.parse.result import (
    Parsed,
    ParseError,
    is_blank_mark,
    is_error_cell,
    may_be_blank_marks,
)
from mingxi_desktop.domain.parse.spans import parse_date_range
from mingxi_desktop.domain.parse.steps import parse_steps
from mingxi_desktop.domain.parse.words import (
    match_choice,
    match_choices,
    parse_bool,
    parse_level,
    split_known,
    split_multi,
)

__all__ = [
    "MONEY_UNITS",
    "ParseError",
    "Parsed",
    "is_blank_mark",
    "is_error_cell",
    "match_choice",
    "match_choices",
    "may_be_blank_marks",
    "numbered_items",
    "parse_bool",
    "parse_casualties",
    "parse_date",
    "parse_date_range",
    "parse_datetime",
    "parse_decimal",
    "parse_goods",
    "parse_int",
    "parse_level",
    "parse_money",
    "parse_pair",
    "parse_percent",
    "parse_steps",
    "split_known",
    "split_multi",
]

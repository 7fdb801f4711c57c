"""From what a clerk types or a township sends to values: forms, tables, command line and import alike.

Every function takes what a cell may hold and returns a `Parsed`, or raises `ParseError` (a
ValueError) with a Chinese sentence fit for showing beside the field.  None guesses silently.
"""

from mingxi_desktop.domain.parse.dates import parse_date, parse_datetime
from mingxi_desktop.domain.parse.money import parse_money
from mingxi_desktop.domain.parse.numbers import parse_decimal, parse_int, parse_percent
from mingxi_desktop.domain.parse.result import Parsed, ParseError, is_blank_mark, is_error_cell
from mingxi_desktop.domain.parse.spans import parse_date_range
from mingxi_desktop.domain.parse.words import match_choice, parse_bool, parse_level, split_multi

__all__ = [
    "ParseError",
    "Parsed",
    "is_blank_mark",
    "is_error_cell",
    "match_choice",
    "parse_bool",
    "parse_date",
    "parse_date_range",
    "parse_datetime",
    "parse_decimal",
    "parse_int",
    "parse_level",
    "parse_money",
    "parse_percent",
    "split_multi",
]

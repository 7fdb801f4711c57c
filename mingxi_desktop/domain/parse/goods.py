"""Several goods in one cell: 棉被20床、方便面10箱, 20床棉被,10箱方便面, 棉被×20, 棉被、毛毯各10件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingxi_desktop.domain.parse.numerals import NUMERAL_SIGNS
from mingxi_desktop.domain.parse.quantity import Quantity, read_quantity
from mingxi_desktop.domain.parse.result import (
    LONGEST,
    Parsed,
    ParseError,
    is_blank_mark,
    join_sentences,
    shown,
    squeeze,
)
from mingxi_desktop.domain.units import UNIT_WORDS
from mingxi_desktop.patterns import pattern

Line = tuple[str, Decimal, str]
"""Name, number, unit ("" if none is written)."""

_UNITS = "|".join(
    sorted((re.escape(word) for word in UNIT_WORDS if word not in "元月年日"), key=len, reverse=True)
)
_NUMBER = r"(?:约|近|共)?\d[\d,]*(?:\.\d+)?(?:万|千|百)?(?:余|多)?"
_COUNTED = rf"(?P<number>{_NUMBER})(?P<unit>{_UNITS})?(?P<more>左右|余)?"
_SEPARATOR = pattern(r"[、;；，。\n]|,(?!\d{3}(?!\d))|(?<=[^\d])/|(?<=\d)/(?=\D)|和|及|以及|\+")
_NAME_FIRST = pattern(rf"(?P<name>[^\d]+?)(?:[:=]|[×xX*](?=\d))?{_COUNTED}(?:\((?P<note>[^()]*)\))?")
_NUMBER_FIRST = pattern(rf"(?P<number>{_NUMBER})(?P<unit>{_UNITS})(?P<name>[^\d:×*]+)")
_ANY_NAME = pattern(rf"(?P<name>.+?\D)(?:[:=]|[×xX*](?=\d))?{_COUNTED}")
_SPELLED = pattern(rf"(?P<name>.+?)(?P<number>[{NUMERAL_SIGNS}]+)(?P<unit>{_UNITS})(?P<more>)")
_UNIT_OF_NAME = pattern(rf"(.+)\(({_UNITS})\)")
_EACH = pattern(r"(?:均为?|各自?)$")
_TOGETHER = pattern(r"(?:共计?|合计|总计)$")


def parse_goods(raw: str | None) -> Parsed[list[Line]]:
    """The goods a cell lists.

    A unit may be missing.  各 gives each of the goods before it the number, which `assumed` says.
    Raises ParseError when a part has no number of its own.
    """
    text = squeeze_goods(raw or "")
    if not text or is_blank_mark(text):
        return Parsed([] if text else None)
    lines: list[Line] = []
    waiting: list[str] = []
    said: list[str] = []
    approx = ""
    for piece in filter(None, _SEPARATOR.split(text)):
        found = list(_in_piece(text, piece))
        if not found:
            waiting.append(piece)
        for name, quantity, note in found:
            each = _EACH.search(name)
            if waiting and not each:
                raise _no_number(text, waiting[0])
            name = name[: each.start()] if each else name
            lines += [_line(text, other, quantity) for other in (*waiting, name)]
            if waiting:
                said.append(f"“各{_written(quantity)}”按每种{_written(quantity)}")
            said += [quantity.assumed, f"括号里的“{note}”没有计入" if note else ""]
            approx, waiting = quantity.approx or approx, []
    if waiting:
        raise _no_number(text, waiting[0])
    return Parsed(lines, join_sentences(*dict.fromkeys(said)), approx)


def squeeze_goods(raw: str) -> str:
    """The cell in half width, its lines kept as separators."""
    return "\n".join(filter(None, (squeeze(line) for line in raw.splitlines()))).strip("、,;。\n ")


def _in_piece(text: str, piece: str) -> Iterator[tuple[str, Quantity, str]]:
    """(name, quantity, note) of the goods in a piece without separators; none if it has no number."""
    if len(piece) > LONGEST:
        raise ParseError(
            "E_COMPOUND", f"{shown(piece)}太长，看不出是什么、有多少，应写成 棉被20床、方便面10箱"
        )
    if not any(sign.isdecimal() for sign in piece):
        spelled = _SPELLED.fullmatch(piece)
        if spelled:
            yield spelled["name"], _quantity(spelled), ""
        return
    for form in (_NUMBER_FIRST, _NAME_FIRST, _ANY_NAME):
        found = list(form.finditer(piece))
        if found and "".join(match[0] for match in found) == piece:
            for match in found:
                yield match["name"], _quantity(match), match.groupdict().get("note") or ""
            return
    raise ParseError(
        "E_COMPOUND", f"{shown(text)}里的{shown(piece)}看不出是什么、有多少，应写成 棉被20床、方便面10箱"
    )


def _quantity(match: re.Match[str]) -> Quantity:
    more = match.groupdict().get("more") or ""
    return read_quantity(f"{match['number']}{match['unit'] or ''}{more}", "数量")


def _line(text: str, name: str, quantity: Quantity) -> Line:
    if _TOGETHER.search(name):
        raise ParseError("E_COMPOUND", f"{shown(text)}只有合计数，请每样物资各写数量")
    unit = quantity.unit
    named = _UNIT_OF_NAME.fullmatch(name)
    if named:
        name, unit = named[1], unit or named[2]
    name = name.strip(":()×*")
    if not name:
        raise ParseError("E_COMPOUND", f"{shown(text)}里有数量没有写物资名称")
    return name, quantity.value, unit


def _written(quantity: Quantity) -> str:
    return f"{quantity.value:f}{quantity.unit}"


def _no_number(text: str, name: str) -> ParseError:
    return ParseError("E_COMPOUND", f"{shown(text)}里的{shown(name)}没有写数量，应写成 棉被20床、方便面10箱")

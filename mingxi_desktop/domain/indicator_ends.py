"""The ends of a range, as a clerk types them: apart from the condition itself, which every start reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.domain.indicator_wanted import DAYS, LEAP
from mingxi_desktop.domain.show import plain
from mingxi_desktop.domain.units import accepted_units
from mingxi_desktop.domain.wording import FEN_IN_YUAN

_OTHER_LEAP = 2004
"""29 February is a day of it and of `LEAP`: only what names a year reads alike in them."""


def end_of(field: Field, typed: str) -> str:
    """What a clerk typed as an end of a range, as `Between` has it; "" for nothing.  ParseError."""
    if not typed.strip():
        return ""
    if field.type in DAYS:
        day = parse.parse_date(typed, year=LEAP).value
        if day is None:
            return ""
        named = day == parse.parse_date(typed, year=_OTHER_LEAP).value
        return day.isoformat() if named else f"{day:%m-%d}"
    read = _READERS[field.type](field, typed)
    return plain(Decimal(read)) if read is not None else ""


def _yuan(_: Field, typed: str) -> Decimal | None:
    fen = parse.parse_money(typed).value
    return None if fen is None else Decimal(fen) / FEN_IN_YUAN


_READERS: Mapping[FieldType, Callable[[Field, str], Decimal | int | None]] = MappingProxyType(
    {
        FieldType.INT: lambda field, typed: parse.parse_int(typed, units=accepted_units(field.unit)).value,
        FieldType.DECIMAL: lambda field, typed: (
            parse.parse_decimal(typed, units=accepted_units(field.unit)).value
        ),
        FieldType.MONEY: _yuan,
    }
)

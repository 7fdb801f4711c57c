"""What an input shows after it has been left: the normal form of what was typed, or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain import show
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.domain.kinds import kind_of_field
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.ledger.plain_values import Source, read_plain


@dataclass(frozen=True, slots=True)
class Reading:
    """text: in its normal form, or as typed where it cannot be read.  message: "" if there is nothing to say.

    severity: "error" or "info" (something was assumed).
    """

    text: str
    message: str = ""
    severity: str = "info"


READABLE = NUMERIC | {FieldType.DATE, FieldType.DATETIME, FieldType.BOOL}
"""The types whose text can be read without knowing the ledger."""


def read(field: Field, text: str, year: int | None = None) -> Reading:
    """Read what was typed into a ledger's field of a READABLE type; year: for dates that name none."""
    if not text.strip():
        return Reading("")
    try:
        parsed = read_plain(kind_of_field(field), field, text, Source(year))
    except ParseError as error:
        return Reading(text, str(error), "error")
    if parsed.value is None:
        return Reading("", parsed.assumed)
    fault = _out_of_bounds(field, parsed.value)
    if fault:
        return Reading(text, fault, "error")
    if parsed.approx:
        # 200余 stays as it was typed: the ledger puts 余 into the field 约数.
        return Reading(text.strip(), parsed.assumed)
    return Reading(show.show(field, parsed.value, str), parsed.assumed)


def _out_of_bounds(field: Field, value: Any) -> str:
    if field.type not in NUMERIC:
        return ""
    scale = 100 if field.type is FieldType.MONEY else 1
    if field.minimum is not None and value < field.minimum * scale:
        return f"{field.label}不能小于{field.minimum:,}"
    if field.maximum is not None and value > field.maximum * scale:
        return f"{field.label}不能大于{field.maximum:,}"
    return ""

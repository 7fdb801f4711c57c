"""Values as Chinese text for tables, forms, history and search, the one way everywhere."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType

Naming = Callable[[str], str]
"""From "list:id" to the name it stands for."""


def plain(number: Decimal) -> str:
    """Without exponent and trailing zeros: 76.026, 12500."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(fen: int) -> str:
    """分 as 元 with thousands separators and no trailing zeros: 760,260 or 12.5."""
    whole, rest = divmod(abs(fen), 100)
    cents = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if fen < 0 else ''}{whole:,}{cents}"


def money_words(fen: int) -> str:
    """分 as the bureau writes money: from one 万元 on in 万元, otherwise in 元."""
    if abs(fen) >= 1_000_000:
        return f"{plain(Decimal(fen) / 1_000_000)}万元"
    return f"{plain(Decimal(fen) / 100)}元"


def show(field: Field, value: Any, naming: Naming) -> str:
    """The text of one value; "" for empty.  What it gives is what the parsers take back."""
    if value is None or value == ():
        return ""
    kind = field.type
    if kind is FieldType.INT:
        return f"{value:,}"
    if kind is FieldType.MONEY:
        return yuan(value)
    if kind is FieldType.DECIMAL:
        whole, _, rest = plain(abs(Decimal(value))).partition(".")
        return f"{'-' if value < 0 else ''}{int(whole):,}{'.' + rest if rest else ''}"
    if kind is FieldType.DATE:
        return str(value.isoformat())
    if kind is FieldType.DATETIME:
        return f"{value:%Y-%m-%d %H:%M}"
    if kind is FieldType.BOOL:
        return "是" if value else "否"
    if kind is FieldType.MULTI:
        return "、".join(value)
    if kind is FieldType.REF:
        return naming(value)
    if kind is FieldType.MULTI_REF:
        return "、".join(naming(ref) for ref in value)
    if kind is FieldType.FILES:
        return "\n".join(value)
    return str(value)

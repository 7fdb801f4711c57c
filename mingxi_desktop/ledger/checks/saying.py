"""How the sentences of the checks name places, times, quantities and records."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mingxi_desktop.domain.fields import DECIMAL_SCALE, FieldType, Kind
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.show import money_words, plain

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checks.check import Scope

_MOST = 4
_LONGEST = 18


def place(scope: Scope, at: int | str | None) -> str:
    """The name of an area (its id) or of who receives ("list:id"); "" for none."""
    if at is None:
        return ""
    ref = f"{AREA}:{at}" if isinstance(at, int) else at
    listed, _, number = ref.rpartition(":")
    if listed in scope.store.schema.kinds:
        return scope.ledger.title(listed, int(number))
    entry = scope.store.references.get(ref)
    return entry.name if entry else ""


def day(text: str | datetime.date) -> str:
    """A day, or a text that begins with YYYY-MM-DD, in Chinese: 2024年6月9日."""
    at = datetime.date.fromisoformat(text[:10]) if isinstance(text, str) else text
    return f"{at.year}年{at.month}月{at.day}日"


def amount(kind: Kind, raw: int) -> str:
    """A sum of a kind's quantity, given as the integer it is in the file: 15条, 2万元."""
    field = kind.field(kind.quantity)
    if field.type is FieldType.MONEY:
        return money_words(raw)
    value = Decimal(raw) / DECIMAL_SCALE if field.type is FieldType.DECIMAL else Decimal(raw)
    return f"{plain(value)}{field.unit}"


def numbers(ids: Sequence[int]) -> str:
    """#12、#57; many of them shortened."""
    more = f"等{len(ids)}条" if len(ids) > _MOST else ""
    return "、".join(f"#{number}" for number in ids[:_MOST]) + more


def short(text: str) -> str:
    """A text as far as a sentence has room for it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"

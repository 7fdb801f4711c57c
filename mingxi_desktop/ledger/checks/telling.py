"""What sentences about floods, townships and series of figures share, beside `saying`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from mingxi_desktop.domain import wording
from mingxi_desktop.domain.fields import DECIMAL_SCALE, Field, FieldType
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.event_names import event_label

_MOST = 4


def county(scope: Scope) -> str:
    """The reference of 县直; "" where the list has none."""
    found = scope.store.references.find(AREA, COUNTY_AREA)
    return found.ref if found else ""


def event(scope: Scope, ref: str) -> str:
    """A flood as a sentence names it: 6.9-6.18暴雨洪涝."""
    kind, _, number = ref.rpartition(":")
    return event_label(scope.ledger.get(kind, int(number)).values)


def month_day(at: datetime.date) -> str:
    """6月9日, where the year is known."""
    return wording.printed(f"{at:%Y-%m-%d}", rule="date")


def amount(field: Field, value: int) -> str:
    """A figure as it is in the file, with its unit: 12条, 8.5万元, 3.2公顷."""
    if field.type is FieldType.MONEY:
        return money_words(value)
    number = Decimal(value) / DECIMAL_SCALE if field.type is FieldType.DECIMAL else value
    return f"{wording.plain(number)}{field.unit}"


def some(parts: Sequence[str]) -> str:
    """A list with 、, the first and the last ones where it is long."""
    if len(parts) <= _MOST:
        return "、".join(parts)
    return "、".join((*parts[:2], "……", parts[-1]))

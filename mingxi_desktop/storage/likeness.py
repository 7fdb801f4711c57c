"""Records nearly like one that is being entered: same place, same day or the next, described alike."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.records import Named
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.store import Store

_AROUND = datetime.timedelta(days=1)
_MOST = 200
"""So many records of those days and that place are looked at."""
_SHORTEST = 4
_ALIKE = 0.7
_SIGNS = pattern(r"[^\w]+")
_NUMBER = pattern(r"\d+|[一二三四五六七八九十百]+")


@cache
def described_by(kind: Kind) -> str:
    """The text that tells records of a kind apart; "" for kinds that are told apart by other things."""
    texts = [
        name for name in kind.key if kind.field(name).type is FieldType.TEXT and kind.field(name).required
    ]
    return texts[-1] if texts and {"record_date", "area"} <= set(kind.key) else ""


def near(store: Store, kind: Kind, values: Mapping[str, Any]) -> int | None:
    """The id of a record described nearly alike; None when there is none.

    Of the same unit (被检查的单位) within a day; where no unit is named, of the same township and day: what
    happens in a township on two days running is two things.
    """
    name = described_by(kind)
    text, day = (values.get(name) or "", values.get("record_date")) if name else ("", None)
    if day is None or len(plain(text)) < _SHORTEST:
        return None
    table = store.schema.table[kind.name]
    where, pinned = table.deleted_at.is_null(), False
    for other in kind.key:
        value = values.get(other)
        if kind.field(other).type not in (FieldType.REF, FieldType.CHOICE):
            continue
        if isinstance(value, Named):
            return None
        pinned |= other != "area" and kind.field(other).type is FieldType.REF and value is not None
        where &= table._meta.fields[other].is_null() if value is None else table._meta.fields[other] == value
    first, last = (day - _AROUND, day + _AROUND) if pinned else (day, day)
    where &= table.year.in_({first.year, last.year}) & table.record_date.between(first, last)
    rows = table.select(table.id, table._meta.fields[name]).where(where).order_by(table.id.desc())
    return next((int(row[0]) for row in rows.limit(_MOST).tuples() if alike(text, row[1] or "")), None)


def alike(first: str, second: str) -> bool:
    """Whether two descriptions mean the same thing: nearly the same words, and the same numbers in them."""
    one, other = plain(first), plain(second)
    if min(len(one), len(other)) < _SHORTEST:
        return False
    if one == other:
        return True
    # 1号楼 and 2号楼 are two things however alike the words are.
    numbers, others_numbers = _NUMBER.findall(one), _NUMBER.findall(other)
    if numbers and others_numbers and numbers != others_numbers:
        return False
    pairs, others = _pairs(one), _pairs(other)
    common = sum((pairs & others).values())
    return 2 * common / (pairs.total() + others.total()) >= _ALIKE


def plain(text: str) -> str:
    """The words without blanks and signs."""
    return _SIGNS.sub("", text)


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))

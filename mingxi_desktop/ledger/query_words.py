"""What a query asks for, in words: 乡镇：盖洋镇；月份：6月；搜索“消防”."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.ledger.facade import Ledger

_OF_THE_FILE = {
    "id": "序号", "uid": "标识", "year": "年度", "batch": "导入批次",
    "created_at": "录入时间", "updated_at": "修改时间", "deleted_at": "删除时间",
}  # fmt: skip
_LISTED = (FieldType.MULTI, FieldType.MULTI_REF)


def conditions(ledger: Ledger, query: Query) -> list[str]:
    """One phrase for each condition, without year and order; none for all records of the year."""
    found = ["回收站里的"] if query.trash else []
    found += [
        f"{_label(query, name)}：{_wanted(ledger, query, name, wanted)}" for name, wanted in query.where
    ]
    if query.search.strip():
        found.append(f"搜索“{query.search.strip()}”")
    if query.batch is not None:
        found.append(f"导入批次：{query.batch}")
    if query.ids:
        found.append(f"指定的 {len(query.ids):,} 条")
    return found


def title(query: Query) -> str:
    """The name of a table with these records: 2024年隐患台账."""
    year = f"{query.year}年" if query.year is not None else ""
    return f"{year}{kind_of(query.kind).label}台账"


def _label(query: Query, name: str) -> str:
    kind = kind_of(query.kind)
    wanted = dict(query.where)[name]
    if name == kind.date and isinstance(wanted, Range) and _months(wanted):
        return "月份"
    return kind.field(name).label if kind.has(name) else _OF_THE_FILE.get(name, name)


def _wanted(ledger: Ledger, query: Query, name: str, wanted: Any) -> str:
    if isinstance(wanted, Range):
        return (_months(wanted) if name == kind_of(query.kind).date else "") or _range(
            ledger, query, wanted, name
        )
    return "、".join(_shown(ledger, query, name, value) for value in wanted)


def _shown(ledger: Ledger, query: Query, name: str, value: Any) -> str:
    if value in (None, EMPTY, ""):
        return "（空）"
    field = _field(query, name)
    if field is None:
        return str(value)
    unit = field.unit if field.type in (FieldType.INT, FieldType.DECIMAL, FieldType.MONEY) else ""
    return ledger.show(query.kind, name, (value,) if field.type in _LISTED else value) + unit


def _range(ledger: Ledger, query: Query, wanted: Range, name: str) -> str:
    low, high = (None if end is None else _end(ledger, query, name, end) for end in (wanted.low, wanted.high))
    if low is not None and high is not None:
        return low if low == high else f"{low} 至 {high}"
    if low is not None:
        return f"{low} 起" if _is_day(wanted.low) else f"{low} 及以上"
    if high is not None:
        return f"到 {high} 止" if _is_day(wanted.high) else f"{high} 及以下"
    return "全部"


def _end(ledger: Ledger, query: Query, name: str, end: Any) -> str:
    # A range of days may be asked of a field of moments.
    if _is_day(end) and not isinstance(end, datetime.datetime):
        return str(end.isoformat())
    return _shown(ledger, query, name, end)


def _is_day(value: Any) -> bool:
    return isinstance(value, datetime.date)


def _months(wanted: Range) -> str:
    """6月, 4月至6月, 2023年12月; "" where the range is not made of whole months of one year."""
    low, high = wanted.low, wanted.high
    if not (_is_day(low) and _is_day(high)) or low.year != high.year or low.day != 1:
        return ""
    if high.day != calendar.monthrange(high.year, high.month)[1]:
        return ""
    return f"{low.month}月" if low.month == high.month else f"{low.month}月至{high.month}月"


def _field(query: Query, name: str) -> Field | None:
    kind = kind_of(query.kind)
    return kind.field(name) if kind.has(name) else None

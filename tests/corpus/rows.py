"""The usual hazard sheet: its header, some plain rows, and the records that they must become."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

HEAD = (
    "序号 排查日期 乡镇 单位或地点 隐患内容 隐患等级 发现数量 已整改数量 整改期限 整改完成日期 备注".split()
)
AREAS = "雪峰镇 盖洋镇 胡坊镇 瀚仙镇 城关乡 沙溪乡 夏阳乡 枫溪乡 夏坊乡".split()
_PLACES = "盖洋加油站 实验小学食堂 宏盛木业有限公司 归化公园工地 夏阳乡敬老院 枫溪乡客运站".split()
_FAULTS = "灭火器过期 疏散通道堆放杂物 未建立隐患台账 配电箱未接地 临边防护缺失".split()

Row = list[Any]


def day(month: int, date: int) -> datetime.date:
    """A day of the year that the corpus is about."""
    return datetime.date(2024, month, date)


def line(number: int, **changes: Any) -> Row:
    """A hazard as a row of the usual sheet; `changes` by the header texts."""
    found = day(1 + number * 5 % 12, 1 + number * 7 % 28)
    cells: Row = [
        number,
        found,
        AREAS[number % 9],
        _PLACES[number % 6],
        f"{_FAULTS[number % 5]}（第{number}处）",
        "重大" if number % 7 == 0 else "一般",
        1 + number % 3,
        1,
        found + datetime.timedelta(days=15),
        found + datetime.timedelta(days=10),
        None,
    ]
    for header, value in changes.items():
        cells[HEAD.index(header)] = value
    return cells


def record(row: Row, **changes: Any) -> dict[str, Any]:
    """What such a row must be stored as; `changes` by the field names."""
    names = (
        "record_date area place description level quantity_found quantity_rectified due_date "
        "rectified_date note"
    ).split()
    values = {name: _plain(cell) for name, cell in zip(names, row[1:], strict=True)}
    return values | changes


def lines(count: int = 6, first: int = 1) -> list[Row]:
    """Some plain rows."""
    return [line(number) for number in range(first, first + count)]


def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What plain rows are stored as."""
    return [record(row) for row in rows]


def texts(rows: Sequence[Row]) -> list[list[str]]:
    """The same rows as text, as csv and html have them."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def pick(rows: Sequence[Row], *headers: str) -> list[Row]:
    """Some columns of the rows, in this order."""
    return [[row[HEAD.index(header)] for header in headers] for row in rows]


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, datetime.date) else cell

"""A workbook of hazards of any size, made by code and kept in the temporary folder between runs."""

from __future__ import annotations

import datetime
import random
import tempfile
from pathlib import Path

HEADERS = (
    "序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "隐患等级", "行业领域", "发现数量", "已整改数量",
    "整改责任人", "整改期限", "整改完成日期", "备注",
)  # fmt: skip
TOWNS = ("雪峰镇", "盖洋镇", "胡坊镇", "瀚仙镇", "城关乡", "沙溪乡", "夏阳乡", "枫溪乡", "夏坊乡")
FIELDS = ("消防", "危化品", "工贸")
LEVELS = ("一般", "重大")
_PLACES = 2_000


def book_of(rows: int) -> Path:
    """A workbook with so many hazards of 2,000 enterprises, 13 columns, dates as dates."""
    path = Path(tempfile.gettempdir()) / "mingxi-bench" / f"hazards-{rows}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        part = path.with_suffix(".new")
        _build(part, rows)
        part.rename(path)
    return path


def _build(path: Path, rows: int) -> None:
    import xlsxwriter  # no part of what reads the workbook

    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("隐患")
        day_form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for number in range(1, rows + 1):
            day = datetime.date(2024, 1, 1) + datetime.timedelta(chance.randrange(330))
            place, content = f"企业{chance.randrange(_PLACES)}", f"灭火器过期第{number}处"
            cells = (number, None, chance.choice(TOWNS), place, content, "一般", chance.choice(FIELDS), 1)
            sheet.write_row(number, 0, (*cells, chance.randrange(2), "王某"))
            sheet.write_datetime(number, 1, day, day_form)
            sheet.write_datetime(number, 10, day + datetime.timedelta(15), day_form)

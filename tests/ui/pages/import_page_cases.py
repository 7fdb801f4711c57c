"""Workbooks for the import page, and what a user does on it."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui.importing.columns_table import CHOICE
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, ImportPage

HEADERS = ["检查时间", "乡镇", "单位名称", "隐患描述", "发现数量", "已整改数量", "奇怪的列"]
GOOD = ["2024-06-09", "盖洋镇", "甲厂", "应急照明损坏", 2, 1, "乡里的话"]
BAD = ["2024.6.31", "盖洋镇", "乙厂", "灭火器过期", 1, 0, ""]


def workbook(path: Path, *rows: list, headers: list | None = None, hidden: bool = False) -> Path:
    """A sheet 6月; hidden: and another one with the same headers that is hidden."""
    book = openpyxl.Workbook()
    book.active.title = "6月"
    for row in (headers or HEADERS, *rows):
        book.active.append(row)
    if hidden:
        other = book.create_sheet("旧表")
        for row in (HEADERS, ["2024-06-11", "雪峰镇", "丁厂", "无台账", 1, 0, ""]):
            other.append(row)
        other.sheet_state = "hidden"
    book.save(path)
    book.close()
    return path


def choose(page: ImportPage, place: int, field: str) -> None:
    """As the user does: pick the choice of a column."""
    model = page.columns.table.columns
    offer = next(offer for offer in model.offers if offer.name == field)
    assert model.setData(model.index(place, CHOICE), offer.text)


def hazards(ledger) -> int:
    return ledger.count(Query("hazard"))


def shown(ledger, field: str) -> list[str]:
    return [record.shown[field] for record in ledger.records("hazard", ledger.ids(Query("hazard")))]


def to_check(page: ImportPage, settle, *paths: Path) -> None:
    page.start(list(paths))
    settle()
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    settle()
    assert page.step == CHECK

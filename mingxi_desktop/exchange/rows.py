"""Which rows below a header are data, and which are totals, signatures, notes, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingxi_desktop.domain.names import fold_width, header_key
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.headers import Column, Layout, Role

_SPACE = re.compile(r"\s+")
_TOTAL = re.compile(
    r"(?:本[页月期季年]|全[县年市镇乡]|各项)?(?:合计|总计|小计|共计|总和|累计|汇总)(?:数|栏|[(].*[)])?:?"
)
_SUBTOTAL = re.compile(r"小计|本页")
_SIGNATURE = re.compile(
    r"(?:统计|填报|报送|上报|制表|填表|审核|复核|主管|单位|主要|分管|经办|联系|技术)*"
    r"(?:负责人|人员?|领导|电话|日期|时间|单位|签字|签名|盖章|公章)?(?:[(].*[)])?:"
)
_SIGNATURE_START = re.compile(r"(?:单位|填|制|审|报|复核|经办|联系|统计|主要|分管|主管|负责|签|盖)")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|填报说明|注意|附注|备注说明|要求)\d?:|^[*※★]|^填表说明$")
_UNIT_MARKS = "()（）[]【】"


def plain(cell: Cell) -> str:
    """A cell's text for comparing: half width, no blanks."""
    return _SPACE.sub("", fold_width(cell_text(cell)))


def total_word(row: Row) -> str:
    """The 合计 or 小计 that the row begins with; empty if it is no row of totals."""
    for cell in row[:4]:
        if isinstance(cell, str) and not is_empty(cell):
            text = plain(cell)
            if _TOTAL.fullmatch(text):
                return text
    return ""


def is_subtotal(word: str) -> bool:
    """Whether a row of totals sums only the rows since the one before."""
    return _SUBTOTAL.search(word) is not None


def reason_to_skip(row: Row, layout: Layout, sheet: Sheet, number: int) -> str:
    """Why a row that is no total is no data; empty for data.  number: 0-based row."""
    filled = [cell for cell in row if not is_empty(cell)]
    if not filled:
        return "空行"
    first = plain(filled[0])
    if isinstance(filled[0], str):
        if _NOTE.match(first):
            return "说明行"
        if _SIGNATURE_START.match(first) and _SIGNATURE.match(first):
            return "落款行"
    if _is_header_again(row, layout):
        return "重复的表头"
    if _only_units(filled):
        return "单位行"
    if len(filled) == 1:
        return _lonely(filled[0], row, layout, sheet, number)
    if not _mapped(row, layout.columns):
        return "对应的列都是空的"
    return ""


def _is_header_again(row: Row, layout: Layout) -> bool:
    texts = [(column, row[column.index]) for column in layout.columns if column.index < len(row)]
    filled = [(column, cell) for column, cell in texts if not is_empty(cell)]
    if len(filled) < 2:
        return False
    same = sum(
        1
        for column, cell in filled
        if isinstance(cell, str) and header_key(cell)[0] == header_key(column.header)[0]
    )
    return same >= 2 and same * 2 > len(filled)


def _only_units(filled: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) and is_unit(plain(cell).strip(_UNIT_MARKS)) for cell in filled)


def _lonely(cell: Cell, row: Row, layout: Layout, sheet: Sheet, number: int) -> str:
    """A row with one filled cell: a running number waiting for data, a heading across the table."""
    place = next(index for index, other in enumerate(row) if not is_empty(other))
    for column in layout.columns:
        if column.index == place and column.role is Role.NUMBER and not isinstance(cell, str):
            return "只有序号，没有内容"
        if column.index == place and column.role is Role.NUMBER and plain(cell).isdigit():
            return "只有序号，没有内容"
    across = any(
        area.top <= number <= area.bottom and area.left <= place and area.right - area.left >= 2
        for area in sheet.merged
    )
    return "小标题行" if isinstance(cell, str) and across else ""


def _mapped(row: Row, columns: Sequence[Column]) -> bool:
    return any(
        column.role in (Role.FIELD, Role.PARENT)
        and column.index < len(row)
        and not is_empty(row[column.index])
        for column in columns
    )

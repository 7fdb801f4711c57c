"""Which rows below a header are data, and which are totals, signatures, notes, headings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import cast

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.exchange.cells import Cell, Row, is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Layout, Role
from mingxi_desktop.exchange.recognising.number_rows import is_number_row, plain
from mingxi_desktop.patterns import pattern

_TOTAL = pattern(
    r"(?:本[页月期季年]|全[县年市镇乡]|各项|[\u4e00-\u9fff]{0,8})?"
    r"(?:合计|总计|小计|共计|总和|累计|汇总|总数)(?:数|栏|[(].*[)])?[::]?|计"
    r"|[\d至到-]{1,5}月(?:份)?(?:累计|合计|小计)|(?:本[页表]|全[县年镇乡])?(?:共计|合计|共)\d+[\u4e00-\u9fff]{1,6}"
)
_MAY_BE_TOTAL = pattern("[计总]")
_SUBTOTAL = pattern(r"小计|本页")
_RUNNING = pattern(r"累计|汇总")
_SIGNATURE = pattern(
    r"(?:统计|填报|报送|上报|制表|填表|审核|复核|主管|单位|主要|分管|经办|联系|技术|科室|部门|局)*"
    r"(?:(?:负责人|领导|人员?|电话|日期|时间|单位|签字|签名|盖章|公章|签章|意见)*)(?:[(].*[)])?"
)
_SIGNATURE_START = pattern(
    r"(?:单位|填|制表|审|报|复核|经办|联系|统计|主要|分管|主管|负责|签|盖|科室|部门|局)"
)
_ENDS_ASKING = pattern(
    r"(?:负责人|领导|人|员|电话|日期|时间|单位|签字|签名|盖章|公章|签章|意见)(?:[(].*[)])?:?$"
)
_LABEL = pattern(r"[\u4e00-\u9fff]{2,8}:")
_NOTE = pattern(
    r"^(?:备?注|说明)$|(?:备?注|说明|填表说明|填报说明|注意(?:事项)?|附注|备注说明|要求)\d?[::]|^[*※★]|^填表说明$|^备注$"
)
_COMPARED = pattern(
    r"(?:上月|上期|上年|去年|同期|上季|前[一年月期])[^、，,]{0,6}数?|(?:同比|环比|比上[年月期]|较上[年月期]|增减)[^、，,]{0,8}"
)
_EXAMPLE = pattern(r"(?:示例|样例|例|填写示例|例如)\d?[::]?")
_STARS = tuple("*※★")
_UNIT_MARKS = "()（）[]【】"
_OPENING = 2
_LONGEST = 40
"""Characters of a header; in a row that repeats the header no cell is longer."""


def word_columns(columns: Iterable[Column]) -> frozenset[int]:
    """Places of the columns whose words (累计) may look like those of a total."""
    return frozenset(
        column.index
        for column in columns
        if column.role is Role.FIELD and column.target and column.target.field.type is FieldType.CHOICE
    )


def total_word(row: Row, words: Collection[int]) -> str:
    """The 合计 or 小计 that the row begins with; empty if it is no row of totals.  words: `word_columns`."""
    seen = 0
    for place, cell in enumerate(row):
        if type(cell) is str and (cell[:1].isalnum() or not is_empty(cell)):
            text = plain(cell) if len(cell) <= _LONGEST and _MAY_BE_TOTAL.search(cell) else ""
            if text and _TOTAL.fullmatch(text) and not (place in words and _RUNNING.search(text)):
                return text
            seen += 1
            if seen == _OPENING:
                break
    return ""


def is_total(text: str) -> bool:
    """Whether a row that begins with the text is one of totals, if the text's column does not say otherwise."""
    return may_be_total(text) and len(text) <= _LONGEST and _TOTAL.fullmatch(plain(text)) is not None


def may_be_total(text: str) -> bool:
    """Whether a text, or one of those that it is put together from, may be that of a total."""
    return "计" in text or "总" in text


def may_stand_first(text: str) -> bool:
    """Whether a row whose first cell is the text may be a signature, a note, a line of units or an example."""
    first = plain(text)
    return (
        is_unit(first.strip(_UNIT_MARKS))
        or _SIGNATURE_START.match(first) is not None
        or _LABEL.fullmatch(first) is not None
        or _NOTE.match(first) is not None
        or _COMPARED.fullmatch(first) is not None
        or _EXAMPLE.fullmatch(first) is not None
    )


def header_keys(layout: Layout) -> frozenset[str]:
    """What the cells of a row say that repeats the header, as `repeats_header` compares it."""
    return frozenset().union(*map(_heads, layout.columns))


def repeats_header(text: str, keys: Collection[str]) -> bool:
    """Whether the text is one of the header's.  keys: its `header_keys`."""
    return len(text) <= _LONGEST and _key(text) in keys


def is_subtotal(word: str) -> bool:
    """Whether a row of totals sums only the rows since the one before."""
    return _SUBTOTAL.search(word) is not None


def is_apart(filled: Sequence[Cell]) -> bool:
    """Whether the filled cells of a row are a total, a signature or a note, which belong to the table above."""
    return bool(total_word(list(filled), ())) or bool(_apart(filled))


def filled_cells(row: Row) -> list[Cell]:
    """The cells that are neither empty nor blanks alone, from the left."""
    return [
        cell
        for cell in row
        if cell is not None and (type(cell) is not str or cell[:1].isalnum() or not is_empty(cell))
    ]


def reason_to_skip(
    row: Row, layout: Layout, *, first: bool = False, filled: Sequence[Cell] | None = None
) -> str:
    """Why a row that is no total is no data; empty for data.

    first: whether the header is right above.  filled: its `filled_cells`, where they are known.
    """
    if filled is None:
        filled = filled_cells(row)
    if not filled:
        return "空行"
    reason = _apart(filled)
    if reason:
        return reason
    if _is_header_again(row, layout):
        return "重复的表头"
    if _only_units(filled):
        return "单位行"
    if first and is_number_row(filled):
        return "栏号行"
    if isinstance(filled[0], str) and _COMPARED.fullmatch(plain(filled[0])):
        return "上期或去年的数"
    if isinstance(filled[0], str) and _EXAMPLE.fullmatch(plain(filled[0])):
        return "示例行"
    if len(filled) == 1:
        return _only_number(row, layout)
    if not _mapped(row, layout.columns):
        return "对应的列都是空的"
    return ""


def _apart(filled: Sequence[Cell]) -> str:
    if not isinstance(filled[0], str):
        return ""
    first = plain(filled[0])
    if _NOTE.match(first) and (len(first) > _OPENING or len(filled) <= _OPENING) and not _is_starred(filled):
        return "说明行"
    if _LABEL.fullmatch(first):
        return "落款行"
    if not _SIGNATURE_START.match(first):
        return ""
    found = _SIGNATURE.match(first)
    if found is None:
        return ""
    alone = found.end() == len(first) and bool(_ENDS_ASKING.search(first)) and _is_signed(filled)
    return "落款行" if alone or first[found.end() :][:1] == ":" else ""


def _is_starred(filled: Sequence[Cell]) -> bool:
    """Whether a row of data has a star at its name, which a note below explains: *盖洋镇 12."""
    if len(filled) < _OPENING or plain(filled[0])[:1] not in _STARS:
        return False
    return len(filled) > _OPENING or not isinstance(filled[1], str) or plain(filled[1]).isdecimal()


def _is_signed(filled: Sequence[Cell]) -> bool:
    """Whether a row that begins with 填表人 has but names, dates and further such words."""
    texts = [plain(cell) for cell in filled]
    asked = sum(1 for text in texts if _SIGNATURE.fullmatch(text.rstrip(":")) and _ENDS_ASKING.search(text))
    return asked > 1 or len(texts) == _OPENING


def lonely_text(row: Row) -> str:
    """The text of a row that holds nothing else; empty for other rows."""
    filled = filled_cells(row)
    return filled[0].strip() if len(filled) == 1 and isinstance(filled[0], str) else ""


def _is_header_again(row: Row, layout: Layout) -> bool:
    for column in layout.columns:
        if column.index < len(row) and not isinstance(row[column.index], str | None):
            return False
    filled = [
        (column, row[column.index])
        for column in layout.columns
        if column.index < len(row) and not is_empty(row[column.index])
    ]
    if len(filled) < _OPENING or not all(
        isinstance(cell, str) and len(cell) <= _LONGEST for _, cell in filled
    ):
        return False
    same = sum(1 for column, cell in filled if _key(cast("str", cell)) in _heads(column))
    return same >= _OPENING and same * 2 > len(filled)


@lru_cache(maxsize=4096)
def _heads(column: Column) -> frozenset[str]:
    return frozenset(header_key(text)[0] for text in (column.header, *column.parts))


@lru_cache(maxsize=65_536)
def _key(text: str) -> str:
    return header_key(text)[0]


def _only_units(filled: Sequence[Cell]) -> bool:
    return isinstance(filled[0], str) and all(
        isinstance(cell, str) and is_unit(plain(cell).strip(_UNIT_MARKS)) for cell in filled
    )


def _only_number(row: Row, layout: Layout) -> str:
    """A row with one filled cell: a running number waiting for data."""
    place, cell = next((place, cell) for place, cell in enumerate(row) if not is_empty(cell))
    numbered = any(column.index == place and column.role is Role.NUMBER for column in layout.columns)
    return "只有序号，没有内容" if numbered and (not isinstance(cell, str) or plain(cell).isdigit()) else ""


def _mapped(row: Row, columns: Iterable[Column]) -> bool:
    for column in columns:
        place = column.index
        if column.role in (Role.FIELD, Role.PARENT) and place < len(row) and not is_empty(row[place]):
            return True
    return False

"""Empty import templates: headers with units, required ones marked, drop-downs, notes, instructions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.exchange.recognising.targets import (
    NUMBER_HEADER,
    PARENT_HEADER,
    importable,
    inline_child,
    line_label,
    own_fields,
    sheet_children,
)
from mingxi_desktop.exchange.writing.files import finished
from mingxi_desktop.exchange.writing.grid import header_of, sheet_name
from mingxi_desktop.exchange.writing.write import base_format, checked, header_format, new_book, title_format
from mingxi_desktop.texts import wide_len

CHOICES_SHEET = "_选项"
GUIDE_SHEET = "填写说明"
_ROWS = 1000
_LISTED = 12

_HOW = {
    FieldType.INT: "填整数",
    FieldType.DECIMAL: "填数，最多4位小数",
    FieldType.MONEY: "填金额，单位元，最多到分",
    FieldType.DATE: "填日期，如 2024-06-09",
    FieldType.DATETIME: "填日期和时刻，如 2024-06-09 08:00",
    FieldType.BOOL: "填“是”或“否”",
    FieldType.MULTI: "可填多项，用顿号隔开",
    FieldType.MULTI_REF: "可填多个，用顿号隔开",
}
_GENERAL = (
    "一行填一条，不要合并单元格；表头不要改动，标*的必须填写。",
    "没有的填0，还不知道的空着：空着表示没有报，不当作0。",
    "不要填合计行；日期写全年、月、日；金额的单位是元。",
    "填好后在“导入”里选这个文件，有错的格会标出来，改正后再导入即可。",
)

Words = Mapping[str, Sequence[str]]
"""Field name → words of its drop-down; of a line's field with the child's name and a dot before it."""


def write_template(path: Path, kind: Kind, words: Words, bureau: str = "") -> None:
    """Write the template of a ledger.  UserError when the file cannot be written."""
    with finished(path) as part, new_book(part) as book:
        lists = _Lists(book, words)
        _add_sheet(book, kind, _columns(kind), NUMBER_HEADER, lists)
        for child in sheet_children(kind):
            _add_sheet(
                book, child, [(item, item.label, name) for item, name in _own(child)], PARENT_HEADER, lists
            )
        _add_guide(book, kind, words, bureau)
        lists.write()
        book.worksheets()[0].activate()


Columns = Sequence[tuple[Field, str, str]]


def _columns(kind: Kind) -> list[tuple[Field, str, str]]:
    """(field, label, name for its words) of the ledger's sheet; what the program fills by itself is left out."""
    found = [
        (item, item.label, item.name)
        for item in kind.fields
        if importable(item) and item.name != kind.code_field and (item.column or not item.auto)
    ]
    child = inline_child(kind)
    if child is not None:
        found += [(item, line_label(kind, item), name) for item, name in _own(child)]
    return found


def _own(child: Kind) -> list[tuple[Field, str]]:
    """(field, name for its words) of what a child table has of its own."""
    return [(item, f"{child.name}.{item.name}") for item in own_fields(child) if importable(item)]


class _Lists:
    """The hidden sheet that drop-downs take their words from."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book = book
        self._words = words
        self._used: dict[tuple[str, ...], int] = {}

    def source(self, name: str) -> str:
        """The range of a field's words; "" if it has none."""
        words = tuple(self._words.get(name, ()))
        if not words:
            return ""
        column = self._used.setdefault(words, len(self._used))
        from xlsxwriter.utility import xl_col_to_name

        letter = xl_col_to_name(column, col_abs=True)
        return f"='{CHOICES_SHEET}'!{letter}$1:{letter}${len(words)}"

    def write(self) -> None:
        """Add the sheet, once all drop-downs are known."""
        sheet = self._book.add_worksheet(CHOICES_SHEET)
        for words, column in self._used.items():
            for row, word in enumerate(words):
                checked(sheet.write_string(row, column, word), CHOICES_SHEET)
        sheet.very_hidden()


def _add_sheet(book: Any, kind: Kind, columns: Columns, first: str, lists: _Lists) -> None:
    sheet = book.add_worksheet(sheet_name(kind.label))
    plain = book.add_format(header_format())
    required = book.add_format(header_format(font_color="#C00000"))
    sheet.set_row(0, 32)
    checked(sheet.write_string(0, 0, first, plain), "表头")
    sheet.set_column(0, 0, wide_len(first) + 2)
    for index, (item, label, name) in enumerate(columns, 1):
        header = header_of(item, label, mark_required=True)
        checked(sheet.write_string(0, index, header, required if header.startswith("*") else plain), "表头")
        sheet.set_column(
            index, index, max(item.width, wide_len(header) + 2), book.add_format(_column_format(item))
        )
        sheet.write_comment(0, index, _note(item), {"x_scale": 1.6, "author": "", "font_size": 10})
        _validate(sheet, index, item, lists.source(name))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _column_format(item: Field) -> dict[str, Any]:
    forms = {
        FieldType.DATE: "yyyy-mm-dd",
        FieldType.DATETIME: "yyyy-mm-dd hh:mm",
        FieldType.INT: "0",
        FieldType.DECIMAL: "General",
        FieldType.MONEY: "#,##0.00",
    }
    properties = base_format(num_format=forms.get(item.type, "@"), text_wrap=item.long)
    return {**properties, "border": 0}


def _note(item: Field) -> str:
    need = "必填" if item.required and item.default is None and not item.auto else "可不填"
    if item.default is not None:
        need = f"不填按“{_default(item)}”"
    parts = [need, _HOW.get(item.type, ""), item.help]
    return "；".join(part for part in parts if part) + "。"


def _default(item: Field) -> str:
    if isinstance(item.default, bool):
        return "是" if item.default else "否"
    return str(item.default)


def _validate(sheet: Any, index: int, item: Field, source: str) -> None:
    """A drop-down or a range for a column.  Words that are not in a list are pointed out, not refused."""
    if item.type is FieldType.BOOL:
        rule: dict[str, Any] = {"validate": "list", "source": ["是", "否"]}
    elif source:
        several = item.type in (FieldType.MULTI, FieldType.MULTI_REF)
        rule = {"validate": "list", "source": source, "error_type": "information" if several else "warning"}
    elif item.type is FieldType.DATE:
        first, last = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_type": "warning",
        }
    elif item.type is FieldType.INT:
        rule = {"validate": "integer", "criteria": ">=", "value": item.minimum or 0, "error_type": "warning"}
    else:
        return
    rule |= {"error_title": "请核对", "error_message": _note(item)[:255]}
    checked(sheet.data_validation(1, index, _ROWS, index, rule), item.label)


def _add_guide(book: Any, kind: Kind, words: Words, bureau: str) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    title, head = book.add_format(title_format()), book.add_format(header_format())
    text = book.add_format(base_format(text_wrap=True))
    plain = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, 2, f"{bureau}{kind.label}导入模板{GUIDE_SHEET}", title)
    sheet.set_row(0, 30)
    lines = [kind.help, *_GENERAL]
    children = sheet_children(kind)
    if children:
        names = "、".join(f"“{child.label}”" for child in children)
        lines.append(f"{names}在另外的工作表里填，“{PARENT_HEADER}”写主表的序号。")
    row = 1
    for number, line in enumerate(filter(None, lines), 1):
        sheet.merge_range(row, 0, row, 2, f"{number}．{line}", plain)
        row += 1
    for column, header in enumerate(("栏目", "怎样填", "可选的词")):
        checked(sheet.write_string(row, column, header, head), GUIDE_SHEET)
    for item, label, name in _columns(kind):
        row += 1
        some = list(words.get(name, ()))
        listed = "、".join(some[:_LISTED]) + (f"等{len(some)}项" if len(some) > _LISTED else "")
        for column, value in enumerate((label, _note(item), listed)):
            checked(sheet.write_string(row, column, value, text), GUIDE_SHEET)
    for column, width in enumerate((18, 60, 60)):
        sheet.set_column(column, column, width)

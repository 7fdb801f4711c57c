"""What there is to say of a table's columns: those that are not taken in, formulas, hidden rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingxi_desktop.exchange.cells import Row, Sheet, is_empty
from mingxi_desktop.exchange.recognising.layout import Layout, Role, describe
from mingxi_desktop.exchange.recognising.meaning_text import family
from mingxi_desktop.exchange.recognising.plan_row import Notice

_LISTED = 8


def about_columns(
    sheet: Sheet, layout: Layout, data: Mapping[int, Row], *, personal: bool
) -> Iterator[Notice]:
    """Columns with content that are not taken in."""
    rows = list(data.values())
    width = max(map(len, rows), default=0)
    filled = {
        index for index in range(width) if any(index < len(row) and not is_empty(row[index]) for row in rows)
    }
    wide = layout.kind == "supply_movement" and any(
        column.target and dict(column.target.sets).get("item") for column in layout.columns
    )
    ours = any(column.role is Role.UID for column in layout.columns)
    for column in layout.columns:
        if column.index not in filled:
            continue
        if column.role is Role.SECOND and column.target:
            text = f"列{describe(column)}也像“{column.target.field.label}”，没有用，用了另一列"
            yield Notice("W_COLUMN_SECOND", text, 0, column.header)
        elif column.role is Role.COMPUTED and column.target and not ours:
            text = f"列{describe(column)}的“{column.target.field.label}”由程序填写，没有导入"
            yield Notice("W_COLUMN_COMPUTED", text, 0, column.header)
        elif column.role is Role.EARLIER:
            text = f"列{describe(column)}是去年的数，没有导入；要作比较请登记去年的期初数"
            yield Notice("W_EARLIER_YEAR", text, 0, column.header)
        elif column.role is Role.PERSONAL:
            done = "按您的选择写进了备注" if personal else "没有导入；确实需要请在导入时勾选"
            text = f"列{describe(column)}是个人信息，{done}"
            yield Notice("W_PERSONAL", text, 0, column.header)
        elif column.role is Role.UNKNOWN:
            text = f"列{describe(column)}不是这本台账的内容，没有导入；要导入请指定它对应的字段"
            if wide and column.unit and family(column.unit) == "things":
                text = f"列{describe(column)}像是物资，名单里没有，没有导入；要导入请先在名单里新增这种物资"
            yield Notice("W_COLUMN_IGNORED", text, 0, column.header)
    bare = filled - {column.index for column in layout.columns}
    if bare:
        yield Notice("W_COLUMN_IGNORED", f"有{len(bare)}列有内容但没有表头，没有导入")
    if sheet.formulas:
        yield Notice("W_FORMULA", f"有{sheet.formulas}个单元格是公式，按表里算好的值导入")


def about_hidden(sheet: Sheet, layout: Layout, data: Mapping[int, Row]) -> Iterator[Notice]:
    """Hidden rows and columns are data, and pointed out."""
    rows = [number for number in data if number - 1 in sheet.hidden_rows]
    if rows:
        listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
        yield Notice("W_HIDDEN", f"第{listed}行是隐藏的行，也一并导入，请核对")
    if any(column.role is Role.UID for column in layout.columns):
        return
    for column in layout.columns:
        if column.role is Role.FIELD and column.index in sheet.hidden_columns:
            yield Notice("W_HIDDEN", f"列{describe(column)}是隐藏的列，也一并导入，请核对", 0, column.header)

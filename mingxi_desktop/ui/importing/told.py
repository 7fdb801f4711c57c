"""A table in a few words: its name, what was understood, what is unclear, and all tables in one sentence."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import attrgetter

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.exchange.cells import is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.ledger.intake.result import DOUBT_CODES, Doubt, Preview, SheetPreview
from mingxi_desktop.ui.importing.digest import (
    BLANK,
    DOUBTS,
    IGNORED,
    ignored,
    passed_over,
    short,
)

NO_LEDGER = "没有找到合适的台账"
UNTICKED = "没有打勾，不导入"
_NO_TABLE = "不是表格，没有读"
REMEMBERED = "W_REMEMBERED"
_CHOOSE_LEDGER = f"{NO_LEDGER}；要导入请在第 2 步选台账和表头所在的行，不要的不用管"
_LOOKED_AT = 200
_DOUBT = attrgetter("doubt")
_REFUSED = {"E_DUPLICATE_HEADERS": "有相同的表头，分不清各是什么：请给这几列选字段，用不着的选“不导入”"}


def ledger_of(sheet: SheetPreview) -> str:
    """Chinese name of the ledger a table is for; "" when none was found."""
    return kind_of(sheet.kind).label if sheet.kind else ""


def table_name(sheet: SheetPreview) -> str:
    """The sheet; with the place of the table if it is not the first."""
    name = sheet.sheet or "—"
    return f"{name}（第{sheet.table + 1}张表）" if sheet.table else name


def sheet_name(sheet: SheetPreview) -> str:
    """表名 / 台账, as far as there are any."""
    return " / ".join(filter(None, (table_name(sheet) if sheet.sheet else "", ledger_of(sheet)))) or "—"


def title(sheet: SheetPreview) -> str:
    """盖洋镇.xlsx · 6月."""
    return f"{sheet.path.name} · {table_name(sheet)}" if sheet.sheet else sheet.path.name


def fault(sheet: SheetPreview) -> str:
    """Why the table or file was not read at all; "" if it was."""
    found = next((item for item in sheet.rejected if item.row == 0), None)
    if found is None:
        return "" if sheet.kind else _CHOOSE_LEDGER if tabular(sheet) else _NO_TABLE
    if found.code == "E_NO_HEADER" and sheet.cells is not None:
        return _CHOOSE_LEDGER
    return _REFUSED.get(found.code) or short(sheet, found.message)


def tabular(sheet: SheetPreview) -> bool:
    """Whether rows of several cells stand one below the other, as they do not in an explanation."""
    rows = sheet.cells.rows[:_LOOKED_AT] if sheet.cells is not None else []
    return sum(1 for cells in rows if sum(not is_empty(cell) for cell in cells) > 1) > 1


def remark(sheet: SheetPreview) -> str:
    """The table in a few words, for the list of tables."""
    said = fault(sheet)
    if said:
        return said
    parts = [UNTICKED] if not sheet.taken else []
    wrong, doubts = len(sheet.rejected), Counter(map(_DOUBT, sheet.doubtful))
    assumed = sum(1 for notice in sheet.warnings if notice.row and notice.code not in DOUBT_CODES)
    if wrong:
        parts.append(f"{wrong:,} 处有错")
    parts += [f"{doubts[doubt]:,} 条{DOUBTS[doubt]}" for doubt in Doubt if doubts[doubt]]
    if assumed:
        parts.append(f"{assumed:,} 处按推断，请核对")
    several = ignored(sheet)
    parts += [several] if several else []
    whole = [item for item in sheet.warnings if not item.row and not (several and item.code == IGNORED)]
    parts += list(dict.fromkeys(short(sheet, notice.message) for notice in whole))
    return "；".join(parts) or ("全部识别" if sheet.read else "表头下面没有数据")


def summary(found: Preview) -> str:
    """All tables in one sentence."""
    files = len({sheet.path for sheet in found.sheets})
    sheets = [sheet for sheet in found.sheets if sheet.taken and sheet.kind and not fault(sheet)]
    unread = sum(1 for sheet in found.sheets if sheet.taken and fault(sheet))
    wrong = sum(len(sheet.rejected) for sheet in sheets)
    doubts = Counter(chain.from_iterable(map(_DOUBT, sheet.doubtful) for sheet in sheets))
    skipped = sum(1 for sheet in sheets for item in passed_over(sheet) if item.reason != BLANK)
    parts = [f"{found.ready:,} 条可导入"]
    if wrong:
        parts.append(f"{wrong:,} 处有错")
    parts += [f"{doubts[doubt]:,} 条{DOUBTS[doubt]}" for doubt in Doubt if doubts[doubt]]
    if skipped:
        parts.append(f"合计、说明等 {skipped:,} 行已跳过")
    if unread:
        parts.append(f"{unread:,} 张没读成")
    return f"{files:,} 个文件，{len(sheets):,} 张表：{'，'.join(parts)}"


def meaning(column: Column) -> str:
    """What a column was understood to be: 发现数（重大）; "" if it is not taken in."""
    if column.role is not Role.FIELD or column.target is None:
        return ""
    label = column.target.label
    words = "，".join(word for _, word in column.facets)
    return f"{label}（{words}）" if words else label


def header_text(column: Column) -> str:
    """检查时间 → 日期; a column that is not taken in is said to be so."""
    meant = meaning(column)
    if meant:
        return column.header if meant == column.header else f"{column.header} → {meant}"
    return column.header if column.role is Role.NUMBER else f"{column.header}（不导入）"


def lacking(sheet: SheetPreview) -> list[Field]:
    """The required fields that no column of the table fills, nor the title or the like.

    Where rows could be read without a field (totals need no description), it is not lacking.
    """
    if not sheet.kind:
        return []
    refused = {found.field for found in sheet.rejected if found.row}
    read = bool(sheet.rows or sheet.doubtful)
    filled = {
        column.target.field.name
        for column in sheet.columns
        if column.role is Role.FIELD and column.target and not column.target.child
    } | {name for column in sheet.columns if column.role is Role.FIELD for name, _ in column.facets}
    kind = kind_of(sheet.kind)
    return [
        field
        for field in kind.fields
        if field.required and field.default is None and not field.auto and field.editable
        and field.name not in filled and field.name not in sheet.values and field.name != kind.parent
        and (not read or field.name in refused)
    ]  # fmt: skip


def unknown(sheet: SheetPreview) -> list[Column]:
    """The columns that nobody could make sense of."""
    return [column for column in sheet.columns if column.role is Role.UNKNOWN]


def remembered(sheet: SheetPreview) -> str:
    """What is said when the columns are as the user once corrected them; "" if they are not."""
    found = (notice for notice in sheet.warnings if notice.code == REMEMBERED)
    return next((short(sheet, notice.message) for notice in found), "")


def unclear(sheet: SheetPreview, take: bool | None = None) -> str:
    """What the user should look at in the second step; "" if there is nothing, or if the table is left out.

    take: whether it is to come in, where the user has said so.
    """
    if fault(sheet):
        if sheet.cells is not None and not sheet.rejected and not tabular(sheet):
            return ""
        return "没读" if sheet.cells is None else "要选台账" if not sheet.kind else "要看"
    if not (sheet.taken if take is None else take):
        return ""
    fields = [field.label for field in lacking(sheet)]
    parts = (
        [f"缺{'、'.join(fields)}" if len(fields) < 3 else f"缺{fields[0]}等 {len(fields)} 项"]
        if fields
        else []
    )
    count = len(unknown(sheet))
    return "、".join([*parts, *([f"{count} 列不认得"] if count else [])])

"""What is said of a sheet that was read: its messages cell by cell, and itself in a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.exchange.headers import Column, Role
from mingxi_desktop.ledger.importing import Preview, SheetPreview

ERROR, HINT, SKIP = "错误", "提示", "跳过"
SIGNS = {ERROR: "▲", HINT: "○", SKIP: "·"}
ROLES = {ERROR: "error", HINT: "warning", SKIP: "muted"}
_PLACE = re.compile(r"^(?:工作表“[^”]*”)?(?:第\d+行)?(?:“[^”]*”（[A-Z]+\d+）)?：")
_REFUSED = {"E_DUPLICATE_HEADERS": "有相同的表头，分不清各是什么：请在“对应列”里选，用不着的选“不导入”"}
_TOLD_BY_SKIP = frozenset({"W_DUP_IN_DB", "W_DUP_IN_FILE", "W_CHANGED"})
_BLANK = "空行"
_KNOWN = ("已有", "重复")
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Message:
    """One message.  row: 1-based, 0 for the sheet.  index: 0-based column, -1 for the row as a whole."""

    severity: str
    row: int
    index: int
    column: str
    value: str
    text: str


def messages(sheet: SheetPreview) -> list[Message]:
    """Everything there is to say, faults first, then what was assumed, then what was left out."""
    found = [
        Message(ERROR, fault.row, fault.index, fault.column, fault.value, _short(sheet, fault.message))
        for fault in sheet.rejected
    ]
    places = {column.header: column.index for column in reversed(sheet.columns)}
    changed = {notice.row for notice in sheet.warnings if notice.code == "W_CHANGED"}
    hints = [
        Message(
            HINT, notice.row, places.get(notice.column, -1), notice.column,
            _cell(sheet, notice.row, places.get(notice.column, -1)), _short(sheet, notice.message),
        )
        for notice in sheet.warnings
        if notice.code not in _TOLD_BY_SKIP
    ]  # fmt: skip
    hints += [
        Message(HINT, item.row, -1, "", "", item.reason) for item in sheet.skipped if item.row in changed
    ]
    left = [
        Message(SKIP, item.row, -1, "", "", item.reason)
        for item in sheet.skipped
        if item.reason != _BLANK and item.row not in changed
    ]
    blank = [item.row for item in sheet.skipped if item.reason == _BLANK]
    if blank:
        left.append(Message(SKIP, blank[0], -1, "", "", _blank_text(blank)))
    for part in (found, hints, left):
        part.sort(key=lambda message: (message.row, message.index))
    return [*found, *hints, *left]


def remark(sheet: SheetPreview) -> str:
    """The sheet in a few words, for the list of sheets."""
    if sheet.refused:
        fault = next(fault for fault in sheet.rejected if fault.row == 0)
        return _REFUSED.get(fault.code) or _short(sheet, fault.message)
    known = sum(any(word in item.reason for word in _KNOWN) for item in sheet.skipped)
    cells = sum(1 for notice in sheet.warnings if notice.row and notice.code not in _TOLD_BY_SKIP)
    parts = []
    if sheet.rejected:
        parts.append(f"{len(sheet.rejected):,} 处有错")
    if known:
        parts.append(f"{known:,} 条已有或重复，跳过")
    if cells:
        parts.append(f"{cells:,} 处按推断，请核对")
    parts += [_short(sheet, notice.message) for notice in sheet.warnings if not notice.row]
    if sheet.header_row > 1:
        parts.append(f"表头在第 {sheet.header_row} 行")
    return "；".join(parts) or "全部识别"


def summary(found: Preview) -> str:
    """All sheets in one sentence."""
    files = len({sheet.path for sheet in found.sheets})
    sheets = sum(1 for sheet in found.sheets if not sheet.refused)
    reasons = [item.reason for sheet in found.sheets for item in sheet.skipped if item.reason != _BLANK]
    known = sum(any(word in reason for word in _KNOWN) for reason in reasons)
    parts = [f"{found.ready:,} 条可导入"]
    if found.rejected:
        parts.append(f"{len(found.rejected):,} 处有错")
    if known:
        parts.append(f"{known:,} 条与已有记录相同")
    if len(reasons) > known:
        parts.append(f"合计、说明等 {len(reasons) - known:,} 行已跳过")
    return f"{files:,} 个文件，{sheets:,} 张表：{'，'.join(parts)}"


def sheet_name(sheet: SheetPreview) -> str:
    """表名 / 台账."""
    return f"{sheet.sheet or '—'} / {kind_of(sheet.kind).label}"


def header_text(column: Column) -> str:
    """检查时间 → 日期; a column that is not taken in is said to be so."""
    if column.role is Role.FIELD and column.target:
        meant = column.target.item or column.target.field.label
        return column.header if meant == column.header else f"{column.header} → {meant}"
    return column.header if column.role is Role.NUMBER else f"{column.header}（不导入）"


def missing(sheet: SheetPreview) -> list[str]:
    """Labels of the required fields that no column of the sheet fills."""
    filled = {
        column.target.field.name for column in sheet.columns if column.role is Role.FIELD and column.target
    }
    kind = kind_of(sheet.kind)
    return [
        field.label
        for field in kind.fields
        if field.required and field.default is None and not field.auto and field.editable
        and field.name not in filled and field.name != kind.parent
    ]  # fmt: skip


def unknown(sheet: SheetPreview) -> list[Column]:
    """The columns that nobody could make sense of."""
    return [column for column in sheet.columns if column.role is Role.UNKNOWN]


def _short(sheet: SheetPreview, text: str) -> str:
    """Without the place, which stands in columns of its own."""
    shown = _PLACE.sub("", text, count=1)
    if shown != text:
        return shown
    return (
        text.removeprefix(f"{sheet.path.name}：")
        .removeprefix(f"{sheet.path.name}里")
        .removeprefix(f"工作表“{sheet.sheet}”")
    )


def _cell(sheet: SheetPreview, row: int, index: int) -> str:
    from mingxi_desktop.exchange.cells import shown

    if sheet.cells is None or not row or index < 0 or row > len(sheet.cells.rows):
        return ""
    cells = sheet.cells.rows[row - 1]
    return shown(cells[index]) if index < len(cells) else ""


def _blank_text(rows: Sequence[int]) -> str:
    listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
    return f"第 {listed} 行是空行"

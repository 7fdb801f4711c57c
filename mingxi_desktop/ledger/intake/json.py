"""An import as the JSON of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.exchange.cells import is_empty
from mingxi_desktop.exchange.recognising.plan import Notice, Skipped
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import DOUBT_CODES, Choice, Preview, Rejected, SheetPreview

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checks.ahead import Coming

TITLE = "标题行"
"""Why a line above a header is no data."""


def to_json(
    preview: Preview,
    result: ImportResult | None = None,
    *,
    accept_valid: bool = False,
    concerns: Sequence[Coming] = (),
) -> dict[str, Any]:
    """The document of the verb `import`; hidden sheets that are not taken are named in its warnings only.

    result: None for a dry run: "imported" is then what would be stored, given `accept_valid`.
    concerns: what the checks say of the rows; those not stored have no record yet.
    """
    if result is None:
        stored = accept_valid or not preview.rejected
    else:
        stored = result.changes is not None
    return {
        "batch": result.batch if result else None,
        "files": [
            _sheet_json(sheet, _titles(sheet, preview.sheets), stored=stored)
            for sheet in preview.sheets
            if sheet.taken
        ],
        "concerns": [_concern_json(one, stored=result is not None and stored) for one in concerns],
    }


def _sheet_json(sheet: SheetPreview, titles: Sequence[Skipped], *, stored: bool) -> dict[str, Any]:
    chosen = {number for item in sheet.chosen for number in item.rows} if stored else set()
    return {
        "file": sheet.path.name,
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.last_header_row or None,
        "mapping": sheet.mapping,
        "read": sheet.read,
        "imported": len(sheet.rows) + len(sheet.chosen) + sheet.attached if stored else 0,
        "skipped": [
            {"row": item.row, "reason": item.reason}
            for item in sorted([*titles, *sheet.skipped], key=lambda item: item.row)
            if item.row not in chosen
        ],
        "rejected": _rejected_json(sheet.rejected),
        "warnings": [
            {"code": item.code, "row": item.row or None, "column": item.column, "message": item.message}
            for item in _said(sheet, chosen)
        ],
    }


def _titles(sheet: SheetPreview, tables: Sequence[SheetPreview]) -> list[Skipped]:
    """The lines above a table's header, from the end of the table before it on the sheet."""
    if sheet.cells is None or not sheet.header_row:
        return []
    same = (one for one in tables if (one.path, one.sheet) == (sheet.path, sheet.sheet))
    above = max((one.last_row for one in same if one.last_row < sheet.header_row), default=0)
    rows = enumerate(sheet.cells.rows[above : sheet.header_row - 1], above + 1)
    return [Skipped(number, TITLE) for number, row in rows if not all(map(is_empty, row))]


def _concern_json(one: Coming, *, stored: bool) -> dict[str, Any]:
    return {
        "code": one.concern.code,
        "severity": one.concern.severity.value,
        "message": one.message,
        "rows": [
            {"file": origin.table.path.name, "sheet": origin.table.sheet, "row": origin.row or None}
            for origin in one.origins
        ],
        "records": [
            {"kind": kind, "id": number} for kind, number in (one.concern.records if stored else one.there)
        ],
    }


def _said(sheet: SheetPreview, chosen: set[int]) -> Iterator[Notice]:
    """The notices; of rows in doubt that were stored all the same what became of them."""
    for item in sheet.warnings:
        if item.code not in DOUBT_CODES or item.row not in chosen:
            yield item
    for doubtful in sheet.chosen if chosen else ():
        row = doubtful.rows[0]
        if doubtful.choice is Choice.REPLACE:
            said = f"第{row}行：台账中的记录（#{doubtful.record}）已换成表中的内容"
            yield Notice("W_REPLACED", said, row)
        else:
            said = f"第{row}行：按您的选择另加了一条"
            yield Notice("W_ADDED", f"{said}，{doubtful.assumed}" if doubtful.assumed else said, row)


def _rejected_json(faults: Sequence[Rejected]) -> list[dict[str, Any]]:
    return [
        {
            "row": fault.row or None,
            "column": fault.column,
            "field": fault.field,
            "value": fault.value,
            "code": fault.code,
            "message": fault.message,
        }
        for fault in sorted(faults, key=lambda fault: fault.row)
    ]

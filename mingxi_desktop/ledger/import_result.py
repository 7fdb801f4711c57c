"""What an import would do, what it did, and both as the JSON of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.records import Changes, IncomingRow
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.headers import Column
from mingxi_desktop.exchange.plan import Notice, Skipped
from mingxi_desktop.ledger.import_rows import Rejected


@dataclass(slots=True)
class SheetPreview:
    """One sheet (or, with header_row 0 and a rejection of row 0, a file that was refused).

    read: rows with content below the header.  rows: records ready to store.  source_rows: the sheet rows
    they came from.  attached: rows of a child sheet that go with the records of the main sheet.
    columns, cells: every column with a header, and the sheet as it was read, for showing.
    """

    path: Path
    sheet: str
    kind: str
    sha256: str = ""
    header_row: int = 0
    mapping: dict[str, str] = field(default_factory=dict)
    read: int = 0
    rows: list[IncomingRow] = field(default_factory=list)
    source_rows: list[int] = field(default_factory=list)
    attached: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    before: list[IncomingRow] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    cells: Sheet | None = None

    @property
    def refused(self) -> bool:
        """Whether the whole file or sheet was refused."""
        return any(fault.row == 0 for fault in self.rejected)


@dataclass(slots=True)
class Preview:
    """What an import would do; nothing is stored yet.  Hand it to `commit`, `to_json`, `write_returned`."""

    kind: str
    sheets: list[SheetPreview] = field(default_factory=list)

    @property
    def ready(self) -> int:
        """Records that could be stored."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    @property
    def rejected(self) -> list[Rejected]:
        """All faults."""
        return [fault for sheet in self.sheets for fault in sheet.rejected]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What `commit` did.  changes: None when nothing was stored, and then `reason` says why."""

    changes: Changes | None
    reason: str = ""

    @property
    def batch(self) -> int | None:
        """The batch by which the import can be taken back."""
        return self.changes.batch if self.changes else None


def to_json(
    preview: Preview, result: ImportResult | None = None, *, accept_valid: bool = False
) -> dict[str, Any]:
    """The document of the verb `import`.

    result: None for a dry run: "imported" is then what would be stored, given `accept_valid`.
    """
    if result is None:
        stored = accept_valid or not preview.rejected
    else:
        stored = result.changes is not None
    return {
        "batch": result.batch if result else None,
        "files": [_sheet_json(sheet, stored=stored) for sheet in preview.sheets],
    }


def _sheet_json(sheet: SheetPreview, *, stored: bool) -> dict[str, Any]:
    return {
        "file": sheet.path.name,
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.header_row or None,
        "mapping": sheet.mapping,
        "read": sheet.read,
        "imported": len(sheet.rows) + sheet.attached if stored else 0,
        "skipped": [
            {"row": item.row, "reason": item.reason} for item in sorted(sheet.skipped, key=lambda s: s.row)
        ],
        "rejected": _rejected_json(sheet.rejected),
        "warnings": [
            {"code": item.code, "row": item.row or None, "column": item.column, "message": item.message}
            for item in sheet.warnings
        ],
    }


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

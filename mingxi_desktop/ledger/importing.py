"""Spreadsheets in: look at everything first (`preview`), then store all of it at once (`commit`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import BatchFile
from mingxi_desktop.exchange.child import ReadingProcess
from mingxi_desktop.ledger.import_files import Importer
from mingxi_desktop.ledger.import_result import ImportResult, Preview, SheetPreview, to_json

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

__all__ = ["ImportResult", "Preview", "SheetPreview", "commit", "preview", "to_json", "write_returned"]


def preview(  # noqa: PLR0913 - one for each thing the user can say
    ledger: Ledger,
    paths: Sequence[Path],
    *,
    kind: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    reporter: str = "",
    year: int | None = None,
    by_sheet: Mapping[tuple[Path, str], Mapping[str, str]] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Preview:
    """Read the files and check every row; nothing is stored.

    sheet: only the sheet of that name.  mapping: header (or column letters) → field; "" leaves a column out.
    by_sheet: (file, sheet) → mapping for this sheet alone; goes before `mapping`.  reporter: who sent the
    files.  year: for dates without one.  progress: told (files read, files in all).  Faults of files and
    rows are in the result; UserError only for what the caller asked wrongly (unknown field or reporter).
    """
    importer = Importer(ledger, kind_of(kind), sheet, dict(mapping or {}), reporter, year, by_sheet or {})
    with ReadingProcess(cancelled=cancelled) as process:
        for place, path in enumerate(paths):
            progress(place, len(paths))
            if cancelled():
                break
            importer.take(path, process)
    return importer.result


def commit(ledger: Ledger, found: Preview, *, accept_valid: bool = False) -> ImportResult:
    """Store the rows of a preview in one transaction, as one batch; all of them or nothing.

    Rows with faults keep everything back unless `accept_valid`.  UserError when the ledger refuses.
    """
    if found.rejected and not accept_valid:
        if all(sheet.refused for sheet in found.sheets):
            return ImportResult(None, "没有读成，什么也没有导入；处理后再导入")
        return ImportResult(None, "有错误的行，什么也没有导入；改正后再导入，或者只接收正确的行")
    if not found.ready:
        return ImportResult(None, "没有可以导入的新记录")
    # Two sheets may name the same new event in their titles; it is stored once.
    before = {(row.kind, row.values["name"]): row for sheet in found.sheets for row in sheet.before}
    rows = [*before.values(), *(row for sheet in found.sheets for row in sheet.rows)]
    files = [
        BatchFile(sheet.path.name, sheet.sheet, sheet.kind, len(sheet.rows), sheet.sha256)
        for sheet in found.sheets
        if sheet.rows
    ]
    names = list(dict.fromkeys(file.file for file in files))
    listed = names[0] if len(names) == 1 else f"{names[0]} 等{len(names)}个文件"
    label = kind_of(found.kind).label
    return ImportResult(ledger.store(rows, files, sentence=f"导入 {label} {found.ready} 条（{listed}）"))


def write_returned(found: Preview, folder: Path) -> list[Path]:
    """For each file with faults a copy to send back, the cells marked and the reasons beside them."""
    from mingxi_desktop.exchange.returned import Mark, write_marked

    written = []
    for path in dict.fromkeys(sheet.path for sheet in found.sheets):
        marks = [
            Mark(sheet.sheet, fault.row, fault.index, fault.message)
            for sheet in found.sheets
            if sheet.path == path
            for fault in sheet.rejected
            if fault.row
        ]
        if marks:
            written.append(write_marked(path, marks, folder))
    return written

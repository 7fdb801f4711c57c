"""Spreadsheets in: look at everything first (`preview`), then store all of it at once (`commit`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import BatchFile
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import InTurn
from mingxi_desktop.ledger.checks.ahead import Arrival
from mingxi_desktop.ledger.collecting import no_collecting
from mingxi_desktop.ledger.intake.arrivals import arrivals, files_in
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.json import to_json
from mingxi_desktop.ledger.intake.memory import remember
from mingxi_desktop.ledger.intake.overlap import settle
from mingxi_desktop.ledger.intake.result import (
    NO_COLUMN,
    Choice,
    Difference,
    Doubt,
    Doubtful,
    Preview,
    Rejected,
    SheetPreview,
)
from mingxi_desktop.ledger.intake.wish import Settings, Source, TableKey, Wish
from mingxi_desktop.ledger.storing import Arriving

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_ADD_COLUMN = "；表里没有这一列，请加上这一列，填好再报"

__all__ = [
    "Choice",
    "Difference",
    "Doubt",
    "Doubtful",
    "ImportResult",
    "Preview",
    "Rejected",
    "Settings",
    "SheetPreview",
    "Source",
    "TableKey",
    "Wish",
    "commit",
    "preview",
    "to_json",
    "write_returned",
]


def preview(
    ledger: Ledger,
    sources: Sequence[Path | Source],
    settings: Settings,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Preview:
    """Read the files and check every row; nothing is stored.

    progress: told (files read, files in all).  Faults of files and rows are in the result; UserError only
    for what the caller asked wrongly (unknown field or reporter, a value for a whole table that makes no
    sense).
    """
    with no_collecting():
        files = [Source(source) if isinstance(source, Path) else source for source in sources]
        with ReadingProcess(cancelled=cancelled) as process:
            turn = InTurn(process, (file.path if file.data is None else file.data for file in files))
            from mingxi_desktop.ledger.intake.files import Importer  # while the first file is read

            importer = Importer(ledger, settings, cancelled)
            for place, file in enumerate(files):
                progress(place, len(files))
                if cancelled():
                    break
                importer.take(file, turn)
        settle(ledger, importer.result)
    return importer.result


def commit(
    ledger: Ledger, found: Preview, *, accept_valid: bool = False, settings: Settings | None = None
) -> ImportResult:
    """Store the rows of a preview in one transaction, as one batch; all of them or nothing.

    Rows with faults keep everything back unless `accept_valid`.  settings: what the preview was made with;
    corrections in them are remembered for the next file of that layout.  UserError when the ledger refuses.
    """
    if found.rejected and not accept_valid:
        if all(sheet.refused for sheet in found.sheets):
            return ImportResult(None, "没有读成，什么也没有导入；处理后再导入")
        return ImportResult(None, "有错误的行，什么也没有导入；改正后再导入，或者只接收正确的行")
    if not found.ready:
        return ImportResult(None, "没有可以导入的新记录")
    tables = [sheet for sheet in found.sheets if sheet.taken]
    files = files_in(found)
    with no_collecting():
        arrival = Arrival(ledger, arrivals(found))
        rows = Arriving(arrival.rows, arrival.took_place)
        result = ImportResult(ledger.store(rows, files, sentence=_sentence(found, files)), arrival=arrival)
    if settings is not None:
        _remember(ledger, tables, settings)
    return result


def _sentence(found: Preview, files: Sequence[BatchFile]) -> str:
    names = list(dict.fromkeys(file.file for file in files))
    listed = names[0] if len(names) == 1 else f"{names[0]} 等{len(names)}个文件"
    labels = "、".join(kind_of(kind).label for kind in found.kinds)
    return f"导入 {labels} {found.ready} 条（{listed}）"


def _remember(ledger: Ledger, tables: Sequence[SheetPreview], settings: Settings) -> None:
    for table in tables:
        wish = settings.by_table.get(table.key, settings.everywhere)
        if wish.columns or wish.kind:
            remember(ledger, settings.reporter or table.reporter, table.kind, table.columns, wish)


def write_returned(found: Preview, folder: Path, sources: Sequence[Path | Source] = ()) -> list[Path]:
    """For each file with faults a copy to send back, the cells marked and the reasons beside them.

    sources: needed only where a block from the clipboard is among them.
    """
    from mingxi_desktop.exchange.writing.returned import Mark, write_marked

    blocks = {source.path: source.data for source in sources if isinstance(source, Source)}
    written = []
    for path in dict.fromkeys(sheet.path for sheet in found.sheets):
        marks = [
            Mark(sheet.sheet, fault.row, fault.index, _reason(sheet, fault), sheet.last_header_row)
            for sheet in found.sheets
            if sheet.path == path and sheet.taken and sheet.header_row
            for fault in sheet.rejected
        ]
        if marks:
            written.append(write_marked(path, marks, folder, blocks.get(path)))
    return written


def _reason(sheet: SheetPreview, fault: Rejected) -> str:
    """A fault as it is told beside its row, to somebody who has the table and not the program."""
    beside = fault.message.removeprefix(f"工作表“{sheet.sheet}”").removeprefix(f"第{fault.row}行")
    return beside.removeprefix("：").replace(NO_COLUMN, _ADD_COLUMN)

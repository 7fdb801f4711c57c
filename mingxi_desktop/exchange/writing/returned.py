"""A copy of the user's own file to send back: wrong cells red, the reason as comment and in a last column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import read_sheets
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.writing.files import finished
from mingxi_desktop.exchange.writing.patch_package import marked_package
from mingxi_desktop.exchange.writing.returned_anew import write_anew
from mingxi_desktop.exchange.writing.returned_plan import REASON_HEADER, Mark, SheetPlan, plan_sheet
from mingxi_desktop.paths import safe_name

__all__ = ["REASON_HEADER", "Mark", "write_marked"]

_OWN = (".xlsx", ".xlsm")
_ENDINGS = (
    *_OWN,
    ".xls",
    ".et",
    ".ods",
    ".fods",
    ".csv",
    ".tsv",
    ".txt",
    ".htm",
    ".html",
    ".xml",
    ".xlsb",
    ".ett",
)
_RETURNED = re.compile(r"_退回\d*$")
_WORKBOOK = b"xl/workbook.xml"


def write_marked(path: Path, marks: Sequence[Mark], folder: Path, data: bytes | None = None) -> Path:
    """Write the marked copy into the folder; its path, which is new: nothing is overwritten.

    xlsx and xlsm stay as they are but for the marks, others become xlsx.  data: what the file holds, when it
    is no file but a pasted block.  UserError when it cannot be read or written.
    """
    try:
        data = path.read_bytes() if data is None else data
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = f"{error.filename}：{disk_reason(error)}"
        raise UserError(
            "退回文件写不出来", detail, "检查原来的文件还在不在、文件夹能不能写，再试。"
        ) from error
    sheets = _sheets(path, data)
    plans = _plans(sheets, marks)
    own = marked_package(data, plans) if data.startswith(b"PK") and _WORKBOOK in data else None
    target = _free(folder, path, path.suffix.lower() if own and path.suffix.lower() in _OWN else ".xlsx")
    with finished(target) as part:
        if own is None:
            write_anew(sheets, plans, part)
        else:
            part.write_bytes(own)
    return target


def _sheets(path: Path, data: bytes) -> list[Sheet]:
    try:
        with ReadingProcess() as process:
            return read_sheets(data, process)
    except RefusedError as error:
        raise UserError("退回文件写不出来", f"{path.name}：{error.message}") from error


def _plans(sheets: Sequence[Sheet], marks: Sequence[Mark]) -> dict[str, SheetPlan]:
    """What to write, by sheet name; marks of sheets that are not there are passed over."""
    plans: dict[str, SheetPlan] = {}
    for sheet in sheets:
        own = [mark for mark in marks if mark.sheet == sheet.name]
        if own:
            plans[sheet.name] = plan_sheet(sheet, own)
    return plans


def _free(folder: Path, path: Path, suffix: str) -> Path:
    """The first name for the copy that is not taken: 表_退回.xlsx, 表_退回2.xlsx."""
    stem = _RETURNED.sub("", path.stem if path.suffix.lower() in _ENDINGS else path.name)
    count = 1
    while True:
        target = folder / safe_name(f"{stem}_退回{count if count > 1 else ''}{suffix}")
        if not target.exists():
            return target
        count += 1

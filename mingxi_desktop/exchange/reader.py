"""The child process that lets calamine loose on a file: `python -m mingxi_desktop.exchange.reader`.

A stray cell can make the library end its whole process, so it never runs in ours.  Protocol, all
lengths big-endian: in 8 bytes length + the file, again and again until the input ends; out 4 bytes
length + JSON frames: {"sheets": […]} or {"error": code}, then per sheet frames {"rows": […]}, then
{"end": true}.  A cell is a JSON value, or ["d"|"t"|"h"|"s", text] for date, moment, time, duration.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import struct
import sys
from typing import Any, BinaryIO

from mingxi_desktop.exchange.limits import MEMORY

IN_LENGTH, OUT_LENGTH = struct.Struct(">Q"), struct.Struct(">I")
FLAG = "--read-spreadsheets"
"""How a frozen program, which has no `-m`, is told to be this child."""
_ROWS_A_FRAME = 2000


def main() -> None:
    """Serve until the input ends."""
    _limit_memory()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    source = sys.stdin.buffer
    while head := source.read(IN_LENGTH.size):
        (length,) = IN_LENGTH.unpack(head)
        _serve(source.read(length), output)
        output.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _serve(data: bytes, output: BinaryIO) -> None:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            _send_workbook(workbook, output)
    except python_calamine.PasswordError:
        _send(output, {"error": "E_PASSWORD"})
    except MemoryError:
        _send(output, {"error": "E_MEMORY"})
    except (python_calamine.CalamineError, OSError, ValueError):
        _send(output, {"error": "E_DAMAGED"})


def _send_workbook(workbook: Any, output: BinaryIO) -> None:
    import python_calamine

    sheets = [
        {
            "name": sheet.name,
            "hidden": sheet.visible != python_calamine.SheetVisibleEnum.Visible,
            "index": index,
        }
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    _send(output, {"sheets": sheets})
    for entry in sheets:
        sheet = workbook.get_sheet_by_index(entry["index"])
        _send_sheet(sheet, output)
    _send(output, {"end": True})


def _send_sheet(sheet: Any, output: BinaryIO) -> None:
    merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
    _send(output, {"start": sheet.start, "merged": merged})
    rows = sheet.to_python() if sheet.start is not None else []
    for first in range(0, len(rows), _ROWS_A_FRAME):
        _send(
            output, {"rows": [[_plain(cell) for cell in row] for row in rows[first : first + _ROWS_A_FRAME]]}
        )
    _send(output, {"rows": None})


def _plain(cell: Any) -> Any:
    """A cell as JSON; "" becomes null."""
    if cell == "":
        return None
    if isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, datetime.date):
        return ["d", cell.isoformat()]
    if isinstance(cell, datetime.time):
        return ["h", cell.isoformat()]
    return ["s", cell.total_seconds()]


def _send(output: BinaryIO, frame: dict[str, Any]) -> None:
    data = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    output.write(OUT_LENGTH.pack(len(data)))
    output.write(data)


if __name__ == "__main__":
    main()

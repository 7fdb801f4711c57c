"""What the cells of a grid say: the reader is given the workbook with each different cell once in place of its rows.

So one reader alone says what a cell is: texts, shared texts, numbers, dates by their formats.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from mingxi_desktop.exchange.reading.grid import Grid

_A_ROW = 256
_MARK = "格"
"""What the first cell of such a sheet says: it is seen to be the sheet that was read."""


def book_of_cells(data: bytes, grids: Iterable[Grid]) -> io.BytesIO:
    """The workbook with other sheets in place of the grids.  What was in the file stays there, unread."""
    book = io.BytesIO()
    book.write(data)
    with zipfile.ZipFile(book, "a") as archive:
        for grid in grids:
            (entry,) = (one for one in archive.infolist() if one.filename.casefold() == grid.part.casefold())
            archive.filelist.remove(entry)
            del archive.NameToInfo[entry.filename]
            with archive.open(entry.filename, "w") as part:
                for piece in _sheet(grid):
                    part.write(piece)
    book.seek(0)
    return book


def take_cells(grid: Grid, sheet: Any) -> None:
    """Give the grid its cells from such a sheet as the reader sees it.  Raises ValueError where they may be others."""
    cells = list(chain.from_iterable(sheet.iter_rows())) if sheet.start == (0, 0) else []
    end = 1 + grid.different
    if len(cells) < end or cells[0] != _MARK or any(cell != "" for cell in cells[end:]):
        raise ValueError("another sheet")
    if "" in cells[:end]:
        raise ValueError("who knows how far the sheet reaches")
    grid.cells = [None, *cells[1:end]]
    grid.merged = sheet.merged_cell_ranges


def _sheet(grid: Grid) -> Iterator[bytes]:
    above, below = grid.around()
    cells = grid.release()
    yield above
    yield f'<row><c t="inlineStr"><is><t>{_MARK}</t></is></c>'.encode()
    yield b"".join(b"<c" + cell for cell in cells[: _A_ROW - 1])
    for start in range(_A_ROW - 1, len(cells), _A_ROW):
        yield b"</row><row>" + b"".join(b"<c" + cell for cell in cells[start : start + _A_ROW])
    yield b"</row>" + below

"""One workbook with all ledgers: to be read without the program, and taken back into a new ledger.

The sheets come in the order in which records refer to each other, and the records in the order in which they were
entered; so taking the book back sheet by sheet finds whatever a row refers to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.grid import Abreast, CellType, Grid, GridColumn
from mingxi_desktop.ledger import book_home
from mingxi_desktop.ledger.book_home import BookHome
from mingxi_desktop.ledger.remarking import Leaving

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

SUFFIX = ".xlsx"
GUIDE = "说明"
_MOST_TOLD = 20
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came back out of a workbook.  problems: Chinese sentences on the rows that did not."""

    records: int
    problems: tuple[str, ...]


@cache
def order() -> tuple[Kind, ...]:
    """The ledgers, each after those that its records refer to."""
    left = [kind for kind in kinds.ALL if not kind.parent]
    found: list[Kind] = []
    while left:
        names = {kind.name for kind in left}
        free = next((kind for kind in left if not (_referred(kind) & names) - {kind.name}), left[0])
        found.append(free)
        left.remove(free)
    return tuple(found)


def _referred(kind: Kind) -> set[str]:
    family = (kind, *kinds.children_of(kind.name))
    return {target for member in family for field in member.fields for target in field.targets}


def write(ledger: Ledger, path: Path, told: Told = lambda _done, _total: None) -> int:
    """Write the workbook; number of records.  UserError when the file cannot be written."""
    from mingxi_desktop.exchange.writing.write import write_workbook
    from mingxi_desktop.ledger.exporting import grids

    wanted = order()
    sheets = [_guide(ledger)]
    total = 0
    for place, kind in enumerate(wanted):
        number, own = grids(ledger, Query(kind.name, sort=(("id", False),)))
        total += number
        if number:
            sheets += [_telling(own[0], place, len(wanted), told), *own[1:]]
    write_workbook(path, [*sheets, book_home.lists(ledger)], lambda: told(len(wanted), len(wanted)))
    return total


def export(ledger: Ledger, path: Path, told: Told = lambda _done, _total: None) -> int:
    """The same for somebody who asked for it: the history notes that it left, with whatever is personal in it."""
    number = 0

    def writing() -> None:
        nonlocal number
        number = write(ledger, path, told)

    ledger.remarks.leave(leaving(ledger, "全部台账", path), writing, lambda: path.unlink(missing_ok=True))
    return number


def leaving(ledger: Ledger, what: str, path: Path) -> Leaving:
    """What is to be noted of a file with all ledgers in it."""
    from mingxi_desktop.ledger.exporting import personal_cells

    queries = [Query(kind.name) for kind in order()]
    records = sum(ledger.count(query) for query in queries)
    return Leaving(what, path.name, records, sum(personal_cells(ledger, query) for query in queries))


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was looked into.  sheets: their names.  home: whose it is, and its lists."""

    path: Path
    sheets: frozenset[str]
    home: BookHome


def take_back(ledger: Ledger, book: Book, told: Told = lambda _done, _total: None) -> TakenBack:
    """Import every ledger of a workbook, one batch each; what is refused is told and left out."""
    records, problems = 0, list[str]()
    path = book.path
    book_home.take_lists(ledger, book.home)
    wanted = [kind for kind in order() if kind.label in book.sheets]
    for place, kind in enumerate(wanted):
        told(place, len(wanted))
        number, said = _take_kind(ledger, path, kind)
        records += number
        if number and kind.name in _referred(kind):
            # Rows that refer to others of their own ledger find them only now that all are there.
            _, said = _take_kind(ledger, path, kind, again=True)
        problems += said
    told(len(wanted), len(wanted))
    more = len(problems) - _MOST_TOLD
    shown = problems if more <= 0 else [*problems[:_MOST_TOLD], f"另有{more}处类似问题"]
    return TakenBack(records, tuple(shown))


def look(path: Path) -> Book:
    """What a workbook holds; UserError where it is none that can be read."""
    from mingxi_desktop.exchange.reading.child import ReadingProcess
    from mingxi_desktop.exchange.reading.read import file_bytes, read_sheets
    from mingxi_desktop.exchange.reading.refusal import RefusedError

    try:
        with ReadingProcess() as process:
            sheets = {sheet.name: sheet for sheet in read_sheets(file_bytes(path), process)}
    except RefusedError as refusal:
        raise UserError(
            "读不了这份表格", f"文件：{path}（{refusal.message}）", "请选“全部台账”的表格。"
        ) from refusal
    home = book_home.home_of(sheets.get(GUIDE), sheets.get(book_home.LISTS))
    return Book(path, frozenset(sheets), home)


def _take_kind(ledger: Ledger, path: Path, kind: Kind, *, again: bool = False) -> tuple[int, list[str]]:
    """The rows of one ledger: (records added, what was refused).  again: only what differs from the records."""
    from mingxi_desktop.ledger import importing

    others = {(path, other.label, 0): importing.Wish(take=False) for other in order() if other is not kind}
    wish = importing.Settings(kind=kind.name, personal=True, by_table=others)
    found = importing.preview(ledger, [path], wish)
    if not any(sheet.taken and sheet.sheet == kind.label and sheet.header_row for sheet in found.sheets):
        return 0, []
    every, changed = tuple(importing.Doubt), importing.Doubt.CHANGED
    found.choose(every, importing.Choice.SKIP if again else importing.Choice.ADD)
    if again:
        found.choose((changed,), importing.Choice.REPLACE)
    problems = [fault.message for fault in found.rejected]
    problems += [
        notice.message
        for sheet in found.sheets
        for notice in sheet.warnings
        if notice.code == "W_REFERENCE_UNKNOWN"
    ]
    done = importing.commit(ledger, found, accept_valid=True)
    return len(done.changes.added) if done.changes is not None else 0, problems


def _telling(grid: Grid, place: int, total: int, told: Told) -> Grid:
    """The same sheet, which tells how far the book is when its rows are wanted."""

    def parts() -> Iterator[Sequence[Sequence[Any]]]:
        for block in grid.blocks():
            told(place, total)
            yield block

    return Grid(grid.name, grid.title, grid.columns, Abreast(parts()))


def _guide(ledger: Ledger) -> Grid:
    lines = (
        f"制作时间：{datetime.datetime.now():%Y-%m-%d %H:%M}",
        f"台账文件：{ledger.path.name}",
        *book_home.lines(ledger),
        f"变更历史校验码：{ledger.history_hash()[:16]}",
        "每本台账一张表；多行明细在同名的另一张表里，用“所属序号”对应主表的“序号”。",
        "不装程序也能看，能用 Excel 或 WPS 打开、筛选、打印。",
        "要从这份表格重新做成台账：mingxi restore 这个文件 --db 新台账.mxdb",
        "回收站里的记录、变更历史、佐证材料和定稿不在表里，它们在备份和交接包里。",
        "表里的电话、身份证号等个人信息是完整的，注意保管，不要外传。",
    )
    columns = [GridColumn("这份表格是什么", CellType.LONG, 90)]
    return Grid(GUIDE, f"{ledger.setting('bureau')}全部台账", columns, [[line] for line in lines])

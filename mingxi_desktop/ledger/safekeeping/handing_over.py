"""Making the package for a successor, from a copy, so that the clerk may go on working meanwhile."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
from mingxi_desktop.exchange.writing.write import write_csv
from mingxi_desktop.ledger import encrypting, placing, whole_book
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ledger.safekeeping import handover
from mingxi_desktop.ledger.safekeeping.backup_names import SUFFIX
from mingxi_desktop.ledger.safekeeping.backups import Backups, Draft, finish
from mingxi_desktop.ledger.stopping import WHOLE, Told, within
from mingxi_desktop.storage import copies, sqlite
from mingxi_desktop.storage.store import Store

_MOST_SENTENCES = 1_000_000


@dataclass(frozen=True, slots=True)
class Handed:
    """A package that was made.  warnings: Chinese sentences on what could not be put in."""

    path: Path
    warnings: tuple[str, ...]


def begin(backups: Backups, target: Path) -> Draft:
    """Copy the ledger for a package; the only step that needs it.  UserError leaves nothing behind.

    It is copied to where backups go, and not to the stick that the package is for, which may be slow.
    """
    handover.admit(target)
    return replace(backups.begin(), target=target)


def make(draft: Draft, told: Told = lambda _done, _total: None) -> Handed:
    """Put everything into the package named in the draft; UserError leaves nothing behind, nor what `told` raises."""
    assert draft.target is not None
    backup = placing.part_of(draft.folder / draft.ledger.with_suffix(SUFFIX).name)
    try:
        finish(replace(draft, target=backup), within(told, 0, 10))
        with tempfile.TemporaryDirectory(prefix="mingxi-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            copy = folder / draft.ledger.name
            placing.copy(backup, copy)
            papers, warnings = _papers(copy, folder, within(told, 10, 60))
            warnings += handover.write(
                draft.target, backup, draft.ledger, draft.attachments, papers, within(told, 60, WHOLE)
            )
            return Handed(draft.target, tuple(warnings))
    except OSError as error:
        where = error.filename or tempfile.gettempdir()
        raise disk_fault("交接包没有写成", where, error, "检查这个盘，再做一次。") from error
    finally:
        sqlite.discard(draft.part)
        sqlite.discard(backup)


def _papers(copy: Path, folder: Path, told: Told) -> tuple[list[Path], list[str]]:
    """What can be read without the program: (files, what could not be written).

    Of an encrypted ledger only the reports, which are written to be handed out.
    """
    papers = [folder / "全部台账.xlsx", folder / "变更历史.csv"]
    with Ledger(Store.open(copy)) as ledger:
        encrypted = encrypting.is_on(ledger)
        if not encrypted:
            whole_book.write(ledger, papers[0], within(told, 0, WHOLE // 2))
        reports, warnings = _reports(ledger, folder, within(told, WHOLE // 2, WHOLE))
    if encrypted:
        return reports, warnings
    _write_history(copy, papers[1])
    return [*papers, *reports], warnings


def _reports(ledger: Ledger, folder: Path, told: Told) -> tuple[list[Path], list[str]]:
    """The annual report of each year: as it was signed, else as it would be now; the newest to be worked on, too."""
    made, warnings = [], []
    years = ledger.years()
    for place, year in enumerate(years):
        told(place, len(years))
        signed = ledger.frozen.in_force(year)
        suffixes = (".pdf", ".docx") if place == 0 and signed is None else (".pdf",)
        for suffix in suffixes:
            path = folder / f"{year}年度总结（{'草稿' if signed is None else '定稿'}）{suffix}"
            try:
                if signed is None:
                    made.append(reporting.write(ledger, Order(year, draft=True), path).path)
                else:
                    made.append(ledger.frozen.save(signed.id, path))
            except UserError as error:
                warnings.append(f"{path.name}没有放进去：{error.title}")
    return made, warnings


def _write_history(copy: Path, path: Path) -> None:
    with copies.looking(copy) as schema:
        _, steps = copies.sentences(schema, 0, _MOST_SENTENCES)
    columns = [GridColumn("时间"), GridColumn("操作人"), GridColumn("做了什么", CellType.LONG)]
    write_csv(path, Grid("变更历史", "变更历史", columns, [list(step) for step in reversed(steps)]))

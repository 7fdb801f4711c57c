"""What the import page asks of the database thread."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ITEM, ORG
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.checks import ahead
from mingxi_desktop.ledger.checks.ahead import Arrival, Coming
from mingxi_desktop.ledger.collecting import no_collecting
from mingxi_desktop.ledger.intake import memory as import_memory
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import Preview, SheetPreview
from mingxi_desktop.ledger.intake.wish import Settings, Source
from mingxi_desktop.ui.checking.concerns import CheckInfo
from mingxi_desktop.ui.importing import unfinished
from mingxi_desktop.ui.importing.digest import Told, digest

ENDINGS = ("xlsx", "xlsm", "xls", "et", "ods", "fods", "csv", "tsv", "txt", "html", "htm", "xml")
_MOST_FILES, _PIECE = 2_000, 500
_MOST_SEEN = 50_000
"""Names in a folder after which no further folder in it is looked into: some seconds."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What reading gave.  told: of each table of the preview what there is to say."""

    found: Preview
    told: list[Told]

    def with_file(self, path: Path, one: Looked) -> Looked:
        """The same with the tables of one file as they were read anew."""
        pairs = list(zip(self.found.sheets, self.told, strict=True))
        first = next((place for place, (sheet, _) in enumerate(pairs) if sheet.path == path), len(pairs))
        rest = [pair for pair in pairs if pair[0].path != path]
        rest[first:first] = zip(one.found.sheets, one.told, strict=True)
        return Looked(Preview([sheet for sheet, _ in rest]), [told for _, told in rest])


@dataclass(frozen=True, slots=True)
class Lists:
    """Names that the page offers or looks for.  areas: the townships, each with its other spellings."""

    reporters: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    areas: tuple[tuple[str, ...], ...] = ()


def lists(ledger: Ledger) -> Lists:
    """The lists of the ledger that the page needs."""
    return Lists(
        tuple(entry.name for entry in ledger.entries(ORG)),
        tuple(entry.name for entry in ledger.entries(ITEM)),
        tuple(
            (entry.name, *entry.aliases)
            for entry in ledger.entries(AREA)
            if entry.active and entry.name != COUNTY_AREA
        ),
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files to read.  unseen: what was left out, in a sentence for the clerk; "" where nothing was."""

    files: list[Path]
    unseen: str = ""


def files_in(_ledger: Ledger, paths: Sequence[Path]) -> Gathered:
    """The files, and the spreadsheets in the folders among them; not what Office puts beside open files."""
    found: list[Path] = []
    unseen: list[str] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside, whole = _spreadsheets(path)
        found += sorted(inside)
        if not whole:
            unseen.append(
                f"文件夹“{path.name or path}”里的文件超过 {_MOST_SEEN:,} 个，没有看完：请只拖放有报表的那个文件夹"
            )
    if len(found) > _MOST_FILES:
        unseen.append(f"表格有 {len(found):,} 个，一次最多 {_MOST_FILES:,} 个，后面的没有列出：请分几次导入")
    return Gathered(found[:_MOST_FILES], "；".join(unseen))


def _spreadsheets(folder: Path) -> tuple[list[Path], bool]:
    """(those in a folder and the folders in it, whether it was gone through to its end, as a whole drive is not).

    As far as they can be read: a stick may be pulled out meanwhile.
    """
    found: list[Path] = []
    seen = 0
    for place, _, names in os.walk(folder):
        if seen > _MOST_SEEN:
            return found, False
        seen += len(names) + 1
        for name in names:
            item = Path(place, name)
            if (
                item.suffix.lstrip(".").lower() in ENDINGS
                and not name.startswith(("~$", ".~", "."))
                and item.is_file()
            ):
                found.append(item)
    return found, True


def look(
    ledger: Ledger,
    sources: Sequence[Source],
    settings: Settings,
    stopped: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> Looked:
    """Read and check the files."""
    with no_collecting():
        found = importing.preview(ledger, sources, settings, cancelled=stopped, progress=progress)
        looked = Looked(found, digest(found))
        # Nor may a later search for cycles go through all of it while the window waits. Not taken back before the
        # window goes: nothing of it is in a cycle, and a search through all there is would hold up whatever comes.
        gc.freeze()
    return looked


def let_go(_ledger: Ledger, old: list[SheetPreview]) -> None:
    """Free tables piece by piece: all of a large one at once would make the window wait."""
    while old:
        sheet = old.pop()
        parts: list[list[Any]] = [
            sheet.rows,
            sheet.source_rows,
            sheet.doubtful,
            sheet.warnings,
            sheet.rejected,
        ]
        for part in [*parts, sheet.cells.rows if sheet.cells is not None else []]:
            while part:
                del part[-_PIECE:]


def let_arrival_go(_ledger: Ledger, arrival: Arrival) -> None:
    """Free what the checks were asked with, likewise."""
    arrival.let_go()


def store(ledger: Ledger, found: Preview, settings: Settings) -> ImportResult:
    """Store the right rows; the user has seen the others and leaves them out.  What she said is remembered."""
    files = [sheet.path for sheet in found.sheets]
    with no_collecting(), unfinished.noted(ledger.path, files):
        return importing.commit(ledger, found, accept_valid=True, settings=settings)


def judge(ledger: Ledger, found: Preview, progress: Callable[[int, int], object]) -> tuple[Coming, ...]:
    """What would be counted twice or contradict itself if that were stored; nothing is."""
    return tuple(one for one in ahead.look(ledger, found, progress) if one.doubtful)


def concerns(ledger: Ledger, arrival: Arrival) -> tuple[tuple[Coming, ...], tuple[CheckInfo, ...]]:
    """The same of what was stored, and what the checks are called."""
    infos = (CheckInfo(check.code, check.label, check.about) for check in ledger.checks.all)
    return tuple(one for one in arrival.concerns(ledger) if one.doubtful), tuple(infos)


def returned(_ledger: Ledger, found: Preview, folder: Path, sources: Sequence[Source]) -> list[Path]:
    """Write the marked copies to send back."""
    return importing.write_returned(found, folder, sources)


def forget(ledger: Ledger, sheet: SheetPreview, reporter: str) -> None:
    """Read tables like this one as if their columns had never been corrected.  reporter: as chosen, or ""."""
    item = import_memory.recall(ledger, reporter or sheet.reporter, sheet.columns)
    if item is not None:
        import_memory.forget(ledger, item)

"""What the program is doing when it is killed or the power goes, and what must be found afterwards."""

from __future__ import annotations

import fnmatch
import io
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backup_names, proving
from mingxi_desktop.storage import seal, sqlite
from tests.safety.program import LEDGER, ROOT

LOST, DAMAGED, LEFT = "lost", "damaged", "left behind"
DATA = ROOT / "tests" / "data"
ROWS = 40
"""Rows of the spreadsheet that is imported."""
_ROW = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "消防通道堵塞"}


@dataclass(frozen=True)
class Fault:
    """What should not be.  kind: LOST (acknowledged and not there), DAMAGED (half of it, or unsound), LEFT."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


Judge = Callable[[Path, bytes], list[Fault]]


@dataclass(frozen=True)
class Deed:
    """One call of the program.

    prepare: fills an empty folder.  judge: the faults in a folder, given what the program had said; it may open
    the ledger, as the next start would.  kept: files that may be there besides the ledger, as patterns.
    durable: what was said to be done outlasts a power cut; of a paper only that it is never half there.
    program: see `program.run`.
    """

    name: str
    prepare: Callable[[Path], None]
    arguments: Callable[[Path], list[str]]
    judge: Judge
    stdin: bytes = b""
    kept: tuple[str, ...] = ()
    durable: bool = True
    program: str = "mingxi_desktop"

    def faults(self, folder: Path, said: bytes) -> list[Fault]:
        """Everything wrong in the folder after the next start, two days later: then half-made files are swept."""
        for part in folder.rglob("*.part*"):
            os.utime(part, (0, time.time() - 2 * sqlite.STALE))
        try:
            found = self.judge(folder, said)
        except UserError as error:
            return [Fault(DAMAGED, f"{error.title}（{error.detail}）")]
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        patterns = (LEDGER, *self.kept)
        strange = [name for name in names if not any(fnmatch.fnmatch(name, one) for one in patterns)]
        return [*found, *(Fault(LEFT, name) for name in strange)]


def acknowledged(said: bytes) -> list[dict[str, Any]]:
    """The whole lines of an answer; half a line was not said."""
    return [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Ledger, list[Fault]]]:
    """The ledger as the next start opens it, and what it finds wrong itself."""
    with Ledger.open(path) as ledger:
        yield ledger, [Fault(DAMAGED, text) for text in ledger.verify()]


def hazards(ledger: Ledger) -> dict[int, Any]:
    """Every hazard by its number."""
    numbers = ledger.ids(Query("hazard"))
    return {record.id: record for record in ledger.records("hazard", numbers)}


# ------------------------------------------------------------------ what there is before


def empty(folder: Path) -> None:
    """A ledger without records."""
    Ledger.create(folder / LEDGER).close()


def filled(folder: Path) -> None:
    """A ledger with three hazards."""
    empty(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        for number in (1, 2, 3):
            add(ledger, number)


def add(ledger: Ledger, quantity: int) -> None:
    """One more hazard, the same but for how many things were found."""
    values, _ = ledger.parse("hazard", {**_ROW, "quantity_found": str(quantity)})
    ledger.add("hazard", values)


def _with_table(folder: Path) -> None:
    empty(folder)
    rows = [f"2024-03-{number % 28 + 1:02},盖洋镇,隐患第{number}处,{number}" for number in range(1, ROWS + 1)]
    text = "\n".join(("排查日期,乡镇,隐患描述,排查数量", *rows))
    (folder / "表.csv").write_text(text, encoding="utf-8")


def _with_backup(folder: Path) -> None:
    """Three hazards in the backup, five in the ledger."""
    filled(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        ledger.backup(folder / "三条.mxbak")
        add(ledger, 4)
        add(ledger, 5)


def _with_export(folder: Path) -> None:
    """The three hazards, and an older workbook under the name that the new one will have."""
    filled(folder)
    for name in ("隐患.xlsx", "报告.pdf", "报告.docx", "全部.xlsx"):
        (folder / name).write_bytes(_OLDER)


_OLDER = b"older"


def _with_backups(folder: Path) -> None:
    """Three hazards, and forty backups of them: four a day on ten days of January."""
    filled(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        first = ledger.backup()
    named = backup_names.read_name(first)
    assert named is not None
    for number in range(2, 42):
        at = f"202401{(number - 2) // 4 + 1:02}-{8 + number % 4:02}0000"
        name = f"{named.stem}-{named.owner}-{number:05}-{at}-{named.tail}{backup_names.SUFFIX}"
        _copied(first, first.with_name(name))
    first.unlink()


def _released(version: str) -> Callable[[Path], None]:
    return lambda folder: _copied(DATA / f"ledger-{version}.mxdb", folder / LEDGER)


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


# ------------------------------------------------------------------ what must be there afterwards


def lines(count: int) -> bytes:
    """Hazards as `add --stdin` reads them; the number found is the number of the line."""
    rows = [{**_ROW, "quantity_found": number} for number in range(1, count + 1)]
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _saved(folder: Path, said: bytes) -> list[Fault]:
    told = acknowledged(said)
    with opened(folder / LEDGER) as (ledger, found):
        there = hazards(ledger)
        for row in told:
            record = there.get(row["id"])
            if record is None or record.uid != row["uid"] or record.values["quantity_found"] != row["id"]:
                found.append(Fault(LOST, f"hazard {row['id']}, said to be saved"))
        if len(there) > len(told) + 1 or sorted(there) != list(range(1, len(there) + 1)):
            found.append(Fault(DAMAGED, f"{len(there)} hazards, {len(told)} said to be saved"))
    return found


def _one_of(found: list[Fault], state: object, old: object, new: object, said: bytes) -> None:
    """The state is the old or the new, and the new if that was said."""
    if state not in (old, new):
        found.append(Fault(DAMAGED, f"neither {old} nor {new}, but {state}"))
    elif acknowledged(said) and state != new:
        found.append(Fault(LOST, f"{new} was said, {state} is there"))


def _created(folder: Path, said: bytes) -> list[Fault]:
    lost = [Fault(LOST, "the new ledger")] if acknowledged(said) else []
    if not (folder / LEDGER).exists():
        empty(folder)  # as whoever saw no answer would do; it is swept then
        return lost
    with opened(folder / LEDGER) as (_, found):
        return found


def _edited(folder: Path, said: bytes) -> list[Fault]:
    with opened(folder / LEDGER) as (ledger, found):
        state = (ledger.get("hazard", 2).values["quantity_found"], len(ledger.history("hazard", 2)))
        _one_of(found, state, (2, 1), (9, 2), said)
    return found


def _deleted(folder: Path, said: bytes) -> list[Fault]:
    with opened(folder / LEDGER) as (ledger, found):
        trash = list(ledger.ids(Query("hazard", trash=True)))
        _one_of(found, (sorted(hazards(ledger)), trash), ([1, 2, 3], []), ([1, 3], [2]), said)
    return found


def _imported(folder: Path, said: bytes) -> list[Fault]:
    with opened(folder / LEDGER) as (ledger, found):
        _one_of(found, (len(hazards(ledger)), len(ledger.batches())), (0, 0), (ROWS, 1), said)
    return found


def _backed_up(folder: Path, said: bytes) -> list[Fault]:
    with opened(folder / LEDGER) as (ledger, found):
        _one_of(found, sorted(hazards(ledger)), [1, 2, 3], [1, 2, 3], said)
        made = sorted((folder / backup_names.FOLDER).glob("*.mxbak"))
        for path in made:
            found += [Fault(DAMAGED, f"{path.name}: {text}") for text in proving.check_file(path)]
        if acknowledged(said) and not made:
            found.append(Fault(LOST, "the backup that was said to be made"))
        ledger.backup()  # the next backup takes away what this one left
    return found


def _thinned_out(folder: Path, said: bytes) -> list[Fault]:
    """The last of each of the ten days is there, all of the last day, and the new one if it was said."""
    with opened(folder / LEDGER) as (ledger, found):
        there = ledger.backups.there()
    numbers = {one.number for one in there}
    wanted = {*range(5, 42, 4), 38, 39, 40, *([42] if acknowledged(said) else [])}
    found += [Fault(LOST, f"backup {number}") for number in sorted(wanted - numbers)]
    found += [Fault(DAMAGED, one.path.name) for one in there if not seal.holds(one.path)]
    with opened(folder / LEDGER) as (ledger, _):
        ledger.backup()
        if len(ledger.backups.there()) > len(wanted) + 2:
            found.append(Fault(LEFT, "backups that should have been thinned out"))
    return found


def _restored(folder: Path, said: bytes) -> list[Fault]:
    if not (folder / LEDGER).exists():
        return [Fault(LOST, "there is no ledger file any more")]
    with opened(folder / LEDGER) as (ledger, found):
        state = sorted(hazards(ledger))
        _one_of(found, state, [1, 2, 3, 4, 5], [1, 2, 3], said)
    aside = sorted(folder.glob("台账-恢复前*.mxdb"))
    if len(state) == 3 and not aside:
        found.append(Fault(LOST, "the file that was replaced"))
    for path in aside:
        with opened(path) as (ledger, more):
            _one_of(found, sorted(hazards(ledger)), [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], b"")
            found += more
    return found


def _migrated(version: str) -> Judge:
    old = sqlite.look(DATA / f"ledger-{version}.mxdb")[1]

    def judge(folder: Path, said: bytes) -> list[Fault]:
        copies = sorted(folder.glob("台账-升级前*.mxdb"))
        with sqlite.translated(folder / LEDGER):
            new = sqlite.look(folder / LEDGER)[1] != old
        if _hot(folder):
            new = False  # nothing is said in the header before the journal is rolled back
        found = [Fault(LOST, "the copy of the older file")] if new and not copies else []
        found += [
            Fault(DAMAGED, path.name)
            for path in copies
            if sqlite.look(path)[1] != old or not sqlite.sound(path)
        ]
        with opened(folder / LEDGER) as (ledger, more):
            if not sum(ledger.counts().values()):
                found.append(Fault(LOST, "the older file's records"))
        return [*found, *more]

    return judge


def _hot(folder: Path) -> bool:
    journal = folder / f"{LEDGER}-journal"
    return journal.exists() and journal.read_bytes()[:1] not in (b"", b"\0")


def _written(name: str, whole: Callable[[bytes], bool]) -> Judge:
    """A file that is the older one or whole."""

    def judge(folder: Path, said: bytes) -> list[Fault]:
        with opened(folder / LEDGER) as (ledger, found):
            _one_of(found, sorted(hazards(ledger)), [1, 2, 3], [1, 2, 3], b"")
        content = (folder / name).read_bytes() if (folder / name).exists() else b""
        state = (
            "older" if content == _OLDER else "whole" if whole(content) else f"half ({len(content)} bytes)"
        )
        _one_of(found, state, "older", "whole", said)
        return found

    return judge


def _whole_package(content: bytes) -> bool:
    """A zip archive in which everything can be read: workbooks, Word documents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.testzip() is None and len(package.namelist()) > 1
    except zipfile.BadZipFile:
        return False


def _whole_pdf(content: bytes) -> bool:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return False
    try:
        return len(document) > 0 and content.rstrip().endswith(b"%%EOF")
    finally:
        document.close()


# ------------------------------------------------------------------ the deeds

SAVES = Deed("save", empty, lambda _: ["add", "hazard", "--stdin"], _saved, lines(60))
EDIT = Deed("edit", filled, lambda _: ["edit", "hazard", "2", "quantity_found=9"], _edited)
DELETE = Deed("delete", filled, lambda _: ["delete", "hazard", "2"], _deleted)
IMPORT = Deed(
    "import",
    _with_table,
    lambda folder: ["import", str(folder / "表.csv"), "--kind", "hazard", "--year", "2024"],
    _imported,
    kept=("表.csv",),
)
NEW = Deed("new ledger", lambda _: None, lambda _: ["new"], _created)
BACKUP = Deed("backup", filled, lambda _: ["backup"], _backed_up, kept=("备份/*.mxbak",))
RETENTION = Deed("retention", _with_backups, lambda _: ["backup"], _thinned_out, kept=("备份/*.mxbak",))
RESTORE = Deed(
    "restore",
    _with_backup,
    lambda folder: ["restore", str(folder / "三条.mxbak")],
    _restored,
    kept=("三条.mxbak", "台账-恢复前*.mxdb"),
)
MIGRATIONS = tuple(
    Deed(
        f"migration of {version}",
        _released(version),
        lambda _: ["list", "hazard", "--limit", "1"],
        _migrated(version),
        kept=("台账-升级前*.mxdb",),
    )
    for version in ("1.0", "1.1", "1.4")
)
# An export that was cut short leaves NAME.part; the next one of that name writes over it.
_PAPERS = ("*.part", "隐患.xlsx", "报告.pdf", "报告.docx", "全部.xlsx")
EXPORT = Deed(
    "export",
    _with_export,
    lambda folder: ["export", "hazard", "-o", str(folder / "隐患.xlsx")],
    _written("隐患.xlsx", _whole_package),
    kept=_PAPERS,
    durable=False,
)
REPORTS = tuple(
    Deed(
        f"report as {ending}",
        _with_export,
        lambda folder, ending=ending: ["report", "--year", "2024", "-o", str(folder / f"报告.{ending}")],
        _written(f"报告.{ending}", whole),
        kept=_PAPERS,
        durable=False,
    )
    for ending, whole in (("pdf", _whole_pdf), ("docx", _whole_package))
)
WORKBOOK = Deed(
    "readable workbook",
    _with_export,
    lambda folder: ["backup", "--workbook", "-o", str(folder / "全部.xlsx")],
    _written("全部.xlsx", _whole_package),
    kept=_PAPERS,
    durable=False,
)
ALL = (SAVES, EDIT, DELETE, IMPORT, NEW, BACKUP, RETENTION, RESTORE, *MIGRATIONS, EXPORT, WORKBOOK, *REPORTS)

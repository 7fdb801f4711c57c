"""Everything that writes, done while the disk refuses: full, over the quota, or failing at one change."""

from __future__ import annotations

import errno
import fnmatch
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import copies, seal
from tests.safety import recorded
from tests.safety.deeds import DAMAGED, DATA, LEFT, LOST, Fault, acknowledged, lines
from tests.safety.ledgers import filled
from tests.safety.program import LEDGER, ROOT, need_shim, scratch
from tests.safety.recorded import Change

FULL = (errno.ENOSPC, errno.EDQUOT)
_ALWAYS = ("备份/*.mxbak", "台账-升级前*.mxdb")
"""Whole copies that may have been made before the step itself was refused."""
_TABLE = "发现日期,乡镇,隐患描述\n" + "".join(f"2024-06-10,盖洋镇,第{n}处{'满' * 900}\n" for n in range(60))


@dataclass(frozen=True)
class Step:
    """One call of the program that writes.

    arguments: with {here} for the ledger's folder.  makes: files that are there afterwards, and only then.
    changes: whether the ledger's records or history are others then.  before: fills the folder.
    """

    arguments: tuple[str, ...]
    makes: tuple[str, ...] = ()
    changes: bool = False
    before: str = "plain"
    stdin: bytes = b""
    aside: tuple[str, ...] = field(default=())
    """Files the step leaves beside the ledger on purpose when it is done."""


_HAZARD = ("hazard", "record_date=2024-06-09", "area=盖洋镇", f"description={'满' * 1900}")
STEPS: dict[str, Step] = {
    "add": Step(("add", *_HAZARD), changes=True),
    "add line by line": Step(("add", "hazard", "--stdin"), changes=True, stdin=lines(12)),
    "edit": Step(("edit", "hazard", "2", "note=改过"), changes=True),
    "delete": Step(("delete", "hazard", "2"), changes=True),
    "restore a record": Step(("restore-record", "hazard", "3"), changes=True),
    "import": Step(("import", "{here}/in.csv", "--kind", "hazard"), changes=True),
    "import and give back": Step(
        ("import", "{here}/bad.csv", "--kind", "hazard", "--accept-valid", "--returned", "{here}"),
        changes=True,
        aside=("*bad*",),
    ),
    "undo an import": Step(("undo-import", "1"), changes=True),
    "backup": Step(("backup",)),
    "backup by name": Step(("backup", "-o", "{here}/n.mxbak"), makes=("n.mxbak",)),
    "readable workbook": Step(("backup", "--workbook", "-o", "{here}/w.xlsx"), makes=("w.xlsx",)),
    "hand-over": Step(("backup", "--handover", "-o", "{here}/w.zip"), makes=("w.zip",)),
    "restore": Step(("restore", "{here}/b.mxbak"), changes=True, aside=("台账-恢复前*.mxdb",)),
    "new": Step(("new",), makes=(LEDGER,), before="nothing"),
    "demo": Step(("demo",), makes=(LEDGER,), before="nothing"),
    "migration": Step(("list", "hazard"), before="old"),
    "export": Step(("export", "hazard", "-o", "{here}/o.xlsx"), makes=("o.xlsx",)),
    "export csv": Step(("export", "hazard", "-o", "{here}/o.csv"), makes=("o.csv",)),
    "template": Step(("template", "hazard", "-o", "{here}/t.xlsx"), makes=("t.xlsx",)),
    "report": Step(("report", "--year", "2024", "-o", "{here}/o.pdf"), makes=("o.pdf",)),
    "report for Word": Step(("report", "--year", "2024", "-o", "{here}/o.docx"), makes=("o.docx",)),
    "brief": Step(("brief", "--month", "2024-06", "-o", "{here}/m.docx"), makes=("m.docx",)),
    "chart": Step(("chart", "hazards_by_month", "--year", "2024", "-o", "{here}/c.png"), makes=("c.png",)),
    "definitions": Step(("definitions", "hazards_found", "-o", "{here}/d.json"), makes=("d.json",)),
    "opening": Step(("opening", "hazards_found", "2022", "1395", "--source", "总结"), changes=True),
    "freeze": Step(("freeze", "--year", "2024", "--by", "王局", "--despite-warnings"), changes=True),
    "repair from a backup": Step(
        ("repair", "--way", "backup"), before="damaged", aside=("台账-损坏*.mxdb", "台账-没有救全*")
    ),
    "repair with changes": Step(
        ("repair", "--way", "changes"), before="damaged", aside=("台账-损坏*.mxdb", "台账-没有救全*")
    ),
    "salvage": Step(
        ("repair", "--way", "salvage"), before="damaged", aside=("台账-损坏*.mxdb", "台账-没有救全*")
    ),
    "accept": Step(("repair", "--way", "accept"), before="unsealed"),
}


@dataclass(frozen=True)
class Refusal:
    """How a step ended.  code, said, complaint: of the process."""

    code: int
    said: bytes
    complaint: str


def prepared(before: str, place: Path) -> Path:
    """The ledger's folder with what there is before a step, in a folder of its own."""
    return Path(shutil.copytree(_template(before), place / "台账"))


def do(folder: Path, step: Step, *, at: int = 0, fault: int = 0, log: Path | None = None) -> Refusal:
    """The step; the disk refuses from its change `at` on, with the error number `fault` (see shim.c)."""
    place = folder.parent
    given = {
        **os.environ,
        "LD_PRELOAD": str(need_shim()),
        "MINGXI_DATA": str(place / "home"),
        "MINGXI_USER": "李四",
        "SAFETY_ROOT": str(place.resolve()),
        "TMPDIR": str(place / "tmp"),
    }
    (place / "home" / "logs").mkdir(parents=True, exist_ok=True)
    (place / "tmp").mkdir(exist_ok=True)
    if log is not None:
        given["SAFETY_LOG"] = str(log)
    if at:
        given |= {"SAFETY_KILL": str(at), "SAFETY_FAULT": str(fault)}
    arguments = [one.format(here=folder) for one in step.arguments]
    command = [sys.executable, "-m", "mingxi_desktop", "--db", str(folder / LEDGER), "--json", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=given, input=step.stdin, capture_output=True, check=False, timeout=600
    )
    return Refusal(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def changes_of(step: Step, place: Path, *, room: bool) -> int:
    """How many changes of the disk an undisturbed step makes.  room: only those that take some."""
    folder = prepared(step.before, place)
    sizes = {one.stat().st_ino: one.stat().st_size for one in folder.rglob("*")}
    log = place.parent / f"{place.name}.log"
    done = do(folder, step, log=log)
    assert done.code == 0, done.complaint + done.said.decode("utf-8", "replace")
    made = [one for one in recorded.read(log) if one.what != recorded.SAID]
    return sum(_takes_room(one, sizes) for one in made) if room else len(made)


def _takes_room(change: Change, sizes: dict[int, int]) -> bool:
    size = sizes.get(change.number, 0)
    if change.what == recorded.CREATE:
        sizes[change.number] = 0
    elif change.what == recorded.CUT:
        sizes[change.number] = change.place
        return change.place > size
    elif change.what == recorded.WRITE:
        sizes[change.number] = max(size, change.place + len(change.data))
        return change.place + len(change.data) > size
    return change.what in (recorded.FOLDER, recorded.LINK)


def faults(folder: Path, step: Step, done: Refusal, fault: int) -> list[Fault]:
    """What is wrong after a step that the disk refused, or did not."""
    found = [*_message(done, fault), *_names(folder, step, done, fault)]
    if (folder / LEDGER).exists():
        found += _state(folder, step, done, sure=fault in FULL)
    elif step.before != "nothing":
        found.append(Fault(LOST, "the ledger"))
    return found


def _message(done: Refusal, fault: int) -> Iterator[Fault]:
    if done.code not in (0, 1):
        yield Fault(DAMAGED, f"exit code {done.code}")
    if "Traceback" in done.complaint + done.said.decode("utf-8", "replace"):
        yield Fault(DAMAGED, f"a traceback is shown: {done.complaint[-300:]}")
    if done.code != 1:
        return
    answers = [one for one in acknowledged(done.said) if "error" in one]
    if not answers:
        try:
            answers = [json.loads(done.said)]
        except ValueError:
            answers = []
    if not answers:
        yield Fault(LOST, f"nothing is said: {done.said!r} {done.complaint[-300:]}")
    for one in answers[:1]:
        said = "；".join(str(one.get(part) or "") for part in ("error", "detail", "hint"))
        if "problems" in one:
            said = str(one)
        if fault in FULL and not ("满" in said or "用完" in said):
            yield Fault(DAMAGED, f"the message does not say that the disk is full: {said}")
        if "error" in one and "hint" in one and not one["hint"]:
            yield Fault(DAMAGED, f"the message does not say what next: {said}")


def _names(folder: Path, step: Step, done: Refusal, fault: int) -> Iterator[Fault]:
    before = {str(one.relative_to(_template(step.before))) for one in _template(step.before).rglob("*")}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = str(path.relative_to(folder))
        if name in before or (name in step.makes and done.code == 0):
            continue
        if any(fnmatch.fnmatch(name, one) for one in _ALWAYS):
            if path.suffix == ".mxbak" and not seal.holds(path):
                yield Fault(DAMAGED, f"{name} is no whole backup")
        elif not any(fnmatch.fnmatch(name, one) for one in step.aside):
            if fault not in FULL and (".part" in name or name.endswith("-journal")):
                continue  # what cannot be deleted stays, and is swept later
            yield Fault(LEFT, name)
    left = list((folder.parent / "tmp").iterdir())
    if left and fault in FULL:
        yield Fault(LEFT, f"temporary files: {left[0].name}")
    if done.code == 0:
        for name in step.makes:
            if not (folder / name).exists():
                yield Fault(LOST, name)


def _state(folder: Path, step: Step, done: Refusal, *, sure: bool) -> Iterator[Fault]:
    """sure: what is refused was not done.  Where the very last sync of a commit fails, nobody can know that."""
    original = _template(step.before) / LEDGER
    if step.before in ("damaged", "unsealed") and done.code:
        if (folder / LEDGER).read_bytes() != original.read_bytes():
            yield Fault(DAMAGED, "the damaged file was changed")
        return
    try:
        with Ledger.open(folder / LEDGER) as ledger:
            problems = ledger.verify()
            now = copies.marker(ledger._store.schema)
    except UserError as error:
        yield Fault(DAMAGED, f"{error.title}（{error.detail}）")
        return
    if step.before != "damaged":
        yield from (Fault(DAMAGED, text) for text in problems)
    if step.before != "plain":
        return
    with copies.looking(original) as schema:
        before = copies.marker(schema)
    told = acknowledged(done.said)
    if step.stdin:
        kept = now.change_set - before.change_set
        lines_told = sum("uid" in one for one in told)
        if kept != lines_told:
            yield Fault(LOST, f"{kept} records for {lines_told} that were acknowledged")
        return
    changed = (now.change_set, now.entries, now.tail) != (before.change_set, before.entries, before.tail)
    # Of an import that is done and whose returned file could not be written, the message says so.
    if sure and changed and done.code and "已导入" not in done.said.decode("utf-8", "replace"):
        yield Fault(DAMAGED, "refused, and done all the same")
    if not changed and not done.code and step.changes:
        yield Fault(LOST, "said to be done, and is not")


_templates: dict[str, Path] = {}


def _template(before: str) -> Path:
    if before not in _templates:
        folder = scratch() / before
        folder.mkdir()
        _BEFORE[before](folder)
        _templates[before] = folder
    return _templates[before]


def _plain(folder: Path) -> None:
    ledger = filled(folder / LEDGER, 30)
    shutil.copyfile(ledger, folder / "b.mxbak")
    with Ledger.open(ledger) as opened:
        opened.delete("hazard", [3])
    (folder / "in.csv").write_text(_TABLE, encoding="utf-8-sig")
    (folder / "bad.csv").write_text(f"{_TABLE}不是日期,火星,x\n", encoding="utf-8-sig")


def _old(folder: Path) -> None:
    shutil.copyfile(DATA / "ledger-1.1.mxdb", folder / LEDGER)


def _damaged(folder: Path) -> None:
    ledger = filled(folder / LEDGER, 300)
    with Ledger.open(ledger) as opened:
        opened.backup()
        opened.edit("hazard", 5, {"note": "后来改的"})
    data = bytearray(ledger.read_bytes())
    data[4096 * 60 : 4096 * 61] = bytes(4096)
    ledger.write_bytes(data)


def _unsealed(folder: Path) -> None:
    """Changed outside the program in a place that no record lies in."""
    ledger = filled(folder / LEDGER, 30)
    with ledger.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))


_BEFORE: dict[str, Callable[[Path], None]] = {
    "plain": _plain,
    "nothing": lambda _: None,
    "old": _old,
    "damaged": _damaged,
    "unsealed": _unsealed,
}


def spread(total: int, most: int) -> Sequence[int]:
    """So many of the numbers 1 … total, the first and the last among them."""
    if total <= most:
        return range(1, total + 1)
    return sorted({1 + round(place * (total - 1) / (most - 1)) for place in range(most)})

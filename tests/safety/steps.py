"""Every step of the program that writes, and what lies in the ledger's folder before it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.storage import copies
from mingxi_desktop.storage.copies import Marker
from tests.ciphers import CODE, PASSWORD
from tests.safety import deeds
from tests.safety.deeds import DATA
from tests.safety.ledgers import filled
from tests.safety.program import LEDGER, run, scratch

OTHER = "明溪 2025 另一个"
"""The password that a ledger is to get."""
_TABLE = "发现日期,乡镇,隐患描述\n" + "".join(f"2024-06-10,盖洋镇,第{n}处{'满' * 900}\n" for n in range(60))
_HAZARD = ("hazard", "record_date=2024-06-09", "area=盖洋镇", f"description={'满' * 1900}")
_KEY = "疑点.txt"


@dataclass(frozen=True)
class Step:
    """One call of the program that writes.

    arguments: with {here} for the ledger's folder, {key} for a finding of it.  makes: files that are there
    afterwards, and only then.  changes: whether the ledger's records or history are others then, or its settings
    where only those are meant.  before: fills
    the folder.  aside: files that the step leaves beside the ledger on purpose when it is done.  passwords: what
    opens the ledger before the step and after it.
    """

    arguments: tuple[str, ...]
    makes: tuple[str, ...] = ()
    changes: bool = False
    settings: bool = False
    before: str = "plain"
    stdin: bytes = b""
    aside: tuple[str, ...] = ()
    passwords: tuple[str, str] = ("", "")


_SAVED = ("台账-损坏*.mxdb", "台账-没有救全*")
_KEPT = (PASSWORD, PASSWORD)
STEPS: dict[str, Step] = {
    "add": Step(("add", *_HAZARD), changes=True),
    "add line by line": Step(("add", "hazard", "--stdin"), changes=True, stdin=deeds.lines(12)),
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
    "restore a package": Step(
        ("restore", "{here}/h.zip"), changes=True, before="packed", aside=("台账-恢复前*.mxdb", "附件/*/*")
    ),
    "rebuild from a workbook": Step(
        ("restore", "{here}/w.xlsx"), changes=True, before="packed", aside=("台账-恢复前*.mxdb",)
    ),
    "new": Step(("new",), makes=(LEDGER,), before="nothing"),
    "demo": Step(("demo",), makes=(LEDGER,), before="nothing"),
    "migration": Step(("list", "hazard"), before="old"),
    "export": Step(("export", "hazard", "-o", "{here}/o.xlsx"), makes=("o.xlsx",)),
    "export csv": Step(("export", "hazard", "-o", "{here}/o.csv"), makes=("o.csv",)),
    "export of numbers of people": Step(
        ("export", "hazard", "--personal", "-o", "{here}/p.xlsx"),
        makes=("p.xlsx",),
        changes=True,
        before="people",
    ),
    "template": Step(("template", "hazard", "-o", "{here}/t.xlsx"), makes=("t.xlsx",)),
    "report": Step(("report", "--year", "2024", "-o", "{here}/o.pdf"), makes=("o.pdf",)),
    "report for Word": Step(("report", "--year", "2024", "-o", "{here}/o.docx"), makes=("o.docx",)),
    "brief": Step(("brief", "--month", "2024-06", "-o", "{here}/m.docx"), makes=("m.docx",)),
    "chart": Step(("chart", "hazards_by_month", "--year", "2024", "-o", "{here}/c.png"), makes=("c.png",)),
    "proofread": Step(
        ("proofread", "{here}/draft.txt", "--year", "2024", "-o", "{here}/m.docx"), makes=("m.docx",)
    ),
    "definitions": Step(("definitions", "hazards_found", "-o", "{here}/d.json"), makes=("d.json",)),
    "define": Step(("define", "{here}/own.json"), changes=True),
    "opening": Step(("opening", "hazards_found", "2022", "1395", "--source", "总结"), changes=True),
    "opening removed": Step(("opening", "hazards_found", "2022", "--remove"), changes=True, before="opened"),
    "settings": Step(("settings", "单位名称=云山县应急管理局"), changes=True, settings=True),
    "areas": Step(("areas", "{here}/areas.csv", "--only"), changes=True),
    "cure": Step(("checks", "--year", "2024", "--cure", "{key}"), changes=True, before="doubled"),
    "accept a finding": Step(
        ("checks", "--year", "2024", "--accept", "{key}", "--reason", "清点过"),
        changes=True,
        before="doubled",
    ),
    "freeze": Step(("freeze", "--year", "2024", "--by", "王局", "--despite-warnings"), changes=True),
    "freeze withdrawn": Step(
        ("freeze", "--year", "2024", "--by", "王局", "--withdraw", "--why", "有误"),
        changes=True,
        before="opened",
    ),
    "opening password": Step(("password", "--set"), changes=True, passwords=("", OTHER)),
    "encrypt": Step(("encrypt", "on"), makes=(f"{LEDGER}.key",), changes=True, passwords=("", OTHER)),
    "encryption taken off": Step(
        ("encrypt", "off"), changes=True, before="encrypted", passwords=(PASSWORD, "")
    ),
    "another password": Step(
        ("encrypt", "password"), changes=True, before="encrypted", passwords=(PASSWORD, OTHER)
    ),
    "another recovery code": Step(("encrypt", "code"), changes=True, before="encrypted", passwords=_KEPT),
    "add to an encrypted ledger": Step(("add", *_HAZARD), changes=True, before="encrypted", passwords=_KEPT),
    "back up an encrypted ledger": Step(("backup",), before="encrypted", passwords=_KEPT),
    "repair from a backup": Step(("repair", "--way", "backup"), before="damaged", aside=_SAVED),
    "repair with changes": Step(("repair", "--way", "changes"), before="damaged", aside=_SAVED),
    "salvage": Step(("repair", "--way", "salvage"), before="damaged", aside=_SAVED),
    "accept": Step(("repair", "--way", "accept"), before="unsealed"),
}


@dataclass(frozen=True)
class Before:
    """What there is before a step, made once.  state: of the ledger, where it is a sound one of today."""

    folder: Path
    state: Marker | None


def before(name: str) -> Before:
    """The folder that steps begin with; nobody may change it."""
    if name not in _made:
        folder = scratch() / name
        folder.mkdir()
        state = _FILL[name](folder)
        _made[name] = Before(folder, state)
    return _made[name]


def prepared(step: Step, place: Path) -> Path:
    """A copy of that folder, in a folder of its own."""
    return Path(shutil.copytree(before(step.before).folder, place / "台账"))


def arguments(step: Step, folder: Path) -> list[str]:
    """The step's arguments for this folder."""
    note = folder / _KEY
    key = note.read_text(encoding="utf-8") if note.exists() else ""
    return [one.format(here=folder, key=key) for one in step.arguments]


_made: dict[str, Before] = {}


def _plain(folder: Path) -> Marker:
    ledger = filled(folder / LEDGER, 30)
    shutil.copyfile(ledger, folder / "b.mxbak")
    (folder / "in.csv").write_text(_TABLE, encoding="utf-8-sig")
    (folder / "areas.csv").write_text("乡镇,村（社区）\n盖洋镇,白叶村\n新设镇,\n", encoding="utf-8-sig")
    (folder / "bad.csv").write_text(f"{_TABLE}不是日期,火星,x\n", encoding="utf-8-sig")
    (folder / "draft.txt").write_text("全年排查隐患29条。\n", encoding="utf-8")
    with Ledger.open(ledger) as opened:
        opened.delete("hazard", [3])
        own = opened.definitions.export_text(["hazards_found"]).replace("hazards_found", "own_hazards")
        (folder / "own.json").write_text(own.replace("排查问题隐患数", "自己的隐患数"), encoding="utf-8")
        return _state(opened)


def _opened(folder: Path) -> Marker:
    """With a number of before its time, and a report that is frozen."""
    _plain(folder)
    for name in ("opening", "freeze"):
        done = run(folder, arguments(STEPS[name], folder))
        assert done.code == 0, done.said.decode()
    with Ledger.open(folder / LEDGER) as ledger:
        return _state(ledger)


def _packed(folder: Path) -> Marker:
    """Beside it a package and a workbook of another ledger, to whose records a file is attached."""
    other = scratch()
    photo = other / "照片.jpg"
    photo.write_bytes(bytes(range(256)) * 40)
    with Ledger.open(filled(other / LEDGER, 20)) as ledger:
        ledger.attach("hazard", 1, [photo])
    for form, name in (("--handover", "h.zip"), ("--workbook", "w.xlsx")):
        done = run(other, ["backup", form, "-o", str(folder / name)])
        assert done.code == 0, done.said.decode()
    with Ledger.open(filled(folder / LEDGER, 30)) as ledger:
        return _state(ledger)


def _people(folder: Path) -> Marker:
    """Hazards, with a number of somebody in one of them."""
    deeds.filled(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        ledger.edit("hazard", 2, {"note": "联系人电话13805981234"})
        return _state(ledger)


def _doubled(folder: Path) -> Marker:
    """A hazard twice, and the key of the finding that says so."""
    deeds.filled(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        deeds.add(ledger, 1)
        found = next(one for one in ledger.checks.look(2024).open if one.code == "recorded_twice")
        (folder / _KEY).write_text(found.key, encoding="utf-8")
        return _state(ledger)


def _encrypted(folder: Path) -> Marker:
    with Ledger.open(filled(folder / LEDGER, 30)) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)
        return _state(ledger)


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


def _state(ledger: Ledger) -> Marker:
    return copies.marker(ledger._store.schema)


_FILL: dict[str, Callable[[Path], Marker | None]] = {
    "plain": _plain,
    "nothing": lambda _: None,
    "opened": _opened,
    "packed": _packed,
    "people": _people,
    "doubled": _doubled,
    "encrypted": _encrypted,
    "old": _old,
    "damaged": _damaged,
    "unsealed": _unsealed,
}

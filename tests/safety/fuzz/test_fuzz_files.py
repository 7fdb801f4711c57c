"""Files from outside, changed at random: each is taken in or refused with a reason, and a refusal changes nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.build import cases
from tests.safety.counts import few_and_many, wished
from tests.safety.fuzz import filled
from tests.safety.fuzz.conftest import Fed
from tests.safety.fuzz.mutate import in_bytes, in_text, mutated
from tests.safety.fuzz.serving import Said, Served
from tests.safety.program import LEDGER

_TRIES = wished("tries", 300)
_KINDS = ("hazard", "accident", "activity", "meeting", "opening")
_DRAFT = "2024年，全县排查隐患3处，其中消防1处，整改率99.76%；召开会议1次。同比下降12.5%，较上年减少４起。"

Sample = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True)
class Entrance:
    """A verb that reads a file.

    samples: (name, how it is made) of sound ones.  arguments: of the call, given the file.
    equal: what is taken in must leave the same records as the sound file does.
    """

    samples: Callable[[], Sequence[Sample]]
    arguments: Callable[[Path], Sequence[str]]
    equal: bool = False


def _of_corpus(*endings: str) -> Sequence[Sample]:
    return [
        (f"{case.kind}/{case.name}", case.data)
        for case in cases().values()
        if not case.slow and case.name.endswith(endings)
    ]


def _import(path: Path) -> Sequence[str]:
    return ["import", str(path), "--kind", path.parent.name, "--year", "2024", "--accept-valid"]


def _proofread(path: Path) -> Sequence[str]:
    return ["proofread", str(path), "--year", "2024", "-o", str(path.with_name("标注.docx"))]


def _restore(path: Path) -> Sequence[str]:
    return ["restore", str(path)]


def _text() -> Sequence[Sample]:
    return [
        (f"稿{n}.txt", partial(_DRAFT.encode, code)) for n, code in enumerate(("utf-8", "gb18030", "utf-16"))
    ]


def _made(name: str, *verb: str) -> Callable[[], Sequence[Sample]]:
    return lambda: [(name, partial(filled.made, name, *verb))]


ENTRANCES = {
    "xlsx": Entrance(partial(_of_corpus, ".xlsx", ".xlsm", ".xlsb"), _import),
    "xls and et": Entrance(partial(_of_corpus, ".xls", ".et"), _import),
    "ods": Entrance(partial(_of_corpus, ".ods", ".fods"), _import),
    "csv and tsv": Entrance(partial(_of_corpus, ".csv", ".tsv", ".txt"), _import),
    "html and xml": Entrance(partial(_of_corpus, ".html", ".htm", ".xml", ".mht"), _import),
    "definitions": Entrance(
        lambda: [("定义.json", filled.DEFINITIONS.encode)],
        lambda path: ["define", str(path), "--accept-valid"],
    ),
    "draft txt": Entrance(_text, _proofread),
    "draft docx": Entrance(_made("稿.docx", "report", "--year", "2024"), _proofread),
    "draft pdf": Entrance(_made("稿.pdf", "brief", "--month", "2024-06"), _proofread),
    "backup": Entrance(_made("备份.mxbak", "backup"), _restore, equal=True),
    "hand-over": Entrance(_made("交接.zip", "backup", "--handover"), _restore, equal=True),
    "readable workbook": Entrance(_made("全部台账.xlsx", "backup", "--workbook"), _restore),
}
_FEW = {"csv and tsv": 3, "html and xml": 1, "xlsx": 1, "definitions": 3, "backup": 2}


def _parameters() -> list[Any]:
    found: list[Any] = []
    for name, entrance in ENTRANCES.items():
        many = _TRIES if entrance.arguments is _import else max(1, _TRIES // 3)
        counts = few_and_many(_FEW.get(name, 0), many)
        found += [pytest.param(name, *one.values, id=f"{name}-{one.id}", marks=one.marks) for one in counts]
    return found


@pytest.mark.parametrize(("name", "tries"), _parameters())
def test_a_file_is_taken_in_or_refused(
    name: str, tries: int, program: Served, tmp_path: Path, draw: random.Random, feeding: Callable[[str], Fed]
) -> None:
    entrance, fed = ENTRANCES[name], feeding(name)
    samples, folder = entrance.samples(), tmp_path / "fed"
    sound = filled.ledger().read_bytes()
    wanted = _records(program, filled.ledger()) if entrance.equal else None
    for _ in range(tries):
        fed.tried += 1
        named, build = draw.choice(samples)
        data = _changed(named, build(), draw)
        work = folder / "work"
        path, db = work / named, work / LEDGER
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        db.write_bytes(sound)
        said = program.call(*entrance.arguments(path), "--db", str(db))
        if fed.judge(said, data, path.name):
            problem = _wrong(program, said, db, sound, wanted)
            if problem:
                fed.fault(f"{problem}; it said {said.text[:300]}", data, path.name)
            fed.taken += said.code == 0
        shutil.rmtree(work)
    fed.end()


def _changed(name: str, data: bytes, draw: random.Random) -> bytes:
    text = name.endswith((".json", ".txt", ".csv", ".xml", ".html", ".htm", ".fods"))
    return draw.choice((in_bytes, in_text))(data, draw) if text else mutated(data, draw)


def _wrong(program: Served, said: Said, db: Path, sound: bytes, wanted: Any) -> str:
    """What is wrong with the ledger after the answer."""
    if db.read_bytes() == sound:
        return ""
    if said.code != 0:
        stored = isinstance(said.document, dict) and said.document.get("batch")
        if not stored:
            return "refused, and the ledger has changed"
    checked = program.call("verify", "--db", str(db))
    if checked.fault or checked.code:
        return f"verify: {checked.fault or checked.text[:500]}"
    if wanted is not None and _records(program, db) != wanted:
        return "other records than in the sound file"
    return ""


def _records(program: Served, db: Path) -> Any:
    return [program.call("list", kind, "--limit", "1000", "--db", str(db)).document for kind in _KINDS[:4]]

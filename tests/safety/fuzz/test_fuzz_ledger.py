"""A ledger file changed at random, the seal pressed again as somebody who knows the format would.

Nothing ends the program, every verb answers; what `verify` finds nothing in says the same as the sound file.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mingxi_desktop.storage import seal
from tests.safety.counts import few_and_many, wished
from tests.safety.fuzz import filled
from tests.safety.fuzz.conftest import Fed
from tests.safety.fuzz.mutate import in_bytes
from tests.safety.fuzz.serving import Served
from tests.safety.program import LEDGER

_PAGE, _HEADER = 4096, 100
_LOOKS = (
    ("verify",),
    ("list", "hazard", "--limit", "1000"),
    ("history", "hazard", "2"),
    ("indicators", "--year", "2024"),
    ("checks", "--year", "2024"),
    ("definitions",),
    ("opening",),
    ("batches",),
)
_DEEDS = (
    ("add", "hazard", "record_date=2024-05-01", "area=盖洋镇", "description=新的", "field=消防"),
    ("backup",),
    ("repair",),
    ("repair", "--way", "best"),
    ("verify",),
)


@pytest.mark.parametrize("tries", few_and_many(0, wished("tries", 300), 2))
def test_a_changed_ledger_file_is_noticed_and_answered(
    tries: int, program: Served, tmp_path: Path, draw: random.Random, feeding: Callable[[str], Fed]
) -> None:
    fed = feeding("ledger file, sealed again")
    data = filled.ledger().read_bytes()
    sound = [program.call(*verb, "--db", str(filled.ledger())).document for verb in _LOOKS[1:]]
    while fed.tried < tries:
        fed.tried += 1
        given = _changed(data, draw)
        folder = tmp_path / "fed" / "台账"
        folder.mkdir(parents=True)
        db = folder / LEDGER
        db.write_bytes(given)
        if len(given) >= _HEADER and draw.random() < 0.8:
            seal.press(db)
        given = db.read_bytes()
        said = [program.call(*verb, "--db", str(db)) for verb in _LOOKS]
        faults = [f"{verb[0]}: {one.fault}" for verb, one in zip(_LOOKS, said, strict=True) if one.fault]
        if not faults and said[0].code == 0:
            fed.taken += 1
            pairs = zip(_LOOKS[1:], said[1:], sound, strict=True)
            faults = [
                f"verify finds nothing, {verb[0]} says {one.text[:300]}"
                for verb, one, was in pairs
                if one.document != was
            ]
        for verb in _DEEDS:
            one = program.call(*verb, "--db", str(db))
            faults += [f"{verb}: {one.fault}"] if one.fault else []
        if faults:
            fed.fault("\n".join(faults), given, "台账.mxdb")
        shutil.rmtree(folder)
    fed.end()


@pytest.mark.parametrize("tries", few_and_many(1, wished("tries", 100)))
def test_rubbish_beside_the_ledger_harms_nothing(
    tries: int, program: Served, tmp_path: Path, draw: random.Random, feeding: Callable[[str], Fed]
) -> None:
    """Journals that are none, half-made files, rubbish in the folders of backups, drafts and attachments."""
    fed = feeding("files beside the ledger")
    wanted = program.call("list", "hazard", "--db", str(filled.ledger())).document
    for _ in range(tries):
        fed.tried += 1
        folder = tmp_path / "fed" / "台账"
        folder.mkdir(parents=True)
        db = Path(shutil.copyfile(filled.ledger(), folder / LEDGER))
        given = draw.randbytes(draw.choice((0, 1, 28, 512, 5000)))
        if draw.random() < 0.5:
            given = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + given
        name = draw.choice(_BESIDE)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(given)
        said = [
            program.call(*verb, "--db", str(db))
            for verb in (_LOOKS[1], _LOOKS[0], _DEEDS[1], _DEEDS[0], _LOOKS[0])
        ]
        for one in said:
            fed.judge(one, given, Path(name).name)
        if said[0].document != wanted or said[1].code:
            fed.fault(f"{name}: {said[0].text[:300]} {said[1].text[:300]}", given, Path(name).name)
        shutil.rmtree(folder)
    fed.end()


_BESIDE = (
    f"{LEDGER}-journal",
    f"{LEDGER}-wal",
    f"{LEDGER}-shm",
    f"{LEDGER}.0123abcd.part",
    "备份/台账-20240101-000000-0000001-关闭.mxbak",
    "备份/别的.mxbak",
    "备份/x.part",
    f"草稿/{LEDGER}/hazard-1.json",
    "附件/不是.pdf",
)


def _changed(data: bytes, draw: random.Random) -> bytes:
    way = draw.choice(("bytes", "page", "header", "tree"))
    if way == "bytes":
        return in_bytes(data, draw)
    changed = bytearray(data)
    page = draw.randrange(len(data) // _PAGE) * _PAGE
    start, room = {"header": (0, _HEADER), "page": (page, _PAGE), "tree": (page or _HEADER, 40)}[way]
    for _ in range(draw.choice((1, 2, 4, 20))):
        changed[start + draw.randrange(room)] = draw.randrange(256)
    return bytes(changed)

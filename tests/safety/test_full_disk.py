"""A full disk at every step: nothing half done, the ledger as it was, and a message that names the drive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from tests.safety.conftest import Reached
from tests.safety.counts import LONG
from tests.safety.deeds import DATA
from tests.safety.ledgers import filled
from tests.safety.program import LEDGER, run

_SIZE = 32
"""Megabytes of the disk."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if sys.platform != "linux":
        pytest.skip("a disk that can be filled needs root on Linux: full disks are not proved here")
    place = tmp_path / "盘"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("a disk that can be filled needs root on Linux: full disks are not proved here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Leave so many bytes free."""
    found = os.statvfs(disk)
    filler = disk / "fill"
    filler.write_bytes(bytes(max(0, found.f_bavail * found.f_frsize - free)))
    return filler


def names(disk: Path) -> set[str]:
    return {str(item.relative_to(disk)) for item in disk.rglob("*") if item.is_file()}


LONG_TEXT = "满" * 1900
ADD = ["add", "hazard", "record_date=2024-06-09", "area=盖洋镇", "field=消防", f"description={LONG_TEXT}"]
STEPS: dict[str, tuple[list[str], int]] = {
    "save": (ADD, 4096),
    "save with nothing free": (ADD, 0),
    "import": (["import", "{beside}/in.csv", "--kind", "hazard"], 30_000),
    "backup": (["backup"], 100_000),
    "export": (["export", "hazard", "-o", "{disk}/o.xlsx"], 4096),
    "export csv": (["export", "hazard", "-o", "{disk}/o.csv"], 4096),
    "report": (["report", "--year", "2024", "-o", "{disk}/o.pdf"], 4096),
    "report for Word": (["report", "--year", "2024", "-o", "{disk}/o.docx"], 4096),
    "restore": (["restore", "{beside}/b.mxbak"], 100_000),
    "migration": (["list", "hazard"], 100_000),
    "migration after its backup": (["list", "hazard"], (DATA / "ledger-1.1.mxdb").stat().st_size + 8192),
    "readable workbook": (["backup", "--workbook", "-o", "{disk}/w.xlsx"], 4096),
    "hand-over": (["backup", "--handover", "-o", "{disk}/w.zip"], 100_000),
    "salvage": (["repair", "--way", "salvage"], 100_000),
}
_OFTEN = ("save",)
_LATER = ("save with nothing free", "migration", "migration after its backup", "salvage")
"""Steps that a disk which can only be read refuses as it does the others, or not at all."""


@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=[] if step in _OFTEN else LONG, id=step) for step in STEPS]
)
def test_nothing_is_half_done_on_a_full_disk(step: str, disk: Path, tmp_path: Path, reached: Reached) -> None:
    began = time.monotonic()
    beside = tmp_path / "beside"
    beside.mkdir()
    ledger = disk / LEDGER
    if step.startswith("migration"):
        shutil.copyfile(DATA / "ledger-1.1.mxdb", ledger)
    else:
        filled(ledger, 300)
        shutil.copyfile(ledger, beside / "b.mxbak")
    rows = "".join(f"2024-06-10,盖洋镇,{number}{LONG_TEXT}\n" for number in range(60))
    (beside / "in.csv").write_text(f"发现日期,乡镇,隐患描述\n{rows}", encoding="utf-8-sig")
    if step == "salvage":
        damage(ledger)
    arguments, free = STEPS[step]
    arguments = [one.format(disk=disk, beside=beside) for one in arguments]
    before = ledger.read_bytes()
    filler = fill(disk, free)
    done = run(disk, arguments)
    if arguments[0] != "backup":  # which notes in the ledger whose it is, as far as there is room
        assert ledger.read_bytes() == before
    assert names(disk) - {"台账-升级前1.1.mxdb"} == {LEDGER, "fill"}
    assert done.code == 1
    said = json.loads(done.said)
    assert "满" in said["error"] + said["detail"]
    assert str(disk) in said["detail"]
    assert said["hint"]
    filler.unlink()
    if step != "salvage":
        with Ledger.open(ledger) as opened:
            assert opened.verify() == []
    reached("full disk", 1, told=1, seconds=time.monotonic() - began)


def message(step: str, disk: Path, beside: Path) -> str:
    """What is said to a step that is refused; it says what, where and what next, and nothing is left of it."""
    before = {name: (disk / name).read_bytes() for name in names(disk)}
    done = run(disk, [one.format(disk=disk, beside=beside) for one in STEPS[step][0]])
    assert (done.code, "Traceback" in done.complaint) == (1, False), done
    assert {name: (disk / name).read_bytes() for name in names(disk)} == before
    said = json.loads(done.said)
    assert said["hint"]
    assert str(disk) in said["detail"]
    return f"{said['error']} {said['detail']}"


@pytest.mark.parametrize(
    "step", [pytest.param(one, marks=LONG, id=one) for one in STEPS if one not in _LATER]
)
def test_a_disk_that_can_only_be_read(step: str, disk: Path, tmp_path: Path, reached: Reached) -> None:
    began = time.monotonic()
    beside = tmp_path / "beside"
    beside.mkdir()
    filled(disk / LEDGER, 20)
    shutil.copyfile(disk / LEDGER, beside / "b.mxbak")
    (beside / "in.csv").write_text("发现日期,乡镇,隐患描述\n2024-06-10,盖洋镇,一\n", encoding="utf-8-sig")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "只读" in message(step, disk, beside)
    reached("read-only disk", 1, told=1, seconds=time.monotonic() - began)


def damage(ledger: Path) -> None:
    data = bytearray(ledger.read_bytes())
    data[4096 * 60 : 4096 * 61] = bytes(4096)
    ledger.write_bytes(data)

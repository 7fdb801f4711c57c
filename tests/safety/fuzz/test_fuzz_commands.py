"""Command lines that nobody meant: each is answered, none with a traceback."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.counts import few_and_many, wished
from tests.safety.fuzz import filled
from tests.safety.fuzz.conftest import Fed
from tests.safety.fuzz.serving import Served
from tests.safety.program import LEDGER

_VERBS: tuple[tuple[str, ...], ...] = (
    ("add", "hazard", "record_date=2024-06-09", "area=盖洋镇", "description=堵塞", "quantity_found=1"),
    ("edit", "hazard", "1", "description=改了"),
    ("delete", "hazard", "1"),
    ("restore-record", "hazard", "3"),
    (
        "list",
        "hazard",
        "--search",
        "堵塞",
        "--where",
        "area=盖洋镇",
        "--year",
        "2024",
        "--limit",
        "5",
        "--offset",
        "0",
    ),
    ("history", "hazard", "2"),
    ("import", "没有.xlsx", "--kind", "hazard", "--year", "2024", "--map", "日期=record_date"),
    ("undo-import", "1"),
    ("template", "hazard", "-o", "模板.xlsx"),
    ("export", "hazard", "-o", "出.csv", "--where", "area=盖洋镇"),
    ("indicators", "--year", "2024", "--as-of", "2024-11-30"),
    ("trace", "hazards_found", "--year", "2024"),
    ("definitions", "xfyh"),
    ("opening", "hazards_found", "2022", "1395", "--source", "总结"),
    ("years", "hazards_found"),
    ("chart", "hazards_by_month", "--year", "2024", "-o", "图.svg"),
    ("freeze", "--year", "2024", "--by", "张三"),
    ("changes", "--year", "2024"),
    ("checks", "--year", "2024"),
    ("backup", "-o", "备.mxbak"),
    ("restore", "没有.mxbak"),
    ("repair", "--way", "best"),
    ("new",),
    ("schema",),
    ("verify",),
)
_ODD = (
    "", " ", "-", "--", "---", "=", "a=", "=a", "\x00", "a\x00b", "\udc80", "record_date=\udcff",
    "\ud800", "x" * 70_000, "甲" * 5_000, "../../../x", "/dev/null", "/dev/full", "/proc/self/mem",
    "C:\\con", "aux", "\u202e", "%s%n%x", "{0}", "$(x)", "--year=99999999999999999999", "--year=²",
    "--limit=-1", "--limit=9223372036854775808", "--offset=-9", "--as-of=9999-99-99", "2024-02-30",
    "9" * 5_000, "-1", "1e9", "nan", "٣", "²", "--db", "--json", "--where=area", "--where=a=b=c",
    "--search=%", "--search=" + "(" * 500, "--help", "-o", "-o/", "-o/没有/x.xlsx", "--map==",
    "quantity_found=1e400", "quantity_found=9" * 9, "area=\n", "id=5", "uid=x", "uid=\x00",
    "in_total=也许", "evidence=x", "campaign=、、", "record_date=0000-00-00",
)  # fmt: skip


@pytest.mark.parametrize("tries", few_and_many(6, wished("tries", 300)))
def test_an_odd_command_line_is_answered(
    tries: int,
    program: Served,
    tmp_path: Path,
    draw: random.Random,
    feeding: Callable[[str], Fed],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fed = feeding("command lines")
    folder = tmp_path / "fed" / "台账"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    db = folder / LEDGER
    while fed.tried < tries:
        if fed.tried % 25 == 0:
            shutil.copyfile(filled.ledger(), db)
        fed.tried += 1
        verb = list(draw.choice(_VERBS))
        for _ in range(draw.choice((1, 1, 2))):
            place = draw.randrange(1, len(verb) + 1)
            verb[place : place + draw.randrange(2)] = [_odd(draw)]
        said = program.call(*verb, "--db", str(db))
        fed.judge(said, repr(verb).encode(), "命令.txt")
        fed.taken += said.code == 0
    checked = program.call("verify", "--db", str(db))
    if checked.code:
        fed.fault(f"verify: {checked.text[:500]}", b"", "verify")
    fed.end()


def _odd(draw: random.Random) -> str:
    odd = draw.choice(_ODD)
    return (
        odd if draw.random() < 0.8 else draw.choice(("description=", "note=", "area=", "record_date=")) + odd
    )

"""The clerk's main job through the installed program: a year of records, the window, the report, tables out and in."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from devtools import say
from devtools.environment import Environment
from devtools.windows.installed import Installed, TrialError, expect

_SCALES = (100, 150)
_YEAR = "2024"
_PLACES = 81
"""Numbers in the annual report of the demonstration year."""
_STILL_SECONDS = 60
_LOOK = """
import sys
import pypdfium2
from PIL import Image
kind, path = sys.argv[1:]
if kind == "picture":
    print(len(Image.open(path).convert("RGB").getcolors(1 << 24)))
else:
    print(len(pypdfium2.PdfDocument(path)))
"""


def go(env: Environment, installed: Installed, pictures: Path) -> None:
    """Do it all; TrialError at the first thing that is not as it must be.  pictures: where the window's go."""
    folder = installed.documents / "年度"
    for one in (folder, pictures):
        one.mkdir(parents=True, exist_ok=True)
    ledger, report = folder / "台账.mxdb", folder / "总结.pdf"
    db: list[str | Path] = ["--db", ledger]
    made = installed.says("demo", *db)["records"]
    say(f"  demonstration year: {sum(made.values())} records in {len(made)} ledgers")
    for scale in _SCALES:
        _window(env, installed, ledger, scale, pictures)
    pages = installed.says("report", "--year", _YEAR, "-o", report, *db)["pages"]
    expect(
        pages == int(_look(env, "report", report)), f"the report says {pages} pages and has another number"
    )
    read = installed.says("proofread", report, "--year", _YEAR, *db)["counts"]
    expect(
        read["agrees"] == _PLACES and not read["differs"],
        f"the printed report agrees not in all places: {read}",
    )
    say(f"  report: {pages} pages, {read['agrees']} of {_PLACES} places agree with the records")
    _out_and_in(installed, folder, ledger)
    expect(installed.says("self-check")["ok"], "the program's own files are not what was delivered")
    expect(installed.says("verify", *db)["ok"], "verify finds something in the ledger")


def _window(env: Environment, installed: Installed, ledger: Path, scale: int, pictures: Path) -> None:
    installed.wine.scale(scale)
    window = installed.open(ledger)
    picture = pictures / f"window-{scale}.png"
    _picture(installed, picture)
    colours = int(_look(env, "picture", picture))
    expect(colours > 50, f"{picture.name} shows {colours} colours: an empty window")
    installed.close(window)
    say(f"  window at {scale} %: {picture}")


def _picture(installed: Installed, target: Path) -> None:
    """The screen once it stands still."""
    deadline, last = time.monotonic() + _STILL_SECONDS, b""
    while time.monotonic() < deadline:
        time.sleep(2)
        installed.wine.picture(target)
        now = target.read_bytes()
        if now == last:
            return
        last = now


def _out_and_in(installed: Installed, folder: Path, ledger: Path) -> None:
    """What a ledger exports comes in again: nothing new in the same ledger, all of it in an empty one."""
    table, other = folder / "隐患.xlsx", folder / "另一本.mxdb"
    rows = installed.says("export", "hazard", "--year", _YEAR, "-o", table, "--db", ledger)["rows"]
    again = _imported(installed, table, ledger)
    expect(not again, f"importing an export again added {again} records")
    installed.says("new", "--db", other)
    came = _imported(installed, table, other, "--duplicates", "add")
    expect(came == rows, f"{rows} rows were exported and {came} came in")
    say(f"  {rows} hazards exported to Excel: none new in the same ledger, all in an empty one")


def _imported(installed: Installed, table: Path, ledger: Path, *more: str) -> int:
    answer = installed.says("import", table, "--kind", "hazard", *more, "--db", ledger)
    return sum(
        one["imported"] for one in answer["files"] if one["kind"] == "hazard"
    )  # child rows beside them


def _look(env: Environment, kind: str, path: Path) -> str:
    """Look at a picture (its colours) or a report (its pages) with this system's own Python."""
    seen = subprocess.run(
        [env.python, "-c", _LOOK, kind, path], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if seen.returncode:
        raise TrialError(f"{path} cannot be read: {seen.stderr[-1000:]}")
    return seen.stdout.strip()

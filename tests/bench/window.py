"""How fast the window is beside others that do part of the same: `python -m tests.bench.window [rows …]`.

Each measure runs in a process of its own, with compiled files at hand as in an installed program. Seconds differ
from machine to machine, so each stands beside a peer's of the same run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.hazards import ledger_of

_ROWS = (1_683, 20_000)
_RUNS = 3
_MOST_LISTED = 100_000
"""Peers that keep every row in memory are left out above it, unless asked for by --all."""
_PARTS = {"sorts": "sort", "filters": "filter", "searches": "search"}
_ROOT = Path(__file__).resolve().parents[2]
Found = dict[str, Any]


def main() -> None:
    """Measure for each number of rows, print a table each."""
    wanted = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(_ROWS)
    for rows in wanted:
        file = ledger_of(rows)
        print(f"\n{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB; best of {_RUNS} runs")
        with tempfile.TemporaryDirectory() as folder:
            _measure(file, rows, Path(folder))


def _measure(file: Path, rows: int, folder: Path) -> None:
    peers = ["bare", "model"]
    if rows <= _MOST_LISTED or "--all" in sys.argv:
        peers += ["list", "qt_sql"]
    runs: dict[str, list[Found]] = {name: [] for name in (*peers, "program")}
    for name in runs:
        _run(name, file, folder)  # the first one compiles, and brings the file into the system's memory
    for _ in range(_RUNS):
        for name, found in runs.items():
            found.append(_run(name, file, folder))
    _print_start(runs)
    _print_outside(file, folder)
    _print_table(runs)
    _print_saves(runs["program"], _run("durable", file, folder))


def _run(name: str, file: Path, folder: Path) -> Found:
    """One process; what it found, `painted` and `filled` in seconds since it was started."""
    module = "window_program" if name == "program" else "window_peers"
    words = [] if name == "program" else [name]
    target = folder / "bench.mxdb" if name == "durable" else file
    environment = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
        "MINGXI_DATA": str(folder / "data"),
    }
    if os.name != "nt" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-m", f"tests.bench.{module}", *words, str(target)]
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode or not done.stdout.strip():
        raise SystemExit(f"{name}: {done.stderr[-2000:]}")
    found: Found = json.loads(done.stdout.strip().splitlines()[-1])
    for moment in ("painted", "filled"):
        if moment in found:
            found[moment] -= start
    return found


def _least(runs: list[Found], key: str) -> float:
    return min(float(found[key]) for found in runs)


def _print_start(runs: dict[str, list[Found]]) -> None:
    bare = _least(runs["bare"], "painted")
    names = {
        "bare": "bare Qt window",
        "model": "windowed model, first rows",
        "list": "all rows in a list",
        "qt_sql": "QSqlTableModel",
    }
    print(f"{'file to window':34}{'s':>8}{'× bare':>8}{'MB':>7}")
    for name, said in names.items():
        if name in runs:
            _line(said, _least(runs[name], "painted"), bare, _least(runs[name], "megabytes"))
    for found in runs.get("qt_sql", [])[:1]:
        _line("  … after going to the bottom", found["bottom"], bare, found["megabytes_after"])
    program = runs["program"]
    _line("the program, window painted", _least(program, "painted"), bare, _least(program, "megabytes"))
    _line("  … first page filled", _least(program, "filled"), bare, _least(program, "megabytes"))
    after = _least(program, "megabytes_after")
    _line("  … its ledger opened, first rows", _least(program, "ledger_first"), bare, after)
    foreign = ", ".join(program[0]["foreign"])
    print(f"{program[0]['modules']} modules of ours before the window shows; foreign: {foreign or 'none'}")


def _line(said: str, seconds: float, bare: float, megabytes: float) -> None:
    print(f"{said:34}{seconds:8.2f}{seconds / bare:8.1f}{megabytes:7.0f}")


def _print_outside(file: Path, folder: Path) -> None:
    """Other programs that open the same file, as far as they are installed."""
    for program, words in (("sqlitebrowser", ["-R", "-t", "hazard", str(file)]),):
        found = shutil.which(program)
        if found is None:
            print(f"{program:34}not installed")
            continue
        start = time.perf_counter()
        with subprocess.Popen([found, *words], cwd=folder) as process:
            while process.poll() is None and not _has_window(process.pid):
                time.sleep(0.01)
            print(f"{program:34}{time.perf_counter() - start:8.2f}")
            process.kill()
    office = shutil.which("soffice")
    if office is None:
        print(f"{'LibreOffice':34}not installed")
        return
    sheet = folder / "hazards.csv"
    sheet.write_text("乡镇,隐患描述\n" + "盖洋镇,灭火器压力不足\n" * 1_683, encoding="utf-8")
    start = time.perf_counter()
    words = ["--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(sheet)]
    subprocess.run([office, *words], capture_output=True, check=False)
    print(f"{'LibreOffice, 1,683 rows in and out':34}{time.perf_counter() - start:8.2f}")


def _has_window(pid: int) -> bool:
    tool = shutil.which("xdotool")
    if tool is None:
        return True
    told = subprocess.run([tool, "search", "--pid", str(pid)], capture_output=True, check=False)
    return bool(told.stdout.strip())


def _print_table(runs: dict[str, list[Found]]) -> None:
    program = runs["program"]
    print(f"\n{'in the ledger, milliseconds':34}{'first':>8}{'all':>8}{'cpu':>8}{'held':>8}")
    for part, word in _PARTS.items():
        for said in program[0][part]:
            many = [found[part][said] for found in program]
            first, whole, cpu, held = (
                min(one[key] for one in many) * 1000 for key in ("first", "all", "cpu", "held")
            )
            print(f"{word + ' ' + said:34}{first:8.0f}{whole:8.0f}{cpu:8.0f}{held:8.0f}")
    print(f"\n{'a jump anywhere, milliseconds':34}{'p50':>8}{'max':>8}{'cpu':>8}")
    for name, found in runs.items():
        if found and "jumps" in found[0]:
            middle = min(median(one["jumps"]) for one in found) * 1000
            longest = min(max(one["jumps"]) for one in found) * 1000
            cpu = f"{_least(found, 'jump_cpu') * 1000:8.0f}" if "jump_cpu" in found[0] else ""
            print(f"{name:34}{middle:8.0f}{longest:8.0f}{cpu}")


def _print_saves(program: list[Found], durable: Found) -> None:
    rows = {
        "write and fsync": durable["writes"],
        "one row, TRUNCATE and FULL": durable["saves"],
        "a record, from 保存 to 已保存": min((found["form_saves"] for found in program), key=median),
        "  … by the facade alone": min((found["facade_saves"] for found in program), key=median),
    }
    print(f"\n{'a durable save, milliseconds':34}{'p50':>8}{'max':>8}")
    for said, saves in rows.items():
        print(f"{said:34}{median(saves) * 1000:8.1f}{max(saves) * 1000:8.1f}")


if __name__ == "__main__":
    main()

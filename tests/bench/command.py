"""`python3 dev.py bench`: which blocks, how large, how often; prints their tables, and keeps them in README.md."""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench import measuring
from tests.bench.frame import Block
from tests.bench.glance import glance
from tests.bench.rounds import outcome_of
from tests.bench.table import table

MODULES = (
    "window", "imports", "exports", "search", "indicators", "report", "checks", "printing", "size", "responsiveness",
)  # fmt: skip
"""Where the blocks stand, in the order in which they are run."""
README = Path(__file__).with_name("README.md")
_GLANCE, _END = "<!-- all goals -->", "<!-- end -->"
_RUNS = 3
_NAMED = (
    "PySide6-Essentials", "peewee", "python-calamine", "XlsxWriter", "openpyxl", "pandas", "duckdb", "reportlab",
)  # fmt: skip


def blocks() -> list[Block]:
    """All of them."""
    return [block for name in MODULES for block in importlib.import_module(f"tests.bench.{name}").BLOCKS]


def main(words: Sequence[str]) -> None:
    """Run the blocks named, or all."""
    known = list(dict.fromkeys(block.name for block in blocks()))
    wished = _parsed(words, known)
    if wished.blame:
        _blame(wished.rows)
        return
    names = [word for word in wished.what if not word.isdigit()] or known
    rows = wished.rows + [int(word) for word in wished.what if word.isdigit()]
    for block in blocks():
        if block.name in names:
            _run(block, rows, wished.runs, write=wished.write)


def _parsed(words: Sequence[str], known: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="BLOCK", help=f"some of: {', '.join(known)}")
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[], help="numbers of records, in place of the usual"
    )
    parser.add_argument("--runs", type=int, default=_RUNS, help=f"rounds that count ({_RUNS})")
    parser.add_argument("--write", action="store_true", help="keep the tables in tests/bench/README.md")
    parser.add_argument("--blame", action="store_true", help="only: which calls hold the window up")
    wished = parser.parse_args(words)
    for word in wished.what:
        if not word.isdigit() and word not in known:
            parser.error(f"there is no block {word!r}; there are: {', '.join(known)}")
    return wished


def _run(block: Block, rows: Sequence[int], runs: int, *, write: bool) -> None:
    sizes = rows if rows and block.sizes != (0,) else block.sizes
    for size in sizes:
        told = table(outcome_of(block, size, runs, lambda said: print(said, file=sys.stderr, flush=True)))
        print(f"\n{told}", flush=True)
        if write:
            text = README.read_text(encoding="utf-8")
            README.write_text(glanced(kept(text, told, conditions(runs))), encoding="utf-8", newline="\n")


def kept(readme: str, told: str, conditions: str) -> str:
    """The README with a table between its own marks, in the place of the one of the same title."""
    title = told.partition("\n")[0].removeprefix("### ")
    begin = f"<!-- {title} -->"
    text = f"{begin}\n{told}\n\n{conditions}\n{_END}"
    before, found, rest = readme.partition(begin)
    if not found:
        return f"{readme.rstrip()}\n\n{text}\n"
    return f"{before}{text}{rest.partition(_END)[2]}"


def glanced(readme: str) -> str:
    """The README with all goals at a glance, of the tables that it keeps, between the marks that it has for them."""
    before, found, rest = readme.partition(_GLANCE)
    return f"{before}{_GLANCE}\n{glance(rest)}\n{_END}{rest.partition(_END)[2]}" if found else readme


def conditions(runs: int) -> str:
    """Where and when, so that somebody can tell what the numbers are worth."""
    load = f", load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in _NAMED:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return (
        f"{datetime.date.today()}, rounds: {runs}, {os.cpu_count()} cores{load}, {platform.system()}; "
        f"{', '.join(versions)}."
    )


def _blame(rows: Sequence[int]) -> None:
    """The long jobs once, with the calls that held the window up."""
    block = next(block for block in blocks() if block.name == "responsiveness")
    for size in rows or block.sizes:
        with tempfile.TemporaryDirectory(prefix="mingxi-bench-") as folder:
            workload = block.make(size, Path(folder))
            words = [
                "-m",
                "tests.bench.jobs.long_jobs",
                workload["file"],
                workload["book"],
                folder,
                "--blame",
            ]
            environment = measuring.environment(Path(folder))
            subprocess.run(
                [sys.executable, *words],
                cwd=measuring.ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )

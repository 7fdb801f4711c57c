"""Runs the program on the corpus and says what it made of each file.

python -m tests.corpus.judge [--cli] [--fast] [--bad] [NAME …]   (a NAME is the beginning of a file's name)
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

from mingxi_desktop import logs
from mingxi_desktop.app.cli import main
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.ledger import importing
from tests.corpus.build import cases
from tests.corpus.expect import Case, Outcome, Verdict, judge, told

_SECONDS = 60


class Runner:
    """Calls the program as a user of the command line does; with `cli` as a process of its own.

    Without `cli` one reading child serves all files.  Use as a context manager: leaving it ends the child.
    """

    def __init__(self, folder: Path, *, cli: bool = False) -> None:
        self._folder = folder
        self._cli = cli
        self._empty = folder / "empty.mxdb"
        self._used = 0
        self._reading = ReadingProcess()
        self.call("new", "--db", str(self._empty))

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._reading.close()

    def call(self, *arguments: str) -> tuple[int, bytes, str]:
        """(exit code, standard output, standard error)."""
        command = [*arguments, "--json"]
        if self._cli:
            return _process(command)
        shared = nullcontext(self._reading)
        with mock.patch.object(importing, "ReadingProcess", return_value=shared):
            return _inside(command)

    def new(self, ledger: Path) -> None:
        """An empty ledger; copied, as making one takes longer than most imports."""
        shutil.copy(self._empty, ledger)

    def run(self, case: Case) -> tuple[Outcome, Verdict]:
        """Import one file into a fresh ledger."""
        place = self._folder / f"{self._used:03}"
        self._used += 1
        place.mkdir()
        ledger = place / "ledger.mxdb"
        self.new(ledger)
        for name, data in case.before.items():
            (place / "before").mkdir(exist_ok=True)
            self._import(place / "before" / name, case, ledger, data())
        kept = self._kept_back(case, place, ledger)
        before = ledger.read_bytes()
        started = time.monotonic()
        code, out, err = self._import(place / case.name, case, ledger, case.data())
        seconds = time.monotonic() - started
        content = ledger.read_bytes()
        nothing = content == self._empty.read_bytes()  # to the byte: there is nothing to list
        records = [] if nothing else self._records(case.lines or case.kind, ledger)
        done = Outcome(code, _document(out), err, seconds, records, content == before, content, kept)
        verdict = judge(case, done)
        shutil.rmtree(place)
        return done, verdict

    def _kept_back(self, case: Case, place: Path, ledger: Path) -> bool | None:
        """Whether a file with wrong rows stores nothing unless its valid rows are accepted."""
        if not case.want.bad:
            return None
        copy = Path(shutil.copy(ledger, place / "copy.mxdb"))
        self._import(place / case.name, case, copy, case.data(), accept=False)
        return copy.read_bytes() == ledger.read_bytes()

    def _import(
        self, path: Path, case: Case, ledger: Path, data: bytes, *, accept: bool = True
    ) -> tuple[int, bytes, str]:
        path.write_bytes(data)
        more = ["--accept-valid"] if accept else []
        return self.call(
            "import", str(path), "--kind", case.kind, "--db", str(ledger), "--year", "2024", *more
        )

    def _records(self, kind: str, ledger: Path) -> list[Any]:
        out = self.call("list", kind, "--db", str(ledger), "--limit", "200000")[1]
        found = _document(out)
        return list(found.get("records", ())) if found else []


def _inside(arguments: Sequence[str]) -> tuple[int, bytes, str]:
    buffer, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(buffer, encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(arguments))
    out.flush()
    return code, buffer.getvalue(), err.getvalue()


def _process(arguments: Sequence[str]) -> tuple[int, bytes, str]:
    command = [sys.executable, "-m", "mingxi_desktop", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def _document(out: bytes) -> Any:
    """The one JSON document, None if there is none or more."""
    try:
        return json.loads(out)
    except ValueError:
        return None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.judge")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--cli", action="store_true", help="a process for every call")
    parser.add_argument("--fast", action="store_true", help="without the slow files")
    parser.add_argument("--bad", action="store_true", help="print only what is not right")
    return parser.parse_args()


def _chosen(args: argparse.Namespace) -> list[Case]:
    found = [case for case in cases().values() if not (args.fast and case.slow)]
    return [case for case in found if not args.names or any(map(case.name.startswith, args.names))]


def _run_all(args: argparse.Namespace, folder: Path) -> Counter[str]:
    os.environ["MINGXI_DATA"] = str(folder / "home")
    counts: Counter[str] = Counter()
    with Runner(folder, cli=args.cli) as runner:
        for case in _chosen(args):
            done, verdict = runner.run(case)
            counts[verdict.state] += 1
            if not (args.bad and verdict.passed):
                said = f"{len(done.records)} stored; {told(done)[:120]}"
                why = verdict.why if args.bad or verdict.why else said
                print(f"{verdict.state:6} {case.name} ({done.seconds:.1f} s) {why}", flush=True)
    return counts


if __name__ == "__main__":
    _args = _arguments()
    with tempfile.TemporaryDirectory() as _folder:
        _counts = _run_all(_args, Path(_folder))
        logs.shut_down()
    print(f"{sum(_counts.values())} files:", ", ".join(f"{n} {state}" for state, n in _counts.most_common()))

"""The whole test suite under Wine: Windows Python, the tree's own libraries, windows on the screen."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from devtools import DevError, say
from devtools.windows.tree import CONTENTS
from devtools.windows.wine import Wine

SECONDS = 1500
"""After so many the suite has got stuck."""
_SECONDS_OF_A_TEST = 600
_STARTS = 12
"""So often pytest is started again behind a test that took the process with it."""
_FOLDER = "测试"
_WINDOW = "tests/ui"
_PROGRAM = "mingxi_desktop"
_LIBRARY = "python*.zip"
_QT_TEST = ("PySide6/QtTest.pyd", "PySide6/Qt6Test.dll")
"""What pytest-qt needs and the program does not."""
_LEFT_OUT = (".*", "__pycache__", "*.pyc", "dist", "build", "out", "*.egg-info")
_VERSIONS = """
import sys
import PySide6
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
print(f"CPython {sys.version.split()[0]}, Qt {PySide6.__version__} on the platform {application.platformName()}")
"""


@dataclass(frozen=True)
class Figures:
    """How a run went.  failed: names of tests; skipped: reason → how many; missing: how many it did not reach."""

    versions: str
    passed: int
    failed: tuple[str, ...]
    skipped: Mapping[str, int]
    missing: int
    seconds: float

    def __add__(self, other: Figures) -> Figures:
        """Those of two runs side by side."""
        skipped = Counter(self.skipped) + Counter(other.skipped)
        failed = tuple(sorted({*self.failed, *other.failed}))
        missing, longer = self.missing + other.missing, max(self.seconds, other.seconds)
        return Figures(self.versions, self.passed + other.passed, failed, skipped, missing, longer)

    def __str__(self) -> str:
        sums = f"{self.passed} passed, {len(self.failed)} failed, {sum(self.skipped.values())} skipped"
        reached = f", {self.missing} NOT REACHED" if self.missing else ""
        lines = [f"{sums}{reached} in {self.seconds:.0f} s ({self.versions})"]
        lines += [f"  {count:4} skipped: {reason}" for reason, count in sorted(self.skipped.items())]
        lines += [f"  FAILED  {name}" for name in self.failed]
        return "\n".join(lines)


def run(wine: Wine, tree: Path, checkout: Path) -> Figures:
    """Run the tests of `checkout` with the Python and the libraries of `tree`: the window's beside all others.

    DevError where pytest itself could not run.
    """
    other = Wine(wine.parts, wine.folder.with_name(f"{wine.folder.name}-2"))
    other.prepare()
    for one in (wine, other):
        one.scale(100)  # the journey of the last time leaves another
        _lay_out(one, tree, checkout, one.profile / _FOLDER)
    try:
        with ThreadPoolExecutor(2) as pool:
            window = pool.submit(_part, wine, [_WINDOW])
            rest = pool.submit(_part, other, [f"--ignore={_WINDOW}"])
            return window.result() + rest.result()
    finally:
        other.end()


def _part(wine: Wine, arguments: Sequence[str]) -> Figures:
    """Run pytest with these arguments in one prefix.  Two at a time in one would take the focus from each other."""
    folder = wine.profile / _FOLDER
    python, tests = folder / "python" / "python.exe", folder / "checkout"
    _, said = wine.run([python, "-c", _VERSIONS], seconds=60)
    versions = f"{wine.version()}, {said}"
    say(f"pytest {' '.join(arguments)} under {versions} ...")
    journal = folder / "journal.jsonl"
    journal.unlink(missing_ok=True)
    pytest: list[str | Path] = [python, "-u", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    limit = ["--timeout", str(_SECONDS_OF_A_TEST)]
    # One word: pytest would look for its settings beside any file that an option is followed by.
    plugin = ["-p", "devtools.windows.under_wine", f"--journal={windows_path(wine, journal)}"]
    started = time.monotonic()
    for again in range(_STARTS):
        log = wine.folder / f"suite-{again}.log"
        left = SECONDS - (time.monotonic() - started)
        try:
            code, _ = wine.run([*pytest, *limit, *plugin, *arguments], seconds=left, cwd=tests, log=log)
        except TimeoutError:
            break
        if not journal.exists():
            raise DevError(f"pytest ended with {code} and no results; see {log}")
        if _ended(journal):
            break
    return read(journal.read_text(encoding="utf-8"), versions, time.monotonic() - started)


def _ended(journal: Path) -> bool:
    return "ended" in json.loads(journal.read_text(encoding="utf-8").splitlines()[-1])


def read(journal: str, versions: str, seconds: float) -> Figures:
    """The figures of what the plugin wrote down.  A test that never ended has failed."""
    collected, begun, outcomes = 0, set[str](), dict[str, str]()
    reasons: dict[str, str] = {}
    for said in map(json.loads, journal.splitlines()):
        if "collected" in said:
            collected = collected or said["collected"]
        elif "begun" in said:
            begun.add(said["begun"])
        elif said.get("ended", 0) > 1:
            outcomes[f"(pytest itself: exit code {said['ended']})"] = "failed"
        elif "test" in said and outcomes.get(said["test"]) != "failed":
            outcomes[said["test"]], reasons[said["test"]] = said["outcome"], said["reason"]
    outcomes |= dict.fromkeys(begun - outcomes.keys(), "failed")
    sums = Counter(outcomes.values())
    failed = tuple(sorted(name for name, outcome in outcomes.items() if outcome == "failed"))
    skipped = Counter(reasons[name] for name, outcome in outcomes.items() if outcome == "skipped")
    return Figures(versions, sums["passed"], failed, skipped, collected - len(begun), seconds)


def python_version(wine: Wine, tree: Path) -> str:
    """The version of the Windows Python of a tree, as it says itself."""
    code = "import platform; print(platform.python_version())"
    return wine.run([tree / "python" / "python.exe", "-c", code], seconds=60)[1]


def windows_path(wine: Wine, path: Path) -> str:
    """A path as Windows programs name it: C: where it lies in the prefix, else Z:."""
    if path.is_relative_to(wine.drive):
        return "C:\\" + "\\".join(path.relative_to(wine.drive).parts)
    return "Z:" + str(path).replace("/", "\\")


def _lay_out(wine: Wine, tree: Path, checkout: Path, folder: Path) -> None:
    """Lay a Python beside its libraries, the tests' own and a copy of the checkout; nothing goes into the tree.

    What is there from the last run stays with all that Python compiled, unless the libraries are others now.
    """
    wheels = wine.parts.wheels("tests")
    stamp = "\n".join([_listed(tree), *(wheel.name for wheel in wheels)])
    made = folder / "made-of.txt"
    if not made.exists() or made.read_text(encoding="utf-8") != stamp:
        shutil.rmtree(folder, ignore_errors=True)
        _libraries(wine, tree, wheels, folder)
        made.write_text(stamp, encoding="utf-8")
    _mirror(checkout, folder / "checkout")


def _listed(tree: Path) -> str:
    """What the tree is made of, but for the program, which the tests take from the checkout."""
    contents = tree / CONTENTS
    lines = contents.read_text(encoding="utf-8").splitlines() if contents.exists() else []
    return "\n".join(line for line in lines if f"  site/{_PROGRAM}" not in line)


def _libraries(wine: Wine, tree: Path, wheels: Sequence[Path], folder: Path) -> None:
    shutil.copytree(tree / "python", folder / "python")
    shutil.copytree(tree / "site", folder / "site", ignore=shutil.ignore_patterns(_PROGRAM, "__pycache__"))
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "site")
    qt = next(one for one in wine.parts.wheels("runtime") if one.name.startswith("pyside6"))
    with zipfile.ZipFile(qt) as archive:
        for name in _QT_TEST:
            archive.extract(name, folder / "site")
    (library,) = (folder / "python").glob(_LIBRARY)
    (paths,) = (folder / "python").glob("*._pth")
    paths.write_text(
        f"{library.name}\n.\n..\\site\n..\\checkout\n..\\checkout\\packaging\n", encoding="utf-8"
    )


def _mirror(source: Path, target: Path) -> None:
    """Make `target` the same as `source`, with the times of the files, so that what was compiled of them holds."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*_LEFT_OUT), dirs_exist_ok=True)
    for path in sorted(target.rglob("*"), reverse=True):
        if "__pycache__" in path.parts or (source / path.relative_to(target)).exists():
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

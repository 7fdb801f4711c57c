"""A plugin of pytest: real windows, and what cannot pass under Wine is skipped for the reason that the list tells.

With `--journal FILE` each test is written down as it begins and as it ends, a line of JSON each, and a run leaves
out those that the file has already: where a test takes the whole process down, the next run goes on behind it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).resolve().parents[2] / "windows" / "wine_skips.txt"
SETTINGS = {"QT_QPA_PLATFORM": "windows", "QT_ENABLE_HIGHDPI_SCALING": "0"}
_WARNINGS = (
    r"DpiAwareness::PerMonitorVersion2 is not supported",
    r"EnableNonClientDpiScaling\(\) failed",
    r"QWindowsWindow::setGeometry: Unable to set geometry",
    r"Cannot connect \(nullptr\)::focusObjectChanged",
)
"""What Qt says of functions that Wine has not, of small windows that Windows makes larger, and of a window that lost
the focus before Qt looked at it; its other warnings are errors here as elsewhere."""


class Journal:
    """The tests of a run and of the runs before it, in the order of time, in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, **said: object) -> None:
        """Add a line; it is in the file when this returns."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said, ensure_ascii=False) + "\n")

    def begun(self) -> set[str]:
        """The tests that were begun so far."""
        if not self._path.exists():
            return set()
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return {said["begun"] for said in map(json.loads, lines) if "begun" in said}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[Any]) -> None:
        """Leave out what was begun before."""
        known = self.begun()
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in known])
        items[:] = [item for item in items if item.nodeid not in known]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Write down how many are left to be run."""
        self.write(collected=len(session.items))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Write it down before the test can take the process with it."""
        self.write(begun=nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What a part of a test came to; of those that went well only the test itself is told."""
        if report.when == "call" or report.outcome != "passed":
            reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
            reason = reason.removeprefix("Skipped: ")
            self.write(test=report.nodeid, outcome=report.outcome, reason=reason, seconds=report.duration)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """All is done."""
        self.write(ended=int(exitstatus))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Set up before any test is read: Wine keeps variables named QT_* from programs, and has no CopyFile2.

    A call of that ends the process; Python copies without it where there is none.
    """
    parser.addoption("--journal", type=Path, help="write down each test here, leave out those it has")
    os.environ.update(SETTINGS)
    if sys.platform == "win32":
        import _winapi

        with suppress(AttributeError):
            del _winapi.CopyFile2  # type: ignore[attr-defined]


def listed(text: str) -> dict[str, str]:
    """Test, file or folder → reason, from the list: a reason at the margin, indented below it what it is about."""
    found: dict[str, str] = {}
    reason = ""
    for line in text.splitlines():
        if line[:1].isspace() and line.strip():
            found[line.strip()] = reason
        elif line and not line.startswith("#"):
            reason = line.removesuffix(":")
    return found


def reason_for(name: str, known: dict[str, str]) -> str | None:
    """Why the test of this name (pytest's node id) is skipped; None where it runs.

    A name in the list stands for itself with all its parameters, and for what lies below it.
    """
    for part, reason in known.items():
        if name == part or name.startswith((f"{part}[", f"{part}/", f"{part}::")):
            return reason
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Let the warnings pass that Wine is the reason of."""
    for pattern in _WARNINGS:
        config.addinivalue_line("qt_log_ignore", pattern)
    if config.option.journal is not None:
        config.pluginmanager.register(Journal(config.option.journal), "journal")


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark what the list names."""
    known = listed(LIST.read_text(encoding="utf-8"))
    for item in items:
        reason = reason_for(item.nodeid, known)
        if reason is not None:
            item.add_marker(pytest.mark.skip(reason=f"under Wine: {reason}"))

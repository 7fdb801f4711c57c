"""A plugin of pytest: real windows, and what cannot pass under Wine is skipped for the reason that the list tells."""

from __future__ import annotations

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
)
"""What Qt says of functions that Wine has not; here, as elsewhere, its other warnings are errors."""


def pytest_addoption() -> None:
    """Set up before any test is read: Wine keeps variables named QT_* from programs, and has no CopyFile2.

    A call of that ends the process; Python copies without it where there is none.
    """
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


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark what the list names."""
    known = listed(LIST.read_text(encoding="utf-8"))
    for item in items:
        reason = reason_for(item.nodeid, known)
        if reason is not None:
            item.add_marker(pytest.mark.skip(reason=f"under Wine: {reason}"))

"""The life of an installation: the version before, this one over it, started, refused while it runs, taken off.

The uninstaller ends with 0 even when it refuses, so what counts is the tree, file by file, and never an exit code.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from devtools import say
from devtools.windows.installed import NAME, Installed, expect

_SETUP_SECONDS = 600
_GONE_SECONDS = 60
_RECORD = "升级之前记的隐患"
_KEYS = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\MingxiLedger",
    r"HKCU\Software\Classes\.mxdb",
    r"HKCU\Software\Classes\.mxbak",
)


def go(installed: Installed, setup: Path, version: str, before: Path | None) -> None:
    """Go through it all; TrialError at the first thing that is not as it must be.

    before: the setup program of the version before; None leaves the upgrade out.
    """
    ledger = installed.documents / "升级" / "台账.mxdb"
    if installed.uninstaller.exists():  # left by a trial that was cut short
        take_off(installed)
    if before is not None:
        _earlier(installed, before, ledger)
    install(installed, setup)
    installed.whole()
    expect(
        installed.wine.value(_KEYS[0], "DisplayVersion") == version, f"the registry does not say {version}"
    )
    if before is not None:
        _brought_up_to_date(installed, ledger)
    else:
        installed.says("demo", "--db", ledger)
    data = _hashes(ledger.parent)
    _refused_while_running(installed, setup, ledger)
    kept = _hashes(ledger.parent)
    install(installed, setup)
    installed.whole()
    expect(_hashes(ledger.parent) == kept, "installing again changed the user's data")
    expect(data.keys() <= kept.keys(), "opening and closing the window took files of the user's away")
    take_off(installed)
    expect(_hashes(ledger.parent) == kept, "taking the program off changed the user's data")


def _earlier(installed: Installed, before: Path, ledger: Path) -> None:
    install(installed, before)
    installed.whole()
    ledger.parent.mkdir(parents=True, exist_ok=True)
    installed.says("demo", "--db", ledger)
    record = ("日期=2024-06-09", "乡镇=盖洋镇", f"隐患描述={_RECORD}")
    added = installed.says("add", "hazard", *record, "--db", ledger)
    expect(added and added["id"], "the version before added no record")
    say(f"  the version before: {len(installed.files())} files, a year of records made with it")


def _brought_up_to_date(installed: Installed, ledger: Path) -> None:
    before = _hazards(ledger)
    found = installed.says("list", "hazard", "--search", _RECORD, "--db", ledger)
    expect(found["total"] == 1, "after the upgrade the record made before is not there")
    aside = list(ledger.parent.glob("*升级前*"))
    expect(
        len(aside) == 1,
        f"no copy of the ledger as it was before the upgrade: {sorted(ledger.parent.iterdir())}",
    )
    expect(_hazards(aside[0]) == before, f"{aside[0].name} holds not the {before} hazards there were")
    expect(
        installed.says("verify", "--db", ledger)["ok"],
        "after the upgrade verify finds something",
    )
    say(
        f"  upgrade: records there, ledger brought up to date, {aside[0].name} put aside, verify finds nothing"
    )


def _refused_while_running(installed: Installed, setup: Path, ledger: Path) -> None:
    tree, window = installed.files(), installed.open(ledger)
    installed.wine.run([setup, "/S"], seconds=_SETUP_SECONDS)
    expect(installed.files() == tree, "setup changed the program while it ran")
    installed.wine.run([installed.uninstaller, "/S"], seconds=_SETUP_SECONDS)
    time.sleep(5)  # it goes on in a copy of itself
    expect(installed.files() == tree, "the uninstaller changed the program while it ran")
    installed.close(window)
    say("  setup and uninstaller refuse while the program runs, the tree unchanged")


def install(installed: Installed, setup: Path) -> None:
    """Run a setup program without questions; TrialError where it leaves out what it must make."""
    started = time.monotonic()
    code, _ = installed.wine.run([setup, "/S"], seconds=_SETUP_SECONDS)
    expect(not code, f"{setup.name} ended with {code}")
    installed.wine.wait()
    missing = [path.name for path in installed.shortcuts if not path.is_file()]
    expect(not missing, f"{setup.name} made no {', '.join(missing)}")
    for key in _KEYS[1:]:
        expect(installed.wine.value(key), f"{setup.name} left {key} out")
    say(f"  {setup.name}: installed in {time.monotonic() - started:.0f} s")


def take_off(installed: Installed) -> None:
    """Run the uninstaller without questions; TrialError where it leaves anything of the program."""
    installed.wine.run([installed.uninstaller, "/S"], seconds=_SETUP_SECONDS)
    deadline = time.monotonic() + _GONE_SECONDS
    while installed.place.exists() and time.monotonic() < deadline:
        time.sleep(1)
    installed.wine.wait()
    left = sorted(str(path) for path in installed.place.rglob("*"))[:5] if installed.place.exists() else []
    expect(not installed.place.exists(), f"the uninstaller left {left or installed.place}")
    expect(not any(path.exists() for path in installed.shortcuts), "the uninstaller left shortcuts")
    there = [key for key in _KEYS if installed.wine.value(key) is not None]
    expect(not there, f"the uninstaller left {', '.join(there)} in the registry")
    say(
        f"  {NAME} taken off: no file, shortcut or registry key left; the user's data byte for byte as before"
    )


def _hazards(ledger: Path) -> int:
    with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM hazard").fetchone()[0])


def _hashes(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of the user's files."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }

"""What is loaded when the window shows: Qt, peewee and few of the program's own modules, nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXPECTED = {
    "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "peewee", "mingxi_desktop",
    "pylopdf_fonts_zh_cn",  # a folder with the window's font and nothing to run
    "sitecustomize",  # the system's own: Debian's Python has one
}  # fmt: skip
START = """
import json, sys, time
from pathlib import Path
from mingxi_desktop.ui import lean_qt
from PySide6.QtCore import QSettings
lean_qt.restore()
from mingxi_desktop import __main__, texts
from mingxi_desktop.app import cli, start
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, main

def look():
    names = [name for name in sys.modules if not name.startswith("_")]
    foreign = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)
    qt = [name for name in names if name.startswith("PySide6.Qt")]
    own = [name for name in names if name.startswith("mingxi_desktop")]
    widgets = sorted(vars(sys.modules["PySide6.QtWidgets"]))
    waiting = len(lean_qt.waiting())
    found.append({"foreign": sorted(foreign), "qt": qt, "own": own, "waiting": waiting, "widgets": widgets})

found = []
folder = Path(sys.argv[1])
app = app_setup.make_application([], fonts=(delivered()[1],))
program = main.Program(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
program.open(Path(sys.argv[2]))
assert program.window.isVisible()
look()

from mingxi_desktop.ui.pages.overview import OverviewPage
show = OverviewPage._show
show_charts = OverviewPage._show_charts
OverviewPage._show = lambda page, seen: (look(), show(page, seen))
OverviewPage._show_charts = lambda page, charts: (show_charts(page, charts), look())
patience = time.monotonic() + 60
while len(found) < 3 and time.monotonic() < patience:
    app.processEvents()
print(json.dumps(found))
program.window.hide()
program.close()
"""


LATER = (
    "domain.query",
    "domain.records",
    "ledger.safekeeping.backups",
    "ledger.safekeeping.identity",
    "ledger.writing",
    "ledger.measuring",
    "domain.parse",
    "exchange.recognising",
    "ledger.safekeeping.walking",
    "ledger.safekeeping.proving",
    "storage.frozen",
    "storage.migrate",
    "storage.select",
    "ui.dialogs",
    "ui.drafts",
    "ui.idle",
    "ui.inputs",
    "ui.pages",
)
"""What records and pages need: loaded while the window is there to be looked at."""
MOST = 116
"""Modules of ours behind the painted window: each costs time at every start."""
LATER_THAN_FIRST_PAGE = (
    "domain.parse",
    "ledger.safekeeping.backups",
    "ledger.checks",
    "ledger.safekeeping.identity",
    "ledger.names",
    "ledger.parsing",
    "ledger.prepare",
    "ledger.remarking",
    "ledger.undoing",
    "ledger.writing",
    "own_files",
    "storage.twins",
    "ui.dialogs",
    "ui.idle",
    "ui.inputs",
    "ui.pages.ledger",
    "ui.pages.report",
    "ui.waiting",
)
"""What typing, saving and backups need: nobody does that before the first page is there."""


@pytest.fixture(scope="module")
def found(small_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is loaded when the window shows, when the first page is about to, and when it is filled."""
    folder = tmp_path_factory.mktemp("starting")
    db = folder / "ledger.mxdb"
    shutil.copyfile(small_file, db)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MINGXI_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder), str(db)],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def test_only_qt_peewee_and_what_the_frame_needs_are_loaded_when_the_window_shows(
    found: list[dict[str, Any]],
) -> None:
    window = found[0]
    assert set(window["foreign"]) <= EXPECTED
    assert sorted(window["qt"]) == ["PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"]
    assert _too_early(window, LATER) == []
    assert len(window["own"]) <= MOST


def test_the_first_page_is_read_without_what_only_saving_needs(found: list[dict[str, Any]]) -> None:
    page = found[1]
    assert set(page["foreign"]) <= EXPECTED
    assert _too_early(page, LATER_THAN_FIRST_PAGE) == []


def test_pyside_knows_no_signatures_until_it_is_asked(found: list[dict[str, Any]]) -> None:
    assert [one["waiting"] for one in found] == [7, 7, 7]


def test_pyside_makes_no_classes_of_widgets_that_are_not_there(found: list[dict[str, Any]]) -> None:
    """Asked for a widget that Qt made itself, it would make all of them to find out what it is."""
    assert "QScrollArea" in found[2]["widgets"]
    assert not {"QWizard", "QMdiArea", "QColorDialog", "QCalendarWidget"} & {*found[2]["widgets"]}


def _too_early(one: dict[str, Any], later: tuple[str, ...]) -> list[str]:
    names = tuple(f"mingxi_desktop.{name}" for name in later)
    return [name for name in one["own"] if name.startswith(names)]

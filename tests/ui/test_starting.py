"""What is loaded when the window shows: Qt, peewee and few of the program's own modules, nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXPECTED = {
    "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "peewee", "mingxi_desktop",
    "pylopdf_fonts_zh_cn",  # a folder with the window's font and nothing to run
    "sitecustomize",  # the system's own: Debian's Python has one
}  # fmt: skip
START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSettings
from mingxi_desktop import __main__, texts
from mingxi_desktop.app import cli, start
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, main

folder = Path(sys.argv[1])
app = app_setup.make_application([], fonts=(delivered()[1],))
program = main.Program(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
program.open(Path(sys.argv[2]))
assert program.window.isVisible()
names = [name for name in sys.modules if not name.startswith("_")]
loaded = {name.partition(".")[0] for name in names}
foreign = sorted(loaded - set(sys.stdlib_module_names))
print(json.dumps({"foreign": foreign, "own": [name for name in names if name.startswith("mingxi_desktop")]}))
program.window.hide()
program.close()
"""


LATER = (
    "domain.query",
    "domain.records",
    "ledger.backups",
    "ledger.identity",
    "ledger.writing",
    "ledger.measuring",
    "domain.parse",
    "exchange.recognising",
    "ledger.walking",
    "ledger.proving",
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


def test_only_qt_peewee_and_what_the_frame_needs_are_loaded_when_the_window_shows(
    db: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MINGXI_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path), str(db)],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found["foreign"]) <= EXPECTED
    too_early = tuple(f"mingxi_desktop.{name}" for name in LATER)
    assert [name for name in found["own"] if name.startswith(too_early)] == []

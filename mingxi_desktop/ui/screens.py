"""Pictures of every view with the data at hand."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mingxi_desktop import paths
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.gallery.every import views
from mingxi_desktop.ui.gallery.stage import View, shown
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow

SIZE = (1366, 768)
"""The smallest usual screen, in its own pixels; at 150 % the window has 911 × 512 to lay itself out."""


def take(
    db: Path,
    folder: Path,
    scale: float = 1.0,
    year: int | None = None,
    appearance: str = "light",
    password: str = "",
) -> list[Path]:
    """Write PNGs of all views into the folder; returns their paths in order.

    scale: 1.5 for a screen at 150 %; counts only before there is an application.  appearance: "light" or "dark".
    year: the newest that has records unless given.  password: of the ledger.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as own:
        _surroundings(scale, Path(own))
        app_setup.make_application(["mingxi"], fonts=(delivered()[1],), appearance=appearance)
        settings = QSettings(str(Path(own) / "settings.ini"), QSettings.Format.IniFormat)
        with _nobody_there() as faults:
            window = MainWindow(Context(db, Worker(lambda: Ledger.open(db, password=password)), settings))
            window.resize(round(SIZE[0] / scale), round(SIZE[1] / scale))
            with shown(window) as stage:
                if year is not None:
                    window.context.set_year(year)
                for number, view in enumerate(views(stage), 1):
                    path = folder / f"{number:03d}-{paths.safe_name(view.name)}.png"
                    picture(view).save(str(path), quality=_QUICK)
                    made.append(path)
                    if faults:
                        raise faults[0]
    return made


_QUICK = 80
"""For PNG this is how little time is spent on making the file small; nothing is lost."""


def picture(view: View) -> QPixmap:
    """The window or dialog, and over it the menus and lists that are open."""
    drawn = view.widget.grab()
    over = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    painter = QPainter(drawn)
    for widget in over:
        if widget.windowType() == Qt.WindowType.Popup:
            painter.drawPixmap(view.widget.mapFromGlobal(widget.pos()), widget.grab())
    painter.end()
    return drawn


@contextmanager
def _nobody_there() -> Iterator[list[BaseException]]:
    """Nobody is there to close a dialog: what would be told is gathered."""
    faults: list[BaseException] = []
    told = ask.show_error, ask.show_bug
    ask.show_error = ask.show_bug = lambda error, *_: faults.append(error)
    try:
        yield faults
    finally:
        ask.show_error, ask.show_bug = told


def _surroundings(scale: float, own: Path) -> None:
    """The scale, and without a screen one of the usual size; for the application still to be made."""
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    named = os.environ.get("QT_QPA_PLATFORM", "")
    if named == "offscreen" or (not named and _headless()):
        screen = {"name": "screen", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1]}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        file = own / "screen.json"
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


def _headless() -> bool:
    return os.name != "nt" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY")

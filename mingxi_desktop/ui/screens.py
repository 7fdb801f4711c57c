"""Pictures of every view with the data at hand."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mingxi_desktop import paths
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import DEFAULT_BUREAU, Ledger, demo
from mingxi_desktop.ledger.safekeeping.backups import CLOSING
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.gallery import pictures
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
    size = (round(SIZE[0] / scale), round(SIZE[1] / scale))
    for number, view in enumerate(_walk(db, size, scale, year, appearance, password), 1):
        path = folder / f"{number:03d}-{paths.safe_name(view.name)}.png"
        picture(view).save(str(path), quality=_QUICK)
        made.append(path)
    return made


def take_for_manual(folder: Path) -> list[Path]:
    """Write the pictures of the manual, over the demonstration year; returns their paths.

    LookupError names the views that are not there any more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as own:
        db = Path(own) / "明溪应急台账.mxdb"
        demo.build(db, demo.PUBLISHED_YEAR, DEFAULT_BUREAU)
        _correct_one(db)
        for view in _walk(db, pictures.SIZE):
            name = pictures.PICTURES.get(view.name)
            if name is not None:
                made[view.name] = folder / f"{name}.png"
                _of_few_colours(picture(view).toImage()).save(str(made[view.name]), quality=_SMALL)
    if lacking := set(pictures.PICTURES) - set(made):
        raise LookupError(f"no view is called {'、'.join(sorted(lacking))}")
    return list(made.values())


def _correct_one(db: Path) -> None:
    """Change the record that the history is shown of, a backup in between: there would be nothing to see."""
    query = Query("hazard", year=demo.PUBLISHED_YEAR, sort=(("record_date", True),))
    with Ledger.open(db, operator="张三") as ledger:
        last = ledger.ids(query)[0]
        ledger.edit("hazard", last, {"description": "二楼配电箱未上锁"})
        ledger.backups.make(CLOSING)
        ledger.edit("hazard", last, {"description": "二楼配电箱未上锁、未接地"})


def _walk(
    db: Path,
    size: tuple[int, int],
    scale: float = 1.0,
    year: int | None = None,
    appearance: str = "light",
    password: str = "",
) -> Iterator[View]:
    """All views, in a window of that size."""
    with tempfile.TemporaryDirectory() as own:
        _surroundings(scale, Path(own))
        app_setup.make_application(["mingxi"], fonts=(delivered()[1],), appearance=appearance)
        settings = QSettings(str(Path(own) / "settings.ini"), QSettings.Format.IniFormat)
        with _nobody_there() as faults:
            window = MainWindow(Context(db, Worker(lambda: Ledger.open(db, password=password)), settings))
            window.resize(*size)
            with shown(window) as stage:
                if year is not None:
                    window.context.set_year(year)
                for view in views(stage):
                    yield view
                    if faults:
                        raise faults[0]


_QUICK, _SMALL = 80, 0
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


def _of_few_colours(image: QImage) -> QImage:
    """With its commonest colours alone, as many as a byte can name: a third of the size, and looks the same."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    colours = Counter(memoryview(image.constBits()).cast("I")).most_common(256)
    table = [colour for colour, _ in colours]
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)


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

"""One walk through all views, all rules applied to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QSize
from PySide6.QtGui import QFont, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report import fonts
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.gallery.every import views
from mingxi_desktop.ui.gallery.stage import View, shown
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow
from tests.ui.audit import contrast, fit, keys, names, order, whole, words
from tests.ui.audit.pending import PENDING
from tests.ui.audit.seen import Once

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((1366, 768), (911, 512), (683, 384))
"""What a 1366 × 768 screen leaves at 100, 150 and 200 %."""
FINE: tuple[tuple[str, str, str], ...] = (
    ("关于", "not Chinese", "names and licences of what the program is made of"),
    ("设置-外观与本机", "not Chinese (tool tip)", "the name by which the PC knows its user"),
    ("使用手册", "0 default buttons", "stands beside the work; Enter in its search goes to the next place"),
)
"""(view, finding, why it is as it should be)."""
_AROUND = 48
"""Pixels that `dialogs.frame` leaves around a dialog."""
_QUIET, _MOST_TURNS = 3, 100
"""Turns of Qt's loop without a new size after which a window is at rest, and how many that may take."""


class Screen:
    """The size that windows take the screen to have; the platform without a screen has a small one."""

    room = QSize(*SIZES[0])


@dataclass
class Walked:
    """found: view → findings.  names: of the views, in their order.  kinds: classes of windows and dialogs."""

    found: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    kinds: set[type] = field(default_factory=set)


def walk(db: Path, settings: Path, sizes: Sequence[Size]) -> Walked:
    """What the rules find in each view; those about places look at each size, the others at the first."""
    walked = Walked()
    Screen.room = QSize(*sizes[0])
    kept = QSettings(str(settings), QSettings.Format.IniFormat)
    window = MainWindow(Context(db, Worker(lambda: Ledger.open(db)), kept))
    window.resize(*sizes[0])
    with shown(window) as stage:
        # Nothing is painted but what is measured.
        window.setUpdatesEnabled(False)
        for view in views(stage):
            walked.names.append(view.name)
            walked.kinds.add(type(view.widget))
            said = [one for one in dict.fromkeys(_of_view(view, sizes)) if not _fine(view.name, one)]
            if said:
                walked.found[view.name] = said
        window.start_import([])
        stage.settle()
        said = list(dict.fromkeys(whole.whole(window)))
        if said:
            walked.found["窗口"] = said
    return walked


def _fine(name: str, finding: str) -> bool:
    known = any(name == view and finding.startswith(start) for view, start, _ in FINE)
    return known or any(re.match(pattern, finding) for pattern, _ in PENDING)


@contextmanager
def surroundings() -> Iterator[None]:
    """A screen of the size that is wanted, and letters without half tones: their colour can be measured."""
    font = QApplication.font()
    sharp = QFont(font)
    sharp.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
    QApplication.setFont(sharp)
    available, resolve = QScreen.availableSize, fonts.resolve
    found = fonts.resolve(bundled_only=True)
    # The PC's own fonts are not looked for again with every report and every table.
    fonts.resolve = lambda **_: found
    QScreen.availableSize = lambda _: Screen.room  # type: ignore[method-assign]
    try:
        yield
    finally:
        Once.kept = None
        fonts.resolve = resolve
        QScreen.availableSize = available  # type: ignore[method-assign]
        QApplication.setFont(font)


def _of_view(view: View, sizes: Sequence[Size]) -> Iterator[str]:
    root = view.widget
    Once.kept = {}
    if view.menu is not None:
        yield from keys.same_letters_in(view.menu)
        yield from words.foreign_in(view.menu)
        return
    for rule in (
        names.unnamed,
        order.misled,
        keys.same_letters,
        keys.same_keys,
        words.foreign,
        words.colour_alone,
        words.more_than_one_primary,
        words.ill_mannered,
        contrast.pale,
    ):
        yield from rule(root)
    before = root.size()
    at_rest()
    for size in sizes:
        yield from (f"{said} at {size[0]} × {size[1]}" for said in _at(root, before, QSize(*size)))
    _resize(root, before)


def _at(root: QWidget, wanted: QSize, room: QSize) -> Iterator[str]:
    whole = isinstance(root, MainWindow)
    least = room if whole else wanted.boundedTo(room - QSize(_AROUND, _AROUND))
    _resize(root, least)
    yield from fit.outside(root, room)
    yield from fit.cut(root)
    yield from fit.overlapping(root)


def _resize(root: QWidget, size: QSize) -> None:
    if root.size() != size:
        root.resize(size)
        at_rest()


class _Moves(QObject):
    """Notes while it filters the application's events that something is still to be laid out.

    Of nested widgets each asks the one around it in a turn of its own.
    """

    seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        return False


def at_rest() -> None:
    """What the keys of the rules or another size have set going comes to its end."""
    moves = _Moves()
    QApplication.instance().installEventFilter(moves)
    quiet = 0
    for _ in range(_MOST_TURNS):
        moves.seen = False
        QCoreApplication.processEvents()
        quiet = 0 if moves.seen else quiet + 1
        if quiet == _QUIET:
            break
    QApplication.instance().removeEventFilter(moves)
    assert quiet == _QUIET, "sizes that make each other change never come to rest"
    Once.kept = {}

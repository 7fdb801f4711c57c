"""A ledger that was not opened: told why, and led on where there is a way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import door, moving_in, places, placing
from mingxi_desktop.ledger.safekeeping import handover, restoring
from mingxi_desktop.ledger.safekeeping.backup_names import read_name
from mingxi_desktop.ui import ask, key_asking, waiting

COPY, MAKE = "复制到本机并打开", "做成台账并打开"
_SUFFIX = ".mxdb"
_PACKAGE = re.compile(r"-交接包\d{8}.*")
"""What a package's name says besides the ledger's."""


def way_on(path: Path, error: UserError, parent: QWidget | None = None) -> Path | None:
    """The file to open now: a copy on this PC, a ledger made of a backup, a repaired one; None where there is none."""
    if isinstance(error, places.PlaceError | door.ReadOnlyError) and path.is_file():
        return _moved_in(path, error, parent)
    if isinstance(error, door.BackupError):
        return made_of(path, parent)
    from mingxi_desktop.ui.dialogs import recovery

    return recovery.recovered(path, error, parent)


def _moved_in(path: Path, error: UserError, parent: QWidget | None) -> Path | None:
    target = placing.free(paths.data_dir() / f"{path.stem}{_SUFFIX}")
    offer = f"可以复制到本机硬盘再打开：{target}\n原来的文件不动；以后请用本机的这一份。"
    if not ask.question(error.title, f"{error.detail}\n\n{offer}", yes=COPY, parent=parent):
        return None
    return _made("正在复制……", lambda: moving_in.move_in(path, target), parent)


def made_of(source: Path, parent: QWidget | None = None) -> Path | None:
    """A ledger of its own made of a backup or a hand-over package, if the user wants one; None where there is none."""
    what = "交接包" if handover.is_package(source) else "备份"
    target = placing.free(paths.data_dir() / f"{ledger_name(source)}{_SUFFIX}")
    offer = (
        f"台账存为：{target}\n{what}不动。"
        f"要让已有的台账回到这一份，先打开那份台账，再用【文件 → 从备份恢复】。"
    )
    if not ask.question(f"这是台账的{what}，要用它做成一份台账吗？", offer, yes=MAKE, parent=parent):
        return None
    try:
        if not key_asking.known(source, parent):
            return None
    except UserError as fault:
        ask.show_error(fault, parent)
        return None
    missing: list[str] = []
    made = _made("正在恢复……", lambda: _restored(source, target, missing), parent)
    if missing:
        tell_missing(missing, parent)
    return made


def tell_missing(missing: list[str], parent: QWidget | None) -> None:
    """Say what did not come along with a restored ledger."""
    ask.show_message("台账恢复好了，有的没有跟来", "\n\n".join(missing), parent=parent)


def ledger_name(source: Path) -> str:
    """What the ledger is called that a backup or a package is of, as far as the file's name tells."""
    named = read_name(source)
    return named.stem if named is not None else _PACKAGE.sub("", source.stem) or source.stem


def _restored(source: Path, target: Path, missing: list[str]) -> Path:
    restoring.restore(source, target, said=missing.append)
    return target


def _made(doing: str, make: Callable[[], Path], parent: QWidget | None) -> Path | None:
    with _idle(parent):
        try:
            made: Path = waiting.on_its_own(doing, make, parent=parent)
        except UserError as fault:
            ask.show_error(fault)
            return None
    return made


@contextmanager
def _idle(window: QWidget | None) -> Iterator[None]:
    """While a file is being made, the window under it begins nothing else."""
    if window is None:
        yield
        return
    window.setEnabled(False)
    try:
        yield
    finally:
        if shiboken6.isValid(window):
            window.setEnabled(True)

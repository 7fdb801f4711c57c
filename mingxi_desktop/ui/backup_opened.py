"""A backup or hand-over package opened by a double click: never a ledger itself, but one may go back to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mingxi_desktop.ledger.safekeeping import handover
from mingxi_desktop.ui import ask, refused
from mingxi_desktop.ui.window import MainWindow

LOOK, MAKE = "看看有什么不同…", "做成另一份台账…"


def way_on(source: Path, known: Iterable[Path]) -> tuple[Path | None, Path | None]:
    """(the ledger to open, the backup to look at in it), as the user decides; None for what there is not.

    known: the ledgers of this PC, the one used last first.
    """
    own = own_of(source, known)
    if own is None:
        return refused.made_of(source), None
    chosen = ask.choose(*question(source, own))
    if chosen == 0:
        return own, source
    return (refused.made_of(source) if chosen == 1 else None), None


def own_of(source: Path, known: Iterable[Path]) -> Path | None:
    """The ledger that a backup probably is of: one of its name, else the one used last."""
    there = list(known)
    return next((path for path in there if path.stem == refused.ledger_name(source)), next(iter(there), None))


def question(source: Path, own: Path) -> tuple[str, str, tuple[str, str]]:
    """Title and text of the question, and its two ways."""
    title = f"这是台账的{_sort(source)}，要怎么用？"
    text = (
        f"{source.name}\n\n"
        f"“{LOOK}”：打开“{own.stem}”（{own.parent}），列出恢复后会有哪些不同，再决定要不要恢复。\n"
        f"“{MAKE}”：另存成一份台账打开，现有的台账不动。\n\n这个{_sort(source)}文件本身不会改动。"
    )
    return title, text, (LOOK, MAKE)


def look_at(window: MainWindow, source: Path) -> None:
    """The dialog of backups over the window, with this one chosen: what would be different, and going back."""
    from mingxi_desktop.ui.dialogs.restore import go_back

    if QApplication.activeModalWidget() is not None:
        window.context.said.emit(f"▲ 先关上眼前的小窗口，再双击一次{_sort(source)}")
        return
    go_back(window.context, window, source)


def _sort(source: Path) -> str:
    return "交接包" if handover.is_package(source) else "备份"

"""The work on attached files that is done on the ledger's thread."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageWriter

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.attaching import free_name
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.inputs.files import PIXELS
from mingxi_desktop.ui.pictures import Picture, picture

File = tuple[str, Path, int]
"""Name, where it lies, bytes; -1 for a file that is not there."""
FIND_IT = "看看U盘是否插好、文件是否改了名，再添加一次。"


def size_words(size: int) -> str:
    """How large a file is; -1: that it has gone."""
    if size < 0:
        return "▲ 文件不见了：点“打开”看怎么办"
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(size / 1000, 0.1):,.1f} KB"


def attached(ledger: Ledger, kind: str, record: int) -> list[File]:
    """The files of a record."""
    found = ledger.attachments(kind, record)
    return [(one.name, one.path, one.size if one.path.is_file() else -1) for one in found]


def measured(_: Ledger, files: Sequence[tuple[str, Path]]) -> list[File]:
    """Files that wait for their record."""
    return [(name, path, path.stat().st_size if path.is_file() else -1) for name, path in files]


def draw(_: Ledger, path: Path) -> Picture:
    """The small picture of a file."""
    return picture(path, PIXELS)


def attach(ledger: Ledger, kind: str, record: int, paths: list[Path], pasted: Path) -> Changes:
    """Attach those of the files that are still there; a finding names the others.

    pasted: the folder of pasted pictures; the ledger has a copy of them now.
    """
    there = [path for path in paths if path.is_file()]
    changes = ledger.attach(kind, record, there or paths)
    for path in there:
        if path.parent == pasted:
            drafts.discard(path)
    if len(there) == len(paths):
        return changes
    gone = "、".join(str(path) for path in paths if path not in there)
    missing = Finding("", f"有 {len(paths) - len(there)} 个文件没有添加，已经不在原处：{gone}", "warning")
    return replace(changes, findings=(*changes.findings, missing))


def detach(ledger: Ledger, kind: str, record: int, name: str) -> Changes | None:
    """Take a file off its record; None where it has been taken off already."""
    found = next((one for one in ledger.attachments(kind, record) if one.name == name), None)
    return ledger.detach(kind, record, found.id) if found is not None else None


def waiting_file(_: Ledger, path: Path | None, name: str) -> Path:
    """A file that waits for its record, fit to be opened; UserError when it has gone."""
    if path is None or not path.is_file():
        raise UserError(
            f"找不到“{name}”，它还没有存进来",
            f"应在：{path or ''}",
            "看看U盘是否插好；或者把它移除，再重新添加。",
        )
    return path


def keep_pasted(_: Ledger, image: QImage, ledger: Path) -> Path:
    """Write a pasted picture where the drafts lie, until it has a record."""
    folder = drafts.folder_of(ledger)
    content = QBuffer()
    QImageWriter(content, QByteArray(b"png")).write(image)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"粘贴的图片-{datetime.datetime.now():%Y%m%d-%H%M%S}.png"
        path = folder / free_name(name, {one.name for one in folder.iterdir()})
        drafts.write(path, bytes(content.data().data()))
    except OSError as error:
        raise disk_fault("粘贴的图片没有存下来", folder, error, "检查文件夹能不能写，再粘贴一次。") from error
    return path

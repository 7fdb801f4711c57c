"""The folder of attachments beside the ledger file: copies by content, never overwritten, never deleted.

A file lies at 附件/<first two letters of its SHA-256>/<SHA-256><suffix>, so the same content is there once.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_fault, disk_reason
from mingxi_desktop.paths import give_name, safe_name
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage import sqlite

FOLDER = "附件"
MOST_BYTES = 100 * 1024 * 1024
"""The largest file taken in."""
_BLOCK = 1 << 20
_SUFFIX = pattern(r"\.[a-z0-9]{1,10}")
_SHA256 = pattern(r"[0-9a-f]{64}")
_READ_ONLY = 0o444
PROGRAMS = frozenset(
    ".appref-ms .application .bat .cmd .com .cpl .desktop .dll .exe .gadget .hta .inf .jar .js .jse .lnk .msc"
    " .msi .msp .pif .ps1 .psm1 .reg .scf .scr .sh .sys .url .vb .vbe .vbs .ws .wsf .wsh".split()
)
"""Endings that the PC would run instead of showing."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file in the folder.  size: bytes.  new: it was not there before, or not whole."""

    sha256: str
    size: int
    place: Path
    new: bool


def folder_of(ledger: Path) -> Path:
    """The attachment folder of a ledger file; it need not exist."""
    return ledger.parent / FOLDER


def place_of(ledger: Path, sha256: str, name: str) -> Path:
    """Where the copy of an attachment lies.

    UserError for a row of the ledger file that was tampered with: it must not lead elsewhere.
    """
    if not _SHA256.fullmatch(sha256):
        raise UserError(
            f"佐证材料“{name}”的记载被改动过",
            f"台账文件：{ledger}",
            "用【工具 → 检查数据完整性】看看哪里有问题。",
        )
    return folder_of(ledger) / sha256[:2] / f"{sha256}{suffix_of(name)}"


def suffix_of(name: str) -> str:
    """The ending that tells the PC which program opens the file; "" for one that is no plain ending."""
    suffix = Path(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def examine(source: Path, ledger: Path) -> str:
    """The name under which a file would be attached; UserError when it cannot be, and why."""
    where = f"文件：{source}"
    name = safe_name(source.name)
    try:
        if source.is_dir():
            raise UserError("这是一个文件夹，没有添加", where, "打开文件夹，选里面的文件。")
        if not source.is_file():
            raise UserError("找不到要添加的文件", where, "核对文件还在不在那里，U盘是否插好，再添加一次。")
        size = source.stat().st_size
        own = source.samefile(ledger)
    except OSError as error:
        raise _unread(source, error) from error
    if own:
        raise UserError("这是台账文件本身，不能作佐证材料", where, "请选照片、扫描件、通知之类的文件。")
    if suffix_of(name) in PROGRAMS:
        raise UserError("程序和快捷方式不能作佐证材料", where, "请选照片、扫描件、通知之类的文件。")
    if not size:
        raise UserError("文件是空的，没有添加", where, "可能当初没有拷贝完整，请从原处重新拷贝再添加。")
    _check_size(source, size)
    return name


def put_in(source: Path, ledger: Path) -> Copy:
    """Copy a file into the folder; UserError leaves nothing behind.

    The copy is on the disk when this returns, whole and under its name.
    """
    folder = folder_of(ledger)
    part = folder / f"{secrets.token_hex(8)}.part"
    try:
        folder.mkdir(exist_ok=True)
        sha256, size = _copy(source, part)
        place = place_of(ledger, sha256, safe_name(source.name))
        if place.exists():
            if _sha256(place) == sha256:
                return Copy(sha256, size, place, new=False)
            give_name(place, place.with_name(f"{place.name}.{secrets.token_hex(4)}.损坏"))
        place.parent.mkdir(exist_ok=True)
        give_name(part, place)
        for inside in (place, place.parent, folder):  # the folders may be new as well
            sqlite.sync_folder(inside.parent)
        with suppress(OSError):  # only so that nobody saves over it by mistake; not every disk can do it
            place.chmod(_READ_ONLY)
    except OSError as error:
        title = f"“{source.name}”没有存进附件文件夹"
        raise disk_fault(title, folder, error, "检查磁盘和文件夹的写权限，再添加一次。") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return Copy(sha256, size, place, new=True)


def fault_of(place: Path, sha256: str) -> str:
    """What is wrong with a copy, in a few words; "" when it is whole."""
    try:
        if not place.is_file():
            return "不见了"
        return "" if _sha256(place) == sha256 else "在程序之外被改动过"
    except OSError as error:
        return f"读不出来（{disk_reason(error)}）"


def _copy(source: Path, part: Path) -> tuple[str, int]:
    """(SHA-256, bytes) of what was copied."""
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as copy:
        for block in _blocks(source):
            size += len(block)
            _check_size(source, size)
            digest.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _blocks(source: Path) -> Iterator[bytes]:
    """The content; faults of reading are UserErrors, so that they are not taken for faults of writing."""
    try:
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise _unread(source, error) from error


def _unread(source: Path, error: OSError) -> UserError:
    return UserError(
        "读不了要添加的文件",
        f"文件：{source}（{disk_reason(error)}）",
        "它可能正在别的程序里打开，请关掉后再添加；在U盘上的，先拷到电脑里。",
    )


def _check_size(source: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise UserError(
            f"文件太大，没有添加：一个文件最多{MOST_BYTES >> 20}MB",
            f"文件：{source}",
            "照片请缩小，视频请截短或另外保管，在备注里写明放在哪里。",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

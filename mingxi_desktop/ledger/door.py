"""The door of a ledger file: whether it lies where it may, is a ledger at all, and what it is where it is none."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError, drive_of
from mingxi_desktop.ledger import places
from mingxi_desktop.storage import beside, sqlite

_Opening = TypeVar("_Opening", bound=Callable[..., Any])
BACKUP = ".mxbak"
"""How the name of a backup ends, which has the form of a ledger file and is not to be worked in."""
_SECOND_NAMES = ("恢复前", "损坏")
"""How the names go on under which a file is kept that another one replaces."""
_UNTOUCHED = "文件没有被改动。"
_OTHER = f"{_UNTOUCHED}请选择用本程序新建的台账文件（.mxdb），或用备份恢复。"
_IMPORT = f"{_UNTOUCHED}要把表格读进台账，先打开台账，再用“导入”（命令 import）。"
_PAPER = f"{_UNTOUCHED}它可以作为佐证材料添加到记录里。请选择台账文件（.mxdb）。"
_HEAD = 4096
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式的表格或文档（.xls、.et、.doc、.wps）", _IMPORT),
    (b"%PDF", "PDF 文件", _PAPER),
    (b"\xff\xd8\xff", "图片", _PAPER),
    (b"\x89PNG", "图片", _PAPER),
    (b"{\\rtf", "RTF 文档", _PAPER),
    (b"Rar!", "压缩文件", f"{_UNTOUCHED}先解压，再选里面的台账文件（.mxdb）。"),
    (b"7z\xbc\xaf", "压缩文件", f"{_UNTOUCHED}先解压，再选里面的台账文件（.mxdb）。"),
    (b"MZ", "程序", _OTHER),
)
_PARTS = (("xl/", "表格（.xlsx）", _IMPORT), ("word/", "Word 文档（.docx）", _PAPER))
_MOST_ENTRIES = 64 << 20
"""The largest file whose list of entries is looked into; of a larger one the end, where a package has its own list."""


class BackupError(UserError):
    """What was to be opened as a ledger is a backup or a hand-over package.  path: the file."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(
            f"这是{what}，不是台账文件，没有打开",
            f"文件：{path}",
            f"{_UNTOUCHED}要用它，就做“恢复”：窗口里【文件 → 从备份恢复】，或在开始窗口里【从备份恢复…】；"
            f'用命令：mingxi restore "{path}" --db 台账文件.mxdb',
        )
        self.path = path


class BackupFileError(BackupError):
    """It is a backup, not a package: of the form of a ledger file."""

    def __init__(self, path: Path) -> None:
        super().__init__("台账的备份", path)


class ReadOnlyError(UserError):
    """A ledger that can be read but not written to, like one on a CD.  path: the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "台账文件是只读的，没有打开",
            f"文件：{path}（{_read_only(path)}）",
            "先复制到本机硬盘上能写的文件夹再打开，这里的文件不会动；"
            f'用命令：mingxi restore "{path}" --db 本机硬盘上的文件.mxdb。只想检查它，用 verify。',
        )
        self.path = path


def _read_only(path: Path) -> str:
    if sys.platform != "win32" and os.statvfs(path).f_flag & os.ST_RDONLY:
        return f"磁盘 {drive_of(path)} 是只读的"
    return "有“只读”属性，或者没有写的权限"


@contextmanager
def through(path: Path) -> Iterator[None]:
    """Around the opening of a ledger file.

    PlaceError, BackupError, ReadOnlyError, or what the file is where it is no ledger.
    """
    places.admit_open(path)
    if path.suffix.lower() == BACKUP and paths.is_file(path):
        raise BackupFileError(path)
    drop_second_names(path)
    try:
        yield
    except UserError as error:
        if type(error) is not UserError:
            raise
        if _is_ledger(path):
            if os.access(path, os.W_OK):
                raise
            raise ReadOnlyError(path) from error
        said = explained(path, error)
        if said is error:
            raise
        raise said from error


def drop_second_names(path: Path) -> None:
    """Take the names away that a restore or repair which was killed half-way gave the ledger file besides its own.

    Until the new file takes the old one's place, both names are of the same file; nothing goes with one of them.
    """
    with suppress(OSError):
        if path.stat().st_nlink < 2:
            return
        for word in _SECOND_NAMES:
            for other in path.parent.glob(f"{glob.escape(f'{path.stem}-{word}')}*{glob.escape(path.suffix)}"):
                if other.samefile(path):
                    other.unlink()
                    beside.journal_of(other).unlink(missing_ok=True)


def watched(opening: _Opening) -> _Opening:
    """Decorator of a method whose first argument is the ledger file that it opens: it goes through the door."""

    @wraps(opening)
    def through_door(own: Any, path: Path | str, *args: Any, **kwargs: Any) -> Any:
        with through(Path(path)):
            return opening(own, path, *args, **kwargs)

    return cast("_Opening", through_door)


def _is_ledger(path: Path) -> bool:
    try:
        return sqlite.look(path)[0] in sqlite.OURS
    except UserError:
        return False


def explained(path: Path, error: UserError) -> UserError:
    """The fault that a file is no ledger, with what it is instead, as far as its first bytes tell."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return error
    if not head:
        hint = f"{_UNTOUCHED}它可能当初没有拷贝完整，请从原处重新拷贝，或用备份恢复。"
        return UserError(error.title, f"{error.detail}（0 字节）", hint)
    if head[:4] == b"PK\x03\x04":
        return _zipped(path, error)
    for beginning, what, hint in _BEGINNINGS:
        if head.startswith(beginning):
            return UserError(error.title, f"{error.detail}（这是{what}）", hint)
    what, hint = _by_content(head)
    return UserError(error.title, f"{error.detail}（{what}）", hint)


def _zipped(path: Path, error: UserError) -> UserError:
    import zipfile  # a ledger that opens does not wait for this

    from mingxi_desktop.ledger.safekeeping import handover

    names: list[str] = []
    try:
        if path.stat().st_size <= _MOST_ENTRIES:
            with zipfile.ZipFile(path) as package:
                names = package.namelist()
        elif handover.LIST.encode() in _end_of(path):
            names = [handover.LIST]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        pass
    if handover.LIST in names:
        return BackupError("交接包", path)
    for begin, what, hint in _PARTS:
        if any(name.startswith(begin) for name in names):
            return UserError(error.title, f"{error.detail}（这是{what}）", hint)
    hint = f"{_UNTOUCHED}里面有台账文件的话，先解压，再打开里面的 .mxdb。"
    return UserError(error.title, f"{error.detail}（这是压缩文件）", hint)


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _HEAD, 0))
        return file.read()


def _by_content(head: bytes) -> tuple[str, str]:
    """(what a file without a known beginning is, what to do)."""
    if head.startswith(sqlite.HEADER):
        if len(head) < 100:
            hint = f"{_UNTOUCHED}请从原处重新拷贝，或用备份恢复；不要删除它。"
            return "只有开头一小截，没有拷贝完整", hint
        return "这是别的程序的数据库", _OTHER
    if not any(head):
        hint = f"{_UNTOUCHED}这样的文件多半是断电或磁盘出错留下的，不要删除它，用备份恢复。"
        return "内容全是空的", hint
    if _is_text(head):
        return "这是文本文件", _IMPORT
    hint = f"{_UNTOUCHED}它可能被加密软件加过密，或者开头坏了：先在加密软件里解密，或用备份恢复；不要删除它。"
    return "认不出内容", hint


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return head.startswith((b"\xff\xfe", b"\xfe\xff"))
    for coding in ("utf-8", "gb18030"):
        try:
            head[: -4 if len(head) == _HEAD else None].decode(coding)
        except UnicodeDecodeError:
            continue
        return True
    return False

"""Folders that a program keeps the same on several machines: known by name, by what it leaves in them, by Windows."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple


class Service(NamedTuple):
    """A program that synchronises.

    folders: what its folders are called (in small letters, a * for anything).  marks: files or folders it leaves in
    the uppermost one (the same).  variables: of the environment, that name that folder.
    """

    name: str
    folders: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


SERVICES = (
    Service(
        "OneDrive",
        ("onedrive", "onedrive - *"),
        variables=("OneDrive", "OneDriveConsumer", "OneDriveCommercial"),
    ),
    Service("坚果云", ("坚果云", "我的坚果云", "nutstore", "nutstore files"), (".nutstore*",)),
    Service(
        "百度网盘", ("baidusyncdisk", "百度网盘同步空间", "百度云同步盘"), (".baidusyncdisk*", ".baiduyun*")
    ),
    Service("WPS云盘", ("wps云盘", "wpsdrive", "wps drive", "wps cloud files", "wps云文档"), (".wpsdrive*",)),
    Service("微云", ("微云", "微云同步盘", "weiyun", "weiyundisk", "weiyun disk")),
    Service("阿里云盘", ("阿里云盘", "adrive")),
    Service("天翼云盘", ("天翼云盘", "天翼云盘同步盘", "ecloud")),
    Service("移动云盘", ("移动云盘", "和彩云", "和彩云同步盘")),
    Service("360云盘", ("360云盘", "360安全云盘", "360安全云盘同步版")),
    Service("企业微盘", ("企业微信微盘", "微盘", "wedrive")),
    Service("钉盘", ("钉盘", "dingdrive")),
    Service("iCloud", ("iclouddrive", "icloud drive", "mobile documents")),
    Service("Dropbox", ("dropbox", "dropbox (*)"), (".dropbox", ".dropbox.cache")),
    Service("Google Drive", ("google drive", "googledrive", "google 云端硬盘", "我的云端硬盘")),
    Service("Seafile", ("seafile",), (".seafile-data",)),
    Service(
        "Nextcloud", ("nextcloud", "owncloud"), (".sync_*.db", "._sync_*.db", ".owncloudsync.log", ".nextcloudsync.log")
    ),
    Service("Synology Drive", ("synologydrive", "cloudstation"), (".synologyworkingdirectory",)),
    Service("Syncthing", marks=(".stfolder",)),
    Service("Resilio Sync", ("resilio sync", "btsync"), (".sync",)),
)  # fmt: skip
UNNAMED = "同步盘"
"""What Windows calls a cloud folder, whoever's it is."""
_CLOUD, _NUMBERS = 0x9000001A, 0x0000F000
"""The reparse tag of a folder that is kept in a cloud, and the bits of it that number the providers."""


def service_of(
    path: Path,
    *,
    environment: Mapping[str, str] | None = None,
    names_in: Callable[[Path], Iterable[str]] | None = None,
    tag_of: Callable[[Path], int] | None = None,
    home: Path | None = None,
) -> str:
    """The name of the program that synchronises the folder of a file; "" where none is known to.

    The file need not exist.  The others are facts of the system; tests give their own.  names_in: what lies in
    a folder.  tag_of: its reparse tag.  home: the user's; there and above it the programs keep their settings,
    which are called like what they leave in a synchronised folder.
    """
    known = os.environ if environment is None else environment
    folders = list(path.parents)
    for service in SERVICES:
        if any(_inside(path, known.get(name, "")) for name in service.variables):
            return service.name
    for folder in folders:
        for service in SERVICES:
            if _like(folder.name, service.folders):
                return service.name
    above = _above(home)
    for folder in folders:
        if (_tag_of if tag_of is None else tag_of)(folder) & ~_NUMBERS == _CLOUD:
            return UNNAMED
        if folder in above or folder.parent == folder:
            continue
        lying = [*(_names_in if names_in is None else names_in)(folder)]
        for service in SERVICES:
            if any(_like(name, service.marks) for name in lying):
                return service.name
    return ""


def _like(name: str, patterns: Iterable[str]) -> bool:
    folded = name.casefold()
    return any(_fits(folded, *one.partition("*")) for one in patterns)


def _fits(name: str, begin: str, star: str, end: str) -> bool:
    if not star:
        return name == begin
    return len(name) >= len(begin) + len(end) and name.startswith(begin) and name.endswith(end)


def _inside(path: PurePath, folder: str) -> bool:
    """Whether a path lies in a folder; letters large or small, as Windows sees it."""
    if not folder:
        return False
    whole, part = (
        [one.casefold() for one in found.parts] for found in (path, type(path)(folder.rstrip("\\/")))
    )
    return len(part) > 1 and whole[: len(part)] == part


def _above(home: Path | None) -> set[Path]:
    try:
        own = Path.home() if home is None else home
    except RuntimeError:  # nobody knows where that is
        return set()
    return {own, *own.parents}


def _names_in(folder: Path) -> list[str]:
    """The hidden names: a folder of a hundred thousand files must not hold up the start."""
    try:
        with os.scandir(folder) as found:
            return [one.name for one in found if one.name.startswith(".")]
    except OSError:
        return []


def _tag_of(folder: Path) -> int:
    try:
        about = os.lstat(folder)
    except OSError:
        return 0
    return int(getattr(about, "st_reparse_tag", 0)) if stat.S_ISDIR(about.st_mode) else 0

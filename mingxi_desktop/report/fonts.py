"""Which font file sets which role: the user's choice, the PC's own fonts, the fonts delivered along.

Roles: body 仿宋, kai 楷体, hei 黑体, title 小标宋, song 宋体, ui (window and charts).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.report.faces import Face, FaceError, open_face

ROLES = ("body", "kai", "hei", "title", "song", "ui")
ROLE_LABELS = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "小标宋", "song": "宋体", "ui": "界面"}
CHOSEN, OWN, DELIVERED = "用户选择", "本机", "随程序"
GETA = "〓"
"""Printed for a character that no font has."""

_SONG = ("simsun.ttc", "simsun.ttf", "stsong.ttf")
_YAHEI = ("msyh.ttc", "msyh.ttf")
_OWN_FILES: Mapping[str, tuple[str, ...]] = {
    "body": ("simfang.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "stfangso.ttf"),
    "kai": ("simkai.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf", "stkaiti.ttf"),
    "hei": ("simhei.ttf", *_YAHEI),
    "title": ("fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),
    "song": _SONG,
    "ui": _YAHEI,
}
_SANS = ("hei", "ui")
_PROOF = "国一〇。，（）0%"
"""A font that lacks one of these sets no Chinese report."""


@dataclass(frozen=True, slots=True)
class RoleFont:
    """The font of a role: file, index within a .ttc, family name, where it comes from.

    bold: to be drawn a little heavier, because it stands for a heavier one (小标宋).
    """

    role: str
    path: Path
    index: int
    family: str
    source: str
    bold: bool = False


class FontSet:
    """The fonts of all roles; characters that a role's font lacks are looked for in the others."""

    def __init__(self, fonts: Mapping[str, RoleFont], spare: Sequence[Path], problems: Sequence[str]) -> None:
        """spare: files asked for characters that a role's own font lacks, in this order."""
        self.fonts = dict(fonts)
        self.problems = tuple(problems)
        self._spare = tuple(spare)
        self._found: dict[tuple[str, str], Face | None] = {}

    def font(self, role: str) -> RoleFont:
        """Which file, found where, sets a role. KeyError for what is none of `ROLES`."""
        return self.fonts[role]

    def face(self, role: str) -> Face:
        """The open font of a role."""
        return open_face(self.fonts[role].path, self.fonts[role].index)

    def face_for(self, char: str, role: str) -> Face | None:
        """The font that sets a character in a role; None where no font has it."""
        key = (char, role)
        if key not in self._found:
            self._found[key] = next((face for face in self._chain(role) if char in face), None)
        return self._found[key]

    def describe(self) -> str:
        """One line for people: 仿宋、楷体（本机）；黑体（随程序）."""
        sources: dict[str, list[str]] = {}
        for role in ("body", "kai", "hei", "title"):
            sources.setdefault(self.fonts[role].source, []).append(ROLE_LABELS[role])
        return "；".join("、".join(labels) + f"（{source}）" for source, labels in sources.items())

    def _chain(self, role: str) -> Iterable[Face]:
        yield self.face(role)
        yield self.face("hei" if role in _SANS else "song")
        serif, sans = delivered()
        last = (sans, serif) if role in _SANS else (serif, sans)
        for path in (*self._spare, *last):
            yield open_face(path)


def resolve(
    bundled_only: bool = False,
    choices: Mapping[str, Path] | None = None,
    folders: Sequence[Path] | None = None,
) -> FontSet:
    """The fonts to set a report with.

    bundled_only: neither choices nor the PC's fonts, so that the pages are the same on every PC.  folders:
    where the PC's fonts are looked for (default: the system's and the user's).  A chosen or found file
    that cannot be used is passed over; the set's `problems` say which chosen ones and why.
    """
    fonts: dict[str, RoleFont] = {}
    problems: list[str] = []
    own = {} if bundled_only else _font_files(tuple(folders) if folders is not None else _system_folders())
    for role in ROLES:
        chosen = None if bundled_only else (choices or {}).get(role)
        font = _chosen(role, chosen, problems) if chosen else None
        fonts[role] = font or _own(role, own) or _delivered(role)
    extension = [own[name] for name in ("simsunb.ttf",) if name in own]
    return FontSet(fonts, extension, problems)


def ui_font_file(bundled_only: bool = False) -> Path:
    """The font file for the window and the charts; its first face is the one meant.

    No font is opened, so that the window can ask before it shows.
    """
    own = {} if bundled_only else _font_files(_system_folders())
    return next((own[name] for name in _OWN_FILES["ui"] if name in own), delivered()[1])


def _chosen(role: str, path: Path, problems: list[str]) -> RoleFont | None:
    try:
        return _usable(role, path, CHOSEN)
    except FaceError as fault:
        problems.append(f"所选的{ROLE_LABELS[role]}字体不能用：{fault}；已改用其他字体。")
        return None


def _own(role: str, files: Mapping[str, Path]) -> RoleFont | None:
    # 小标宋 is rarely installed; 宋体 drawn heavier comes nearest to it.
    names = [(name, False) for name in _OWN_FILES[role]]
    if role == "title":
        names += [(name, True) for name in _SONG]
    for name, bold in names:
        if name in files:
            if role == "ui":
                return _unopened(files[name], OWN)
            try:
                return _usable(role, files[name], OWN, bold=bold)
            except FaceError:
                continue
    return None


def _delivered(role: str) -> RoleFont:
    serif, sans = delivered()
    if role == "ui":
        return _unopened(sans, DELIVERED)
    return _usable(role, sans if role in _SANS else serif, DELIVERED, bold=role == "title")


def _unopened(path: Path, source: str) -> RoleFont:
    """The font of window and charts: others open it, and it is one of the largest files."""
    return RoleFont("ui", path, 0, path.stem, source)


def _usable(role: str, path: Path, source: str, *, bold: bool = False) -> RoleFont:
    """The font of a file. Raises FaceError where it cannot set Chinese."""
    face = open_face(path)
    lacking = [char for char in _PROOF if char not in face]
    if lacking:
        raise FaceError(f"{path.name} 缺少“{lacking[0]}”等字")
    return RoleFont(role, path, 0, face.family, source, bold)


def _system_folders() -> tuple[Path, ...]:
    """Where fonts lie: of the machine and of the user, on Windows, and on Linux."""
    folders: list[Path] = []
    if windows := os.environ.get("WINDIR"):
        folders.append(Path(windows) / "Fonts")
    if local := os.environ.get("LOCALAPPDATA"):
        folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    folders += [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    if home := os.environ.get("HOME"):
        folders += [Path(home) / ".local" / "share" / "fonts", Path(home) / ".fonts"]
    return tuple(folders)


def _font_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Lower-case file name → path of the fonts that we know by name; earlier folders go first."""
    wanted = {name for names in _OWN_FILES.values() for name in names} | {"simsunb.ttf"}
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _folders, names in os.walk(folder):
            for name in names:
                if name.lower() in wanted:
                    found.setdefault(name.lower(), Path(place) / name)
    return found

"""One font file opened for setting type: which characters it has, how wide they are, their outlines.

Any outline font will do.  PDF takes TrueType outlines, so those of CFF fonts (.otf) are converted in memory,
character by character and each only once, as a report needs some hundred of a font's thirty thousand.
"""

from __future__ import annotations

import io
import struct
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from mingxi_desktop.report.glyph_numbers import advances, characters
from mingxi_desktop.report.outlines import Outline, OutlinePen

_TOLERANCE = 1.0
"""How far a converted outline may lie from the original, in 1/1000 of the type size."""
_NO_SUBSET = 0x0300
"""Bits of OS/2 fsType: not as a subset, or only its bitmaps."""


class FaceError(Exception):
    """The file is no font that can be set and embedded; the text says why, in Chinese."""


class Face:
    """An open font; make it with `open_face`, which keeps it."""

    def __init__(self, path: Path, index: int) -> None:
        """Reads the whole file, so that nothing stays open. Raises FaceError."""
        from fontTools.ttLib import TTFont, TTLibError

        self.path = path
        self.index = index
        try:
            data = path.read_bytes()
            number = index if data.startswith(b"ttcf") else -1
            self._font: Any = TTFont(io.BytesIO(data), fontNumber=number, lazy=True)
            self._glyph = characters(self._font)
            self._advance = advances(self._font)
            self._read_heads()
        except OSError as fault:
            raise FaceError(f"读不出字体文件 {path.name}") from fault
        except (TTLibError, KeyError, ValueError, struct.error, AssertionError) as fault:
            raise FaceError(f"{path.name} 不是可用的字体文件") from fault
        self._outlines: dict[int, Outline] = {}
        self._lock = threading.Lock()
        self._glyphs: Any = None

    def _read_heads(self) -> None:
        font = self._font
        if "glyf" not in font and "CFF " not in font:
            raise FaceError(f"{self.path.name} 没有可以嵌入的轮廓")
        rights = font["OS/2"].fsType if "OS/2" in font else 0
        if rights & 0x000F == 0x0002 or rights & _NO_SUBSET:
            raise FaceError(f"{self.path.name} 不允许嵌入文档")
        self.em: int = font["head"].unitsPerEm
        self.postscript: str = font["name"].getDebugName(6) or self.path.stem
        self.family: str = self._family()
        os2 = font["OS/2"] if "OS/2" in font else font["hhea"]
        up = getattr(os2, "sTypoAscender", 0) or font["hhea"].ascent
        down = -(getattr(os2, "sTypoDescender", 0) or font["hhea"].descent)
        self.ascent: float = up / (up + down) if up + down else 0.86

    def _family(self) -> str:
        """The Chinese family name where the font has one."""
        names = self._font["name"]
        for language in (0x0804, 0x0409):
            record = names.getName(1, 3, 1, language)
            if record is not None:
                return str(record.toUnicode())
        return str(names.getDebugName(1) or self.path.stem)

    def __contains__(self, char: str) -> bool:
        return self._glyph(ord(char)) > 0

    def advance(self, char: str) -> float:
        """Width of a character of the font, in units of the type size."""
        return self._advance(self._glyph(ord(char))) / self.em

    def ink(self, char: str) -> tuple[float, float]:
        """Where the black of a character begins and ends, in units of the type size."""
        outline = self.outline(char)
        return outline.x_min / self.em, outline.x_max / self.em

    def outline(self, char: str) -> Outline:
        """The TrueType outline of a character of the font."""
        glyph = self._glyph(ord(char))
        found = self._outlines.get(glyph)
        if found is None:
            with self._lock:
                found = self._outlines[glyph] = self._drawn(glyph)
        return found

    def _drawn(self, glyph: int) -> Outline:
        pen = OutlinePen(_TOLERANCE * self.em / 1000)
        if "glyf" in self._font:
            from fontTools.pens.recordingPen import DecomposingRecordingPen

            if self._glyphs is None:
                self._glyphs = self._font.getGlyphSet()
            # Parts of composed glyphs are drawn in place, so that each glyph stands alone.
            recording = DecomposingRecordingPen(self._glyphs)
            self._glyphs[self._font.getGlyphName(glyph)].draw(recording)
            recording.replay(pen)
            return pen.outline(turned=False)
        from mingxi_desktop.report import charstrings

        if self._glyphs is None:
            self._glyphs = self._font["CFF "].cff.topDictIndex[0].CharStrings.charStringsIndex
        charstrings.draw(self._glyphs[glyph], pen)
        return pen.outline(turned=True)


def open_face(path: Path, index: int = 0) -> Face:
    """The font in a file (`index` within a .ttc), opened once while the file stays the same.

    Raises FaceError.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError as fault:
        raise FaceError(f"找不到字体文件 {path}") from fault
    return _opened(path, index, changed)


@lru_cache(maxsize=16)
def _opened(path: Path, index: int, _changed: int) -> Face:
    return Face(path, index)

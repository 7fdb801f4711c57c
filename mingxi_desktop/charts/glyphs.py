"""Text in charts: one font file for all of it, and no character without a shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mingxi_desktop.domain.drawing import Words

MISSING = "〓"
"""Stands for a character that the font lacks, as everywhere in the report."""


_ELSEWHERE = ("Microsoft YaHei", "SimHei", "Noto Sans CJK SC")
"""Named in an SVG for a PC that does not have the font it was drawn with."""


class Lettering:
    """Writes with one font file; markup in a text ($…$) is text."""

    def __init__(self, font: Path) -> None:
        from matplotlib import font_manager

        self._face = font_manager.get_font(str(font))
        self._file = str(font)

    def safe(self, text: str) -> str:
        """The text on one line, with 〓 (or ?) for what the font cannot show."""
        known = self._face.get_char_index
        spare = MISSING if known(ord(MISSING)) else "?"
        return "".join(sign if known(ord(sign)) else spare for sign in " ".join(text.split()))

    def properties(self, size: float) -> Any:
        """The font in a size in pt, as matplotlib wants it."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(family=(self._face.family_name, *_ELSEWHERE), fname=self._file, size=size)

    def write(self, axes: Any, words: Words) -> None:
        """Puts words on axes whose units are those of the drawing."""
        axes.text(
            words.x,
            words.y,
            self.safe(words.text),
            fontproperties=self.properties(words.size),
            parse_math=False,
            color=words.color,
            ha=words.across,
            va=words.up,
            rotation=90 if words.turned else 0,
        )

"""How verdicts look: a sign and a word in lists, colour and a line of its own kind under the number in the text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtGui import QTextCharFormat

from mingxi_desktop.report.proofreading.model import Verdict
from mingxi_desktop.report.proofreading.telling import NAMES
from mingxi_desktop.ui import theme

_Line = QTextCharFormat.UnderlineStyle


class Look(NamedTuple):
    """sign: one that GB 2312 has.  role, ground: colours of the theme, "" for none.  line: under the number."""

    sign: str
    role: str
    ground: str
    line: QTextCharFormat.UnderlineStyle


LOOKS: Mapping[Verdict, Look] = MappingProxyType(
    {
        Verdict.DIFFERS: Look("≠", "error", "error_soft", _Line.WaveUnderline),
        Verdict.CONTRADICTS: Look("▲", "warning", "warning_soft", _Line.DashDotLine),
        Verdict.UNKNOWN: Look("？", "muted", "", _Line.DotLine),
        Verdict.AGREES: Look("✓", "ok", "", _Line.SingleUnderline),
    }
)


def title(verdict: Verdict) -> str:
    """Sign and word: ≠ 不一致."""
    return f"{LOOKS[verdict].sign} {NAMES[verdict]}"


def text_format(verdict: Verdict, *, chosen: bool) -> QTextCharFormat:
    """How a number stands in the text.  chosen: it is the one that is looked into."""
    look, shown = LOOKS[verdict], theme.current()
    made = QTextCharFormat()
    made.setUnderlineStyle(look.line)
    made.setUnderlineColor(shown.color("on_accent" if chosen else look.role))
    made.setForeground(shown.color("on_accent" if chosen else look.role))
    if chosen or look.ground:
        made.setBackground(shown.color("accent" if chosen else look.ground))
    return made

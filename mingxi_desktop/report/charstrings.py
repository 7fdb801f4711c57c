"""Glyphs of CFF fonts (.otf) drawn; for those who need hundreds at once and each only once.

fontTools knows what the operators do; what it does besides, for those who edit fonts, takes most of its time:
reading byte by byte through a function each, and keeping the program it has read.
"""

from __future__ import annotations

import struct
from typing import Any

from fontTools.misc.psCharStrings import T2CharString, T2OutlineExtractor

_ESCAPE, _SHORT, _FIXED = 12, 28, 255
"""First bytes: of operators of two bytes, of a number in two bytes, of a fraction in four."""


class _Extractor(T2OutlineExtractor):
    """Draws one glyph with a pen."""

    def execute(self, char_string: Any) -> None:
        """Carries out a program: of the glyph itself, or one of those it calls."""
        self.subrLevel += 1
        self.callingStack.append(char_string)
        code: bytes = char_string.bytecode
        index, length = 0, len(code)
        while index < length:
            first = code[index]
            index += 1
            if 32 <= first < 247:
                self.operandStack.append(first - 139)
            elif first >= 247 or first == _SHORT:
                value, index = _number(code, first, index)
                self.operandStack.append(value)
            else:
                index = self._carry_out(code, first, index)
        self.callingStack.pop()
        self.subrLevel -= 1
        if self.subrLevel == 0:
            self.endPath()

    def _carry_out(self, code: bytes, first: int, index: int) -> int:
        """Carries out the operator here; where the next token begins."""
        if first == _ESCAPE:
            name = T2CharString.operators.get((first, code[index]))
            index += 1
        else:
            name = T2CharString.operators.get(first)
        handler = getattr(self, f"op_{name}", None)
        if handler is None:
            self.popall()
            return index
        # A hint mask is followed by bytes that are no program.
        masked = handler(index)
        return masked[1] if masked else index


def draw(char_string: Any, pen: Any) -> None:
    """Draws a glyph: `char_string` of fontTools' CharStrings, not drawn by others before."""
    private = char_string.private
    subroutines = getattr(private, "Subrs", [])
    widths = private.nominalWidthX, private.defaultWidthX
    _Extractor(pen, subroutines, char_string.globalSubrs, *widths, private).execute(char_string)


def _number(code: bytes, first: int, index: int) -> tuple[float, int]:
    """A number that begins with this byte; where the next token begins."""
    if first < 251 and first != _SHORT:
        return (first - 247) * 256 + code[index] + 108, index + 1
    if first == _SHORT:
        return struct.unpack_from(">h", code, index)[0], index + 2
    if first == _FIXED:
        return struct.unpack_from(">l", code, index)[0] / 65536, index + 4
    return -(first - 251) * 256 - code[index] - 108, index + 1

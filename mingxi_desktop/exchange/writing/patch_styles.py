"""Cell styles of an xlsx: red variants of those that are there, added to the styles part."""

from __future__ import annotations

import re

from mingxi_desktop.exchange.writing.xml_text import (
    attribute,
    changed,
    element,
    insert_before_end,
    number,
    start_tag,
)

RED = "FFFFC7CD"
"""Our red, one shade off that of Excel's style 差, so that it is known again when the file comes back."""


class Styles:
    """The styles part while cells are marked.  ValueError where it is not as expected."""

    def __init__(self, text: str) -> None:
        formats = element("cellXfs").search(text)
        fills = element("fills").search(text)
        if formats is None or fills is None:
            raise ValueError("styles")
        self._text = text
        self._prefix = formats["prefix"]
        self._formats = [found.group() for found in element("xf").finditer(formats["content"] or "")]
        self._known = len(self._formats)
        patterns = [found.group() for found in element("fill").finditer(fills["content"] or "")]
        ours = re.compile(rf"[\"']{RED}[\"']")
        self._fill = next((place for place, fill in enumerate(patterns) if ours.search(fill)), len(patterns))
        self._new_fill = self._fill == len(patterns)
        self._red: dict[int, int] = {}
        self._reason: int | None = None

    def red(self, style: int) -> int:
        """The number of a style like this, but red."""
        if style not in self._red:
            self._red[style] = self._add(self._with_fill(self._at(style), self._fill))
        return self._red[style]

    def reason(self) -> int:
        """The style of the cells with reasons: red text cells whose lines are broken."""
        if self._reason is None:
            p = self._prefix
            self._reason = self._add(
                f'<{p}xf numFmtId="49" fontId="0" fillId="{self._fill}" borderId="0" xfId="0" applyNumberFormat="1" '
                f'applyFill="1" applyAlignment="1"><{p}alignment vertical="top" wrapText="1"/></{p}xf>'
            )
        return self._reason

    def plain(self) -> dict[int, int]:
        """Red styles of ours that were there before → the same without the fill."""
        if self._new_fill:
            return {}
        ours = [place for place in range(self._known) if number(self._head(place), "fillId") == self._fill]
        return {place: self._add(self._with_fill(self._at(place), 0)) for place in ours}

    def xml(self) -> str:
        """The part with the new styles."""
        text, p = self._text, self._prefix
        text = insert_before_end(text, "cellXfs", "".join(self._formats[self._known :]))
        text = _counted(text, "cellXfs", len(self._formats))
        if self._new_fill:
            pattern = f'<{p}fgColor rgb="{RED}"/><{p}bgColor indexed="64"/>'
            fill = f'<{p}fill><{p}patternFill patternType="solid">{pattern}</{p}patternFill></{p}fill>'
            text = _counted(insert_before_end(text, "fills", fill), "fills", self._fill + 1)
        return text

    def _at(self, style: int) -> str:
        return self._formats[style] if style < len(self._formats) else self._formats[0]

    def _head(self, style: int) -> str:
        found = start_tag("xf").match(self._formats[style])
        return found.group() if found else ""

    def _with_fill(self, form: str, fill: int) -> str:
        return changed(form, fillId=fill, applyFill=1)

    def _add(self, form: str) -> int:
        self._formats.append(form)
        return len(self._formats) - 1


def _counted(text: str, name: str, count: int) -> str:
    found = start_tag(name).search(text)
    if found is None or attribute(found.group(), "count") is None:
        return text
    return changed(text, found.start(), count=count)

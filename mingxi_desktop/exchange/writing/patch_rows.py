"""The rows of a sheet in an xlsx with cells marked and reasons written; other rows stay as they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mingxi_desktop.exchange.cells import column_number, letters
from mingxi_desktop.exchange.writing.patch_styles import Styles
from mingxi_desktop.exchange.writing.returned_plan import Place, SheetPlan
from mingxi_desktop.exchange.writing.xml_text import (
    attribute,
    changed,
    element,
    escaped,
    number,
    with_attributes,
)

PLACE = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(slots=True)
class _Edit:
    """What becomes of a cell.  text: None leaves its content, "" empties it."""

    red: bool = False
    text: str | None = None
    style: int | None = None


class Rows:
    """Changes the rows of one sheet.  columns: 0-based column → its style.  prefix: of the sheet's elements."""

    def __init__(self, prefix: str, plan: SheetPlan, styles: Styles, columns: Mapping[int, int]) -> None:
        self._p = prefix
        self._plan = plan
        self._styles = styles
        self._columns = columns
        self._plain = styles.plain() if plan.again else {}

    def marked(self, rows: str) -> str:
        """The content of sheetData with everything in its place."""
        edits = self._edits()
        reds = re.compile(rf"\ss=[\"'](?:{'|'.join(map(str, self._plain))})[\"']") if self._plain else None
        waiting = sorted(edits)
        pieces: list[str] = []
        done, before = 0, 0
        for found in element("row").finditer(rows):
            at = number(found["attributes"], "r", before + 1)
            pieces.append(rows[done : found.start()])
            while waiting and waiting[0] + 1 < at:
                pieces.append(self._new_row(waiting[0], edits[waiting.pop(0)]))
            text = found.group()
            if waiting and waiting[0] + 1 == at:
                text = self._row(text, at - 1, edits[waiting.pop(0)])
            elif reds and reds.search(text):
                text = self._row(text, at - 1, {})
            pieces.append(text)
            done, before = found.end(), at
        pieces.append(rows[done:])
        return "".join([*pieces, *(self._new_row(row, edits[row]) for row in waiting)])

    def _new_row(self, row: int, edits: Mapping[int, _Edit]) -> str:
        return self._row(f'<{self._p}row r="{row + 1}"/>', row, edits)

    def _edits(self) -> dict[int, dict[int, _Edit]]:
        """Row → column → what becomes of the cell."""
        edits: dict[int, dict[int, _Edit]] = {}
        plan = self._plan
        for row, column in {*plan.red, *plan.texts, *plan.cleared}:
            place = row, column
            edit = _Edit(
                red=place in plan.red, text=plan.texts.get(place, "" if place in plan.cleared else None)
            )
            if place in plan.texts and place not in plan.heads:
                edit.style = self._styles.reason()
            edits.setdefault(row, {})[column] = edit
        return edits

    def _row(self, text: str, row: int, edits: Mapping[int, _Edit]) -> str:
        end = text.index(">") + 1
        head = text[:end]
        default = number(head, "s") if attribute(head, "customFormat") in ("1", "true") else None
        cells: dict[int, str] = {}
        for found in element("c").finditer(text, end):
            place = PLACE.fullmatch(attribute(found["attributes"], "r") or "")
            column = column_number(place[1]) if place else max(cells, default=-1) + 1
            plain = self._plain.get(number(found["attributes"], "s"))
            cells[column] = found.group() if plain is None else changed(found.group(), s=plain)
        for column, edit in edits.items():
            cells[column] = self._cell(cells, (row, column), edit, default)
        opened = with_attributes(head, spans=None).removesuffix("/>").rstrip(">").rstrip()
        inside = "".join(cells[column] for column in sorted(cells))
        return f"{opened}>{inside}</{self._p}row>"

    def _cell(self, cells: Mapping[int, str], place: Place, edit: _Edit, default: int | None) -> str:
        row, column = place
        p, name = self._p, f"{letters(column)}{row + 1}"
        cell = cells.get(column)
        style = self._styles_of(cells, place, default) if edit.style is None else edit.style
        if edit.red and edit.style is None:
            style = self._styles.red(style)
        if edit.text is None and cell is not None:
            return changed(cell, s=style)
        if not edit.text:
            return f'<{p}c r="{name}" s="{style if edit.text is None else 0}"/>'
        text = f'<{p}t xml:space="preserve">{escaped(edit.text)}</{p}t>'
        return f'<{p}c r="{name}" s="{style}" t="inlineStr"><{p}is>{text}</{p}is></{p}c>'

    def _styles_of(self, cells: Mapping[int, str], place: Place, default: int | None) -> int:
        """The style of a cell; of a new header cell that of its neighbour."""
        column = place[1]
        if column not in cells and place in self._plan.heads:
            column = max((other for other in cells if other < column), default=column)
        if column in cells:
            return number(cells[column][: cells[column].index(">") + 1], "s")
        return default if default is not None else self._columns.get(column, 0)

"""One sheet of an xlsx with cells marked and a column of reasons added; everything else stays as it was."""

from __future__ import annotations

import re

from mingxi_desktop.exchange.cells import column_number, letters
from mingxi_desktop.exchange.writing.patch_rows import PLACE, Rows
from mingxi_desktop.exchange.writing.patch_styles import Styles
from mingxi_desktop.exchange.writing.returned_plan import SheetPlan
from mingxi_desktop.exchange.writing.xml_text import (
    attribute,
    changed,
    element,
    insert_before_end,
    number,
    start_tag,
    with_attributes,
)

_WIDTH = 60
_ABOVE = 4
_TAB = "FFFF0000"
_PANES = {
    (True, True): "bottomRight",
    (True, False): "bottomLeft",
    (False, True): "topRight",
    (False, False): "topLeft",
}
"""By whether a cell is below and to the right of what is frozen."""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AFTER_COMMENTS = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


class SheetPatch:
    """The text of a sheet part, changed step by step.  ValueError where it is not as expected."""

    def __init__(self, text: str, plan: SheetPlan, styles: Styles) -> None:
        data = element("sheetData").search(text)
        if data is None:
            raise ValueError("sheetData")
        self._head, self._tail = text[: data.start()], text[data.end() :]
        self._rows = data["content"] or ""
        self._p = data["prefix"]
        self._plan = plan
        self._styles = styles

    def xml(self) -> str:
        """The sheet with everything marked."""
        rows = Rows(self._p, self._plan, self._styles, _column_styles(self._head)).marked(self._rows)
        self._widen()
        self._colour_tab()
        self._open_at_first()
        self._extend()
        p = self._p
        return f"{self._head}<{p}sheetData>{rows}</{p}sheetData>{self._tail}"

    @property
    def drawing(self) -> str | None:
        """Relation of the drawing that holds the shapes of comments."""
        found = start_tag("legacyDrawing").search(self._tail)
        return relation_id(found.group()) if found else None

    def add_drawing(self, relation: str) -> None:
        """Name the drawing that holds the shapes of comments."""
        later = (start_tag(name).search(self._tail) for name in _AFTER_COMMENTS)
        places = [found.start() for found in later if found]
        alternatives = re.search(
            r"<mc:AlternateContent\b(?=.*?<(?:\w+:)?(?:oleObjects|controls)\b)", self._tail, re.DOTALL
        )
        places += [alternatives.start()] if alternatives else []
        end = self._tail.rindex("</")
        place = min([*places, end])
        tag = f'<{self._p}legacyDrawing xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
        self._tail = self._tail[:place] + tag + self._tail[place:]

    def _widen(self) -> None:
        """The columns of reasons are wide and not hidden."""
        p = self._p
        columns: list[str] = []
        for found in element("col").finditer(self._head):
            first, last = number(found["attributes"], "min"), number(found["attributes"], "max")
            for start, end in _without(first, last, {column + 1 for column in self._plan.columns}):
                columns.append(changed(found.group(), min=start, max=end))
        columns += [
            f'<{p}col min="{n + 1}" max="{n + 1}" width="{_WIDTH}" customWidth="1"/>'
            for n in self._plan.columns
        ]
        columns.sort(key=lambda column: number(column, "min"))
        made = f"<{p}cols>{''.join(columns)}</{p}cols>"
        old = element("cols").search(self._head)
        self._head = self._head[: old.start()] + made + self._head[old.end() :] if old else self._head + made

    def _colour_tab(self) -> None:
        p = self._p
        tab = f'<{p}tabColor rgb="{_TAB}"/>'
        self._head = element("tabColor").sub("", self._head)
        found = start_tag("sheetPr").search(self._head)
        if found is None:
            root = start_tag("worksheet").search(self._head)
            if root is None:
                raise ValueError("worksheet")
            self._head = f"{self._head[: root.end()]}<{p}sheetPr>{tab}</{p}sheetPr>{self._head[root.end() :]}"
        elif found.group().endswith("/>"):
            self._head = insert_before_end(self._head, "sheetPr", tab)
        else:
            self._head = self._head[: found.end()] + tab + self._head[found.end() :]

    def _open_at_first(self) -> None:
        """The first view shows the first marked cell, and it is selected."""
        view = element("sheetView").search(self._head)
        if view is None:
            return
        row, column = self._plan.first
        content = view["content"] or ""
        pane = start_tag("pane").search(content)
        opened = self._head[view.start() : self._head.index(">", view.start()) + 1]
        first, selection = max(row - _ABOVE, 0), ""
        if pane is not None and attribute(pane.group(), "state") in ("frozen", "frozenSplit"):
            left, top = number(pane.group(), "xSplit"), number(pane.group(), "ySplit")
            corner = f"{letters(left)}{max(first, top) + 1}"
            active = _PANES[bool(top) and row >= top, bool(left) and column >= left]
            frozen = with_attributes(pane.group(), topLeftCell=corner, activePane=active)
            selection, kept = f' pane="{active}"', _other_selections(content, active)
            content = content[: pane.start()] + frozen + kept
        else:
            opened = with_attributes(opened, topLeftCell=f"A{first + 1}")
            content = pane.group() if pane else ""
        cell = f"{letters(column)}{row + 1}"
        content += f'<{self._p}selection{selection} activeCell="{cell}" sqref="{cell}"/>'
        opened = opened.removesuffix("/>").rstrip(">").rstrip()
        made = f"{opened}>{content}</{self._p}sheetView>"
        self._head = self._head[: view.start()] + made + self._head[view.end() :]

    def _extend(self) -> None:
        """The range that the sheet says it fills takes in the new column."""
        found = element("dimension").search(self._head)
        if found is None:
            return
        corners = PLACE.findall(attribute(found["attributes"], "ref") or "")
        places = {*self._plan.red, *self._plan.texts}
        rows = [int(row) for _, row in corners] + [row + 1 for row, _ in places]
        columns = [column_number(name) for name, _ in corners] + [column for _, column in places]
        ref = f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}"
        self._head = changed(self._head, found.start(), ref=ref)


def select_tab(text: str, chosen: bool) -> str:
    """The sheet part, shown first or not: two sheets shown first would be edited together."""
    data = element("sheetData").search(text)
    head = text[: data.start()] if data else text
    for found in reversed(list(start_tag("sheetView").finditer(head))):
        if chosen or attribute(found.group(), "tabSelected"):
            head = changed(head, found.start(), tabSelected=1 if chosen else None)
    return head + text[data.start() :] if data else head


def relation_id(tag: str) -> str:
    """The relation that an element names (r:id)."""
    found = re.search(r"\s[\w.\-]+:id\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found[1] if found else ""


def _other_selections(content: str, active: str) -> str:
    return "".join(
        found.group()
        for found in element("selection").finditer(content)
        if (attribute(found.group(), "pane") or "topLeft") != active
    )


def _column_styles(head: str) -> dict[int, int]:
    """0-based column → style, of those that have one."""
    styles: dict[int, int] = {}
    for found in element("col").finditer(head):
        style = number(found["attributes"], "style")
        first, last = number(found["attributes"], "min"), number(found["attributes"], "max")
        styles.update(dict.fromkeys(range(first - 1, min(last, 1024)), style) if style else {})
    return styles


def _without(first: int, last: int, taken: set[int]) -> list[tuple[int, int]]:
    """The ranges that are left of first…last without some numbers."""
    ranges: list[tuple[int, int]] = []
    for place in sorted(taken):
        if first <= place <= last:
            ranges.append((first, place - 1))
            first = place + 1
    return [(start, end) for start, end in [*ranges, (first, last)] if start <= end]

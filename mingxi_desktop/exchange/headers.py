"""Finding the header of a sheet, and what each column means for one ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Cell, Sheet, cell_text, column_number, is_empty, letters
from mingxi_desktop.exchange.targets import (
    PARENT_HEADER,
    UID_HEADER,
    Target,
    TargetIndex,
    importable,
    is_number_header,
)

_LOOKED_AT = 40
_DEEPEST = 3
_FEWEST = 2
_IGNORE = ("", "-", "忽略")
_COLUMN = re.compile(r"([A-Z]{1,2})列?")
_LAST_BRACKET = re.compile(r"(?<=.)\([^()]*\)$")


class Role(StrEnum):
    """What a column is taken for."""

    FIELD = "field"
    NUMBER = "number"
    UID = "uid"
    PARENT = "parent"
    COMPUTED = "computed"
    SECOND = "second"  # means a field that a better column fills
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """One column with a header.  index: 0-based.  unit: unit named in the header."""

    index: int
    header: str
    role: Role
    target: Target | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read for one ledger.

    top, bottom: first and last header row, 0-based.  title: the texts above the header.
    repeated: headers that occur more than once and mean the same field: nobody can say which is meant.
    """

    top: int
    bottom: int
    columns: tuple[Column, ...]
    title: tuple[str, ...]
    score: float
    repeated: tuple[str, ...] = ()

    def column_of(self, name: str) -> Column | None:
        """The column that fills a field (by target name)."""
        for column in self.columns:
            if (
                column.role is Role.FIELD
                and column.target
                and column.target.name == name
                and not column.target.item
            ):
                return column
        return None

    @property
    def mapping(self) -> dict[str, str]:
        """Header → field name, for showing and for giving back."""
        return {
            column.header: column.target.item or column.target.name
            for column in self.columns
            if column.role is Role.FIELD and column.target
        }


def find_layout(sheet: Sheet, index: TargetIndex, mapping: Mapping[str, str] | None = None) -> Layout | None:
    """The best header of the sheet for a ledger; None if no row looks like one.

    mapping: header (or column letters) → field name, given by the user; it goes before what we find.
    """
    given = {_mapping_key(header): name for header, name in (mapping or {}).items()}
    best: Layout | None = None
    for top in range(min(len(sheet.rows), _LOOKED_AT)):
        if all(is_empty(cell) for cell in sheet.rows[top]):
            continue
        for depth in range(1, _DEEPEST + 1):
            if top + depth > len(sheet.rows):
                break
            layout = _layout(sheet, index, given, top, depth)
            if layout is not None and (best is None or layout.score > best.score):
                best = layout
    return best


def _mapping_key(header: str) -> str:
    column = _COLUMN.fullmatch(header.strip().upper())
    return f"#{column_number(column[1])}" if column else header_key(header)[0]


def _layout(
    sheet: Sheet, index: TargetIndex, given: Mapping[str, str], top: int, depth: int
) -> Layout | None:
    columns = []
    for place, parts in _header_parts(sheet, top, depth).items():
        columns.append(_column(place, parts, index, given))
    columns, repeated = _settle(columns, given)
    fields = {
        column.target.name: column.target for column in columns if column.role is Role.FIELD and column.target
    }
    wide = sum(1 for column in columns if column.target and column.target.item)
    if len(fields) + wide < (1 if given else _FEWEST):
        return None
    required = sum(1 for target in fields.values() if target.field.required)
    unknown = sum(1 for column in columns if column.role is Role.UNKNOWN)
    score = len(fields) + wide + required + 0.5 * len(repeated) - 0.1 * unknown - 0.4 * (depth - 1)
    return Layout(top, top + depth - 1, tuple(columns), _titles(sheet, top), score, repeated)


def _header_parts(sheet: Sheet, top: int, depth: int) -> dict[int, list[str]]:
    """Column → its distinct texts from top to bottom, merged cells counted for every column they cover."""
    width = max(len(sheet.rows[row]) for row in range(top, top + depth))
    spread = _spread(sheet, top, depth)
    parts: dict[int, list[str]] = {}
    for column in range(width):
        texts: list[str] = []
        for row in range(top, top + depth):
            cell = spread.get((row, column), _at(sheet, row, column))
            text = cell.strip() if isinstance(cell, str) and not is_empty(cell) else ""
            if text and text not in texts:
                texts.append(text)
        if texts:
            parts[column] = texts
    return parts


def _spread(sheet: Sheet, top: int, depth: int) -> dict[tuple[int, int], Cell]:
    """Cells covered by merged ranges within the header rows, with the range's value."""
    covered: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged:
        if area.bottom < top or area.top >= top + depth or area.top < top:
            continue
        value = _at(sheet, area.top, area.left)
        for row in range(area.top, min(area.bottom, top + depth - 1) + 1):
            for column in range(area.left, area.right + 1):
                covered[row, column] = value
    return covered


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


def _column(place: int, parts: list[str], index: TargetIndex, given: Mapping[str, str]) -> Column:
    header = " ".join("".join(part.split()) for part in parts)
    keys = [header_key("".join(parts)), *([header_key(parts[-1])] if len(parts) > 1 else [])]
    named = next((given[key] for key in (f"#{place}", *(key for key, _ in keys)) if key in given), None)
    unit = next((unit for _, unit in keys if unit), "")
    if named is not None:
        target = index.by_name.get(named)
        return Column(place, header, Role.FIELD if target else Role.UNKNOWN, target, unit)
    for key, unit in keys:
        if is_number_header(key):
            return Column(place, header, Role.NUMBER)
        if key == UID_HEADER:
            return Column(place, header, Role.UID)
        if key == PARENT_HEADER:
            return Column(place, header, Role.PARENT)
        found = index.by_key.get(key) or index.by_key.get(_LAST_BRACKET.sub("", key))
        if found:
            role = Role.FIELD if importable(found[0].field) else Role.COMPUTED
            return Column(place, header, role, found[0], unit)
    return Column(place, header, Role.UNKNOWN, None, unit)


def _settle(columns: list[Column], given: Mapping[str, str]) -> tuple[list[Column], tuple[str, ...]]:
    """One column for each field: the user's, else the one with the field's own label, else the first.

    Two columns with the very same header for one field are left to the user.
    """
    groups: dict[tuple[str, str], list[Column]] = {}
    for column in columns:
        if column.role is Role.FIELD and column.target:
            groups.setdefault((column.target.name, column.target.item), []).append(column)
    repeated: list[str] = []
    dropped: set[int] = set()
    for group in groups.values():
        if len(group) == 1:
            continue
        best = min(group, key=lambda column: _preference(column, given))
        twins = [other for other in group if other is not best and other.header == best.header]
        if twins and _preference(best, given)[0]:
            repeated.append(best.header)
        dropped.update(column.index for column in group if column is not best)
    settled = [
        Column(column.index, column.header, Role.SECOND, column.target, column.unit)
        if column.index in dropped
        else column
        for column in columns
    ]
    return settled, tuple(repeated)


def _preference(column: Column, given: Mapping[str, str]) -> tuple[int, int, int]:
    assert column.target is not None
    key = header_key(column.header)[0]
    by_user = f"#{column.index}" in given or key in given
    headers = [header_key(header)[0] for header in column.target.field.headers]
    rank = headers.index(key) if key in headers else len(headers)
    return (0 if by_user else 1, rank, column.index)


def _titles(sheet: Sheet, top: int) -> tuple[str, ...]:
    return tuple(cell_text(cell).strip() for row in sheet.rows[:top] for cell in row if not is_empty(cell))


def describe(column: Column) -> str:
    """A column in messages: “发现数量”（G列）."""
    return f"“{column.header}”（{letters(column.index)}列）"

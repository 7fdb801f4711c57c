"""Rows of a sheet → records ready to store, or the reasons why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import FieldType, Finding, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.exchange.cells import Cell, is_empty, letters, shown
from mingxi_desktop.exchange.headers import Column
from mingxi_desktop.exchange.plan import MergedNumber, Notice, Plan, PlanRow
from mingxi_desktop.exchange.targets import inline_child
from mingxi_desktop.ledger.import_cells import CellReader
from mingxi_desktop.ledger.import_context import Context

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a row is not taken in: the cell at fault (column "" when it is missing), and a Chinese sentence."""

    row: int
    column: str
    field: str
    value: str
    code: str
    message: str
    index: int = -1


@dataclass(slots=True)
class ReadRow:
    """A row (or a movement of several rows) with its values.

    rows: all sheet rows it came from.  lines: values of the inline child table.
    """

    plan: PlanRow
    values: dict[str, Any]
    rows: list[int]
    lines: list[dict[str, Any]] = field(default_factory=list)
    children: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: list[Rejected] = field(default_factory=list)


class RowReader:
    """Reads the planned rows of one sheet for one ledger."""

    def __init__(self, ledger: Ledger, kind: Kind, plan: Plan, context: Context) -> None:
        self._ledger = ledger
        self._kind = kind
        self._plan = plan
        self._context = context
        self._deferred = _own_names(kind, plan) | {row.values["name"] for row in context.before}
        self._cells = CellReader(ledger, context.year, context.money_unit, self._deferred)
        self._columns = {column.target.name: column for column in plan.layout.columns if column.target}
        self._defaulted: dict[str, list[int]] = {}
        self.notices: list[Notice] = []

    def read_all(self) -> list[ReadRow]:
        """Every planned row with its values, rows of one movement put together; not checked yet."""
        found = [self._read(row) for row in self._plan.rows]
        for name, rows in self._defaulted.items():
            item = self._kind.field(name)
            listed = "、".join(map(str, rows[:8])) + ("等" if len(rows) > 8 else "")
            value = self._ledger.show(self._kind.name, name, item.default)
            text = f"第{listed}行的“{item.label}”空着，按{value}"
            self.notices.append(Notice("W_DEFAULT", text, 0, item.label))
        return found if inline_child(self._kind) is None else _joined(found)

    def check(self, row: ReadRow) -> None:
        """The rules of the declaration and of the ledger, as for a record typed in; faults go to the row."""
        number = row.plan.number
        findings = self._findings(self._kind, row.values)
        child = inline_child(self._kind)
        if child is not None:
            if not row.lines and not row.plan.uid:
                findings.append(Finding("item", "没有写物资和数量", "error", "E_REQUIRED"))
            for line in row.lines:
                findings += self._findings(child, line)
        for finding in findings:
            column = self._columns.get(finding.field) or self._columns.get(f"supply_line.{finding.field}")
            if finding.severity == "error":
                row.faults.append(_fault(self._plan, row, column, finding))
                continue
            header = column.header if column else ""
            code = f"W_{finding.code.removeprefix('E_').removeprefix('W_')}"
            self.notices.append(Notice(code, f"第{number}行：{finding.message}", number, header))

    def _findings(self, kind: Kind, values: Mapping[str, Any]) -> list[Finding]:
        """Findings of the ledger, but for what storing settles: the parent, duplicates, deferred references."""
        findings = self._ledger.check(kind.name, values, importing=True)
        waiting = {
            name
            for name, value in values.items()
            if isinstance(value, Named) and value.name in self._deferred
        }
        settled = {item.name for item in kind.fields if item.inherited or item.name == kind.parent} | waiting
        left = [finding for finding in findings if finding.field not in settled and finding.code != "W_DUP"]
        if len(left) < len(findings) and not any(finding.severity == "error" for finding in left):
            # The ledger looks at rules only once every field is in order, which the settled ones prevented.
            known = {(finding.field, finding.code) for finding in left}
            ruled = [
                found for rule in kind.rules if (found := rule(_with_defaults(kind, values))) is not None
            ]
            left += [found for found in ruled if (found.field, found.code) not in known]
        return left

    def _read(self, planned: PlanRow) -> ReadRow:
        row = ReadRow(planned, dict(self._context.values), [planned.number])
        line: dict[str, Any] = {}
        child = inline_child(self._kind)
        for column, cell in planned.cells:
            assert column.target is not None
            kind = child if column.target.line and child else self._kind
            parsed = self._value(row, kind, column, cell)
            if parsed is None:
                continue
            name = column.target.field.name
            if column.target.item:
                self._wide(row, column, parsed)
            elif column.target.line:
                line[name] = parsed.value
            else:
                row.values[name] = parsed.value
            if parsed.approx:
                _approximate(kind, line if column.target.line else row.values, parsed.approx)
        if any(value is not None for value in line.values()):
            row.lines.append(line)
        _receiver(self._kind, row.values)
        return row

    def _value(
        self, row: ReadRow, kind: Kind, column: Column, cell: Cell | MergedNumber
    ) -> Parsed[Any] | None:
        """The cell's value; None when it is left out or wrong (then the row has a fault)."""
        assert column.target is not None
        item, number = column.target.field, row.plan.number
        if not isinstance(cell, MergedNumber) and is_empty(cell):
            if item.required and item.default is not None:
                self._defaulted.setdefault(item.name, []).append(number)
                return None
            return None if column.target.item else Parsed(() if item.type in _SEVERAL else None)
        try:
            parsed = self._cells.read(kind, item, cell, column.unit)
        except ParseError as error:
            text = cell.text if isinstance(cell, MergedNumber) else shown(cell)
            message = self._where(column, number, error)
            fault = Rejected(number, column.header, item.name, text, error.code, message, column.index)
            row.faults.append(fault)
            return None
        if parsed.assumed:
            self._say(_code(parsed.assumed), f"{_place(column, number)}：{parsed.assumed}", number, column)
        if parsed.approx:
            said = f"{_place(column, number)}“{shown_any(cell)}”是约数，按{parsed.value}记"
            self._say("W_APPROX", said, number, column)
        if item.type is FieldType.TEXT:
            return Parsed(tidy(str(parsed.value)) or None)
        return parsed

    def _where(self, column: Column, number: int, error: ParseError) -> str:
        sheet = f"工作表“{self._plan.sheet.name}”" if self._plan.sheet.name else ""
        return f"{sheet}{_place(column, number)}：{error}"

    def _say(self, code: str, message: str, row: int, column: Column) -> None:
        self.notices.append(Notice(code, message, row, column.header))

    def _wide(self, row: ReadRow, column: Column, parsed: Parsed[Any]) -> None:
        """A line of a wide form; goods that did not move are no line."""
        assert column.target is not None
        if not parsed.value:
            return
        child = inline_child(self._kind)
        assert child is not None
        item = self._cells.read(child, child.field("item"), column.target.item)
        row.lines.append({"item": item.value, "quantity": parsed.value})


_SEVERAL = (FieldType.MULTI, FieldType.MULTI_REF)


def _own_names(kind: Kind, plan: Plan) -> set[str]:
    """Names by which rows of the sheet can point to each other: their codes."""
    column = plan.layout.column_of(kind.code_field) if kind.code_field else None
    if column is None:
        return set()
    cells = (cell for row in plan.rows for other, cell in row.cells if other is column)
    return {cell.strip() for cell in cells if isinstance(cell, str) and not is_empty(cell)}


def _with_defaults(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {item.name: item.default for item in kind.fields if item.default is not None}
    return {**defaults, **values}


def _fault(plan: Plan, row: ReadRow, column: Column | None, finding: Finding) -> Rejected:
    number = row.plan.number
    sheet = f"工作表“{plan.sheet.name}”" if plan.sheet.name else ""
    cell: Any = None
    if column is not None:
        cells = plan.sheet.rows[number - 1]
        cell = cells[column.index] if column.index < len(cells) else None
    place = _place(column, number) if column else f"第{number}行"
    header, index = (column.header, column.index) if column else ("", -1)
    message = f"{sheet}{place}：{finding.message}"
    if column is None and finding.code == "E_REQUIRED":
        message += "；表里没有这一列，请在表里加上，或者指定哪一列是它"
    return Rejected(number, header, finding.field, shown(cell), finding.code, message, index)


def _place(column: Column, number: int) -> str:
    return f"第{number}行“{column.header}”（{letters(column.index)}{number}）"


def shown_any(cell: Cell | MergedNumber) -> str:
    """A cell, or the text of a merged one, for messages."""
    return cell.text if isinstance(cell, MergedNumber) else shown(cell)


def _code(assumed: str) -> str:
    """What kind of assumption a sentence speaks of, for programs."""
    for sign, code in _CODES:
        if sign in assumed:
            return code
    return "W_ASSUMED"


_CODES = (
    ("序号", "W_DATE_GUESSED"),
    ("两位", "W_DATE_GUESSED"),
    ("没有写明日", "W_MONTH_AS_LAST_DAY"),
    ("没有年份", "W_YEAR_ASSUMED"),
    ("没有写年", "W_YEAR_ASSUMED"),
    ("没有时刻", "W_TIME_ASSUMED"),
    ("按0", "W_BLANK_AS_ZERO"),
)


def _approximate(kind: Kind, values: dict[str, Any], approx: str) -> None:
    if kind.has("approx") and values.get("approx") in (None, "准确"):
        values["approx"] = approx


def _receiver(kind: Kind, values: dict[str, Any]) -> None:
    """Goods sent to a township are received by it: a sheet often names only the one or the other."""
    if kind.name != "supply_movement":
        return
    if values.get("type") == "调拨" and not values.get("receiver"):
        values["receiver"] = values.get("area")
    elif not values.get("area") and str(values.get("receiver")).startswith(f"{AREA}:"):
        values["area"] = values["receiver"]


def _joined(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Rows that follow each other and say the same of the movement are one movement with several lines."""
    found: list[ReadRow] = []
    for row in rows:
        before = found[-1] if found else None
        if before is not None and before.lines and row.lines and _same_movement(before, row):
            before.lines += row.lines
            before.rows += row.rows
            before.faults += row.faults
        else:
            found.append(row)
    return found


def _same_movement(before: ReadRow, row: ReadRow) -> bool:
    if before.plan.uid or row.plan.uid:
        return before.plan.uid == row.plan.uid
    if len({_item(line) for line in (*before.lines, *row.lines)}) < len(before.lines) + len(row.lines):
        return False
    return all(
        before.values.get(name) == value for name, value in row.values.items() if value not in (None, ())
    )


def _item(line: Mapping[str, Any]) -> Any:
    return line.get("item")

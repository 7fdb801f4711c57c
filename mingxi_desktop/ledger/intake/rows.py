"""Rows of a table → records ready to store, or the reasons why not.  One row may give several records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod

from mingxi_desktop.domain import kinds, parse
from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.personal import withhold
from mingxi_desktop.domain.references import INDICATOR, ITEM, Entry
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.domain.units import fits_unit
from mingxi_desktop.exchange.cells import Cell, cell_text
from mingxi_desktop.exchange.recognising.layout import Column, Facets, Role
from mingxi_desktop.exchange.recognising.plan import MergedNumber, Notice, Plan, PlanRow, Skipped, is_blank
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.at_once import LONG_DIGITS, UNREAD, Read, Ways, nothing
from mingxi_desktop.ledger.intake.cells import CellReader
from mingxi_desktop.ledger.intake.compound import (
    read_done,
    read_end,
    read_goods,
    read_pair,
    read_step,
    read_wide,
)
from mingxi_desktop.ledger.intake.counted import check_levels, uncounted
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.nil import is_stroke
from mingxi_desktop.ledger.intake.otherwise import note, otherwise, spread_value
from mingxi_desktop.ledger.intake.part import Part, approximate, code_of, month_of, place_of, shown_any
from mingxi_desktop.ledger.intake.result import Rejected
from mingxi_desktop.ledger.intake.shares import RECTIFIED

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_COUNTED_TWICE = "名称里已经写了各是多少，旁边又有一列数量，分不清；请一样物资一行分开写"
_SHIFTED = "这一行比表头多出了列，或 1,200 被拆成了两格，多半是内容里的逗号没有加引号，后面的列都错位了；请改正后再导入"
_UNIT_HEADERS = ("单位", "计量单位")
_LISTED = 8
_OF_SEVERAL = (FieldType.TEXT, FieldType.MULTI, FieldType.MULTI_REF)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _weakly(read: Read) -> Read:
    """The method of a reader that holds the answer: nobody looks for circles among what imports have read."""
    method = WeakMethod(read)

    def reading(column: Column, cell: Cell | MergedNumber) -> Any:
        present = method()
        assert present is not None
        return present(column, cell)

    return reading


@dataclass(slots=True)
class ReadRow:
    """One record that a row (or a movement of several rows) gives.

    rows: all sheet rows it came from.  lines: values of the inline child table.  children: of the others.
    """

    plan: PlanRow
    kind: Kind
    values: dict[str, Any]
    rows: list[int]
    lines: list[dict[str, Any]] = field(default_factory=list)
    children: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: list[Rejected] = field(default_factory=list)


class RowReader:
    """Reads the planned rows of one table for one ledger, cell by cell."""

    def __init__(
        self, ledger: Ledger, kind: Kind, plan: Plan, context: Context, *, personal: bool = False
    ) -> None:
        self.ledger = ledger
        self.kind = kind
        self.plan = plan
        self.context = context
        self.deferred = _own_names(kind, plan) | {row.values["name"] for row in context.before}
        self.cells = CellReader(ledger, context.year, context.money_unit, self.deferred)
        self.notices: list[Notice] = []
        self.skipped: list[Skipped] = []
        self._personal = personal
        self._defaulted: dict[str, list[int]] = {}
        self._place = f"工作表“{plan.sheet.name}”" if plan.sheet.name else ""
        self._columns: dict[str, Column] = {}
        for column in plan.layout.columns:
            if column.target:
                self._columns.setdefault(column.target.plain_name, column)
        goods = inline_child(kind) is not None  # 单位 before the goods says whose they are
        self._units = [
            column
            for column in plan.layout.columns
            if column.header in _UNIT_HEADERS and (column.role is Role.COMPUTED or not goods)
        ]
        self._doubled = _doubled(plan.layout.columns)
        self._ways = Ways(kind, plan.layout.columns, _weakly(self._unremarkable), personal=personal)

    @cached_property
    def _uncounted(self) -> str:
        return uncounted(self.kind, self.plan)

    def parts_of(self, planned: PlanRow) -> tuple[dict[Facets, Part], list[Rejected]]:
        """What a row says, by facets (() for what holds for all its records), and what is wrong with it."""
        parts: dict[Facets, Part] = {(): Part()}
        faults: list[Rejected] = []
        if self._uncounted:
            faults.append(self.fault(None, planned.number, "E_NEEDED", self._uncounted))
        if planned.shifted:
            faults.append(self.fault(None, planned.number, "E_SHIFTED", _SHIFTED))
        common = parts[()]
        for column, cell in self._odd_cells(common, planned):
            part = parts.get(column.facets)
            if part is None:
                part = parts[column.facets] = Part()
            try:
                self._take(part, column, cell, planned)
            except ParseError as error:
                wrong = self.fault(column, planned.number, error.code, str(error), cell)
                faults.append(wrong)
                if column.target is not None and is_stroke(self.kind, column.target.field, cell):
                    part.strokes[column.target.name] = wrong
        if common.lines and common.line.get("item") is None and not spread_value(self, common, planned):
            common.line.clear()
            named = self.column_for("item")
            faults.append(self.fault(named, planned.number, "E_COMPOUND", _COUNTED_TWICE))
        if common.unit or planned.others:
            self._check_line(planned, common, faults)
        if self._personal:
            for column, cell in planned.people:
                note(self, common, column, cell)
        if common.remarks:
            common.values["note"] = "\n".join(filter(None, (common.values.get("note"), *common.remarks)))
        return parts, faults

    def _odd_cells(self, common: Part, planned: PlanRow) -> Iterator[tuple[Column, Cell | MergedNumber]]:
        """The cells that take more thought, each in its turn; what the others say is in the part then."""
        values, ways = common.values, self._ways
        for column, cell in planned.cells:
            way = ways.of(column)
            if way is None:
                yield column, cell
                continue
            value = ways.value(way, cell)
            if cell is None and value is not UNREAD:
                values.setdefault(way.name, value)
                continue
            if value is UNREAD or values.get(way.name):
                yield column, cell
                continue
            if way.number and value is not None:
                (common.filled if value else common.zero).add(way.name)
            values[way.name] = value

    def at_once(self, rows: Sequence[PlanRow]) -> tuple[Abreast, set[int]] | None:
        """(what rows say, places of those with a cell that says more or less than its column is for).

        None where each of them has to be read by itself.
        """
        if self._units or self._uncounted or self._personal or self.kind.name == "response":
            return None
        read = self._ways.abreast(rows)
        if read is not None and self.plan.sheet.separated:
            read[1].update(place for place, row in enumerate(rows) if row.shifted)
        return read

    def _unremarkable(self, column: Column, cell: Cell | MergedNumber) -> Any:
        """The value of a cell that is no text, if there is nothing to say of it; UNREAD otherwise.

        What a bare amount means is said once, of the first one; how many are put right is read with the others.
        """
        target = column.target
        assert target is not None
        odd = is_blank(cell) or target.field.type is FieldType.MONEY or target.field.name == RECTIFIED
        if odd:
            return UNREAD
        try:
            parsed = self._parsed(self.kind, column, target.field, cell)
        except ParseError:
            return UNREAD
        self._ways.keep(column, cell, parsed)
        return UNREAD if parsed.assumed or parsed.approx else parsed.value

    def _parsed(self, kind: Kind, column: Column, item: Field, cell: Cell | MergedNumber) -> Parsed[Any]:
        """What a filled cell says.  Raises ParseError."""
        check_levels(self.kind, column, cell)
        unit = column.unit or (self.context.land_unit if item.unit == "公顷" else "")
        return self.cells.read(kind, item, month_of(column, cell), unit)

    def _check_line(self, planned: PlanRow, part: Part, faults: list[Rejected]) -> None:
        """The unit of a line, from its number or from a column 单位, against that of the goods."""
        named = next((cell for column, cell in planned.others if column in self._units), None)
        unit = part.unit or (cell_text(named).strip() if named is not None else "")
        try:
            self.check_unit(part.line.get("item") or part.values.get("indicator"), unit)
        except ParseError as error:
            column = self.column_for(self.kind.quantity or "quantity")
            faults.append(self.fault(column, planned.number, error.code, str(error), unit))

    def _take(self, part: Part, column: Column, cell: Cell | MergedNumber, planned: PlanRow) -> None:
        """One cell into its part.  Raises ParseError."""
        target, number = column.target, planned.number
        assert target is not None
        item = target.field
        kind = kinds.kind_of(target.child) if target.child else self.kind
        if is_blank(cell):
            if not target.child and not column.facets:
                self._blank(part, item, number)
            return
        if target.sets and isinstance(cell, str) and parse.is_blank_mark(cell):
            return
        if target.child == "response_step":
            read_step(self, part, column, cell, number)
            return
        if target.second is not None:
            read_pair(self, part, column, cell, number)
            return
        if target.child and item.targets and not target.sets and read_goods(self, part, column, cell, number):
            return
        if item.name == RECTIFIED and read_done(self, part, column, cell, number):
            return
        try:
            parsed = self._parsed(kind, column, item, cell)
        except ParseError as error:
            if not otherwise(self, part, column, cell, planned, error):
                raise
            return
        self.assumed(column, number, cell, parsed)
        self._ways.keep(column, cell, parsed)
        read_end(self, part, column, cell, number, parsed)
        value = (
            self._text(item, column, number, cell, parsed.value)
            if item.type is FieldType.TEXT
            else parsed.value
        )
        if target.sets:
            read_wide(self, part, column, kind, value, parsed.unit, parsed.approx)
        elif target.child:
            part.line[item.name] = value
            part.unit = parsed.unit or column.unit if item.name == kind.quantity else part.unit
            approximate(kind, part.line, parsed.approx)
        else:
            self.put(part, item, column, value)
            approximate(kind, part.values, parsed.approx)

    def put(self, part: Part, item: Field, column: Column, value: Any) -> None:
        """Keep a value in its part; a second column for the same text adds to it.

        ParseError where a second column, as only the user can name one, says another number or day.
        """
        if item.type in NUMERIC and value is not None:
            (part.filled if value else part.zero).add(item.name)
        before = part.values.get(item.name)
        if item.name in self._doubled and before is not None and value != before:
            shown = self.ledger.show(self.kind.name, item.name, before)
            raise ParseError("E_AMBIGUOUS", f"另一列的{item.label}是“{shown}”，两列不一样；请只指定一列")
        if before and item.type is FieldType.TEXT and value:
            value = f"{before}\n{column.header}：{value}"  # several columns that the user sent to 备注
        part.values[item.name] = value

    def _blank(self, part: Part, item: Field, number: int) -> None:
        if item.name in self._doubled:
            return
        if item.required and item.default is not None:
            self._defaulted.setdefault(item.name, []).append(number)
        elif item.name not in part.values:
            part.values[item.name] = nothing(item)

    def assumed(self, column: Column, number: int, cell: Cell | MergedNumber, parsed: Parsed[Any]) -> None:
        """Say what reading a cell took for granted."""
        if parsed.assumed:
            self.say(code_of(parsed.assumed), f"{place_of(column, number)}：{parsed.assumed}", number, column)
        if parsed.approx:
            money = column.target is not None and column.target.field.type is FieldType.MONEY
            value = money_words(int(parsed.value or 0)) if money else parsed.value
            said = f"{place_of(column, number)}“{shown_any(cell)}”是约数，按{value}记"
            self.say("W_APPROX", said, number, column)

    def _text(
        self, item: Field, column: Column, number: int, cell: Cell | MergedNumber, value: Any
    ) -> str | None:
        """A text as it is stored: tidy, without numbers of people unless they are wanted."""
        raw = cell if isinstance(cell, str) else ""
        text = tidy(str(value))
        if not raw.isprintable() and _CONTROL.search(raw):
            said = f"{place_of(column, number)}里有看不见的控制字符，已去掉"
            self.say("W_CONTROL_CHAR", said, number, column)
        if not self._personal and LONG_DIGITS.search(text):
            text, kinds = withhold(text)
            if kinds:
                said = f"{place_of(column, number)}里的{'、'.join(kinds)}是个人信息，没有导入"
                self.say("W_PERSONAL", said, number, column)
        points = parse.numbered_items(text) if item.long and item.required else 0
        if points > 1 and self.kind.quantity not in self._columns:
            said = f"{place_of(column, number)}像是写了{points}条，一行按1条记；要分开记请在表里分行填写"
            self.say("W_SEVERAL_IN_CELL", said, number, column)
        return text or None

    @cached_property
    def _counted(self) -> dict[str, Entry]:
        """Reference → goods or figures that are counted in one fixed unit."""
        entries = (*self.ledger.entries(ITEM), *self.ledger.entries(INDICATOR))
        return {entry.ref: entry for entry in entries}

    def check_unit(self, item: Any, unit: str) -> None:
        """Raises ParseError where goods are counted in another unit than theirs: 100件棉被."""
        entry = self._counted.get(str(item))
        if unit and entry is not None and entry.unit and not fits_unit(unit, (entry.unit,)):
            message = f"{entry.name}按“{entry.unit}”计，表里写的是“{unit}”；请换算后再填"
            raise ParseError("E_UNIT", message)

    # telling

    def column_for(self, name: str) -> Column | None:
        """The column that fills a field of the ledger or of its lines."""
        child = inline_child(self.kind)
        found = self._columns.get(name)
        return found or (self._columns.get(f"{child.name}.{name}") if child else None)

    def fault(
        self, column: Column | None, number: int, code: str, message: str, cell: Cell | MergedNumber = None,
        field_name: str = "",
    ) -> Rejected:  # fmt: skip
        """What is wrong with a row, at the cell of the column."""
        if column is None:
            return Rejected(number, "", field_name, "", code, f"{self._place}第{number}行：{message}")
        name = field_name or (column.target.field.name if column.target else "")
        text = f"{self._place}{place_of(column, number)}：{message}"
        return Rejected(number, column.header, name, shown_any(cell), code, text, column.index)

    def say(self, code: str, message: str, row: int, column: Column | None = None) -> None:
        """Something the user should know of a row."""
        self.notices.append(Notice(code, message, row, column.header if column else ""))

    def say_defaults(self) -> None:
        """What empty cells were taken for, a sentence for each field."""
        for name, rows in self._defaulted.items():
            item = self.kind.field(name)
            column = self.column_for(name)
            listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
            value = self.ledger.show(self.kind.name, name, item.default)
            text = f"第{listed}行的“{item.label}”空着，按{value}"
            self.notices.append(Notice("W_DEFAULT", text, 0, column.header if column else item.label))


def _own_names(kind: Kind, plan: Plan) -> set[str]:
    """Names by which rows of the sheet can point to each other: their codes."""
    column = plan.layout.column_of(kind.code_field) if kind.code_field else None
    if column is None:
        return set()
    cells = (cell for row in plan.rows for other, cell in row.cells if other is column)
    return {cell.strip() for cell in cells if isinstance(cell, str) and not is_blank(cell)}


def texts_of(planned: PlanRow) -> list[str]:
    """What a row says in words, columns of no meaning included."""
    cells: list[Any] = [cell for _, cell in (*planned.cells, *planned.others)]
    return [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]


def _doubled(columns: Iterable[Column]) -> frozenset[str]:
    """The fields of one value for which the user has named several columns of the same records."""
    single = [
        (column.target.field.name, column.facets)
        for column in columns
        if column.role is Role.FIELD
        and column.target
        and not column.target.child
        and column.target.field.type not in _OF_SEVERAL
    ]
    return frozenset(name for (name, _), number in Counter(single).items() if number > 1)


def merged_values(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field name, later ones over earlier ones; what is empty does not cover what is not."""
    found: dict[str, Any] = {}
    for part in parts:
        if found.keys().isdisjoint(part):
            found.update(part)
            continue
        for name, value in part.items():
            if value not in (None, (), "") or name not in found:
                found[name] = value
    return found

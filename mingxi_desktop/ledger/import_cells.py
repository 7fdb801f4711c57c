"""One cell of a sheet → one value of a field, with what was assumed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.units import fits_unit
from mingxi_desktop.exchange.cells import Cell, CellError, cell_text
from mingxi_desktop.exchange.plan import MergedNumber

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_MONEY_UNITS = ("元", "千元", "万元", "亿元")
_COUNTERS = frozenset("条 处 项 个 起 件 宗 例".split())
_EXACT_DIGITS = 15
_WORDS = (FieldType.CHOICE, FieldType.MULTI, FieldType.REF, FieldType.MULTI_REF)


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one sheet.

    year: for dates without one.  money_unit: what a bare amount means where its header names no unit.
    deferred: names of records that are stored together with the sheet; references to them wait until then.
    """

    ledger: Ledger
    year: int | None = None
    money_unit: str = "元"
    deferred: set[str] = field(default_factory=set)
    _known: dict[tuple[str, str, str], Parsed[Any] | ParseError] = field(default_factory=dict)

    def read(self, kind: Kind, target: Field, cell: Cell | MergedNumber, unit: str = "") -> Parsed[Any]:
        """The value of a filled cell.  unit: what the header names.  Raises ParseError."""
        if isinstance(cell, MergedNumber):
            message = f"“{cell.text}”是合并单元格，看不出每一行各是多少，请拆开后分行填写"
            raise ParseError("E_MERGED", message)
        if isinstance(cell, CellError):
            raise _no_value(cell)
        if parse.is_blank_mark(cell) and not target.required and not self._is_word(target, cell):
            return _nothing(target, cell)
        if target.type in NUMERIC:
            return self._number(target, cell, unit)
        if target.type is FieldType.DATE:
            return parse.parse_date(_moment(cell), year=self.year, serials=True)
        if target.type is FieldType.DATETIME:
            return parse.parse_datetime(_moment(cell), year=self.year, serials=True)
        if target.type is FieldType.BOOL:
            return parse.parse_bool(cell if isinstance(cell, str | int | float) else cell_text(cell))
        if isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS:
            text = f"{cell_text(cell)}超过15位，表格已把后面的数字变成0；请把单元格改成文本后重填"
            raise ParseError("E_PRECISION", text)
        if target.type in _WORDS:
            return self._words(kind, target, cell_text(cell))
        return Parsed(cell_text(cell))

    def _number(self, target: Field, cell: Cell, unit: str) -> Parsed[Any]:
        if cell is not None and not isinstance(cell, str | int | float):
            raise ParseError("E_NUMBER", f"单元格里是日期或时间“{cell_text(cell)}”，这里应为数")
        if target.type is FieldType.MONEY:
            return parse.parse_money(cell, default_unit=unit if unit in _MONEY_UNITS else self.money_unit)
        _check_header_unit(target, unit)
        units = _units(target)
        if target.type is FieldType.INT:
            return parse.parse_int(cell, units=units)
        return parse.parse_decimal(cell, units=units)

    def _is_word(self, target: Field, cell: Cell) -> bool:
        """Whether a text like 无 is a value of the field itself."""
        if target.choices:
            return cell_text(cell).strip() in self.ledger.choices(target)
        return target.type is FieldType.TEXT

    def _words(self, kind: Kind, target: Field, text: str) -> Parsed[Any]:
        """Choices and references go by the ledger's own words and names; the same text is looked up once."""
        key = (kind.name, target.name, text)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._looked_up(kind, target, text)
        if isinstance(known, ParseError):
            raise known
        return known

    def _looked_up(self, kind: Kind, target: Field, text: str) -> Parsed[Any] | ParseError:
        if kind.name in target.targets and text.strip() in self.deferred:
            return Parsed(Named(text.strip()))
        values, findings = self.ledger.parse(kind.name, {target.name: text}, year=self.year)
        for finding in findings:
            if finding.severity == "error":
                wanted = "E_REFERENCE" if target.type in (FieldType.REF, FieldType.MULTI_REF) else "E_CHOICE"
                return ParseError(wanted if finding.code == "E_PARSE" else finding.code, finding.message)
        return Parsed(values.get(target.name), "；".join(finding.message for finding in findings))


def _no_value(cell: CellError) -> ParseError:
    if cell.code == "E_FORMULA_NO_VALUE":
        return ParseError(
            cell.code, "单元格里是公式，但没有算出来的值；请用 WPS 或 Excel 打开、保存一次再导入"
        )
    return ParseError(cell.code, f"单元格里是公式的错误值“{cell.text}”，请在原表中改正")


def _nothing(target: Field, cell: Cell) -> Parsed[Any]:
    """A sign for "nothing" where nothing is allowed: 0 for a number, empty for the rest."""
    if target.type in NUMERIC:
        zero = Decimal(0) if target.type is FieldType.DECIMAL else 0
        return Parsed(zero, f"“{cell_text(cell)}”按0")
    return Parsed(() if target.type in (FieldType.MULTI, FieldType.MULTI_REF) else None)


def _moment(cell: Cell) -> Any:
    """What the date parsers take; a duration is what Excel calls a time over 24 hours."""
    return cell_text(cell) if isinstance(cell, datetime.timedelta) else cell


def _units(target: Field) -> tuple[str, ...]:
    """The unit words that may stand behind the number; none means any."""
    if not target.unit:
        return ()
    same = tuple(_COUNTERS) if target.unit in _COUNTERS else ()
    return (target.unit, f"{target.unit}次", target.unit.removesuffix("次") or target.unit, *same)


def _check_header_unit(target: Field, unit: str) -> None:
    allowed = _units(target)
    if unit and allowed and unit != "%" and not fits_unit(unit, allowed):
        hint = "（1公顷=15亩）" if {unit, target.unit} == {"亩", "公顷"} else ""
        raise ParseError("E_UNIT", f"表头的单位是“{unit}”，这里应为“{target.unit}”{hint}，请换算后再填")

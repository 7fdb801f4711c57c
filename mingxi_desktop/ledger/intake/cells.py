"""One cell of a sheet → one value of a field, with what was assumed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.parse.money import NO_UNIT
from mingxi_desktop.domain.records import Named
from mingxi_desktop.exchange.cells import Cell, CellError, cell_text
from mingxi_desktop.exchange.recognising.plan import MergedNumber
from mingxi_desktop.ledger.plain_values import PLAIN, Outcome, Source, read_plain

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_Known = dict[tuple[type, Any], Outcome]
_REMEMBERED = 10_000


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one sheet.

    year: for dates without one.  money_unit: what a bare amount means where its header names no unit;
    None: nobody said.
    deferred: names of records that are stored together with the sheet; references to them wait until then.
    """

    ledger: Ledger
    year: int | None = None
    money_unit: str | None = "元"
    deferred: set[str] = field(default_factory=set)
    _known: dict[tuple[str, str, str], _Known] = field(default_factory=dict)
    _said: set[tuple[str, str]] = field(default_factory=set)

    def read(self, kind: Kind, target: Field, cell: Cell | MergedNumber, unit: str = "") -> Parsed[Any]:
        """The value of a filled cell.  unit: what the header names.  Raises ParseError."""
        if isinstance(cell, MergedNumber):
            message = f"“{cell.text}”是合并单元格，看不出每一行各是多少，请拆开后分行填写"
            raise ParseError("E_MERGED", message)
        if isinstance(cell, CellError):
            raise _no_value(cell)
        if target.type is FieldType.TEXT:
            return read_plain(kind, target, _text_of(cell), self._source(unit))
        found = self._remembered(kind, target, cell, unit)
        if isinstance(found, ParseError):
            # One that is remembered would keep whatever called, and grow by that whenever it is raised.
            raise ParseError(found.code, str(found))
        return self._once(kind, target, found) if found.assumed == NO_UNIT else found

    def _remembered(self, kind: Kind, target: Field, cell: Cell, unit: str) -> Outcome:
        """What the cell gives; the same cell of the same column is read once, as far as memory goes."""
        known = self._known.setdefault((kind.name, target.name, unit), {})
        key = (type(cell), cell)
        found = known.get(key)
        if found is None:
            found = self._anew(kind, target, cell, unit)
            if len(known) < _REMEMBERED:
                known[key] = found
        return found

    def _anew(self, kind: Kind, target: Field, cell: Cell, unit: str) -> Outcome:
        if target.type in PLAIN:
            try:
                return read_plain(kind, target, _value_of(target, cell), self._source(unit))
            except ParseError as error:
                return error.with_traceback(None)
        text = tidy(cell_text(cell))
        if kind.name in target.targets and text in self.deferred:
            return Parsed(Named(text))
        return self.ledger.read(kind, target, text, self._source(unit))

    def _source(self, unit: str) -> Source:
        return Source(self.year, sheet=True, unit=unit, money_unit=self.money_unit)

    def _once(self, kind: Kind, target: Field, found: Parsed[Any]) -> Parsed[Any]:
        """The same; that a column's amounts were taken for 元 is said for the first of them only."""
        place = (kind.name, target.name)
        if place in self._said:
            return Parsed(found.value, "", found.approx, found.unit)
        self._said.add(place)
        return found


def _no_value(cell: CellError) -> ParseError:
    if cell.code == "E_FORMULA_NO_VALUE":
        return ParseError(
            cell.code, "单元格里是公式，但没有算出来的值；请用 WPS 或 Excel 打开、保存一次再导入"
        )
    return ParseError(cell.code, f"单元格里是公式的错误值“{cell.text}”，请在原表中改正")


def _text_of(cell: Cell) -> Any:
    """A number stays one, so that lost digits are noticed."""
    long = isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**15
    return cell if long else cell_text(cell)


def _value_of(target: Field, cell: Cell) -> Any:
    """What the parsers take; a duration is what Excel calls a time over 24 hours."""
    odd = isinstance(cell, datetime.timedelta)
    dated = target.type is FieldType.BOOL and isinstance(cell, datetime.date | datetime.time)
    return cell_text(cell) if odd or dated else cell

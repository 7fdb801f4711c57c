"""From what a row says to the records it gives: one, or one for each level, purpose, kind that it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import NUMERIC, Finding, Kind
from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.domain.kinds.response import chain_findings
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.domain.records import Named
from mingxi_desktop.exchange.recognising.layout import Column, Facets, Role
from mingxi_desktop.exchange.recognising.plan import Notice, Plan, PlanRow, Skipped
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.fill import Filler
from mingxi_desktop.ledger.intake.forms import given
from mingxi_desktop.ledger.intake.hours import last_of_day
from mingxi_desktop.ledger.intake.industry import Industry
from mingxi_desktop.ledger.intake.join import joined
from mingxi_desktop.ledger.intake.part import Part
from mingxi_desktop.ledger.intake.result import NO_COLUMN, Doubtful, Rejected
from mingxi_desktop.ledger.intake.rows import ReadRow, RowReader, merged_values
from mingxi_desktop.ledger.intake.shares import RECTIFIED, first_with, shares, with_rest
from mingxi_desktop.ledger.intake.steps import chain_of

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_FIRST, _ASKED_EVERY = 20, 2_000
"""So many rows are read together; of the first ones much has to be thought about that is known afterwards."""
_BASIS, _INCREMENT, _RUNNING_TOTAL = "basis", "当日新增", "累计"


class RecordReader:
    """Reads one table for one ledger."""

    def __init__(
        self, ledger: Ledger, kind: Kind, plan: Plan, context: Context, *, personal: bool = False
    ) -> None:
        self._ledger = ledger
        self._kind = kind
        self._plan = plan
        self._context = context
        self._rows = RowReader(ledger, kind, plan, context, personal=personal)
        self._filler = Filler(self._rows, context)
        self._industry = Industry(self._rows, context)
        self._groups = plan.layout.groups
        inline = inline_child(kind)
        self._lined = inline is not None
        self._wide = inline is not None and any(
            column.role is Role.FIELD
            and column.target
            and column.target.child == inline.name
            and column.target.sets
            for column in plan.layout.columns
        )
        self._shared: dict[str, list[int]] = {}
        self._bases = {dict(facets).get(_BASIS) for facets in self._groups}

    @property
    def notices(self) -> list[Notice]:
        """What there is to say of the rows."""
        return self._rows.notices

    @property
    def of_columns(self) -> list[Notice]:
        """What there is to say of the columns, once all rows are read."""
        return self._filler.of_columns(self._plan.notices)

    @property
    def skipped(self) -> list[Skipped]:
        """Rows that turned out to hold nothing to record."""
        return self._rows.skipped

    def read_all(self, cancelled: Callable[[], bool] = lambda: False) -> list[ReadRow]:
        """The records of every planned row, rows of one movement put together; not checked yet.

        cancelled: asked now and then; nothing is returned once it is true.
        """
        found: list[ReadRow] = []
        start, number = 0, _FIRST
        while start < len(self._plan.rows):
            if cancelled():
                return []
            found += self._part(self._plan.rows[start : start + number])
            start, number = start + number, _ASKED_EVERY
        found, replaced = last_of_day(self._kind, self._plan, found, self._context.year)
        self.skipped.extend(replaced)
        self._rows.say_defaults()
        self._say_shared()
        self._filler.say()
        return found if inline_child(self._kind) is None else joined(found)

    def record(self, planned: PlanRow, values: Mapping[str, Any]) -> ReadRow:
        """A record of values that stand in no cell: the count of a list."""
        return self._record(planned, Part(), values, ())

    def _part(self, part: Sequence[PlanRow]) -> list[ReadRow]:
        """The records of some rows.  A hundred thousand rows of cells are not needed any more, but for totals."""
        read = self._rows.at_once(part)
        if read is None:
            return [record for row in part for record in self._release(row, self._read(row))]
        said, odd = read
        values = self._values(said)
        if not odd and self._filler.is_complete(part, self._with_context(said)):
            for row in part:
                row.columns, row.values, row.others = (), (), ()
            numbers = [[row.number] for row in part]
            return list(map(ReadRow, part, repeat(self._kind), values, numbers))
        quantity, found = said.column(self._kind.quantity), list[ReadRow]()
        for place, (row, own) in enumerate(zip(part, values, strict=True)):
            records = self._read(row) if place in odd else self._ordinary(row, own, quantity[place])
            found += self._release(row, records)
        return found

    def _release(self, row: PlanRow, records: list[ReadRow]) -> list[ReadRow]:
        """The records of a row, whose cells nobody will ask for."""
        if not any(record.values.get("granularity") == AGGREGATE for record in records):
            row.columns, row.values, row.others = (), (), ()
        return records

    def _values(self, said: Abreast) -> list[dict[str, Any]]:
        """By field name what each row says, with what holds for the whole table."""
        around, names = self._context.values, tuple(said.columns)
        whole = zip(*said.columns.values(), strict=True) if names else repeat((), said.number)
        if around and not around.keys().isdisjoint(names):
            return [merged_values(around, dict(zip(names, one, strict=True))) for one in whole]
        if around:
            names, before = (*around, *names), tuple(around.values())
            return [dict(zip(names, before + one, strict=True)) for one in whole]
        return [dict(zip(names, one, strict=True)) for one in whole]

    def _with_context(self, said: Abreast) -> Abreast:
        """The same field by field; what a row leaves empty is left so, whatever holds for the table."""
        around = {name: [value] * said.number for name, value in self._context.values.items()}
        return Abreast(said.number, {**around, **said.columns})

    def _ordinary(self, planned: PlanRow, values: dict[str, Any], quantity: Any) -> list[ReadRow]:
        """The record of a row of which every cell says what its column is for, and no more.

        quantity: what the row itself says of it.
        """
        row = ReadRow(planned, self._kind, values, [planned.number])
        self._filler.fill(row)
        zero = (self._kind.quantity,) if quantity == 0 else ()
        return [] if self._filler.is_nothing(row, zero) else [row]

    def _read(self, planned: PlanRow) -> list[ReadRow]:
        parts, faults = self._rows.parts_of(planned)
        common = parts[()]
        if not self._groups:
            record = self._record(planned, common, common.values, faults)
            if not faults and self._wide and not (record.lines or planned.uid):
                self.skipped.append(Skipped(planned.number, "各样物资都空着或是0，没有可记的"))
                return []
            if len(faults) > len(common.strokes):
                return [record]
            return [] if self._is_nothing(record, common) else [record]
        faults = _but_empty(faults, parts)
        groups = {facets: part for facets, part in parts.items() if facets and part.filled}
        groups = self._one_basis(groups)
        given: list[dict[str, Any]] = []
        try:
            groups = with_rest(self._kind, common, groups)
            given, shared = shares(self._kind, common, groups)
            self._note_shared(shared, planned.number)
        except ParseError as error:
            name = RECTIFIED if error.code == "E_SPLIT" else self._kind.quantity
            column = self._rows.column_for(name)
            faults.append(self._rows.fault(column, planned.number, error.code, str(error)))
        words = {name: value for name, value in common.values.items() if not self._is_number(name)}
        if faults:
            return [self._record(planned, common, words, faults)]
        if not groups:
            counted = any(part.zero for part in parts.values())
            reason = "各列都是0，没有可记的" if counted else "各列都空着（没有报），没有可记的"
            if any(part.filled for facets, part in parts.items() if facets):
                reason = "只写了当日新增；这张表按累计记，没有导入"
            self.skipped.append(Skipped(planned.number, reason))
            return []
        found = []
        for place, ((facets, part), share) in enumerate(zip(groups.items(), given, strict=True)):
            values = merged_values(words, self._facet_values(facets), share, part.values)
            own = part if place else first_with(common, part)
            found.append(self._record(planned, common, values, (), own))
        return found

    def _is_nothing(self, row: ReadRow, said: Part) -> bool:
        """Whether the row reports that there was nothing, in words, with 0 or with signs for nothing."""
        if self._lined and not row.plan.uid and _moves_nothing(said):
            self.skipped.append(Skipped(row.plan.number, "数量是0，没有可记的"))
            return True
        return self._filler.is_nothing(row, said.zero, said.strokes)

    def _record(
        self,
        planned: PlanRow,
        common: Part,
        values: Mapping[str, Any],
        faults: Sequence[Rejected],
        part: Part | None = None,
    ) -> ReadRow:
        own = part or common
        row = ReadRow(planned, self._kind, merged_values(self._context.values, values), [planned.number])
        row.faults = list(faults)
        row.lines = list(own.lines)
        if any(value is not None for value in own.line.values()):
            row.lines.append(dict(own.line))
        for name, line in own.outputs:
            row.children.setdefault(name, []).append(line)
        if self._kind.name == "response":
            wrong = chain_of(row, own.steps)
            if wrong:
                row.faults.append(self._rows.fault(None, planned.number, "E_LEVEL", wrong))
            if common.doc_no and row.children.get("response_step"):
                row.children["response_step"][0]["doc_no"] = common.doc_no
        done = own.done if own.done is not None else common.done
        self._filler.fill(row, done=done)
        return row

    def _one_basis(self, groups: dict[Facets, Part]) -> dict[Facets, Part]:
        """Of new and running totals beside each other only the totals: together they would count twice."""
        if not {_INCREMENT, _RUNNING_TOTAL} <= self._bases:
            return groups
        if not any(notice.code == "W_BOTH_BASES" for notice in self.notices):
            said = "表里又有当日新增又有累计，只记累计，免得重复计算"
            self.notices.append(Notice("W_BOTH_BASES", said))
        return {facets: part for facets, part in groups.items() if dict(facets).get(_BASIS) != _INCREMENT}

    def _facet_values(self, facets: Facets) -> dict[str, Any]:
        return {
            name: self._rows.cells.read(self._kind, self._kind.field(name), word).value
            for name, word in facets
        }

    def _is_number(self, name: str) -> bool:
        return self._kind.field(name).type in NUMERIC

    def _note_shared(self, names: Sequence[str], number: int) -> None:
        for name in names:
            self._shared.setdefault(name, []).append(number)

    def _say_shared(self) -> None:
        for name, rows in self._shared.items():
            column = self._rows.column_for(name)
            label = self._kind.field(name).label
            said = f"“{label}”是几项合在一起的数，记在每行的第一条里（第{rows[0]}行等{len(rows)}行）"
            self.notices.append(Notice("W_SHARED", said, 0, column.header if column else label))

    # checking

    def check_new(self, rows: Sequence[ReadRow]) -> None:
        """The rules of the declaration and of the ledger, as for records typed in; faults go to the rows.

        What only new records take from their words is filled in before.
        """
        self._industry.judge(rows)
        found = self._ledger.check_new(self._kind.name, [row.values for row in rows])
        for row, findings in zip(rows, found, strict=True):
            if not (findings or row.children or self._lined):
                continue
            left = self._left(self._kind, row.values, findings) + self._of_lines(row)
            self._tell(row, left + chain_findings(row.children.get("response_step", [])))

    def judge_doubtful(self, doubtful: Sequence[tuple[ReadRow, Doubtful]]) -> None:
        """Say of rows in doubt what new records would take from their words."""
        self._industry.judge_doubtful(doubtful)

    def check_change(self, row: ReadRow, record: int) -> None:
        """The same for a row that would change a record; only faults are told."""
        values = given(self._kind, row.values)
        findings = self._ledger.check(self._kind.name, values, record=record or None, importing=True)
        left = self._left(self._kind, values, findings) + self._of_lines(row)
        self._tell(row, [finding for finding in left if finding.severity == "error"])

    def _of_lines(self, row: ReadRow) -> list[Finding]:
        """What is wrong with the lines of a movement."""
        child = inline_child(self._kind)
        if child is None:
            return []
        if not row.lines:
            return [] if row.plan.uid else [Finding("item", "没有写物资和数量", "error", "E_REQUIRED")]
        found = self._ledger.check_new(child.name, row.lines)
        return [
            finding
            for line, findings in zip(row.lines, found, strict=True)
            for finding in self._left(child, line, findings)
        ]

    def _tell(self, row: ReadRow, findings: Sequence[Finding]) -> None:
        number = row.plan.number
        for finding in findings:
            column = self._rows.column_for(finding.field)
            if finding.severity == "error":
                row.faults.append(self._fault(row, column, finding))
                continue
            code = f"W_{finding.code.removeprefix('E_').removeprefix('W_')}"
            self._rows.say(code, f"第{number}行：{finding.message}", number, column)

    def _fault(self, row: ReadRow, column: Column | None, finding: Finding) -> Rejected:
        number, message = row.plan.number, finding.message
        cell = None
        if column is not None:
            cells = self._plan.sheet.rows[number - 1]
            cell = cells[column.index] if column.index < len(cells) else None
        elif finding.code == "E_REQUIRED":
            message += NO_COLUMN
        return self._rows.fault(column, number, finding.code, message, cell, finding.field)

    def _left(self, kind: Kind, values: Mapping[str, Any], findings: list[Finding]) -> list[Finding]:
        """Findings of the ledger, but for what storing settles: the parent, duplicates, deferred references."""
        if not findings:
            return findings
        deferred = self._rows.deferred
        waiting = {
            name for name, value in values.items() if isinstance(value, Named) and value.name in deferred
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


def _moves_nothing(said: Part) -> bool:
    """Whether the row names goods of which there are 0, and no money for them."""
    none = said.line.get("quantity") == 0 or set(said.strokes) == {"supply_line.quantity"}
    return none and bool(said.line.get("item")) and not (said.lines or said.line.get("value"))


def _but_empty(faults: Sequence[Rejected], parts: Mapping[Facets, Part]) -> list[Rejected]:
    """What is wrong, but for signs for nothing in columns that say no number: 一般 12, 重大 /."""
    empty = [part for facets, part in parts.items() if facets and not part.filled]
    settled = {id(fault) for part in empty for fault in part.strokes.values()}
    return [fault for fault in faults if id(fault) not in settled]


def _with_defaults(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {item.name: item.default for item in kind.fields if item.default is not None}
    return {**defaults, **values}

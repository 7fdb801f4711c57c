"""Trap: records corrected after the report was signed; the frozen version stands, its differences are listed.

What was not written to since cannot have changed a number: without any such writing nothing is worked out, and
otherwise only the numbers of the ledgers concerned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.frozen.changes import Cause, Causes, Difference, Sort, differing, worded
from mingxi_desktop.ledger.frozen.numbers import (
    LAST_YEAR,
    Behind,
    Said,
    behind,
    parts,
    unpack,
    unpack_records,
)
from mingxi_desktop.storage.checks import changed_after_freeze as reading
from mingxi_desktop.storage.frozen import FrozenRow, FrozenTable
from mingxi_desktop.storage.journal import Journal

CODE = "changed_after_freeze"
TARGET = "freeze"
_BARE = ("%", "日期", "日期区间", "号")
"""Units that the printed number brings along, or that are none."""


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each number or chart of a version in force that is another one now."""
    table = FrozenTable(scope.store, Journal(scope.store.schema))
    for row in table.rows(scope.year):
        touched = {} if row.withdrawn_at else reading.touched(scope.store, row.change_set)
        if touched:
            try:
                yield from _Signed(scope, table, row, touched).concerns()
            except (
                UserError
            ):  # the clerk's wording has faults now, or another program froze it: the page says so
                continue


@dataclass(frozen=True, slots=True)
class _Signed:
    """A version in force, and what was written to since: kind → records."""

    scope: Scope
    table: FrozenTable
    row: FrozenRow
    touched: Mapping[str, AbstractSet[int]]

    def concerns(self) -> Iterator[Concern]:
        """Numbers in the order of the report, then charts that differ by themselves."""
        from mingxi_desktop.ledger.frozen import report as frozen_report

        data = self.table.numbers(self.row.id)
        said = unpack(data)
        order = frozen_report.order_of(self.row, said)
        seen = frozen_report.look(self.scope.ledger, order)
        name = frozen_report.name_of(self.scope.ledger, self.row.template, self.row.year, self.row.span)
        causes = Causes(self.scope.ledger, self.table, self.row.change_set)
        told = list(self._numbers(said, seen.period, data, causes))
        for one in told:
            yield self._concern(name, one)
        counted, store = {self._kind(one.id) for one in told}, self.scope.store.schema
        for figure in frozen_report.other_figures(said, seen):
            kinds = seen.kinds.get(figure, frozenset())
            if kinds.isdisjoint(counted) and (kinds or not told):
                caption = (said.figures.get(figure) or seen.figures[figure]).caption
                behind_it = [
                    one for kind in sorted(kinds) for one in causes.within(store.kinds[kind], self.row.year)
                ]
                yield self._chart(name, figure, caption, behind_it)

    def _numbers(self, said: Said, period: Period, data: bytes, causes: Causes) -> Iterator[Difference]:
        from mingxi_desktop.ledger.frozen import report as frozen_report

        asked = {id: number for id, number in said.numbers.items() if self._may_differ(id)}
        now = frozen_report.numbers(self.scope.ledger, period, asked, said.shown)
        found = [(id, sort) for id, sort in differing(asked, now) if sort is not Sort.RULE]
        before = unpack_records(data, self.scope.store, self.scope.ledger.definitions.book) if found else {}
        for id, sort in found:
            last = sort is Sort.LAST_YEAR
            of = period.last_year if last else period
            behind_it = self._behind(id, of, before, LAST_YEAR if last else "", causes) if id in now else ()
            yield worded(id, sort, said.numbers[id], now.get(id), behind_it)

    def _may_differ(self, id: str) -> bool:
        """Whether anything was written that the number can rest on: its ledger, a parent, or a list."""
        kinds, book = self.scope.store.schema.kinds, self.scope.ledger.definitions.book
        if id not in book.by_id or any(name not in kinds for name in self.touched):
            return True
        kind = kinds.get(self._kind(id))
        links = {target for field in kind.fields for target in field.targets} if kind else set()
        return bool(self.touched.keys() & ({kind.name, *links} if kind else self.touched.keys()))

    def _kind(self, id: str) -> str:
        from mingxi_desktop.ledger.frozen import report as frozen_report

        by_id = self.scope.ledger.definitions.book.by_id
        return frozen_report.kind_of(id, by_id) if id in by_id else ""

    def _behind(
        self, id: str, period: Period, before: Mapping[str, Behind], mark: str, causes: Causes
    ) -> tuple[Cause, ...]:
        """The records that made a number differ, each once; of a ratio those of both its parts."""
        store, book = self.scope.store, self.scope.ledger.definitions.book
        found: dict[tuple[str, int], Cause] = {}
        for part in parts(id, book):
            indicator, then = book.by_id[part], before.get(part + mark, {})
            if reading.is_alone(store, indicator):
                keys = {(indicator.kind, number) for number in self.touched.get(indicator.kind, ())}
                then = {key: then[key] for key in keys & then.keys()}
                now = reading.counted(store, indicator, period, {number for _, number in keys})
            else:
                now = behind(store, indicator, period)
            for cause in causes.of(indicator, store.schema.kinds[indicator.kind], then, now):
                found.setdefault((cause.kind, cause.id), cause)
        return tuple(found.values())

    def _concern(self, name: str, one: Difference) -> Concern:
        unit = "" if one.unit in _BARE else one.unit
        more = f"（{one.difference.replace('+', '多').replace('-', '少')}）" if one.difference else ""
        why = f"，因为{len(one.records)}条记录定稿以后动过" if one.records else "，因为口径、设置或名单改过"
        message = (
            f"{self._called(name)}里“{one.label}”{f'是{one.frozen}{unit}' if _is_known(one.frozen) else '没有数'}，"
            f"{f'按现在的记录是{one.now}{unit}' if _is_known(one.now) else '按现在的记录没有这个数'}{more}{why}："
            "对外以定稿为准；要更正就撤回定稿，写明原因，再重新定稿"
        )
        records = tuple((cause.kind, cause.id) for cause in one.records)
        key = f"{self.row.id}:{one.sort.value}:{one.id}"
        return Concern(CODE, Severity.WARNING, message, records, key, (one.frozen, one.now), TARGET)

    def _chart(self, name: str, figure: str, caption: str, causes: Sequence[Cause]) -> Concern:
        changed = f"{len(causes)}条记录" if causes else "有记录"
        message = (
            f"{self._called(name)}里的图表“{caption}”和现在的记录不一样，{changed}定稿以后"
            "动过：对外以定稿为准；要更正就撤回定稿，写明原因，再重新定稿"
        )
        records = tuple((cause.kind, cause.id) for cause in causes)
        return Concern(CODE, Severity.WARNING, message, records, f"{self.row.id}:chart:{figure}", (), TARGET)

    def _called(self, name: str) -> str:
        """2024年法治政府建设年度报告定稿（2025-01-23 张三签）."""
        return f"{name}定稿（{self.row.at[:10]} {self.row.by}签）"


def _is_known(number: str) -> bool:
    """Whether there was anything to be counted: else the report prints 〔待核〕."""
    return not number.startswith("〔")


CHECK = Check(
    code=CODE,
    label="定稿以后改过",
    about="报告签发以后又改了记录，签出去的数和台账对不上；定稿不变，差在哪里、哪条记录造成的，逐个数列出来。",
    kinds=(),
    find=find,
)

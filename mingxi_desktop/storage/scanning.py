"""One scan over the records of a span: what several indicators add up, and how many records each rests on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import peewee

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.storage.conditions import Conditions, alike
from mingxi_desktop.storage.raw import APPROX_RANK
from mingxi_desktop.storage.sql_text import Sql, in_series, sql
from mingxi_desktop.storage.statements import Statements

_BITS = 28
"""Below these bits of a joint sum stands the number of its records: 268 million find room, and sums to 34 thousand
million."""
_RECORDS = (1 << _BITS) - 1
_TOO_LARGE = "integer overflow"
_ADDING = (Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE)


class Answer(NamedTuple):
    """value: as in the file.  records: how many it rests on.  rank: of the strongest approximation among them."""

    value: Any
    records: int
    rank: int


class Scan:
    """What is asked of a group of indicators that look at the same records of one kind.

    joint: sums of whole numbers bring the number of records along.  SQLite asks a condition anew for each aggregate,
    and with many records that is most of what a scan takes.
    """

    def __init__(self, conditions: Conditions, group: Sequence[Indicator], *, joint: bool = True) -> None:
        self._conditions = conditions
        self._group = group
        self._source = conditions.source(group[0].kind)
        self._chosen: list[Hashable] = [
            (repr(indicator.where), indicator.until, indicator.whole) for indicator in group
        ]
        self._key = "scan", joint, tuple((alike(indicator), indicator.fields) for indicator in group)
        self._columns: list[tuple[str, Indicator]] = []
        self._values = [self._placed("value", one) if self._has_value(one) else -1 for one in group]
        self._joint: set[int] = set()
        numbers: dict[Hashable, int] = {}
        if joint:
            for indicator, chosen, place in zip(group, self._chosen, self._values, strict=True):
                if chosen not in numbers and place >= 0 and self._is_whole(indicator):
                    self._columns[place] = "joint", indicator
                    self._joint.add(place)
                    numbers[chosen] = place
        ranks: dict[Hashable, int] = {}
        for indicator, chosen in zip(group, self._chosen, strict=True):
            if chosen not in numbers:
                numbers[chosen] = self._placed("number", indicator)
            if self._source.kind.has("approx") and chosen not in ranks:
                ranks[chosen] = self._placed("rank", indicator)
        self._numbers = [numbers[chosen] for chosen in self._chosen]
        self._ranks = [ranks.get(chosen, -1) for chosen in self._chosen]

    def answers(self, statements: Statements, period: Period) -> tuple[list[Answer], bool]:
        """What is said of each indicator, in order, and whether the ledger was kept in the year at all."""
        key = *self._key, period if period.event else None
        try:
            row = statements.run(key, lambda: self._statement(period), of=period).fetchone()
        except peewee.OperationalError as error:
            if not self._joint or _TOO_LARGE not in str(error):
                raise
            row = None
        # A product that is too large for an integer comes as a float.
        if row is None or any(isinstance(row[place], float) for place in self._joint):
            return Scan(self._conditions, self._group, joint=False).answers(statements, period)
        return [self._answer(row, number) for number in range(len(self._group))], row[-1] is not None

    def _answer(self, row: Sequence[Any], number: int) -> Answer:
        value, records = row[self._values[number]], row[self._numbers[number]]
        if self._values[number] in self._joint:
            value = (value or 0) >> _BITS
        if self._numbers[number] in self._joint:
            records = (records or 0) & _RECORDS
        rank = row[self._ranks[number]] if self._ranks[number] >= 0 else 0
        return Answer(value if self._values[number] >= 0 else records, records, rank or 0)

    def _placed(self, what: str, indicator: Indicator) -> int:
        self._columns.append((what, indicator))
        return len(self._columns) - 1

    def _has_value(self, indicator: Indicator) -> bool:
        """Whether it has a value beside the number of its records."""
        return indicator.aggregate not in _ADDING or bool(self._fields(indicator))

    def _is_whole(self, indicator: Indicator) -> bool:
        """Whether it adds whole numbers, which are small beside money and ten-thousandths."""
        types = {self._source.kind.field(name).type for name in self._fields(indicator)}
        return indicator.aggregate in _ADDING and types == {FieldType.INT}

    def _fields(self, indicator: Indicator) -> tuple[str, ...]:
        return self._conditions.summed(self._source.kind, indicator)

    def _statement(self, period: Period) -> Sql:
        conditions, source = self._conditions, self._source
        written: dict[Hashable, Sql] = {}
        for indicator, chosen in zip(self._group, self._chosen, strict=True):
            if chosen not in written:
                written[chosen] = conditions.chosen(source, indicator, period)
        of_indicator = dict(zip(map(id, self._group), self._chosen, strict=True))
        columns = [
            sql(
                "{} FILTER (WHERE {})", self._aggregate(what, indicator), written[of_indicator[id(indicator)]]
            )
            for what, indicator in self._columns
        ]
        columns.append(sql("({})", conditions.kept(source.kind)))
        return conditions.select(source, in_series(columns), self._scope(period))

    def _aggregate(self, what: str, indicator: Indicator) -> Sql:
        source = self._source
        if what == "number":
            return Sql("COUNT(*)")
        if what == "rank":
            words = " ".join(f"WHEN '{word}' THEN {rank}" for rank, word in enumerate(APPROX_RANK) if word)
            return Sql(f"MAX(CASE {source.column('approx').text} {words} ELSE 0 END)")
        amount = self._conditions.amount(source, indicator)
        if what == "joint":
            return sql(f"SUM(({{}}) * {1 << _BITS} + 1)", amount)
        if indicator.aggregate is Aggregate.DISTINCT:
            return sql("COUNT(DISTINCT {})", source.column(indicator.fields[0]))
        if indicator.aggregate is Aggregate.STATE_AREAS:
            township, area = self._conditions.township(source), source.column("area")
            return sql("COUNT(DISTINCT CASE WHEN {} THEN {} END)", township, area)
        if indicator.aggregate is Aggregate.DAY:
            return sql("MIN(SUBSTR({}, 1, 10))", self._conditions.day(source, indicator))
        return sql("SUM({})", amount)

    def _scope(self, period: Period) -> Sql:
        """The span; with the years that can matter, so that the index keeps other years out."""
        first, source = self._group[0], self._source
        inside = self._conditions.in_span(source, first, period)
        if source.kind.state or first.date or period.event:
            return inside
        return sql("({} AND {})", self._conditions.years(source, first), inside)

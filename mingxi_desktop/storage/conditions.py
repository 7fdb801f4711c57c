"""The rule of an indicator as peewee expressions: which records count, in which span, with which amount."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE, Field, FieldType, Kind
from mingxi_desktop.domain.indicator_wanted import DAYS, Between, Other, limits
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.domain.wording import FEN_IN_WAN, FEN_IN_YUAN
from mingxi_desktop.storage.columns import MULTI_MARK
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.statements import asked
from mingxi_desktop.storage.store import Store

STATES = frozenset({Aggregate.STATE, Aggregate.STATE_AREAS})
EVENT_KIND = "disaster_event"
_CONTAINS = "~"


@dataclass(frozen=True, slots=True)
class Source:
    """The tables one kind's indicators are read from: its own, its parent's, and lists by field."""

    kind: Kind
    table: Any
    parent: Any
    lists: dict[str, Any]


class Conditions:
    """Builds the expressions of indicators for one ledger file."""

    def __init__(self, store: Store, *, lasting: bool = False) -> None:
        """lasting: for statements that are kept: they ask the period and the lists each time they are run.

        Run them with `of=period`; what is asked of the period of one event holds for that period alone.
        """
        self._store = store
        self._schema = store.schema
        self._lasting = lasting
        self._sources: dict[str, Source] = {}

    @cached_property
    def lasting(self) -> Conditions:
        """The same for statements that are kept, of the same tables: peewee makes a class for each of their columns."""
        made = Conditions(self._store, lasting=True)
        made._sources = self._sources
        return made

    def read(
        self,
        what: Hashable,
        indicator: Indicator,
        period: Period,
        make: Callable[[Conditions], Any],
        *given: Any,
    ) -> Any:
        """The rows of a query on what an indicator counts, in the form of the file; written once for all spans.

        what: says which query it is.  make: gives it, by the conditions that it gets.  given: fills its blanks.
        """
        key = what, alike(indicator), period if period.event else None
        return self._schema.statements.run(key, lambda: make(self.lasting), *given, of=period)

    def source(self, kind_name: str) -> Source:
        """The tables of a kind under aliases of their own."""
        if kind_name not in self._sources:
            self._sources[kind_name] = self._source(self._schema.kinds[kind_name])
        return self._sources[kind_name]

    def _source(self, kind: Kind) -> Source:
        parent = self._schema.table[kind.parent_kind].alias("p") if kind.parent else None
        lists = {
            field.name: self._schema.reference.alias(f"r_{field.name}")
            for field in kind.fields
            if field.type is FieldType.REF and field.name == "item"
        }
        return Source(kind, self._schema.table[kind.name].alias("t"), parent, lists)

    def select(self, source: Source, *columns: Any) -> Any:
        """A query over the source's tables for records that are not in the trash."""
        query = source.table.select(*columns)
        alive = source.table.deleted_at.is_null()
        if source.parent is not None:
            query = query.join(
                source.parent, on=(getattr(source.table, source.kind.parent) == source.parent.id)
            )
            query = query.switch(source.table)
        for name, alias in source.lists.items():
            column = getattr(source.table, name)
            query = query.join(alias, peewee.JOIN.LEFT_OUTER, on=(column == alias.id)).switch(source.table)
        return query.where(alive)

    def matches(self, source: Source, indicator: Indicator) -> Any:
        """The indicator's own conditions, what is looked for inside a text last: that takes longest."""
        asked = sorted((indicator.where or {}).items(), key=lambda item: _is_text(source.kind, *item))
        parts = [self._wanted(source, name, values) for name, values in asked]
        return reduce(and_, parts) if parts else peewee.SQL("1")

    def kept(self, source: Source, period: Period) -> Any:
        """Whether a record of any sort shows that the ledger was kept in the year, so that 0 means none."""
        if source.kind.state:
            return source.table.from_date <= self._of(period, _as_of)
        return source.table.year == self._of(period, _year)

    def any_record(self, source: Source, period: Period) -> bool:
        """Whether the ledger was kept at all in the year."""

        def make() -> Any:
            alone = Source(source.kind, self._schema.table[source.kind.name], None, {})
            return self.select(alone, alone.table.id).where(self.lasting.kept(alone, period)).limit(1)

        key = "any record", source.kind.name
        return self._schema.statements.run(key, make, of=period).fetchone() is not None

    def counts(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Conditions, span and cut-off together: whether a record counts."""
        return self.in_span(source, indicator, period) & self.chosen(source, indicator, period)

    def chosen(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Whether a record that lies in the span counts."""
        whole = self.matches(source, indicator)
        if indicator.until and indicator.aggregate not in STATES:
            until = getattr(source.table, indicator.until)
            whole &= until.is_null() | (until < self._of(period, _day_after))
        if indicator.whole:
            whole &= ~self._part_of_counted(source, indicator, period)
        return whole

    def written(self, condition: Any) -> Any:
        """The same condition as text, for a statement that needs it in several places."""
        return peewee.SQL(*self._schema.database.get_sql_context().sql(condition).query())

    def in_span(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Whether a record lies in the years counted and before the cut-off date, or exists on that day."""
        table = source.table
        if indicator.aggregate in STATES:
            as_of = self._of(period, _as_of)
            return (table.from_date <= as_of) & (table.to_date.is_null() | (table.to_date > as_of))
        day = self.day(source, indicator)
        known = self.known_by(source, indicator, period)
        of_event = self._of_event(source, period) if period.event else None
        if of_event is not None:
            return of_event & known
        return (day >= self._of(period, _first_of(indicator))) & known

    def known_by(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Whether a record is of the cut-off date or of a day before it, be it before the span."""
        named = period.event and self._of_event(source, period) is not None
        day = self.day(source, indicator)
        if named:
            return day < _after(period.event_until or period.as_of)
        return day < self._of(period, _day_after)

    def up_to(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Whether a record is of the cut-off date or of a day before it, by its day alone."""
        return self.day(source, indicator) <= self._of(period, _as_of)

    def before(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """Whether a record is of a day before the span, be it of another year."""
        return self.day(source, indicator) < self._of(period, _first_of(indicator))

    def years(self, source: Source, indicator: Indicator, period: Period) -> Any:
        """The years that can matter, so that the index keeps others out."""
        if indicator.years == 1:
            return source.table.year == self._of(period, _year)
        first = self._of(period, lambda of: of.first(indicator.years).year)
        return (source.table.year >= first) & (source.table.year <= self._of(period, _year))

    def township(self, source: Source) -> Any:
        """Whether a record is of a township, not of the county as a whole."""
        county = self._ref(source.kind.field("area"), COUNTY_AREA)
        return peewee.Expression(source.table.area, peewee.OP.IS_NOT, county)

    def _of_event(self, source: Source, period: Period) -> Any:
        """Whether a record belongs to the event reported on; None where the ledger does not name events."""
        if source.kind.name == EVENT_KIND:
            return source.table.id == period.event
        ref = f"{EVENT_KIND}:{period.event}"
        if source.kind.has("event"):
            return source.table.event == ref
        parent = self._schema.kinds[source.kind.parent_kind] if source.kind.parent else None
        if parent is not None and parent.has("event"):
            return source.parent.event == ref
        return None

    def day(self, source: Source, indicator: Indicator) -> Any:
        """The day that puts a record into a year, as text."""
        table = source.table
        if indicator.date:
            return getattr(table, indicator.date)
        if source.kind.date == "record_date":
            return table.record_date
        return peewee.fn.COALESCE(getattr(table, source.kind.date), table.record_date)

    def summed(self, kind: Kind, indicator: Indicator) -> tuple[str, ...]:
        """The fields that are added: those named, else the kind's quantity; none where records are counted."""
        return indicator.fields or ((kind.quantity,) if kind.quantity else ())

    def amount(self, source: Source, indicator: Indicator) -> Any:
        """What a record adds, as the integer it is in the file; several fields are added, empty ones as 0."""
        names = self.summed(source.kind, indicator)
        if indicator.aggregate is Aggregate.COUNT or not names:
            return peewee.Value(1)
        columns: list[Any] = [
            peewee.fn.COALESCE(getattr(source.table, name).cast("INTEGER"), 0) for name in names
        ]
        return reduce(lambda one, other: one + other, columns)

    def scaled(self, kind: Kind, indicator: Indicator, value: int) -> Decimal | int:
        """A sum as in the file → in the indicator's unit."""
        names = self.summed(kind, indicator)
        if indicator.aggregate is Aggregate.COUNT or not names:
            return value
        kinds = {kind.field(name).type for name in names}
        if FieldType.MONEY in kinds:
            return Decimal(value) / (FEN_IN_WAN if indicator.unit == "万元" else FEN_IN_YUAN)
        if FieldType.DECIMAL in kinds:
            number = Decimal(value) / DECIMAL_SCALE
            return int(number) if number == number.to_integral_value() else number.normalize()
        return value

    def _wanted(self, source: Source, name: str, values: tuple[object, ...]) -> Any:
        owner, _, attribute = name.partition(".")
        if owner == "parent" and attribute:
            parent_kind = self._schema.kinds[source.kind.parent_kind]
            return self._any(parent_kind, source.parent, attribute, values)
        if attribute:
            column = getattr(source.lists[owner], attribute)
            return _every(values, lambda value: column == value)
        return self._any(source.kind, source.table, name, values)

    def _any(self, kind: Kind, table: Any, name: str, values: tuple[object, ...]) -> Any:
        field = kind.field(name)
        column = getattr(table, name)
        return _every(values, lambda value: self._one(field, column, value))

    def _one(self, field: Any, column: Any, value: object) -> Any:
        if value is None:
            return column.is_null() | (column == "") if field.type is FieldType.TEXT else column.is_null()
        if isinstance(value, Between):
            return _between(field, column, value)
        text = str(value)
        if text.startswith(_CONTAINS):
            return column.contains(text.removeprefix(_CONTAINS))
        if field.type is FieldType.MULTI:
            # Most records have none of these words, and SQLite is slow to find that out.
            return column.is_null(False) & column.contains(f"{MULTI_MARK}{text}{MULTI_MARK}")
        if field.type is FieldType.REF:
            return peewee.Expression(column, peewee.OP.EQ, self._ref(field, text))
        return column == value

    def _ref(self, field: Field, name: str) -> Any:
        """The reference to an entry as it is in the file, equal to nothing where there is none."""

        def ref(_of: Any) -> Any:
            entry = self._store.references.find(field.targets[0], name)
            return None if entry is None else stored(field, entry.ref)

        return asked(ref) if self._lasting else peewee.SQL("?", (ref(None),))

    def _of(self, period: Period, what: Callable[[Period], Any]) -> Any:
        return asked(what) if self._lasting else what(period)

    def _part_of_counted(self, source: Source, indicator: Indicator, period: Period) -> Any:
        whole = Source(source.kind, self._schema.table[source.kind.name].alias("w"), None, {})
        counted = self.chosen(whole, replace(indicator, whole=False), period)
        counted &= self.in_span(whole, indicator, period)
        inner = whole.table.select(peewee.SQL("1")).where(
            (whole.table.id == source.table.parent) & whole.table.deleted_at.is_null() & counted
        )
        return peewee.fn.EXISTS(inner)


def alike(indicator: Indicator) -> tuple[Any, ...]:
    """Indicators alike in these count the same records."""
    when = indicator.date, indicator.until, indicator.years
    return indicator.kind, indicator.aggregate, repr(indicator.where), *when, indicator.pick, indicator.whole


def _every(values: tuple[object, ...], one: Callable[[object], Any]) -> Any:
    """Whether a field has any of the values, and none of those that it must not have; what is empty has none."""
    others = [value.value for value in values if isinstance(value, Other)]
    parts = [~peewee.fn.IFNULL(one(value), 0) for value in others]
    some = [one(value) for value in values if not isinstance(value, Other)]
    if some:
        parts.insert(0, reduce(or_, some))
    return reduce(and_, parts)


def _between(field: Field, column: Any, between: Between) -> Any:
    """Whether what is filled lies in a range; of moments by their day."""
    low, high = limits(field, between)
    if field.type not in DAYS:
        held: Any = column.cast("INTEGER")
    elif between.every_year:
        held = peewee.fn.SUBSTR(column, 6, 5)
    else:
        held = peewee.fn.SUBSTR(column, 1, 10)
    parts = [held >= low] if low is not None else []
    parts += [held <= high] if high is not None else []
    over_new_year = between.every_year and len(parts) > 1 and between.low > between.high
    return reduce(or_ if over_new_year else and_, parts)


def _is_text(kind: Kind, name: str, values: tuple[object, ...]) -> bool:
    """Whether a condition looks for something inside a text."""
    plain = [value.value if isinstance(value, Other) else value for value in values]
    inside = any(str(value).startswith(_CONTAINS) for value in plain)
    return inside or (kind.has(name) and kind.field(name).type is FieldType.MULTI)


def _as_of(period: Period) -> str:
    return period.as_of.isoformat()


def _year(period: Period) -> int:
    return period.year


def _day_after(period: Period) -> str:
    return _after(period.as_of)


def _first_of(indicator: Indicator) -> Callable[[Period], str]:
    return lambda period: period.first(indicator.years).isoformat()


def _after(day: datetime.date) -> str:
    """The day after, so that moments of the last day count too."""
    return (day + datetime.timedelta(days=1)).isoformat()

"""The rule of an indicator as SQL: which records count, in which span, with which amount."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import DECIMAL_SCALE, Field, FieldType, Kind
from mingxi_desktop.domain.indicator_wanted import DAYS, Between, Other, limits
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.references import COUNTY_AREA
from mingxi_desktop.domain.wording import FEN_IN_WAN, FEN_IN_YUAN
from mingxi_desktop.storage.columns import MULTI_MARK
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.sql_text import Sql, column, contains, every, in_series, some, sql
from mingxi_desktop.storage.statements import Asked
from mingxi_desktop.storage.store import Store

STATES = frozenset({Aggregate.STATE, Aggregate.STATE_AREAS})
EVENT_KIND = "disaster_event"
_CONTAINS = "~"
_TABLE, _PARENT, _WHOLE = "t", "p", "w"
"""How a statement calls the table of a kind, that of its parent, and that of the records of which others are parts."""


class Source:
    """The tables that one kind's indicators are read from: its own, its parent's, and the entries of supplies."""

    __slots__ = ("alias", "kind", "parent")

    def __init__(self, kind: Kind, parent: Kind | None, alias: str = _TABLE) -> None:
        self.kind = kind
        self.parent = parent
        self.alias = alias

    def column(self, name: str) -> Sql:
        """A column of the kind's own table."""
        return column(self.alias, name)

    def columns(self, *names: str) -> Sql:
        """Several of them, as they are selected."""
        return in_series(map(self.column, names))

    def of_parent(self, name: str) -> Sql:
        """A column of the parent's table."""
        return column(_PARENT, name)

    def tables(self) -> str:
        """What a statement reads from."""
        kind = self.kind
        found = f'"{kind.name}" AS "{self.alias}"'
        if self.parent is not None:
            found += (
                f' INNER JOIN "{self.parent.name}" AS "{_PARENT}"'
                f' ON ("{self.alias}"."{kind.parent}" = "{_PARENT}"."id")'
            )
        for field in kind.fields:
            if _has_entry(field):
                entry, own = _entry(field.name), self.column(field.name).text
                found += f' LEFT OUTER JOIN "reference" AS "{entry}" ON ({own} = "{entry}"."id")'
        return found


def _has_entry(field: Field) -> bool:
    """Whether conditions may ask for attributes of the entry that a field points to."""
    return field.type is FieldType.REF and field.name == "item"


def _entry(name: str) -> str:
    return f"r_{name}"


class Conditions:
    """Writes the conditions of indicators for one ledger file.

    What depends on the period or the lists is asked for each time a statement is run: run it with `of=period`.
    What is written for the period of one event holds for that period alone.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._schema = store.schema
        self._statements = store.schema.statements

    def read(
        self,
        what: Hashable,
        indicator: Indicator,
        period: Period,
        make: Callable[[], Sql],
        *given: Any,
    ) -> Any:
        """The rows of a query on what an indicator counts, in the form of the file; written once for all spans.

        what: says which query it is.  given: fills its blanks.
        """
        key = what, alike(indicator), period if period.event else None
        return self._statements.run(key, make, *given, of=period)

    def amounts(
        self, indicator: Indicator, period: Period, counts: Sql
    ) -> Iterator[tuple[tuple[str, int], Decimal]]:
        """((kind, id), what it adds) of the records that meet a condition, in the indicator's unit."""
        source = self.source(indicator.kind)
        columns = in_series((source.column("id"), self.amount(source, indicator)))
        known: dict[int, Decimal] = {}  # many records add the same few amounts
        for number, amount in self._statements.once(self.select(source, columns, counts), period):
            if amount not in known:
                known[amount] = Decimal(self.scaled(source.kind, indicator, amount))
            yield (source.kind.name, number), known[amount]

    def source(self, kind_name: str) -> Source:
        """The tables of a kind."""
        kind = self._schema.kinds[kind_name]
        return Source(kind, self._schema.kinds[kind.parent_kind] if kind.parent else None)

    def select(self, source: Source, columns: Sql, where: Sql, joined: str = "") -> Sql:
        """A query over the source's tables for records that are not in the trash.

        joined: further tables.
        """
        alive = f'"{source.alias}"."deleted_at" IS NULL'
        tables = source.tables() + joined
        return sql(f"SELECT {{}} FROM {tables} WHERE ({alive} AND {{}})", columns, where)

    def matches(self, source: Source, indicator: Indicator) -> Sql:
        """The indicator's own conditions, what is looked for inside a text last: that takes longest."""
        asked = sorted((indicator.where or {}).items(), key=lambda item: _is_text(source.kind, *item))
        return every([self._wanted(source, name, values) for name, values in asked] or [Sql("1")])

    def kept(self, kind: Kind) -> Sql:
        """Whether a record of any sort shows that the ledger was kept in the year, so that 0 means none.

        A query of one number, or of none.
        """
        of_year = sql('"from_date" <= {}', Asked(_as_of)) if kind.state else sql('"year" = {}', Asked(_year))
        return sql(f'SELECT 1 FROM "{kind.name}" WHERE "deleted_at" IS NULL AND {{}} LIMIT 1', of_year)

    def any_record(self, kind: Kind, period: Period) -> bool:
        """Whether the ledger was kept at all in the year."""
        found = self._statements.run(("any record", kind.name), lambda: self.kept(kind), of=period)
        return found.fetchone() is not None

    def counts(self, source: Source, indicator: Indicator, period: Period) -> Sql:
        """Conditions, span and cut-off together: whether a record counts."""
        return every((self.in_span(source, indicator, period), self.chosen(source, indicator, period)))

    def chosen(self, source: Source, indicator: Indicator, period: Period) -> Sql:
        """Whether a record that lies in the span counts."""
        parts = [self.matches(source, indicator)]
        if indicator.until and indicator.aggregate not in STATES:
            until = source.column(indicator.until)
            parts.append(sql("({} IS NULL OR {} < {})", until, until, Asked(_day_after_cut_off)))
        if indicator.whole:
            parts.append(sql("(NOT {})", self._part_of_counted(source, indicator, period)))
        return every(parts)

    def in_span(self, source: Source, indicator: Indicator, period: Period) -> Sql:
        """Whether a record lies in the years counted and before the cut-off date, or exists on that day."""
        if indicator.aggregate in STATES:
            first, last = source.column("from_date"), source.column("to_date")
            as_of = Asked(_as_of)
            return sql("({} <= {} AND ({} IS NULL OR {} > {}))", first, as_of, last, last, as_of)
        known = self.known_by(source, indicator, period)
        of_event = self._of_event(source, period) if period.event else None
        if of_event is not None:
            return every((of_event, known))
        return sql("({} >= {} AND {})", self.day(source, indicator), Asked(_first_of(indicator)), known)

    def known_by(self, source: Source, indicator: Indicator, period: Period) -> Sql:
        """Whether a record is of the cut-off date or of a day before it, be it before the span."""
        named = period.event and self._of_event(source, period) is not None
        after = _after(period.event_until or period.as_of) if named else Asked(_day_after)
        return sql("{} < {}", self.day(source, indicator), after)

    def up_to(self, source: Source, indicator: Indicator) -> Sql:
        """Whether a record is of the cut-off date or of a day before it, by its day alone."""
        return sql("{} <= {}", self.day(source, indicator), Asked(_as_of))

    def before(self, source: Source, indicator: Indicator) -> Sql:
        """Whether a record is of a day before the span, be it of another year."""
        return sql("{} < {}", self.day(source, indicator), Asked(_first_of(indicator)))

    def years(self, source: Source, indicator: Indicator) -> Sql:
        """The years that can matter, so that the index keeps others out."""
        year = source.column("year")
        if indicator.years == 1:
            return sql("{} = {}", year, Asked(_year))
        number = indicator.years
        first = Asked(lambda of: of.first(number).year)
        return sql("({} >= {} AND {} <= {})", year, first, year, Asked(_year))

    def township(self, source: Source) -> Sql:
        """Whether a record is of a township, not of the county as a whole."""
        return sql("{} IS NOT {}", source.column("area"), self._ref(source.kind.field("area"), COUNTY_AREA))

    def _of_event(self, source: Source, period: Period) -> Sql | None:
        """Whether a record belongs to the event reported on; None where the ledger does not name events."""
        if source.kind.name == EVENT_KIND:
            return sql("{} = {}", source.column("id"), period.event)
        if source.kind.has("event"):
            return _is_event(source.column("event"), source.kind, period)
        if source.parent is not None and source.parent.has("event"):
            return _is_event(source.of_parent("event"), source.parent, period)
        return None

    def day(self, source: Source, indicator: Indicator) -> Sql:
        """The day that puts a record into a year, as text."""
        if indicator.date:
            return source.column(indicator.date)
        day = source.column("record_date")
        own = source.column(source.kind.date)
        return day if source.kind.date == "record_date" else sql("COALESCE({}, {})", own, day)

    def summed(self, kind: Kind, indicator: Indicator) -> tuple[str, ...]:
        """The fields that are added: those named, else the kind's quantity; none where records are counted."""
        if indicator.aggregate is Aggregate.COUNT:
            return ()
        return indicator.fields or ((kind.quantity,) if kind.quantity else ())

    def amount(self, source: Source, indicator: Indicator) -> Sql:
        """What a record adds, as the integer it is in the file; several fields are added, empty ones as 0."""
        names = self.summed(source.kind, indicator)
        if not names:
            return Sql("1")
        return Sql(" + ".join(f"COALESCE({source.column(name).text}, 0)" for name in names))

    def scaled(self, kind: Kind, indicator: Indicator, value: int) -> Decimal | int:
        """A sum as in the file → in the indicator's unit."""
        names = self.summed(kind, indicator)
        if not names:
            return value
        kinds = {kind.field(name).type for name in names}
        if FieldType.MONEY in kinds:
            return Decimal(value) / (FEN_IN_WAN if indicator.unit == "万元" else FEN_IN_YUAN)
        if FieldType.DECIMAL in kinds:
            number = Decimal(value) / DECIMAL_SCALE
            return int(number) if number == number.to_integral_value() else number.normalize()
        return value

    def _wanted(self, source: Source, name: str, values: tuple[object, ...]) -> Sql:
        owner, _, attribute = name.partition(".")
        if owner == "parent" and attribute and source.parent is not None:
            return self._any(source.parent, source.of_parent(attribute), attribute, values)
        if attribute:
            of_entry = column(_entry(owner), attribute)
            return _every(values, lambda value: sql("{} = {}", of_entry, value))
        return self._any(source.kind, source.column(name), name, values)

    def _any(self, kind: Kind, column: Sql, name: str, values: tuple[object, ...]) -> Sql:
        field = kind.field(name)
        return _every(values, lambda value: self._one(field, column, value))

    def _one(self, field: Field, column: Sql, value: object) -> Sql:
        if value is None:
            empty = "({} IS NULL OR {} = '')" if field.type is FieldType.TEXT else "({} IS NULL)"
            return Sql(empty.replace("{}", column.text))
        if isinstance(value, Between):
            return _between(field, column, value)
        text = str(value)
        if text.startswith(_CONTAINS):
            return contains(column, text.removeprefix(_CONTAINS))
        if field.type is FieldType.MULTI:
            # Most records have none of these words, and SQLite is slow to find that out.
            held = contains(column, f"{MULTI_MARK}{text}{MULTI_MARK}")
            return sql("({} IS NOT NULL AND {})", column, held)
        if field.type is FieldType.REF:
            return sql("{} = {}", column, self._ref(field, text))
        return sql("{} = {}", column, stored(field, value))

    def _ref(self, field: Field, name: str) -> Asked:
        """The reference to an entry as it is in the file, equal to nothing where there is none."""

        def ref(_of: Any) -> Any:
            entry = self._store.references.find(field.targets[0], name)
            return None if entry is None else stored(field, entry.ref)

        return Asked(ref)

    def _part_of_counted(self, source: Source, indicator: Indicator, period: Period) -> Sql:
        whole = Source(source.kind, None, _WHOLE)
        counted = self.counts(whole, replace(indicator, whole=False), period)
        return sql(
            f'EXISTS(SELECT 1 FROM "{source.kind.name}" AS "{_WHOLE}"'
            f' WHERE ({{}} = {{}} AND "{_WHOLE}"."deleted_at" IS NULL AND {{}}))',
            whole.column("id"),
            source.column("parent"),
            counted,
        )


def alike(indicator: Indicator) -> tuple[Any, ...]:
    """Indicators alike in these count the same records."""
    when = indicator.date, indicator.until, indicator.years
    return indicator.kind, indicator.aggregate, repr(indicator.where), *when, indicator.pick, indicator.whole


def _is_event(column: Sql, kind: Kind, period: Period) -> Sql:
    return sql("{} = {}", column, stored(kind.field("event"), f"{EVENT_KIND}:{period.event}"))


def _every(values: tuple[object, ...], one: Callable[[object], Sql]) -> Sql:
    """Whether a field has any of the values, and none of those that it must not have; what is empty has none."""
    chosen = [one(value) for value in values if not isinstance(value, Other)]
    others = [sql("(NOT IFNULL({}, 0))", one(value.value)) for value in values if isinstance(value, Other)]
    return every([*([some(chosen)] if chosen else []), *others])


def _between(field: Field, column: Sql, between: Between) -> Sql:
    """Whether what is filled lies in a range; of moments by their day."""
    low, high = limits(field, between)
    held = column
    if field.type in DAYS:
        held = Sql(f"SUBSTR({column.text}, 6, 5)" if between.every_year else f"SUBSTR({column.text}, 1, 10)")
    parts = [sql("{} >= {}", held, low)] if low is not None else []
    parts += [sql("{} <= {}", held, high)] if high is not None else []
    over_new_year = between.every_year and len(parts) > 1 and between.low > between.high
    return some(parts) if over_new_year else every(parts)


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


def _day_after_cut_off(period: Period) -> str:
    return _after(period.cut_off)


def _first_of(indicator: Indicator) -> Callable[[Period], str]:
    number = indicator.years
    return lambda period: period.first(number).isoformat()


def _after(day: datetime.date) -> str:
    """The day after, so that moments of the last day count too."""
    return (day + datetime.timedelta(days=1)).isoformat()

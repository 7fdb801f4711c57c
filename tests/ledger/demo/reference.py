"""Indicators worked out once more, slowly and plainly, over incoming rows: a second opinion on the SQL."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain import indicator_data, kinds, wording
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicators import Aggregate
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.vocabulary import delivered_list

GROUPS = {row["name"]: row["group"] for row in delivered_list("items")}
TOWNSHIPS = [row["name"] for row in delivered_list("areas")]


@dataclass
class Seen:
    """One record: its values with references as names, those of its parent, and a title."""

    kind: str
    values: dict
    parent: dict


def flattened(rows):
    """All records, children with what they take from their parents."""
    found = []
    for row in rows:
        parent = _plain(row.values)
        found.append(Seen(row.kind, parent, {}))
        for name, items in row.children.items():
            inherited = {field.name for field in kinds.kind_of(name).fields if field.inherited}
            taken = {key: value for key, value in parent.items() if key in inherited}
            found += [Seen(name, {**taken, **_plain(item)}, parent) for item in items]
    return found


def evaluate(records, name, year):
    """(value, text) of one indicator at the end of a year."""
    indicator = indicator_data.by_id()[name]
    if indicator.aggregate is Aggregate.RATIO:
        of, per = (evaluate(records, part, year)[0] for part in (indicator.of, indicator.per))
        exact = Decimal(of) * 100 / per
        return wording.rounded(exact, indicator.wording), wording.printed(exact, "%", indicator.wording)
    end = datetime.date(year, 12, 31)
    mine = _counting(records, indicator)
    if indicator.whole:
        codes = {seen.values["code"] for seen in mine if "code" in seen.values}
        mine = [seen for seen in mine if seen.values.get("parent") not in codes]
    if indicator.aggregate in (Aggregate.STATE, Aggregate.STATE_AREAS):
        mine = [seen for seen in mine if seen.values["from_date"] <= end and not seen.values.get("to_date")]
    elif indicator.aggregate is not Aggregate.YEARS:
        first = year - indicator.years + 1
        mine = [seen for seen in mine if (day := _day(indicator, seen)) and first <= day.year <= year]
    if indicator.until:
        mine = [
            seen
            for seen in mine
            if not seen.values.get(indicator.until) or seen.values[indicator.until] <= end
        ]
    value = _VALUES[indicator.aggregate](indicator, mine, year, records)
    approx = "余" if any(seen.values.get("approx", "准确") != "准确" for seen in mine) else ""
    if indicator.aggregate is Aggregate.TYPHOON:
        return wording.typhoon_number(value), wording.printed(value, "", indicator.wording)
    if indicator.target:
        exact = Decimal(value) * 100 / (indicator.default_target or len(TOWNSHIPS))
        return wording.rounded(exact, indicator.wording), wording.printed(exact, "%", indicator.wording)
    if indicator.unit == "万元":
        value = wording.from_fen(value, "万元")
    return value, wording.printed(value, indicator.unit, indicator.wording, approx)


def _plain(values):
    return {key: _name(value) for key, value in values.items() if value not in (None, ())}


def _name(value):
    if isinstance(value, Named):
        return value.name
    return tuple(_name(item) for item in value) if isinstance(value, tuple) else value


_counted = {None: None}
"""None → the records looked through last; id of an indicator → those of them that count for it, in any year."""


def _counting(records, indicator):
    if _counted[None] is not records:
        _counted.clear()
        _counted[None] = records
    if indicator.id not in _counted:
        _counted[indicator.id] = [
            seen for seen in records if seen.kind == indicator.kind and _wanted(indicator, seen)
        ]
    return _counted[indicator.id]


def _wanted(indicator, seen):
    for name, wanted in (indicator.where or {}).items():
        first, _, rest = name.partition(".")
        value = seen.parent.get(rest) if first == "parent" and rest else seen.values.get(first)
        if rest == "group" and first != "parent":
            value = GROUPS[value]
        have = value if isinstance(value, tuple) else (value,)
        if not any(_is(item, want) for item in have for want in wanted):
            return False
    return True


def _is(value, want):
    if isinstance(want, str) and want.startswith("~"):
        return want[1:] in (value or "")
    return value == want


def _day(indicator, seen):
    if indicator.date:
        return seen.values.get(indicator.date)
    return seen.values.get(kinds.kind_of(seen.kind).date) or seen.values["record_date"]


def _sum(indicator, mine, year, records):
    fields = indicator.fields or (kinds.kind_of(indicator.kind).quantity,)
    return sum(seen.values.get(field, 0) for seen in mine for field in fields)


def _tally(indicator, mine, year, records):
    total = 0
    for rows in _by_event_and_area(mine).values():
        cumulative = [seen for seen in rows if seen.values["basis"] == "累计"]
        if cumulative:
            rows = [max(cumulative, key=lambda seen: seen.values["record_date"])]
        total += _sum(indicator, rows, year, records)
    if indicator.complete:
        events = {event for event, _ in _by_event_and_area(mine)}
        for event in events:
            for area in TOWNSHIPS:
                reported = _by_event_and_area(mine)[event, area]
                assert all(field in seen.values for seen in reported for field in indicator.fields)
                assert reported, (event, area)
    return total


def _by_event_and_area(mine):
    found = defaultdict(list)
    for seen in mine:
        found[seen.values["event"], seen.values["area"]].append(seen)
    return found


def _distinct(indicator, mine, year, records):
    kind = kinds.kind_of(indicator.kind)
    (field,) = indicator.fields
    many = kind.field(field).type is FieldType.MULTI_REF
    names = [name for seen in mine for name in (seen.values[field] if many else (seen.values[field],))]
    return len({normal_name(name) for name in names})


def _pick(indicator, mine, year, records):
    largest = max(mine, key=lambda seen: seen.values[indicator.pick])
    mine[:] = [largest]
    value = largest.values[indicator.fields[0]]
    return f"{value:%m-%d}" if isinstance(value, datetime.date) else value


def _years(indicator, mine, year, records):
    built = {seen.values["from_date"].year for seen in mine}
    count = 0
    while year - count in built:
        count += 1
    return count


def _main_event(mine, records):
    def evacuees(event):
        tallies = [
            seen for seen in records if seen.kind == "response_tally" and seen.values["event"] == event
        ]
        return sum(seen.values["evacuees"] for seen in tallies)

    return max(
        mine, key=lambda seen: (evacuees(seen.values["name"]), -seen.values["record_date"].toordinal())
    )


def _event(indicator, mine, year, records):
    main = _main_event(mine, records).values
    return wording.span(main["record_date"], main.get("end_date"))


_VALUES = {
    Aggregate.SUM: _sum,
    Aggregate.STATE: _sum,
    Aggregate.COUNT: lambda indicator, mine, year, records: len(mine),
    Aggregate.TALLY: _tally,
    Aggregate.DISTINCT: _distinct,
    Aggregate.PICK: _pick,
    Aggregate.YEARS: _years,
    Aggregate.EVENT: _event,
    Aggregate.TYPHOON: lambda indicator, mine, year, records: _main_event(mine, records).values["typhoon"],
    Aggregate.DAY: lambda indicator, mine, year, records: (
        f"{min(_day(indicator, seen) for seen in mine):%m-%d}"
    ),
    Aggregate.STATE_AREAS: lambda indicator, mine, year, records: len(
        {seen.values["area"] for seen in mine} & set(TOWNSHIPS)
    ),
}

"""Trap: what happened around New Year entered in both years: winter relief, money, penalties, activities."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope
from mingxi_desktop.ledger.checks.twice.merging import one_kept
from mingxi_desktop.ledger.checks.twice.same_words import document, names_year, words
from mingxi_desktop.storage.checks.goods import goods_of
from mingxi_desktop.storage.checks.over_new_year import DAYS, around
from mingxi_desktop.storage.checks.recorded_twice import documents
from mingxi_desktop.storage.checks.values import values_of

CODE = "over_new_year"
_GOODS, _DAY = "goods", "day"


@dataclass(frozen=True, slots=True)
class _Sort:
    """A ledger in which things cross the year.

    same: equal in both records.  texts: say the same.  filled: one of these must be filled.
    doc: the document number.  also: what is equal too where the documents are the same.
    """

    kind: str
    same: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    doc: str = ""
    also: tuple[str, ...] = ()


_SORTS = (
    _Sort(
        "supply_movement",
        ("type", "area", "receiver", _GOODS),
        filled=(_GOODS,),
        doc="doc_no",
        also=("type",),
    ),
    _Sort(
        "fund",
        ("direction", "area", "purpose", "amount", "parent"),
        filled=("amount",),
        doc="doc_no",
        also=("direction", "area", "amount", "parent"),
    ),
    _Sort("enforcement_case", ("party", "filed_date", "fine"), ("cause",), ("filed_date",), "case_no"),
    _Sort("activity", ("type", "area", "sessions", "participants"), ("title",), ("participants",)),
)


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each thing that stands on both sides of a New Year, told in both years."""
    years = set(scope.ledger.years())
    for year in (scope.year, scope.year + 1):
        if {year - 1, year} <= years:
            for sort in _SORTS:
                kind = scope.store.schema.kinds[sort.kind]
                for ids in _pairs(scope, kind, sort, year):
                    yield _concern(scope, kind, ids, year)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The one of either year stays."""
    kind = scope.store.schema.kinds[concern.records[0][0]]
    ids = [number for _, number in concern.records]
    found = []
    for record in sorted(scope.ledger.records(kind.name, ids), key=lambda one: one.values["record_date"]):
        year = record.values["record_date"].year
        label = f"留下{year}年的（{len(ids) - 1} 条移入回收站）"
        sentence = f"跨年重复的{kind.label}留下{year}年的 #{record.id}，{len(ids) - 1} 条移入回收站"
        found.append(one_kept(scope, kind, ids, kept=record.id, label=label, sentence=sentence))
    return found


def _pairs(scope: Scope, kind: Kind, sort: _Sort, year: int) -> list[tuple[int, ...]]:
    """The records of both years that are one thing, earlier first."""
    schema = scope.store.schema
    numbers = {
        number: document(text)
        for one in (year - 1, year)
        for number, text in (documents(schema, kind, sort.doc, one) if sort.doc else ())
    }
    shared: dict[str, list[int]] = defaultdict(list)
    for number, text in numbers.items():
        shared[text].append(number)
    of_documents = [number for ids in shared.values() if len(ids) > 1 for number in ids]
    ids = sorted({*around(schema, kind, year), *of_documents})
    rows = _rows(scope, kind, sort, ids)
    found: list[tuple[int, ...]] = []
    by_document: dict[Any, list[int]] = defaultdict(list)
    by_content: dict[Any, list[int]] = defaultdict(list)
    for number, values in rows.items():
        text = numbers.get(number, "")
        if text:
            by_document[(text, *(values[name] for name in sort.also))].append(number)
        if any(values[name] for name in sort.filled):
            content = [values[name] for name in sort.same] + [words(values[name]) for name in sort.texts]
            by_content[tuple(content)].append(number)
    for (text, *_), group in by_document.items():
        found += _across(rows, group, year, far=names_year(text))
    known = {number for pair in found for number in pair}
    for group in by_content.values():
        # What comes back every month is no repetition.
        if (
            len(group) == 2
            and known.isdisjoint(group)
            and len({numbers.get(one, "") for one in group} - {""}) < 2
        ):
            found += _across(rows, group, year, far=False)
    return found


def _rows(scope: Scope, kind: Kind, sort: _Sort, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    names = dict.fromkeys(("year", "record_date", kind.date, *sort.same, *sort.texts, *sort.also))
    names.pop(_GOODS, None)
    goods = goods_of(scope.store.schema, ids) if _GOODS in sort.same and ids else {}
    return {
        number: {
            **values,
            _GOODS: frozenset(goods.get(number, {}).items()),
            _DAY: datetime.date.fromisoformat(values[kind.date] or values["record_date"]),
        }
        for number, values in values_of(scope.store.schema, kind, list(names), ids)
    }


def _across(
    rows: Mapping[int, Mapping[str, Any]], group: Sequence[int], year: int, *, far: bool
) -> Iterator[tuple[int, int]]:
    for one, other in combinations(sorted(group, key=lambda number: rows[number][_DAY]), 2):
        apart = (rows[other][_DAY] - rows[one][_DAY]).days
        if rows[one]["year"] < year == rows[other]["year"] and (far or apart <= DAYS):
            yield one, other


def _concern(scope: Scope, kind: Kind, ids: Sequence[int], year: int) -> Concern:
    first, second = (scope.ledger.records(kind.name, [number])[0] for number in ids)
    shown = first.shown
    where = shown.get("receiver") or shown.get("area", "")
    names = ("type", "direction", "purpose", "amount", "doc_no", "party", "case_no", "title", "goods")
    what = "，".join(dict.fromkeys(saying.short(shown[name]) for name in names if shown.get(name)))
    message = (
        f"{where}的{kind.label}（{what}）{saying.day(first.values['record_date'])}登记了一次（#{first.id}），"
        f"{saying.day(second.values['record_date'])}又登记了一次（#{second.id}），像是跨年的同一件事，"
        f"{year - 1}年和{year}年各算一遍"
    )
    records = ((kind.name, second.id), (kind.name, first.id))
    facts = (str(second.values["record_date"]), str(first.values["record_date"]))
    return Concern(CODE, Severity.WARNING, message, records, kind.name, facts)


CHECK = Check(
    code=CODE,
    label="跨年重复",
    about="元旦前后的冬春救助、资金、案件和活动只算在发生的那一年，另一年的移入回收站。",
    kinds=("supply_movement", "supply_line", "fund", "enforcement_case", "activity"),
    find=find,
    cures=cures,
)

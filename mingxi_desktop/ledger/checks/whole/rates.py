"""Numbers and their parts that do not fit: put right but not counted so, and one number both typed and counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.fields import DECIMAL_SCALE
from mingxi_desktop.domain.indicators import Aggregate, Indicator, IndicatorValue
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope
from mingxi_desktop.storage.checks import rates as reading
from mingxi_desktop.storage.checks.rates import Typed, Unfinished

CODE = "rates"
_MOST_DEAD = (("一般", 2), ("较大", 9), ("重大", 29))
"""生产安全事故报告和调查处理条例 第三条: from 3, 10 and 30 dead on an accident is of the next grade."""
_COUNTED = re.compile(r"(?:总数|总额|次数|人数|人次|场次|件数|支数|起数|数量|金额|数)$")
"""What the name of a figure ends in, or not."""
_UNDONE = "unfinished"
_MOST_NAMED = 3


def find(scope: Scope) -> Iterator[Concern]:
    """Hazards said to be put right, accidents above their grade, figures typed beside what is counted."""
    schema = scope.store.schema
    alike: dict[tuple[str, bool], list[Unfinished]] = defaultdict(list)
    for one in reading.unfinished(schema, scope.year):
        alike[one.area, one.step is not None].append(one)
    yield from (_unfinished(scope, area, some) for (area, _), some in alike.items())
    for accident in reading.overgraded(schema, scope.year, _MOST_DEAD):
        message = (
            f"{_area(scope, accident.area)}{accident.day.isoformat()}的{accident.grade}事故{accident.cases}起死亡"
            f"{accident.deaths}人：死亡3人以上是较大，10人以上是重大，30人以上是特别重大；等级或人数有一个不对，请改正"
        )
        facts = (accident.grade, accident.cases, accident.deaths)
        yield Concern(CODE, Severity.ERROR, message, (("accident", accident.id),), "grade", facts)
    yield from _typed_and_counted(scope, reading.typed(schema, scope.year))
    yield from _openings(scope)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Hazards that are put right are counted so."""
    ids = [number for kind, number in concern.records if kind == "hazard"]
    if not concern.subject.startswith(_UNDONE):
        return ()
    found = {record.id: record.values["quantity_found"] for record in scope.ledger.records("hazard", ids)}
    edit = Edit("hazard", {number: {"quantity_rectified": amount} for number, amount in found.items()})
    return (Cure(f"登记为已整改 {len(ids)} 条", f"{len(ids)} 条隐患的已整改数改为发现数", (edit,)),)


def _unfinished(scope: Scope, area: str, alike: Sequence[Unfinished]) -> Concern:
    """Those of one township, either with a day of completion or struck off."""
    struck = alike[0].step is not None
    codes = "、".join(one.code for one in alike[:_MOST_NAMED]) + ("等" if len(alike) > _MOST_NAMED else "")
    left = sum(one.found - one.rectified for one in alike)
    said, mark = ("已经销号", "销号") if struck else ("写了整改完成日期", "完成日期")
    message = (
        f"{_area(scope, area)}{scope.year}年有{len(alike)}条隐患（{codes}）{said}，已整改数却没有写足，"
        f"整改率少算{left}条：整改完了的登记已整改数，没有完的去掉{mark}"
    )
    steps = tuple(("hazard_step", one.step) for one in alike if one.step is not None)
    records = (*(("hazard", one.id) for one in alike), *steps)
    return Concern(CODE, Severity.ERROR, message, records, f"{_UNDONE}:{area}:{struck}", (left,))


def _typed_and_counted(scope: Scope, typed: Sequence[Typed]) -> Iterator[Concern]:
    """One number from two places: typed as a further figure, and counted from a ledger."""
    names = {
        _core(item.label): item
        for item in scope.ledger.definitions.book.indicators
        if item.kind != "manual_entry"
    }
    both = {one.name: names[_core(one.name)] for one in typed if _core(one.name) in names}
    values = _values(scope, list(both.values()))
    for one in typed:
        value = values.get(both[one.name].id) if one.name in both else None
        if value is not None and value.records:
            amount = plain(Decimal(one.value) / DECIMAL_SCALE)
            message = (
                f"{scope.year}年“{one.name}”既在其他指标里填了{amount}（{len(one.records)}条），又能从台账算出"
                f"{value.text}（“{value.indicator.label}”，{value.records}条记录）：同一个数只留一处，删掉手填的"
            )
            records = tuple(("manual_entry", number) for number in one.records)
            yield Concern(CODE, Severity.WARNING, message, records, value.indicator.id, (amount, value.text))


def _openings(scope: Scope) -> Iterator[Concern]:
    """Totals entered for the year that its records tell otherwise."""
    openings = {one.indicator: one for one in scope.ledger.notes.openings() if one.year == scope.year}
    book = scope.ledger.definitions.book
    values = _values(scope, [book.by_id[id] for id in openings if id in book.by_id])
    for id, value in values.items():
        opening = openings[id]
        if value.records and not value.problem and _said(value) != opening.value:
            message = (
                f"{scope.year}年“{value.indicator.label}”登记了期初数{scope.ledger.notes.opening_text(opening)}"
                f"（{opening.source}），台账又有{value.records}条记录，算出{value.text}：报告用记录的数；"
                "补记录是为了代替期初数的就删掉期初数，记录不全的就补全"
            )
            yield Concern(
                CODE,
                Severity.WARNING,
                message,
                (),
                f"opening:{id}",
                (opening.value, _said(value)),
                "openings",
            )


def _values(scope: Scope, indicators: Sequence[Indicator]) -> dict[str, IndicatorValue]:
    wanted = [item.id for item in indicators if item.aggregate is not Aggregate.RATIO]
    found = scope.ledger.indicators(scope.year, only=wanted) if wanted else []
    return {value.indicator.id: value for value in found if value.indicator.id in wanted}


def _said(value: IndicatorValue) -> str:
    number = value.exactly if value.exactly is not None else value.value
    return plain(number) if isinstance(number, int | Decimal) else str(number)


def _core(name: str) -> str:
    """排查问题隐患数 and 排查问题隐患 are one figure."""
    return _COUNTED.sub("", normal_name(name))


def _area(scope: Scope, ref: str) -> str:
    entry = scope.store.references.get(ref) if ref else None
    return entry.name if entry else ""


CHECK = Check(
    code=CODE,
    label="数与数对不上",
    about="整改了的没有计入整改数、事故等级和人数不符、同一个数又手填又统计，都会让比率和总数错。",
    kinds=("hazard", "hazard_step", "accident", "manual_entry"),
    find=find,
    cures=cures,
)

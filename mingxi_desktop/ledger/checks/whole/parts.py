"""Parts that are larger than their whole: within a record, and between totals of one township and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.storage.checks import parts as reading
from mingxi_desktop.storage.checks.parts import Pair

CODE = "part_exceeds_whole"


@dataclass(frozen=True, slots=True)
class _Whole:
    """Two fields of a kind of which the first cannot be more than the second, and why."""

    kind: str
    part: str
    whole: str
    why: str


_WHOLES = (
    _Whole("disaster_loss", "relocated", "affected", "转移安置的人都在受灾人口里"),
    _Whole("disaster_loss", "collapsed", "collapsed_rooms", "每户至少一间，户数和间数可能填反了"),
    _Whole("disaster_loss", "severe", "severe_rooms", "每户至少一间，户数和间数可能填反了"),
    _Whole("disaster_loss", "slight", "slight_rooms", "每户至少一间，户数和间数可能填反了"),
    _Whole("inspection", "times", "visits", "每次检查至少一家，次数和家次可能填反了"),
    _Whole("activity", "departments", "participants", "每个部门至少来一人，部门数和人数可能填反了"),
    _Whole("activity", "enterprises", "participants", "每家企业至少来一人，企业数和人数可能填反了"),
    _Whole("rescue_team", "teams", "headcount", "每支队伍至少一人，支数和人数可能填反了"),
)
"""What the declarations refuse (整改 more than 发现, 绝收 more than 受灾) cannot be in the file."""


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each record, and for each township and month."""
    schema = scope.store.schema
    for whole in _WHOLES:
        pairs = reading.larger(schema, whole.kind, whole.part, whole.whole, scope.year)
        stale = (
            reading.replaced(schema, [pair.id for pair in pairs])
            if whole.kind == "disaster_loss" and pairs
            else set()
        )
        yield from (_of_record(scope, whole, pair) for pair in pairs if pair.id not in stale)
    yield from _majors(scope)


def _of_record(scope: Scope, whole: _Whole, pair: Pair) -> Concern:
    kind = kind_of(whole.kind)
    part, larger = kind.field(whole.part), kind.field(whole.whole)
    message = (
        f"{_area(scope, pair.area)}{pair.day.isoformat()}的{kind.label}，{part.label}{pair.part}{part.unit}比"
        f"{larger.label}{pair.whole}{larger.unit}还多：{whole.why}，请对照原表改正"
    )
    subject = f"{whole.part}:{whole.whole}"
    return Concern(CODE, Severity.ERROR, message, ((whole.kind, pair.id),), subject, (pair.part, pair.whole))


def _majors(scope: Scope) -> Iterator[Concern]:
    """A township's total of major hazards above its total of all hazards of that month."""
    schema = scope.store.schema
    majors = reading.major_totals(schema, scope.year)
    others = reading.other_totals(schema, scope.year, majors) if majors else {}
    for major in majors:
        other = others.get((major.area, major.month))
        if other is not None and major.found > other.found:
            message = (
                f"{_area(scope, major.area)}{scope.year}年{major.month}月汇总的重大隐患{major.found}条，比同月汇总的"
                f"隐患{other.found}条还多：重大隐患是其中一部分，不会多于全部；请对照原表改正"
            )
            records = tuple(("hazard", number) for number in (*major.records, *other.records))
            subject = f"major:{major.area}:{major.month}"
            yield Concern(CODE, Severity.WARNING, message, records, subject, (major.found, other.found))


def _area(scope: Scope, ref: str) -> str:
    entry = scope.store.references.get(ref) if ref else None
    return entry.name if entry else ""


CHECK = Check(
    code=CODE,
    label="部分大于整体",
    about="其中的一部分不会比整体多：多半是两列填反了、单位写错了，或者把合计当成了其中一项。",
    kinds=("disaster_loss", "inspection", "activity", "rescue_team", "hazard"),
    find=find,
)

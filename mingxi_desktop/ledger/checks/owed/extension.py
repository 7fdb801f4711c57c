"""延期: the day that holds is another one than the last extension says, extended too late, or too often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope
from mingxi_desktop.ledger.checks.owed.townships import Found, Group, Words, day_of, together, told
from mingxi_desktop.storage import extensions
from mingxi_desktop.storage.checks import hazards_due
from mingxi_desktop.storage.checks.hazards_due import Extended

_CODE = "extension"
_MOST = 2
"""So often may a hazard be put off before it is pointed out."""
_OTHER_DAY, _LATE, _OFTEN = "other", "late", "often"


def _find(scope: Scope) -> Iterator[Concern]:
    rows = hazards_due.extended(scope.store, scope.year)
    first = extensions.first_days(scope.store, [row.id for row in rows]) if rows else {}
    other = [row for row in rows if row.due != row.steps[-1][1]]
    found = [Found(row.id, row.area, _differing(row, scope.year)) for row in other]
    yield from told(scope, _CODE, together(found), _say_other(scope), Severity.ERROR, _OTHER_DAY)
    late = [(row, place) for row in rows if (place := _late(row, first.get(row.id))) is not None]
    found = [Found(row.id, row.area, _told_late(row, place, scope.year)) for row, place in late]
    yield from told(scope, _CODE, together(found), _say_late(scope), about=_LATE)
    often = [row for row in rows if len(row.steps) > _MOST]
    found = [Found(row.id, row.area, f"延了{len(row.steps)}次") for row in often]
    yield from told(scope, _CODE, together(found), _say_often(scope), about=_OFTEN)


def _say_other(scope: Scope) -> Callable[[Group, Words], str]:
    return lambda group, words: (
        f"{words.where}{scope.year}年有{group.number}条隐患的整改期限和最后一次延期的新期限不一样，"
        f"按哪一天算逾期说不清：{words.which}"
    )


def _say_late(scope: Scope) -> Callable[[Group, Words], str]:
    return lambda group, words: (
        f"{words.where}{scope.year}年有{group.number}条隐患过了期限才登记延期，中间几天是逾期的：{words.which}"
    )


def _say_often(scope: Scope) -> Callable[[Group, Words], str]:
    return lambda group, words: (
        f"{words.where}{scope.year}年有{group.number}条隐患延期超过{_MOST}次，请核对是不是一直没有整改：{words.which}"
    )


def _differing(row: Extended, year: int) -> str:
    due = f"限{day_of(row.due, year)}" if row.due else "没有写期限"
    return f"{due}，延到{day_of(row.steps[-1][1], year)}"


def _late(row: Extended, first: str | None) -> int | None:
    """Which of the extensions was made after the day before it had passed; None for none that is known."""
    before = first
    for place, (day, new_due, _) in enumerate(row.steps):
        if before is not None and day > before:
            return place
        before = new_due
    return None


def _told_late(row: Extended, place: int, year: int) -> str:
    return f"{day_of(row.steps[place][0], year)}才延到{day_of(row.steps[place][1], year)}"


def _cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    if not concern.subject.endswith(_OTHER_DAY):
        return ()
    asked = {number for _, number in concern.records}
    last = {
        row.id: row.steps[-1][1] for row in hazards_due.extended(scope.store, scope.year) if row.id in asked
    }
    kind = scope.store.schema.kinds["hazard"]
    column = scope.store.schema.column("hazard", "due_date")
    values: dict[int, dict[str, Any]] = {
        id: {"due_date": column.python_value(day)} for id, day in last.items()
    }
    number = len(values)
    sentence = f"把{number}条{kind.label}的整改期限改为最后一次延期的新期限"
    return [Cure("改为最后一次延期的期限", sentence, (Edit("hazard", values),))]


CHECK = Check(
    _CODE,
    "延期对不上",
    "整改期限应是最后一次“延期”的新期限；延期要在到期以前办，次数多了要查原因。",
    ("hazard", "hazard_step"),
    _find,
    _cures,
)

"""Rules of one record: values in, a finding or nothing out."""

from __future__ import annotations

import datetime
import random
from typing import Any

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.abreast import Abreast, mapped
from mingxi_desktop.domain.fields import Field, FieldType, Finding, Values
from mingxi_desktop.domain.rules import (
    at_most,
    broken,
    is_value,
    needed_when,
    not_before,
    one_for_itemised,
    only_when,
    within_days,
)

DAY = datetime.date(2024, 6, 9)
NEXT = datetime.date(2024, 6, 10)


def test_not_before() -> None:
    rule = not_before("end", "start", "太早")
    assert rule({"start": DAY, "end": DAY}) is None
    assert rule({"start": NEXT, "end": DAY}) == Finding("end", "太早", "error", "E_ORDER")
    assert rule({"start": None, "end": DAY}) is None
    assert rule({"end": DAY}) is None
    assert rule({"start": datetime.datetime(2024, 6, 9, 23), "end": DAY}) is None  # days are compared


def test_at_most() -> None:
    rule = at_most("part", "whole", "太多", "warning")
    assert rule({"part": 3, "whole": 3}) is None
    assert rule({"part": 4, "whole": 3}) == Finding("part", "太多", "warning", "E_PART")
    assert rule({"part": 4, "whole": None}) is None
    assert rule({"part": 1, "whole": 0}) is not None  # 0 is a number


def test_needed_and_misplaced() -> None:
    when = is_value("kind", "甲", "乙")
    needed, misplaced = needed_when(("a", "b"), when, "要写"), only_when("a", when, "不写")
    assert needed({"kind": "丙"}) is None
    assert needed({"kind": "甲", "a": 0, "b": "x"}) is None  # 0 is filled
    assert needed({"kind": "乙", "a": "x", "b": ""}) == Finding("b", "要写", "error", "E_NEEDED")
    assert misplaced({"kind": "丙", "a": ()}) is None
    assert misplaced({"kind": "丙", "a": "x"}) == Finding("a", "不写", "error", "E_MISPLACED")
    assert misplaced({"kind": "甲", "a": "x"}) is None


def test_within_days_and_itemised() -> None:
    rule = within_days("end", "start", 1, "太晚")
    assert rule({"start": DAY, "end": NEXT}) is None
    assert rule({"start": DAY, "end": NEXT + datetime.timedelta(days=1)}) is not None
    assert rule({"start": DAY}) is None
    one = one_for_itemised("times", "次")
    assert one({"granularity": "逐条", "times": 1}) is None
    assert one({"granularity": "汇总", "times": 9}) is None
    found = one({"granularity": "逐条", "times": 9})
    assert found is not None
    assert found.severity == "warning"


def test_a_rule_finds_in_many_records_what_it_finds_in_each() -> None:
    chance = random.Random(7)

    def some(field: Field) -> Any:
        number, day = chance.randrange(-1, 3), DAY + datetime.timedelta(chance.randrange(-100, 2))
        moment = datetime.datetime.combine(day, datetime.time(8))
        known = {FieldType.DATE: day, FieldType.DATETIME: moment, FieldType.MULTI: ("罚款",)}
        known[FieldType.MULTI_REF] = ("enterprise:1", "enterprise:2")
        words = ("重大", "逐条", "延期", "应急演练", "台风", "销号", "甲")
        found = known.get(field.type, chance.choice(words) if field.choices else number)
        return chance.choice((found, found, None))

    for kind in kinds.ALL:
        records = [{field.name: some(field) for field in kind.fields} for _ in range(60)]
        for rule in kind.rules:
            for part in (records, records[:1]):
                alone = [
                    (place, one) for place, values in enumerate(part) if (one := rule(values)) is not None
                ]
                assert list(broken(rule, Abreast.of(part))) == alone


def test_a_rule_is_asked_once_for_what_it_looks_at() -> None:
    asked = []

    def rule(values: Values) -> Finding | None:
        asked.append(dict(values) if values.get("whole") else None)
        return Finding("part", "") if values.get("part") and values["part"] > 1 else None

    records = Abreast.of([{"part": place % 3, "other": place} for place in range(300)])
    assert [place for place, _ in broken(rule, records)] == list(range(2, 300, 3))
    assert len(asked) < 10


def test_of_equal_values_the_first_is_asked() -> None:
    asked: list[Any] = []
    assert mapped(["甲", None, "甲", "乙"], lambda value: asked.append(value) or len(asked)) == [1, 2, 1, 3]
    assert mapped([["no key"]], len) == [1]

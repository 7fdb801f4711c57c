"""Publicity: the county's campaign days and what townships did month by month, with what was handed out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.places import WEIGHTS, townships
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import (
    BUREAU,
    COUNTY,
    Delivery,
    Draft,
    draft,
    government,
    sent,
    taken_in,
)

_EVERYONE = "人人讲安全"
_DAYS = (
    ("防灾减灾日集中宣传", ("防灾减灾日", _EVERYONE), "归化公园", {"this": (5, 12), "last": (5, 12)}),
    ("安全宣传“五进”启动仪式", ("安全宣传“五进”", _EVERYONE), "实验小学", {"this": (5, 16), "last": (5, 18)}),
    (
        "安全宣传咨询日活动",
        ("安全宣传咨询日", "安全生产月", _EVERYONE),
        "县城中心广场",
        {"this": (6, 19), "last": (6, 16)},
    ),
)
"""The county's own days: title, themes, place, month and day in each year."""
_FIRE_MONTHS = (1, 2, 3, 4, 10, 11, 12)
_SAFETY_MONTHS = (3, 6, 9, 11)
_JUNE = 6
_ITEMS = ("宣传资料", "横幅", "宣传短信")
_VEHICLES = "防火宣传车"
_DAY_WEIGHT = 6.0


def deliveries(plan: Plan) -> Iterator[Delivery]:
    """The county's own days, then the townships' monthly sheets."""
    rows = _activities(plan)
    county = [item for item in rows if item.values["area"].name == COUNTY]
    name = f"{plan.year}年安全宣传活动统计表"
    yield taken_in(f"导入 {name}", sent(f"应急局{name}.xlsx", "宣传", county))
    for month in range(1, 13):
        files = []
        for area in townships():
            mine = [item for item in rows if item.values["area"].name == area and item.day.month == month]
            if mine:
                files.append(sent(f"{area}{plan.year}年{month}月宣传统计表.xlsx", "宣传", mine))
        if files:
            yield taken_in(f"导入 {plan.year}年{month}月乡镇宣传统计表（{len(files)}个文件）", *files)


def _activities(plan: Plan) -> list[Draft]:
    """All rows; safety publicity carries leaflets, banners and messages, forest fire publicity the vehicles."""
    chance = Chance(f"publicity {plan.name}")
    safety = [(area, month) for month in _SAFETY_MONTHS for area in townships()]
    forest = [(area, month) for month in _FIRE_MONTHS for area in townships()]
    weights = [*([_DAY_WEIGHT] * len(_DAYS)), *(WEIGHTS[area] for area, _ in safety)]
    people = chance.split(plan.publicity_people, weights, least=20)
    given = plan.publicity
    handed = [
        chance.split(total, weights, least=2) for total in (given.leaflets, given.banners, given.messages)
    ]
    vehicles = chance.split(given.vehicles, [WEIGHTS[area] for area, _ in forest], least=10)
    about = plan.round_numbers
    rows: list[Draft] = []
    for number, (title, themes, venue, days) in enumerate(_DAYS):
        outputs = _outputs([parts[number] for parts in handed], about=about and number == 0)
        at = datetime.date(plan.year, *days[plan.name])
        rows.append(_row(at, COUNTY, title, 1, people[number], outputs, campaign=themes, venue=venue))
    for number, (area, month) in enumerate(safety, len(_DAYS)):
        outputs = _outputs([parts[number] for parts in handed], about=about and area == townships()[0])
        themes = (_EVERYONE, "安全生产月") if month == _JUNE else (_EVERYONE,)
        at = datetime.date(plan.year, month, 28)
        title = f"{area}{month}月“人人讲安全”宣传"
        rows.append(_row(at, area, title, chance.whole(2, 5), people[number], outputs, campaign=themes))
    for (area, month), number in zip(forest, vehicles, strict=True):
        outputs = [{"item": _VEHICLES, "quantity": number}]
        at = datetime.date(plan.year, month, 25)
        rows.append(_row(at, area, f"{area}{month}月森林防火宣传", chance.whole(4, 12), None, outputs))
    return rows


def _outputs(quantities: list[int], *, about: bool) -> list[dict[str, Any]]:
    approx = "余" if about else "准确"
    return [
        {"item": item, "quantity": quantity, "approx": approx}
        for item, quantity in zip(_ITEMS, quantities, strict=True)
    ]


def _row(
    day: datetime.date,
    area: str,
    title: str,
    sessions: int,
    people: int | None,
    outputs: list[dict[str, Any]],
    **more: Any,
) -> Draft:
    values = {"type": "宣传活动", "title": title, "sessions": sessions, "participants": people, **more}
    values["granularity"] = "逐条" if sessions == 1 else "汇总"
    reporter = BUREAU if area == COUNTY else government(area)
    return draft("activity", day, area, reporter=reporter, children={"activity_output": outputs}, **values)

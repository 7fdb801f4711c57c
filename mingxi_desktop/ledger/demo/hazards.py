"""Hazards found in the year, one row each, and the obstacles that townships report as totals."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo import flaws
from mingxi_desktop.ledger.demo.chance import Chance, later
from mingxi_desktop.ledger.demo.places import WEIGHTS, Firm, firms_of, person, townships, villages
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import COUNTY, FEN, Delivery, Draft, draft, government, sent, taken_in

_MONTHS = (104, 148, 92, 78, 66, 96, 172, 158, 134, 84, 92, 88)
_COUNTY_WEIGHT = 2.6
_SILENT = ("枫溪乡", 11)
"""A township that sent nothing in one month of the year: it has not reported."""
_CAMPAIGNS = (("大排查大整治",), ("治本攻坚三年行动",), ("大排查大整治", "治本攻坚三年行动"), ())
_OBSTACLE_MONTHS = (4, 6, 9, 11)
_BILLBOARD = ("沿街户外广告牌固定不牢", "遮挡疏散窗口的违规广告牌", "楼顶招牌锈蚀存在坠落风险")


@dataclass(frozen=True, slots=True)
class Find:
    """One hazard before its row is written; firm None for a road, a forest, a reservoir."""

    code: str
    day: datetime.date
    area: str
    industry: str
    what: str
    cure: str
    firm: Firm | None = None
    major: bool = False
    open: bool = False
    billboard: bool = False


def found(plan: Plan) -> list[Find]:
    """All itemised hazards of the year, oldest first, numbered in that order."""
    chance = Chance(f"hazards {plan.name}")
    rough = [*_ordinary(plan, chance), *_billboards(plan, chance)]
    rough.sort(key=lambda item: (item["day"], item["area"], item["what"]))
    firms = [number for number, item in enumerate(rough) if item.get("firm") and item["day"].month < 12]
    late = [number for number, item in enumerate(rough) if item["day"] >= datetime.date(plan.year, 12, 8)]
    for number in chance.sample(firms, plan.major_hazards):
        item = rough[number]
        item["what"], item["cure"] = chance.pick(flaws.MAJOR[item["industry"]])
        item["major"] = True
    for number in chance.sample(late, plan.open_hazards):
        rough[number]["open"] = True
    return [Find(f"{plan.year}-{number:04d}", **item) for number, item in enumerate(rough, 1)]


def deliveries(plan: Plan, finds: Sequence[Find], inspected: Mapping[str, str]) -> Iterator[Delivery]:
    """The files of every month: one of each area that found something, then the totals of the campaign.

    inspected: code of the hazard → code of the inspection in which it was found.
    """
    chance = Chance(f"hazard rows {plan.name}")
    rows = [(find, _row(plan, find, inspected.get(find.code), chance)) for find in finds]
    totals = _obstacles(plan, len(finds))
    for month in range(1, 13):
        files = []
        for area in (*townships(), COUNTY):
            mine = [row for find, row in rows if find.area == area and find.day.month == month]
            if mine:
                name = f"{'县直部门' if area == COUNTY else area}{plan.year}年{month}月隐患台账.xlsx"
                files.append(sent(name, "隐患台账", mine))
        yield taken_in(f"导入 {plan.year}年{month}月隐患台账（{len(files)}个文件）", *files)
        if month in _OBSTACLE_MONTHS:
            summed = [
                sent(f"{area}{plan.year}年{month}月生命通道汇总表.xlsx", "汇总表", [row])
                for area, row in totals[month].items()
            ]
            yield taken_in(f"导入 {plan.year}年{month}月生命通道汇总（{len(summed)}个文件）", *summed)


def _ordinary(plan: Plan, chance: Chance) -> Iterator[dict[str, Any]]:
    areas = {**WEIGHTS, COUNTY: _COUNTY_WEIGHT}
    cells = [(month, area) for month in range(1, 13) for area in areas]
    weights = [
        0.0 if plan.name == "this" and (area, month) == _SILENT else _MONTHS[month - 1] * areas[area]
        for month, area in cells
    ]
    seen: set[tuple[object, ...]] = set()
    for (month, area), number in zip(
        cells, chance.split(plan.hazards - plan.billboards, weights), strict=True
    ):
        for _ in range(number):
            item = _one(plan, month, area, chance)
            while (item["day"], item["what"], item.get("firm")) in seen:
                item = _one(plan, month, area, chance)
            seen.add((item["day"], item["what"], item.get("firm")))
            yield item


def _one(plan: Plan, month: int, area: str, chance: Chance) -> dict[str, Any]:
    near = firms_of(area)
    firm = chance.weighted(near, [flaws.WEIGHTS[firm.industry] for firm in near])
    what, cure = chance.pick(flaws.ORDINARY[firm.industry])
    told = what.format(n=chance.whole(2, 6), village=chance.pick(villages(area)))
    item = {
        "day": chance.day(plan.year, month),
        "area": area,
        "industry": firm.industry,
        "what": told,
        "cure": cure,
    }
    # What is told of a village is a road, a slope or a sign, not the firm.
    return item if "{village}" in what else {**item, "firm": firm}


def _billboards(plan: Plan, chance: Chance) -> Iterator[dict[str, Any]]:
    for number in range(plan.billboards):
        area = ("雪峰镇", COUNTY, "盖洋镇")[number % 3]
        street = chance.pick(villages(area))
        yield {
            "day": chance.day(plan.year, chance.whole(3, 10)),
            "area": area,
            "industry": "消防",
            "what": f"{street}街{chance.whole(3, 98)}号{_BILLBOARD[number % 3]}",
            "cure": "拆除或加固",
            "billboard": True,
        }


def _row(plan: Plan, find: Find, inspection: str | None, chance: Chance) -> Draft:
    allowed = chance.pick((7, 10, 15, 20)) if not find.major else chance.pick((15, 20, 30))
    due = later(find.day, allowed)
    end = datetime.date(plan.year, 12, 31)
    # One in twenty is late.
    done: datetime.date | None = later(
        find.day, chance.whole(1, allowed) + (6 if chance.happens(0.05) else 0), end
    )
    if find.open:
        # What was open at the end of the year before was put right in January; this year's still is open.
        done = None if plan.name == "this" else datetime.date(plan.year + 1, 1, chance.whole(3, 24))
    values: dict[str, Any] = {
        "code": find.code,
        "field": find.industry,
        "description": find.what,
        "level": "重大" if find.major else "一般",
        "quantity_found": 1,
        "quantity_rectified": 0 if done is None else 1,
        "campaign": ("户外广告和招牌",) if find.billboard else chance.pick(_CAMPAIGNS),
        "category": "违规广告牌" if find.billboard else None,
        "in_total": True,
        "owner": person(chance),
        "plan": find.cure,
        "due_date": due,
        "rectified_date": done,
        "granularity": "逐条",
        "reporter": flaws.CARETAKERS[find.industry] if find.area == COUNTY else government(find.area),
    }
    if find.firm:
        values["place"] = Named(find.firm.name)
    if inspection:
        values["inspection"] = Named(inspection)
    if find.major and done is not None:
        values |= _major_values(find, chance)
        values["children"] = {"hazard_step": _steps(find, due, done, chance)}
        values["due_date"] = max(due, done)
    return draft("hazard", find.day, find.area, **values)


def _major_values(find: Find, chance: Chance) -> dict[str, Any]:
    return {
        "rectify_fund": chance.whole(3, 120) * 1000 * FEN,
        "emergency_plan": f"{find.industry}事故现场处置方案",
        "supervision": chance.weighted(("县", "市", "省"), (8, 2, 1)),
    }


def _steps(find: Find, due: datetime.date, done: datetime.date, chance: Chance) -> list[dict[str, Any]]:
    inspector, again = person(chance), person(chance)
    steps: list[dict[str, Any]] = [{"record_date": find.day, "action": "下达整改", "person": inspector}]
    if done > due:
        steps.append({"record_date": due, "action": "延期", "person": inspector, "new_due": done})
    return [
        *steps,
        {"record_date": max(find.day, later(done, -1)), "action": "整改反馈", "person": person(chance)},
        {"record_date": done, "action": "复查合格", "person": again},
        {"record_date": done, "action": "销号", "person": again},
    ]


def _obstacles(plan: Plan, after: int) -> dict[int, dict[str, Draft]]:
    """Totals by month and township; all removed in the month.  after: number of the last code taken."""
    chance = Chance(f"obstacles {plan.name}")
    cells = [(month, area) for month in _OBSTACLE_MONTHS for area in townships()]
    numbers = chance.split(plan.obstacles, [WEIGHTS[area] for _, area in cells], least=3)
    totals: dict[int, dict[str, Draft]] = {month: {} for month in _OBSTACLE_MONTHS}
    for place, ((month, area), number) in enumerate(zip(cells, numbers, strict=True), after + 1):
        totals[month][area] = draft(
            "hazard",
            chance.day(plan.year, month, 20, 26),
            area,
            code=f"{plan.year}-{place:04d}",
            field="消防",
            description="住宿、出租、经营场所影响逃生和灭火救援的门窗障碍物（当期合计）",
            level="一般",
            quantity_found=number,
            quantity_rectified=number,
            campaign=("生命通道·拆窗破网",),
            in_total=False,
            category="门窗障碍物",
            rectified_date=datetime.date(plan.year, month, 28),
            granularity="汇总",
            reporter=government(area),
        )
    return totals

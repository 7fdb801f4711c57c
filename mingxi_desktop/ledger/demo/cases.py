"""Enforcement cases: penalties with their fines, the campaign's cases, and milder measures."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance, later
from mingxi_desktop.ledger.demo.flaws import CARETAKERS, CAUSES
from mingxi_desktop.ledger.demo.hazards import Find
from mingxi_desktop.ledger.demo.places import WEIGHTS, Firm, firms, firms_of, person, villages
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import FEN, Delivery, Draft, by_quarter, draft

_FINES = (200, 500, 1000, 2000, 3000, 5000, 8000, 10_000, 15_000, 20_000, 30_000, 50_000)
_UNFINED = (("警告",), ("警告", "责令限期改正"), ("通报批评",), ("责令停产停业",))
_FINED = (("罚款",), ("罚款", "责令限期改正"), ("警告", "罚款"))
_MILD = (("责令限期改正",), ("约谈",), ("提示警示",))
_MILD_CASES = 16
_FROM_HAZARDS = 60
_SIMPLE_LIMIT = 3000
_CAMPAIGN = ("生命通道·拆窗破网",)
_FIRE = "明溪县消防救援大队"
_SIGNS = {
    "明溪县应急管理局": "应急",
    _FIRE: "消",
    "明溪县交通运输局": "交运",
    "明溪县住房和城乡建设局": "住建",
    "明溪县市场监督管理局": "市监",
    "明溪县城市管理局": "城管",
    "明溪县林业局": "林",
    "明溪县水利局": "水",
    "明溪县教育局": "教",
    "明溪县农业农村局": "农",
    "明溪县文化体育和旅游局": "文旅",
}


def deliveries(plan: Plan, finds: Sequence[Find]) -> Iterator[Delivery]:
    """The cases of the year by quarter."""
    chance = Chance(f"cases {plan.name}")
    penalties = [*_penalties(plan, finds, chance), *_mild(plan, chance)]
    campaign = [*_meshes(plan, chance), *_exits(plan, chance)]
    for drafts, subject, sender in (
        (penalties, "执法案件台账", "应急局"),
        (campaign, "拆窗破网案件台账", "消防大队"),
    ):
        yield from by_quarter(_numbered(plan, drafts), subject, "案件", sender)


def _numbered(plan: Plan, drafts: Sequence[Draft]) -> list[Draft]:
    """Oldest first, each with its number in the book of the department that decided."""
    books: Counter[str] = Counter()
    numbered = []
    for item in sorted(drafts, key=lambda item: item.day):
        measure = item.values["measure"]
        word = "罚" if item.values.get("decision_date") else "封" if "查封扣押" in measure else "立"
        book = f"（明）{_SIGNS[item.values['reporter'].name]}{word}"
        books[book] += 1
        number = f"{book}〔{plan.year}〕{books[book]}号"
        known = {"case_no": number} if set(measure) - {"约谈", "提示警示", "责令限期改正"} else {}
        numbered.append(Draft(item.kind, {**known, **item.values}))
    return numbered


def _penalties(plan: Plan, finds: Sequence[Find], chance: Chance) -> Iterator[Draft]:
    """As many penalties as planned; the fines add up to the plan's sum."""
    fines: list[int | None] = [*chance.amounts(plan.fines, plan.fined_cases, _FINES)]
    fines += [None] * (plan.penalties - plan.fined_cases)
    followed = chance.sample([find for find in finds if find.firm and find.day.month < 11], _FROM_HAZARDS)
    for number, fine in enumerate(chance.sample(fines, len(fines))):
        find = followed[number] if number < len(followed) else None
        firm = find.firm if find and find.firm else _some_firm(chance)
        if find:
            filed = later(find.day, chance.whole(1, 6))
            decided = later(filed, chance.whole(5, 45))
        else:
            decided = chance.workday(plan.year, number % 12 + 1)
            # Those of January were filed in the year before.
            filed = later(decided, -chance.whole(5, 50))
        small = fine is not None and fine <= _SIMPLE_LIMIT
        values: dict[str, Any] = {
            "party": Named(firm.name if find or not small or chance.happens(0.6) else person(chance)),
            "cause": chance.pick(CAUSES[firm.industry]),
            "measure": chance.pick(_UNFINED if fine is None else _FINED),
            "fine": None if fine is None else fine * FEN,
            "filed_date": filed,
            "decision_date": decided,
            "procedure": "简易" if small else "普通",
            "campaign": ("治本攻坚三年行动",) if chance.happens(0.3) else (),
            "reporter": CARETAKERS[firm.industry],
        }
        if find:
            values["hazard"] = Named(find.code)
        yield _case(decided, firm.area, **values)


def _mild(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for number in range(_MILD_CASES):
        firm = _some_firm(chance)
        decided = chance.workday(plan.year, number % 12 + 1)
        yield _case(
            decided,
            firm.area,
            party=Named(firm.name),
            cause=chance.pick(CAUSES[firm.industry]),
            measure=_MILD[number % len(_MILD)],
            decision_date=decided,
            reporter=CARETAKERS[firm.industry],
        )


def _meshes(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """Cases against places with burglar meshes: filed only, no penalty."""
    areas = tuple(WEIGHTS)
    places = []
    for number in range(plan.mesh_cases):
        area = areas[number % len(areas)]
        places.append((area, f"{area}{villages(area)[number // len(areas)]}{chance.whole(2, 98)}号出租房"))
    for number, (area, place) in enumerate(places):
        filed = chance.workday(plan.year, 4 + number % 8)
        yield _case(
            filed,
            area,
            party=Named(place),
            cause="设置防盗网",
            measure=("立案",),
            filed_date=filed,
            campaign=_CAMPAIGN,
            reporter=_FIRE,
        )


def _exits(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """Cases against blocked exits: premises sealed or a case filed."""
    crowded = [firm for firm in firms() if firm.industry == "消防"]
    for number, firm in enumerate(chance.sample(crowded, plan.exit_cases)):
        filed = chance.workday(plan.year, 5 + number)
        yield _case(
            filed,
            firm.area,
            party=Named(firm.name),
            cause="占用堵塞封闭疏散通道、安全出口",
            measure=("查封扣押",) if number % 2 == 0 else ("立案",),
            filed_date=filed,
            campaign=_CAMPAIGN,
            reporter=_FIRE,
        )


def _case(day: datetime.date, area: str, **values: Any) -> Draft:
    return draft("enforcement_case", day, area, cases=1, granularity="逐条", **values)


def _some_firm(chance: Chance) -> Firm:
    area = chance.weighted(tuple(WEIGHTS), tuple(WEIGHTS.values()))
    return chance.pick(firms_of(area))

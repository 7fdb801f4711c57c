"""Inspections, joint enforcement, assistance visits, county leaders on their rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.flaws import CARETAKERS
from mingxi_desktop.ledger.demo.hazards import Find
from mingxi_desktop.ledger.demo.places import WEIGHTS, Firm, firms, firms_of, person, townships
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import BUREAU, COUNTY, Delivery, Draft, by_quarter, draft, government

_ROUNDS = (
    (1, 29, "春节"),
    (2, 6, "春节"),
    (3, 14, "高森林火险期"),
    (4, 26, "五一"),
    (4, 30, "五一"),
    (6, 4, "汛期"),
    (6, 12, "汛期"),
    (7, 24, "汛期"),
    (10, 18, "高森林火险期"),
)
_DEPARTMENTS = tuple(dict.fromkeys(CARETAKERS.values()))
_ROUTINE = (("双随机", 24), ("暗访", 9))
_CHECKED_SHARE = 0.11
_WALKS = (2, 5, 8, 11)


def deliveries(plan: Plan, finds: Sequence[Find]) -> tuple[list[Delivery], dict[str, str]]:
    """The inspections of the year by quarter, and in which of them hazards were found (code → code)."""
    chance = Chance(f"inspections {plan.name}")
    checks = _checks(finds, chance)
    drafts = [
        *(item for item, _ in checks),
        *_joint(plan, chance),
        *_assistance(plan, chance),
        *_leaders(plan, chance),
        *_routine(plan, chance),
        *_walks(plan, chance),
    ]
    drafts.sort(key=lambda item: (item.day, str(item.values["type"])))
    coded = {id(item): f"检{plan.year}-{number:04d}" for number, item in enumerate(drafts, 1)}
    inspected = {find.code: coded[id(item)] for item, find in checks}
    ready = [Draft(item.kind, {"code": coded[id(item)], **item.values}) for item in drafts]
    return by_quarter(ready, "检查帮扶台账", "检查", "应急局"), inspected


def _inspection(day: datetime.date, area: str, type_: str, seen: Sequence[str], **more: Any) -> Draft:
    values = {
        "type": type_,
        "times": 1,
        "enterprises": tuple(Named(name) for name in seen),
        "visits": len(seen) or None,
        "granularity": "逐条",
        **more,
    }
    return draft("inspection", day, area, **values)


def _checks(finds: Sequence[Find], chance: Chance) -> list[tuple[Draft, Find]]:
    """Enforcement checks in which hazards were found."""
    with_firm = [find for find in finds if find.firm]
    checks = []
    for find in chance.sample(with_firm, int(len(with_firm) * _CHECKED_SHARE)):
        assert find.firm is not None
        item = _inspection(
            find.day,
            find.area,
            "执法检查",
            (find.firm.name,),
            leader=person(chance),
            staff=chance.whole(2, 4),
            reporter=CARETAKERS[find.industry],
        )
        checks.append((item, find))
    return checks


def _joint(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for number in range(plan.joint_enforcements):
        area = COUNTY if number % 4 == 0 else chance.weighted(tuple(WEIGHTS), tuple(WEIGHTS.values()))
        crossed = chance.sample(townships(), 3) if area == COUNTY else [area]
        near = [firm for each in crossed for firm in firms_of(each)]
        partners = [
            BUREAU,
            *chance.sample([name for name in _DEPARTMENTS if name != BUREAU], chance.whole(1, 3)),
        ]
        governments = [government(each) for each in crossed]
        yield _inspection(
            chance.workday(plan.year, number % 12 + 1),
            area,
            "连片联合执法",
            [firm.name for firm in chance.sample(near, chance.whole(2, 4))],
            leader=person(chance),
            staff=chance.whole(6, 15),
            participants=tuple(Named(name) for name in (*partners, *governments)),
            reporter=BUREAU,
        )


def _assistance(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """More visits than firms: some are visited again, and written in another spelling."""
    chosen = chance.sample(firms(), plan.assisted_enterprises)
    again = chance.sample(chosen, plan.assistance_visits - len(chosen))
    visits = [*((firm, firm.name) for firm in chosen), *((firm, _spelled(firm)) for firm in again)]
    for number, (firm, name) in enumerate(visits):
        yield _inspection(
            chance.workday(plan.year, number * 12 // len(visits) + 1),
            firm.area,
            "精准帮扶",
            (name,),
            leader=person(chance),
            staff=chance.whole(2, 5),
            reporter=BUREAU,
        )


def _spelled(firm: Firm) -> str:
    """As another clerk writes the name."""
    name = firm.name.replace("(", "（").replace(")", "）")
    return name.removesuffix("有限公司") if name.endswith("有限公司") else name


def _leaders(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for month, day, period in _ROUNDS[: plan.leader_inspections]:
        seen = chance.sample(firms(), chance.whole(2, 4))
        yield _inspection(
            datetime.date(plan.year, month, day),
            COUNTY,
            "领导督导检查",
            [firm.name for firm in seen],
            leader=f"县领导{person(chance)}",
            key_period=period,
            staff=chance.whole(8, 16),
            reporter=BUREAU,
        )


def _routine(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for type_, number in _ROUTINE:
        for place in range(number):
            firm = chance.pick(firms())
            day = chance.workday(plan.year, place % 12 + 1)
            more = {
                "leader": person(chance),
                "staff": chance.whole(2, 4),
                "reporter": CARETAKERS[firm.industry],
            }
            yield _inspection(day, firm.area, type_, (firm.name,), **more)


def _walks(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """What townships walk through by themselves, a few times a year."""
    for area in townships():
        for month in _WALKS:
            seen = chance.sample(firms_of(area), chance.whole(3, 6))
            names = [firm.name for firm in seen]
            day = chance.workday(plan.year, month)
            staff = chance.whole(3, 8)
            yield _inspection(day, area, "日常巡查", names, staff=staff, reporter=government(area))

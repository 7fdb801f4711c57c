"""Goods bought and received, sent to townships, given to people, handed to rescue teams."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance, later
from mingxi_desktop.ledger.demo.funds import code_of
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
from mingxi_desktop.ledger.demo.storms import main_storm
from mingxi_desktop.ledger.demo.strength import EQUIPPED_TEAM

_PRICES: Mapping[str, int] = {
    "棉被": 11_800,
    "棉大衣": 9500,
    "羽绒服": 16_900,
    "取暖器": 18_500,
    "毛毯": 6800,
}
"""In 分."""
_WAVES: Mapping[str, tuple[float, float, float]] = {
    "棉被": (0.5, 0.25, 0.25),
    "棉大衣": (0.6, 0.0, 0.4),
    "羽绒服": (0.6, 0.0, 0.4),
    "取暖器": (0.6, 0.0, 0.4),
    "毛毯": (0.4, 0.4, 0.2),
}
"""How much of each goes out in January, after the flood in summer, and in December."""
_ORDERS = (
    (3, 18, ("执法录入终端",), ""),
    (4, 9, ("五小件", "救生衣", "编织袋"), "防汛物资"),
    (5, 21, ("皮划艇", "对讲机"), "防汛物资"),
    (9, 12, ("消防水泵", "高压水带", "风力灭火机"), "其他"),
)
_KITS = "五小件"


def deliveries(plan: Plan, left: Mapping[str, int]) -> Iterator[Delivery]:
    """The movements of the year.  left: the relief goods in store when it began."""
    chance = Chance(f"supplies {plan.name}")
    waves = {item: chance.split(total, _WAVES[item]) for item, total in plan.dispatched.items()}
    incoming = [*_restocked(plan, left, waves), *_bought(plan)]
    incoming.sort(key=lambda item: item.day)
    outgoing = [
        *_dispatched(plan, waves, chance),
        *_handed_over(plan),
    ]
    outgoing.sort(key=lambda item: item.day)
    stock_in = _numbered(plan, "RK", incoming)
    yield taken_in(
        f"导入 {plan.year}年物资入库台账", sent(f"应急局{plan.year}年物资入库台账.xlsx", "入库", stock_in)
    )
    out = _numbered(plan, "DB", outgoing)
    yield taken_in(
        f"导入 {plan.year}年物资调拨单", sent(f"应急局{plan.year}年物资调拨台账.xlsx", "调拨", out)
    )
    given = _given(out)
    yield taken_in(
        f"导入 {plan.year}年乡镇发放表", sent(f"{plan.year}年乡镇救灾物资发放表.xlsx", "发放", given)
    )


def _movement(day: datetime.date, type_: str, area: str, lines: list[dict[str, Any]], **more: Any) -> Draft:
    values = {"type": type_, "granularity": "逐条", "reporter": BUREAU, **more}
    return draft("supply_movement", day, area, children={"supply_line": lines}, **values)


def _line(item: str, quantity: int, value: int | None = None, **more: Any) -> dict[str, Any]:
    return {"item": Named(item), "quantity": Decimal(quantity), "value": value, **more}


def _numbered(plan: Plan, sign: str, drafts: list[Draft]) -> list[Draft]:
    return [
        Draft(item.kind, {"doc_no": f"{sign}{plan.year}-{number:03d}", **item.values}, item.children)
        for number, item in enumerate(drafts, 1)
    ]


def _restocked(plan: Plan, left: Mapping[str, int], waves: Mapping[str, list[int]]) -> Iterator[Draft]:
    """Relief goods before winter ends and before the next begins, so that what is planned stays in store."""
    first: list[dict[str, Any]] = []
    second: list[dict[str, Any]] = []
    for item, total in plan.dispatched.items():
        needed = total + plan.left[item] - left.get(item, 0)
        early = min(needed, max(0, sum(waves[item][:2]) - left.get(item, 0)) + plan.left[item] // 2)
        for lines, quantity in ((first, early), (second, needed - early)):
            if quantity:
                lines.append(_line(item, quantity, quantity * _PRICES[item]))
    received = "接收调入" if plan.name == "last" else "购入"
    yield _movement(datetime.date(plan.year, 1, 8), received, COUNTY, first)
    fund = Named(code_of(plan, "防寒物资"))
    yield _movement(datetime.date(plan.year, 11, 26), "购入", COUNTY, second, fund=fund)


def _bought(plan: Plan) -> Iterator[Draft]:
    for month, day, items, purpose in _ORDERS:
        lines = []
        for item in items:
            quantity, price = plan.purchases[item]
            about = {"approx": "余"} if item == _KITS and plan.round_numbers else {}
            lines.append(_line(item, quantity, quantity * price, **about))
        more = {"fund": Named(code_of(plan, purpose))} if purpose else {}
        yield _movement(datetime.date(plan.year, month, day), "购入", COUNTY, lines, **more)


def _dispatched(plan: Plan, waves: Mapping[str, list[int]], chance: Chance) -> Iterator[Draft]:
    """To every township three times; people helped are counted with the first two."""
    weights = [WEIGHTS[area] for area in townships()]
    people = chance.split(plan.beneficiaries, [*weights, *weights], least=4)
    storm = main_storm(plan)
    days = (
        datetime.date(plan.year, 1, 18),
        later(storm.day(plan.year, end=True), 1),
        datetime.date(plan.year, 12, 11),
    )
    for wave, first in enumerate(days):
        shares = {item: chance.split(numbers[wave], weights) for item, numbers in waves.items()}
        for number, area in enumerate(townships()):
            lines = [_line(item, parts[number]) for item, parts in shares.items() if parts[number]]
            more: dict[str, Any] = {"receiver": Named(area)}
            if wave < 2:
                more["beneficiaries"] = people[wave * len(weights) + number]
            if wave == 1:
                more["event"] = Named(storm.name)
                more["approx"] = "余" if plan.round_numbers and number in (1, 6) else "准确"
            yield _movement(later(first, number // 3), "调拨", area, lines, **more)


def _handed_over(plan: Plan) -> Iterator[Draft]:
    lines = [_line("皮划艇", 4), _line("对讲机", 4)]
    day = datetime.date(plan.year, 6, 3)
    yield _movement(day, "移交队伍", COUNTY, lines, receiver=Named(EQUIPPED_TEAM[plan.name]))
    yield _movement(datetime.date(plan.year, 10, 9), "报废", COUNTY, [_line("高压水带", 5)])


def _given(sent_out: list[Draft]) -> list[Draft]:
    """What the larger townships gave to people of what they had been sent after the flood."""
    given = []
    for item in sent_out:
        if item.values.get("event") is None:
            continue
        area = item.values["area"].name
        lines = [
            {**line, "quantity": Decimal(int(line["quantity"]) * 4 // 5)}
            for line in item.children["supply_line"]
            if line["quantity"] > 1
        ]
        if lines:
            more = {
                "event": item.values["event"],
                "beneficiaries": item.values["beneficiaries"],
                "dispatch": Named(f"调拨 {area} {item.day.isoformat()}"),
                "reporter": government(area),
            }
            given.append(_movement(later(item.day, 3), "发放", area, lines, **more))
    return given

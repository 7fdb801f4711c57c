"""Money won from above, paid out to townships, put into publicity bases."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.places import WEIGHTS, townships
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import BUREAU, COUNTY, FEN, Delivery, Draft, draft, sent, taken_in

_NOTES: Mapping[str, tuple[str, ...]] = {
    "自然灾害救灾": ("中央自然灾害救灾资金", "省级自然灾害救灾资金"),
    "物资储备站": ("应急物资储备站建设补助",),
    "防寒物资": ("冬春救助防寒物资补助",),
    "防汛物资": ("防汛抗旱补助",),
    "其他": ("森林防灭火能力建设", "地质灾害避险搬迁", "应急指挥平台建设", "安全生产专项", "避灾点标准化"),
}
_MONTHS: Mapping[str, tuple[int, ...]] = {
    "自然灾害救灾": (7, 8),
    "物资储备站": (5,),
    "防寒物资": (11,),
    "防汛物资": (4,),
    "其他": (3, 6, 4, 9, 10),
}
_PART_SHARE = 7
"""Tenths of the largest grant that are noted as a part of their own."""
_STEP = 5000
_EARLIER_BASES = ((2, 600_000, "余"), (3, 250_000, "准确"))
"""Years ago, amount, approximation: what earlier years put into publicity bases."""


def deliveries(plan: Plan) -> list[Delivery]:
    """The money of the year; the year before brings what earlier years put into publicity bases."""
    chance = Chance(f"funds {plan.name}")
    ready = _coded(plan, [*_won(plan, chance), *_invested(plan)])
    paid = _coded(plan, _paid(plan, chance), after=len(ready))
    found = [
        taken_in(f"导入 {plan.year}年资金台账", sent(f"应急局{plan.year}年资金台账.xlsx", "资金", ready)),
        taken_in(
            f"导入 {plan.year}年救灾资金下拨表", sent(f"{plan.year}年救灾资金下拨表.xlsx", "下拨", paid)
        ),
    ]
    if plan.name == "last":
        earlier = [_base(plan.year + 1 - ago, amount, approx) for ago, amount, approx in _EARLIER_BASES]
        found.insert(0, taken_in("导入 历年宣教阵地投入", sent("历年宣教阵地投入.xlsx", "投入", earlier)))
    return found


def code_of(plan: Plan, purpose: str) -> str:
    """The code of the first grant won for a purpose."""
    for item in _coded(plan, [*_won(plan, Chance(f"funds {plan.name}")), *_invested(plan)]):
        if item.values["purpose"] == purpose:
            return str(item.values["code"])
    raise KeyError(purpose)


def _coded(plan: Plan, drafts: list[Draft], *, after: int = 0) -> list[Draft]:
    return [
        Draft(item.kind, {"code": f"资{plan.year}-{number:04d}", **item.values})
        for number, item in enumerate(drafts, after + 1)
    ]


def _won(plan: Plan, chance: Chance) -> list[Draft]:
    """The grants; the largest of them, noted first, has two parts."""
    grants = []
    for purpose, amounts in plan.funds_won.items():
        for number, amount in enumerate(amounts):
            day = chance.workday(plan.year, _MONTHS[purpose][number])
            doc = f"闽财建指〔{plan.year}〕{day.month * 9 + number}号"
            grants.append(_fund(day, "争取", purpose, amount, doc_no=doc, note=_NOTES[purpose][number]))
    grants.sort(key=lambda item: -item.values["amount"])
    whole = grants[0]
    first = whole.values["amount"] // FEN * _PART_SHARE // 10
    parts = [
        _fund(
            whole.day, "争取", "其他", first, parent=Named(f"资{plan.year}-0001"), note="其中：扑火装备购置"
        ),
        _fund(
            whole.day,
            "争取",
            "其他",
            whole.values["amount"] // FEN - first,
            parent=Named(f"资{plan.year}-0001"),
            note="其中：扑火队伍建设",
        ),
    ]
    return [whole, *parts, *sorted(grants[1:], key=lambda item: item.day)]


def _paid(plan: Plan, chance: Chance) -> list[Draft]:
    """Relief money, paid to every township."""
    shares = chance.split(plan.relief_paid // _STEP, [WEIGHTS[area] for area in townships()], least=6)
    return [
        _fund(
            datetime.date(plan.year, 8, 26),
            "下拨",
            "自然灾害救灾",
            share * _STEP,
            area=area,
            doc_no=f"明财综〔{plan.year}〕{31 + number}号",
        )
        for number, (area, share) in enumerate(zip(townships(), shares, strict=True))
    ]


def _invested(plan: Plan) -> list[Draft]:
    return [
        _base(plan.year, plan.publicity_base, "准确"),
        _fund(datetime.date(plan.year, 6, 5), "投入", "其他", 86_000, note="安全生产月宣传"),
    ]


def _base(year: int, amount: int, approx: str) -> Draft:
    return _fund(datetime.date(year, 10, 20), "投入", "宣教阵地", amount, approx=approx, note="宣教阵地建设")


def _fund(day: datetime.date, direction: str, purpose: str, amount: int, **more: Any) -> Draft:
    values = {
        "direction": direction,
        "purpose": purpose,
        "amount": amount * FEN,
        "granularity": "逐条",
        **more,
    }
    area = values.pop("area", COUNTY)
    return draft("fund", day, area, reporter=BUREAU, **values)

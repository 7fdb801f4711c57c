"""Accidents, and figures that are kept by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.places import WEIGHTS
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import BUREAU, COUNTY, FEN, Delivery, Draft, draft, sent, taken_in

_FIGURES = (
    ("行政许可", 46, "政务服务平台办结件"),
    ("信息公开", 128, "县政府网站公开目录"),
    ("预案修订", 12, "预案备案登记"),
    ("约谈", 5, "约谈记录"),
    ("预警信息", 87, "突发事件预警信息发布系统"),
    ("考试持证", 356, "安全生产考试点成绩册"),
)
_ACCIDENTS = {"this": 7, "last": 9}
_LAST_SHARE = Decimal("0.88")


def deliveries(plan: Plan) -> Iterator[Delivery]:
    """The accidents of the year and its figures kept by hand."""
    chance = Chance(f"others {plan.name}")
    accidents = sorted(_accidents(plan, chance), key=lambda item: item.day)
    yield taken_in(
        f"导入 {plan.year}年生产安全事故统计", sent(f"{plan.year}年生产安全事故统计.xlsx", "事故", accidents)
    )
    figures = [*_figures(plan)]
    yield taken_in(f"导入 {plan.year}年其他指标", sent(f"应急局{plan.year}年其他指标.xlsx", "指标", figures))


def _accidents(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for number in range(_ACCIDENTS[plan.name]):
        industry = ("道路交通", "消防", "道路交通", "工贸", "农业")[number % 5]
        area = chance.pick(tuple(WEIGHTS))
        yield draft(
            "accident",
            chance.day(plan.year, number % 12 + 1),
            area,
            field=industry,
            grade="一般",
            cases=1,
            deaths=1 if number % 4 == 0 else 0,
            injured=chance.whole(0, 2),
            loss=chance.whole(2, 90) * 1000 * FEN,
            granularity="逐条",
            reporter=BUREAU,
        )


def _figures(plan: Plan) -> Iterator[Draft]:
    share = Decimal(1) if plan.name == "this" else _LAST_SHARE
    for name, number, basis in _FIGURES:
        for half, month in ((0, 6), (1, 12)):
            value = int(number * share) // 2 + (int(number * share) % 2) * half
            yield draft(
                "manual_entry",
                Chance(name).workday(plan.year, month),
                COUNTY,
                indicator=Named(name),
                value=Decimal(value),
                basis=basis,
                granularity="汇总",
                reporter=BUREAU,
            )

"""Meetings, calls to townships, study sessions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance, later
from mingxi_desktop.ledger.demo.places import townships
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import BUREAU, COUNTY, Delivery, Draft, by_quarter, draft
from mingxi_desktop.ledger.demo.storms import storms

_SAFETY = (
    (1, 12, "全县安全生产工作会议"),
    (2, 4, "春节期间安全防范工作部署会"),
    (3, 20, "治本攻坚三年行动动员部署会"),
    (4, 24, "“五一”节前安全生产工作会议"),
    (6, 28, "二季度防范重特大事故工作会议"),
    (9, 26, "国庆节前安全生产工作会议"),
    (11, 15, "岁末年初安全生产工作会议"),
)
_STUDIES = (
    (2, 22, "党委中心组学法", "学习《安全生产法》", 21),
    (5, 17, "党委中心组学法", "学习《突发事件应对法》", 22),
    (8, 16, "党委中心组学法", "学习《防汛条例》", 20),
    (11, 8, "党委中心组学法", "学习《行政处罚法》", 22),
    (3, 8, "法治培训", "宪法与行政执法实务", 35),
    (9, 12, "法治培训", "执法文书制作", 33),
    (4, 11, "约谈会", "重点工贸企业安全生产约谈", 12),
    (10, 10, "约谈会", "道路运输企业安全生产约谈", 9),
    (7, 5, "安全生产工作会", "局务会研究安全生产执法计划", 18),
)
_FLOOD_TOPICS = (
    "全县防汛工作视频会",
    "强降雨防范部署会",
    "转移避险工作部署会",
    "台风防御部署会",
    "防汛形势分析部署会",
)


def deliveries(plan: Plan) -> list[Delivery]:
    """The meetings of the year by quarter."""
    chance = Chance(f"meetings {plan.name}")
    drafts = [
        *_safety(plan, chance),
        *_floods(plan, chance),
        *_calls(plan, chance),
        *_talks(plan),
        *_studies(plan),
    ]
    drafts.sort(key=lambda item: item.day)
    return by_quarter(drafts, "会议台账", "会议", "应急局")


def _meeting(
    day: datetime.date, type_: str, topic: str, convener: str, attendance: int, **more: object
) -> Draft:
    values = {"type": type_, "topic": topic, "convener": convener, "attendance": attendance, **more}
    return draft("meeting", day, COUNTY, times=1, granularity="逐条", reporter=BUREAU, **values)


def _safety(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for month, day, topic in _SAFETY[: plan.safety_meetings]:
        at = datetime.date(plan.year, month, day)
        yield _meeting(at, "安全生产工作会", topic, "县委县政府", chance.whole(60, 130))


def _floods(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """One before the season, the rest spread over the storms; safety at work is spoken of there too."""
    before = datetime.date(plan.year, 4, 15)
    topic = "汛前准备工作部署会（同时部署安全生产）"
    yield _meeting(before, "防汛部署会", topic, "县委县政府", chance.whole(70, 110))
    for number, (day, event) in enumerate(_days_of_storms(plan, plan.flood_meetings - 1)):
        topic = f"{_FLOOD_TOPICS[number % len(_FLOOD_TOPICS)]}（{day.month}月{day.day}日）"
        yield _meeting(day, "防汛部署会", topic, "县防指", chance.whole(30, 90), event=Named(event))


def _calls(plan: Plan, chance: Chance) -> Iterator[Draft]:
    """One call reaches one to four townships."""
    for day, event in _days_of_storms(plan, plan.township_calls):
        chosen = chance.sample(townships(), chance.whole(1, 4))
        reached = [area for area in townships() if area in chosen]
        names = "、".join(reached)
        more = {"event": Named(event), "townships": tuple(Named(area) for area in reached)}
        yield _meeting(day, "点对点调度", f"视频调度{names}", "县防指", len(reached) * 3 + 4, **more)


def _talks(plan: Plan) -> Iterator[Draft]:
    for storm in storms(plan):
        day = storm.day(plan.year)
        yield _meeting(day, "会商", "雨情水情会商", "县防指", 15, event=Named(storm.name))


def _studies(plan: Plan) -> Iterator[Draft]:
    for month, day, type_, topic, people in _STUDIES:
        yield _meeting(datetime.date(plan.year, month, day), type_, topic, "应急局", people)


def _days_of_storms(plan: Plan, number: int) -> list[tuple[datetime.date, str]]:
    """`number` days on which a storm was over the county, with its name, spread over all storms."""
    days: list[tuple[datetime.date, str]] = []
    for storm in storms(plan):
        first, last = storm.day(plan.year), storm.day(plan.year, end=True)
        days += [(later(first, step), storm.name) for step in range((last - first).days + 1)]
    return _spread(days, number)


def _spread(days: Sequence[tuple[datetime.date, str]], number: int) -> list[tuple[datetime.date, str]]:
    return [days[place * len(days) // number] for place in range(number)]

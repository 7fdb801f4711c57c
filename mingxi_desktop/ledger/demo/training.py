"""Courses, drills and publicity, with what publicity handed out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.places import WEIGHTS, townships, villages
from mingxi_desktop.ledger.demo.plan import Course, Plan
from mingxi_desktop.ledger.demo.sheets import COUNTY, Delivery, Draft, by_quarter, draft, government

_MANAGERS = (
    "企业主要负责人“一线三排”培训",
    "《安全生产法》专题培训",
    "主要负责人能力提升班",
    "重大隐患自查自改培训",
)
_BRIEFINGS = (
    "工贸企业重大事故隐患判定标准宣贯",
    "危化品重大事故隐患判定标准宣贯",
    "消防重大火灾隐患判定要点宣贯",
)
_WORKERS = (
    "从业人员应急处置技能培训",
    "有限空间作业安全培训",
    "叉车、电工安全操作培训",
    "燃气用户安全使用培训",
)
_OFFICERS = (
    "执法文书制作培训",
    "行政处罚法培训",
    "“互联网+执法”系统培训",
    "现场检查实务培训",
    "乡镇执法人员培训",
)
_RANGERS = ("森林防火骨干培训", 6, 312)
_COUNTY_DRILLS = (
    ("消防", "人员密集场所灭火疏散演练"),
    ("防汛", "防汛转移避险演练"),
    ("森林火灾", "森林火灾扑救演练"),
    ("地质灾害", "地质灾害临灾避险演练"),
    ("地震", "地震应急疏散演练"),
    ("消防", "高层建筑火灾救援演练"),
)
_COUNTY_DRILL_NUMBER = 23
_SCHOOL_DRILLS = (("消防", 5, 16), ("地质灾害", 5, 4), ("消防", 10, 14), ("地震", 10, 4))
"""Drills of schools as the education bureau reports them: what, month, how many."""
_TOWNSHIP_DRILLS = (("防汛", 5), ("森林火灾", 11))
_CHEMICAL_DRILL = {"this": (10, 22), "last": (9, 19)}
_SMALL_CHEMICAL_DRILL = (5, 30, 62)


def deliveries(plan: Plan) -> list[Delivery]:
    """Courses and drills of the year by quarter (publicity: `publicity`)."""
    chance = Chance(f"training {plan.name}")
    courses = [
        *_course(plan, chance, "企业负责人培训", _MANAGERS, plan.managers),
        *_course(plan, chance, "判定标准宣贯", _BRIEFINGS, plan.briefings),
        *_course(plan, chance, "从业人员培训", _WORKERS, plan.workers),
        *_course(plan, chance, "执法人员培训", _OFFICERS, plan.officers, about=plan.round_numbers),
        *_course(plan, chance, "森林防火骨干培训", _RANGERS[:1], Course(*_RANGERS[1:])),
    ]
    drills = _drills(plan, chance)
    return [
        *by_quarter(sorted(courses, key=lambda item: item.day), "教育培训台账", "培训", "应急局"),
        *by_quarter(sorted(drills, key=lambda item: item.day), "应急演练汇总表", "演练", "全县"),
    ]


def _activity(day: datetime.date, area: str, type_: str, title: str, people: int, **more: Any) -> Draft:
    values = {"type": type_, "title": title, "sessions": 1, "participants": people, **more}
    values["granularity"] = "逐条" if values["sessions"] == 1 else "汇总"
    values.setdefault("reporter", government(area))
    return draft("activity", day, area, **values)


def _course(
    plan: Plan, chance: Chance, type_: str, titles: tuple[str, ...], course: Course, *, about: bool = False
) -> Iterator[Draft]:
    """One row a session, over the whole year; about: the largest session's number is approximate."""
    people = chance.even(course.people, course.sessions, least=max(5, course.people // course.sessions // 2))
    for number, present in enumerate(people):
        month = number * 12 // course.sessions + 1
        place = chance.pick(townships()) if chance.happens(0.3) else COUNTY
        title = f"{titles[number % len(titles)]}（第{number // len(titles) + 1}期）"
        venue = f"{place}政府会议室" if place != COUNTY else "县应急局三楼会议室"
        approx = {"approx": "余"} if about and present == max(people) else {}
        yield _activity(chance.workday(plan.year, month), place, type_, title, present, venue=venue, **approx)


def _drills(plan: Plan, chance: Chance) -> list[Draft]:
    departments, enterprises, people = plan.chemical_drill
    about = "余" if plan.round_numbers else "准确"
    month, day = _CHEMICAL_DRILL[plan.name]
    chemical = _drill(
        datetime.date(plan.year, month, day),
        COUNTY,
        "危化品",
        "危险化学品生产安全事故应急演练",
        people,
        departments=departments,
        enterprises=enterprises,
        venue="县工业园区",
        drill_form="实战",
        evaluation="达到预期目标，部门联动有待加强",
        approx=about,
    )
    month, day, few = _SMALL_CHEMICAL_DRILL
    at = datetime.date(plan.year, month, day)
    small = _drill(at, COUNTY, "危化品", "加油站泄漏处置演练", few, drill_form="实战", departments=5)
    county = [*_county_drills(plan, chance)]
    schools = sum(number for _, _, number in _SCHOOL_DRILLS)
    rest = plan.drills.sessions - schools - len(county) - 2
    used = people + few + sum(item.values["participants"] for item in county)
    in_schools = (plan.drills.people - used) * 2 // 3
    return [
        chemical,
        small,
        *county,
        *_school_drills(plan, chance, in_schools),
        *_township_drills(plan, chance, Course(rest, plan.drills.people - used - in_schools)),
    ]


def _drill(day: datetime.date, area: str, hazard: str, title: str, people: int, **more: Any) -> Draft:
    return _activity(day, area, "应急演练", title, people, hazard_type=hazard, **more)


def _county_drills(plan: Plan, chance: Chance) -> Iterator[Draft]:
    for number in range(_COUNTY_DRILL_NUMBER):
        hazard, title = _COUNTY_DRILLS[number % len(_COUNTY_DRILLS)]
        day = chance.workday(plan.year, number * 12 // _COUNTY_DRILL_NUMBER + 1)
        form = "桌面" if number % 5 == 4 else "实战"
        more = {"drill_form": form, "evaluation": "达到预期目标", "departments": chance.whole(3, 12)}
        yield _drill(day, COUNTY, hazard, title, chance.whole(40, 180), **more)


def _school_drills(plan: Plan, chance: Chance, people: int) -> Iterator[Draft]:
    shares = chance.split(people, [number for _, _, number in _SCHOOL_DRILLS])
    for (hazard, month, number), present in zip(_SCHOOL_DRILLS, shares, strict=True):
        # The largest figure of the year: schools report it as a round one.
        approx = "余" if plan.round_numbers else "准确"
        more = {"sessions": number, "approx": approx, "reporter": "明溪县教育局"}
        yield _drill(
            datetime.date(plan.year, month, 29), COUNTY, hazard, f"全县学校{hazard}疏散演练", present, **more
        )


def _township_drills(plan: Plan, chance: Chance, total: Course) -> Iterator[Draft]:
    cells = [(area, hazard, month) for hazard, month in _TOWNSHIP_DRILLS for area in townships()]
    weights = [WEIGHTS[area] for area, _, _ in cells]
    sessions = chance.split(total.sessions, weights, least=1)
    people = chance.split(total.people, sessions, least=30)
    for (area, hazard, month), number, present in zip(cells, sessions, people, strict=True):
        title = f"{area}{hazard}应急演练"
        venue = chance.pick(villages(area))
        day = chance.workday(plan.year, month, 10)
        yield _drill(day, area, hazard, title, present, sessions=number, venue=venue)

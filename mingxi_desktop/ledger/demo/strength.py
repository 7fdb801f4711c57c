"""Rescue teams and facilities, with the days from which they exist."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from mingxi_desktop.ledger.demo.chance import Chance
from mingxi_desktop.ledger.demo.places import WEIGHTS, townships
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

EQUIPPED_TEAM: Mapping[str, str] = {"last": "明溪县蓝盾应急救援队", "this": "明溪县雄鹰应急救援队"}
"""The team that was handed equipment in each year."""

_RESCUERS = 1753
"""Members of the township, militia and part-time teams together at the end of the year."""
_TOWNSHIP_MEMBERS, _MILITIA_MEMBERS = 268, 305
_AGREED = (
    ("明溪县蓝盾应急救援队", 38, 4, (-1, 5, 20)),
    ("明溪县雄鹰应急救援队", 42, 3, (0, 5, 28)),
    ("明溪县红土地救援队", 36, 2, (0, 9, 6)),
)
"""Teams with an agreement: name, members, founded years ago, day of the agreement (years from now, month, day)."""
_PART_TIME = (
    ("县卫健局系统医疗救护队", 12, 6, "准确"),
    ("县教育局校园应急队", 14, 5, "准确"),
    ("县林业局护林应急队", 11, 5, "余"),
    ("县交通运输局抢通队", 6, 6, "准确"),
    ("县住建局抢险队", 5, 4, "准确"),
    ("县水利局水工程抢险队", 6, 4, "准确"),
    ("县农业农村局农机应急队", 7, 3, "准确"),
    ("县市场监管局特种设备应急队", 4, 3, "准确"),
    ("工业园区企业志愿应急队", 9, 2, "余"),
    ("县文体旅局景区应急队", 5, 2, "准确"),
    ("乡镇社会志愿应急队", 6, 2, "准确"),
    ("村级社会志愿应急队", 8, 0, "余"),
    ("商超物业应急队", 4, 0, "准确"),
)
"""Part-time teams as departments report them: name, how many, founded years ago, approximation."""
_BASES = (("归化公园", 2), ("实验小学", 1), ("欧侨广场", 0))
_PROJECT = "五个一百"


def deliveries(year: int) -> Iterator[Delivery]:
    """Teams and facilities as they stand at the end of the year, with the days they began."""
    teams = [
        *_townships(year),
        *_militia(year),
        *_agreed(year),
        *_part_time(year),
        *_pumps(year),
        *_others(year),
    ]
    yield taken_in("导入 应急救援队伍基本情况表", sent("应急救援队伍基本情况表.xlsx", "队伍", teams))
    places = [*_bases(year), *_facilities(year)]
    yield taken_in("导入 阵地设施台账", sent("阵地设施台账.xlsx", "设施", places))


def _team(name: str, type_: str, area: str, headcount: int, since: datetime.date, **more: Any) -> Draft:
    values = {"name": name, "type": type_, "headcount": headcount, "from_date": since, "teams": 1, **more}
    values["granularity"] = "逐条" if values["teams"] == 1 else "汇总"
    return draft("rescue_team", since, area, reporter=government(area), **values)


def _townships(year: int) -> Iterator[Draft]:
    members = Chance("township teams").split(_TOWNSHIP_MEMBERS, tuple(WEIGHTS.values()), least=18)
    for area, number in zip(townships(), members, strict=True):
        yield _team(f"{area}综合应急救援队", "乡镇综合", area, number, datetime.date(year - 5, 3, 1))


def _militia(year: int) -> Iterator[Draft]:
    members = Chance("militia").even(_MILITIA_MEMBERS, len(townships()) + 1, least=25)
    for area, number in zip(townships(), members, strict=False):
        yield _team(f"{area}民兵应急排", "民兵应急", area, number, datetime.date(year - 4, 4, 10))
    yield _team("明溪县民兵应急连", "民兵应急", COUNTY, members[-1], datetime.date(year, 3, 15))


def _agreed(year: int) -> Iterator[Draft]:
    for name, members, ago, (years, month, day) in _AGREED:
        signed = datetime.date(year + years, month, day)
        since = datetime.date(year - ago, 7, 1)
        yield _team(name, "兼职社会", COUNTY, members, since, agreement_date=signed)


def _part_time(year: int) -> Iterator[Draft]:
    members = _RESCUERS - _TOWNSHIP_MEMBERS - _MILITIA_MEMBERS - sum(number for _, number, _, _ in _AGREED)
    shares = Chance("part-time teams").split(members, [teams for _, teams, _, _ in _PART_TIME])
    for (name, teams, ago, approx), number in zip(_PART_TIME, shares, strict=True):
        since = datetime.date(year - ago, 5, 12)
        yield _team(name, "兼职社会", COUNTY, number, since, teams=teams, approx=approx)


def _pumps(year: int) -> Iterator[Draft]:
    """One of the county and six of townships, the sixth since this year."""
    yield _team("明溪县应急水泵队", "水泵", COUNTY, 16, datetime.date(year - 2, 6, 1))
    for number, area in enumerate(townships()[:6]):
        since = datetime.date(year if number == 5 else year - 1, 5, 6)
        yield _team(f"{area}水泵队", "水泵", area, 8 + number % 3, since)


def _others(year: int) -> Iterator[Draft]:
    yield _team("明溪县消防救援站", "消防救援", COUNTY, 32, datetime.date(year - 12, 1, 1))
    yield _team("明溪县半专业森林扑火队", "半专业扑火", COUNTY, 45, datetime.date(year - 8, 9, 1))
    yield _team("岚田新材料专职消防队", "企业专职", COUNTY, 12, datetime.date(year - 3, 11, 1))


def _facility(name: str, type_: str, area: str, count: int, since: datetime.date, **more: Any) -> Draft:
    values = {"name": name, "type": type_, "count": count, "from_date": since, **more}
    values["granularity"] = "逐条" if count == 1 else "汇总"
    return draft("facility", since, area, reporter=BUREAU, **values)


def _bases(year: int) -> Iterator[Draft]:
    for name, ago in _BASES:
        since = datetime.date(year - ago, 10, 30)
        yield _facility(name, "宣教阵地", COUNTY, 1, since, project=_PROJECT)


def _facilities(year: int) -> Iterator[Draft]:
    yield _facility("明溪县消防救援站", "消防站", COUNTY, 1, datetime.date(year - 12, 1, 1))
    yield _facility("城区特勤消防站", "消防站", "雪峰镇", 1, datetime.date(year, 8, 1))
    yield _facility("明溪县应急物资储备库", "物资储备站", COUNTY, 1, datetime.date(year - 6, 6, 1))
    chance = Chance("facilities")
    for area in townships():
        shelters = chance.whole(5, 14)
        yield _facility(f"{area}避灾点", "避灾点", area, shelters, datetime.date(year - 4, 4, 1))
        water = chance.whole(3, 9)
        yield _facility(f"{area}森林消防取水点", "取水点", area, water, datetime.date(year - 3, 10, 1))

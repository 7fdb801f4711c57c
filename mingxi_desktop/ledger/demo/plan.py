"""How much of everything the demonstration county did in its year and in the year before.

The numbers size the records; they reach the indicators only through the records.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publicity:
    """What publicity handed out: leaflets, banners, vehicles on the road (辆次), text messages."""

    leaflets: int
    banners: int
    vehicles: int
    messages: int


@dataclass(frozen=True, slots=True)
class Course:
    """Sessions and participants of one kind of training."""

    sessions: int
    people: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One year.

    Money in 元, but prices in `purchases` (item: quantity, price) in 分.  left: what stays in the store on
    31 December.  funds_won: the grants by purpose.  chemical_drill: departments, enterprises, people.
    publicity_base: what was put into publicity bases.  round_numbers: the bureau wrote 余 in this year.
    """

    year: int
    name: str
    safety_meetings: int
    flood_meetings: int
    township_calls: int
    leader_inspections: int
    joint_enforcements: int
    assistance_visits: int
    assisted_enterprises: int
    hazards: int
    open_hazards: int
    major_hazards: int
    obstacles: int
    billboards: int
    penalties: int
    fined_cases: int
    fines: int
    mesh_cases: int
    exit_cases: int
    managers: Course
    briefings: Course
    workers: Course
    officers: Course
    drills: Course
    publicity_people: int
    publicity: Publicity
    dispatched: dict[str, int]
    left: dict[str, int]
    purchases: dict[str, tuple[int, int]]
    beneficiaries: int
    funds_won: dict[str, tuple[int, ...]]
    relief_paid: int
    chemical_drill: tuple[int, int, int]
    publicity_base: int
    round_numbers: bool


def this_year(year: int) -> Plan:
    """The year of the published report."""
    return Plan(
        year=year,
        name="this",
        safety_meetings=7,
        flood_meetings=13,
        township_calls=10,
        leader_inspections=9,
        joint_enforcements=116,
        assistance_visits=64,
        assisted_enterprises=39,
        hazards=1683,
        open_hazards=4,
        major_hazards=73,
        obstacles=1155,
        billboards=4,
        penalties=195,
        fined_cases=158,
        fines=760_260,
        mesh_cases=15,
        exit_cases=5,
        managers=Course(49, 2097),
        briefings=Course(15, 297),
        workers=Course(28, 745),
        officers=Course(43, 2100),
        drills=Course(119, 20_000),
        publicity_people=6966,
        publicity=Publicity(27_053, 1399, 6033, 36_637),
        dispatched={"棉被": 800, "棉大衣": 390, "羽绒服": 333, "取暖器": 272, "毛毯": 100},
        left={"棉被": 86, "棉大衣": 120, "羽绒服": 95, "取暖器": 64, "毛毯": 45},
        purchases={
            "消防水泵": (18, 980_000),
            "高压水带": (46, 125_000),
            "风力灭火机": (26, 360_000),
            "五小件": (500, 28_000),
            "皮划艇": (30, 680_000),
            "对讲机": (10, 120_000),
            "救生衣": (900, 13_000),
            "编织袋": (46_400, 250),
            "执法录入终端": (3, 450_000),
        },
        beneficiaries=400,
        funds_won={
            "自然灾害救灾": (850_000, 500_000),
            "物资储备站": (960_000,),
            "防寒物资": (300_000,),
            "防汛物资": (543_000,),
            "其他": (1_865_000, 1_200_000, 983_600, 750_000, 360_000),
        },
        relief_paid=1_350_000,
        chemical_drill=(23, 21, 200),
        publicity_base=350_000,
        round_numbers=True,
    )


def last_year(year: int) -> Plan:
    """The year before it, to compare with; a little less of nearly everything."""
    return Plan(
        year=year - 1,
        name="last",
        safety_meetings=6,
        flood_meetings=11,
        township_calls=8,
        leader_inspections=8,
        joint_enforcements=101,
        assistance_visits=55,
        assisted_enterprises=34,
        hazards=1502,
        open_hazards=12,
        major_hazards=61,
        obstacles=982,
        billboards=6,
        penalties=171,
        fined_cases=139,
        fines=683_450,
        mesh_cases=11,
        exit_cases=4,
        managers=Course(43, 1836),
        briefings=Course(12, 246),
        workers=Course(25, 668),
        officers=Course(37, 1842),
        drills=Course(104, 17_460),
        publicity_people=6125,
        publicity=Publicity(23_460, 1216, 5485, 31_240),
        dispatched={"棉被": 620, "棉大衣": 345, "羽绒服": 280, "取暖器": 230, "毛毯": 110},
        left={"棉被": 240, "棉大衣": 95, "羽绒服": 80, "取暖器": 70, "毛毯": 40},
        purchases={
            "消防水泵": (15, 960_000),
            "高压水带": (40, 120_000),
            "风力灭火机": (21, 350_000),
            "五小件": (430, 27_000),
            "皮划艇": (24, 670_000),
            "对讲机": (8, 118_000),
            "救生衣": (760, 12_500),
            "编织袋": (40_000, 250),
            "执法录入终端": (2, 460_000),
        },
        beneficiaries=345,
        funds_won={
            "自然灾害救灾": (700_000, 480_000),
            "物资储备站": (780_000,),
            "防寒物资": (260_000,),
            "防汛物资": (486_000,),
            "其他": (1_520_000, 1_100_000, 845_400, 620_000),
        },
        relief_paid=1_180_000,
        chemical_drill=(19, 18, 176),
        publicity_base=450_000,
        round_numbers=False,
    )

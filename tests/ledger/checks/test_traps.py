"""The thirteen ways a bureau counts twice, as clerks write them, one by one and together; and what is none of them.

Each case says only what an outsider knows: what was entered, and which records some finding has to name.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports.order import Order
from tests.ledger.conftest import Add
from tests.ledger.unprinted import draw_nothing

TODAY = datetime.date(2025, 2, 1)
_OWED = frozenset({"unreported", "drills_owed"})
"""What a ledger with a few records always owes."""
THREE = ("盖洋镇", "夏阳乡", "胡坊镇")
TOTAL = {"granularity": "汇总"}
OUTSIDE = {"campaign": ("生命通道·拆窗破网",), "category": "门窗障碍物"}
GRANT = {"purpose": "自然灾害救灾", "amount": 85_000_000, "doc_no": "闽财建指〔2024〕63号"}

Case = Callable[["Clerk"], object]


@dataclass(slots=True)
class Clerk:
    """Enters records into an empty ledger and remembers those that a finding must name."""

    ledger: Ledger
    add: Add
    kinds: set[str] = field(default_factory=set)
    """Ledgers that were written to: only what looks at these is asked; none for all."""

    def __call__(self, kind: str, on: str, **values: Any) -> Ref:
        """A record of a day, YYYY-MM-DD or MM-DD of 2024."""
        day = datetime.date.fromisoformat(on if len(on) > 5 else f"2024-{on}")
        self.kinds.add(kind)
        return kind, self.add(kind, record_date=day, **values)

    def hazard(self, on: str, what: str, number: int = 1, **values: Any) -> Ref:
        """One that was put right, or a total of several that were."""
        sort = TOTAL if number > 1 else {}
        amounts = {"quantity_found": number, "quantity_rectified": number}
        return self("hazard", on, description=what, **{**sort, **amounts, **values})

    def flood(self, name: str = "6.9洪涝", first: str = "06-09", last: str = "06-18") -> str:
        """Its reference."""
        end = datetime.date.fromisoformat(f"2024-{last}")
        return f"disaster_event:{self('disaster_event', first, name=name, end_date=end)[1]}"

    def goods(self, on: str, type_: str, number: int, **values: Any) -> Ref:
        """A slip over so many quilts."""
        return self(
            "supply_movement", on, type=type_, supply_line=[{"item": "棉被", "quantity": number}], **values
        )

    def response(self, first: str, last: str, **values: Any) -> Ref:
        """One from a moment to another, MM-DD HH."""
        start, end = (datetime.datetime.fromisoformat(f"2024-{at}:00") for at in (first, last))
        self.kinds.add("response")
        return "response", self.add("response", start_at=start, end_at=end, **values)


def _tallies(clerk: Clerk) -> list[Ref]:
    flood = clerk.flood()
    return [
        clerk("response_tally", f"06-{day}", event=flood, evacuees=people)
        for day, people in (("09", 100), ("10", 180), ("11", 260))
    ]


def _two_floods(clerk: Clerk) -> list[Ref]:
    first, second = clerk.flood(), clerk.flood("6月洪灾", "06-10", "06-17")
    return [
        clerk("disaster_loss", "06-10", event=first, stage="初报", affected=100),
        clerk("disaster_loss", "06-20", event=second, stage="核报", affected=150),
    ]


def _county_loss(clerk: Clerk) -> list[Ref]:
    flood = clerk.flood()
    return [
        clerk("disaster_loss", "06-20", event=flood, stage="核报", area=area, affected=people)
        for area, people in (("盖洋镇", 100), ("夏阳乡", 50), ("县直", 150))
    ]


def _stages(clerk: Clerk) -> list[Ref]:
    flood = clerk.flood()
    return [
        clerk("disaster_loss", f"06-{day}", event=flood, stage="初报", affected=people)
        for day, people in ((10, 100), (12, 150))
    ]


def _frozen(clerk: Clerk) -> list[Ref]:
    one = clerk.hazard("06-09", "消防通道堵塞")
    clerk.ledger.frozen.freeze(Order(2024), by="张三", despite=True)
    clerk.ledger.edit("hazard", one[1], {"quantity_found": 5, "quantity_rectified": 5})
    return [one]


TRAPS: dict[str, Callable[[Clerk], list[Ref]]] = {
    "1 daily reports that run on": _tallies,
    "1 截至": lambda c: [c.hazard(f"06-{d}", f"截至6月{d}日排查隐患", n) for d, n in ((14, 20), (21, 31))],
    "1 without a word": lambda c: [
        c.hazard(f"06-{d}", "消防隐患", n) for d, n in (("07", 12), ("14", 20), ("21", 31), ("28", 40))
    ],
    "1 the first month does not say so": lambda c: [
        c("accident", f"0{m}-28", area="县直", cases=n, note=said, **TOTAL)
        for m, n, said in ((1, 2, "1月"), (2, 3, "1-2月累计"), (3, 5, "1-3月累计"))
    ],
    "2 hazards": lambda c: [
        c.hazard("06-30", "6月隐患", 5), *(c.hazard(f"06-1{i}", f"{i}号楼灭火器失效") for i in range(5))
    ],
    "2 drills": lambda c: [
        c("activity", "06-30", area="盖洋镇", type="应急演练", title="应急演练", sessions=3, **TOTAL),
        c("activity", "06-12", area="盖洋镇", type="应急演练", title="防汛演练"),
    ],
    "3 a hazard": lambda c: [c.hazard("06-09", "消防通道堵塞", place="甲厂") for _ in "12"],
    "3 corrected by a second record": lambda c: [
        c.hazard("06-09", "疏散指示灯损坏", n, place="甲厂", granularity="逐条") for n in (1, 3)
    ],
    "3 a penalty": lambda c: [c("enforcement_case", "06-10", party="甲厂", cause="未检测报警器") for _ in "12"],
    "4 nothing but the day": lambda c: [c("inspection", "05-29", type="连片联合执法", area=a) for a in THREE],
    "4 one leader": lambda c: [
        c("inspection", "05-16", type="执法检查", area=a, leader="王建国") for a in THREE
    ],
    "4 one call": lambda c: [c("meeting", "06-10", type="点对点调度", area=a) for a in THREE],
    "4 a joint drill": lambda c: [
        c("activity", "03-12", area=a, type="应急演练", title="三乡镇森林防火联合演练") for a in THREE
    ],
    "5 both legs": lambda c: [
        c.goods("06-10", "调拨", 100, area="县直"), c.goods("06-12", "发放", 100, receiver=None)
    ],
    "5 two slips for one lot": lambda c: [c.goods(f"06-1{d}", "调拨", 100) for d in (0, 2)],
    "6 won and paid": lambda c: [
        c("fund", "07-16", area="县直", **GRANT),
        c("fund", "08-01", area="县直", direction="下拨", **{**GRANT, "doc_no": "明财综〔2024〕31号"}),
    ],
    "6 won by two": lambda c: [c("fund", on, area=a, **GRANT) for on, a in (("07-16", "县直"), ("07-20", "盖洋镇"))],
    "6 parts beside the whole": lambda c: [
        c("fund", "07-16", area="县直", purpose=what, amount=amount * 1_000_000)
        for what, amount in (("自然灾害救灾", 10), ("应急抢险", 3), ("受灾救助", 5), ("倒损房重建", 2))
    ],
    "7 one stage twice": _stages,
    "7 two floods that are one": _two_floods,
    "7 the county's total": _county_loss,
    "8 a change of level": lambda c: [c.response("06-09 08", "06-11 08"), c.response("06-11 08", "06-15 12")],
    "8 a township follows": lambda c: [
        c.response("06-09 08", "06-19 12", area=area) for area in ("县直", "盖洋镇")
    ],
    "9 found again": lambda c: [
        c.hazard("2023-12-20", "消防通道堵塞", place="乙厂", quantity_rectified=0),
        c.hazard("01-15", "消防通道堵塞", place="乙厂"),
    ],
    "9 a total carried over": lambda c: [
        c.hazard("2023-12-31", "12月隐患排查", 20, quantity_rectified=15),
        c.hazard("01-31", "上年结转隐患整改", 5),
    ],
    "9 relief over New Year": lambda c: [c.goods(on, "调拨", 100) for on in ("2023-12-28", "01-05")],
    "10 without county and form": lambda c: [
        c.hazard(f"06-0{i}", f"隐患{i}", place=name)
        for i, name in enumerate(("明溪县金石矿业有限公司", "金石矿业", "明溪金石矿业公司"), 1)
    ],
    "10 by ear": lambda c: [
        c.hazard(f"06-0{i}", f"隐患{i}", place=f"明溪县永盛建材{end}") for i, end in enumerate("厂场", 1)
    ],
    "11 小计 as the place": lambda c: [c.hazard("06-30", "隐患排查", 7, place="小计")],
    "11 合计 beside its rows": lambda c: [
        *(c.hazard("06-30", "6月隐患排查", n, area=a) for a, n in zip(THREE, (12, 7, 9), strict=True)),
        c.hazard("06-30", "合计", 28, area="县直"),
    ],
    "11 the county's sum of money": lambda c: [
        c("fund", "07-16", area=a, direction="下拨", purpose="受灾救助", amount=n * 1_000_000)
        for a, n in (("县直", 12), ("盖洋镇", 4), ("夏阳乡", 8))
    ],
    "12 against the setting": lambda c: [c.hazard("06-30", "门窗障碍物", 30, in_total=True, **OUTSIDE)],
}  # fmt: skip


def _increments(clerk: Clerk) -> None:
    flood = clerk.flood()
    for day, people in ((9, 100), (10, 80), (11, 160)):
        clerk("response_tally", f"06-{day:02}", event=flood, evacuees=people)


def _losses(clerk: Clerk) -> None:
    for name, first, last in (("6.9洪涝", "06-09", "06-12"), ("6.19洪涝", "06-19", "06-22")):
        flood = clerk.flood(name, first, last)
        for on, stage, people in ((first, "初报", 100), (last, "核报", 140)):
            clerk("disaster_loss", on, event=flood, stage=stage, affected=people)


def _rounds(clerk: Clerk) -> None:
    _, slip = clerk.goods("06-10", "调拨", 100, area="县直", doc_no="DB2024-03")
    for on, number in (("06-12", 40), ("06-14", 30), ("06-18", 30)):
        clerk.goods(on, "发放", number, receiver=None, dispatch=f"supply_movement:{slip}")
    clerk.goods("06-14", "调拨", 100, area="县直", doc_no="DB2024-07")


def _drills(clerk: Clerk) -> None:
    for day, village in enumerate(("葫芦形", "杨地", "白叶"), 10):
        clerk(
            "activity",
            f"05-{day}",
            area="盖洋镇",
            type="应急演练",
            title="村级防汛演练",
            venue=f"{village}村",
        )


def _money(clerk: Clerk) -> None:
    clerk("fund", "07-16", area="县直", **GRANT)
    for area, amount, number in (("盖洋镇", 45_000_000, 31), ("夏阳乡", 40_000_000, 32)):
        values = {**GRANT, "amount": amount, "doc_no": f"明财综〔2024〕{number}号"}
        clerk("fund", "08-26", area=area, direction="下拨", **values)
    for month in (4, 5, 6):
        doc = f"闽财建指〔2024〕{60 - month}号"
        clerk("fund", f"0{month}-16", area="县直", purpose="防汛物资", amount=20_000_000, doc_no=doc)


def _many(clerk: Clerk) -> None:
    for number in range(1, 15):
        for name in (f"企业{number}", f"明溪县第{number}木业有限公司"):
            clerk.hazard(f"06-{number:02}", "灭火器过期", place=name)


INNOCENT: dict[str, Case] = {
    "honest increments": _increments,
    "months that happen to grow": lambda c: [
        c.hazard(f"0{m}-28", "当月隐患排查", n) for m, n in ((1, 8), (2, 11), (3, 12), (4, 15))
    ],
    "equal months": lambda c: [c.hazard(f"0{m}-28", "每月隐患排查", 10) for m in range(1, 7)],
    "three teams on one day": lambda c: [
        c("inspection", "05-16", type="连片联合执法", area=a, leader=f"{who}建国", enterprises=(f"{who}家石材厂",))
        for a, who in zip(THREE, "王李张", strict=True)
    ],
    "patrols of each township": lambda c: [
        c("inspection", f"06-{day}", type="日常巡查", area=a) for day in (10, 11) for a in THREE
    ],
    "a firm twice in a week": lambda c: [
        c.hazard(on, what, place="甲厂") for on, what in (("06-10", "灭火器过期"), ("06-14", "安全出口堵塞"))
    ],
    "one drill in several villages": _drills,
    "given out in rounds": _rounds,
    "grants and what was paid out of them": _money,
    "one response after another": lambda c: [
        c.response("06-09 08", "06-12 08"), c.response("06-16 08", "06-18 18"),
        c.response("06-17 08", "06-20 18", type="防台风"),
    ],
    "two storms": _losses,
    "a campaign outside the total": lambda c: [
        c.hazard("06-30", "门窗障碍物", 30, in_total=False, **OUTSIDE), c.hazard("06-20", "灭火器失效"),
    ],
    "小计 in a name": lambda c: [
        c.hazard("06-10", "小计村路口无警示标志", place="小计村卫生所"),
        c.hazard("06-11", "总计量室门损坏", place="合计科技有限公司"),
    ],
    "the same again a year later": lambda c: [
        c.hazard(on, "配电箱未接地", place="乙厂", rectified_date=datetime.date.fromisoformat(done))
        for on, done in (("2023-05-20", "2023-06-01"), ("05-22", "2024-06-02"))
    ],
    "many firms by number": _many,
    "schools and stations": lambda c: [
        c.hazard(f"06-{i}", f"第{i}项隐患", area="夏阳乡", place=name)
        for i, name in enumerate(("明溪县第一加油站", "明溪县第二加油站", "夏阳小学", "夏坊小学", "城关中学"), 10)
    ],
}  # fmt: skip


@pytest.fixture
def clerk(ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A clerk with an empty ledger."""
    draw_nothing(monkeypatch)
    return Clerk(ledger, add)


def _told(clerk: Clerk) -> Iterator[Concern]:
    for concern in clerk.ledger.checks.find(2024, TODAY, frozenset(clerk.kinds) or None):
        if concern.code not in _OWED:
            yield concern


def _naming(told: list[Concern], records: list[Ref]) -> list[Concern]:
    """The findings that name all of the records."""
    return [one for one in told if set(records) <= set(one.records) and one.severity != Severity.INFO]


@pytest.mark.parametrize("trap", TRAPS)
def test_each_trap_is_found_with_its_records(clerk: Clerk, trap: str) -> None:
    records = TRAPS[trap](clerk)
    told = list(_told(clerk))
    found = _naming(told, records)
    assert found, [concern.message for concern in told]
    assert all(len(concern.message) <= 200 and "None" not in concern.message for concern in found)


@pytest.mark.parametrize("innocent", INNOCENT)
def test_what_counts_once_is_not_told_of(clerk: Clerk, innocent: str) -> None:
    INNOCENT[innocent](clerk)
    assert [concern.message for concern in _told(clerk)] == []


_TOGETHER = (
    "1 daily reports that run on", "2 hazards", "3 a penalty", "4 nothing but the day", "5 both legs",
    "6 won and paid", "8 a change of level", "9 found again", "10 without county and form", "11 小计 as the place",
    "12 against the setting",
)  # fmt: skip


def test_all_traps_in_one_ledger(clerk: Clerk) -> None:
    flood = clerk.flood("8.20洪涝", "08-20", "08-24")
    losses = [
        clerk("disaster_loss", f"08-2{day}", event=flood, stage="初报", area="枫溪乡", affected=100 + day)
        for day in (1, 3)
    ]
    records = {name: TRAPS[name](clerk) for name in _TOGETHER} | {"7 one stage twice": losses}
    records["13 corrected after the report"] = _frozen(clerk)
    clerk.kinds.clear()
    told = list(_told(clerk))
    missed = [name for name, some in records.items() if not _naming(told, some)]
    assert missed == []

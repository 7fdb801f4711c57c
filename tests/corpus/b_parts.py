"""Other ledgers whose headers leave open what a number is, or spread it over two columns."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import EVENT
from tests.corpus.b_more import tally
from tests.corpus.b_sums import LOSS, book
from tests.corpus.expect import Case, Want

_LOSSES = [f"{EVENT}灾情统计表（核报，截至6月19日12时）"]


def _houses(**numbers: int | None) -> dict[str, Any]:
    names = ("collapsed", "severe", "slight")
    rooms = {f"{name}_rooms": None for name in names}
    return dict(area="夏坊乡", affected=12, **LOSS) | dict.fromkeys(names) | rooms | numbers


CASES = [
    Case(
        "b_tally_of_which_new.xlsx",
        "response_tally",
        "a daily report: those away, and of which new today",
        book(["“6.9-6.18”强降雨防汛日报（6月13日）"], "乡镇|转移人数|其中：今日新增", ["夏坊乡", 12, 3]),
        Want([tally("夏坊乡", "2024-06-13", 12), tally("夏坊乡", "2024-06-13", 3, "当日新增")]),
        also=[
            Want([tally("夏坊乡", "2024-06-13", 12)]),
            Want([tally("夏坊乡", "2024-06-13", 3, "当日新增")]),
            Want([], bad=[3]),
            Want(),
        ],
    ),
    Case(
        "b_houses_no_unit.xlsx",
        "disaster_loss",
        "pairs of households and rooms under headers without a unit",
        book(_LOSSES, "乡镇|受灾人口|倒塌房屋|严重损房|一般损房", ["夏坊乡", 12, "1/3", "2/5", "3/7"]),
        Want([], bad=[3]),
        also=[
            Want(),
            Want(
                [_houses(collapsed=1, collapsed_rooms=3, severe=2, severe_rooms=5, slight=3, slight_rooms=7)],
                warn=["户"],
            ),
        ],
    ),
    Case(
        "b_houses_damaged.xlsx",
        "disaster_loss",
        "damaged houses without saying how badly",
        book(_LOSSES, "乡镇|受灾人口|倒塌房屋（间）|损坏房屋（间）", ["夏坊乡", 12, 3, 7]),
        Want([_houses(collapsed_rooms=3, slight_rooms=7)], warn=["按一般损坏记"]),
        also=[Want([], bad=[3]), Want()],
    ),
    Case(
        "b_trainings_pairs.xlsx",
        "activity",
        "sessions and people of two kinds of training beside each other",
        book(
            ["2024年6月培训统计表"],
            "乡镇|企业负责人培训（场）|企业负责人培训（人）|从业人员培训（场）|从业人员培训（人）",
            ["盖洋镇", 1, 20, 2, 80],
        ),
        Want(
            [
                dict(area="盖洋镇", type="企业负责人培训", sessions=1, participants=20),
                dict(area="盖洋镇", type="从业人员培训", sessions=2, participants=80),
            ]
        ),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_inspections_no_times.xlsx",
        "inspection",
        "a month's firms and people, not how many inspections",
        book(
            ["2024年6月检查情况统计表"],
            "乡镇|检查类型|检查组（个）|检查企业（家）|出动人员（人次）",
            ["盖洋镇", "执法检查", 3, 12, 20],
        ),
        Want([], bad=[3]),
        also=[
            Want(),
            Want([dict(area="盖洋镇", type="执法检查", times=1, visits=12, staff=20)], warn=["次数"]),
        ],
    ),
]

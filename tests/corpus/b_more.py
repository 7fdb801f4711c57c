"""Other ledgers once more: running totals, goods, drills, teams, meetings, as townships send them."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import EVENT
from tests.corpus.b_sums import book
from tests.corpus.books import xlsx
from tests.corpus.expect import Case, Want


def goods(area: str, item: str, quantity: float, date: str = "2024-01-22") -> dict[str, Any]:
    """A line of goods."""
    return dict(record_date=date, area=area, item=item, quantity=quantity)


def tally(area: str, date: str, people: int, basis: str = "累计") -> dict[str, Any]:
    """A figure of those brought away."""
    return dict(area=area, record_date=date, evacuees=people, basis=basis, event="6.9-6.18")


def _drills() -> bytes:
    def merge(sheet: Any) -> None:
        for place in ("A2:A3", "B2:B3", "C2:D2", "E2:F2"):
            sheet.merge_cells(place)

    upper = ["乡镇", "月份", "防汛", None, "森林火灾", None]
    lower = [None, None, "场次", "人数", "场次", "人数"]
    rows = [["盖洋镇", "2024年6月", 2, "60人", 1, 30], ["胡坊镇", "2024年6月", 1, 25, 0, 0]]
    return xlsx([["2024年应急演练统计表"], upper, lower, *rows], merge)


def _drill(area: str, kind: str, sessions: int, people: int) -> dict[str, Any]:
    return dict(area=area, type="应急演练", hazard_type=kind, sessions=sessions, participants=people)


CASES = [
    Case(
        "b_tally_days.xlsx",
        "response_tally",
        "a column for each day",
        book(
            [f"{EVENT}累计转移人数统计表"],
            "乡镇|6月13日|6月14日|6月15日",
            ["夏坊乡", 10, 12, 15],
            ["枫溪乡", 5, 5, None],
        ),
        Want(
            [
                tally(area, f"2024-06-{date}", people)
                for area, date, people in (
                    ("夏坊乡", 13, 10),
                    ("夏坊乡", 14, 12),
                    ("夏坊乡", 15, 15),
                    ("枫溪乡", 13, 5),
                    ("枫溪乡", 14, 5),
                )
            ]
        ),
        also=[Want(), Want([], bad=[3, 4])],
    ),
    Case(
        "b_tally_falls.xlsx",
        "response_tally",
        "a running total that falls, one below zero, one of 0",
        book(
            [f"{EVENT}转移情况（累计）"],
            "乡镇|日期|转移人数",
            ["夏坊乡", "6月13日", 12],
            ["夏坊乡", "6月14日", 10],
            ["枫溪乡", "6月13日", -3],
            ["盖洋镇", "6月13日", 0],
        ),
        Want(
            [tally("夏坊乡", "2024-06-13", 12), tally("盖洋镇", "2024-06-13", 0)],
            bad=[5],
            maybe={4: [tally("夏坊乡", "2024-06-14", 10)]},
            flagged=[4],
        ),
    ),
    Case(
        "b_goods_cells.xlsx",
        "supply_movement",
        "numbers with units, a price and a value beside them",
        book(
            ["2024年1月22日救灾物资调拨清单"],
            "接收单位|物资名称|规格|数量|单价（元）|金额（元）",
            ["盖洋镇", "棉被", "1.5×2m", "100床", 120, 12000],
            ["盖洋镇", "毛毯", "加厚", 10, 80, "800"],
            ["胡坊镇", "棉大衣", None, "-5", 90, None],
            ["胡坊镇", "取暖器", None, "2.5", 200, None],
        ),
        Want(
            [goods("盖洋镇", "棉被", 100), goods("盖洋镇", "毛毯", 10)],
            bad=[5],
            maybe={6: [goods("胡坊镇", "取暖器", 2.5)]},
        ),
        lines="supply_line",
        also=[Want(), Want([], bad=[3, 4, 5, 6])],
    ),
    Case(
        "b_goods_stock.xlsx",
        "supply_movement",
        "stock: before, in, out, left",
        book(
            ["2024年6月物资库存表"],
            "物资名称|单位|上月结存|本月入库|本月出库|本月结存",
            ["棉被", "床", 100, 50, 30, 120],
            ["毛毯", "件", 20, 0, 5, 15],
        ),
        Want(),
        lines="supply_line",
        also=[Want([], bad=[3, 4])],
    ),
    Case(
        "b_goods_people.xlsx",
        "supply_movement",
        "handed out to people by name",
        book(
            ["盖洋镇救灾物资发放登记表（2024年1月22日）"],
            "序号|姓名|身份证号|联系电话|棉被（床）|毛毯（件）|领取人签字",
            [1, "张小三", "350421198001011234", "13712345678", 1, 1, None],
            [2, "李小四", "350421198202021234", "13712345679", 2, None, None],
            ["合计", None, None, None, 3, 1, None],
        ),
        Want([goods("盖洋镇", "棉被", 1), goods("盖洋镇", "棉被", 2), goods("盖洋镇", "毛毯", 1)]),
        lines="supply_line",
        also=[Want(), Want([], bad=[3, 4]), Want([goods("盖洋镇", "棉被", 3), goods("盖洋镇", "毛毯", 1)])],
        absent=["张小三", "350421198001011234", "13712345678"],
    ),
    Case(
        "b_goods_same_name.xlsx",
        "supply_movement",
        "the good twice in the header, with another unit",
        book(
            ["2024年1月22日救灾物资调拨表"],
            "乡镇|棉被（床）|棉被（元）|毛毯（件）|合计（件）",
            ["盖洋镇", 10, 1200, 5, 15],
            ["胡坊镇", 20, 2400, 0, 20],
        ),
        Want(
            [goods("盖洋镇", "棉被", 10), goods("盖洋镇", "毛毯", 5), goods("胡坊镇", "棉被", 20)],
            warn=["棉被（元）"],
        ),
        lines="supply_line",
        also=[Want(), Want([], bad=[3, 4])],
    ),
    Case(
        "b_drills_pairs.xlsx",
        "activity",
        "sessions and people under each kind of drill",
        _drills,
        Want(
            [
                _drill("盖洋镇", "防汛", 2, 60),
                _drill("盖洋镇", "森林火灾", 1, 30),
                _drill("胡坊镇", "防汛", 1, 25),
            ]
        ),
        also=[Want(), Want([], bad=[4, 5])],
    ),
    Case(
        "b_teams_years.xlsx",
        "rescue_team",
        "teams by year as columns",
        book(
            ["各乡镇应急队伍数量统计"], "乡镇|2022年|2023年|2024年", ["盖洋镇", 3, 4, 5], ["胡坊镇", 2, 2, 3]
        ),
        Want(),
        also=[Want([], bad=[3, 4])],
    ),
    Case(
        "b_inspections_kinds.xlsx",
        "inspection",
        "kinds of inspections as columns",
        book(
            ["2024年6月检查情况统计表"],
            "乡镇|执法检查（次）|精准帮扶（次）|检查企业（家次）|发现隐患（条）",
            ["盖洋镇", 3, 2, 12, 30],
            ["胡坊镇", 1, 0, 4, 5],
        ),
        Want(
            [
                dict(area=a, type=k, times=n, record_date="2024-06-30")
                for a, k, n in (
                    ("盖洋镇", "执法检查", 3),
                    ("盖洋镇", "精准帮扶", 2),
                    ("胡坊镇", "执法检查", 1),
                )
            ]
        ),
        also=[Want(), Want([], bad=[3, 4]), Want([], bad=[3])],
    ),
    Case(
        "b_meetings_monthly.xlsx",
        "meeting",
        "meetings by township and month",
        book(
            "乡镇|月份|会议类型|次数|参加人数",
            ["盖洋镇", "2024年6月", "会商", "3次", "约30"],
            ["合计", None, None, 3, 30],
        ),
        Want(
            [dict(area="盖洋镇", record_date="2024-06-30", type="会商", times=3, attendance=30)], flagged=[3]
        ),
    ),
    Case(
        "b_accident_words.xlsx",
        "accident",
        "deaths in words, a loss in 元 and 万元",
        book(
            "事故日期|乡镇|行业|事故等级|起数|死亡人数|受伤人数|直接经济损失（万元）",
            ["2024-3-1", "雪峰镇", "道路交通", "一般", "1起", "1人", "无", 12.5],
            ["2024-3-2", "雪峰镇", "工贸", "一般", 1, "零", "2", "8000元"],
            ["2024-3-3", "雪峰镇", "工贸", "一般", 1, "死1伤2", None, None],
        ),
        Want(
            [],
            bad=[4],
            maybe={
                2: [dict(record_date="2024-03-01", deaths=1, injured=0, loss_fen=12500000)],
                3: [dict(record_date="2024-03-02", deaths=0, injured=2, loss_fen=800000)],
            },
        ),
    ),
    Case(
        "b_response_hours.xlsx",
        "response",
        "hours: 20时30分, 24时, noon, without an hour",
        book(
            ["全县防汛应急响应情况表（2024年）"],
            "乡镇|响应类型|响应级别|启动时间|终止时间",
            "县直|防暴雨|Ⅳ级|6月9日20时30分|6月9日24时",
            "县直|防台风|Ⅲ级|2024-7-24 下午6时|2024-7-27 中午12时",
            "县直|抗旱|IV|2024.9.1|2024.9.30",
        ),
        Want(
            [],
            maybe={
                3: [dict(type="防暴雨", start_at="2024-06-09T20:30", end_at="2024-06-10T00:00")],
                4: [dict(type="防台风", start_at="2024-07-24T18:00", end_at="2024-07-27T12:00")],
                5: [
                    dict(type="抗旱", start_at="2024-09-01T00:00", end_at=end)
                    for end in ("2024-09-30T00:00", "2024-09-30T23:59", "2024-09-30T24:00")
                ],
            },
        ),
    ),
    Case(
        "b_facility_counts.xlsx",
        "facility",
        "kinds of places as columns",
        book(
            ["各乡镇应急设施统计表（2024年6月）"],
            "乡镇|避灾点（个）|物资储备站（个）",
            ["盖洋镇", 7, 2],
            ["胡坊镇", 5, 1],
        ),
        Want(),
        also=[
            Want([], bad=[3, 4]),
            Want(
                [
                    dict(area=a, type=k, count=n)
                    for a, k, n in (
                        ("盖洋镇", "避灾点", 7),
                        ("盖洋镇", "物资储备站", 2),
                        ("胡坊镇", "避灾点", 5),
                        ("胡坊镇", "物资储备站", 1),
                    )
                ]
            ),
        ],
    ),
]

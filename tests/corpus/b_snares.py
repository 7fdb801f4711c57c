"""Other ledgers in which a careless reader takes the wrong one of two numbers."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import EVENT
from tests.corpus.b_more import goods, tally
from tests.corpus.b_sums import LOSS, book
from tests.corpus.books import sheets, xlsx
from tests.corpus.expect import Case, Want


def _activity(title: str, people: int | None, **more: Any) -> dict[str, Any]:
    return dict(title=title, participants=people, **more)


CASES = [
    Case(
        "b_tally_households.xlsx",
        "response_tally",
        "households and people in one cell",
        book(
            [f"{EVENT}转移情况（累计，截至6月13日18时）"],
            "乡镇|转移群众（户/人）",
            ["夏坊乡", "30/120"],
            ["枫溪乡", "10户35人"],
        ),
        Want([], maybe={3: [tally("夏坊乡", "2024-06-13", 120)], 4: [tally("枫溪乡", "2024-06-13", 35)]}),
        also=[Want()],
    ),
    Case(
        "b_tally_households_columns.xlsx",
        "response_tally",
        "households and people in two columns",
        book(
            [f"{EVENT}转移情况（累计，截至6月13日18时）"],
            "乡镇|转移户数|转移人数|其中：集中安置|分散安置",
            ["夏坊乡", 30, 120, 45, 75],
        ),
        Want([tally("夏坊乡", "2024-06-13", 120)]),
    ),
    Case(
        "b_tally_no_event.xlsx",
        "response_tally",
        "two days of one township, no event anywhere",
        book(
            ["转移群众情况表"], "乡镇|日期|累计转移", ["夏坊乡", "2024-6-13", 12], ["夏坊乡", "2024-6-14", 15]
        ),
        Want([], bad=[3, 4]),
        also=[Want()],
    ),
    Case(
        "b_loss_ten_thousand.xlsx",
        "disaster_loss",
        "people in tens of thousands",
        book(
            [f"{EVENT}灾情统计表（核报，截至6月19日12时）"],
            "乡镇|受灾人口（万人）|直接经济损失（亿元）",
            ["枫溪乡", 0.1203, 0.012],
            ["夏坊乡", "0.02", "0.5"],
        ),
        Want(
            [
                dict(area="枫溪乡", affected=1203, loss_fen=120000000, **LOSS),
                dict(area="夏坊乡", affected=200, loss_fen=5000000000, **LOSS),
            ]
        ),
        also=[Want(), Want([], bad=[3, 4])],
    ),
    Case(
        "b_loss_parts.xlsx",
        "disaster_loss",
        "the loss and what it is made of; rooms before households",
        book(
            [f"{EVENT}灾情统计表（核报，截至6月19日12时）"],
            "乡镇|受灾人口|倒塌房屋间数|倒塌房屋户数|直接经济损失（万元）|其中：农业损失（万元）|工矿企业损失（万元）|基础设施损失（万元）",
            ["枫溪乡", 1203, 3, 1, 120, 60, 20, 40],
        ),
        Want(
            [dict(area="枫溪乡", affected=1203, collapsed=1, collapsed_rooms=3, loss_fen=120000000, **LOSS)]
        ),
    ),
    Case(
        "b_loss_stages.xlsx",
        "disaster_loss",
        "the stages of one township in one table",
        book(
            [f"{EVENT}灾情统计表"],
            "乡镇|报次|统计日期|受灾人口",
            ["枫溪乡", "初报", "6月13日", 800],
            ["枫溪乡", "续报1", "6月15日", 1000],
            ["枫溪乡", "核报", "6月19日", 1203],
            ["枫溪乡", "终报", "6月20日", 1300],
        ),
        Want(
            [
                dict(area="枫溪乡", stage="初报", record_date="2024-06-13", affected=800),
                dict(area="枫溪乡", stage="核报", record_date="2024-06-19", affected=1203),
            ],
            maybe={
                4: [dict(area="枫溪乡", stage="续报", record_date="2024-06-15", affected=1000)],
                6: [dict(area="枫溪乡", stage="核报", record_date="2024-06-20", affected=1300)],
            },
        ),
    ),
    Case(
        "b_publicity_text.xlsx",
        "activity",
        "what was handed out in one text",
        book(
            ["2024年安全宣传活动统计表"],
            "日期|乡镇|活动名称|类型|宣传内容|参与人数",
            ["2024-6-16", "盖洋镇", "安全生产月咨询日", "宣传活动", "发放传单3000份、横幅15条", "800余人"],
        ),
        Want([_activity("安全生产月咨询日", 800, approx="余")]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_trainings_people.xlsx",
        "activity",
        "people planned, came and passed",
        book(
            "日期|乡镇|类型|培训主题|应到人数|实到人数|合格人数",
            ["2024-6-9", "盖洋镇", "从业人员培训", "岗位规程", 50, 46, 44],
        ),
        Want([_activity("岗位规程", 46)]),
        also=[Want([], bad=[2]), Want(), Want([_activity("岗位规程", None)], warn=["实到"])],
    ),
    Case(
        "b_trainings_townships.xlsx",
        "activity",
        "sessions and people of the townships",
        book(
            ["2024年6月从业人员培训情况统计表"],
            "乡镇|培训场次|培训人次|备注",
            ["盖洋镇", 3, "120人次", None],
            ["胡坊镇", "2场", 80, "含企业"],
            ["小计", 5, 200, None],
        ),
        Want(
            [
                dict(
                    area="盖洋镇", type="从业人员培训", sessions=3, participants=120, record_date="2024-06-30"
                ),
                dict(
                    area="胡坊镇", type="从业人员培训", sessions=2, participants=80, record_date="2024-06-30"
                ),
            ],
            flagged=[5],
        ),
        also=[Want()],
    ),
    Case(
        "b_teams_text.xlsx",
        "rescue_team",
        "numbers with what they are made of, a span, a disbanded team",
        book(
            "乡镇|队伍名称|队伍类型|成立日期|人数|撤销日期",
            ["盖洋镇", "盖洋综合队", "乡镇综合", "2020-3-1", "30（其中党员5）", None],
            ["胡坊镇", "胡坊综合队", "乡镇综合", "2020-3-1", "20-30人", None],
            ["瀚仙镇", "瀚仙民兵队", "民兵应急", "2020-3-1", "15人", "2024-5-1"],
            ["沙溪乡", "沙溪民兵队", "民兵应急", "2024-5-1", 15, "2020-3-1"],
        ),
        Want(
            [dict(name="瀚仙民兵队", headcount=15, to_date="2024-05-01")],
            bad=[3, 5],
            maybe={2: [dict(name="盖洋综合队", headcount=30)]},
        ),
    ),
    Case(
        "b_goods_sheets.xlsx",
        "supply_movement",
        "a sheet for each good, the good only in its name",
        lambda: sheets(
            {
                name: [
                    ["接收单位", "调拨时间", "数量"],
                    ["盖洋镇", "2024-1-22", n],
                    ["胡坊镇", "2024-1-22", n + 1],
                ]
                for name, n in (("棉被", 10), ("毛毯", 20))
            }
        ),
        Want(
            [
                goods(area, item, n)
                for item, start in (("棉被", 10), ("毛毯", 20))
                for area, n in (("盖洋镇", start), ("胡坊镇", start + 1))
            ]
        ),
        lines="supply_line",
        also=[Want(), Want([], bad=[2, 3])],
    ),
    Case(
        "b_goods_pairs.xlsx",
        "supply_movement",
        "number and value under each good",
        lambda: xlsx(
            [
                ["2024年1月22日救灾物资调拨表"],
                ["乡镇", "棉被", None, "毛毯", None],
                [None, "数量（床）", "金额（元）", "数量（件）", "金额（元）"],
                ["盖洋镇", 10, 1200, 5, 400],
                ["胡坊镇", 20, 2400, None, None],
            ]
        ),
        Want([goods("盖洋镇", "棉被", 10), goods("盖洋镇", "毛毯", 5), goods("胡坊镇", "棉被", 20)]),
        lines="supply_line",
        also=[Want(), Want([], bad=[4, 5])],
    ),
    Case(
        "b_goods_plan.xlsx",
        "supply_movement",
        "planned and done",
        book(
            ["2024年1月22日救灾物资调拨表"],
            "乡镇|物资名称|计划数量|实际数量",
            ["盖洋镇", "棉被", 100, 80],
        ),
        Want([goods("盖洋镇", "棉被", 80)]),
        lines="supply_line",
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_goods_return.xlsx",
        "supply_movement",
        "taken back goods under the usual ones",
        book(
            "单号|日期|类型|接收单位|物资名称|数量",
            ["D1", "2024-1-22", "调拨", "盖洋镇", "棉被", 100],
            ["D2", "2024-2-22", "退回", "盖洋镇", "棉被", 20],
            ["D3", "2024-2-23", "报废", "县直", "棉被", 5],
        ),
        Want([goods("盖洋镇", "棉被", 100)], bad=[3], maybe={4: [goods("县直", "棉被", 5, "2024-02-23")]}),
        lines="supply_line",
    ),
    Case(
        "b_fines_and_seized.xlsx",
        "enforcement_case",
        "fined, seized and the sum of both",
        book(
            "案号|当事人|案由|处罚种类|罚款金额（元）|没收金额（元）|罚没合计（元）|决定日期|乡镇",
            ["明罚1号", "甲厂", "非法经营", "罚款、没收违法所得", 5000, 3000, 8000, "2024-6-9", "县直"],
        ),
        Want([dict(case_no="明罚1号", fine_fen=500000, measure=["罚款", "没收"])]),
        also=[Want([], bad=[2])],
    ),
    Case(
        "b_meeting_people.xlsx",
        "meeting",
        "those who came in words",
        book(
            "日期|乡镇|会议类型|会议主题|参会人数",
            ["2024-6-9", "县直", "会商", "第1次会商", "各乡镇主要领导"],
            ["2024-6-10", "县直", "会商", "第2次会商", "12人（含视频3人）"],
            ["2024-6-11", "县直", "会商", "第3次会商", "主会场20人，分会场90人"],
        ),
        Want([], bad=[2, 4], maybe={3: [dict(topic="第2次会商", attendance=12)]}),
    ),
    Case(
        "b_inspection_counts.xlsx",
        "inspection",
        "times and firms in one cell",
        book(
            "日期|乡镇|检查类型|检查次数|检查家次",
            ["2024-6-30", "盖洋镇", "执法检查", "3次", "12家次"],
            ["2024-6-30", "胡坊镇", "执法检查", "3次/12家", None],
        ),
        Want([dict(area="盖洋镇", times=3, visits=12)], bad=[3]),
    ),
    Case(
        "b_accidents_sum.xlsx",
        "accident",
        "sums by sector since January, and a total",
        book(
            ["2024年1-6月生产安全事故统计表"],
            "行业|起数|死亡人数|受伤人数|直接经济损失（万元）",
            ["道路交通", 3, 2, 1, 30],
            ["工贸", 1, 0, 1, 5],
            ["合计", 4, 2, 2, 35],
        ),
        Want(),
        also=[
            Want([], bad=[3, 4]),
            Want(
                [
                    dict(field="道路交通", cases=3, deaths=2, loss_fen=30000000),
                    dict(field="工贸", cases=1, deaths=0, loss_fen=5000000),
                ],
                flagged=[5],
            ),
        ],
    ),
    Case(
        "b_fine_no_unit.xlsx",
        "enforcement_case",
        "a fine of 0.5 without a unit, beside one of 5000",
        book(
            ["2024年行政处罚台账"],
            "案号|当事人|案由|处罚种类|罚款|决定日期|乡镇",
            ["明罚1号", "甲厂", "未培训", "罚款", 5000, "2024-6-9", "县直"],
            ["明罚2号", "乙厂", "未培训", "罚款", 0.5, "2024-6-9", "县直"],
        ),
        Want([], bad=[4], maybe={3: [dict(case_no="明罚1号", fine_fen=500000)]}),
    ),
    Case(
        "b_goods_hundreds.xlsx",
        "supply_movement",
        "a good counted in hundreds",
        book(["2024年1月22日救灾物资调拨表"], "乡镇|棉被（百床）|毛毯（件）", ["盖洋镇", 1, 5]),
        Want([goods("盖洋镇", "棉被", 100), goods("盖洋镇", "毛毯", 5)]),
        lines="supply_line",
        also=[Want(), Want([], bad=[3]), Want([goods("盖洋镇", "毛毯", 5)], warn=["棉被（百床）"])],
    ),
    Case(
        "b_trainings_ten_thousand.xlsx",
        "activity",
        "people in tens of thousands",
        book(["2024年6月从业人员培训统计表"], "乡镇|培训场次|培训人数（万人次）", ["盖洋镇", 3, 0.12]),
        Want([dict(area="盖洋镇", sessions=3, participants=1200)]),
        also=[Want(), Want([], bad=[3])],
    ),
]

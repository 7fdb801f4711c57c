"""Trainings, drills, publicity, teams, places."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import split
from tests.corpus.books import xlsx
from tests.corpus.expect import Build, Case, Want

_TRAINED = split("序号|乡镇|培训时间|类型|培训主题|培训人数|场次|备注")


def _book(*rows: Any) -> Build:
    return lambda: xlsx([split(row) if isinstance(row, str) else row for row in rows])


def _activity(
    date: str, kind: str, title: str, people: int | None, sessions: int = 1, **more: Any
) -> dict[str, Any]:
    return dict(record_date=date, type=kind, title=title, participants=people, sessions=sessions, **more)


_ROSTER = [
    ["2024年6月企业负责人培训签到表"],
    split("序号|姓名|性别|单位|身份证号|联系电话"),
    [1, "张小三", "男", "宏盛木业", "350421198001011234", "13712345678"],
    [2, "李小四", "女", "盖洋加油站", "350421198202021234", "13712345679"],
]

CASES = [
    Case(
        "b_trainings.xlsx",
        "activity",
        "trainings: 46人, about, half days, 1.2万人次",
        _book(
            _TRAINED,
            [1, "县直", "2024.6.9上午", "企业负责人培训", "一线三排", "46人", 1, None],
            [2, "盖洋镇", "2024年6月10日", "从业人员培训", "岗位规程", "200余人", "2场", None],
            [3, "胡坊镇", "2024-6-11", "宣传活动", "安全宣传咨询日", "1.2万人次", 1, None],
            [4, "胡坊镇", "2024-6-12", "宣传活动", "进村入户", "很多", 1, None],
            [5, "胡坊镇", "2024-6-13", "烧烤", "团建", 3, 1, None],
        ),
        Want(
            [
                _activity("2024-06-09", "企业负责人培训", "一线三排", 46, approx="准确"),
                _activity("2024-06-10", "从业人员培训", "岗位规程", 200, 2, approx="余"),
                _activity("2024-06-11", "宣传活动", "安全宣传咨询日", 12000, approx="准确"),
            ],
            bad=[5, 6],
        ),
    ),
    Case(
        "b_trainings_layout_1.xlsx",
        "activity",
        "the type only by those trained",
        _book(
            ["县应急局2024年安全生产教育培训台账"],
            "序号|培训时间|培训对象|培训主题|培训人数|学时|授课人|主办单位",
            "1|2024.6.9上午|企业主要负责人|“一线三排”|46人|4|外聘专家|应急局",
        ),
        Want([_activity("2024-06-09", "企业负责人培训", "“一线三排”", 46)]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_roster.xlsx",
        "activity",
        "a list of names with identity numbers",
        lambda: xlsx(_ROSTER),
        Want(),
        also=[Want([], bad=[3, 4]), Want([dict(participants=2)])],
        absent=["张小三", "350421198001011234", "13712345678"],
    ),
    Case(
        "b_drills.xlsx",
        "activity",
        "drills with form and kind",
        _book(
            "日期|乡镇|类型|演练名称|演练形式|演练类型|参演人数",
            "2024-5-12|县直|应急演练|地震应急演练|实战|地震|120",
            "2024-5-13|夏阳乡|应急演练|森林火灾演练|桌面推演|森林火灾|30",
            "2024-5-14|夏阳乡|宣传活动|发传单|实战||30",
        ),
        Want(
            [
                _activity(
                    "2024-05-12", "应急演练", "地震应急演练", 120, drill_form="实战", hazard_type="地震"
                ),
                _activity(
                    "2024-05-13", "应急演练", "森林火灾演练", 30, drill_form="桌面", hazard_type="森林火灾"
                ),
            ],
            bad=[4],
        ),
        also=[
            Want(
                [
                    _activity(
                        "2024-05-12", "应急演练", "地震应急演练", 120, drill_form="实战", hazard_type="地震"
                    )
                ],
                bad=[3, 4],
            )
        ],
    ),
    Case(
        "b_drills_wide.xlsx",
        "activity",
        "kinds of drills as columns, 1.2万 people for all",
        _book(
            ["2024年演练情况汇总表"],
            "乡镇/部门|防汛|森林火灾|消防|危化|地质灾害|其他|合计（场）|参与人次",
            "教育局|2|0|28|0|9|0|39|1.2万",
        ),
        Want(),
        also=[
            Want([], bad=[3]),
            Want([dict(sessions=39, participants=12000)]),
            Want(
                [
                    dict(sessions=n, hazard_type=kind)
                    for n, kind in ((2, "防汛"), (28, "消防"), (9, "地质灾害"))
                ]
            ),
        ],
    ),
    Case(
        "b_publicity.xlsx",
        "activity",
        "what was handed out as columns",
        _book(
            ["县应急局2024年安全宣传活动统计表"],
            "日期|乡镇|活动名称|类型|发放资料（份）|悬挂横幅（条）|宣传车（辆次）|短信（条）|参与人次",
            "2024-5-12|县直|防灾减灾日|宣传活动|3000余|15条|2|5000|800人",
        ),
        Want([_activity("2024-05-12", "宣传活动", "防灾减灾日", 800)]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_publicity_lines.xlsx",
        "activity",
        "the same: what became of the columns",
        _book(
            ["县应急局2024年安全宣传活动统计表"],
            "日期|乡镇|活动名称|类型|发放资料（份）|悬挂横幅（条）|宣传车（辆次）|短信（条）|参与人次",
            "2024-5-12|县直|防灾减灾日|宣传活动|3000余|15条|2|5000|800人",
        ),
        Want(
            [
                dict(item=item, quantity=n)
                for item, n in (("宣传资料", 3000), ("横幅", 15), ("防火宣传车", 2), ("宣传短信", 5000))
            ]
        ),
        also=[
            Want(),
            Want([], bad=[3]),
            Want([], warn=["发放资料", "悬挂横幅", "宣传车", "短信"]),
            Want(
                [
                    dict(item=item, quantity=n)
                    for item, n in (("宣传资料", 3000), ("横幅", 15), ("宣传短信", 5000))
                ],
                warn=["宣传车"],
            ),
        ],
        lines="activity_output",
    ),
    Case(
        "b_teams.xlsx",
        "rescue_team",
        "the year only, telephones",
        _book(
            ["应急救援队伍基本情况表"],
            "序号|乡镇|队伍名称|队伍类型|成立时间|人数|负责人|联系电话|装备情况",
            "1|雪峰镇|雪峰镇综合应急救援队|乡镇综合|2019年3月1日|30人|甲某人|13612345678|水泵2台",
            "2|盖洋镇|盖洋镇民兵应急分队|民兵应急|2020年|25|乙某人|13612345679|",
        ),
        Want(
            [
                dict(
                    area="雪峰镇",
                    name="雪峰镇综合应急救援队",
                    type="乡镇综合",
                    from_date="2019-03-01",
                    headcount=30,
                )
            ],
            maybe={
                4: [
                    dict(
                        area="盖洋镇", name="盖洋镇民兵应急分队", type="民兵应急", from_date=day, headcount=25
                    )
                    for day in ("2020-01-01", "2020-12-31")
                ]
            },
        ),
        absent=["13612345678", "甲某人"],
    ),
    Case(
        "b_teams_batch.xlsx",
        "rescue_team",
        "teams of a department as a total",
        _book(["部门兼职队伍汇总"], "主管部门|队伍数|总人数|备注", "卫健局|12|186|含乡镇卫生院"),
        Want(),
        also=[Want([], bad=[3])],
    ),
    Case(
        "b_facilities.xlsx",
        "facility",
        "shelters and places, the year they were built",
        _book(
            "序号|乡镇|名称|类别|建成时间|数量|管理单位",
            "1|雪峰镇|归化安全文化公园|宣教阵地|2022-05-01|1|应急局",
            "2|盖洋镇|镇中心小学|避灾点|2021年6月|1|学校",
            "3|盖洋镇|消防站|消防站|早年|1|镇政府",
        ),
        Want(
            [dict(area="雪峰镇", name="归化安全文化公园", type="宣教阵地", from_date="2022-05-01", count=1)],
            bad=[4],
            maybe={
                3: [
                    dict(area="盖洋镇", name="镇中心小学", type="避灾点", from_date=day, count=1)
                    for day in ("2021-06-30", "2021-06-01")
                ]
            },
        ),
    ),
    Case(
        "b_facilities_layout_2.xlsx",
        "facility",
        "shelters without a date",
        _book(["避灾点情况"], "乡镇|避灾点名称|级别|可容纳人数|是否启用", "盖洋镇|镇中心小学|镇级|200|否"),
        Want(),
        also=[Want([], bad=[3])],
    ),
]

"""Floods: responses, daily figures, meetings, disasters and their losses."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from tests.corpus.books import Rows, xlsx
from tests.corpus.expect import Build, Case, Want
from tests.corpus.rows import AREAS

EVENT = "“6.9-6.18”强降雨"


def split(text: str) -> list[str]:
    """A header or a row written with bars."""
    return text.split("|")


def _book(*rows: Any) -> Build:
    return lambda: xlsx([split(row) if isinstance(row, str) else row for row in rows])


def _responses() -> Rows:
    return [
        ["防汛应急响应启动情况统计表（2024年）"],
        split("序号|乡镇|响应类型|响应级别|启动时间|终止时间|备注"),
        [1, "县直", "防暴雨", "Ⅳ级", "2024年6月9日8时", "2024年6月19日12时", None],
        [2, "县直", "防台风", "Ⅲ", datetime.datetime(2024, 7, 24, 18, 30), "2024-07-27 9:00", None],
        [3, "盖洋镇", "防暴雨", "四级", "2024.8.1 20:00", "2024.8.2 8:00", None],
    ]


def _response(kind: str, area: str, start: str, end: str, **more: Any) -> Mapping[str, Any]:
    return dict(type=kind, area=area, start_at=start, end_at=end, **more)


_STARTED = [
    _response("防暴雨", "县直", "2024-06-09T08:00", "2024-06-19T12:00", top_level="Ⅳ"),
    _response("防台风", "县直", "2024-07-24T18:30", "2024-07-27T09:00", top_level="Ⅲ"),
    _response("防暴雨", "盖洋镇", "2024-08-01T20:00", "2024-08-02T08:00", top_level="Ⅳ"),
]
_CHAIN = split("序号|响应类型|响应级别|启动时间|调整时间|终止时间|文号|备注")
_RAISED = _response("防暴雨", "县直", "2024-06-09T08:00", "2024-06-19T12:00", top_level="Ⅲ")


def _daily(area: str, new: int, total: int, cadres: int, all_cadres: int) -> list[Any]:
    return [area, "6月13日", new, total, 5, cadres, all_cadres, "无"]


_TALLY = dict(record_date="2024-06-13", event="6.9-6.18")
_NEW = [
    dict(area="夏坊乡", basis="当日新增", evacuees=12, cadres=30, **_TALLY),
    dict(area="枫溪乡", basis="当日新增", evacuees=7, cadres=20, **_TALLY),
]
_ALL = [
    dict(area="夏坊乡", basis="累计", evacuees=132, cadres=86, **_TALLY),
    dict(area="枫溪乡", basis="累计", evacuees=97, cadres=50, **_TALLY),
]

_LOSS = dict(record_date="2024-06-19", event="6.9-6.18")

CASES = [
    Case(
        "b_responses.xlsx",
        "response",
        "responses with hours and levels",
        lambda: xlsx(_responses()),
        Want(_STARTED),
        also=[Want(code="E_NO_HEADER")],
    ),
    Case(
        "b_response_changes.xlsx",
        "response",
        "the change of level in a cell of its own",
        _book(
            ["全县防汛应急响应启动情况统计表（2024年）"],
            _CHAIN,
            "1|防暴雨|Ⅳ级|6月9日8时|6月13日17时升Ⅲ级|6月19日12时|明汛电〔2024〕11号|",
        ),
        Want([_RAISED]),
        also=[Want([], bad=[3]), Want()],
    ),
    Case(
        "b_response_levels.xlsx",
        "response",
        "a column for each level",
        _book(
            ["全县2024年防暴雨应急响应情况"],
            "名称|启动（Ⅳ）|升Ⅲ|升Ⅱ|降级|结束",
            "“6.9-6.18”强降雨|6.9|6.13|/|6.17|6.19",
        ),
        Want([dict(type="防暴雨", area="县直", top_level="Ⅲ")]),
        also=[Want([], bad=[3]), Want()],
    ),
    Case(
        "b_response_ends_first.xlsx",
        "response",
        "the end lies before the start",
        _book(
            "乡镇|响应类型|响应级别|启动时间|终止时间",
            "县直|防台风|Ⅳ|2024-07-24 18:00|2024-07-23 18:00",
            "县直|抗旱|Ⅳ|2024-09-01 08:00|2024-09-30 08:00",
        ),
        Want([_response("抗旱", "县直", "2024-09-01T08:00", "2024-09-30T08:00")], bad=[2]),
        also=[Want()],
    ),
    Case(
        "b_tally_increment.xlsx",
        "response_tally",
        "figures of one day, 当日新增 in the title",
        _book(
            [f"{EVENT}转移人员日报表（当日新增） 2024年6月13日"],
            "乡镇|下沉干部|转移人数|死亡|失踪|受伤",
            ["夏坊乡", 30, "12人", 0, "无", "/"],
            ["枫溪乡", 20, 7, None, None, None],
            ["合计", 50, 19, 0, 0, 0],
        ),
        Want(
            [
                dict(_NEW[0], deaths=0, missing=0, injured=0),
                dict(_NEW[1], deaths=None, missing=None, injured=None),
            ]
        ),
        also=[Want()],
    ),
    Case(
        "b_tally_both.xlsx",
        "response_tally",
        "increments and totals beside each other",
        _book(
            [f"{EVENT}防汛日报"],
            "填报单位|日期|当日新增转移|累计转移|回流人数|当日下沉干部|累计下沉|伤亡",
            _daily("夏坊乡", 12, 132, 30, 86),
            _daily("枫溪乡", 7, 97, 20, 50),
        ),
        Want([*_NEW, *_ALL]),
        also=[Want(_NEW), Want(_ALL), Want([], bad=[3, 4]), Want()],
    ),
    Case(
        "b_tally_rows.xlsx",
        "response_tally",
        "nine townships, event and basis in columns",
        lambda: xlsx(
            [
                split("灾害过程|统计日期|乡镇|口径|下沉干部|转移群众"),
                *(["6.9-6.18", "2024-06-14", area, "累计", 10 + n, 20 + n] for n, area in enumerate(AREAS)),
            ],
        ),
        Want(code="E_REFERENCE"),
        also=[
            Want([], bad=range(2, 11)),
            Want(
                [
                    dict(
                        event="6.9-6.18",
                        record_date="2024-06-14",
                        area=area,
                        basis="累计",
                        cadres=10 + n,
                        evacuees=20 + n,
                    )
                    for n, area in enumerate(AREAS)
                ]
            ),
        ],
    ),
    Case(
        "b_tally_shelters.xlsx",
        "response_tally",
        "shelters with several goods in a cell",
        _book(
            [f"{EVENT}避灾点开放情况（截至6月13日18时）"],
            "乡镇|开放避灾点(个)|安置人数|物资发放",
            ["沙溪乡", 7, 45, "棉被20床、方便面10箱"],
        ),
        Want(),
        also=[
            Want([], bad=[3]),
            Want([dict(area="沙溪乡", evacuees=45, basis="累计", **_TALLY)], warn=["物资发放"]),
        ],
    ),
    Case(
        "b_meetings.xlsx",
        "meeting",
        "meetings whose type is in their name",
        _book(
            "序号|会议名称|时间|地点|主持人|参会人员|主要内容",
            "1|全县安全生产工作会议|2024.1.15|县政府三楼|林某|各乡镇、部门|部署全年工作",
            "2|防汛工作部署会|2024年4月2日上午|防汛办|陈某|九个乡镇|部署防汛",
        ),
        Want(
            [
                dict(
                    record_date="2024-01-15", topic="全县安全生产工作会议", type="安全生产工作会", area="县直"
                ),
                dict(record_date="2024-04-02", topic="防汛工作部署会", type="防汛部署会", area="县直"),
            ]
        ),
        also=[Want(), Want([], bad=[2, 3])],
    ),
    Case(
        "b_meetings_typed.xlsx",
        "meeting",
        "meetings with type, township and numbers of people",
        _book(
            "日期|乡镇|会议类型|会议主题|参会人数",
            "2024-6-9|县直|会商|第3次防汛会商|35人",
            "2024-6-10|县直|党组会|学习文件|9",
            "2024-6-11|盖洋镇|约谈会|约谈企业|约10",
        ),
        Want(
            [
                dict(record_date="2024-06-09", type="会商", topic="第3次防汛会商", attendance=35),
                dict(record_date="2024-06-11", type="约谈会", topic="约谈企业", attendance=10),
            ],
            bad=[3],
        ),
    ),
    Case(
        "b_meetings_law.xlsx",
        "meeting",
        "law studies, hours that are no number of people",
        _book(
            ["县应急局2024年法治培训台账"],
            "日期|名称|学时|人数|备注",
            ["2024-6-9", "宪法与行政处罚法", 4, "35人", None],
        ),
        Want([dict(record_date="2024-06-09", topic="宪法与行政处罚法", type="法治培训", attendance=35)]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_events.xlsx",
        "disaster_event",
        "disasters of the year",
        _book(
            "名称|灾种|开始日期|结束日期|乡镇|台风编号与名称",
            "6.9-6.18|暴雨洪涝|2024-6-9|2024-6-18|县直|",
            "格美|台风|2024-7-24|2024-7-27|县直|3号“格美”",
            "8.1|暴雨洪涝|2024-8-2|2024-8-1|县直|",
        ),
        Want(
            [
                dict(name="6.9-6.18", type="暴雨洪涝", record_date="2024-06-09", end_date="2024-06-18"),
                dict(name="格美", type="台风", record_date="2024-07-24", end_date="2024-07-27"),
            ],
            bad=[4],
        ),
    ),
    Case(
        "b_losses.xlsx",
        "disaster_loss",
        "losses: 户/间 in one cell, 亩, 万元",
        _book(
            [f"{EVENT}灾情统计表（续报，截至6月19日12时）"],
            "乡镇|受灾人口|转移|倒房（户/间）|严重损坏（户/间）|农作物（亩）|经损（万元）",
            ["枫溪乡", 1203, 132, "1/3", "8/20", "560亩", 120],
            ["夏坊乡", "80人", 10, "0/0", "/", None, "3.5"],
        ),
        Want(
            [
                dict(
                    area="枫溪乡",
                    stage="续报",
                    affected=1203,
                    relocated=132,
                    collapsed=1,
                    collapsed_rooms=3,
                    severe=8,
                    severe_rooms=20,
                    loss_fen=120000000,
                    crops=None,
                    **_LOSS,
                ),
            ],
            maybe={
                4: [
                    dict(
                        area="夏坊乡",
                        stage="续报",
                        affected=80,
                        relocated=10,
                        collapsed=0,
                        collapsed_rooms=0,
                        severe=0,
                        severe_rooms=0,
                        loss_fen=3500000,
                        crops=None,
                        **_LOSS,
                    ),
                    dict(
                        area="夏坊乡",
                        stage="续报",
                        affected=80,
                        relocated=10,
                        collapsed=0,
                        collapsed_rooms=0,
                        severe=None,
                        severe_rooms=None,
                        loss_fen=3500000,
                        crops=None,
                        **_LOSS,
                    ),
                ]
            },
            warn=["亩"],
        ),
        also=[
            Want(
                [
                    dict(
                        area="枫溪乡",
                        affected=1203,
                        relocated=132,
                        collapsed=1,
                        collapsed_rooms=3,
                        severe=8,
                        severe_rooms=20,
                        loss_fen=120000000,
                        crops=37.3333,
                        **_LOSS,
                    )
                ],
                maybe={
                    4: [
                        dict(
                            area="夏坊乡",
                            affected=80,
                            relocated=10,
                            collapsed=0,
                            collapsed_rooms=0,
                            severe=v,
                            severe_rooms=v,
                            loss_fen=3500000,
                            crops=None,
                            **_LOSS,
                        )
                        for v in (0, None)
                    ]
                },
                warn=["亩"],
            ),
            Want(),
            Want([], bad=[3, 4]),
            Want(
                [dict(area="夏坊乡", stage="续报", affected=80, relocated=10, loss_fen=3500000, **_LOSS)],
                bad=[3],
            ),
            Want(
                [
                    dict(
                        area="枫溪乡",
                        stage="续报",
                        affected=1203,
                        relocated=132,
                        loss_fen=120000000,
                        collapsed=None,
                        **_LOSS,
                    ),
                    dict(
                        area="夏坊乡",
                        stage="续报",
                        affected=80,
                        relocated=10,
                        loss_fen=3500000,
                        collapsed=None,
                        **_LOSS,
                    ),
                ],
                warn=["倒房", "严重损坏", "农作物"],
            ),
        ],
    ),
    Case(
        "b_losses_national.xlsx",
        "disaster_loss",
        "the national form without a stage",
        _book(
            [f"{EVENT}自然灾害损失情况统计快报表"],
            "灾害种类|发生时间|受灾乡镇数|受灾人口|紧急转移安置人口|因灾死亡失踪人口|倒塌房屋间数|倒塌户数|直接经济损失(万元)",
            ["洪涝", "2024-06-13", 9, 1203, 132, 0, 3, 1, 120],
        ),
        Want(),
        also=[Want([], bad=[3])],
    ),
]

"""Inspections, penalties, accidents, single figures, and tables for another ledger."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import split
from tests.corpus.books import raw, xlsx
from tests.corpus.expect import Build, Case, Want
from tests.corpus.rows import HEAD, lines

_CASES = split("序号|案号|当事人|案由|处罚种类|罚款金额（元）|决定日期|乡镇|立案日期")
_EXPORTED = split("案件编号|行政相对人名称|统一社会信用代码|案由|处罚类别|罚款金额(万元)|处罚决定日期|乡镇")
_CODE = "350421202400012345"


def _book(*rows: Any) -> Build:
    return lambda: xlsx([split(row) if isinstance(row, str) else row for row in rows])


def _penalty(
    no: str | None, party: str, cause: str, measures: list[str], fine: int | None, date: str
) -> dict[str, Any]:
    return dict(case_no=no, party=party, cause=cause, measure=measures, fine_fen=fine, decision_date=date)


def _accident(date: str, field: str, deaths: int, loss: int | None) -> dict[str, Any]:
    return dict(record_date=date, field=field, deaths=deaths, loss_fen=loss)


CASES = [
    Case(
        "b_inspections.xlsx",
        "inspection",
        "several enterprises in a cell",
        _book(
            "序号|检查日期|乡镇|检查类型|被检查单位|带队领导|出动人次",
            "1|2024-6-9|盖洋镇|执法检查|宏盛木业、盖洋加油站|陈某|4人次",
            "2|6月10日|县直|双随机|明发烟花店\n归化商场|林某|6",
            "3|2024-6-11|县直|旅游|甲厂|林某|6",
        ),
        Want(
            [
                dict(
                    record_date="2024-06-09",
                    area="盖洋镇",
                    type="执法检查",
                    enterprises=["宏盛木业", "盖洋加油站"],
                    staff=4,
                ),
                dict(
                    record_date="2024-06-10",
                    area="县直",
                    type="双随机",
                    enterprises=["明发烟花店", "归化商场"],
                    staff=6,
                ),
            ],
            bad=[4],
        ),
        also=[
            Want(
                [
                    dict(
                        record_date="2024-06-09",
                        area="盖洋镇",
                        type="执法检查",
                        enterprises=["宏盛木业", "盖洋加油站"],
                        staff=4,
                    )
                ],
                bad=[3, 4],
            )
        ],
    ),
    Case(
        "b_inspections_layout_1.xlsx",
        "inspection",
        "6.9, a document in a cell, no type",
        _book(
            ["盖洋镇2024年安全生产检查情况登记表"],
            "序号|检查日期|检查组/带队领导|被检查单位|发现隐患数|下达文书|备注",
            "1|6.9|陈某副县长|明发矿业|3|责令限期整改1份|",
        ),
        Want([], bad=[3]),
        also=[
            Want(),
            Want(
                [
                    dict(
                        record_date="2024-06-09", area="盖洋镇", leader="陈某副县长", enterprises=["明发矿业"]
                    )
                ],
                warn=["类型"],
            ),
        ],
    ),
    Case(
        "b_inspections_random.xlsx",
        "inspection",
        "the export of random checks",
        _book(
            ["“双随机、一公开”检查任务表（县直）"],
            "任务编号|任务名称|抽查对象|抽查时间|检查人员|结果公示时间",
            "DX-08|烟花爆竹抽查|明发烟花店|2024.06.09|甲、乙|2024.06.12",
        ),
        Want([dict(record_date="2024-06-09", type="双随机", enterprises=["明发烟花店"], code="DX-08")]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_penalties.xlsx",
        "enforcement_case",
        "thousands, 罚款;警告, a fine without its measure",
        _book(
            ["2024年行政处罚案件台账"],
            _CASES,
            [
                1,
                "（明）应急罚〔2024〕5号",
                "宏盛木业",
                "未如实记录",
                "罚款",
                "10,000.00",
                "2024.6.9",
                "县直",
                "2024-5-20",
            ],
            [
                2,
                "（明）应急罚〔2024〕6号",
                "甲某",
                "无证上岗",
                "警告；罚款",
                "￥500元",
                "2024.6.10",
                "盖洋镇",
                None,
            ],
            [3, None, "盖洋加油站", "未演练", "警告", None, "2024.6.11", "盖洋镇", None],
            [4, None, "丁厂", "未演练", "警告", 2000, "2024.6.12", "盖洋镇", None],
            [5, None, "戊厂", "未演练", "罚款", None, "2024.6.13", "盖洋镇", None],
            [6, None, "己厂", "未培训", "罚款", "0.5万", "2024.6.13", "盖洋镇", "2024-7-1"],
        ),
        Want(
            [
                _penalty(
                    "（明）应急罚〔2024〕5号", "宏盛木业", "未如实记录", ["罚款"], 1000000, "2024-06-09"
                ),
                _penalty(
                    "（明）应急罚〔2024〕6号", "甲某", "无证上岗", ["罚款", "警告"], 50000, "2024-06-10"
                ),
                _penalty(None, "盖洋加油站", "未演练", ["警告"], None, "2024-06-11"),
            ],
            bad=[6, 7, 8],
        ),
    ),
    Case(
        "b_penalties_export.xlsx",
        "enforcement_case",
        "18-digit numbers as text and as number, 万元",
        lambda: raw(
            [
                _EXPORTED,
                [_CODE, "宏盛木业", "91350421MA2XXXXX1X", "未记录", "罚款;警告", 1.0, "2024-06-09", "县直"],
                [350421202400012300000, "丙厂", None, "未记录", "罚款", "0.500000", "2024-06-10", "县直"],
            ]
        ),
        Want([_penalty(_CODE, "宏盛木业", "未记录", ["罚款", "警告"], 1000000, "2024-06-09")], bad=[3]),
    ),
    Case(
        "b_penalties_same_no.xlsx",
        "enforcement_case",
        "one number for two cases",
        _book(
            _CASES,
            [1, "明罚〔2024〕1号", "甲厂", "未记录", "警告", None, "2024-6-9", "县直", None],
            [2, "明罚〔2024〕1号", "乙厂", "未演练", "警告", None, "2024-6-9", "县直", None],
        ),
        Want([_penalty("明罚〔2024〕1号", "甲厂", "未记录", ["警告"], None, "2024-06-09")], bad=[3]),
        also=[
            Want([], bad=[2, 3]),
            Want([_penalty("明罚〔2024〕1号", "甲厂", "未记录", ["警告"], None, "2024-06-09")], flagged=[3]),
        ],
    ),
    Case(
        "b_accidents.xlsx",
        "accident",
        "accidents with losses",
        _book(
            "事故日期|乡镇|行业|事故等级|起数|死亡|受伤|直接经济损失（万元）",
            ["2024-3-1", "雪峰镇", "道路交通", "一般", 1, 1, 0, 12.5],
            ["2024-4-1", "盖洋镇", "消防", "一般事故", 1, "无", "0人", None],
            ["2024-5-1", "盖洋镇", "航天", "一般", 1, 0, 0, 0],
        ),
        Want(
            [_accident("2024-03-01", "道路交通", 1, 12500000)],
            bad=[4],
            maybe={3: [_accident("2024-04-01", "消防", 0, None)]},
        ),
    ),
    Case(
        "b_accidents_months.xlsx",
        "accident",
        "fires by month in 元",
        _book(
            ["2024年火灾统计（消防）"],
            "月份|起数|亡|伤|直接损失（元）",
            ["6", 4, 0, 0, "12,500"],
            ["合计", 4, 0, 0, "12,500"],
        ),
        Want(),
        also=[Want([], bad=[3]), Want([_accident("2024-06-30", "消防", 0, 1250000)])],
    ),
    Case(
        "b_accidents_last_year.xlsx",
        "accident",
        "last year's figures beside this year's",
        _book(
            ["行业分类表（2024年1-6月）"],
            "行业|本期起数|本期死亡|去年同期起数|去年同期死亡",
            ["工矿商贸", 1, 0, 2, 1],
        ),
        Want(),
        also=[Want([], bad=[3])],
    ),
    Case(
        "b_figures.xlsx",
        "manual_entry",
        "single figures with their source",
        _book(
            "日期|乡镇|指标名称|数值|依据",
            "2024-12-31|县直|行政许可|12|政务平台",
            "2024-12-31|县直|无此指标|3|平台",
            "2024-12-31|县直|信息公开|若干|网站",
        ),
        Want([dict(record_date="2024-12-31", indicator="行政许可", value=12, basis="政务平台")], bad=[3, 4]),
    ),
    Case(
        "b_wrong_ledger.xlsx",
        "fund",
        "hazards offered as funds",
        lambda: xlsx([HEAD, *lines(3)]),
        Want(),
        also=[Want([], bad=[2, 3, 4])],
    ),
    Case(
        "b_wrong_ledger_2.xlsx",
        "rescue_team",
        "hazards offered as teams",
        lambda: xlsx([["隐患台账"], HEAD, *lines(3)]),
        Want(),
        also=[Want([], bad=[3, 4, 5])],
    ),
]

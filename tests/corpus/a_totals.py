"""Hazards as totals: township tables, cumulative ones, four-row headers, odd layouts."""

from __future__ import annotations

from typing import Any

from tests.corpus.books import xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import AREAS


def _total(area: str, found: int, done: int, level: str = "一般", date: str = "2024-06-30") -> dict[str, Any]:
    return dict(
        record_date=date,
        area=area,
        level=level,
        quantity_found=found,
        quantity_rectified=done,
        granularity="汇总",
    )


def _by_township() -> bytes:
    rows = [[n, area, 10 + n, 9 + n, "100%"] for n, area in enumerate(AREAS, 1)]
    sums = ["", "合计", sum(row[2] for row in rows), sum(row[3] for row in rows), "95%"]
    return xlsx(
        [
            ["2024年6月各乡镇隐患排查情况汇总表"],
            ["序号", "乡镇", "发现隐患数", "已整改数", "整改率"],
            *rows,
            sums,
        ]
    )


def _grouped() -> bytes:
    def merge(sheet: Any) -> None:
        for place in ("A1:G1", "A2:A3", "B2:D2", "E2:G2"):
            sheet.merge_cells(place)

    return xlsx(
        [
            ["2024年6月隐患排查治理月报表"],
            ["乡镇", "一般隐患", None, None, "重大隐患", None, None],
            [None, "发现数（条）", "已整改数（条）", "整改率", "发现数（条）", "已整改数（条）", "整改率"],
            ["盖洋镇", 20, 18, "90%", 1, 0, "0%"],
            ["胡坊镇", 15, 15, "100%", None, None, None],
            ["合计", 35, 33, "94.3%", 1, 0, "0%"],
        ],
        merge,
    )


_MONTHS = [
    [area, f"{month}月", 10 * month + n, 10 * month] for month in (4, 5) for n, area in enumerate(AREAS[:2])
]


def _four_rows() -> bytes:
    def merge(sheet: Any) -> None:
        for place in ("A2:A4", "B2:G2", "B3:D3", "E3:G3"):
            sheet.merge_cells(place)

    return xlsx(
        [
            ["生产安全事故隐患排查治理情况月报表（2024年1-6月累计）"],
            ["乡镇", "排查治理情况", None, None, None, None, None],
            [None, "一般事故隐患", None, None, "重大事故隐患", None, None],
            [None, "排查", "其中：已整改", "整改率", "排查", "其中：已整改销号", "整改率"],
            [None, "项", "项", "%", "项", "项", "%"],
            ["合    计", 30, 28, 93.3, 1, 1, 100],
            ["盖洋镇", 20, 18, 90, 1, 1, 100],
            ["胡坊镇", 10, 10, 100, "", "", ""],
            ["单位负责人：", None, "填表人：", None, "联系电话：", None, "填报日期：2024年6月30日"],
        ],
        merge,
    )


_FOUR = [_total("盖洋镇", 20, 18), _total("盖洋镇", 1, 1, "重大"), _total("胡坊镇", 10, 10)]
_NO_DATE = [{key: value for key, value in item.items() if key != "record_date"} for item in _FOUR]

LAYOUT_2 = (
    "序号|排查日期|企业（场所）名称|行业领域|存在问题|级别|是否重大|整改期限|完成整改日期|是否销号".split("|")
)


def _layout_2() -> bytes:
    rows = [
        [
            "１",
            "2024年6月9日",
            "明发加油站",
            "危化品",
            "１.灭火器过期；２.无台账",
            "一般隐患",
            "否",
            "2024/6/20",
            "2024-6-18",
            "√",
        ],
        ["２", "2024年6月10日", "宏盛木业", "工贸", "无应急预案", "重大隐患", "是", "2024/7/20", None, "×"],
        [
            "３",
            "2024年6月11日",
            "中心小学",
            "教育",
            "疏散指示损坏",
            "一般隐患",
            "是",
            "2024/7/20",
            None,
            None,
        ],
    ]
    return xlsx([["隐患排查登记表（瀚仙镇）"], LAYOUT_2, *rows])


def _item(date: str, place: str, field: str, text: str, level: str, **more: Any) -> dict[str, Any]:
    return dict(
        record_date=date, area="瀚仙镇", place=place, field=field, description=text, level=level, **more
    )


_TWO = [
    _item(
        "2024-06-09",
        "明发加油站",
        "危化品",
        "１.灭火器过期；２.无台账",
        "一般",
        due_date="2024-06-20",
        rectified_date="2024-06-18",
    ),
    _item("2024-06-10", "宏盛木业", "工贸", "无应急预案", "重大", due_date="2024-07-20", rectified_date=None),
]
_CONTRADICTS = [
    _item("2024-06-11", "中心小学", "教育", "疏散指示损坏", level, due_date="2024-07-20", rectified_date=None)
    for level in ("一般", "重大")
]

CASES = [
    Case(
        "a_totals_by_township.xlsx",
        "hazard",
        "totals of the townships, month only in the title",
        _by_township,
        Want([_total(area, 10 + n, 9 + n) for n, area in enumerate(AREAS, 1)], warn=["W_BATCH|汇总"]),
        also=[Want()],
    ),
    Case(
        "a_totals_grouped.xlsx",
        "hazard",
        "totals by level under a header of two rows",
        _grouped,
        Want([_total("盖洋镇", 20, 18), _total("盖洋镇", 1, 0, "重大"), _total("胡坊镇", 15, 15)]),
        also=[Want()],
    ),
    Case(
        "a_totals_months.xlsx",
        "hazard",
        "months without a year in the rows",
        lambda: xlsx([["乡镇", "月份", "发现隐患数", "已整改数"], *_MONTHS]),
        Want(
            [
                _total(area, found, done, date="2024-04-30" if month == "4月" else "2024-05-31")
                for area, month, found, done in _MONTHS
            ],
            warn=["W_MONTH|没有写明日"],
        ),
    ),
    Case(
        "a_totals_four_rows.xlsx",
        "hazard",
        "cumulative, four rows of header, units, total first",
        _four_rows,
        Want(_FOUR, warn=["W_CUMULATIVE|累计"]),
        also=[Want(), Want(_NO_DATE, warn=["W_CUMULATIVE|累计"])],
    ),
    Case(
        "a_layout_2.xlsx",
        "hazard",
        "full width, 是否重大 beside the level, √; a contradiction in row 5",
        _layout_2,
        Want(_TWO, maybe={5: _CONTRADICTS}),
    ),
]

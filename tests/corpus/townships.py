"""Nine townships' hazards of June, each file in another layout and with other dirt.

python -m tests.corpus.townships FOLDER writes them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.corpus.biff import xls
from tests.corpus.books import saved, sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.others import delimited, html, ods, table_xml

_PLACES = {
    "雪峰镇": ("明溪县第一加油站", "雪峰镇中山路网吧", "归化公园在建项目", "实验小学食堂", "城东农贸市场"),
    "盖洋镇": ("盖洋加油站", "宏盛木业有限公司", "盖洋中心小学", "白叶村烟花零售点", "盖洋镇敬老院"),
    "胡坊镇": ("胡坊镇综合市场", "福兴竹制品厂", "胡坊中心卫生院", "肖家山水电站", "胡坊镇粮站"),
    "瀚仙镇": ("瀚仙石灰石矿", "大焦村养老院", "瀚仙镇加油站", "连厝村祠堂", "瀚仙客运站"),
    "沙溪乡": ("沙溪乡石料厂", "梓口坊村幸福院", "沙溪乡中心小学", "碧水山庄", "沙溪乡液化气站"),
    "夏阳乡": ("夏阳乡敬老院", "紫云村民宿", "夏阳乡木材加工厂", "瓦口水库", "夏阳乡中心小学"),
    "枫溪乡": ("枫溪乡客运站", "枫溪乡卫生院", "官坊村礼堂", "枫溪林场", "枫溪乡加油点"),
    "夏坊乡": ("夏坊乡供销社", "鳌坑村小学", "夏坊乡竹器厂", "夏坊乡集市", "中溪村老屋"),
}
_FAULTS = ("灭火器过期", "疏散通道堆放杂物", "配电箱未接地", "未建立隐患台账", "防盗网影响逃生")


def _facts(area: str) -> list[dict[str, Any]]:
    """Five hazards of a township as they must be stored."""
    found = []
    for number, (place, text) in enumerate(zip(_PLACES[area], _FAULTS, strict=True)):
        found.append(
            dict(
                record_date=f"2024-06-{3 + 5 * number:02}",
                area=area,
                place=place,
                description=f"{place}{text}",
                level="一般",
                quantity_found=1 + number % 2,
                quantity_rectified=1 if number < 3 else 0,
            )
        )
    return found


def _rows(area: str, *names: str) -> list[list[Any]]:
    return [[number, *(fact[name] for name in names)] for number, fact in enumerate(_facts(area), 1)]


def _dotted(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}.{int(month)}.{int(date)}"


def _xuefeng() -> bytes:
    names = ("record_date", "place", "description", "level", "quantity_found", "quantity_rectified")
    head = ["序号", "排查日期", "单位或地点", "隐患内容", "隐患等级", "发现数量", "已整改数量"]
    total = ["合  计", None, None, None, None, "=SUM(F5:F9)", "=SUM(G5:G9)"]
    sign = ["单位负责人：张某", None, None, "填表人：李某", None, "联系电话：0598-2812345"]
    above = [["雪峰镇2024年6月安全生产隐患排查治理台账"], ["填报单位：雪峰镇人民政府（公章）"], []]
    return xlsx([*above, head, *_rows("雪峰镇", *names), total, sign])


def _gaiyang() -> bytes:
    upper = ["序号", "乡镇", "检查时间", "被检查单位", "隐患情况", None, None, "整改情况"]
    lower = [None, None, None, None, "存在问题", "级别", "数量", "已整改"]
    names = ("area", "record_date", "place", "description", "level", "quantity_found", "quantity_rectified")
    return xls([["隐患排查整治情况表"], upper, lower, *_rows("盖洋镇", *names)], name="6月")


def _hufang() -> bytes:
    head = ["序号", "时间", "企业名称", "主要问题", "隐患级别", "隐患数（条）", "整改数（条）"]
    rows = [
        [
            n,
            _dotted(fact["record_date"]),
            fact["place"],
            fact["description"],
            "一般隐患",
            f"{fact['quantity_found']}条",
            f"{fact['quantity_rectified']}条",
        ]
        for n, fact in enumerate(_facts("胡坊镇"), 1)
    ]
    return xls([["胡坊镇六月份隐患台账"], head, *rows], name="胡坊")


def _hanxian() -> bytes:
    head = [
        "序号",
        "排查日期",
        "企业（场所）名称",
        "存在问题",
        "级别",
        "发现数量",
        "已整改数量",
        "填报单位：瀚仙镇人民政府",
    ]
    rows = []
    for number, fact in enumerate(_facts("瀚仙镇"), 1):
        day = f"２０２４年６月{int(fact['record_date'][-2:])}日"
        counts = [chr(0xFF10 + fact[name]) for name in ("quantity_found", "quantity_rectified")]
        rows.append([f"{number}", day, f"\u3000{fact['place']}\u00a0", fact["description"], "一般 ", *counts])
    return xlsx([["隐患排查登记表（瀚仙镇）"], head, *rows])


def _chengguan() -> bytes:
    head = [
        "乡镇",
        "统计月份",
        "发现一般隐患",
        "其中已整改",
        "整改率",
        "发现重大隐患",
        "其中已整改",
        "整改率",
    ]
    return delimited([head, ["城关乡", "2024年6月", "128条", 128, "100%", 2, 1, "50%"]], encoding="gb18030")


_CHENGGUAN = [
    dict(record_date="2024-06-30", area="城关乡", level=level, quantity_found=found, quantity_rectified=done)
    for level, found, done in (("一般", 128, 128), ("重大", 2, 1))
]


def _shaxi() -> bytes:
    head = ["编号", "所属乡镇", "检查日期", "检查对象", "隐患描述", "隐患等级", "隐患数量", "整改数量"]
    names = ("area", "record_date", "place", "description", "level", "quantity_found", "quantity_rectified")
    rows = [[f"SX-{row[0]:03}", *row[1:]] for row in _rows("沙溪乡", *names)]
    return html([['<td colspan="8">沙溪乡隐患排查导出</td>'], head, *rows], charset="gb2312")


def _xiayang() -> bytes:
    names = ("record_date", "place", "description", "level", "quantity_found", "quantity_rectified")
    head = ["序号", "排查日期", "单位或地点", "隐患内容", "隐患等级", "发现数量", "已整改数量"]
    title = ["夏阳乡2024年6月隐患排查台账"]
    rows = _rows("夏阳乡", *names)

    def hide(book: Any) -> None:
        book["紫云村"].row_dimensions[4].hidden = True

    return sheets(
        {
            "填表说明": [["一、逐村填写"]],
            "紫云村": [title, head, *rows[:3]],
            "瓦口村": [title, head, *rows[3:]],
        },
        hide,
    )


def _fengxi() -> bytes:
    head = ["序号", "乡镇", "日期", "单位", "问题", "等级", "发现数", "已整改数"]
    rows = []
    for number, fact in enumerate(_facts("枫溪乡"), 1):
        day = f"6月{int(fact['record_date'][-2:])}日"
        rows.append(
            [
                number,
                "枫溪",
                day,
                fact["place"],
                fact["description"],
                fact["level"],
                fact["quantity_found"],
                fact["quantity_rectified"],
            ]
        )
    wrong = [
        [6, "枫溪", "6月31日", "老街", "电线老化", "一般", 1, 0],
        [7, "枫溪", "6月20日", "老街", "无灭火器", "一般", 1, 2],
    ]
    return ods(table_xml([["枫溪乡6月隐患台账"], head, *rows, *wrong]))


def _xiafang() -> bytes:
    head = [
        "序号",
        "排查日期",
        "乡镇",
        "单位或地点",
        "隐患内容",
        "隐患等级",
        "发现数量",
        "已整改数量",
        "责任人电话",
    ]
    names = ("record_date", "area", "place", "description", "level", "quantity_found", "quantity_rectified")
    rows = [[*row, "13859812345"] for row in _rows("夏坊乡", *names)]
    again = [6, *rows[0][1:]]
    note = ["注：本表电话仅供联系。"]
    return saved_with_list([["夏坊乡隐患台账"], head, rows[0], [], *rows[1:], again, [], note])


def saved_with_list(rows: list[list[Any]]) -> bytes:
    """A workbook whose columns carry drop-down lists and a filter, as the county's own template does."""
    import openpyxl
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    choice = DataValidation(type="list", formula1='"一般,重大"')
    choice.add("F3:F500")
    book.active.add_data_validation(choice)
    book.active.auto_filter.ref = "A2:I9"
    return saved(book)


NINE = (
    Case(
        "雪峰镇6月隐患台账.xlsx",
        "hazard",
        "title, total by formulas never calculated, signature",
        _xuefeng,
        Want(_facts("雪峰镇")),
        absent=["2812345"],
    ),
    Case("盖洋镇隐患（6月）.xls", "hazard", "BIFF8, a header of two rows", _gaiyang, Want(_facts("盖洋镇"))),
    Case("胡坊六月份台账.et", "hazard", "WPS, dates and numbers as text", _hufang, Want(_facts("胡坊镇"))),
    Case("瀚仙镇隐患排查登记表.xlsx", "hazard", "full width, odd blanks", _hanxian, Want(_facts("瀚仙镇"))),
    Case(
        "城关乡月报.csv", "hazard", "totals, two headers twice", _chengguan, Want(_CHENGGUAN), also=[Want()]
    ),
    Case(
        "沙溪乡导出.xls",
        "hazard",
        "an export of a web platform: html",
        _shaxi,
        Want(_facts("沙溪乡")),
        also=[Want()],
    ),
    Case(
        "夏阳乡（分村）.xlsx",
        "hazard",
        "a sheet for each village, a hidden row",
        _xiayang,
        Want(_facts("夏阳乡"), warn=["W_HIDDEN|隐藏"]),
    ),
    Case(
        "枫溪乡.ods",
        "hazard",
        "OpenDocument, dates without year, two wrong rows",
        _fengxi,
        Want(_facts("枫溪乡"), bad=[8, 9]),
    ),
    Case(
        "夏坊乡台账(改).xlsx",
        "hazard",
        "a row twice, telephones, blank rows, a note",
        _xiafang,
        Want(_facts("夏坊乡"), flagged=[9]),
        absent=["13859812345"],
    ),
)
"""The nine files, with what each must give."""


def nine_townships(folder: Path) -> list[Path]:
    """Write the nine files; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / case.name for case in NINE]
    for path, case in zip(paths, NINE, strict=True):
        path.write_bytes(case.data())
    return paths


CASES = NINE

if __name__ == "__main__":
    nine_townships(Path(sys.argv[1]))

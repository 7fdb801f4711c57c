"""Example files of hazards: as they should be, and as they come."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mingxi_desktop.domain.county import area_office
from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.exchange.writing.plain_book import PlainCell, PlainSheet, write_plain
from mingxi_desktop.ledger.examples.example import Example, Promise

Rows = Sequence[Sequence[PlainCell]]
_HEADER = (
    "序号",
    "排查日期",
    "乡镇",
    "单位或地点",
    "行业领域",
    "隐患内容",
    "隐患等级",
    "发现数量",
    "已整改数量",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when the files are from.  towns: six names, some of them twice where the county has fewer."""

    towns: tuple[str, ...]
    year: int

    def day(self, month: int, day: int) -> datetime.date:
        """A day of the year."""
        return datetime.date(self.year, month, day)


def hazards(at: Setting) -> list[Example]:
    """Nine files, some of which need those before them."""
    first, again = _june(at), _june_again(at)
    name = f"{at.towns[0]}6月隐患排查台账"
    clean = partial(_one_sheet, title=f"{at.towns[0]}{at.year}年6月隐患排查台账", rows=first)
    return [
        Example(
            f"01 {name}.xlsx",
            "照规矩填的表：一行一条，日期是日期，数是数。",
            Promise(6),
            clean,
        ),
        _two_lines(at),
        _dates_as_text(at),
        _old_csv(at),
        _faulty(at),
        Example(
            f"06 {name}（更正）.xlsx",
            "改过又报的表：和 01 相比，一行改了已整改数，一行是新的，其余照旧。",
            Promise(1, known=6, says=("台账中是“1”，表中是“3”",)),
            partial(_one_sheet, title=f"{at.towns[0]}{at.year}年6月隐患排查台账（更正）", rows=again),
        ),
        Example(
            f"07 {name}（换了文件名再发）.xlsx",
            "01 那个文件换了名字又发一遍，内容一个字没有动。",
            Promise(known=6, says=("内容一样；已有的记录不会重复导入",)),
            clean,
        ),
        _last_year(at),
        _web_page(at),
    ]


def _one_sheet(path: Path, *, title: str, rows: Rows, merged: Sequence[Merged] = ()) -> None:
    width = max(map(len, rows)) - 1
    whole = [[title], *rows]
    write_plain(path, [PlainSheet("隐患", whole, (Merged(0, 0, 0, width), *merged))])


def _june(at: Setting) -> Rows:
    town = at.towns[0]
    return (
        _HEADER,
        (1, at.day(6, 3), town, "惠民超市", "消防", "安全出口堆放货物", "一般", 1, 1),
        (2, at.day(6, 3), town, "镇中心小学", "教育", "应急照明灯损坏", "一般", 2, 2),
        (3, at.day(6, 11), town, "顺达木业", "工贸", "粉尘未及时清扫", "一般", 3, 1),
        (4, at.day(6, 11), town, "第二加油站", "危化品", "卸油口静电接地松动", "一般", 1, 1),
        (5, at.day(6, 20), town, "在建安置房工地", "建筑施工", "临边防护缺失", "一般", 1, 0),
        (6, at.day(6, 27), town, "东门农贸市场", "消防", "灭火器过期", "一般", 4, 4),
    )


def _june_again(at: Setting) -> Rows:
    rows = [list(row) for row in _june(at)]
    rows[3][-1] = 3
    return (*rows, (7, at.day(6, 28), at.towns[0], "老街饭店", "消防", "燃气软管老化", "一般", 1, 1))


def _two_lines(at: Setting) -> Example:
    town = at.towns[1]
    rows: Rows = (
        (f"填报单位：{area_office(town)}",),
        ("序号", "检查情况", None, None, None, "整改情况", None, "备注"),
        (None, "检查日期", "被检查单位", "存在问题", "行业领域", "发现数", "已整改", None),
        (1, at.day(6, 5), "宏发机砖厂", "传送带缺防护罩", "工贸", 1, 1, None),
        (2, at.day(6, 5), None, "配电箱未上锁", "工贸", 1, 0, "限月底前整改"),
        (3, at.day(6, 14), "平安幼儿园", "灭火器压力不足", "教育", 2, 2, None),
        ("合计", None, None, None, None, 4, 3, None),
        ("注：整改不到位的下月继续报。",),
        ("填表人：王小明　　审核人：李建国　　填报日期：6月30日",),
    )
    merged = (
        Merged(2, 0, 3, 0),
        Merged(2, 1, 2, 4),
        Merged(2, 5, 2, 6),
        Merged(2, 7, 3, 7),
        Merged(4, 2, 5, 2),
    )
    title = f"{town}{at.year}年6月安全隐患排查整改情况表"
    return Example(
        f"02 {town}隐患（合并单元格、两行表头、合计）.xlsx",
        "标题和表头有合并，表头两行；没有乡镇一列，乡镇写在标题里；下面有合计、说明和签字。",
        Promise(3, skipped=3, says=("合计行（合计）", "说明行", "落款行", f"都记为“{town}”")),
        partial(_one_sheet, title=title, rows=rows, merged=merged),
    )


def _dates_as_text(at: Setting) -> Example:
    town = at.towns[2]
    rows: Rows = (
        ("日期", "乡镇", "单位名称", "行业领域", "存在问题", "发现数量", "已整改"),
        ("6.4", town, "长青家具厂", "工贸", "电线私拉乱接", "2处", "2处"),
        (f"{at.year}年6月12日", town, "卫生院", "消防", "疏散指示不亮", "１", "１"),
        ("六月十五日", town, "水库管理所", "水利", "救生器材缺失", "3", "1"),
        (f"{at.year}/6/20", town, "客运站", "道路交通", "灭火器过期", "约5", "5"),
        ("6月31日", town, "碾米厂", "工贸", "传动带无防护", "1", "0"),
    )
    return Example(
        f"03 {town}隐患（日期和数写成文字）.xlsx",
        "日期有“6.4”“六月十五日”，没有年份；数有“2处”、全角数字和“约5”；还有一个没有的日子：6月31日。",
        Promise(4, faults=1, says=("“6月31日”没有这一天", f"没有年份，按{at.year}年", "是约数，按5记")),
        partial(_one_sheet, title=f"{town}{at.year}年6月隐患", rows=rows),
    )


def _old_csv(at: Setting) -> Example:
    town = at.towns[3]
    lines = (
        "检查时间,乡镇,单位名称,行业领域,存在问题,发现数量,已整改",
        f"{at.year}-06-07,{town},和顺商店,消防,通道堵塞,1,1",
        f'{at.year}-06-18,{town},红星茶厂,工贸,"锅炉房堆放杂物，未清理",2,2',
        f"{at.year}-06-25,{town},文化站,文化旅游,应急灯损坏,1,0",
    )
    return Example(
        f"04 {town}隐患（旧系统导出）.csv",
        "旧系统导出的文本，编码是 GB18030；格子里有逗号的用引号括着。",
        Promise(3),
        lambda path: save(path, "\r\n".join((*lines, "")).encode("gb18030")),
    )


def _faulty(at: Setting) -> Example:
    town = at.towns[4]
    rows: Rows = (
        _HEADER,
        (1, at.day(6, 6), town, "利民加油站", "危化品", "防爆灯破损", "一般", 1, 1),
        (2, None, town, "四方石料场", "非煤矿山", "边坡有浮石", "一般", 2, 0),
        (3, at.day(6, 13), "东海镇", "东海酒店", "消防", "喷淋头被遮挡", "一般", 1, 0),
        (4, at.day(6, 19), town, "永兴化肥店", "农业", "存放不规范", "一般", "若干", 0),
        (5, at.day(6, 24), town, "新民砖厂", "工贸", "缺少警示标志", "一般", 2, 5),
    )
    return Example(
        f"05 {town}隐患（有错）.xlsx",
        "没有日期、没有这个乡镇、数量写“若干”、已整改比发现多。点【生成退回文件】，错的格子会标红、写明原因。",
        Promise(1, faults=4, says=("要填写日期", "没有这个乡镇", "不是确切的数", "不能大于发现数")),
        partial(_one_sheet, title=f"{town}{at.year}年6月隐患", rows=rows),
    )


def _last_year(at: Setting) -> Example:
    town, year = at.towns[5], at.year - 1
    rows: Rows = (
        ("日期", "乡镇", "单位名称", "行业领域", "存在问题", "发现数量", "已整改"),
        ("11月6日", town, "光明小学", "教育", "围墙开裂", 1, 1),
        ("11月20日", town, "建材市场", "消防", "消火栓无水", 1, 1),
    )
    return Example(
        f"08 {town}上年11月隐患（去年的表）.xlsx",
        f"标题写着{year}年，日期没有年份：记到{year}年，不会算进今年。",
        Promise(2, says=(f"没有年份，按{year}年",)),
        partial(_one_sheet, title=f"{town}{year}年11月隐患排查台账", rows=rows),
    )


def _web_page(at: Setting) -> Example:
    town = at.towns[5]
    rows = (
        ("检查日期", "乡镇", "单位名称", "行业领域", "存在问题", "发现数量", "已整改"),
        (f"{at.year}-06-10", town, "星光网吧", "消防", "违规住人", "1", "1"),
        (f"{at.year}-06-17", town, "丰收粮库", "工贸", "通风不良", "1", "0"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f'<html><head><meta charset="utf-8"></head><body><table border="1">{cells}</table></body></html>'
    return Example(
        f"09 {town}隐患（网页系统导出）.xls",
        "网页系统导出的“假 xls”，里面其实是网页；按内容认，照样读。",
        Promise(2),
        lambda path: save(path, page.encode("utf-8")),
    )

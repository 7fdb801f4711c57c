"""Previews made by hand, as the ledger would give them."""

from __future__ import annotations

import datetime
from pathlib import Path

from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import Notice, Skipped
from mingxi_desktop.exchange.recognising.targets import targets_of
from mingxi_desktop.ledger.intake.result import (
    Difference,
    Doubt,
    Doubtful,
    Preview,
    Rejected,
    SheetPreview,
)

HEADERS = (
    ("序号", Role.NUMBER, "", ()),
    ("检查时间", Role.FIELD, "record_date", ()),
    ("单位名称", Role.FIELD, "place", ()),
    ("存在问题", Role.FIELD, "description", ()),
    ("发现重大隐患（处）", Role.FIELD, "quantity_found", (("level", "重大"),)),
    ("其中已整改", Role.FIELD, "quantity_rectified", ()),
    ("联系电话", Role.PERSONAL, "", ()),
    ("乡里的话", Role.UNKNOWN, "", ()),
)
ROWS = (
    ("盖洋镇2024年6月隐患排查台账",),
    tuple(header for header, *_ in HEADERS),
    (1, "2024.6.9", "某木业", "配电箱未接地", 2, 1, "13800000000", "已经说过了"),
    (2, "6.10", "某加油站", "灭火器过期", 1, 1, "", ""),
    (3, "2024.6.31", "某宾馆", "应急灯损坏", 1, 0, "", ""),
    (4, "2024.6.12", "某小学", "疏散通道堵塞", 3, 3, "", ""),
    (5, "2024.6.13", "某机械厂", "无台账", 2, 0, "", ""),
    ("合计", "", "", "", 9, 5, "", ""),
    ("填表人：张三",),
)


def columns(kind: str = "hazard") -> tuple[Column, ...]:
    """The columns of `ROWS`."""
    names = targets_of(kind).by_name
    return tuple(
        Column(index, header, role, names.get(name), facets=facets, parts=(header,))
        for index, (header, role, name, facets) in enumerate(HEADERS)
    )


def incoming(row: int) -> IncomingRow:
    """What would be stored of a row."""
    values = {"record_date": datetime.date(2024, 6, 9), "area": "area:1", "description": f"第{row}行"}
    return IncomingRow("hazard", values, "盖洋镇.xlsx · 6月", row)


def good(path: str = "盖洋镇6月.xlsx", sheet: str = "6月", **more: object) -> SheetPreview:
    """A table of which everything was understood."""
    made = SheetPreview(
        Path("D:/来文") / path, sheet, "hazard", sha256="a" * 64, header_row=2, last_header_row=2,
        last_row=9, read=7, rows=[incoming(row) for row in (3, 4, 7)], source_rows=[3, 4, 7],
        columns=columns(), cells=Sheet(sheet, [list(row) for row in ROWS]),
        values={"area": "盖洋镇"}, reporter=path[:3], areas=(path[:3],),
        first=datetime.date(2024, 6, 9), last=datetime.date(2024, 6, 13),
        skipped=[Skipped(8, "合计行（合计）"), Skipped(9, "填表人、审核人等签名")],
    )  # fmt: skip
    for name, value in more.items():
        setattr(made, name, value)
    return made


def dirty(path: str = "雪峰镇6月.xls") -> SheetPreview:
    """A table with a fault, an assumption, rows in doubt and personal data."""
    return good(
        path,
        "Sheet1",
        rejected=[
            Rejected(5, "检查时间", "record_date", "2024.6.31", "E_DATE",
                     "第5行“检查时间”（B5）：2024.6.31不是日期（6月只有30天），请改成实际的检查日期", 1),
        ],
        warnings=[
            Notice("W_YEAR_ASSUMED", "第4行“检查时间”（B4）：6.10没有年份，按标题的2024年", 4, "检查时间"),
            Notice("W_PERSONAL", "个人信息没有导入：“联系电话”（G列）；要导入请在第 1 步打勾"),
            Notice("W_COLUMN_IGNORED", "列“乡里的话”（H列）不是这本台账的内容，没有导入"),
        ],
        doubtful=[
            Doubtful(Doubt.CHANGED, [6], "台账中已有同一条记录（2024-0006），发现数不同", 6,
                     (Difference("quantity_found", "发现数", "2", "3"),
                      Difference("quantity_rectified", "整改数", "", "3")), incoming(6)),
            Doubtful(Doubt.SAME, [7], "台账中已有同一条记录（2024-0007），内容相同", 7, (), incoming(7)),
            Doubtful(Doubt.FILE, [4], "与《盖洋镇6月.xlsx》第4行相同", 0, (), incoming(4)),
        ],
    )  # fmt: skip


def hidden() -> SheetPreview:
    """A hidden sheet, not taken unless asked for."""
    return good("盖洋镇6月.xlsx", "旧表", hidden=True, taken=False)


def homeless() -> SheetPreview:
    """A sheet that fits no ledger."""
    return SheetPreview(
        Path("D:/来文/通讯录.xlsx"), "Sheet1", "", taken=False,
        cells=Sheet("Sheet1", [["姓名", "爱好"], ["甲", "钓鱼"], ["乙", "下棋"]]),
    )  # fmt: skip


def refused() -> SheetPreview:
    """A file that was not read."""
    fault = Rejected(
        0, "", "", "", "E_PASSWORD", "加密.xlsx：有打开密码，请先在 Excel 或 WPS 里去掉密码再导入"
    )
    return SheetPreview(Path("D:/来文/加密.xlsx"), "", "", rejected=[fault])


def everything() -> Preview:
    """All of them."""
    return Preview([good(), hidden(), dirty(), good("胡坊镇6月.et", "台账"), homeless(), refused()])

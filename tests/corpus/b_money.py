"""Goods and money: slips, wide forms, purchases, funds."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import split
from tests.corpus.books import Rows, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import AREAS


def _slip() -> Rows:
    return [
        ["救灾物资调拨单"],
        split("单号|调拨时间|类型|接收单位|物资名称|数量|单位"),
        ["DB2024-01", "2024.1.22", "调拨", "盖洋镇", "棉被", "100床", "床"],
        ["DB2024-01", "2024.1.22", "调拨", "盖洋镇", "毛毯", 10, "件"],
        ["DB2024-02", "2024年2月3日", "调拨", "夏坊乡", "棉大衣", "３０", "件"],
    ]


def _line(area: str, item: str, quantity: int, date: str = "2024-01-22") -> dict[str, Any]:
    return dict(record_date=date, area=area, item=item, quantity=quantity)


_SLIP = [
    _line("盖洋镇", "棉被", 100),
    _line("盖洋镇", "毛毯", 10),
    _line("夏坊乡", "棉大衣", 30, "2024-02-03"),
]


def _merged_slip() -> bytes:
    def merge(sheet: Any) -> None:
        for column in "ABCD":
            sheet.merge_cells(f"{column}3:{column}4")

    rows = [list(row) for row in _slip()]
    rows[3][:4] = [None] * 4
    return xlsx(rows, merge)


def _wide(goods: list[str], *rows: Any) -> bytes:
    return xlsx([["2024年救灾物资调拨情况表"], ["乡镇", "调拨日期", *goods], *rows])


def _transposed() -> bytes:
    rows = [["棉被（床）", *range(10, 19)], ["毛毯（件）", *range(20, 29)]]
    return xlsx([["2024年1月22日救灾物资调拨表"], ["物资", *AREAS], *rows])


_TURNED = [
    _line(area, item, start + n)
    for item, start in (("棉被", 10), ("毛毯", 20))
    for n, area in enumerate(AREAS)
]
_FUNDS = split("序号|乡镇|方向|用途|文件号|到账时间|金额（万元）")


def _fund(amount: int, **more: Any) -> dict[str, Any]:
    return dict(area="县直", amount_fen=amount, **more)


def _funds() -> bytes:
    return xlsx(
        [
            ["2024年争取上级资金情况表"],
            _FUNDS,
            [1, "县直", "争取", "自然灾害救灾", "闽财建指〔2024〕7号", "2024-7-5", 135],
            [2, "县直", "争取", "物资储备站", "明财〔2024〕9号", "2024年8月", "76.026"],
            [3, "县直", "投入", "防汛物资", None, "2024-9-1", "140余"],
            [4, "县直", "投入", "防汛物资", None, "2024-9-2", "5千元"],
            [5, "县直", "投入", "防汛物资", None, "2024-9-3", 0],
            [6, "县直", "投入", "防汛物资", None, "2024-9-4", "-3"],
            [7, "县直", "投入", "防汛物资", None, "2024-9-5", "￥12,500元"],
            ["合计", None, None, None, None, None, 351.026],
        ]
    )


_GOT = [
    _fund(135000000, record_date="2024-07-05", direction="争取", doc_no="闽财建指〔2024〕7号"),
    _fund(76026000, record_date="2024-08-31", direction="争取", doc_no="明财〔2024〕9号"),
    _fund(140000000, record_date="2024-09-01", direction="投入", doc_no=None),
    _fund(500000, record_date="2024-09-02", direction="投入", doc_no=None),
    _fund(1250000, record_date="2024-09-05", direction="投入", doc_no=None),
]


def _purposes() -> bytes:
    head = split("乡镇|应急抢险|受灾救助|倒损房重建|合计|下拨时间")
    return xlsx([["2024年救灾资金下拨表（万元）"], head, ["夏阳乡", 5, 8.5, 6, 19.5, "2024.8"]])


def _plain_funds(unit_line: str, header: str) -> bytes:
    head = ["日期", "乡镇", "方向", "用途", header]
    rows = [
        ["2024-07-05", "县直", "争取", "自然灾害救灾", 12.5],
        ["2024-07-06", "盖洋镇", "下拨", "其他", "3"],
    ]
    return xlsx([["资金台账"], [None, None, None, unit_line], head, *rows])


def _amounts(first: int, second: int) -> list[dict[str, Any]]:
    return [
        dict(record_date="2024-07-05", amount_fen=first, direction="争取"),
        dict(record_date="2024-07-06", amount_fen=second, direction="下拨"),
    ]


CASES = [
    Case(
        "b_slip.xlsx",
        "supply_movement",
        "slips with a line for each item",
        lambda: xlsx(_slip()),
        Want(_SLIP),
        lines="supply_line",
    ),
    Case(
        "b_slip_merged.xlsx",
        "supply_movement",
        "the slip's number merged down",
        _merged_slip,
        Want(_SLIP),
        lines="supply_line",
    ),
    Case(
        "b_slip_wrong_unit.xlsx",
        "supply_movement",
        "a unit that the item has not",
        lambda: xlsx([*_slip(), ["DB2024-03", "2024-3-1", "调拨", "胡坊镇", "棉被", "20箱", "箱"]]),
        Want(_SLIP, bad=[6]),
        lines="supply_line",
    ),
    Case(
        "b_wide_blanks.xlsx",
        "supply_movement",
        "goods as columns: blanks, /, 0 and an unknown good",
        lambda: _wide(
            ["棉被（床）", "毛毯（件）", "帐篷布XL（张）"],
            ["盖洋镇", "2024-1-22", 10, None, None],
            ["夏坊乡", "2024-1-22", "/", 5, 2],
            ["胡坊镇", "2024-1-22", 0, "", None],
        ),
        Want([_line("盖洋镇", "棉被", 10), _line("夏坊乡", "毛毯", 5)], warn=["帐篷布"]),
        lines="supply_line",
        also=[
            Want(),
            Want([_line("盖洋镇", "棉被", 10), _line("夏坊乡", "毛毯", 5)], bad=[5], warn=["帐篷布"]),
            Want([_line("盖洋镇", "棉被", 10)], bad=[4], warn=["帐篷布"]),
            Want([_line("盖洋镇", "棉被", 10)], bad=[4, 5], warn=["帐篷布"]),
        ],
    ),
    Case(
        "b_wide_wrong_unit.xlsx",
        "supply_movement",
        "a good under a unit that is not its own",
        lambda: _wide(["棉被（箱）", "毛毯（件）"], ["盖洋镇", "2024-1-22", 10, 3]),
        Want([], bad=[3]),
        lines="supply_line",
        also=[Want(), Want([_line("盖洋镇", "毛毯", 3)], warn=["棉被（箱）"])],
    ),
    Case(
        "b_wide_slip.xlsx",
        "supply_movement",
        "wide slips with names of people",
        lambda: xlsx(
            [
                ["救灾物资调拨单"],
                split("调拨单号|调拨时间|接收单位|棉被（床）|棉大衣（件）|经办人|接收人"),
                ["DB2024-03", "2024.1.22", "盖洋镇", 100, 50, "甲某人", "乙某人"],
            ]
        ),
        Want([_line("盖洋镇", "棉被", 100), _line("盖洋镇", "棉大衣", 50)]),
        lines="supply_line",
    ),
    Case(
        "b_transposed.xlsx",
        "supply_movement",
        "goods as rows, townships as columns",
        _transposed,
        Want(_TURNED),
        lines="supply_line",
        also=[Want(), Want([], bad=[3, 4])],
    ),
    Case(
        "b_purchases.xlsx",
        "supply_movement",
        "three goods in one row, a compound unit",
        lambda: xlsx(
            [
                ["2024年采购应急物资清单"],
                split("品名|数量|单位|单价（元）|合价|资金来源|到货时间"),
                ["消防水泵/高压水带/风力灭火机", 90, "台套", None, "96万", "省级补助", "2024-9"],
            ]
        ),
        Want([], bad=[3]),
        lines="supply_line",
        also=[Want()],
    ),
    Case(
        "b_wenzhou.xlsx",
        "supply_movement",
        "places and subsidies: no ledger of goods",
        lambda: xlsx(
            [
                ["补充应急救灾物资经费清单"],
                split("序号|单位|避灾安置场所(个)|补助资金(万元)|备注"),
                [1, "泽雅镇", "49(镇级5、村级44)", 78.5, None],
                ["合计", None, "189(区级1、镇级20、村级168)", 380, None],
            ]
        ),
        Want(),
        lines="supply_line",
        also=[Want([], bad=[3])],
    ),
    Case(
        "b_funds.xlsx",
        "fund",
        "万元, about, 千元, nought, negative, another unit in the cell",
        _funds,
        Want(_GOT, bad=[7, 8], warn=["W_MONTH|没有写明日", "约数"]),
    ),
    Case(
        "b_funds_unit_above.xlsx",
        "fund",
        "the unit only above the table",
        lambda: _plain_funds("金额单位：万元", "金额"),
        Want(_amounts(12500000, 3000000)),
    ),
    Case(
        "b_funds_yuan.xlsx",
        "fund",
        "the header's unit goes before the one above",
        lambda: _plain_funds("单位：万元", "金额（元）"),
        Want(_amounts(1250, 300)),
        also=[Want([], bad=[4, 5]), Want()],
    ),
    Case(
        "b_funds_no_unit.xlsx",
        "fund",
        "no unit anywhere: 12.5 of what?",
        lambda: _plain_funds("", "金额"),
        Want([], bad=[4, 5]),
        also=[Want(), Want(_amounts(1250, 300), warn=["元"])],
    ),
    Case(
        "b_funds_purposes.xlsx",
        "fund",
        "a column for each purpose, and their sum",
        _purposes,
        Want(),
        also=[
            Want([], bad=[3]),
            Want(
                [
                    dict(area="夏阳乡", direction="下拨", record_date="2024-08-31", amount_fen=fen)
                    for fen in (5000000, 8500000, 6000000)
                ]
            ),
        ],
    ),
]

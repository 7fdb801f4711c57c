"""Other ledgers once more: money, losses, fines."""

from __future__ import annotations

from typing import Any

from tests.corpus.b_floods import EVENT, split
from tests.corpus.books import xlsx
from tests.corpus.expect import Build, Case, Want


def book(*rows: Any) -> Build:
    """A workbook of rows, those with bars as texts."""
    return lambda: xlsx([split(row) if isinstance(row, str) else row for row in rows])


def _fund(area: str, direction: str, fen: int, date: str = "2024-07-05") -> dict[str, Any]:
    return dict(area=area, direction=direction, amount_fen=fen, record_date=date)


_FUNDS = "日期|乡镇|方向|用途|金额（万元）"
_MONEY: list[tuple[Any, Any]] = [
    ("135万元", 135000000),
    ("1.35亿元", (13500000000,)),
    ("壹拾万元整", (10000000,)),
    ("12.5万", 12500000),
    ("1,234.5", 1234500000),
    ("￥3.00", (3000000, 300)),
    ("12万5千元", (12500000,)),
    ("12.5+3", None),
    ("约12", 12000000),
    ("12.3456789", None),
    ("5000元", 500000),
    ("12.5元/户", None),
    ("（12）", None),
    ("$12", None),
    ("12-15", None),
]


def _money_want() -> Want:
    stored, bad, maybe = [], [], {}
    for place, (_, value) in enumerate(_MONEY, 2):
        if value is None:
            bad.append(place)
        elif isinstance(value, tuple):
            maybe[place] = [_fund("县直", "投入", item, f"2024-07-{place:02}") for item in value]
        else:
            stored.append(_fund("县直", "投入", value, f"2024-07-{place:02}"))
    return Want(stored, bad=bad, maybe=maybe)


LOSS = dict(record_date="2024-06-19", event="6.9-6.18")
_HOUSES: list[tuple[Any, Any]] = [
    ("1/3", (1, 3)),
    ("1户3间", (1, 3)),
    ("1户/3间", (1, 3)),
    ("2户5间", (2, 5)),
    ("0", (0, 0)),
    ("0/0", (0, 0)),
]


def _houses() -> Any:
    rows = [
        [area, 10 + n, text]
        for n, (area, (text, _)) in enumerate(
            zip(split("雪峰镇|盖洋镇|胡坊镇|瀚仙镇|城关乡|沙溪乡"), _HOUSES, strict=True)
        )
    ]
    return [[f"{EVENT}灾情统计表（核报，截至6月19日12时）"], split("乡镇|受灾人口|倒塌房屋（户/间）"), *rows]


def _houses_want(*, zero: Any = (0, 0)) -> Want:
    stored = []
    for row, (text, pair) in zip(_houses()[2:], _HOUSES, strict=True):
        households, rooms = zero if text == "0" else pair
        stored.append(
            dict(
                area=row[0],
                affected=row[1],
                stage="核报",
                collapsed=households,
                collapsed_rooms=rooms,
                **LOSS,
            )
        )
    return Want(stored)


_CODE = "350421202400012345"
_CASES = "案件编号|当事人|案由|处罚种类|罚款金额（元）|决定日期|乡镇"


def _case_of(no: Any, party: str, fen: int | None, *measures: str) -> dict[str, Any]:
    return dict(case_no=no, party=party, measure=list(measures), fine_fen=fen)


_FINES: list[tuple[Any, Any]] = [
    ("5000元整", 500000),
    ("伍仟元", (500000,)),
    ("0.5万元", 500000),
    ("5,000", 500000),
    ("5000.00", 500000),
    ("5000元（已缴）", (500000,)),
    ("5000/3000", None),
    ("每人500", None),
]


def _fines_want() -> Want:
    stored, bad, maybe = [], [], {}
    for place, (_, value) in enumerate(_FINES, 2):
        made = _case_of(f"明罚{place}号", f"{place}厂", 0, "罚款")
        if value is None:
            bad.append(place)
        elif isinstance(value, tuple):
            maybe[place] = [made | {"fine_fen": item} for item in value]
        else:
            stored.append(made | {"fine_fen": value})
    return Want(stored, bad=bad, maybe=maybe)


CASES = [
    Case(
        "b_money_texts.xlsx",
        "fund",
        "amounts in a column of 万元",
        book(
            _FUNDS,
            *([f"2024-07-{n:02}", "县直", "投入", "其他", text] for n, (text, _) in enumerate(_MONEY, 2)),
        ),
        _money_want(),
    ),
    Case(
        "b_money_two_columns.xlsx",
        "fund",
        "元 and 万元 beside each other",
        book(
            "日期|乡镇|方向|用途|金额（元）|折合（万元）",
            ["2024-07-05", "盖洋镇", "下拨", "其他", 125000, 12.5],
            ["2024-07-05", "胡坊镇", "下拨", "其他", "30,000.00", 3],
        ),
        Want([_fund("盖洋镇", "下拨", 12500000), _fund("胡坊镇", "下拨", 3000000)]),
        also=[Want(), Want([], bad=[2, 3])],
    ),
    Case(
        "b_money_directions.xlsx",
        "fund",
        "a column for each direction",
        book(
            ["2024年7月资金情况表（单位：万元）"],
            "乡镇|用途|争取资金|下拨资金|投入资金",
            ["盖洋镇", "其他", 5, 3.5, None],
        ),
        Want(
            [_fund("盖洋镇", "争取", 5000000, "2024-07-31"), _fund("盖洋镇", "下拨", 3500000, "2024-07-31")]
        ),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_money_wan_in_title.xlsx",
        "fund",
        "万元 in the title only, a total by another name",
        book(
            ["明溪县2024年救灾资金下拨情况表（万元）"],
            "序号|乡镇|下拨金额|用途|下拨时间",
            [1, "盖洋镇", 8.5, "自然灾害救灾", "2024.7.5"],
            [2, "胡坊镇", "6", "自然灾害救灾", "2024.7.5"],
            ["总计", None, 14.5, None, None],
        ),
        Want([_fund("盖洋镇", "下拨", 8500000), _fund("胡坊镇", "下拨", 6000000)], flagged=[5]),
    ),
    Case(
        "b_money_paid.xlsx",
        "fund",
        "planned and paid: two amounts",
        book(
            ["2024年救灾资金下拨情况表（万元）"],
            "乡镇|计划金额|已下拨金额|结余|下拨时间|用途",
            ["盖洋镇", 10, 8, 2, "2024.7.5", "其他"],
        ),
        Want([_fund("盖洋镇", "下拨", 8000000)]),
        also=[Want(), Want([], bad=[3])],
    ),
    Case(
        "b_houses.xlsx",
        "disaster_loss",
        "households and rooms in one cell, written in many ways",
        lambda: xlsx(_houses()),
        _houses_want(),
        also=[
            _houses_want(zero=(0, None)),
            Want([s for s in _houses_want().stored or () if s["area"] != "城关乡"], bad=[7]),
        ],
    ),
    Case(
        "b_crops.xlsx",
        "disaster_loss",
        "hectares, and those lost",
        book(
            [f"{EVENT}灾情统计表（续报，截至6月19日12时）"],
            "乡镇|受灾人口|农作物受灾面积（公顷）|其中绝收（公顷）|直接经济损失（万元）",
            ["全县", 330, 60.5, 6, 150],
            ["枫溪乡", 120, 40.5, 4, 100],
            ["夏坊乡", 210, 20, 2, 50],
        ),
        Want(
            [
                dict(
                    area="枫溪乡",
                    affected=120,
                    crops=40.5,
                    crops_lost=4,
                    loss_fen=100000000,
                    stage="续报",
                    **LOSS,
                ),
                dict(
                    area="夏坊乡",
                    affected=210,
                    crops=20,
                    crops_lost=2,
                    loss_fen=50000000,
                    stage="续报",
                    **LOSS,
                ),
            ],
            flagged=[3],
        ),
    ),
    Case(
        "b_crops_mu.xlsx",
        "disaster_loss",
        "mu in the cell under a header in hectares",
        book(
            [f"{EVENT}灾情统计表（续报，截至6月19日12时）"],
            "乡镇|受灾人口|农作物受灾面积（公顷）",
            ["枫溪乡", 120, "600亩"],
            ["夏坊乡", 210, "20公顷"],
        ),
        Want([dict(area="夏坊乡", affected=210, crops=20, **LOSS)], bad=[3]),
        also=[
            Want(
                [
                    dict(area="夏坊乡", affected=210, crops=20, **LOSS),
                    dict(area="枫溪乡", affected=120, crops=40, **LOSS),
                ],
                flagged=[3],
            )
        ],
    ),
    Case(
        "b_loss_yuan.xlsx",
        "disaster_loss",
        "losses in 亿元 and 元",
        book(
            [f"{EVENT}灾情统计表（核报，截至6月19日12时）"],
            "乡镇|受灾人口|直接经济损失",
            ["枫溪乡", 120, "0.12亿元"],
            ["夏坊乡", 210, "350000元"],
            ["盖洋镇", 20, 35],
        ),
        Want(
            [
                dict(area="枫溪乡", affected=120, loss_fen=1200000000, **LOSS),
                dict(area="夏坊乡", affected=210, loss_fen=35000000, **LOSS),
            ],
            bad=[5],
        ),
    ),
    Case(
        "b_case_numbers.xlsx",
        "enforcement_case",
        "18-digit numbers: text, number, exponent, with an apostrophe",
        book(
            _CASES,
            [_CODE, "甲厂", "未培训", "警告", None, "2024-6-9", "县直"],
            [350421202400012345, "乙厂", "未培训", "警告", None, "2024-6-9", "县直"],
            ["3.50421E+17", "丙厂", "未培训", "警告", None, "2024-6-9", "县直"],
            [f"{_CODE[:-1]}6\t", "丁厂", "未培训", "警告", None, "2024-6-9", "县直"],
            [20240001, "戊厂", "未培训", "警告", None, "2024-6-9", "县直"],
        ),
        Want(
            [_case_of(_CODE, "甲厂", None, "警告"), _case_of("20240001", "戊厂", None, "警告")],
            bad=[3, 4],
            maybe={5: [_case_of(f"{_CODE[:-1]}6", "丁厂", None, "警告")]},
        ),
    ),
    Case(
        "b_fines.xlsx",
        "enforcement_case",
        "fines in words and figures",
        book(
            _CASES,
            *(
                [f"明罚{n}号", f"{n}厂", "未培训", "罚款", text, "2024-6-9", "县直"]
                for n, (text, _) in enumerate(_FINES, 2)
            ),
        ),
        _fines_want(),
    ),
    Case(
        "b_fine_in_measure.xlsx",
        "enforcement_case",
        "the fine inside the measure",
        book(
            "案件编号|当事人|案由|处罚内容|决定日期|乡镇",
            ["明罚1号", "甲厂", "未培训", "罚款人民币5000元", "2024-6-9", "县直"],
            ["明罚2号", "乙厂", "未培训", "警告，并处罚款1.5万元", "2024-6-9", "县直"],
            ["明罚3号", "丙厂", "未培训", "警告", "2024-6-9", "县直"],
        ),
        Want(
            [_case_of("明罚3号", "丙厂", None, "警告")],
            maybe={
                2: [_case_of("明罚1号", "甲厂", 500000, "罚款")],
                3: [_case_of("明罚2号", "乙厂", 1500000, "罚款", "警告")],
            },
        ),
        also=[Want()],
    ),
]

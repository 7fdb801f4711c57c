"""物资收发 and its lines: what came into the store and what left it."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, code, count, decimal, derived, money, ref
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.domain.kinds.common import child_fields, common_fields
from mingxi_desktop.domain.rules import is_value, needed_when, only_when

INCOMING = ("购入", "接收调入")
OUTGOING = ("调拨", "移交队伍", "报废")
"""Legs that lower the county's stock.  发放 happens in the township, after 调拨: another leg."""

SUPPLY_MOVEMENT = Kind(
    name="supply_movement",
    label="物资收发",
    tab="救灾调拨",
    words=("物资", "调拨", "采购", "发放", "入库", "出库"),
    title=("type", "receiver", "record_date"),
    key=("doc_no", "type", "record_date", "receiver"),
    unique=("doc_no",),
    fields=(
        code(
            "doc_no",
            "单号",
            column=True,
            width=13,
            synonyms=("调拨单号", "单据号", "出库单号", "入库单号", "编号"),
        ),
        *common_fields(
            record_date={"synonyms": ("调拨时间", "调拨日期", "发放时间", "时间", "到货时间", "购入日期")}
        )[:1],
        choice(
            "type",
            "类型",
            "movement_type",
            required=True,
            column=True,
            filter=True,
            width=9,
            help="调拨是县到乡镇，发放是乡镇到群众，是同一批物资的两段，分开记、不相加",
            synonyms=("收发类型", "业务类型"),
        ),
        common_fields()[1],
        ref(
            "receiver",
            "接收单位",
            "area",
            "org",
            "rescue_team",
            column=True,
            when=("type", ("调拨", "移交队伍", "发放")),
            help="调拨必填",
            synonyms=("领用单位", "接收乡镇", "收货单位", "调入单位"),
        ),
        ref(
            "dispatch",
            "对应调拨",
            "supply_movement",
            when=("type", ("发放",)),
            help="发放的物资是哪一次调拨给的；填了，两样就不会当成两批物资",
            synonyms=("对应调拨单", "对应调拨单号", "来源调拨单"),
            since=(1, 2),
        ),
        derived("goods", "物资清单", column=True, width=30, help="明细里的物资和数量"),
        ref("event", "灾害过程", "disaster_event", synonyms=("过程",)),
        count(
            "beneficiaries",
            "救助人数",
            "人",
            column=True,
            when=("type", ("发放", "调拨")),
            synonyms=("受益人数", "救助群众", "受助人数"),
        ),
        ref("fund", "资金来源", "fund", when=("type", INCOMING), synonyms=("经费来源",)),
        *common_fields(approx=True)[2:],
    ),
    rules=(
        needed_when(("receiver",), is_value("type", "调拨"), "调拨要写接收单位"),
        only_when("dispatch", is_value("type", "发放"), "只有发放才写对应调拨"),
    ),
    help="一张单子一条，每样物资是一行明细。库存由收发算出，不用填。发放的要选对应的调拨。",
)


def _positive(values: Values) -> Finding | None:
    quantity = values.get("quantity")
    if quantity is not None and quantity <= 0:
        return Finding("quantity", "数量要大于0", "error", "E_RANGE")
    return None


SUPPLY_LINE = Kind(
    name="supply_line",
    label="物资明细",
    tab="救灾调拨",
    parent="movement",
    title=("item", "quantity"),
    quantity="quantity",
    key=("movement", "item"),
    fields=(
        ref("movement", "收发单", "supply_movement", required=True, column=True),
        ref(
            "item", "物资", "item", required=True, column=True, synonyms=("品名", "物资名称", "物品", "名称")
        ),
        decimal("quantity", "数量", "", required=True, column=True, help="单位随物资定，不用写"),
        money("value", "价值", column=True, synonyms=("金额", "合价", "总价")),
        decimal(
            "balance",
            "结存",
            "",
            total=False,
            help="原表上这一笔之后还剩多少；只用来和算出的库存核对",
            synonyms=("结存数量", "结余", "结余数量", "现存", "现存数量", "库存", "库存数量"),
            since=(1, 2),
        ),
        *child_fields(approx=True),
    ),
    rules=(_positive,),
    help="一样物资一行，单位由物资名单规定。",
)

"""资金: money won from above, money paid out, money put in."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, code, money, ref
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.domain.kinds.common import common_fields


def _positive(values: Values) -> Finding | None:
    amount = values.get("amount")
    if amount is not None and amount <= 0:
        return Finding("amount", "金额要大于0", "error", "E_RANGE")
    return None


FUND = Kind(
    name="fund",
    label="资金",
    tab="救灾调拨",
    words=("资金", "经费", "补助", "补贴"),
    county=True,
    title=("code",),
    quantity="amount",
    key=("direction", "purpose", "amount", "doc_no", "record_date"),
    unique=("code",),
    code_field="code",
    code_prefix="资",
    fields=(
        code("code", "编号", auto=True, width=11, help="由程序自动编，也可自己写"),
        *common_fields(record_date={"synonyms": ("到账时间", "下拨时间", "到账日期", "下拨日期", "时间")})[
            :2
        ],
        choice(
            "direction",
            "方向",
            "fund_direction",
            required=True,
            column=True,
            filter=True,
            width=8,
            help="争取是向上要来的，下拨是拨给乡镇的，投入是自己花的；同一笔钱的不同方向各记各的",
        ),
        choice("purpose", "用途", "fund_purpose", required=True, column=True, filter=True, width=14),
        money(
            "amount",
            "金额",
            required=True,
            column=True,
            synonyms=("资金金额", "资金", "下拨金额", "补助资金"),
        ),
        code("doc_no", "文号", column=True, width=22, synonyms=("文件号", "资金文号")),
        ref(
            "parent",
            "上级项目",
            "fund",
            help="是哪一笔资金的其中一部分，或下拨的是哪一笔争取来的；同一方向的相加不能超过它",
        ),
        *common_fields(approx=True)[2:],
    ),
    rules=(_positive,),
    help="每一笔一条。其中的一部分另记时要选上级项目，否则总数会重复；下拨选了它来自哪一笔争取，照样算在下拨里。",
)

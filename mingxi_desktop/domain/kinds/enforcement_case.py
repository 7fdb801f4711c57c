"""执法案件: penalties and the measures around them."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, code, count, date, money, multi, ref, text
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.rules import not_before, one_for_itemised, within_days


def _fine(values: Values) -> Finding | None:
    if "罚款" in (values.get("measure") or ()) and values.get("fine") is None:
        return Finding("fine", "措施里有“罚款”，要写罚款金额（没有罚到的写0）", "error", "E_NEEDED")
    if values.get("fine") and "罚款" not in (values.get("measure") or ()):
        return Finding("measure", "写了罚款金额，措施里要选“罚款”", "error", "E_NEEDED")
    return None


ENFORCEMENT_CASE = Kind(
    name="enforcement_case",
    label="执法案件",
    tab="隐患排查",
    words=("处罚", "案件", "执法台账", "办案"),
    county=True,
    title=("case_no", "party"),
    quantity="cases",
    unique=("case_no",),
    date="decision_date",
    key=("party", "cause", "decision_date", "fine"),
    fields=(
        code(
            "case_no",
            "案号",
            column=True,
            width=24,
            help="按文书原样写",
            synonyms=("案件编号", "处罚决定书文号", "文书号", "决定书文号"),
        ),
        *common_fields()[:2],
        ref(
            "party",
            "当事人",
            "enterprise",
            required=True,
            column=True,
            width=20,
            help="被处理的单位、场所或个人",
            synonyms=("行政相对人名称", "行政相对人", "被处罚人", "被处罚单位", "当事人名称"),
        ),
        text(
            "cause",
            "案由",
            required=True,
            column=True,
            width=24,
            synonyms=("违法行为", "违法事实", "处罚事由"),
        ),
        multi(
            "measure",
            "措施",
            "measure",
            required=True,
            column=True,
            help="警告到行政拘留是行政处罚种类；立案、查封扣押、责令限期改正等不算处罚",
            synonyms=("处罚种类", "处罚类别", "处理措施", "处罚方式"),
        ),
        money(
            "fine",
            "罚款",
            column=True,
            when=("measure", ("罚款",)),
            help="单位元",
            synonyms=("罚款金额", "处罚金额", "罚没金额"),
        ),
        date("filed_date", "立案日期", synonyms=("立案时间",)),
        date("decision_date", "决定日期", column=True, synonyms=("处罚决定日期", "决定时间", "处罚日期")),
        choice("procedure", "程序", "procedure", synonyms=("处罚程序", "案件程序")),
        multi("campaign", "专项行动", "campaign", filter=True, synonyms=("专项",)),
        count(
            "cases",
            "件数",
            "次",
            required=True,
            minimum=1,
            default=1,
            synonyms=("案件数", "处罚次数", "次数"),
        ),
        ref("hazard", "关联隐患", "hazard", synonyms=("隐患编号",)),
        *common_fields()[2:],
    ),
    rules=(
        _fine,
        not_before("decision_date", "filed_date", "决定日期不能早于立案日期"),
        within_days("decision_date", "filed_date", 90, "立案到决定超过90天（行政处罚法第六十条），请核对"),
        one_for_itemised("cases", "件"),
    ),
    help="每一起案件一条；按决定日期计入年度，没有决定日期的按日期。",
)

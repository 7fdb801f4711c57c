"""隐患: what was found wrong, where, and whether it has been put right."""

from __future__ import annotations

from mingxi_desktop.domain.declare import (
    choice,
    code,
    count,
    date,
    derived,
    flag,
    memo,
    money,
    multi,
    ref,
    text,
)
from mingxi_desktop.domain.fields import Checklist, Finding, Kind, Values, When
from mingxi_desktop.domain.kinds.common import child_fields, common_fields
from mingxi_desktop.domain.rules import at_most, is_value, needed_when, not_before, only_when

MAJOR = "重大"
_WHEN_MAJOR: When = ("level", (MAJOR,))
_is_major = is_value("level", MAJOR)
FIVE_POINTS = Checklist(
    "五落实",
    _WHEN_MAJOR,
    {
        "owner": "责任",
        "plan": "措施",
        "rectify_fund": "资金",
        "due_date": "时限",
        "emergency_plan": "预案",
    },
    "W_FIVE_POINTS",
)
_REFUSED = ("owner", "plan")
"""Without these two a 重大隐患 is not stored; the others may follow."""


def _five_points(values: Values) -> Finding | None:
    """重大隐患五落实: what may be filled in later."""
    if not _is_major(values):
        return None
    later = {name: word for name, word in FIVE_POINTS.points.items() if name not in _REFUSED}
    missing = [name for name in later if values.get(name) in (None, "")]
    if not missing:
        return None
    words = "、".join(later[name] for name in missing)
    return Finding(missing[0], f"重大隐患“五落实”还缺：{words}", "warning", FIVE_POINTS.code)


HAZARD = Kind(
    name="hazard",
    label="隐患",
    tab="隐患排查",
    words=("隐患", "整改"),
    title=("code",),
    quantity="quantity_found",
    key=("record_date", "area", "place", "description"),
    unique=("code",),
    code_field="code",
    code_prefix="",
    checklist=FIVE_POINTS,
    fields=(
        code(
            "code",
            "编号",
            auto=True,
            required=True,
            width=10,
            help="每年从1编起，可由程序自动编",
            synonyms=("隐患编号",),
        ),
        *common_fields(
            record_date={
                "synonyms": (
                    "排查日期",
                    "检查日期",
                    "检查时间",
                    "排查时间",
                    "发现日期",
                    "发现时间",
                    "时间",
                    "登记日期",
                    "月份",
                )
            }
        )[:2],
        ref(
            "place",
            "单位/场所",
            "enterprise",
            column=True,
            width=20,
            help="被检查的单位或场所；没有登记过的会自动登记",
            synonyms=(
                "被检查单位/场所",
                "被检查单位",
                "单位",
                "场所",
                "企业名称",
                "单位名称",
                "企业（场所）名称",
                "受检单位",
                "隐患单位",
                "检查单位",
                "单位或地点",
                "检查对象",
                "单位（场所）名称",
            ),
        ),
        choice(
            "field",
            "行业领域",
            "industry",
            required=True,
            default="其他",
            column=True,
            filter=True,
            width=10,
            synonyms=("领域", "行业", "所属行业", "行业和领域", "隐患领域"),
        ),
        memo(
            "description",
            "隐患描述",
            required=True,
            column=True,
            synonyms=(
                "存在问题",
                "问题",
                "隐患内容",
                "问题隐患",
                "隐患问题",
                "问题描述",
                "存在的问题",
                "隐患情况",
                "主要问题",
                "存在隐患",
            ),
        ),
        choice(
            "level",
            "隐患等级",
            "hazard_level",
            required=True,
            default="一般",
            column=True,
            filter=True,
            width=8,
            synonyms=("等级", "级别", "隐患级别", "隐患类型"),
        ),
        count(
            "quantity_found",
            "发现数",
            "条",
            required=True,
            minimum=1,
            default=1,
            column=True,
            synonyms=(
                "发现数量",
                "隐患数",
                "隐患数量",
                "排查隐患数",
                "问题数",
                "发现隐患数",
                "数量",
                "排查数",
            ),
        ),
        count(
            "quantity_rectified",
            "已整改数",
            "条",
            required=True,
            default=0,
            column=True,
            synonyms=("整改数", "已整改", "已整改数量", "整改数量", "其中已整改", "完成整改数"),
        ),
        derived("status", "状态", column=True, width=9, filter=True),
        multi("campaign", "专项行动", "campaign", filter=True, synonyms=("专项", "所属专项", "行动")),
        flag(
            "in_total",
            "计入总数",
            required=True,
            default=True,
            help="专项行动的数已另行统计、不应计入全年隐患总数的，选“否”",
            synonyms=("是否计入总数",),
        ),
        text("category", "隐患类别", help="如 门窗障碍物、违规广告牌", synonyms=("类别", "问题类别")),
        text("owner", "整改责任人", synonyms=("责任人", "整改负责人")),
        memo("plan", "整改措施", synonyms=("措施", "整改措施/资金/预案", "整改要求")),
        money(
            "rectify_fund",
            "整改资金",
            total=False,
            when=_WHEN_MAJOR,
            synonyms=("落实资金", "隐患治理资金", "整改经费"),
        ),
        text("emergency_plan", "应急预案", when=_WHEN_MAJOR, synonyms=("预案",)),
        date(
            "due_date",
            "整改期限",
            synonyms=("期限", "时限", "整改时限", "限期", "要求整改日期", "要求完成时间"),
        ),
        date(
            "rectified_date",
            "整改完成日期",
            synonyms=("完成整改日期", "完成日期", "整改日期", "整改完成时间", "完成时间", "销号日期"),
        ),
        choice(
            "supervision",
            "挂牌督办级别",
            "supervision",
            default="无",
            when=_WHEN_MAJOR,
            synonyms=("挂牌督办", "督办级别"),
        ),
        ref("inspection", "所属检查", "inspection", help="在哪次检查中发现"),
        *common_fields()[2:],
    ),
    rules=(
        at_most("quantity_rectified", "quantity_found", "已整改数不能大于发现数"),
        not_before("due_date", "record_date", "整改期限不能早于发现日期"),
        not_before("rectified_date", "record_date", "整改完成日期不能早于发现日期"),
        needed_when(("owner",), _is_major, "重大隐患要写整改责任人", "entry"),
        needed_when(("plan",), _is_major, "重大隐患要写整改措施", "entry"),
        _five_points,
    ),
    help="发现的问题和整改的结果。一行一条的选“逐条”；乡镇报来的合计选“汇总”，数量填在“发现数”里。",
)


def _only_extension(values: Values) -> Finding | None:
    if values.get("action") == "延期" and not values.get("new_due"):
        return Finding("new_due", "“延期”要写新期限", "error", "E_NEEDED")
    return None


HAZARD_STEP = Kind(
    name="hazard_step",
    label="隐患整改复查过程",
    tab="隐患排查",
    parent="hazard",
    title=("hazard", "action"),
    key=("hazard", "action", "record_date"),
    fields=(
        ref("hazard", "隐患", "hazard", required=True, column=True, synonyms=("隐患编号",)),
        child_fields("record_date")[0],
        choice("action", "动作", "hazard_action", required=True, column=True),
        text("person", "人员", column=True, synonyms=("经办人", "复查人")),
        date("new_due", "新期限", column=True, when=("action", ("延期",)), help="只有“延期”才填"),
        *child_fields()[1:],
    ),
    rules=(
        only_when("new_due", is_value("action", "延期"), "只有“延期”才填新期限"),
        _only_extension,
        not_before("new_due", "record_date", "新期限不能早于延期的日期"),
    ),
    help="一条隐患从下达整改到销号的经过。",
)

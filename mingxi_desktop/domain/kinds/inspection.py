"""检查帮扶: inspections, joint enforcement, assistance visits."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, code, count, refs, text
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.rules import one_for_itemised


def _visits(values: Values) -> Finding | None:
    enterprises, visits = values.get("enterprises") or (), values.get("visits")
    if visits is not None and visits < len(set(enterprises)):
        return Finding("visits", f"家次不能少于受检企业数（{len(set(enterprises))}家）", "error", "E_PART")
    return None


INSPECTION = Kind(
    name="inspection",
    label="检查帮扶",
    tab="隐患排查",
    words=("检查", "帮扶", "双随机", "联合执法", "督导"),
    county=True,
    title=("code",),
    quantity="times",
    key=("record_date", "area", "type", "leader", "enterprises"),
    unique=("code",),
    code_field="code",
    code_prefix="检",
    fields=(
        code(
            "code",
            "编号",
            auto=True,
            width=11,
            help="由程序自动编，也可自己写",
            synonyms=("检查编号", "任务编号"),
        ),
        *common_fields(record_date={"synonyms": ("检查日期", "检查时间", "抽查时间", "帮扶时间", "时间")})[
            :2
        ],
        choice(
            "type",
            "类型",
            "inspection_type",
            required=True,
            column=True,
            filter=True,
            width=14,
            synonyms=("检查类型", "检查方式", "类别"),
        ),
        count(
            "times", "次数", "次", required=True, minimum=1, default=1, column=True, synonyms=("检查次数",)
        ),
        refs(
            "enterprises",
            "受检企业",
            "enterprise",
            column=True,
            help="可写多家，用顿号隔开；去重后就是“家数”",
            synonyms=("被检查单位", "检查对象", "抽查对象", "帮扶企业", "受检单位", "企业名称"),
        ),
        count(
            "visits", "家次", "家次", help="这次（这批）一共走了多少家次", synonyms=("检查家次", "帮扶家次")
        ),
        text("leader", "带队领导", column=True, synonyms=("检查组/带队领导", "带队人", "检查组", "检查人员")),
        choice("key_period", "重点时段", "key_period", column=True, filter=True),
        count("staff", "出动人次", "人次", synonyms=("出动人数", "检查人次")),
        refs(
            "participants",
            "参与单位",
            "org",
            help="联合行动只记一条，参加的单位都写在这里",
            synonyms=("参加单位", "联合单位"),
        ),
        *common_fields()[2:],
    ),
    rules=(_visits, one_for_itemised("times", "次")),
    help="执法检查、联合执法、精准帮扶、领导督导。几个乡镇一起做的一次行动只记一条。",
)

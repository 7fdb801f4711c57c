"""培训演练宣传: training, drills and publicity, with what publicity handed out."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, multi, ref, text
from mingxi_desktop.domain.fields import Kind, When
from mingxi_desktop.domain.kinds.common import child_fields, common_fields
from mingxi_desktop.domain.rules import is_value, one_for_itemised, only_when

DRILL = "应急演练"
_WHEN_DRILL: When = ("type", (DRILL,))
_drill = is_value("type", DRILL)

ACTIVITY = Kind(
    name="activity",
    label="培训演练宣传",
    tab="培训演练",
    words=("培训", "演练", "宣传", "宣教活动", "宣讲"),
    county=True,
    title=("title", "record_date"),
    quantity="sessions",
    key=("record_date", "area", "type", "title"),
    fields=(
        *common_fields(
            record_date={"synonyms": ("培训时间", "演练时间", "活动时间", "培训日期", "演练日期", "时间")}
        )[:2],
        choice(
            "type",
            "类型",
            "activity_type",
            required=True,
            column=True,
            filter=True,
            width=14,
            synonyms=("活动类型", "培训类型"),
        ),
        text(
            "title",
            "名称",
            required=True,
            column=True,
            width=28,
            synonyms=("活动名称", "培训主题", "演练名称", "主题", "培训内容", "培训名称"),
        ),
        count(
            "sessions",
            "场次",
            "场",
            required=True,
            minimum=1,
            default=1,
            column=True,
            synonyms=("次数", "场数", "期数"),
        ),
        count(
            "participants",
            "参加人数",
            "人",
            column=True,
            synonyms=("培训人数", "参与人次", "人数", "参加人次", "参演人数", "参训人数", "参与人数"),
        ),
        choice(
            "approx",
            "人数约数",
            "approx",
            default="准确",
            width=8,
            help="人数只知道“200余”的，数填200，这里选“余”",
            synonyms=("约数",),
        ),
        choice(
            "drill_form", "演练形式", "drill_form", filter=True, when=_WHEN_DRILL, help="只有应急演练才填"
        ),
        choice(
            "hazard_type",
            "事故灾害类型",
            "drill_hazard",
            when=_WHEN_DRILL,
            help="只有应急演练才填",
            synonyms=("演练类型", "灾害类型"),
        ),
        count("departments", "参与部门数", "个", total=False, synonyms=("部门数",)),
        count("enterprises", "参与企业数", "家", total=False, synonyms=("企业数",)),
        multi("campaign", "专项/主题", "theme", filter=True, synonyms=("主题活动", "专项")),
        text("venue", "地点", column=True, width=16, synonyms=("培训地点", "演练地点", "活动地点")),
        text("evaluation", "评估结论", when=_WHEN_DRILL, help="只有应急演练才填", synonyms=("演练评估",)),
        *common_fields()[2:],
    ),
    rules=(
        only_when("drill_form", _drill, "只有应急演练才填演练形式"),
        only_when("hazard_type", _drill, "只有应急演练才填事故灾害类型"),
        only_when("evaluation", _drill, "只有应急演练才填评估结论"),
        one_for_itemised("sessions", "场"),
    ),
    help="一次活动一条；乡镇报来的合计选“汇总”，场次和人数填总数。",
)

ACTIVITY_OUTPUT = Kind(
    name="activity_output",
    label="宣传产出",
    tab="培训演练",
    parent="activity",
    title=("item", "quantity"),
    quantity="quantity",
    key=("activity", "item", "record_date"),
    fields=(
        ref("activity", "活动", "activity", required=True, column=True, synonyms=("活动名称",)),
        choice(
            "item",
            "产出",
            "output_item",
            required=True,
            column=True,
            filter=True,
            synonyms=("产出项目", "宣传品"),
        ),
        count("quantity", "数量", "", required=True, column=True),
        *child_fields(approx=True),
    ),
    help="活动中发了多少资料、挂了多少横幅。",
)

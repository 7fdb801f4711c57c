"""会议调度学法: meetings, calls to townships, study sessions."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, ref, refs, text
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.rules import one_for_itemised

MEETING = Kind(
    name="meeting",
    label="会议调度学法",
    tab="防汛响应",
    words=("会议", "学法", "述法", "调度", "会商", "法治培训"),
    county=True,
    title=("type", "topic", "record_date"),
    quantity="times",
    key=("record_date", "type", "topic"),
    fields=(
        *common_fields(record_date={"synonyms": ("时间", "会议日期", "会议时间", "开会时间")})[:2],
        choice(
            "type",
            "类型",
            "meeting_type",
            required=True,
            column=True,
            filter=True,
            width=16,
            synonyms=("会议类型",),
        ),
        text(
            "topic",
            "主题",
            column=True,
            width=28,
            synonyms=("会议名称", "名称", "主要内容", "会议主题", "内容"),
        ),
        choice(
            "convener", "召集层级", "convener", column=True, filter=True, synonyms=("召集单位", "组织单位")
        ),
        count(
            "times", "次数", "次", required=True, minimum=1, default=1, column=True, synonyms=("会议次数",)
        ),
        ref("event", "灾害过程", "disaster_event", synonyms=("过程",)),
        refs("townships", "调度乡镇", "area", help="点对点调度到哪些乡镇；算次数不算乡镇数"),
        count("attendance", "参加人数", "人", synonyms=("参会人数", "人数")),
        *common_fields()[2:],
    ),
    rules=(one_for_itemised("times", "次"),),
    help="一次会议一条。会上顺带讲的内容不另记一次。",
)

"""响应统计: daily figures of a flood, as increments or as running totals, never both."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, ref
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields

INCREMENT, CUMULATIVE = "当日新增", "累计"

RESPONSE_TALLY = Kind(
    name="response_tally",
    label="响应统计",
    tab="防汛响应",
    words=("日报", "转移", "下沉", "避灾点开放", "防汛统计"),
    title=("event", "area", "record_date"),
    quantity="evacuees",
    key=("event", "area", "record_date", "basis"),
    fields=(
        ref("event", "灾害过程", "disaster_event", required=True, column=True, synonyms=("过程", "灾害名称")),
        *common_fields(record_date={"synonyms": ("统计日期", "填报日期", "时间")})[:2],
        choice(
            "basis",
            "口径",
            "tally_basis",
            required=True,
            column=True,
            filter=True,
            help="“截至…”的表是累计：同一过程同一乡镇只取最后一期，不相加",
            synonyms=("统计口径",),
        ),
        count("cadres", "下沉干部", "人", column=True, synonyms=("下沉干部数", "下沉干部人数", "下沉人数")),
        count(
            "evacuees",
            "转移群众",
            "人",
            column=True,
            synonyms=("转移人数", "转移群众数", "转移人员", "转移群众人数"),
        ),
        count("deaths", "死亡", "人", column=True, help="没有就写0；空着是没有报", synonyms=("死亡人数",)),
        count("missing", "失踪", "人", column=True, synonyms=("失踪人数",)),
        count("injured", "受伤", "人", column=True, synonyms=("受伤人数",)),
        *common_fields(granularity={"default": "汇总"})[2:],
    ),
    help="乡镇报来的防汛日报。写0是“没有”，空着是“没有报”，两样不同。",
)

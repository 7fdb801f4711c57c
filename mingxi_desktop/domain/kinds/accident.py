"""生产安全事故: what went wrong in spite of everything."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, money
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields

ACCIDENT = Kind(
    name="accident",
    label="生产安全事故",
    tab="力量与其他",
    words=("事故", "火灾统计"),
    county=True,
    title=("field", "grade", "record_date"),
    quantity="cases",
    key=("record_date", "area", "field", "grade"),
    fields=(
        *common_fields(record_date={"synonyms": ("事故日期", "发生时间", "事故时间", "月份")})[:2],
        choice(
            "field",
            "行业",
            "industry",
            required=True,
            column=True,
            filter=True,
            synonyms=("行业领域", "领域"),
        ),
        choice(
            "grade", "等级", "accident_grade", required=True, column=True, filter=True, synonyms=("事故等级",)
        ),
        count("cases", "起数", "起", required=True, default=1, column=True, synonyms=("事故起数",)),
        count("deaths", "死亡", "人", required=True, default=0, column=True, synonyms=("死亡人数", "亡")),
        count("injured", "受伤", "人", required=True, default=0, column=True, synonyms=("受伤人数", "伤")),
        money("loss", "直接损失", column=True, synonyms=("直接经济损失", "经济损失")),
        *common_fields()[2:],
    ),
    help="生产安全事故，火灾按消防口径。",
)

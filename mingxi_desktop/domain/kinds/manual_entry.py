"""其他指标: figures that come from no ledger, each with the reason for it."""

from __future__ import annotations

from mingxi_desktop.domain.declare import decimal, memo, ref
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields

MANUAL_ENTRY = Kind(
    name="manual_entry",
    label="其他指标",
    tab="力量与其他",
    title=("indicator", "record_date"),
    quantity="value",
    key=("indicator", "record_date", "area"),
    fields=(
        *common_fields()[:2],
        ref(
            "indicator", "指标名称", "indicator", required=True, column=True, filter=True, synonyms=("指标",)
        ),
        decimal("value", "数值", "", required=True, column=True, synonyms=("数量", "值")),
        memo(
            "basis", "依据", required=True, column=True, help="这个数从哪里来", synonyms=("数据来源", "口径")
        ),
        *common_fields(approx=True, granularity={"default": "汇总"})[2:],
    ),
    help="不在各台账里的数，如行政许可、信息公开；每个数都要写依据。",
)

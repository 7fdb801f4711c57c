"""The charts that are not of a single indicator, by name: what each shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "hazards_by_month": "各月隐患排查整改情况",
        "hazards_by_industry": "各行业领域隐患排查情况",
        "evacuees_by_event": "各次灾害过程转移群众情况",
        "activities_by_type": "各类培训演练开展情况",
        "hazards_by_area": "各乡镇隐患排查整改情况",
        "supplies_dispatched": "救灾物资调拨情况",
        "funds_by_purpose": "争取各类资金情况",
        "penalties_by_month": "各月行政处罚情况",
    }
)
"""In the order in which they are offered; the span goes before what is shown."""

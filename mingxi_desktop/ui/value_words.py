"""How the value of an indicator, and up to when it counts, is written on the screen."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.ui.shapes import thousands


def until(year: int, as_of: datetime.date | None = None) -> str:
    """数据截至 2024-12-31: up to which day the numbers of a year count, and what was put right after it."""
    period = Period.of(year, as_of)
    followed = f"，整改截至 {period.followed.isoformat()}" if period.followed else ""
    return f"数据截至 {period.as_of.isoformat()}{followed}"


def value_words(value: IndicatorValue) -> str:
    """1,683 条, 99.76%, 76.026 万元; a dash where there is no value."""
    if value.value is None:
        return "—"
    text = thousands(value.text)
    if text.endswith(("%", "以上")) or isinstance(value.value, str) or "号" in text:
        return text
    return f"{text} {value.indicator.unit}"

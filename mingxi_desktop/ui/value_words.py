"""How the value of an indicator is written on the screen."""

from __future__ import annotations

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ui.shapes import thousands


def value_words(value: IndicatorValue) -> str:
    """1,683 条, 99.76%, 76.026 万元; a dash where there is no value."""
    if value.value is None:
        return "—"
    text = thousands(value.text)
    if text.endswith(("%", "以上")) or isinstance(value.value, str) or "号" in text:
        return text
    return f"{text} {value.indicator.unit}"

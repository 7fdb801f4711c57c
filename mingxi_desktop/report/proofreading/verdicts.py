"""The verdict on each number, in a sentence that the clerk can act on."""

from __future__ import annotations

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report.proofreading import telling
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.judge import fits
from mingxi_desktop.report.proofreading.model import Checked, Verdict
from mingxi_desktop.report.proofreading.numbers import Found
from mingxi_desktop.report.proofreading.reading import Reading

_VAGUE = "去年"
_UNITS_IN_TEXT = frozenset({"%", "日期", "日期区间", "号"})


def judged(reading: Reading, frame: Frame) -> Checked:
    """The number against the records."""
    value = reading.value
    if value is None:
        return _unknown(reading, _why_unknown(reading))
    if frame.stranger:
        return _unknown(reading, f"草稿像是{frame.stranger}的，不与本台账核对")
    if frame.partial:
        return _unknown(reading, f"草稿写的是{frame.partial}，台账取的不是这段时间，请改截止日期后再校")
    if reading.back not in (0, 1):
        return _unknown(reading, f"草稿写的是{frame.year}年，台账里没有这一年的数可以核对")
    last_year = reading.back == 1
    right = fits(reading.number, value, last_year=last_year)
    if right is None:
        when = "上年的" if last_year else ""
        return _unknown(reading, f"台账没有“{value.indicator.label}”{when}数，无法核对", value)
    expected = recorded(value, last_year=last_year)
    if not right and last_year and _VAGUE in reading.sentence and fits(reading.number, value):
        # In January some write 去年 of the very year that is reported on.
        said = f"“{_VAGUE}”指哪一年看不准：与{frame.year}年的数一致，上年为{expected}"
        return _unknown(reading, f"{said}（{value.indicator.label}）", value)
    if not right and value.indicator.id in frame.beside:
        said = f"台账的“{value.indicator.label}”为{expected}，草稿写{written(reading.number)}"
        return _unknown(reading, f"{said}；这类报告一般不写这个指标，口径可能不同，请人工核对", value)
    verdict = Verdict.AGREES if right else Verdict.DIFFERS
    return _checked(reading, verdict, value, expected, _sentence(reading, expected, value, right=right))


def recorded(value: IndicatorValue, *, last_year: bool) -> str:
    """What the records say, as the report prints it, with its unit."""
    text = value.last_year_text if last_year else value.text
    unit = value.indicator.unit
    return text if unit in _UNITS_IN_TEXT or text == "零" else f"{text}{unit}"


def written(number: Found) -> str:
    """What the draft says, with its unit."""
    return telling.written(number.amount)


def _sentence(reading: Reading, expected: str, value: IndicatorValue, *, right: bool) -> str:
    label, said = value.indicator.label, written(reading.number)
    when = "上年" if reading.back else ""
    if not right:
        return f"草稿写{said}，台账{when}为{expected}（{label}）"
    if said == expected:
        return f"与台账{when}一致（{label}）"
    return f"与台账{when}相符：台账为{expected}（{label}）"


def _why_unknown(reading: Reading) -> str:
    return f"{reading.scope.why}，不与台账核对" if reading.scope.why else "看不出写的是哪个指标"


def _unknown(reading: Reading, reason: str, value: IndicatorValue | None = None) -> Checked:
    return _checked(reading, Verdict.UNKNOWN, value, "", reason)


def _checked(
    reading: Reading, verdict: Verdict, value: IndicatorValue | None, expected: str, reason: str
) -> Checked:
    indicator = value.indicator if value else None
    return Checked(
        amount=reading.number.amount,
        sentence=reading.sentence,
        verdict=verdict,
        indicator=indicator.id if indicator else "",
        label=indicator.label if indicator else "",
        expected=expected,
        reason=reason,
    )

"""同比: a value beside that of the same span a year before, and the words for it on the screen and in print.

The one place that knows what may be said: nothing is divided by zero or by a missing year, percentages are
compared in 百分点, and what is only known roughly is not compared to two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mingxi_desktop.domain.indicators import Indicator, IndicatorValue
from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.domain.wording import ABOUT, plain

_CENT, _TENTH, _ONE = Decimal("0.01"), Decimal("0.1"), Decimal(1)
_TIMES = 900
"""From so many per cent more on it is said how many times as much it is."""
_ROUGH_RULES = ("yu", "near:", "about:", "floor:")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two amounts of one indicator.  now, before: None where there is none.

    part: they are of a part of a year, not of the whole.  rough: at least one is not known exactly.
    """

    now: Decimal | int | None
    before: Decimal | int | None
    unit: str
    part: bool = False
    rough: bool = False

    @property
    def difference(self) -> Decimal | None:
        """now − before, in the unit (百分点 for percentages); None where one of them is missing."""
        return None if self.now is None or self.before is None else Decimal(self.now) - Decimal(self.before)

    @property
    def share(self) -> Decimal | None:
        """The difference in per cent of the year before; None for percentages, and where that was nothing."""
        difference = self.difference
        if difference is None or not self.before or self.unit == "%":
            return None
        return _rounded(difference * 100 / abs(Decimal(self.before)), _CENT)

    def sentence(self, year: int) -> str:
        """For the screen, of an amount of a year: 2023年1502条，上升12.05%.

        The years are named: the one that is looked at need not be this year.
        """
        last, this = (f"{year - 1}年同期", "本期") if self.part else (f"{year - 1}年", f"{year}年")
        if self.now is None:
            return f"{this}没有数据" + (f"，{last}{self._amount(self.before)}" if self.before else "")
        if self.before is None:
            return f"{last}没有数据"
        if self.now == self.before:
            return f"与{last}持平（{self._amount(self.now)}）"
        if not self.before:
            return f"{last}为零，{this}{self._amount(self.now)}"
        if not self.now:
            return f"{last}{self._amount(self.before)}，{this}为零"
        return f"{last}{self._amount(self.before)}，{self._change(last, '上升', '下降')}"

    def clause(self) -> str:
        """For the report, to stand after the number: 同比增长12.05%; "" where there is nothing to compare."""
        last = "上年同期" if self.part else "上年"
        if self.now is None or self.before is None:
            return ""
        if self.now == self.before:
            return f"与{last}持平"
        if not self.before:
            return f"{last}为零"
        if not self.now:
            return f"{last}为{self._amount(self.before)}"
        if self.unit == "%":
            return self._points(f"比{last}提高", f"比{last}下降") or f"与{last}基本持平"
        return self._change(last, "同比增长", "同比下降")

    def cell(self) -> str:
        """For a table whose head says what is compared: 增长12.05%, 提高0.56个百分点; a dash where nothing is."""
        if self.now is None or self.before is None:
            return "—"
        if self.now == self.before:
            return "持平"
        if self.unit == "%":
            return self._points("提高", "下降") or "基本持平"
        return self._change("上年", "增长", "下降") if self.before and self.now else self._added()

    def short(self) -> str:
        """For where room is scarce, with a sign beside the word: ▲ 增 12.1%; "" where nothing is to be compared."""
        if self.difference is None:
            return ""
        if not self.difference:
            return "＝ 持平"
        up = self.difference > 0
        mark = "▲" if up else "▼"
        size = abs(self.difference)
        if self.unit == "%":
            return f"{mark} {'升' if up else '降'} {plain(size)} 点"
        word = "增" if up else "减"
        share = self.share
        if share is None or abs(share) >= _TIMES:
            return f"{mark} {word} {plain(size)}"
        return f"{mark} {word} {plain(_rounded(abs(share), _TENTH))}%"

    def _added(self) -> str:
        """The difference itself, where a zero forbids per cent."""
        difference = self.difference or Decimal(0)
        return f"{'增加' if difference > 0 else '减少'}{plain(abs(difference))}{self.unit}"

    def _change(self, last: str, more: str, less: str) -> str:
        """By how much in words; not called with a zero."""
        assert self.now is not None
        assert self.before is not None
        if self.unit == "%":
            return self._points(more, less) or "基本持平"
        share = Decimal(self.now) * 100 / Decimal(self.before) - 100
        if self.before > 0 and share >= _TIMES:
            times = _rounded(Decimal(self.now) / Decimal(self.before), _ONE if self.rough else _TENTH)
            return f"是{last}的{self._about}{plain(times)}倍"
        share = Decimal(self.now - self.before) * 100 / abs(Decimal(self.before))
        size = _rounded(abs(share), _ONE if self.rough else _CENT)
        if not size:
            return f"与{last}基本持平"
        return f"{more if share > 0 else less}{self._about}{plain(size)}%"

    def _points(self, more: str, less: str) -> str:
        """The difference of two percentages; "" where it is too small to be said."""
        difference = self.difference or Decimal(0)
        size = _rounded(abs(difference), _ONE if self.rough else _CENT)
        return f"{more if difference > 0 else less}{self._about}{plain(size)}个百分点" if size else ""

    @property
    def _about(self) -> str:
        return "约" if self.rough else ""

    def _amount(self, number: Decimal | int | None) -> str:
        return f"{plain(number or 0)}{self.unit}"


def compared(value: IndicatorValue, *, part: bool = False) -> Comparison | None:
    """An indicator beside its last year; None for names and days, which are not compared.

    part: the value is of a part of a year.
    """
    return comparison(value.indicator, value.value, value.last_year, approx=value.approx, part=part)


def comparison(
    indicator: Indicator, now: object, before: object, *, approx: str = "", part: bool = False
) -> Comparison | None:
    """Two values of an indicator; None where they are no amounts.  approx: how exact the later one is."""
    amounts = [one if isinstance(one, int | Decimal) else None for one in (now, before)]
    if not is_amount(indicator) or isinstance(now, str) or isinstance(before, str):
        return None
    rough = approx in ABOUT or indicator.wording.startswith(_ROUGH_RULES)
    return Comparison(amounts[0], amounts[1], indicator.unit, part, rough)


def signed(difference: Decimal, unit: str) -> str:
    """A difference for a column of them, in the unit of its row: +181, -7.5; of percentages +0.56个百分点."""
    sign = "+" if difference > 0 else ""
    return f"{sign}{plain(difference)}{'个百分点' if difference and unit == '%' else ''}"


def _rounded(number: Decimal, to: Decimal) -> Decimal:
    return number.quantize(to, ROUND_HALF_UP)

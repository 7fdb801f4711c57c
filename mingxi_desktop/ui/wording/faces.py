"""What chips say: the name of what stands there, and what it prints now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book
from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.ledger.indicator_charts import PARTED, SORTS
from mingxi_desktop.report.annual import UNVERIFIED, build
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.template import (
    YEARS,
    Aspect,
    ChartPlace,
    Condition,
    Place,
    TablePlace,
    Template,
    Test,
    Vocabulary,
)
from mingxi_desktop.ui.wording.rules import rule_name
from mingxi_desktop.ui.wording.source import Head, Reader, Sort

FACT_NAMES = {
    "bureau": "单位名称",
    "year": "年度",
    "last_year": "上一年",
    "next_year": "下一年",
    "span": "起止",
    "month": "月份",
    "event": "灾害过程",
    "event_days": "起止日期",
}
"""Fact of the report → what it is called."""
ASPECT_NAMES = {
    Aspect.VALUE: "数",
    Aspect.CHANGE: "与上年相比",
    Aspect.LAST_YEAR: "上年的数",
    Aspect.NAMES: "名称",
}
"""What may be shown of an indicator."""
_NOTHING, _NOTHING_LAST_YEAR = "（没有数，不印）", "（上年没有数，不印）"


@dataclass(frozen=True, slots=True)
class Known:
    """What the chips of one report show.

    values: by indicator id, of the period.  facts: what the report says of itself.  charts: name of a chart
    → its title.  numbers: 图：name of a chart → 图1, once the pages are made.
    """

    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(()))
    book: IndicatorBook = field(default_factory=delivered_book)
    values: Mapping[str, IndicatorValue] = field(default_factory=dict)
    facts: Facts | None = None
    period: Period | None = None
    charts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Face:
    """What a chip says.  name: what it is.  value: what it prints now.  doubtful: it cannot be vouched for."""

    name: str
    value: str
    tip: str
    doubtful: bool = False


class Faces:
    """The faces of all chips of one report."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.reader = Reader(known.vocabulary)
        self._made: dict[str, Face] = {}

    def face(self, source: str) -> Face:
        """The face of a chip that is written down so."""
        if source not in self._made:
            self._made[source] = self._make(source)
        return self._made[source]

    def label(self, id: str) -> str:
        """What an indicator or chart is called."""
        sort, parted, one = id.partition(PARTED)
        if parted and sort in SORTS:
            return f"{SORTS[sort]}{self.label(one)}"
        indicator = self.known.book.by_id.get(id)
        return indicator.label if indicator is not None else self.known.charts.get(id, FACT_NAMES.get(id, id))

    def indicator_of(self, source: str) -> str:
        """The id of the indicator that a chip shows; "" where it shows none."""
        place = self.reader.place(source)
        return place.name if place is not None and place.name in self.known.book.by_id else ""

    def printed(self, place: Place) -> str:
        """What the report prints there, by the report's own hand."""
        if self.known.facts is None:
            return ""
        return build(Template((place,), ()), self.known.values, {}, self.known.facts).document.title

    def _make(self, source: str) -> Face:
        sort = self.reader.sort_of(source)
        place, head, figure = self.reader.place(source), self.reader.head(source), self.reader.figure(source)
        if sort is Sort.PLACE and place is not None:
            return self._of_fact(place) if place.fact else self._of_place(place)
        if sort is Sort.CONDITION and head is not None:
            said = self.head_words(head)
            return Face(said, said, f"{said}才印这一句。单击可以改。")
        if sort is Sort.FIGURE and figure is not None:
            said = self.figure_words(figure)
            return Face(said, said, f"{said}\n印在这里；没有数时不印。")
        return Face(source, source, f"看不懂“{source}”", doubtful=True)

    def _of_fact(self, place: Place) -> Face:
        name = FACT_NAMES.get(place.name, place.name)
        text = self.printed(place)
        return Face(name, text or name, f"{name}：{text}" if text else name)

    def _of_place(self, place: Place) -> Face:
        label = self.label(place.name)
        if place.aspect in (Aspect.CHART, Aspect.TABLE):
            sign = "图" if place.aspect is Aspect.CHART else "表"
            number = self.known.numbers.get(f"{sign}：{place.name}", f"{sign}号")
            return Face(f"{sign}号（{label}）", number, f"“{label}”是第几张{sign}")
        value = self.known.values.get(place.name)
        name = label if place.aspect is Aspect.VALUE else f"{label}·{ASPECT_NAMES[place.aspect]}"
        compares = place.aspect in (Aspect.CHANGE, Aspect.LAST_YEAR)
        text = self.printed(place) or (_NOTHING_LAST_YEAR if compares else _NOTHING)
        doubtful = text in (UNVERIFIED, _NOTHING, _NOTHING_LAST_YEAR)
        unit = value.indicator.unit if value is not None and place.aspect is not Aspect.NAMES else ""
        tip = [f"{name}：{text}{'' if doubtful or text.endswith(unit) else unit}"]
        if value is not None and place.aspect in (Aspect.VALUE, Aspect.LAST_YEAR):
            tip.append(f"写法：{rule_name(value.indicator, place.rule)}")
        if value is not None and value.problem:
            tip.append(value.problem)
        elif doubtful:
            tip.append("还没有记录；补上记录，数就出来")
        return Face(name, text, "\n".join(tip), doubtful)

    def head_words(self, head: Head) -> str:
        """A condition as the clerk would say it (当〔排查数〕 = 〔整改数〕时)."""
        if head.condition is None:
            return "否则："
        return f"{'否则，' if head.otherwise else ''}{self._condition_words(head.condition)}："

    def _condition_words(self, condition: Condition) -> str:
        names = [f"〔{self._name(place)}〕" for place in condition.places]
        if condition.test is Test.EQUAL:
            return f"当{' = '.join(names)}时"
        if condition.test is Test.KNOWN:
            return f"当{'、'.join(names)}{'都' if len(names) > 1 else ''}有数时"
        how = {Test.ZERO: "为零时", Test.MORE: "比上年上升时", Test.LESS: "比上年下降时"}[condition.test]
        return f"当{'、'.join(names)}{how}"

    def _name(self, place: Place) -> str:
        label = self.label(place.name)
        if place.aspect is Aspect.CHART:
            return f"图：{label}"
        if place.aspect is Aspect.TABLE:
            return f"表：{label}"
        return label if place.aspect is Aspect.VALUE else f"{label}·{ASPECT_NAMES[place.aspect]}"

    def figure_words(self, figure: ChartPlace | TablePlace) -> str:
        """A chart or table: 图：各月隐患排查整改情况."""
        if isinstance(figure, TablePlace) and figure.indicators:
            return f"历年表：{'、'.join(self.label(one) for one in figure.indicators)}"
        if figure.name.startswith(YEARS):
            return f"历年图：{self.label(figure.name.removeprefix(YEARS))}"
        return f"{'图' if isinstance(figure, ChartPlace) else '表'}：{self.label(figure.name)}"

"""The annual report: a template's wording and the year's indicators put together, without a file or a page.

What cannot be claimed is not printed: a value that is missing or not fully reported stands as 〔待核〕 and is
named among the warnings; a sentence whose condition cannot be decided falls through to the careful wording.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.report.model import (
    Attachment,
    Block,
    Chart,
    Document,
    Paragraph,
    Run,
    Signature,
    Style,
    indicator_ids,
)
from mingxi_desktop.report.template import (
    Aspect,
    Condition,
    Place,
    Section,
    Sentence,
    Template,
    Test,
    Wording,
)

UNVERIFIED = "〔待核〕"
"""Stands where a number cannot be vouched for."""
DEFAULT_SIGNING = (1, 23)
"""Month and day of the signature, in the year after the report's."""

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Style.H1),
    (re.compile(r"（[一二三四五六七八九十]+）"), Style.H2),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself.

    signer: name at the end (default: the bureau).  sign_date: None = 23 January of the next year.
    as_of: the cut-off date; named below the title where it is not the last day of the year.
    """

    bureau: str
    year: int
    as_of: datetime.date
    signer: str = ""
    sign_date: datetime.date | None = None
    sealed: bool = True
    mark: str = ""

    @property
    def texts(self) -> Mapping[str, str]:
        """The places of a template that are no indicators."""
        return {
            "bureau": self.bureau,
            "year": str(self.year),
            "last_year": str(self.year - 1),
            "next_year": str(self.year + 1),
        }

    @property
    def signed_on(self) -> datetime.date:
        """The day below the name: as set, unless that day lies before the cut-off date."""
        if self.sign_date is not None and self.sign_date >= self.as_of:
            return self.sign_date
        return datetime.date(self.year + 1, *DEFAULT_SIGNING)


@dataclass(frozen=True, slots=True)
class Annual:
    """A finished report and, as Chinese sentences, what its reader must look into before signing."""

    document: Document
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Writer:
    """Puts values into wordings and gathers the warnings."""

    values: Mapping[str, IndicatorValue]
    facts: Facts
    charts: Mapping[str, Chart]
    warnings: list[str] = field(default_factory=list)
    drawn: int = 0

    def section(self, section: Section) -> Iterator[Block]:
        """Heading and body of a section."""
        if section.heading:
            runs = tuple(self.runs(section.heading))
            yield Paragraph(runs, _heading_style("".join(run.text for run in runs)))
        for block in section.body:
            if isinstance(block, tuple):
                runs = tuple(_joined(run for sentence in block for run in self.sentence(sentence)))
                if runs:
                    yield Paragraph(runs)
            elif block.name in self.charts:
                yield self.chart(self.charts[block.name])

    def chart(self, chart: Chart) -> Chart:
        """The chart with its number before the caption."""
        self.drawn += 1
        return Chart(
            chart.name,
            f"图{self.drawn}　{chart.caption}",
            chart.pdf,
            chart.png,
            chart.height_mm,
            chart.description,
        )

    def sentence(self, sentence: Sentence) -> Iterator[Run]:
        """The runs of the first wording whose condition holds; nothing where none does."""
        for condition, wording in sentence.branches:
            if condition is None or self.holds(condition):
                yield from self.runs(wording)
                return

    def holds(self, condition: Condition) -> bool:
        """Whether the condition certainly holds: what is not fully reported is neither zero nor equal."""
        values = [self._sound(place) for place in condition.places]
        if condition.test is Test.KNOWN:
            return all(self._has(place) for place in condition.places)
        if any(value is None for value in values):
            return False
        return values[0] == 0 if condition.test is Test.ZERO else values[0] == values[1]

    def runs(self, wording: Wording) -> Iterator[Run]:
        """The wording with its places filled."""
        for piece in wording:
            if isinstance(piece, str):
                yield Run(piece)
            elif piece.fact:
                yield Run(self.facts.texts[piece.name])
            else:
                yield from self._shown(piece)

    def _shown(self, place: Place) -> Iterator[Run]:
        value = self.values.get(place.name)
        if place.aspect is Aspect.CHANGE:
            clause = change_clause(value) if value is not None and not value.problem else ""
            if clause:
                yield Run("，")
                yield Run(clause, place.name, place.aspect)
            return
        if value is None or value.problem or not _text(value, place.aspect):
            self._warn(place, value)
            yield Run(UNVERIFIED, place.name, place.aspect)
            return
        yield Run(_text(value, place.aspect), place.name, place.aspect)

    def _has(self, place: Place) -> bool:
        """Whether there is something to say, be it still unverified; 0 is nothing to speak of."""
        value = self.values.get(place.name)
        if value is None or value.value == 0:
            return False
        unverified = bool(value.problem) and value.records > 0
        return unverified or bool(_text(value, place.aspect))

    def _sound(self, place: Place) -> object:
        """The value where it can be vouched for, else None."""
        value = self.values.get(place.name)
        if value is None or value.problem:
            return None
        return value.last_year if place.aspect is Aspect.LAST_YEAR else value.value

    def _warn(self, place: Place, value: IndicatorValue | None) -> None:
        if value is None:
            sentence = f"没有名为“{place.name}”的指标"
        elif value.problem:
            sentence = f"{value.indicator.label}：{value.problem}"
            if value.value is not None:
                sentence += f"（现有记录合计{value.text}）"
        elif place.aspect is Aspect.NAMES:
            sentence = f"{value.indicator.label}：记录里没有名称"
        else:
            sentence = (
                f"{value.indicator.label}：没有{'上年的数' if place.aspect is Aspect.LAST_YEAR else '记录'}"
            )
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def build(
    template: Template,
    values: Mapping[str, IndicatorValue],
    charts: Mapping[str, Chart],
    facts: Facts,
    attachments: tuple[Attachment, ...] = (),
) -> Annual:
    """The report in the template's wording (with the clerk's texts already in it).

    values: by indicator id.  charts: by name; a chart that the template places and that is missing is
    left out.
    """
    writer = _Writer(values, facts, charts)
    blocks = tuple(block for section in template.sections for block in writer.section(section))
    day = facts.signed_on
    signature = Signature(facts.signer or facts.bureau, f"{day.year}年{day.month}月{day.day}日", facts.sealed)
    title = "".join(run.text for run in writer.runs(template.title))
    document = Document(
        title=title,
        blocks=(*blocks, signature),
        subject=f"{facts.year}年度",
        author=facts.bureau,
        subtitle=_cut_off(facts),
        attachments=attachments,
        mark=facts.mark,
    )
    shown = [values[name] for name in indicator_ids(document) if name in values]
    return Annual(document, (*writer.warnings, *_disagreements(shown, values)))


def change_clause(value: IndicatorValue) -> str:
    """This year against the last in a report's words: 同比增长12.05%; "" where there is nothing to compare."""
    before = value.last_year
    if value.change is None or not isinstance(before, Decimal | int):
        return ""
    if value.change == 0:
        return "与上年持平"
    size = abs(value.change)
    if value.indicator.unit == "%":
        return f"比上年{'提高' if value.change > 0 else '下降'}{_two_places(size)}个百分点"
    if before == 0:
        return ""
    return f"同比{'增长' if value.change > 0 else '下降'}{_two_places(size * 100 / abs(Decimal(before)))}%"


def _two_places(number: Decimal) -> str:
    return plain(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _text(value: IndicatorValue, aspect: Aspect) -> str:
    """What the place shows; "" where there is nothing to show."""
    if aspect is Aspect.NAMES:
        return "、".join(value.names)
    if aspect is Aspect.LAST_YEAR:
        return value.last_year_text
    return "" if value.value is None else value.text


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """The runs with neighbours of plain text made one, so that line breaking sees whole sentences."""
    plain_text = ""
    for run in runs:
        if run.indicator or run.role:
            if plain_text:
                yield Run(plain_text)
            plain_text = ""
            yield run
        else:
            plain_text += run.text
    if plain_text:
        yield Run(plain_text)


def _heading_style(text: str) -> Style:
    return next((style for pattern, style in _LEVELS if pattern.match(text)), Style.H1)


def _cut_off(facts: Facts) -> str:
    day = facts.as_of
    if (day.month, day.day) == (12, 31):
        return ""
    return f"（数据截至{day.year}年{day.month}月{day.day}日）"


def _disagreements(shown: list[IndicatorValue], values: Mapping[str, IndicatorValue]) -> Iterator[str]:
    """Indicators that must agree and do not, each pair once."""
    told: set[frozenset[str]] = set()
    for value in shown:
        other = values.get(value.indicator.agrees_with)
        pair = frozenset((value.indicator.id, value.indicator.agrees_with))
        if other is None or pair in told or value.value is None or other.value is None:
            continue
        told.add(pair)
        if value.value != other.value:
            unit = value.indicator.unit
            yield (
                f"{value.indicator.label}（{value.text}{unit}）与{other.indicator.label}"
                f"（{other.text}{unit}）应当一致，请核对"
            )

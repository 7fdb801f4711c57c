"""The annual report: a template's wording and the year's indicators put together, without a file or a page.

What cannot be claimed is not printed: a value that is missing or not fully reported stands as 〔待核〕 and is
named among the warnings; a sentence whose condition cannot be decided falls through to the careful wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report.facts import Facts, date_text
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
    ChartPlace,
    Condition,
    Place,
    Section,
    Sentence,
    Template,
    Test,
    Wording,
)
from mingxi_desktop.report.values import baseless, change_clause, disagreements, shown_text

UNVERIFIED = "〔待核〕"
"""Stands where a number cannot be vouched for."""

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Style.H1),
    (re.compile(r"（[一二三四五六七八九十]+）"), Style.H2),
)


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
    numbers: Mapping[str, str]
    warnings: list[str] = field(default_factory=list)

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
            elif block.name in self.numbers:
                chart = self.charts[block.name]
                yield replace(chart, caption=f"{self.numbers[block.name]}　{chart.caption}")

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
            elif piece.aspect is Aspect.CHART:
                yield Run(self.numbers.get(piece.name, "附图"))
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
        if value is None or value.problem or baseless(value) or not shown_text(value, place.aspect):
            self._warn(place, value)
            yield Run(UNVERIFIED, place.name, place.aspect)
            return
        yield Run(shown_text(value, place.aspect), place.name, place.aspect)

    def _has(self, place: Place) -> bool:
        """Whether there is something to say, be it still unverified; 0 is nothing to speak of."""
        if place.aspect is Aspect.CHART:
            return place.name in self.numbers
        value = self.values.get(place.name)
        if value is None or value.value == 0:
            return False
        unverified = bool(value.problem) and value.records > 0
        return unverified or bool(shown_text(value, place.aspect))

    def _sound(self, place: Place) -> object:
        """The value where it can be vouched for, else None."""
        value = self.values.get(place.name)
        if value is None or value.problem or baseless(value):
            return None
        return value.last_year if place.aspect is Aspect.LAST_YEAR else value.value

    def _warn(self, place: Place, value: IndicatorValue | None) -> None:
        if value is None:
            sentence = f"没有名为“{place.name}”的指标"
        elif value.problem:
            sentence = f"{value.indicator.label}：{value.problem}"
            if value.value is not None:
                sentence += f"（现有记录合计{value.text}）"
        elif place.aspect is Aspect.NAMES and not baseless(value):
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
    places = [
        block.name for section in template.sections for block in section.body if isinstance(block, ChartPlace)
    ]
    numbers = {name: f"图{number}" for number, name in enumerate((n for n in places if n in charts), start=1)}
    writer = _Writer(values, facts, charts, numbers)
    blocks = tuple(block for section in template.sections for block in writer.section(section))
    signature = Signature(facts.signer or facts.bureau, date_text(facts.signed_on), facts.sealed)
    title = "".join(run.text for run in writer.runs(template.title))
    document = Document(
        title=title,
        blocks=(*blocks, signature),
        subject=f"{facts.year}年度",
        author=facts.bureau,
        subtitle=facts.cut_off,
        attachments=attachments,
        mark=facts.mark,
    )
    shown = [values[name] for name in indicator_ids(document) if name in values]
    return Annual(document, (*writer.warnings, *disagreements(shown, values)))


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

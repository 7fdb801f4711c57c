"""A report: a template's wording and the indicators of its span put together, without a file or a page.

What cannot be claimed is not printed: a value that is missing or not fully reported stands as 〔待核〕 and is
named among the warnings; a sentence whose condition cannot be decided falls through to the careful wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from mingxi_desktop.domain.comparing import compared
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
    Table,
    indicator_ids,
)
from mingxi_desktop.report.template import (
    Aspect,
    ChartPlace,
    Condition,
    Place,
    Section,
    Sentence,
    Span,
    TablePlace,
    Template,
    Test,
    Wording,
)
from mingxi_desktop.report.values import baseless, disagreements, shown_text

UNVERIFIED = "〔待核〕"
"""Stands where a number cannot be vouched for."""

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Style.H1),
    (re.compile(r"（[一二三四五六七八九十]+）"), Style.H2),
    (re.compile(r"\d+[.．]"), Style.H3),
)


TableAndNote = tuple[Table, Paragraph | None]
"""A table, and what stands below it."""


@dataclass(frozen=True, slots=True)
class Annual:
    """A finished report and, as Chinese sentences, what its reader must look into before signing.

    spoken_of: a warning → the indicator that it speaks of; those of claims and of differences are not in it.
    """

    document: Document
    warnings: tuple[str, ...]
    spoken_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Writer:
    """Puts values into wordings and gathers the warnings."""

    values: Mapping[str, IndicatorValue]
    facts: Facts
    charts: Mapping[str, Chart]
    tables: Mapping[str, TableAndNote]
    numbers: Mapping[str, str]
    warnings: dict[str, str] = field(default_factory=dict)
    """Sentence → the indicator that it speaks of."""

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
            else:
                yield from self._figure(block)

    def _figure(self, block: ChartPlace | TablePlace) -> Iterator[Block]:
        """A chart or table with its number; nothing where it has nothing to show."""
        if isinstance(block, TablePlace):
            if block.key in self.tables:
                table, note = self.tables[block.key]
                yield replace(table, caption=f"{self.numbers[_table_key(block.key)]}　{table.caption}")
                if note is not None:
                    yield note
        elif block.name in self.charts:
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
        if condition.test in (Test.MORE, Test.LESS):
            return self._moved(condition.places[0], 1 if condition.test is Test.MORE else -1)
        if any(value is None for value in values):
            return False
        return values[0] == 0 if condition.test is Test.ZERO else values[0] == values[1]

    def _moved(self, place: Place, direction: int) -> bool:
        """Whether the value is certainly above (1) or below (-1) that of last year."""
        value = self.values.get(place.name)
        if value is None or value.problem or baseless(value) or value.change is None:
            return False
        return value.change * direction > 0

    def runs(self, wording: Wording) -> Iterator[Run]:
        """The wording with its places filled."""
        for piece in wording:
            if isinstance(piece, str):
                yield Run(piece)
            elif piece.fact:
                yield Run(self.facts.texts[piece.name])
            elif piece.aspect is Aspect.CHART:
                yield Run(self.numbers.get(piece.name, "附图"))
            elif piece.aspect is Aspect.TABLE:
                yield Run(self.numbers.get(_table_key(piece.name), "附表"))
            else:
                yield from self._shown(piece)

    def _shown(self, place: Place) -> Iterator[Run]:
        value = self.values.get(place.name)
        if place.aspect is Aspect.CHANGE:
            sound = value is not None and not value.problem
            comparison = compared(value, part=self.facts.part) if value is not None and sound else None
            clause = comparison.clause() if comparison is not None else ""
            if clause:
                yield Run("，")
                yield Run(clause, place.name, place.aspect)
            return
        text = "" if value is None else shown_text(value, place.aspect, place.rule)
        if value is None or value.problem or baseless(value) or not text:
            self._warn(place, value)
            yield Run(UNVERIFIED, place.name, place.aspect)
            return
        yield Run(text, place.name, place.aspect)

    def _has(self, place: Place) -> bool:
        """Whether there is something to say, be it still unverified; 0 is nothing to speak of."""
        if place.aspect in (Aspect.CHART, Aspect.TABLE):
            return (place.name if place.aspect is Aspect.CHART else _table_key(place.name)) in self.numbers
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
        self.warnings.setdefault(sentence, place.name)


def build(
    template: Template,
    values: Mapping[str, IndicatorValue],
    charts: Mapping[str, Chart],
    facts: Facts,
    attachments: tuple[Attachment, ...] = (),
    tables: Mapping[str, TableAndNote] = MappingProxyType({}),
) -> Annual:
    """The report in the template's wording (with the clerk's texts already in it).

    values: by indicator id.  charts: by name.  tables: by the key of their place.  A chart or table that
    the template places and that is missing is left out.
    """
    writer = _Writer(values, facts, charts, tables, _numbered(template, charts, tables))
    blocks = tuple(block for section in template.sections for block in writer.section(section))
    signature = Signature(facts.signer or facts.bureau, date_text(facts.signed_on), facts.sealed)
    title = "".join(run.text for run in writer.runs(template.title))
    document = Document(
        title=title,
        blocks=(*blocks, signature),
        subject=f"{facts.year}年{facts.span}" if facts.covers is not Span.YEAR else f"{facts.year}年度",
        author=facts.bureau,
        subtitle=facts.cut_off,
        attachments=attachments,
        mark=facts.mark,
        imprint=facts.imprint,
    )
    shown = [values[name] for name in indicator_ids(document) if name in values]
    # What must agree in a year need not in a part of it: won in May, paid out in July.
    doubts = () if facts.part else disagreements(shown, values)
    return Annual(document, (*writer.warnings, *doubts), writer.warnings)


def _numbered(template: Template, charts: Collection[str], tables: Collection[str]) -> dict[str, str]:
    """图1, 图2 … 表1 … by name and by key, in the order in which they stand."""
    blocks = [block for section in template.sections for block in section.body]
    shown = [block.name for block in blocks if isinstance(block, ChartPlace) and block.name in charts]
    listed = [block.key for block in blocks if isinstance(block, TablePlace) and block.key in tables]
    numbers = {name: f"图{number}" for number, name in enumerate(dict.fromkeys(shown), start=1)}
    return numbers | {
        _table_key(key): f"表{number}" for number, key in enumerate(dict.fromkeys(listed), start=1)
    }


def _table_key(key: str) -> str:
    """Apart from the chart of that name."""
    return f"表：{key}"


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

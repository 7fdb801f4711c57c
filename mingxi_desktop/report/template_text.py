"""How a template is written down: plain text, read line by line with strict patterns.

resources/reports/annual.txt explains the writing to whoever edits it.  Everything that is wrong is listed
with its line; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.report.template import (
    FACTS,
    Aspect,
    Body,
    ChartPlace,
    Condition,
    Piece,
    Place,
    Section,
    Sentence,
    Template,
    Test,
    Vocabulary,
    Wording,
)

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z_]+))?\}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_REFERENCE = re.compile(r"([a-z][a-z0-9_]*)(?:\.([a-z_]+))?")
_SECTION = re.compile(r"\[([a-z][a-z0-9_]*)( 叙述)?\]\s*(.*)")
_TITLE = re.compile(r"标题[：:]\s*(.+)")
_CHART = re.compile(r"图[：:]\s*([a-z][a-z0-9_]*)")
_OTHERWISE = re.compile(r"否则[：:](.+)")
_CONDITION = re.compile(r"(否则)?若(有|为零|相等)\s+([a-z0-9_.、\s]+)[：:](.+)")
_LOOKS_CONDITIONAL = re.compile(r"(?:否则)?若(?:有|为零|相等)\s*[a-z{]|否则[：:]")
_WRITTEN = (Aspect.NAMES, Aspect.CHANGE, Aspect.LAST_YEAR)
"""Aspects that are written after the indicator; its value goes without saying."""
_FAULTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be understood, and why (Chinese)."""

    line: int
    message: str


@dataclass(slots=True)
class _Reader:
    """Reads lines into a body and gathers what is wrong with them."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    blocks: list[tuple[Sentence, ...] | ChartPlace] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def line(self, number: int, line: str) -> None:
        """Takes the next line of a body."""
        chart = _CHART.fullmatch(line)
        if not line or chart:
            self.end_paragraph()
        if chart:
            if chart[1] not in self.vocabulary.charts:
                self.faults.append(Fault(number, f"没有名为“{chart[1]}”的图表"))
            self.blocks.append(ChartPlace(chart[1]))
        elif line:
            self._sentence(number, line)

    def end_paragraph(self) -> None:
        """What was read since the last call is one paragraph."""
        if self.sentences:
            self.blocks.append(tuple(self.sentences))
            self.sentences = []

    def wording(self, number: int, text: str) -> Wording:
        """The text cut at its places."""
        pieces: list[Piece] = []
        start = 0
        for match in _BRACES.finditer(text):
            place = self._place(number, match[0])
            if match.start() > start:
                pieces.append(text[start : match.start()])
            if place is not None:
                pieces.append(place)
            start = match.end()
        if start < len(text):
            pieces.append(text[start:])
        return tuple(pieces)

    def _sentence(self, number: int, line: str) -> None:
        condition, otherwise = _CONDITION.fullmatch(line), _OTHERWISE.fullmatch(line)
        if condition:
            branch = (self._condition(number, condition[2], condition[3]), self.wording(number, condition[4]))
            self._add_branch(number, branch, follows=bool(condition[1]))
        elif otherwise:
            self._add_branch(number, (None, self.wording(number, otherwise[1])), follows=True)
        elif _LOOKS_CONDITIONAL.match(line):
            self.faults.append(
                Fault(
                    number,
                    "条件写法不对，应为“若有 指标：文字”“若为零 指标：文字”或“若相等 指标、指标：文字”",
                )
            )
        else:
            self.sentences.append(Sentence(((None, self.wording(number, line)),)))

    def _add_branch(self, number: int, branch: tuple[Condition | None, Wording], *, follows: bool) -> None:
        if not follows:
            self.sentences.append(Sentence((branch,)))
            return
        last = self.sentences[-1].branches if self.sentences else ()
        if not last or last[-1][0] is None:
            self.faults.append(Fault(number, "“否则”前面没有“若……”"))
            return
        self.sentences[-1] = Sentence((*last, branch))

    def _condition(self, number: int, test: str, names: str) -> Condition:
        parts = [part.strip() for part in names.split("、")]
        places = [self._reference(number, part) for part in parts]
        wanted = {Test.KNOWN: len(parts), Test.ZERO: 1, Test.EQUAL: 2}[Test(test)]
        if len(parts) != wanted:
            self.faults.append(Fault(number, f"“若{test}”要写{wanted}个指标，这里写了{len(parts)}个"))
        return Condition(Test(test), tuple(place for place in places if place is not None))

    def _place(self, number: int, text: str) -> Place | None:
        match = _PLACE.fullmatch(text)
        if match is None:
            self.faults.append(Fault(number, f"“{text}”不是占位符，占位符写作{{指标}}；花括号不作别的用"))
            return None
        return self._known(number, match[1], match[2])

    def _reference(self, number: int, text: str) -> Place | None:
        match = _REFERENCE.fullmatch(text)
        if match is None:
            self.faults.append(Fault(number, f"“{text}”不是指标"))
            return None
        return self._known(number, match[1], match[2])

    def _known(self, number: int, name: str, aspect: str | None) -> Place | None:
        if name in FACTS and aspect is None:
            return Place(name)
        if name in self.vocabulary.charts and aspect is None:
            return Place(name, Aspect.CHART)
        if name not in self.vocabulary.indicators:
            self.faults.append(Fault(number, f"没有名为“{name}”的指标"))
            return None
        if aspect is not None and aspect not in _WRITTEN:
            self.faults.append(Fault(number, f"指标后面只能写.names、.change或.last_year，没有“.{aspect}”"))
            return None
        return Place(name, Aspect(aspect) if aspect else Aspect.VALUE)


def read_body(text: str, vocabulary: Vocabulary) -> tuple[Body, list[Fault]]:
    """The body that a text makes, and its faults (line numbers from 1)."""
    reader = _Reader(vocabulary)
    for number, line in enumerate(text.splitlines(), start=1):
        if not _comment(line):
            reader.line(number, line.strip())
    reader.end_paragraph()
    return tuple(reader.blocks), reader.faults


def parse(text: str, vocabulary: Vocabulary) -> tuple[Template, list[Fault]]:
    """A template from its text, and its faults."""
    faults: list[Fault] = []
    title: Wording = ()
    sections: list[Section] = []
    for number, head, body in _parts(text.splitlines()):
        reader = _Reader(vocabulary, faults)
        match = _SECTION.fullmatch(head)
        if match is None:
            title = _read_title(reader, number, head, body) or title
            continue
        if any(section.id == match[1] for section in sections):
            faults.append(Fault(number, f"章节“{match[1]}”写了两次"))
        heading = reader.wording(number, match[3].strip())
        for offset, line in enumerate(body, start=1):
            if not _comment(line):
                reader.line(number + offset, line.strip())
        reader.end_paragraph()
        source = "\n".join(line for line in body if not _comment(line)).strip()
        sections.append(Section(match[1], heading, bool(match[2]), source, tuple(reader.blocks)))
    if not title:
        faults.append(Fault(1, "没有“标题：……”一行"))
    return Template(title, tuple(sections)), sorted(faults, key=lambda fault: fault.line)


def reworded(template: Template, texts: Mapping[str, str], vocabulary: Vocabulary) -> Template:
    """The template with other wording in some sections (by id; an empty text changes nothing).

    Raises UserError naming section and line where a text has faults.
    """

    def changed(section: Section) -> Section:
        text = texts.get(section.id, "")
        if not text.strip():
            return section
        body, faults = read_body(text, vocabulary)
        if faults:
            raise fault_error(f"报告文字“{section.heading_text or '开头'}”里有看不懂的地方", faults)
        return replace(section, text=text, body=body)

    return replace(template, sections=tuple(changed(section) for section in template.sections))


def load(path: Path, vocabulary: Vocabulary) -> Template:
    """The template in a file; UserError with line numbers where it has faults or cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            "找不到报告模板", f"文件：{path}", "请重新安装程序，或在设置里改回自带的模板。"
        ) from None
    except UnicodeDecodeError:
        raise UserError("报告模板不是UTF-8文本", f"文件：{path}", "请用记事本另存为UTF-8编码。") from None
    template, faults = parse(text, vocabulary)
    if faults:
        raise fault_error(f"报告模板“{path.name}”有{len(faults)}处错误", faults)
    return template


def fault_error(title: str, faults: list[Fault]) -> UserError:
    """The faults as one message, the first eight by line."""
    shown = [f"第{fault.line}行：{fault.message}" for fault in faults[:_FAULTS_SHOWN]]
    if len(faults) > _FAULTS_SHOWN:
        shown.append(f"……共{len(faults)}处")
    return UserError(title, "\n".join(shown), "请按行号改好后再试。")


def _comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _parts(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, head line and body lines of each section; what precedes the first has head ""."""
    number, head, body = 0, "", list[str]()
    for current, line in enumerate(lines, start=1):
        if line.startswith("["):
            yield number, head, body
            number, head, body = current, line.strip(), []
        else:
            body.append(line)
    yield number, head, body


def _read_title(reader: _Reader, number: int, head: str, body: list[str]) -> Wording:
    """The title among the lines above the first section; nothing else may stand there."""
    if head:
        reader.faults.append(Fault(number, f"“{head}”不是章节，章节写作[名称] 标题"))
        return ()
    title: Wording = ()
    for offset, line in enumerate(body, start=1):
        match = _TITLE.fullmatch(line.strip())
        if match:
            title = reader.wording(number + offset, match[1])
        elif line.strip() and not _comment(line):
            reader.faults.append(Fault(number + offset, "第一个[章节]之前只能写“标题：……”"))
    return title

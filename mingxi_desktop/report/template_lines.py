"""Lines of a template → sentences, charts and tables, by strict patterns; nothing is guessed or evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingxi_desktop.domain.wording import check_rule
from mingxi_desktop.report.template import (
    FACTS,
    YEARS,
    Aspect,
    Block,
    Body,
    ChartPlace,
    Condition,
    Piece,
    Place,
    Sentence,
    TablePlace,
    Test,
    Vocabulary,
    Wording,
)

_NAME = r"(?:(?:years|months|areas):)?[\w（）“”·]+"
_PLACE = re.compile(rf"\{{({_NAME})(?:\.([a-z_]+))?(?:[:：]([^{{}}]+))?\}}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_REFERENCE = re.compile(rf"({_NAME})(?:\.([a-z_]+))?")
_BLOCK = re.compile(r"(图|表|历年图|历年表)[：:]\s*(\S+)")
_OTHERWISE = re.compile(r"否则[：:](.+)")
_TESTS = "|".join(Test)
_CONDITION = re.compile(rf"(否则)?若({_TESTS})\s+([^：:，。]+)[：:](.+)")
_LOOKS_CONDITIONAL = re.compile(
    rf"(?:否则)?若(?:{_TESTS})\s*[a-z{{]|(?:否则)?若(?:{_TESTS})\s.*[：:]|否则[：:]"
)
_WRITTEN = (Aspect.NAMES, Aspect.CHANGE, Aspect.LAST_YEAR)
"""Aspects that are written after the indicator; its value goes without saying."""
_PLACES = {Test.ZERO: 1, Test.EQUAL: 2, Test.MORE: 1, Test.LESS: 1}
"""How many indicators a condition names; 若有 any number."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be understood, and why (Chinese).

    line: from 1.  start, end: where in the line, half open; both 0 for the whole line.
    section: id of the section it stands in, "" for the title.
    """

    line: int
    message: str
    start: int = 0
    end: int = 0
    section: str = ""


@dataclass(slots=True)
class LineReader:
    """Reads lines into a body and gathers what is wrong with them."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    section: str = ""
    blocks: list[Block] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    _line: tuple[int, str] = (0, "")

    def body(self) -> Body:
        """All that was read."""
        self._end_paragraph()
        return tuple(self.blocks)

    def line(self, number: int, line: str) -> None:
        """Takes the next line of a body."""
        self._line = number, line
        line = line.strip()
        block = _BLOCK.fullmatch(line)
        if not line or block:
            self._end_paragraph()
        if block:
            self._block(block[1], block[2])
        elif line:
            self._sentence(line)

    def wording(self, number: int, text: str, line: str = "") -> Wording:
        """The text cut at its places.  line: the whole of it, where the text is a part."""
        self._line = number, line or text
        return self._wording(text)

    def _wording(self, text: str) -> Wording:
        pieces: list[Piece] = []
        start = 0
        for match in _BRACES.finditer(text):
            place = self._place(match[0])
            if match.start() > start:
                pieces.append(text[start : match.start()])
            if place is not None:
                pieces.append(place)
            start = match.end()
        if start < len(text):
            pieces.append(text[start:])
        return tuple(pieces)

    def _end_paragraph(self) -> None:
        if self.sentences:
            self.blocks.append(tuple(self.sentences))
            self.sentences = []

    def _fault(self, message: str, at: str = "") -> None:
        number, line = self._line
        start = line.find(at) if at else -1
        where = (start, start + len(at)) if start >= 0 else (0, 0)
        self.faults.append(Fault(number, message, *where, self.section))

    def _block(self, what: str, name: str) -> None:
        if what == "历年图":
            indicator = self._indicator(name)
            if indicator:
                self.blocks.append(ChartPlace(f"{YEARS}{indicator}"))
        elif what == "历年表":
            found = tuple(filter(None, (self._indicator(part) for part in name.split("、"))))
            if found:
                self.blocks.append(TablePlace(indicators=found))
        elif name not in self.vocabulary.charts:
            self._fault(f"没有名为“{name}”的图表", name)
        else:
            self.blocks.append(ChartPlace(name) if what == "图" else TablePlace(name))

    def _sentence(self, line: str) -> None:
        condition, otherwise = _CONDITION.fullmatch(line), _OTHERWISE.fullmatch(line)
        if condition:
            branch = (self._condition(condition[2], condition[3]), self._wording(condition[4]))
            self._add_branch(branch, follows=bool(condition[1]))
        elif otherwise:
            self._add_branch((None, self._wording(otherwise[1])), follows=True)
        elif _LOOKS_CONDITIONAL.match(line):
            self._fault("条件写法不对，应为“若有 指标：文字”“若为零 指标：文字”或“若相等 指标、指标：文字”")
        else:
            self.sentences.append(Sentence(((None, self._wording(line)),)))

    def _add_branch(self, branch: tuple[Condition | None, Wording], *, follows: bool) -> None:
        if not follows:
            self.sentences.append(Sentence((branch,)))
            return
        last = self.sentences[-1].branches if self.sentences else ()
        if not last or last[-1][0] is None:
            self._fault("“否则”前面没有“若……”", "否则")
            return
        self.sentences[-1] = Sentence((*last, branch))

    def _condition(self, test: str, names: str) -> Condition:
        parts = [part.strip() for part in names.split("、")]
        places = [self._reference(part) for part in parts]
        wanted = _PLACES.get(Test(test), len(parts))
        if len(parts) != wanted:
            self._fault(f"“若{test}”要写{wanted}个指标，这里写了{len(parts)}个", names)
        return Condition(Test(test), tuple(place for place in places if place is not None))

    def _place(self, text: str) -> Place | None:
        match = _PLACE.fullmatch(text)
        if match is None:
            self._fault(f"“{text}”不是占位符，占位符写作{{指标}}；花括号不作别的用", text)
            return None
        place = self._known(match[1], match[2], text)
        if place is None or match[3] is None:
            return place
        rule = match[3].strip()
        try:
            check_rule(rule)
        except ValueError as error:
            self._fault(str(error), text)
            return None
        if place.fact or place.aspect not in (Aspect.VALUE, Aspect.LAST_YEAR):
            self._fault("只有指标的数能另定措辞", text)
            return None
        return Place(place.name, place.aspect, rule)

    def _reference(self, text: str) -> Place | None:
        match = _REFERENCE.fullmatch(text)
        if match is None:
            self._fault(f"“{text}”不是指标", text)
            return None
        return self._known(match[1], match[2], text)

    def _indicator(self, name: str) -> str:
        """The id of an indicator by id or label; "" and a fault where there is none."""
        id = name if name in self.vocabulary.indicators else self.vocabulary.labels.get(name, "")
        if not id:
            self._fault(f"没有名为“{name}”的指标", name)
        return id

    def _known(self, name: str, aspect: str | None, text: str) -> Place | None:
        if name in FACTS and aspect is None:
            return Place(name)
        if name in self.vocabulary.charts and aspect in (None, Aspect.TABLE):
            return Place(name, Aspect.TABLE if aspect else Aspect.CHART)
        id = name if name in self.vocabulary.indicators else self.vocabulary.labels.get(name, "")
        if not id:
            self._fault(f"没有名为“{name}”的指标", text)
            return None
        if aspect is not None and aspect not in _WRITTEN:
            self._fault(f"指标后面只能写.names、.change或.last_year，没有“.{aspect}”", text)
            return None
        return Place(id, Aspect(aspect) if aspect else Aspect.VALUE)

"""Numbers that are not written: what a draft names one by one, or once, instead of counting it.

建成特勤消防站 is one; 与甲队、乙队签订协议 are two.  Such a count is told only where the records bear it out:
a list may be cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from mingxi_desktop.report.proofreading.cues import Topic
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.judge import fits
from mingxi_desktop.report.proofreading.model import Amount
from mingxi_desktop.report.proofreading.numbers import Found, Shape
from mingxi_desktop.report.proofreading.reading import Reading, reading
from mingxi_desktop.report.proofreading.scope import Span, scope_of
from mingxi_desktop.report.proofreading.sentences import Passage

_LONGEST = 60
_BETWEEN = re.compile(r"[、和及与]")


def implied(passage: Passage, topics: Mapping[str, Topic], frame: Frame) -> Iterator[Reading]:
    """The counts of a passage that are implied and right."""
    for topic in topics.values():
        for start, end, count in (*_named(passage.text, topic), *_listed(passage.text, topic)):
            unit = topic.indicator.unit
            amount = Amount(
                passage.start + start, passage.start + end, passage.text[start:end], Decimal(count), unit
            )
            number = Found(amount, Shape.COUNT, passage.start + end)
            scope = scope_of(number, passage, frame)
            if scope.span is Span.NOW and fits(number, topic.known.value):
                yield reading(passage, number, replace(scope, part=-1), topic.known.value)


def _named(text: str, topic: Topic) -> Iterator[tuple[int, int, int]]:
    """(start, end, 1) where the thing stands in one clause with a word of having been made."""
    if not topic.named:
        return
    words = "|".join(sorted(topic.what, key=len, reverse=True))
    for match in re.finditer(words, text):
        start = max(text.rfind(sign, 0, match.start()) for sign in "，。；\n") + 1
        clause = text[start : match.end()] + re.split(r"[，。；\n]", text[match.end() :], maxsplit=1)[0]
        if any(word in clause for word in topic.named) and not re.search(r"\d", clause):
            yield match.start(), match.end(), 1
            return


def _listed(text: str, topic: Topic) -> Iterator[tuple[int, int, int]]:
    """(start, end, how many) of names in a list between the words that frame it."""
    if not topic.listed:
        return
    after, before, each = ("|".join(topic.listed[key]) for key in ("after", "before", "each"))
    for match in re.finditer(rf"(?:{after})([^，。；\d\n]{{2,{_LONGEST}}}?)(?:{before})", text):
        names = [name for name in _BETWEEN.split(match[1]) if re.search(each, name)]
        thing = any(word in text[match.end() : match.end() + 20] for word in topic.what)
        if thing and len(names) > 1:
            yield match.start(1), match.end(1), len(names)

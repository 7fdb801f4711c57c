r"""The part of Markdown that the manual is written in, as data.

Headings of three levels, paragraphs, lists (numbered or not, one level deeper too), tables, pictures on a line of
their own; within a text **heavy**, `as typed`, [a link](page.md) and \ before a sign that means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_HEADING = re.compile(r"(#{1,3}) +(.+)")
_ITEM = re.compile(r"( *)([-*]|\d+\.) +(.+)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_RULE = re.compile(r"\|[ :|-]+\|")
_CELLS = re.compile(r"(?<!\\)\|")
_INLINE = re.compile(
    r"\\(?P<sign>.)|\*\*(?P<heavy>.+?)\*\*|`(?P<typed>[^`]*)`|\[(?P<words>[^\]]*)\]\((?P<link>[^)]*)\)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look.  link: the name of the page they lead to."""

    text: str
    heavy: bool = False
    typed: bool = False
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    spans: Spans

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or with a mark ("1.", "•") an item of a list; depth: of the list in its list, from 0."""

    spans: Spans
    mark: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path within the manual's folder, and what it shows."""

    path: str
    words: str


Block = Heading | Words | Grid | Picture


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page in order."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        end = _end(lines, place)
        if lines[place].strip():
            yield _block(lines[place:end])
        place = end


def spans(text: str) -> Spans:
    """The looks within a text."""
    return tuple(_spans(text))


def _end(lines: Sequence[str], start: int) -> int:
    """Where the block ends that begins here: what begins another one, or an empty line, ends it."""
    table = lines[start].startswith("|")
    alone = not lines[start].strip() or bool(_HEADING.fullmatch(lines[start]))
    for place in range(start + 1, len(lines)):
        line = lines[place]
        begins = _ITEM.fullmatch(line) or _HEADING.fullmatch(line) or line.startswith("|")
        if alone or not line.strip() or (begins and not (table and line.startswith("|"))):
            return place
    return len(lines)


def _block(lines: Sequence[str]) -> Block:
    first = lines[0]
    if heading := _HEADING.fullmatch(first):
        return Heading(len(heading[1]), spans(heading[2].strip()))
    if picture := _PICTURE.fullmatch(first.strip()):
        return Picture(picture[2], picture[1])
    if first.startswith("|"):
        header, *rows = [_cells(line) for line in lines if not _RULE.fullmatch(line.strip())]
        return Grid(header, tuple(rows))
    text = _joined(lines)
    if item := _ITEM.fullmatch(text):
        mark = item[2] if item[2][0].isdigit() else "•"
        return Words(spans(item[3]), mark, depth=min(len(item[1]) // 2, 1))
    return Words(spans(text.strip()))


def _cells(line: str) -> tuple[Spans, ...]:
    return tuple(spans(cell.strip()) for cell in _CELLS.split(line.strip())[1:-1])


def _joined(lines: Sequence[str]) -> str:
    """One line of several; only between Latin words a line end is a blank."""
    text = lines[0].rstrip()
    for line in lines[1:]:
        more = line.strip()
        text += f" {more}" if text[-1:].isascii() and more[:1].isascii() else more
    return text


def _spans(text: str) -> Iterator[Span]:
    plain, place = "", 0
    for found in _INLINE.finditer(text):
        plain += text[place : found.start()]
        place = found.end()
        if found["sign"] is not None:
            plain += found["sign"]
            continue
        if plain:
            yield Span(plain)
            plain = ""
        if found["heavy"] is not None:
            yield from (replace(span, heavy=True) for span in _spans(found["heavy"]))
        elif found["typed"] is not None:
            yield Span(found["typed"], typed=True)
        else:
            yield Span(found["words"], link=found["link"])
    if plain + text[place:]:
        yield Span(plain + text[place:])

"""The text of a Word document as a draft, and where in the document each stretch of it stands.

Read: paragraphs and cells in their order, within content controls, hyperlinks and insertions that wait for
approval, and text boxes behind the paragraph that holds them.  Not read: headers and footers, what was
deleted, footnotes, lists of contents.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.report.proofreading import refusals

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, RUN, LOOK, TEXT, BOX = f"{WORD}p", f"{WORD}r", f"{WORD}rPr", f"{WORD}t", f"{WORD}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second copy of a text box, for old programs."""
_GONE = frozenset({f"{WORD}del", f"{WORD}moveFrom", _FALLBACK})
_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
_CONTENTS = "toc "
"""How the styles of lists of contents begin, in Word of every language."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of one element w:t.

    start: its place in the draft.  hangs_on: the run of the body that its text box hangs on, in which no
    comment may begin; None for what stands in the body itself.
    """

    start: int
    node: Any
    hangs_on: Any = None

    @property
    def anchor(self) -> Any:
        """The run that a comment about it may be put on."""
        return self.node.getparent() if self.hangs_on is None else self.hangs_on


@dataclass(frozen=True, slots=True)
class WordText:
    """A document with its text.  document: as python-docx opens it."""

    document: Any
    text: str
    stretches: tuple[Stretch, ...]


def open_word(data: bytes, name: str) -> WordText:
    """The document and its text.  UserError for what python-docx cannot open; check the package before."""
    import docx

    try:
        return word_text(docx.Document(io.BytesIO(data)))
    # Whatever a file that is put together wrongly makes of the library's expectations.
    except (AttributeError, IndexError, KeyError, LookupError, SyntaxError, TypeError, ValueError) as error:
        raise refusals.damaged(name, "不是通常的 Word 文档") from error


def word_text(document: Any) -> WordText:
    """The text of a document that python-docx has opened or made."""
    contents = _styles_of_contents(document)
    parts: list[str] = []
    stretches: list[Stretch] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for paragraph, run in _paragraphs(document.element.body, None):
        if paragraph.style in contents:
            continue
        for node in _own(paragraph):
            if node.tag != TEXT:
                add(_SIGNS[node.tag])
            elif node.text:
                stretches.append(Stretch(length, node, run))
                add(node.text)
        add("\n")
    return WordText(document, "".join(parts), tuple(stretches))


def _paragraphs(around: Any, run: Any) -> Iterator[tuple[Any, Any]]:
    """Paragraphs within an element in reading order, each with the run of the body its text box hangs on."""
    for child in around:
        if child.tag in _GONE:
            continue
        if child.tag == PARAGRAPH:
            yield child, run
            yield from _boxed(child, run)
        else:
            yield from _paragraphs(child, run)


def _boxed(around: Any, run: Any) -> Iterator[tuple[Any, Any]]:
    """Paragraphs of the text boxes that hang on the runs of a paragraph."""
    for child in around:
        if child.tag in _GONE:
            continue
        if child.tag == BOX:
            yield from _paragraphs(child, run)
        else:
            yield from _boxed(child, child if child.tag == RUN and run is None else run)


def _own(around: Any) -> Iterator[Any]:
    """The elements with text of a paragraph, those of its text boxes aside."""
    for child in around:
        if child.tag in _GONE or child.tag == BOX:
            continue
        if child.tag == TEXT or child.tag in _SIGNS:
            if around.tag == RUN:  # a tab stop of the paragraph's look is called w:tab, too
                yield child
        else:
            yield from _own(child)


def _styles_of_contents(document: Any) -> frozenset[str]:
    return frozenset(
        style.style_id
        for style in document.styles
        if (style.name or "").casefold().startswith(_CONTENTS) and style.style_id
    )

"""The marked draft: the clerk's own Word document with a comment at each number, else a new one with its text."""

from __future__ import annotations

import copy
import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mingxi_desktop import APP_NAME
from mingxi_desktop.errors import UserError
from mingxi_desktop.report.proofreading.drafts import word_draft
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict
from mingxi_desktop.report.proofreading.plain_text import fit
from mingxi_desktop.report.proofreading.telling import NAMES, WRONG, sentence, summary
from mingxi_desktop.report.proofreading.word_text import LOOK, TEXT, WORD, Stretch, WordText, word_text

_INITIALS = "校"
_FACE, _SIZE = "仿宋", 16
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COLOURS = {
    Verdict.AGREES: "BRIGHT_GREEN",
    Verdict.DIFFERS: "YELLOW",
    Verdict.CONTRADICTS: "PINK",
    Verdict.UNKNOWN: "GRAY_25",
}
"""Word's text highlights, which the clerk takes away like any of his own; those that are there stay."""
_MOST_NAMED = 30
"""Numbers listed in the summary; the others have their comments."""


def marked(source: Path | None, draft: Draft, checked: Sequence[Checked]) -> bytes:
    """The draft as .docx with a comment and a colour at each number, and a summary at its beginning.

    source: the file it was read from, None for a pasted one.  A Word document stays what it is: only runs
    are divided.  UserError where the file has changed since or cannot be read any more.
    """
    word = word_draft(source) if source is not None else None
    if word is None:
        word = _written(draft)
    elif word.text != draft.text:
        raise UserError(
            "草稿在打开以后改过了", f"文件：{source}", "请重新打开这份草稿，校对以后再另存标注稿。"
        )
    marks = _Marks(word.document)
    # The last one first: what stands before a number keeps its places.
    for ones, stretches in reversed(_placed(word, checked)):
        marks.put(ones, stretches)
    if word.stretches:
        first = word.stretches[0].anchor
        marks.comment(first, first, _overview(checked))
    file = io.BytesIO()
    word.document.save(file)
    return file.getvalue()


def _placed(word: WordText, checked: Sequence[Checked]) -> list[tuple[list[Checked], list[Stretch]]]:
    """Each place of the text with what is said of it and the stretches it lies in, in the order of the text.

    A number that stands for two indicators comes twice.
    """
    groups: list[list[Checked]] = []
    for one in sorted(checked, key=lambda one: one.amount.start):
        if groups and one.amount.start < groups[-1][0].amount.end:
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[tuple[list[Checked], list[Stretch]]] = []
    at = 0
    for ones in groups:
        start, end = ones[0].amount.start, ones[0].amount.end
        while at + 1 < len(word.stretches) and word.stretches[at + 1].start <= start:
            at += 1
        touched = []
        for stretch in word.stretches[at:]:
            if stretch.start >= end:
                break
            if stretch.start + len(stretch.node.text) > start:
                touched.append(stretch)
        if touched:
            found.append((ones, touched))
    return found


class _Marks:
    """Puts comments and colours on the runs of a document.

    python-docx would look through all comments for each new one: minutes for an annex with its thousand numbers.
    """

    def __init__(self, document: Any) -> None:
        self._comments = document.comments._comments_elm  # noqa: SLF001 - the list that python-docx made
        self._next = max((one.id for one in self._comments.comment_lst), default=-1) + 1
        # Word takes a comment's time for that of the clock on the wall.
        self._now = datetime.datetime.now().isoformat(timespec="seconds")

    def put(self, ones: Sequence[Checked], stretches: Sequence[Stretch]) -> None:
        """Mark one place of the text."""
        start, end = ones[0].amount.start, ones[0].amount.end
        colour = _COLOURS[min((one.verdict for one in ones), key=list(NAMES).index)]
        anchors = []
        for stretch in stretches:
            run = _isolated(stretch.node, max(start - stretch.start, 0), end - stretch.start)
            _colour(run, colour)
            anchors.append(run if stretch.hangs_on is None else stretch.hangs_on)
        for one in ones:
            self.comment(anchors[0], anchors[-1], sentence(one))

    def comment(self, first: Any, last: Any, text: str) -> None:
        """A comment on the runs from `first` to `last`; each line of the text is a paragraph."""
        from docx.oxml.parser import OxmlElement

        known = {"id": str(self._next), "author": APP_NAME, "initials": _INITIALS, "date": self._now}
        made = OxmlElement("w:comment", {f"{WORD}{name}": value for name, value in known.items()})
        for line in fit(text).splitlines():
            made.append(OxmlElement("w:p"))
            made[-1].append(OxmlElement("w:r"))
            made[-1][-1].append(_text(made, line))
        self._comments.append(made)
        first.insert_comment_range_start_above(self._next)
        last.insert_comment_range_end_and_reference_below(self._next)
        self._next += 1


def _isolated(node: Any, start: int, end: int) -> Any:
    """The run in which the text of a node from start to end stands alone; the node keeps what is before it."""
    run, text = node.getparent(), node.text
    behind = list(node.itersiblings())
    if behind or end < len(text):
        rest = _alike(run)
        if end < len(text):
            rest.append(_text(node, text[end:]))
        rest.extend(behind)
        run.addnext(rest)
    if not start and not any(child.tag != LOOK for child in node.itersiblings(preceding=True)):
        _set(node, text[:end])
        return run
    alone = _alike(run)
    alone.append(_text(node, text[start:end]))
    run.addnext(alone)
    _set(node, text[:start])
    return alone


def _alike(run: Any) -> Any:
    """An empty run that looks like another."""
    made = run.makeelement(run.tag, dict(run.attrib))
    if run.rPr is not None:
        made.append(copy.deepcopy(run.rPr))
    return made


def _text(like: Any, text: str) -> Any:
    made = like.makeelement(TEXT)
    _set(made, text)
    return made


def _set(node: Any, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def _colour(run: Any, colour: str) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.font import Font

    font = Font(run)
    if font.highlight_color is None:
        font.highlight_color = WD_COLOR_INDEX[colour]


def _overview(checked: Sequence[Checked]) -> str:
    """What stands in the first comment: how many, and what is wrong."""
    wrong = [sentence(one) for one in checked if one.verdict in WRONG]
    lines = [f"校稿：{summary(checked)}。", *wrong[:_MOST_NAMED]]
    if len(wrong) > _MOST_NAMED:
        lines.append(f"……另有{len(wrong) - _MOST_NAMED}处，见各处批注。")
    return "\n".join(lines)


def _written(draft: Draft) -> WordText:
    """A new document with the draft's paragraphs."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    for line in draft.text.removesuffix("\n").split("\n"):
        document.add_paragraph(line)
    return word_text(document)

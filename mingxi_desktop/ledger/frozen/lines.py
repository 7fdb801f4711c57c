"""The lines of a report, each beside itself without its numbers: so that other words are told from other numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from mingxi_desktop.report.model import Block, Chart, Document, Paragraph, Run, Signature, Table, cell_runs

Line = tuple[str, str]
"""(text with its numbers taken out, text)."""
_BETWEEN = "　"


def lines_of(document: Document) -> tuple[Line, ...]:
    """Title, paragraphs, table rows, captions and signature, without the attachments."""
    titles = [(title, title) for title in (document.title, document.subtitle) if title]
    return (*titles, *(line for block in document.blocks for line in _lines(block)))


def other_words(frozen: Sequence[Line], now: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """(the frozen lines, the lines in their place now) wherever more than numbers differs; "" for none."""
    matcher = SequenceMatcher(None, [line[0] for line in frozen], [line[0] for line in now], autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what != "equal":
            yield _text(frozen[start:end]), _text(now[first:last])


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield _line(block.runs)
    elif isinstance(block, Table):
        if block.caption:
            yield block.caption, block.caption
        for row in (block.header, *block.rows):
            cells = [_line(cell_runs(cell)) for cell in row]
            yield _BETWEEN.join(cell[0] for cell in cells), _BETWEEN.join(cell[1] for cell in cells)
    elif isinstance(block, Chart):
        yield block.caption, block.caption
    elif isinstance(block, Signature):
        yield block.name, block.name
        yield block.date_text, block.date_text


def _line(runs: Sequence[Run]) -> Line:
    return (
        "".join(f"{{{run.indicator}.{run.aspect}}}" if run.indicator else run.text for run in runs),
        "".join(run.text for run in runs),
    )


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line[1] for line in lines)

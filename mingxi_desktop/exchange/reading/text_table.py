"""csv and tsv: one sheet of texts."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from mingxi_desktop.exchange.cells import Row, Sheet
from mingxi_desktop.exchange.formula_signs import unprotect
from mingxi_desktop.exchange.reading.decode import decode
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.patterns import pattern

_SEPARATORS = ",\t;|"
_SAMPLE = 60_000
_SAMPLE_ROWS = 200
_DECLARED = pattern(r'\ufeff?"?sep=(.)"?\r?\n', re.IGNORECASE)
_AS_TEXT = pattern(r'="([^"]*)"')
"""How exporting programs keep a spreadsheet program from making a number of a text."""
_GUARDS = frozenset("='")
_BLANKS = pattern(r"[ \u3000]{2,}")
_MANY = 3
_END = "\x01end"
_PROSE_LINE = 40
_SENTENCE_ENDS = "。；：！？.:"


def read_text(data: bytes) -> Sheet:
    """The one sheet of a text file.  Raises RefusedError."""
    text = decode(data)
    declared = _DECLARED.match(text)
    if declared:
        text, separator = text[declared.end() :], declared[1]
    else:
        text = _aligned(text)
        separator = _separator(text)
    return Sheet("", _rows(text, separator), separated=True)


def _aligned(text: str) -> str:
    """A text whose columns are set apart by blanks alone, with tabs instead; any other text as it is."""
    if any(sign in text for sign in _SEPARATORS):
        return text
    lines = [line.strip(" \u3000") for line in text.splitlines()]
    widths = {len(_BLANKS.findall(line)) for line in lines if line}
    if len(widths) != 1 or widths == {0}:
        return text
    return "\n".join(_BLANKS.sub("\t", line) for line in lines)


def _separator(text: str) -> str:
    """The sign that splits the first rows into the most columns alike."""
    sample = text[:_SAMPLE]
    if not sample.strip('\ufeff\u00a0\u3000\u200b \t\r\n\f,;|"\x1a'):
        raise RefusedError("E_EMPTY_FILE")
    if "\t," in sample and sample.count("\t") <= sample.count(",") + sample.count("\t\n") + sample.count(
        "\t\r"
    ):
        return ","  # platforms put a tab behind a number so that Excel takes it for a text
    best = max(_SEPARATORS, key=lambda separator: _columns(sample, separator))
    if any(_columns(sample, best)):
        return best
    lines = [line for line in sample.splitlines() if line.strip()]
    counts = {line.count("，") for line in lines}
    if len(lines) > 1 and len(counts) == 1 and counts != {0}:
        return "，"
    if any(len(line) > _PROSE_LINE or line.rstrip().endswith(tuple(_SENTENCE_ENDS)) for line in lines):
        raise RefusedError("E_NOT_A_TABLE", "文本里没有分成列")
    return best


def _columns(sample: str, separator: str) -> tuple[int, int]:
    """How many rows have the width that is most common with this separator, and the width."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            widths[len(row)] += len(row) > 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if count), default=(0, 0))


def _usual(text: str, separator: str) -> int:
    """How many separators most lines have that have any."""
    counts = Counter(line.count(separator) for line in text[:_SAMPLE].splitlines())
    counts.pop(0, 0)
    return counts.most_common(1)[0][0] if counts else 1


def _rows(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    extent = Extent("", Budget())
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    text = text.replace("\x00", "")
    ended = text.endswith(("\n", "\r"))
    lines = io.StringIO(f"{text}{_END}" if ended else f"{text}\n{_END}", newline="")
    reader = csv.reader(lines, delimiter=separator)
    usual = _usual(text, separator)
    number, begins, last = 0, 1, 1
    try:
        for number, texts in enumerate(reader):
            row: Row = [(_cell(text) if text[0] in _GUARDS else text) if text else None for text in texts]
            while row and row[-1] is None:
                row.pop()
            if row:
                _check(extent, texts, number, len(row))
            if reader.line_num > begins and any(_swallowed(text, separator, usual) for text in texts):
                raise RefusedError("E_QUOTES", f"从第{begins}行开始")
            rows.append(row)
            last, begins = begins, reader.line_num + 1
    except csv.Error as error:
        raise RefusedError("E_DAMAGED", f"第{number + 2}行读不懂") from error
    if rows.pop() != [_END]:  # the last quote was never closed
        raise RefusedError("E_QUOTES", f"从第{last}行开始")
    return rows


def _check(extent: Extent, texts: list[str], row: int, width: int) -> None:
    extent.reach(row, width - 1)
    extent.count(width - 1)
    longest = max(map(len, texts))
    extent.check_length(longest, row, next(n for n, text in enumerate(texts) if len(text) == longest))


def _swallowed(text: str, separator: str, usual: int) -> bool:
    """Whether a cell holds what looks like whole rows, between two quotes that stand there by mistake."""
    return usual >= _MANY and any(line.count(separator) >= usual for line in text.splitlines()[1:])


def _cell(text: str) -> str:
    """The text without what only guards it against being taken for a formula or a number."""
    declared = _AS_TEXT.fullmatch(text)
    return declared[1] if declared else unprotect(text)

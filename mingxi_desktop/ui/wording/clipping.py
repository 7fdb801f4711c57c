"""Copying out of the document and pasting into it: always plain text, chips written out as {…}."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCharFormat, QTextCursor

from mingxi_desktop.ui.wording.blocks import Role, body_format, gap_of, is_figure, put_line, role_of, runs
from mingxi_desktop.ui.wording.document import lines_of
from mingxi_desktop.ui.wording.joining import divide, one_step, remove_selected
from mingxi_desktop.ui.wording.source import Reader, Sort, cleaned

_OWN = "application/x-mingxi-wording"
"""Beside the plain text, when it comes from here: its empty lines tell where paragraphs end."""
_BLANKS = " \t\u3000\u00a0"


def mime_data(cursor: QTextCursor) -> QMimeData:
    """What is selected, for the clipboard."""
    made = QMimeData()
    text = selected_text(cursor)
    made.setText(text)
    made.setData(_OWN, text.encode())
    return made


def selected_text(cursor: QTextCursor) -> str:
    """What is selected as it is written down."""
    document = cursor.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = document.findBlock(start)
    text = ""
    while block.isValid() and block.position() <= end:
        if block.position() > start:
            text += "\n" * (1 + (gap_of(block) if role_of(block) is Role.BODY else 1))
        for run in runs(block):
            first, last = max(block.position() + run.at, start), min(block.position() + run.end, end)
            if last > first and run.sort is Sort.TEXT:
                begin = first - block.position() - run.at
                text += run.source[begin : begin + last - first]
            elif last > first:
                text += run.source
        block = block.next()
    return text


def paste(cursor: QTextCursor, data: QMimeData, reader: Reader) -> None:
    """Put in text at the cursor, in place of what is selected.

    Text from elsewhere has a paragraph on each line, often with blanks before it; ours says where they end.
    """
    own = data.hasFormat(_OWN)
    text = cleaned(data.text())
    lines = list(lines_of(text)) if own else [(line.strip(_BLANKS), 1) for line in text.split("\n")]
    lines = [(line, gap) for line, gap in lines if line]
    if not lines and not text:
        return
    with one_step(cursor):
        if cursor.hasSelection():
            remove_selected(cursor)
        if role_of(cursor.block()) is not Role.BODY or len(lines) <= 1:
            _put_inside(cursor, text, reader)
            return
        if is_figure(cursor.block()):
            divide(cursor, same_paragraph=False)
        _put_line(cursor, lines[0][0], reader)
        for line, gap in lines[1:]:
            follows = line.startswith("否则")
            cursor.insertBlock(body_format(0 if follows else gap), QTextCharFormat())
            put_line(cursor, line, reader)


def _put_inside(cursor: QTextCursor, text: str, reader: Reader) -> None:
    """Text within a line; blanks at its ends are meant."""
    if is_figure(cursor.block()):
        divide(cursor, same_paragraph=False)
    _put_line(cursor, text.replace("\n", ""), reader)


def _put_line(cursor: QTextCursor, line: str, reader: Reader) -> None:
    body = role_of(cursor.block()) is Role.BODY and cursor.atBlockStart()
    put_line(cursor, line, reader, body=body)

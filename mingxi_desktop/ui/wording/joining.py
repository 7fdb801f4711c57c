"""Lines divided, joined and removed so that title, headings, conditions and charts stay what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from mingxi_desktop.ui.wording.blocks import (
    Role,
    body_format,
    figure_format,
    gap_of,
    heading_above,
    heading_format,
    is_conditional,
    is_figure,
    is_figure_format,
    key_of,
    put_chip,
    role_of,
    runs,
)
from mingxi_desktop.ui.wording.source import Reader, Sort

_WRITTEN = re.compile(r"[{｛][^{}｛｝]*[}｝]")
_KEEP = QTextCursor.MoveMode.KeepAnchor


@contextmanager
def one_step(cursor: QTextCursor, *, joined: bool = False) -> Iterator[None]:
    """What is done inside is undone at once.  joined: together with what was done before."""
    if joined:
        cursor.joinPreviousEditBlock()
    else:
        cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def remove_selected(cursor: QTextCursor) -> None:
    """Remove what is selected; what is left of a heading stays a heading, of a line a line."""
    document = cursor.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    first, last = document.findBlock(start), document.findBlock(end)
    if first == last:
        cursor.removeSelectedText()
        return
    section = key_of(heading_above(last))
    with one_step(cursor):
        if role_of(last) is Role.HEADING and end < last.position() + last.length() - 1:
            _remove(cursor, last.position(), end)
            end = last.position() - 1
        format, joined = first.blockFormat(), document.findBlock(end).position() != first.position()
        _remove(cursor, start, end)
        cursor.setBlockFormat(format)
        if joined and role_of(cursor.block()) is not Role.BODY:
            _part_again(cursor, section)


def _part_again(cursor: QTextCursor, section: str) -> None:
    """What was left of a line has come into the title or a heading: it becomes a line again, in that section."""
    here = cursor.position()
    following = cursor.block().next()
    if role_of(cursor.block()) is Role.TITLE and (not following.isValid() or role_of(following) is Role.BODY):
        cursor.insertBlock(heading_format(section), QTextCharFormat())
    if not cursor.atBlockEnd() or not cursor.block().next().isValid():
        cursor.insertBlock(body_format(1), QTextCharFormat())
    cursor.setPosition(here)


def _remove(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    cursor.removeSelectedText()


def join_before(cursor: QTextCursor) -> bool:
    """Backspace at the beginning of a line; whether anything was done."""
    block, before = cursor.block(), cursor.block().previous()
    if not before.isValid() or role_of(block) is not Role.BODY:
        return False
    if not block.text() or (role_of(before) is Role.BODY and not before.text()):
        _merge(cursor, kept=before if before.text() or role_of(before) is not Role.BODY else block)
        return True
    if role_of(before) is not Role.BODY:
        return False
    if is_figure(before) or is_figure(block) or is_conditional(block):
        # It cannot share a line: the paragraphs are joined, if they were two.
        if not gap_of(block) or is_figure(before) or is_figure(block):
            return False
        cursor.setBlockFormat(body_format(0))
        return True
    _merge(cursor, kept=before)
    return True


def _merge(cursor: QTextCursor, *, kept: QTextBlock) -> None:
    format = kept.blockFormat()
    with one_step(cursor):
        cursor.deletePreviousChar()
        cursor.setBlockFormat(format)


def divide(cursor: QTextCursor, *, same_paragraph: bool) -> None:
    """Enter.  same_paragraph: the new line goes on with the paragraph (a condition has its line to itself)."""
    block = cursor.block()
    plain = QTextCharFormat()
    with one_step(cursor):
        if role_of(block) is Role.TITLE:
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        elif role_of(block) is Role.HEADING:
            if cursor.atBlockEnd() and _empty_line(block.next()):
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            else:
                cursor.insertBlock(body_format(1), plain)
        elif is_figure(block) and cursor.atBlockStart():
            cursor.insertBlock(block.blockFormat(), plain)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.setBlockFormat(body_format(1))
        else:
            cursor.insertBlock(body_format(0 if same_paragraph and not is_figure(block) else 1), plain)


def _empty_line(block: QTextBlock) -> bool:
    return block.isValid() and role_of(block) is Role.BODY and not block.text()


def tidy(block: QTextBlock, reader: Reader) -> bool:
    """Put right what an edit has brought together in a block; whether anything was to be done.

    What has been written out, {hazards_found}, becomes a chip; a condition in the midst of a line goes; a chart
    gets its line to itself.
    """
    for mend in (_mend_chips, _take_in_places, _take_in_head):
        if mend(block, reader):
            tidy(block, reader)
            return True
    return False


def _mend_chips(block: QTextBlock, _reader: Reader) -> bool:
    body = role_of(block) is Role.BODY
    if body and is_figure_format(block.blockFormat()) != is_figure(block):
        made = figure_format if is_figure(block) else body_format
        cursor = QTextCursor(block)
        with one_step(cursor, joined=True):
            cursor.setBlockFormat(made(gap_of(block)))
    for run in runs(block):
        alone = run.at == 0 and run.end == len(block.text())
        if run.sort is Sort.CONDITION and (run.at or not body):
            _change(block, run.at, run.end)
            return True
        if run.sort is Sort.FIGURE and not body:
            _change(block, run.at, run.end)
            return True
        if run.sort is Sort.FIGURE and not alone:
            _set_apart(block, run.at, run.end)
            return True
    return False


def _set_apart(block: QTextBlock, start: int, end: int) -> None:
    cursor = QTextCursor(block)
    with one_step(cursor, joined=True):
        if end < len(block.text()):
            cursor.setPosition(block.position() + end)
            cursor.insertBlock(body_format(1), QTextCharFormat())
        if start:
            cursor.setPosition(block.position() + start)
            cursor.insertBlock(body_format(1), QTextCharFormat())


def _take_in_places(block: QTextBlock, reader: Reader) -> bool:
    for run in runs(block):
        if run.sort is not Sort.TEXT:
            continue
        for found in _WRITTEN.finditer(run.source):
            source = f"{{{found[0][1:-1].strip()}}}"
            if reader.place(source) is not None:
                at = run.at + found.start()
                _change(block, at, at + len(found[0]), Sort.PLACE, source)
                return True
    return False


def _take_in_head(block: QTextBlock, reader: Reader) -> bool:
    first = next(runs(block), None)
    if role_of(block) is not Role.BODY or first is None or first.sort is not Sort.TEXT:
        return False
    parts = reader.parts(first.source)
    if not parts or parts[0].sort is not Sort.CONDITION:
        return False
    source = parts[0].source
    _change(block, 0, len(source), Sort.CONDITION, source)
    return True


def _change(block: QTextBlock, start: int, end: int, sort: Sort = Sort.TEXT, source: str = "") -> None:
    """Put a chip in the place of a part of a block, or nothing."""
    cursor = QTextCursor(block)
    with one_step(cursor, joined=True):
        _remove(cursor, block.position() + start, block.position() + end)
        if source:
            put_chip(cursor, sort, source)

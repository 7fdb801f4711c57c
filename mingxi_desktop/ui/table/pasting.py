"""What Excel and WPS put on the clipboard, as bytes that are read like a file."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData

PASTED = Path("粘贴的内容")
"""Name of what comes from the clipboard, where a file would have its own."""
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_HEAD = '<meta charset="utf-8">'


def block_of(mime: QMimeData | None) -> tuple[bytes | None, str]:
    """The block on the clipboard, or None and what to tell the user.

    As HTML where that has a table: merged cells and line breaks within cells are kept. Else as text with tabs.
    """
    if mime is None or not (mime.hasHtml() or mime.hasText()):
        return None, "剪贴板里没有表格：先在 Excel 或 WPS 里选中一片单元格，按 Ctrl+C 复制"
    page = _page_of(mime)
    if page:
        return page, ""
    text = _text_of(mime)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return None, "剪贴板是空的：先在 Excel 或 WPS 里选中一片单元格，按 Ctrl+C 复制"
    if len(lines) == 1 and "\t" not in lines[0]:
        return None, "剪贴板里只有一个单元格：要填进选中的格子，请按 Ctrl+Shift+V"
    return text.encode(), ""


def cells_of(mime: QMimeData | None) -> tuple[bytes, bool] | None:
    """(what the clipboard has for cells, whether it is HTML), also of one cell; None if there is nothing."""
    if mime is None:
        return None
    page = _page_of(mime)
    if page:
        return page, True
    text = _text_of(mime)
    return (text.encode(), False) if text.strip() else None


def _page_of(mime: QMimeData) -> bytes:
    """The page with a table of more than one cell; empty if there is none."""
    html = mime.html() if mime.hasHtml() else ""
    is_block = _TABLE.search(html) is not None and len(_CELL.findall(html)) > 1
    return f"{_HEAD}{html}".encode() if is_block else b""


def _text_of(mime: QMimeData) -> str:
    return mime.text().replace("\x00", "") if mime.hasText() else ""

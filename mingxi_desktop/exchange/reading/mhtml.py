"""Web pages in one file (MHTML), which some platforms hand out as .xls: each page with tables is a sheet."""

from __future__ import annotations

from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget
from mingxi_desktop.exchange.reading.html_table import read_html
from mingxi_desktop.exchange.reading.refusal import RefusedError


def read_mhtml(data: bytes) -> list[Sheet]:
    """The sheets of the file.  Raises RefusedError, also for a mail that someone saved."""
    from email import message_from_bytes

    message = message_from_bytes(data)
    if not message.is_multipart() and message.get_content_type() != "text/html":
        raise RefusedError("E_MAIL")
    if any(part.get_content_disposition() == "attachment" for part in message.walk()):
        raise RefusedError("E_MAIL")
    budget = Budget()
    sheets: list[Sheet] = []
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and b"<table" in content.lower():
            sheets.append(read_html(content, budget))
        if len(sheets) > limits.MAX_SHEETS:
            raise RefusedError("E_TOO_MANY_SHEETS")
    if not sheets:
        raise RefusedError("E_HTML_AS_XLS")
    return sheets

"""Rows as text for the clipboard, the way Excel and WPS take it."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.records import Record


def tab_text(records: Sequence[Record], fields: Sequence[Field], *, header: bool = False) -> str:
    """One line per record with tabs between the fields; header: the labels first."""
    lines = [[field.label for field in fields]] if header else []
    lines += [[record.shown.get(field.name, "") for field in fields] for record in records]
    return "".join("\t".join(_quoted(cell) for cell in line) + "\r\n" for line in lines)


def _quoted(cell: str) -> str:
    """A cell with tabs, quotation marks or line breaks in it stays one cell."""
    if any(sign in cell for sign in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell

"""Cells for the clipboard, the way Excel and WPS take them: as text with tabs, and as a table."""

from __future__ import annotations

import html
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui import veil
from mingxi_desktop.ui.jobs import Priority, Worker
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.selection import Band

_MOST = 100_000
_AT_ONCE = 2_000
"""So many records are copied at once where the table has them at hand."""

_READ_BY_EXCEL = NUMERIC | {FieldType.DATE, FieldType.DATETIME}
"""Types whose text may become a number or a date there; all others stay texts: 0012, 1-2, =A1."""
_AS_TEXT = r""" style='mso-number-format:"\@"'"""
_BREAK = '<br style="mso-data-placement:same-cell">'


class Clip(NamedTuple):
    """What goes to the clipboard."""

    text: str
    html: str

    def mime(self) -> QMimeData:
        """As the clipboard takes it: text with tabs, and a table for programs that know HTML."""
        made = QMimeData()
        made.setText(self.text)
        if self.html:
            made.setHtml(self.html)
        return made


class Copier(QObject):
    """Puts cells of a table on the clipboard; what the table does not have at hand is read for it."""

    said = Signal(str)
    """What was copied."""

    def __init__(self, model: LedgerModel, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._worker = worker

    def copy(self, rows: Sequence[Band], fields: Sequence[Field], *, header: bool = False) -> None:
        """Copy these fields of the records in these rows.  header: the labels first."""
        ids = self._model.ids[:0]
        for band in rows:
            ids.extend(self._model.ids_between(band.top, band.bottom))
        left_out = max(len(ids) - _MOST, 0)
        ids = ids[:_MOST]

        def done(made: Clip) -> None:
            QGuiApplication.clipboard().setMimeData(made.mime())
            more = f"；还有 {left_out:,} 行没有复制，请用“导出”" if left_out else ""
            self.said.emit(f"已复制 {len(ids):,} 行 × {len(fields)} 列{more}")

        few = len(ids) <= _AT_ONCE
        found = self._at_hand(rows) if few else None
        if found is not None:
            done(clip(found, fields, header=header))
        elif len(ids):
            kind, priority = self._model.kind.name, Priority.VISIBLE if few else Priority.LONG
            self._worker.run(_clip, kind, ids, fields, header, done=done, owner=self, priority=priority)

    def _at_hand(self, rows: Sequence[Band]) -> list[Record] | None:
        """The records of these rows; None where one of them is not there yet."""
        found = []
        for band in rows:
            for row in range(band.top, band.bottom + 1):
                record = self._model.record(row)
                if record is not None:
                    found.append(record)
                elif self._model.id_at(row) is not None:
                    return None
        return found or None


def _clip(ledger: Any, kind: str, ids: array[int], fields: Sequence[Field], header: bool) -> Clip:
    return clip(ledger.records(kind, ids), fields, header=header)


def clip(records: Sequence[Record], fields: Sequence[Field], *, header: bool = False) -> Clip:
    """These fields of these records; a single cell is text alone.  header: the labels first."""
    if len(records) == len(fields) == 1 and not header:
        return Clip(_text(records[0], fields[0]), "")
    return Clip(
        tab_text(records, fields, header=header),
        _table(records, fields, header=header),
    )


def tab_text(records: Iterable[Record], fields: Sequence[Field], *, header: bool = False) -> str:
    """One line per record with tabs between the fields; header: the labels first."""
    lines = [[field.label for field in fields]] if header else []
    lines += [[_text(record, field) for field in fields] for record in records]
    return "".join("\t".join(_quoted(cell) for cell in line) + "\r\n" for line in lines)


def _text(record: Record, field: Field) -> str:
    """A cell as it is seen: copied masked while it is masked."""
    text = record.shown.get(field.name, "")
    return veil.over(text) if field.personal else text


def _quoted(cell: str) -> str:
    """A cell with tabs, quotation marks or line breaks in it stays one cell."""
    if any(sign in cell for sign in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _table(records: Iterable[Record], fields: Sequence[Field], *, header: bool) -> str:
    styles = ["" if field.type in _READ_BY_EXCEL else _AS_TEXT for field in fields]
    parts = ['<meta charset="utf-8"><table border="1">']
    if header:
        parts.append("<tr>" + "".join(f"<th>{html.escape(field.label)}</th>" for field in fields) + "</tr>")
    for record in records:
        cells = (
            f"<td{style}>{_marked_up(_text(record, field))}</td>"
            for field, style in zip(fields, styles, strict=True)
        )
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return "".join((*parts, "</table>"))


def _marked_up(text: str) -> str:
    return html.escape(text).replace("\n", _BREAK)

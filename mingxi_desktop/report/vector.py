"""A chart's page as a form in the report's PDF: its vectors and fonts exactly as they were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

from mingxi_desktop.report.pdf_reader import PdfError, PdfReader, Raw, Ref, Stream

_OF_STREAM = frozenset({b"Length"})
"""What a stream states anew when it is written."""


class ChartForm:
    """The page of a chart, copied into a report."""

    def __init__(self, document: Any, name: str, data: bytes) -> None:
        """document: a reportlab PDFDocument.  data: a PDF file of one page. Raises PdfError.

        After this `canvas.doForm(name)` draws it, in its own size (`width` × `height` pt), at the origin.
        """
        self._document = document
        self._reader = PdfReader(data)
        self._copied: dict[int, Any] = {}
        self._copying: set[int] = set()
        page = self._reader.page()
        box = [_number(self._reader.follow(item)) for item in self._reader.follow(page[b"MediaBox"])]
        self.width, self.height = box[2] - box[0], box[3] - box[1]
        content = self._reader.follow(page.get(b"Contents"))
        if not isinstance(content, Stream):
            raise PdfError("a chart's page has one stream")
        entries: dict[str, Any] = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "FormType": 1,
            "BBox": PDFArray(box),
            "Matrix": PDFArray([1, 0, 0, 1, -box[0], -box[1]]),
            "Resources": self._copy(page.get(b"Resources", {})),
        }
        if b"Group" in page:
            entries["Group"] = self._copy(page[b"Group"])
        document.addForm(name, self._stream(content, entries))

    def _copy(self, value: Any) -> Any:
        """A value of the chart's file as one of the report's."""
        if isinstance(value, Ref):
            return self._copied_object(value.number)
        if isinstance(value, Stream):
            return self._stream(value, {})
        if isinstance(value, Mapping):
            return PDFDictionary({key.decode("ascii"): self._copy(item) for key, item in value.items()})
        if isinstance(value, list):
            return PDFArray([self._copy(item) for item in value])
        assert isinstance(value, Raw)
        return value.text

    def _copied_object(self, number: int) -> Any:
        if number not in self._copied:
            if number in self._copying:
                raise PdfError(f"object {number} contains itself")
            self._copying.add(number)
            copy = self._copy(self._reader.object(number))
            self._copied[number] = self._document.Reference(copy)
        return self._copied[number]

    def _stream(self, stream: Stream, entries: dict[str, Any]) -> Any:
        own = {
            key.decode("ascii"): self._copy(item)
            for key, item in stream.entries.items()
            if key not in _OF_STREAM
        }
        # Without filters of its own a stream is compressed on writing like all others.
        return PDFStream(PDFDictionary({**own, **entries}), stream.data)


def _number(value: Any) -> float:
    if not isinstance(value, Raw):
        raise PdfError("no number where one must be")
    return float(value.text)

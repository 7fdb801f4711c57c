"""The reportlab canvas of all our PDFs: no font of its own, no date, every stream compressed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.embed import EmbeddedFont

BOLDER = 0.022
"""Width of the line around letters that stand for heavier ones, in units of the type size."""
_PDF_VERSION = (1, 7)
_NAME = "mingxi_desktop"


class PlainCanvas(Canvas):
    """A canvas that names no font of its own (reportlab's begins every page with Helvetica)."""

    def __init__(self, width: float, height: float, title: str, author: str) -> None:
        """width, height: of the pages in pt."""
        self._file = io.BytesIO()
        super().__init__(
            self._file,
            pagesize=(width, height),
            invariant=1,
            pageCompression=0,
            pdfVersion=_PDF_VERSION,
            lang="zh-CN",
        )
        # Compression of pages would write them as ASCII85; this compresses all streams, and does not.
        self._doc.defaultStreamFilters = [PDFZCompress]
        self.setTitle(clean(title))
        self.setAuthor(clean(author))
        self.setCreator(_NAME)
        self.setProducer(_NAME)

    @property
    def document(self) -> Any:
        """The PDFDocument of reportlab behind the pages, for fonts and forms."""
        return self._doc

    def finish(self, fonts: Iterable[EmbeddedFont]) -> bytes:
        """Writes fonts and file; its identification follows from its text."""
        available = self._doc.idToObject["BasicFonts"].dict
        for font in fonts:
            available[font.name] = font.write(self._doc)
        self.save()
        return self._file.getvalue()

    def addLiteral(self, s: str, escaped: int = 1) -> None:  # noqa: N802 - reportlab's name
        """As the canvas writes it; what identifies the file follows from all that was written."""
        self._doc.updateSignature(s)
        super().addLiteral(s, escaped)

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def number(value: float) -> str:
    """A number as PDF writes it, to a thousandth of a point."""
    return f"{value:.3f}".rstrip("0").rstrip(".")

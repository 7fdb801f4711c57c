"""Pages of a PDF as pictures: for the preview and for printing. Pages are numbered from 1, like spots."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, NamedTuple, Self

LOCK = threading.Lock()
"""PDFium does one thing at a time."""


def load() -> None:
    """Load PDFium, which takes a tenth of a second: by whoever makes pages, so that whoever shows them need not."""
    import pypdfium2  # noqa: F401


class PageImage(NamedTuple):
    """A page as a picture on white: rows of red, green, blue bytes from the top, without padding."""

    width: int
    height: int
    data: bytes


class PdfPages:
    """An open PDF; close it, or use it in a `with` statement."""

    def __init__(self, pdf: bytes) -> None:
        """Raises pypdfium2.PdfiumError for what is no PDF."""
        import pypdfium2

        with LOCK:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self._count = len(self._document)

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the memory back; may be called again."""
        with LOCK:
            if self._document is not None:
                self._document.close()
                self._document = None

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in pt. Raises IndexError for a page that is not there."""
        with LOCK:
            width, height = self._opened().get_page_size(self._index(page))
        return float(width), float(height)

    def image(self, page: int, scale: float) -> PageImage:
        """A page as a picture of `scale` pixels to the pt (300 dpi: 300 / 72).

        Raises IndexError for a page that is not there.
        """
        with LOCK:
            sheet = self._opened()[self._index(page)]
            try:
                bitmap = sheet.render(
                    scale=scale,
                    fill_color=(255, 255, 255, 255),
                    rev_byteorder=True,
                    maybe_alpha=False,
                    prefer_bgrx=False,
                )
                try:
                    return _packed(bitmap)
                finally:
                    bitmap.close()
            finally:
                sheet.close()

    def _opened(self) -> Any:
        if self._document is None:
            raise ValueError("this PDF has been closed")
        return self._document

    def _index(self, page: int) -> int:
        if not 1 <= page <= self._count:
            raise IndexError(f"page {page} of {self._count}")
        return page - 1


def _packed(bitmap: Any) -> PageImage:
    """The picture of a bitmap without what PDFium adds at the end of its rows."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    row = width * 3
    if stride != row:
        data = b"".join(data[start : start + row] for start in range(0, stride * height, stride))
    return PageImage(width, height, data)

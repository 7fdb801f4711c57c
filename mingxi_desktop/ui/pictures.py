"""Pictures of attached files: of images and the first page of a PDF, never larger than wanted or than is safe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_IMAGES = frozenset(".jpg .jpeg .jpe .jfif .png .bmp .gif .webp .tif .tiff".split())
_FORMATS = frozenset((b"jpeg", b"png", b"bmp", b"gif", b"webp", b"tiff"))
"""What a file of such an ending may hold; anything else (SVG, which may name other files) is not looked at."""
_MOST_MEGABYTES = 128
"""Of memory for one picture: a small file can stand for a very large one."""
_MOST_PDF_BYTES = 60_000_000
_LARGEST_SCALE = 4.0
_GONE = "文件不见了。找到原来的文件，重新添加就能补回；“工具 → 检查数据完整性”会列出还缺哪些。"
_BROKEN = "读不出来，可能没有拷贝完整或已损坏。可以试试用系统程序打开。"


@dataclass(frozen=True, slots=True)
class Picture:
    """What there is to see of a file: an image, or in words why there is none."""

    image: QImage | None
    reason: str = ""


def can_show(name: str) -> bool:
    """Whether a file of this name may have a picture."""
    return Path(name).suffix.lower() in _IMAGES | {".pdf"}


def picture(path: Path, most: int) -> Picture:
    """The picture of a file, neither side longer than `most` pixels; may be called on any thread."""
    if not path.is_file():
        return Picture(None, _GONE)
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return _of_pdf(path, most)
    if suffix in _IMAGES:
        return _of_image(path, most)
    return Picture(None, "这种文件不能在这里预览，请用系统程序打开。")


def _of_image(path: Path, most: int) -> Picture:
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    if not reader.canRead() or reader.format().data() not in _FORMATS:
        return Picture(None, _BROKEN)
    size = reader.size()
    # Only JPEG is made smaller while it is read; everything else is whole in memory first.
    if reader.format().data() != b"jpeg" and size.width() * size.height() * 4 > _MOST_MEGABYTES << 20:
        return Picture(None, "图片太大，不能在这里预览，请用系统程序打开。")
    if size.isValid() and max(size.width(), size.height()) > most:
        reader.setScaledSize(size.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return Picture(None, _BROKEN)
    if max(image.width(), image.height()) > most:  # a format that cannot tell its size before it is read
        box = QSize(most, most)
        mode = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(box, Qt.AspectRatioMode.KeepAspectRatio, mode)
    return Picture(image)


def _of_pdf(path: Path, most: int) -> Picture:
    import pypdfium2

    from mingxi_desktop.report.preview import PdfPages

    try:
        if path.stat().st_size > _MOST_PDF_BYTES:
            return Picture(None, "文件太大，不能在这里预览，请用系统程序打开。")
        with PdfPages(path.read_bytes()) as pages:
            page = pages.image(1, min(most / max(*pages.size(1), 1.0), _LARGEST_SCALE))
    except (pypdfium2.PdfiumError, OSError, IndexError, ValueError):
        return Picture(None, "打不开，可能加了密码或已损坏。可以试试用系统程序打开。")
    image = QImage(page.data, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
    return Picture(image.copy())

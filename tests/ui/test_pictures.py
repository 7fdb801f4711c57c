"""Pictures of attached files: small enough, safe, and a sentence where there is none."""

from __future__ import annotations

import struct
import zlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from mingxi_desktop.ui.pictures import can_show, picture


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims to be very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", ["照片.JPG", "扫描.png", "图.bmp"])
def test_images_are_never_larger_than_wanted(app, tmp_path, name) -> None:
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    path = tmp_path / name
    assert image.save(str(path))
    assert can_show(name)
    found = picture(path, 150)
    assert found.image is not None
    assert (found.image.width(), found.image.height()) == (150, 50)
    whole = picture(path, 1000).image
    assert whole is not None
    assert whole.width() == 600


def test_the_first_page_of_a_pdf(app, tmp_path) -> None:
    from reportlab.pdfgen import canvas

    path = tmp_path / "通知.pdf"
    drawn = canvas.Canvas(str(path), pagesize=(200, 400))
    drawn.rect(20, 20, 50, 50, fill=1)
    drawn.showPage()
    drawn.save()
    found = picture(path, 100).image
    assert found is not None
    assert (found.width(), found.height()) == (50, 100)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(path.read_bytes()[:200])
    assert "已损坏" in picture(broken, 100).reason


@pytest.mark.qt_log_ignore("JPEG data")
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("炸弹.png", bomb(30_000, 30_000), "太大"),
        ("坏.jpg", b"\xff\xd8\xff\xe0 and no more", "读不出来"),
        ("画.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>', "读不出来"),
        ("表.xlsx", b"PK", "不能在这里预览"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_says_why(app, tmp_path, name, content, reason) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = picture(path, 200)
    assert found.image is None
    assert reason in found.reason
    assert "重新添加" in picture(tmp_path / "没有.png", 200).reason

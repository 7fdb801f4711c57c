"""Our picture in the forms that Windows and the setup program want; run by the environment's Python, which has Qt.

python -m devtools.windows.drawing icon|side|head FILE
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from devtools import DevError, quietly
from devtools.environment import ROOT, Environment

_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_SIDE, _HEAD = (164, 314), (150, 57)
"""Sizes that NSIS gives to the picture beside its first and last page, and to the one above the others."""


def icon(env: Environment, target: Path) -> None:
    """resources/icons/app.svg as .ico, in all sizes."""
    _draw(env, "icon", target)


def panels(env: Environment, folder: Path) -> tuple[Path, Path]:
    """(picture beside the first and last page, picture above the others), .bmp in `folder`."""
    side, head = folder / "side.bmp", folder / "head.bmp"
    _draw(env, "side", side)
    _draw(env, "head", head)
    return side, head


def _draw(env: Environment, what: str, target: Path) -> None:
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    command: list[str | Path] = [env.python, "-m", "devtools.windows.drawing", what, target.resolve()]
    code, said = quietly(command, settings, cwd=env.root / "packaging")
    if code:
        raise DevError(f"{target.name} could not be drawn:\n{said}")


def main(what: str, target: str) -> None:
    """Draw one of them."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _app = QGuiApplication([])
    drawn = QSvgRenderer(str(ROOT / "resources" / "icons" / "app.svg"))

    def square(size: int) -> QImage:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawn.render(painter)
        painter.end()
        return image

    def panel(size: tuple[int, int], top: str, bottom: str, place: QRectF) -> QImage:
        image = QImage(*size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        shade = QLinearGradient(0, 0, 0, size[1])
        shade.setColorAt(0, QColor(top))
        shade.setColorAt(1, QColor(bottom))
        painter.fillRect(image.rect(), shade)
        drawn.render(painter, place)
        painter.end()
        return image

    if what == "icon":
        _save_icon([square(size) for size in _SIZES], Path(target))
    elif what == "side":
        panel(_SIDE, "#1f5fbf", "#36b0c9", QRectF(42, 48, 80, 80)).save(target)
    else:
        panel(_HEAD, "#ffffff", "#ffffff", QRectF(100, 8, 41, 41)).save(target)


def _save_icon(pictures: list[Any], target: Path) -> None:
    from PIL import Image
    from PySide6.QtCore import QBuffer

    made = []
    for picture in pictures:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        made.append(Image.open(BytesIO(bytes(buffer.data().data()))))
    sizes = [one.size for one in made]
    made[-1].save(target, format="ICO", append_images=made[:-1], sizes=sizes)


if __name__ == "__main__":
    main(*sys.argv[1:])

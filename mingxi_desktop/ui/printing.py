"""Printing the pages of a PDF, and opening it in another program."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.report.preview import PdfPages
from mingxi_desktop.ui import ask

_DPI = 300
NO_PRINTER = "这台电脑没有安装打印机"


@dataclass(frozen=True, slots=True)
class Order:
    """What the user has ordered: on which printer, from which page to which."""

    printer: QPrinter
    first: int
    last: int


def has_printer() -> bool:
    """Whether the PC has any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def choose(pdf: bytes, title: str, parent: QWidget) -> Order | None:
    """Ask for a printer, set to the size and direction of the pages; None when the user cancels."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    with PdfPages(pdf) as pages:
        count, (width, height) = len(pages), pages.size(1)
    upright = QSizeF(min(width, height), max(width, height))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    direction = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(direction)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, count)
    if not dialog.exec():
        return None
    # The pages stay as they were looked at, whatever the printer's own settings say.
    printer.setPageOrientation(direction)
    return Order(printer, printer.fromPage() or 1, min(printer.toPage() or count, count))


def send(order: Order, pdf: bytes, progress: Callable[[int, int], object] = lambda *_: None) -> None:
    """Print the pages at their size, smaller only where the paper is; on any thread, for it takes long.

    progress: is told (pages done, pages in all) and may raise, which takes the order back.
    """
    printer, painter = order.printer, QPainter()
    if not painter.begin(printer):
        raise UserError("不能打印", printer.printerName(), "检查打印机是否联机、有纸，再试一次。")
    try:
        with PdfPages(pdf) as pages:
            for done, page in enumerate(range(order.first, order.last + 1)):
                progress(done, order.last + 1 - order.first)
                if done:
                    printer.newPage()
                _draw(printer, painter, pages, page)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _draw(printer: QPrinter, painter: QPainter, pages: PdfPages, page: int) -> None:
    picture = pages.image(page, _DPI / 72)
    image = QImage(
        picture.data, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
    )
    width, height = pages.size(page)
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    dots = printer.resolution() / 72
    dots *= min(1.0, paper.width() / (width * dots), paper.height() / (height * dots))
    painter.drawImage(QRectF(0, 0, width * dots, height * dots), image)


def open_outside(pdf: bytes, name: str, parent: QWidget) -> None:
    """Write the PDF into our temporary folder, which goes with us, and open it in the PC's own program."""
    file = Path(tempfile.gettempdir()) / paths.safe_name(name)
    try:
        file.write_bytes(pdf)
    except OSError as error:
        fault = UserError(
            "不能打开预览文件", f"文件：{file}（{disk_reason(error)}）", "先关闭正在显示它的程序。"
        )
        ask.show_error(fault, parent)
        return
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        ask.show_error(
            UserError("没有能打开 PDF 的程序", f"文件：{file}", "可以“另存为…”后用别的电脑打开。"), parent
        )

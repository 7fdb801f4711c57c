"""Printing the pages of a PDF, and opening it in another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.report.preview import PdfPages
from mingxi_desktop.ui import ask

_DPI = 300


def print_pdf(pdf: bytes, title: str, parent: QWidget) -> bool:
    """Ask for a printer and print the pages at their size on paper; whether they were sent."""
    if not QPrinterInfo.availablePrinterNames():
        ask.show_error(
            UserError("这台电脑没有安装打印机", "", "可以先“另存为…”存成 PDF，拿到有打印机的电脑上打印。"),
            parent,
        )
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    with PdfPages(pdf) as pages:
        dialog = QPrintDialog(printer, parent)
        dialog.setMinMax(1, len(pages))
        if not dialog.exec():
            return False
        first = printer.fromPage() or 1
        last = printer.toPage() or len(pages)
        _print_pages(printer, pages, first, min(last, len(pages)))
    return True


def _print_pages(printer: QPrinter, pages: PdfPages, first: int, last: int) -> None:
    painter = QPainter()
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    if not painter.begin(printer):
        raise UserError("不能打印", printer.printerName(), "检查打印机是否联机、有纸，再试一次。")
    try:
        for page in range(first, last + 1):
            if page > first:
                printer.newPage()
            picture = pages.image(page, _DPI / 72)
            image = QImage(
                picture.data, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
            )
            width, height = pages.size(page)
            dots = printer.resolution() / 72
            painter.drawImage(QRectF(0, 0, width * dots, height * dots), image)
    finally:
        painter.end()


def open_outside(pdf: bytes, name: str, parent: QWidget) -> None:
    """Write the PDF into the user's temporary folder and open it in the PC's own program."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation))
    file = folder / paths.safe_name(name)
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

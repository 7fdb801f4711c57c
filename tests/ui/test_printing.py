"""Printing pages, and handing them to another program."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from mingxi_desktop.report.preview import PdfPages
from mingxi_desktop.ui import printing


@pytest.fixture
def pdf() -> bytes:
    """Three A4 pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number in range(3):
        canvas.rect(100, 100 + 40 * number, 200, 20, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def parent(app, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_cancelling_prints_nothing(pdf, parent, monkeypatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 0)
    assert printing.choose(pdf, "年度报告", parent) is None


def test_the_chosen_pages_are_printed_at_their_size(app, pdf, tmp_path) -> None:
    file = tmp_path / "打印.pdf"
    printer = to_file(file, QPageLayout.Orientation.Portrait)
    printing.send(printing.Order(printer, 2, 3), pdf)
    with PdfPages(file.read_bytes()) as printed:
        assert len(printed) == 2
        assert [round(side) for side in printed.size(1)] == [595, 842]


@pytest.fixture
def wide() -> bytes:
    """Two pages of A3 on their side, with a box from edge to edge."""
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=landscape(A3))
    for _ in range(2):
        canvas.rect(0, 0, *landscape(A3), fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_the_printer_is_set_to_the_pages(wide, parent, monkeypatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    order = printing.choose(wide, "隐患台账", parent)
    layout = order.printer.pageLayout()
    assert layout.pageSize().id() == QPageSize.PageSizeId.A3
    assert layout.orientation() == QPageLayout.Orientation.Landscape
    assert order.printer.docName() == "隐患台账"
    assert (order.first, order.last) == (1, 2)


def to_file(path, orientation: QPageLayout.Orientation) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(orientation)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setFullPage(True)
    return printer


def test_smaller_paper_gets_smaller_pages_whole(app, wide, tmp_path) -> None:
    file = tmp_path / "小.pdf"
    printer = to_file(file, QPageLayout.Orientation.Portrait)
    printing.send(printing.Order(printer, 1, 1), wide)
    with PdfPages(file.read_bytes()) as printed:
        image = printed.image(1, 1.0)
    rows = [image.data[line * image.width * 3 :][: image.width * 3] for line in range(image.height)]
    black = [sum(1 for pixel in row[::3] if pixel < 128) for row in rows]
    assert max(black) >= image.width - 2
    assert sum(count > 10 for count in black) == pytest.approx(image.width / 1.414, abs=3)


def test_an_order_can_be_taken_back(app, wide, tmp_path) -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def progress(done: int, total: int) -> None:
        assert total == 2
        if done:
            raise Enough

    printer = to_file(tmp_path / "停.pdf", QPageLayout.Orientation.Landscape)
    with pytest.raises(Enough):
        printing.send(printing.Order(printer, 1, 2), wide, progress)
    assert not printer.paintingActive()


def test_another_program_gets_the_very_pages(pdf, parent, answers, monkeypatch, tmp_path) -> None:
    opened = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url) or True))
    printing.open_outside(pdf, "2024年度报告.pdf", parent)
    assert (tmp_path / "2024年度报告.pdf").read_bytes() == pdf
    assert Path(opened[0].toLocalFile()) == (tmp_path / "2024年度报告.pdf")
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda _: False))
    printing.open_outside(pdf, "2024年度报告.pdf", parent)
    assert answers.told.pop().title == "没有能打开 PDF 的程序"


def test_a_file_that_is_in_use_is_told(pdf, parent, answers, monkeypatch, tmp_path) -> None:
    (tmp_path / "报告.pdf").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printing.open_outside(pdf, "报告.pdf", parent)
    assert answers.told.pop().title == "不能打开预览文件"

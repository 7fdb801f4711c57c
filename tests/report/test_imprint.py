"""Each printed page says which state of the ledger it was printed from, and the ledger knows that state again."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2

from mingxi_desktop.app.cli import main
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report import fonts, pdf
from mingxi_desktop.report.model import Document, paragraph
from mingxi_desktop.report.word import to_docx

PRINT = "台账变更历史校验值 0123456789abcdef"


def test_the_small_print_stands_on_every_page_and_is_no_text_of_the_report() -> None:
    report = Document("报告", tuple(paragraph("正文。" * 20) for _ in range(30)), imprint=PRINT)
    made = pdf.render(report, fonts.resolve(bundled_only=True))
    opened = pypdfium2.PdfDocument(made.pdf)
    texts = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    assert len(texts) > 1
    assert all(PRINT in text for text in texts)
    section = docx.Document(io.BytesIO(to_docx(report))).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert PRINT in [item.text for item in footer.paragraphs]


def test_the_state_it_names_is_found_again(tmp_path: Path, capsys) -> None:
    path = tmp_path / "账.mxdb"
    with Ledger.create(path) as ledger:
        row = {"record_date": "2024-03-01", "area": "盖洋镇", "description": "通道堵塞"}
        values, _ = ledger.parse("hazard", row)
        ledger.add("hazard", values)
        order = Order(2024)
        found = reporting.covered(ledger, order, reporting.delivered_template(order.template).span)
        imprint = reporting.facts_of(ledger, found).imprint
        ledger.add("hazard", values)
    digits = imprint.split()[-1]
    assert len(digits) == reporting.PRINTED
    assert main(["verify", "--printed", digits, "--db", str(path)]) == 0
    assert "第 1 条变更" in (said := capsys.readouterr().err)
    assert "又有 1 条" in said
    assert main(["verify", "--printed", "deadbeef", "--db", str(path)]) == 1
    assert "不在台账的变更历史里" in capsys.readouterr().out

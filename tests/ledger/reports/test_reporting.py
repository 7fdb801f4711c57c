"""Reports from a ledger: whole files, the clerk's own words, parts of a year, and an honest empty year."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, figures
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report.annual import UNVERIFIED
from mingxi_desktop.report.model import Chart, Document, Paragraph, indicator_runs


@pytest.fixture(scope="module")
def filled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("report") / "report.mxdb"
    shutil.copyfile(empty_file, path)
    with Ledger.open(path) as opened:
        area = {entry.name: entry.ref for entry in opened.entries("area")}
        for year, found in ((2023, 8), (2024, 10)):
            for month in (3, 8):
                values = {
                    "record_date": datetime.date(year, month, 5),
                    "area": area["盖洋镇"],
                    "field": "消防",
                    "description": "灭火器过期",
                    "granularity": "汇总",
                    "quantity_found": found,
                    "quantity_rectified": found,
                }
                opened.add("hazard", values)
    return path


@pytest.fixture
def ledger(filled_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """Hazards of two years and nothing else."""
    with Ledger.open(shutil.copyfile(filled_file, tmp_path / "report.mxdb")) as opened:
        yield opened


PRINTED = Order(2024, bundled_fonts=True)


def document(ledger: Ledger, **wanted: Any) -> Document:
    """The report of 2024."""
    return reporting.make(ledger, Order(2024, **wanted)).document


def text_of(report: Document) -> str:
    return "\n".join(block.text for block in report.blocks if isinstance(block, Paragraph))


def test_numbers_come_from_the_records_and_follow_them(ledger):
    assert "全年排查问题隐患20条，同比增长25%，已整改20条" in text_of(document(ledger))
    ledger.delete("hazard", [ledger.ids(reporting_query(2024))[0]])
    assert "全年排查问题隐患10条，同比下降37.5%" in text_of(document(ledger))


def reporting_query(year: int):
    from mingxi_desktop.domain.query import Query

    return Query("hazard", year=year)


def test_what_has_no_records_is_marked_and_warned_about(ledger):
    report = reporting.make(ledger, Order(2024))
    shown = {run.indicator: run.text for run in indicator_runs(report.document)}
    assert shown["kayaks"] == UNVERIFIED
    assert any("购入皮划艇" in sentence for sentence in report.warnings)
    assert "零伤亡" not in text_of(report.document)
    assert [block.name for block in report.document.blocks if isinstance(block, Chart)] == [
        "hazards_by_month",
        "hazards_by_industry",
    ]


def test_cut_off_date(ledger):
    report = document(ledger, as_of=datetime.date(2024, 6, 30))
    assert "1至6月排查问题隐患10条" in text_of(report)
    assert report.subtitle == "（数据截至2024年6月30日）"


def test_pdf_is_written_whole_and_the_same_each_time(ledger, tmp_path):
    first = reporting.write(ledger, PRINTED, tmp_path / "甲.pdf")
    second = reporting.write(ledger, PRINTED, tmp_path / "乙.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert not list(tmp_path.glob("*.pdf.part"))
    with pypdfium2.PdfDocument(first.path.read_bytes()) as pdf:
        assert len(pdf) == first.pages
    assert first.rendered is not None
    assert {spot.indicator for spot in first.rendered.spots if spot.indicator} >= {"hazards_found", "fines"}
    assert first.indicators == len({run.indicator for run in indicator_runs(document(ledger))})


def test_annex_proves_the_numbers(ledger, tmp_path):
    plain = reporting.write(ledger, PRINTED, tmp_path / "a.pdf")
    proved = reporting.write(ledger, replace(PRINTED, annex=True), tmp_path / "b.pdf")
    assert proved.pages > plain.pages
    assert proved.indicators == plain.indicators
    attachment = document(ledger, annex=True).attachments[0]
    assert attachment.title == "指标溯源"


def test_plain_text(ledger, tmp_path):
    result = reporting.write(ledger, Order(2024), tmp_path / "a.txt")
    text = result.path.read_bytes().decode("utf-8-sig")
    assert "一、主要举措和成效\r\n" in text
    assert "排查问题隐患20条" in text


def test_word_has_the_numbers_of_the_pdf(ledger: Ledger, tmp_path: Path) -> None:
    import docx

    word = reporting.write(ledger, PRINTED, tmp_path / "a.docx")
    printed = reporting.write(ledger, PRINTED, tmp_path / "a.pdf")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(word.path)).paragraphs)
    assert printed.rendered is not None
    assert word.indicators == printed.indicators > 0
    assert abs(word.pages - printed.pages) <= 1
    for spot in printed.rendered.spots:
        assert spot.text in text


@pytest.mark.parametrize("name", ["a.exe", "a"])
def test_other_formats_are_refused_before_anything_is_written(ledger, tmp_path, name):
    with pytest.raises(UserError):
        reporting.write(ledger, Order(2024), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_is_told(ledger, tmp_path):
    with pytest.raises(UserError, match="写不进去"):
        reporting.write(ledger, Order(2024), tmp_path / "nowhere" / "a.txt")


def test_a_file_open_elsewhere_is_told_and_left_alone(ledger, tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    target.write_text("旧", encoding="utf-8")

    def refuse(*_arguments):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="正被 Excel/WPS 打开") as caught:
        reporting.write(ledger, Order(2024), target)
    assert "打开" in caught.value.hint
    assert target.read_text(encoding="utf-8") == "旧"
    assert not list(tmp_path.glob("*.txt.part"))


def test_signature_follows_the_settings(ledger):
    ledger.set_setting("signer", "明溪县应急管理局办公室")
    ledger.set_setting("report.sign_date", "2025-02-06")
    signature = document(ledger).blocks[-1]
    assert (signature.name, signature.date_text) == ("明溪县应急管理局办公室", "2025年2月6日")
    ledger.set_setting("report.sign_date", "明天")
    with pytest.raises(UserError, match="不是日期"):
        document(ledger)


def test_places_are_counted(ledger):
    assert reporting.places(document(ledger))["quilts_dispatched"] == 2


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_charts_as_files(ledger, tmp_path, ending, start):
    path = tmp_path / f"chart.{ending}"
    figures.write_chart(ledger, "hazards_by_month", Period.of(2024), path, bundled_fonts=True)
    assert path.read_bytes().startswith(start)
    with pytest.raises(UserError):
        figures.write_chart(ledger, "hazards_by_month", Period.of(2024), tmp_path / "chart.bmp")

"""The Word file as LibreOffice breaks its pages, where that is installed: minutes of its time, so only on demand."""

import shutil
import subprocess
from decimal import Decimal

import pypdfium2
import pytest

from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Trace
from mingxi_desktop.report import pdf
from mingxi_desktop.report.annex import annex
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.report.model import Document, paragraph
from mingxi_desktop.report.word import to_docx
from tests.report import measure, wordy

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]
ALIASES = {"仿宋": 0, "楷体": 0, "宋体": 0, "方正小标宋简体": 0, "黑体": 1}
FAMILIES = ("Noto Serif SC", "Noto Sans SC")
AREAS = ("雪峰镇", "盖洋镇", "胡坊镇", "瀚仙镇", "城关乡")


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """Pages of a Word file as PDF, set in the fonts that come with the program."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{FAMILIES[face]}</family></prefer></alias>'
        for name, face in ALIASES.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{delivered()[0].parent}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )

    def converting(data: bytes) -> bytes:
        source = folder / "report.docx"
        source.write_bytes(data)
        made = source.with_suffix(".pdf")
        made.unlink(missing_ok=True)
        subprocess.run(
            [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
             "--outdir", folder, source],
            check=True, capture_output=True, timeout=300, env={"FONTCONFIG_FILE": str(fonts), "HOME": str(folder)},
        )  # fmt: skip
        if not made.exists():
            pytest.skip("LibreOffice has no Writer")
        return made.read_bytes()

    return converting


def traces():
    """Many indicators, with few and with many records."""
    for place, indicator in enumerate(list(by_id().values())[:40]):
        records = tuple(
            Contribution(
                "hazard", n, f"2024-{n:04}", f"2024-{n % 12 + 1:02}-05", AREAS[n % 5], Decimal(1),
                f"{AREAS[n % 5]}2024年{n % 12 + 1}月隐患台账.xlsx · 隐患台账 · 第{n + 3}行",
            )
            for n in range((3, 9, 60, 400)[place % 4])
        )  # fmt: skip
        value = IndicatorValue(indicator, Decimal(len(records)), str(len(records)), len(records))
        yield Trace(value, "“隐患”台账中日期从2024年1月1日到2024年12月31日的记录，把“发现数”相加。", records)


def pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    count = len(document)
    document.close()
    return count


@pytest.mark.parametrize("case", ["wordy", "annex"])
def test_word_has_as_many_pages_give_or_take_one(case, convert, bundled, chart):
    if case == "wordy":
        document = wordy.wordy([chart])
    else:
        document = Document(
            "总结", (paragraph(wordy.OPENING),), attachments=(annex(list(traces()), areas=AREAS),)
        )
    ours = pdf.render(document, bundled)
    theirs = convert(to_docx(ours.settled))
    assert abs(pages(theirs) - ours.pages) <= 1


def test_page_numbers_and_type_area_are_where_they_are_in_print(convert, bundled, chart):
    theirs = convert(to_docx(pdf.render(wordy.wordy([chart], times=2), bundled).settled))
    inks = measure.inks(theirs)
    for page in (2, 3):
        left, right = measure.sides(inks[page], 30, 260)
        assert left >= 27
        # LibreOffice lets a full stop at the end hang into the margin.
        assert right <= 190
        edge = measure.sides(inks[page], 264, 290)[page % 2]
        assert edge == pytest.approx(179 if page % 2 else 33, abs=1)

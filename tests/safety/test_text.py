"""Text from outside is text: on every screen, in every file that leaves, and on the way back in."""

from __future__ import annotations

import csv
import io
import re
import shutil
import time
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from PySide6.QtCore import QSettings

from mingxi_desktop.app import cli
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, demo
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.gallery.every import at_hand
from mingxi_desktop.ui.gallery.stage import View, shown
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow
from tests.safety import hostile, plain

pytestmark = [pytest.mark.safety, pytest.mark.timeout(900)]
_YEAR = str(demo.PUBLISHED_YEAR)
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile ledger, not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("hostile") / "台账.mxdb"
    taken = hostile.make(path)
    assert sum(taken.values()) > 150, taken
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(made, tmp_path / "台账.mxdb"))


def test_on_every_screen(db: Path, qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached) -> None:
    started = time.monotonic()
    faults: list[BaseException] = []
    for name in ("show_error", "show_bug"):
        monkeypatch.setattr(ask, name, lambda error, *_: faults.append(error))
    app_setup.make_application([], fonts=(delivered()[1],), appearance="light")
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Context(db, Worker(lambda: Ledger.open(db)), settings))
    window.resize(1366, 768)
    findings: dict[str, str] = {}
    views = seen = 0
    with shown(window) as stage:
        for view in at_hand(stage):
            views += 1
            seen += plain.seen(view.widget)
            findings |= dict.fromkeys(_findings(view), view.name)
    assert not faults
    assert not findings
    assert seen > 300
    reached("hostile texts: views, shown otherwise", views, seconds=time.monotonic() - started)


def _findings(view: View) -> list[str]:
    return list(plain.found_in(view.menu) if view.menu is not None else plain.found(view.widget))


def values(path: Path) -> dict[str, list[str]]:
    """All texts of the records by kind, in their order."""
    with Ledger.open(path) as ledger:
        return {
            kind: [
                str(value)
                for record in ledger.records(kind, ledger.ids(Query(kind)))
                for value in record.shown.values()
            ]
            for kind in ("hazard", "meeting", "rescue_team")
        }


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_out_into_a_table_and_back_again(db: Path, tmp_path: Path, ending: str) -> None:
    before = values(db)
    for kind in before:
        file = tmp_path / f"{kind}{ending}"
        assert cli.main(["--db", str(db), "export", kind, "-o", str(file), "--personal", "--quiet"]) == 0
        if ending == ".csv":
            rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
            assert not [cell for row in rows for cell in row if _FORMULA.match(cell) and not _is_number(cell)]
        else:
            package = zipfile.ZipFile(file)
            sheets = "".join(
                package.read(name).decode("utf-8")
                for name in package.namelist()
                if "worksheets/sheet" in name
            )
            assert "<f>" not in sheets
            assert "hyperlink" not in sheets
        cli.main(["--db", str(db), "import", str(file), "--kind", kind, "--accept-valid", "--quiet"])
    assert values(db) == before


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.,]+", cell) is not None


def test_in_the_report(db: Path, tmp_path: Path) -> None:
    with Ledger.open(db) as ledger:
        bureau = ledger.setting("bureau")
    assert hostile.TEXTS[0] in bureau
    for ending in ("pdf", "docx"):
        out = str(tmp_path / f"r.{ending}")
        command = ["--db", str(db), "report", "--year", _YEAR, "-o", out, "--quiet"]
        assert cli.main([*command, "--annex"] if ending == "pdf" else command) == 0
    document = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    printed = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    printed = re.sub(r"\s|\ufffe", "", printed)
    written = "\n".join(one.text for one in docx.Document(str(tmp_path / "r.docx")).paragraphs)
    for text in (printed, written):
        assert "<b>甲&乙</b>" in text
        assert "&lt;b&gt;" not in text
    assert "hostname'>甲&乙" in printed or "<i>甲&乙</i>" in printed

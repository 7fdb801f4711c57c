"""One measure in a process of its own: `python -m tests.bench.report_jobs JOB LEDGER`; prints it as JSON.

Jobs that begin with `peer_` do a part of the same with the libraries alone. Whole jobs count from the start of the
process; those that use `_timed` count that part.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.hazards import YEAR

_PAGES, _LINES, _SIGNS = 9, 22, 28
_DRAFT_PAGES, _PAGES_OF_REPORT = 30, 6
_timed_seconds: list[float] = []


def main() -> None:
    """Do the job on a copy of the ledger, say what it took."""
    job, file = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, file.name)
        # A ledger of a million records is large, and the peers only read it.
        if not job.startswith("peer_"):
            shutil.copyfile(file, copy)
        _JOBS[job](file if job.startswith("peer_") else copy)
    seconds = _timed_seconds[-1] if _timed_seconds else time.process_time()
    print(json.dumps({"seconds": seconds, "megabytes": _megabytes()}))


def _timed(work: Callable[[], Any]) -> None:
    start = time.process_time()
    work()
    _timed_seconds.append(time.process_time() - start)


def _megabytes() -> float:
    """The most memory that the process has had."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(file: Path, **ordered: bool) -> None:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import reporting

    with Ledger.open(file) as ledger:
        reporting.write(ledger, reporting.Order(YEAR, **ordered), file.with_suffix(".pdf"))


def _again(file: Path) -> None:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import reporting

    order = reporting.Order(YEAR)
    with Ledger.open(file) as ledger:
        reporting.rendered(ledger, order)
        _timed(lambda: reporting.rendered(ledger, order))


def _changed(file: Path) -> None:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import reporting

    order = reporting.Order(YEAR)
    with Ledger.open(file) as ledger:
        reporting.rendered(ledger, order)
        ledger.set_setting("bureau", "明溪县应急局")
        _timed(lambda: reporting.rendered(ledger, order))


def _indicators(file: Path, before: str) -> None:
    from mingxi_desktop.domain.indicators import Period
    from mingxi_desktop.ledger import Ledger

    period = Period.of(YEAR)
    with Ledger.open(file) as ledger:
        if before:
            ledger.measure(period)
        if before == "changed":
            ledger.set_setting("bureau", "明溪县应急局")
        _timed(lambda: ledger.measure(period))


def _single(file: Path) -> None:
    from mingxi_desktop.domain.indicators import Period
    from mingxi_desktop.ledger import Ledger

    period = Period.of(YEAR)
    with Ledger.open(file) as ledger:
        names = list(ledger.definitions.book.by_id)
        _timed(lambda: [ledger.measure(period, [name]) for name in names])


def _count(file: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(file)
    try:
        query = "SELECT COUNT(*) FROM hazard WHERE deleted_at IS NULL AND year = ?"
        connection.execute(query, (YEAR - 1,)).fetchone()
        _timed(lambda: connection.execute(query, (YEAR,)).fetchone())
    finally:
        connection.close()


def _two_sums(file: Path) -> None:
    import sqlite3

    sums = (
        "SUM(quantity_found) FILTER (WHERE in_total = 1), SUM(quantity_rectified) FILTER "
        "(WHERE in_total = 1 AND (rectified_date IS NULL OR rectified_date < :end))"
    )
    where = "deleted_at IS NULL AND year = :year AND record_date >= :begin AND record_date < :end"
    query = f"SELECT {sums} FROM hazard WHERE {where}"
    values = {"year": YEAR, "begin": f"{YEAR}-01-01", "end": f"{YEAR + 1}-01-01"}
    connection = sqlite3.connect(file)
    try:
        connection.execute(query, {**values, "year": YEAR - 1}).fetchone()
        _timed(lambda: connection.execute(query, values).fetchone())
    finally:
        connection.close()


def _draft(file: Path) -> Path:
    """A Word file of thirty pages: the report's own text over and over."""
    import docx

    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import reporting
    from mingxi_desktop.report.text import to_text

    with Ledger.open(file) as ledger:
        text = to_text(reporting.make(ledger, reporting.Order(YEAR)).document)
    document = docx.Document()
    for _ in range(_DRAFT_PAGES // _PAGES_OF_REPORT):
        for line in text.splitlines():
            document.add_paragraph(line)
    path = Path(tempfile.mkdtemp(), "draft.docx")
    document.save(str(path))
    return path


def _proofread(file: Path) -> None:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import proofing
    from mingxi_desktop.report.proofreading import drafts

    path = _draft(file)
    try:
        with Ledger.open(file) as ledger:
            _timed(lambda: proofing.proofread(ledger, drafts.read(path), YEAR))
    finally:
        shutil.rmtree(path.parent)


def _read(file: Path) -> None:
    import docx

    path = _draft(file)
    try:
        _timed(lambda: [paragraph.text for paragraph in docx.Document(str(path)).paragraphs])
    finally:
        shutil.rmtree(path.parent)


def _charts(_file: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for number in range(4):
        figure = Figure(figsize=(6, 3))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.bar(range(12), range(number, 12 + number))
        figure.savefig(io.BytesIO(), format="pdf")


def _text(_file: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO())
    _set_chinese(canvas)
    for _page in range(_PAGES):
        _set_chinese(canvas)
        for line in range(_LINES):
            canvas.drawString(80, 760 - 29 * line, "应急管理工作总结" * (_SIGNS // 8))
        canvas.showPage()
    canvas.save()


def _set_chinese(canvas: Any) -> None:
    """A font that readers bring along, so that none is embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 16)


def _table(file: Path) -> None:
    import sqlite3

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import SimpleDocTemplate, Table

    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT record_date, area, description, quantity_found, level FROM hazard")
    cells = [[str(value) for value in row] for row in rows]
    connection.close()

    class Chinese(Canvas):
        """With the font registered."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            _set_chinese(self)

    table = Table(cells, repeatRows=1, style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 8)])
    _set_chinese(Canvas(io.BytesIO()))
    SimpleDocTemplate(io.BytesIO()).build([table], canvasmaker=Chinese)


_JOBS: dict[str, Callable[[Path], None]] = {
    "report": _write,
    "annexed": lambda file: _write(file, annex=True),
    "full_annex": lambda file: _write(file, full_annex=True),
    "again": _again,
    "changed": _changed,
    "proofreading": _proofread,
    "indicators_first": lambda file: _indicators(file, ""),
    "indicators_again": lambda file: _indicators(file, "again"),
    "indicators_changed": lambda file: _indicators(file, "changed"),
    "peer_count": _count,
    "peer_single": _single,
    "peer_two_sums": _two_sums,
    "peer_reading": _read,
    "peer_charts": _charts,
    "peer_text": _text,
    "peer_table": _table,
}

if __name__ == "__main__":
    main()

"""The annual report and its annex, beside libraries that do part of it: `python -m tests.bench.report [rows …]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench import command
from tests.bench.frame import MEGABYTES, Block, Line, Run
from tests.bench.hazards import YEAR, ledger_of

_COUNTY = 1_683
_PAGES, _TABLE, _READING = "reportlab: nine bare pages", "reportlab: a bare table", "python-docx: reading it"


def _job(name: str) -> Run:
    return Run(("-m", "tests.bench.report_jobs", name, "{file}"))


def _demo(_: int, folder: Path) -> dict[str, str]:
    """The demonstration year, and its report as a Word file."""
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.reports import reporting

    file, word = folder / "demo.mxdb", folder / "report.docx"
    subprocess.run(
        [sys.executable, "-m", "mingxi_desktop", "--db", str(file), "demo"], check=True, capture_output=True
    )
    with Ledger.open(file) as ledger:
        reporting.write(ledger, reporting.Order(YEAR), word)
    return {"file": str(file), "word": str(word)}


def _seconds(text: str, run: str, peer: str = "", goal: str = "") -> Line:
    return Line(text, run, "seconds", peer, goal)


BLOCKS = (
    Block(
        "report",
        "The annual report of the demonstration year as PDF",
        _demo,
        {
            "pages": _job("peer_text"),
            "charts": _job("peer_charts"),
            "office": Run(("-m", "tests.bench.jobs.office", "pdf", "{word}", "{folder}"), tools=("soffice",)),
            "report": _job("report"),
            "annexed": _job("annexed"),
            "again": _job("again"),
            "changed": _job("changed"),
            "reading": _job("peer_reading"),
            "proofreading": _job("proofreading"),
        },
        (
            _seconds(_PAGES, "pages"),
            _seconds("matplotlib: four bare charts", "charts", _PAGES),
            Line("LibreOffice: docx to PDF", "office", peer=_PAGES),
            _seconds("the report, cold, charts and all", "report", _PAGES, "report"),
            _seconds("the report with its annex", "annexed", _PAGES),
            _seconds("its pages again, unchanged", "again", _PAGES),
            _seconds("its pages again after a change", "changed", _PAGES),
            _seconds(_READING, "reading"),
            _seconds("a draft of thirty pages proofread", "proofreading", _READING),
        ),
        sizes=(0,),
    ),
    Block(
        "report",
        "An annex with every record",
        lambda rows, _: {"file": str(ledger_of(rows))},
        {"table": _job("peer_table"), "annex": _job("full_annex")},
        (
            _seconds(_TABLE, "table"),
            _seconds("the annex", "annex", _TABLE, "annex"),
            Line("  … its memory", "annex", MEGABYTES, goal="annex memory"),
        ),
        sizes=(_COUNTY,),
    ),
)


if __name__ == "__main__":
    command.main(["report", *sys.argv[1:]])

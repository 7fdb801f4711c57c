"""No network connection is ever opened: not by the program, not by a library under it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.safety import program

PACKAGE = program.ROOT / "mingxi_desktop"
NETWORK = re.compile(
    r"^[ \t]*(?:import|from)\s+(?:socket|ssl|http|urllib|ftplib|smtplib|asyncio|webbrowser|xmlrpc|requests|"
    r"PySide6\.QtNetwork|PySide6\.QtWeb\w*)\b|\bQtNetwork\b|\bQNetwork\w+|\bQTcpSocket\b|\bQUrl\(\s*[\"']http",
    re.MULTILINE,
)
RECORDS = "\n".join(
    f'{{"record_date":"2024-0{month}-09","area":"盖洋镇","description":"消防通道堵塞","quantity_found":"{month}"}}'
    for month in range(1, 10)
)
JOBS = (
    ("new",),
    ("add", "hazard", "--stdin"),
    ("export", "hazard", "-o", "隐患.xlsx"),
    ("import", "隐患.xlsx", "--accept-valid"),
    ("indicators", "--year", "2024"),
    ("checks", "--year", "2024"),
    ("report", "--year", "2024", "-o", "总结.pdf", "--annex"),
    ("report", "--year", "2024", "-o", "总结.docx"),
    ("proofread", "总结.docx", "--year", "2024", "-o", "标注.docx"),
    ("chart", "hazards_by_month", "--year", "2024", "-o", "图.png"),
    ("backup",),
    ("backup", "--handover", "-o", "交接.zip"),
    ("backup", "--workbook", "-o", "全部.xlsx"),
    ("self-check",),
    ("verify",),
    ("screens", "-o", "图片"),
)
"""What an office does in a year; the last shows every window, dialog and page of the manual."""


def test_no_source_asks_for_the_network() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert not {path.name for path, text in sources.items() if NETWORK.search(text)}
    opened = [
        line.strip()
        for text in sources.values()
        if "openUrl(" in text
        for line in text.splitlines()
        if "openUrl(" in line
    ]
    assert opened
    assert all("QUrl.fromLocalFile(" in line for line in opened)
    manual = "".join(
        page.read_text(encoding="utf-8") for page in (program.ROOT / "resources" / "manual").glob("*.md")
    )
    assert "://" not in manual


@pytest.fixture(scope="session")
def shim() -> Path:
    """offline.c as a library."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("NOT PROVED HERE: no C compiler or no LD_PRELOAD, so native code is not watched")
    made = program.scratch() / "offline.so"
    source = Path(__file__).with_name("offline.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def watched(shim: Path, folder: Path, arguments: Sequence[str], stdin: str = "") -> tuple[int, str, str]:
    """(exit code, what was said, what was noted) of one run of the program."""
    log = folder / "offline.log"
    log.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.safety.offline_program", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(program.ROOT),
            "LD_PRELOAD": str(shim),
            "OFFLINE_LOG": str(log),
            "MINGXI_DATA": str(folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
        },
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.mark.safety
def test_the_watch_notices_what_it_is_there_for(shim: Path, tmp_path: Path) -> None:
    _, _, noted = watched(shim, tmp_path, ["control"])
    assert "python socket.connect" in noted
    assert "python socket.getaddrinfo" in noted
    assert "\nconnect 192.0.2.1" in noted


@pytest.mark.safety
@pytest.mark.timeout(900)
def test_no_connection_is_opened(shim: Path, tmp_path: Path, reached) -> None:
    started = time.monotonic()
    for job in JOBS:
        code, said, noted = watched(shim, tmp_path, job, RECORDS if "--stdin" in job else "")
        assert code == 0 or job[0] == "checks", (job, said)
        assert noted == "", job
    reached("network: jobs watched, connections", len(JOBS), seconds=time.monotonic() - started)

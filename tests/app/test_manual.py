"""The manual as a PDF, and its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.app import start
from mingxi_desktop.ledger import manual

from .conftest import Run


def test_the_manual_is_written_and_its_pages_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manual, "pages", lambda: (manual.Page("a.md", "开始", "# 开始\n\n两个字。"),))
    path = tmp_path / "手册.pdf"
    assert run("manual", "-o", path, "--json").json == {"pages": 3, "file": str(path)}
    assert path.read_bytes().startswith(b"%PDF")
    refused = run("manual", "-o", tmp_path / "手册.docx")
    assert refused.code == 1
    assert ".pdf" in refused.err


def test_its_pictures_need_no_ledger(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "manual_pictures", lambda folder: [folder / "overview.png"])
    answer = run("screens", "--manual", "-o", tmp_path, "--db", tmp_path / "没有.mxdb")
    assert answer.text.strip() == str(tmp_path / "overview.png")

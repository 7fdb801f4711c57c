"""What was dropped or chosen, as files to read."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from mingxi_desktop.ui.importing import work


def test_the_spreadsheets_in_a_folder_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    for name in ("乙/2.xls", "甲.xlsx", "~$甲.xlsx", "说明.docx", "乙/.隐.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    alone = tmp_path / "没有.xlsx"
    scandir = os.scandir

    def pulled_out(place: str) -> object:
        if str(place).endswith("乙"):
            raise FileNotFoundError(2, "gone", place)
        return scandir(place)

    found = work.files_in(mock.Mock(), [tmp_path, alone]).files
    assert found == [*sorted([tmp_path / "乙" / "2.xls", tmp_path / "甲.xlsx"]), alone]
    with mock.patch("os.scandir", pulled_out):
        assert work.files_in(mock.Mock(), [tmp_path]).files == [tmp_path / "甲.xlsx"]


def test_what_was_not_looked_through_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "整个U盘"
    for name in ("一/1.csv", "二/2.csv"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(b"")
    assert work.files_in(mock.Mock(), [folder]).unseen == ""
    monkeypatch.setattr(work, "_MOST_SEEN", 2)
    cut = work.files_in(mock.Mock(), [folder])
    assert len(cut.files) == 1
    assert cut.unseen.startswith("文件夹“整个U盘”里的文件超过 2 个，没有看完")
    monkeypatch.setattr(work, "_MOST_SEEN", 50)
    monkeypatch.setattr(work, "_MOST_FILES", 1)
    cut = work.files_in(mock.Mock(), [folder])
    assert len(cut.files) == 1
    assert "2 个，一次最多 1 个" in cut.unseen

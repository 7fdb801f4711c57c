"""The example files: each does what the text beside it says, in any county, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.domain.references import AREA
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.examples import folder
from mingxi_desktop.ledger.importing import Preview, Settings

pytestmark = pytest.mark.usefixtures("one_child")
YEAR = 2024


def sentences(found: Preview) -> str:
    """All that the program says of a file."""
    return "\n".join(
        [
            *(one.message for sheet in found.sheets for one in (*sheet.rejected, *sheet.warnings)),
            *(one.reason for sheet in found.sheets for one in sheet.skipped),
        ]
    )


def test_each_file_does_what_the_text_says(ledger: Ledger, tmp_path: Path) -> None:
    towns = folder.townships(ledger.entries(AREA))
    guide, *files = folder.write(towns, tmp_path / "示例", YEAR)
    text = guide.read_text(encoding="utf-8-sig")
    made = folder.examples(towns, YEAR)
    assert [one.name for one in made] == [path.name for path in files]
    for one, path in zip(made, files, strict=True):
        found = importing.preview(ledger, [path], Settings(year=YEAR))
        known = sum(len(sheet.doubtful) for sheet in found.sheets)
        skipped = sum(len(sheet.skipped) for sheet in found.sheets) - known
        counted = (found.ready, skipped, len(found.rejected), known)
        promise = one.promise
        assert counted == (promise.ready, promise.skipped, promise.faults, promise.known), one.name
        said = sentences(found)
        assert not [part for part in promise.says if part not in said], one.name
        assert f"{one.name}\n  看什么：{one.shows}\n  程序会说：{promise.sentence}。" in text
        importing.commit(ledger, found, accept_valid=True)
    assert not made[0].promise.says, "the first is as it should be"
    assert {year: ledger.counts(year)["hazard"] for year in (YEAR - 1, YEAR)} == {YEAR - 1: 2, YEAR: 20}


def test_the_folder_is_the_same_each_time_and_nothing_is_overwritten(tmp_path: Path) -> None:
    first, again = (folder.write(["云峰镇", "白石乡"], tmp_path / name, YEAR) for name in ("甲", "乙"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert "雪峰镇" not in first[0].read_text(encoding="utf-8-sig")
    before = {path: path.read_bytes() for path in (tmp_path / "甲").iterdir()}
    with pytest.raises(UserError, match="已经有同名的文件"):
        folder.write(["云峰镇"], tmp_path / "甲", YEAR)
    assert {path: path.read_bytes() for path in (tmp_path / "甲").iterdir()} == before
    with pytest.raises(UserError, match="还没有登记乡镇"):
        folder.write([], tmp_path / "丙", YEAR)

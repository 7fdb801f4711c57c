"""An import that the program did not live to finish is told of at the next start, and done again by one click."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Settings
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.draft_todos import unfinished_todos
from mingxi_desktop.ui.importing import unfinished, work
from tests.ui.small import rest

_ROWS = (("排查日期", "乡镇", "隐患内容", "行业领域"), ("2024-05-06", "盖洋镇", "灭火器过期", "消防"))
_KILLED = """
import os, sys
from pathlib import Path
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Settings
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.ui.importing import work

Journal.seal = lambda _: os._exit(9)  # when all rows are in the file, and none durable
ledger, book = map(Path, sys.argv[1:])
with Ledger.open(ledger) as opened:
    work.store(opened, importing.preview(opened, [book], Settings()), Settings())
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "盖洋镇隐患.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_ROWS)
    return path


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    path = tmp_path / "台账.mxdb"
    Ledger.create(path).close()
    return path


def test_a_killed_import_is_told_of_and_left_nothing(ledger_file: Path, book: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(ledger_file), str(book)], check=False)
    assert killed.returncode == 9
    with Ledger.open(ledger_file) as ledger:
        assert not ledger.batches()
        [todo] = unfinished_todos(ledger)
        assert todo.sentence.startswith("导入“盖洋镇隐患.csv”没有做完，什么也没有存（今天 ")
        found = importing.preview(ledger, [book], Settings())
        assert work.store(ledger, found, Settings()).changes is not None
        assert not unfinished_todos(ledger)
    assert not (ledger_file.parent / drafts.FOLDER).exists()


def test_whatever_else_ends_an_import_leaves_no_note(
    ledger_file: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[unfinished.Unfinished | None] = []

    def refuse(ledger: Ledger, *_: object, **__: object) -> None:
        seen.append(unfinished.left(ledger.path))
        raise OSError(28, "full")

    monkeypatch.setattr(importing, "commit", refuse)
    with Ledger.open(ledger_file) as ledger:
        found = importing.preview(ledger, [book], Settings())
        with pytest.raises(OSError, match="full"):
            work.store(ledger, found, Settings())
        assert [one.files for one in seen if one is not None] == [(book,)]
        assert not unfinished_todos(ledger)


def test_of_one_that_was_stored_all_the_same_nothing_is_told(ledger_file: Path, book: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        found = importing.preview(ledger, [book], Settings())
        with unfinished.noted(ledger_file, [book]):
            importing.commit(ledger, found)
            assert unfinished.left(ledger_file) is not None
            assert not unfinished_todos(ledger)


def test_a_note_that_nobody_can_read_or_write_stops_nothing(ledger_file: Path, book: Path) -> None:
    place = drafts.import_place(ledger_file)
    drafts.write(place, b"{")
    with Ledger.open(ledger_file) as ledger:
        assert not unfinished_todos(ledger)
        assert not place.exists()
        (ledger_file.parent / drafts.FOLDER).write_bytes(b"a file in the way")
        found = importing.preview(ledger, [book], Settings())
        assert work.store(ledger, found, Settings()).changes is not None


def test_one_click_takes_its_files_again(window, book: Path) -> None:
    with unfinished.noted(window.context.path, [book, book.with_name("没有了.xlsx")]):
        window.go(unfinished.TARGET)
        rest(window.context.worker)
    assert [source.path for source in window.import_page().files.sources] == [book]

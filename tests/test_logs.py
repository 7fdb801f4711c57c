from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop import logs


@pytest.fixture(autouse=True)
def closed_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    level = root.level
    yield
    logs.shut_down()
    root.setLevel(level)


def test_lines_are_utf8_and_the_file_is_known(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path / "logs")
    logging.getLogger("mingxi").info("已打开 %s", "明溪.mxdb")
    assert file == logs.log_file() == tmp_path / "logs" / "mingxi.log"
    assert "已打开 明溪.mxdb" in file.read_text(encoding="utf-8")


def test_a_lone_surrogate_does_not_lose_the_line(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path)
    logging.getLogger("mingxi").error("坏名字 \udcff")
    assert "坏名字 \\udcff" in file.read_text(encoding="utf-8")


def test_what_the_database_is_asked_stays_out_of_the_log(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path)
    logging.getLogger("peewee").debug(("INSERT", ["身份证"]))
    logging.getLogger("peewee").warning("slow")
    text = file.read_text(encoding="utf-8")
    assert "身份证" not in text
    assert "slow" in text


def test_the_last_call_counts(tmp_path: Path) -> None:
    first = logs.set_up(tmp_path / "a")
    second = logs.set_up(tmp_path / "b")
    logging.getLogger("mingxi").info("once")
    assert "once" not in first.read_text(encoding="utf-8")
    assert second.read_text(encoding="utf-8").count("once") == 1


def test_full_files_rotate_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_BYTES", 200)
    logs.set_up(tmp_path)
    for number in range(60):
        logging.getLogger("mingxi").info("line %d", number)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "mingxi.log",
        *(f"mingxi.log.{number}" for number in range(1, 6)),
    ]


def test_a_file_that_another_program_holds_is_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(logs, "_BYTES", 200)
    monkeypatch.setattr(logging.handlers.RotatingFileHandler, "rotate", refuse)
    file = logs.set_up(tmp_path)
    for number in range(20):
        logging.getLogger("mingxi").info("line %d", number)
    assert file.read_text(encoding="utf-8").count("line") == 20


def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    file = logs.set_up(in_the_way)
    assert file == logs.log_file()
    assert file.parent != in_the_way
    assert file.exists()


def test_a_program_without_console_can_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    logs.set_up(tmp_path)
    assert sys.stdout.write("明溪") == 2
    assert sys.stderr.write("明溪") == 2
    sys.stdout.close()
    sys.stderr.close()


def test_the_file_is_not_known_before_the_start() -> None:
    with pytest.raises(RuntimeError, match="set_up"):
        logs.log_file()

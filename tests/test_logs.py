from __future__ import annotations

import logging
import os
import re
import stat
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
    monkeypatch.setattr(Path, "replace", refuse)
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


NUMBERS = (
    "350421199003071234", "35042119900307123X", "350421 19900307 1234", "13812345678", "138 1234 5678",
    "138-1234-5678", "+86 13812345678", "0598-2812345", "（0598）2812345", "6222021234567890123",
    "１３８１２３４５６７８", "2024-06-09 13812345678", "20240609-173000 13812345678", "2812345",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_no_personal_number_gets_into_the_log(tmp_path: Path, number: str) -> None:
    file = logs.set_up(tmp_path)
    log = logging.getLogger("mingxi")
    log.info("张三的电话%s", number)
    try:
        raise ValueError(f"no such value: {number}, '张三 {number}'")
    except ValueError:
        log.exception("job failed")
    text = file.read_text(encoding="utf-8")
    telling = number.split(" ", 1)[1] if number.startswith("20") else number
    assert telling not in text
    assert not re.search(r"\d{7}", text.replace("20240609-173000", ""))


def test_days_and_names_of_backups_stay(tmp_path: Path) -> None:
    names = (
        "账-3f2a-00012-20240609-173000-9a8b7c6d-关闭时.mxbak", "20240609盖洋镇.xlsx", "2024-06-09 17:30", "第1,234行",
    )  # fmt: skip
    for name in names:
        assert logs.masked(name) == name


def test_an_exception_tells_where_and_which_sort_but_no_value(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path)
    try:
        try:
            {}["record_date"]
        except KeyError:
            secret = "王五住在雪峰镇"
            int(secret)
    except ValueError:
        logging.getLogger("mingxi").exception("bug")
    text = file.read_text(encoding="utf-8")
    assert "王五" not in text.replace('secret = "王五住在雪峰镇"', "")
    assert "KeyError: 'record_date'" in text
    assert "ValueError: invalid literal for int() with base 10: <7 characters>" in text
    assert text.count(Path(__file__).name) == 2


def test_the_name_of_a_refused_file_stays(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path)
    try:
        (tmp_path / "盖洋镇台账.xlsx").read_bytes()
    except OSError:
        logging.getLogger("mingxi").exception("fault of the disk")
    assert f"FileNotFoundError: [2] {tmp_path / '盖洋镇台账.xlsx'}" in file.read_text(encoding="utf-8")


def test_no_line_can_be_forged(tmp_path: Path) -> None:
    file = logs.set_up(tmp_path)
    forged = "x\r\n2026-01-01 00:00:00,000 INFO mingxi: forged\u2028\x1b[2Jy\u202e"
    try:
        raise RuntimeError(forged)
    except RuntimeError:
        logging.getLogger("mingxi").exception(forged)
    text = file.read_text(encoding="utf-8")
    own, *others = text.splitlines()
    assert own.endswith(r"x\x0d\x0a2026-01-01 00:00:00,000 INFO mingxi: forged\u2028\x1b[2Jy\u202e")
    assert others
    assert all(line.startswith("    ") for line in others)
    assert not set(text) & set("\x1b\u202e\u2028\r")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_the_file_is_for_its_user_alone(tmp_path: Path) -> None:
    old = tmp_path / "mingxi.log"
    old.write_text("", encoding="utf-8")
    old.chmod(0o644)
    for folder in (tmp_path, tmp_path / "new"):
        assert stat.S_IMODE(logs.set_up(folder).stat().st_mode) == 0o600

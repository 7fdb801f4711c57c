"""The frame around the verbs: usage, streams, exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from mingxi_desktop import __main__, __version__, logs
from mingxi_desktop.app import cli, output, start, verbs
from mingxi_desktop.app.call import Call, Verb
from mingxi_desktop.app.cli import main
from mingxi_desktop.app.verbs import records
from mingxi_desktop.errors import UserError

from .conftest import HAZARD, Run

CONTRACT = (
    "new demo schema add edit delete restore-record list history import batches undo-import template export "
    "indicators trace checks report brief chart proofread freeze changes backup restore verify screens"
).split()


BESIDES = (
    "define",
    "definitions",
    "opening",
    "years",
    "repair",
    "self-check",
    "encrypt",
    "password",
    "exports",
    "settings",
    "areas",
    "examples",
    "manual",
)
"""Verbs that the contract does not ask for."""


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mingxi_desktop", *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def test_every_verb_of_the_contract_is_there_and_explains_itself(run: Run) -> None:
    assert set(verbs.VERBS) == {*CONTRACT, *BESIDES}
    for verb in verbs.VERBS:
        answer = run(verb, "--help")
        assert answer.code == 0
        assert answer.text.startswith(f"用法：mingxi {verb} ")
        assert not re.search("--[a-z-]+ [A-Z]", answer.text), "what goes with an option is said in Chinese"
    listed = run("--help").text
    assert all(f"\n  {verb} " in listed for verb in verbs.VERBS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "没有“nope”这个命令"),
        (["list"], "缺少：台账"),
        (["list", "hazard", "--foo"], "多出来的内容：--foo"),
        (["list", "hazard", "--limit"], "--limit 后面要跟一个值"),
        (["list", "hazard", "--limit", "-1"], "“-1”不是条数"),
        (["list", "hazard", "--year", "99"], "“99”不是年度"),
        (["list", "hazard", "--year=2024x"], "“2024x”不是年度"),
        (["history", "hazard", "一"], "“一”不是记录号"),
        (["add", "hazard", "description"], "“description”要写成 字段=值"),
        (["indicators"], "缺少：--year"),
        (["indicators", "--year", "2024", "--as-of", "昨天"], "--as-of："),
        (["import", "x.xlsx", "--changed", "perhaps"], "--changed"),
        (["report", "--year", "2024", "-o", "a.pdf", "--fonts", "mine"], "没有 'mine'，可以是"),
        (["undo-import", "x"], "“x”不是记录号"),
        (["add", "hazard", "note=x", "--stdin"], "--stdin 不能和"),
        (["--db"], "--db 后面要跟一个值"),
        (["--db", "--quiet"], "--db 后面要跟一个值"),
        (["--db", "--quiet", "list", "hazard"], "--db 后面要跟一个值"),
        (["list", "hazard", "--json=1"], "--json 后面不带值"),
        (["--db", "", "list", "hazard"], "--db：名字是空的"),
        (["list", "hazard", "--db="], "--db：名字是空的"),
        (["backup", "-o", " "], "名字是空的"),
        (["proofread", "x.txt", "--year", "2024", "-o", ""], "名字是空的"),
        (["screens", "-o", ""], "名字是空的"),
        (["import", "x.xlsx", "--returned", ""], "--returned：名字是空的"),
        (["import", "x.xlsx", "--header-row", "0"], "“0”不是行号"),
        (["import", "x.xlsx", "--header-row", "-1"], "“-1”不是行号"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_exit_code_2(arguments: list[str], said: str, run: Run) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == b""
    assert said in answer.err
    assert "用法：mingxi" in answer.err
    assert not {"usage", "argument", "required", "error"} & set(answer.err.replace(":", " ").split())
    document = run(*arguments, "--json") if arguments[-1] not in ("--limit", "--db") else None
    if document is not None:
        assert document.code == 2
        assert said in document.json["error"]


def test_common_options_stand_before_or_after_the_verb(run: Run, db: Path) -> None:
    add = ["add", "hazard"]
    assert run("--db", db, "--json", *add, *HAZARD).json["id"] == 1
    assert run(*add, *HAZARD, "--json", "--db", db).json["id"] == 2
    assert run(*add, HAZARD[0], f"--db={db}", HAZARD[1], "--json", HAZARD[2]).json["id"] == 3
    assert run("--json", *add, "--db", db, *HAZARD).json["id"] == 4


def test_version(run: Run) -> None:
    assert __version__ in run("--version").text
    assert run("--version", "--json").json["version"] == __version__


def test_each_verb_stands_in_the_module_that_is_loaded_for_it() -> None:
    files = Path(verbs.__file__).parent.glob("*.py")
    assert set(verbs._WHERE) == {file.stem for file in files} - {"__init__"}
    for module, names in verbs._WHERE.items():
        there = import_module(f"{verbs.__name__}.{module}").VERBS
        assert [verb.name for verb in there] == names.split()


def test_a_verb_loads_no_other_verb() -> None:
    look = (
        "import sys; from mingxi_desktop.app import cli; cli.main(['schema', '--help']); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True)
    loaded = {
        name
        for name in done.stdout.decode("ascii", "replace").split()
        if name.startswith(f"{verbs.__name__}.")
    }
    assert loaded == {f"{verbs.__name__}.schema"}


def raising(fault: BaseException) -> Verb:
    def broken(call: Call) -> int:
        raise fault

    return Verb("list", "", lambda parser: None, broken)


def test_a_bug_goes_to_the_log_and_the_message_names_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "VERBS", [raising(ZeroDivisionError("42/0"))])
    for arguments in (["list"], ["list", "--json"]):
        answer = run(*arguments)
        assert answer.code == 1
        told = answer.err + answer.text
        assert "程序出错了" in told
        assert str(logs.log_file()) in told.replace("\\\\", "\\")  # JSON doubles the strokes of Windows
        assert "Traceback" not in told
        assert "42/0" not in told
    assert "ZeroDivisionError: 42/0" in logs.log_file().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (PermissionError(13, "Permission denied", "甲.xlsx"), "文件：甲.xlsx"),
        (OSError(28, "No space left on device"), "磁盘满了"),
        (FileNotFoundError(2, "No such file", "乙"), "文件：乙"),
        (OSError("odd"), "读写出错"),
        (KeyboardInterrupt(), "已中断"),
    ],
)
def test_faults_of_the_world_are_told_in_chinese(
    fault: BaseException, said: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "VERBS", [raising(fault)])
    answer = run("list")
    assert (answer.code, answer.out) == (1, b"")
    assert said in answer.err
    assert "denied" not in answer.err
    assert "No space" not in answer.err


def test_quiet_says_nothing_but_answers_and_errors(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.mxdb"
    assert run("new", "--quiet", "--db", path).err == ""
    late = ("filed_date=2024-01-01", "decision_date=2024-06-01", "party=甲", "cause=乙", "measure=警告")
    row = ("record_date=2024-06-01", "area=县直", *late)
    assert "超过90天" in run("add", "enforcement_case", *row, "--db", path).err
    assert run("add", "enforcement_case", *row, "--db", path, "--quiet").err == ""
    assert run("add", "hazard", "area=火星", "--db", path, "--quiet").err != ""


def test_without_a_verb_the_window_opens(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path | None] = []

    def window(db: Path | None) -> int:
        opened.append(db)
        return 0

    monkeypatch.setattr(start, "window", window)
    assert run().code == 0
    assert run("--db", tmp_path / "a.mxdb").code == 0
    assert opened == [None, tmp_path / "a.mxdb"]


def test_without_a_screen_the_window_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")  # elsewhere there always is one
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    answer = run()
    assert answer.code == 1
    assert "没有显示器" in answer.err


def test_json_is_one_utf8_document_whatever_the_code_page(db: Path) -> None:
    assert program("add", "hazard", *HAZARD, "--db", db, PYTHONIOENCODING="gbk").returncode == 0
    done = program("list", "hazard", "--db", db, "--json", PYTHONIOENCODING="gbk")
    assert json.loads(done.stdout.decode("utf-8"))["records"][0]["area"] == "盖洋镇"
    refused = program("add", "hazard", "area=火星", "--db", db, "--json", PYTHONIOENCODING="ascii")
    assert refused.returncode == 1
    assert "火星" in json.loads(refused.stdout.decode("utf-8"))["error"]


def test_a_console_without_chinese_shows_what_it_can(db: Path) -> None:
    done = program("list", "hazard", "--db", db, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"0" in done.stdout


def test_nobody_reading_the_answer_is_no_crash(db: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "mingxi_desktop", "schema", "--db", str(db)],
        stdout=writing,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_answer_that_finds_no_room_is_told_without_a_traceback(db: Path, more: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mingxi_desktop", "schema", *more],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode("utf-8").startswith("磁盘满了")
    assert b"Traceback" not in done.stderr


def test_an_interruption_while_the_program_is_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    monkeypatch.setattr(sys, "argv", ["mingxi"])
    assert __main__.main() == 1
    assert capsys.readouterr().err.startswith("已中断")


def test_runs_without_standard_streams(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    try:
        assert main(["verify", "--db", str(db), "--json"]) == 0
        assert main(["verify", "--db", str(db.with_name("none"))]) == 1
    finally:
        sys.stdout.close()
        sys.stderr.close()


@pytest.mark.parametrize(("arguments", "boxes"), [((), 1), (("verify", "--db", "none.mxdb"), 0)])
def test_a_window_that_does_not_open_under_pythonw_says_why(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], boxes: int
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(output, "_show", shown.append)

    def refuse(_db: object) -> int:
        raise UserError("这台电脑的 Windows 太旧")

    monkeypatch.setattr(start, "window", refuse)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    try:
        assert main(arguments) == 1
    finally:
        sys.stdout.close()
        sys.stderr.close()
    assert shown == ["这台电脑的 Windows 太旧"][:boxes]


def test_a_data_folder_that_cannot_be_made_is_no_crash(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    answer = run("schema", "--json")
    assert answer.code == 0
    answer = run("list", "hazard")
    assert answer.code == 1
    assert str(tmp_path / "home") in answer.err

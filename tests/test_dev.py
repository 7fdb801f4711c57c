"""The commands of dev.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dev
from devtools import DevError, libraries, showcase
from devtools.environment import Environment


@pytest.fixture(autouse=True)
def no_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "set_up", lambda _: None)
    monkeypatch.setattr(Environment, "python", Path(sys.executable))
    for name in ("PYTHONPATH", "QT_QPA_PLATFORM"):  # so that they are put back afterwards
        monkeypatch.setenv(name, "")


def test_help_is_the_first_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    first = capsys.readouterr().out
    assert dev.main(["help"]) == 0
    assert capsys.readouterr().out == first
    for verb in dev.VERBS:
        assert f"dev.py {verb} " in first


def test_an_unknown_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "'tset'" in capsys.readouterr().err


def test_run_is_the_program_with_its_arguments_and_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(dev, "_become", lambda command: seen.append(command) or 7)
    monkeypatch.setattr(dev.os, "name", "posix")
    assert dev.main(["run", "list", "hazard", "--search", "a b"]) == 7
    assert seen[0][1:] == ["-m", "mingxi_desktop", "list", "hazard", "--search", "a b"]


def test_run_without_a_display_makes_the_showcase(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(libraries, "has_display", lambda: False)
    monkeypatch.setattr(showcase, "run", lambda _, out: 5 if out == tmp_path / "out" else 0)
    assert dev.main(["run"]) == 5


def test_a_failed_check_fails_the_test_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [dev.checks.Outcome("style", True, "", 0.1), dev.checks.Outcome("layers", False, "x", 0.1)]
    monkeypatch.setattr(dev.checks, "run", lambda *_: outcomes)
    monkeypatch.setattr(dev.checks, "pytest", lambda *_: 0)
    assert dev.main(["test"]) == 1
    assert "checks failed: layers" in capsys.readouterr().err
    assert dev.main(["check"]) == 1
    assert dev.main(["test", "tests/test_dev.py"]) == 0


def test_trouble_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_: Environment) -> None:
        raise DevError("no network")

    monkeypatch.setattr(Environment, "set_up", refuse)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "dev.py: no network\n"

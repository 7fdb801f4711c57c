"""What the trial under Wine goes by: the installed files against their list, the version before, and no Wine at all."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from devtools.environment import Environment
from devtools.windows import previous, tree, trial
from devtools.windows.installed import Installed, TrialError
from devtools.windows.wine import NoWineError, Wine


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    made = Installed(SimpleNamespace(profile=tmp_path))  # type: ignore[arg-type]
    (made.folder / "python").mkdir(parents=True)
    (made.folder / "python" / "python.exe").write_bytes(b"MZ")
    (made.folder / "mingxi.cmd").write_bytes(b"@echo off")
    lines = [f"{digest}  {name}\n" for name, digest in tree.contents(made.folder).items()]
    (made.folder / tree.CONTENTS).write_text("".join(lines), encoding="utf-8")
    return made


def test_an_installation_is_whole_as_it_was_packed(installed: Installed) -> None:
    installed.whole()
    assert installed.files()["mingxi.cmd"] == hashlib.sha256(b"@echo off").hexdigest()


def test_what_the_program_had_to_compile_is_named(installed: Installed) -> None:
    compiled = installed.folder / "python" / "__pycache__"
    compiled.mkdir()
    (compiled / "a.pyc").write_bytes(b"")
    with pytest.raises(TrialError, match=r"__pycache__/a\.pyc"):
        installed.whole()


@pytest.mark.parametrize("what", ["missing", "another", "left from before"])
def test_each_file_that_is_not_as_listed_is_named(installed: Installed, what: str) -> None:
    known, strange = installed.folder / "mingxi.cmd", installed.folder / "python" / "old.pyd"
    if what == "missing":
        known.unlink()
    elif what == "another":
        known.write_bytes(b"@echo on")
    else:
        strange.write_bytes(b"")
    with pytest.raises(TrialError, match="old.pyd" if what == "left from before" else "mingxi.cmd"):
        installed.whole()


def test_a_checkout_without_the_version_before_says_so(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with pytest.raises(previous.NoPreviousError, match="not in this checkout"):
        previous.checkout(Environment(tmp_path), tmp_path / "before")


def test_without_wine_the_trial_says_loudly_that_nothing_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Wine) -> None:
        raise NoWineError("wine is not there")

    monkeypatch.setattr(Wine, "prepare", refuse)
    assert trial.run(Environment(tmp_path)) == 0
    said = capsys.readouterr().err
    assert "NOT TRIED" in said
    assert "wine is not there" in said

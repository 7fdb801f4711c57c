"""Set-up, with venv and pip replaced by a stand-in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from devtools import DevError, environment, libraries
from devtools.environment import Environment


class Pip:
    """Stands in for python -m venv and pip: notes what was asked, makes what they would leave."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.calls: list[str] = []
        self.code = 0
        self.interrupt = False

    def __call__(self, command: list[object], *_: object, **__: object) -> tuple[int, str]:
        self.calls.append("venv" if "venv" in command else "pip")
        if "venv" in command:
            self.env.python.parent.mkdir(parents=True)
            self.env.python.touch()
            (self.env.folder / "pyvenv.cfg").write_text(f"command = venv {command[-1]}", encoding="utf-8")
            return 0, ""
        if self.interrupt:
            raise KeyboardInterrupt
        site = self.env.folder / ("Lib" if sys.platform == "win32" else "lib/python3.11") / "site-packages"
        (site / "peewee-4.5.3.dist-info").mkdir(parents=True, exist_ok=True)
        return self.code, "no route to host"


@pytest.fixture
def pip(env: Environment, monkeypatch: pytest.MonkeyPatch) -> Pip:
    pip = Pip(env)
    monkeypatch.setattr(environment, "quietly", pip)
    monkeypatch.setattr(Environment, "_works", lambda self: self.python.exists())
    monkeypatch.setattr(libraries, "provide", lambda: None)
    return pip


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_is_done_once(env: Environment, pip: Pip) -> None:
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip"]
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pyproject.toml", '"peewee"', '"peewee>=4"'),
        ("pyproject.toml", '"hatchling"', '"hatchling>=1"'),
        ("pyproject.toml", "a = 1", "a = 2"),
        ("packaging/constraints.txt", "4.5.3", "4.5.4"),
    ],
)
def test_follows_the_dependencies(env: Environment, pip: Pip, file: str, old: str, new: str) -> None:
    env.set_up()
    change(env.root / file, old, new)
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip", "pip", "pip"]


def test_leaves_other_settings_alone(env: Environment, pip: Pip) -> None:
    env.set_up()
    change(env.root / "pyproject.toml", "line-length = 1", "line-length = 2")
    assert env.ready()


def test_notices_a_missing_package(env: Environment, pip: Pip) -> None:
    env.set_up()
    (env.site_packages / "peewee-4.5.3.dist-info").rmdir()
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip", "pip", "pip"]


def test_makes_a_broken_environment_anew(env: Environment, pip: Pip) -> None:
    env.set_up()
    env.python.unlink()
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip"] * 2


def test_makes_a_half_installed_environment_anew(env: Environment, pip: Pip) -> None:
    pip.interrupt = True
    with pytest.raises(KeyboardInterrupt):
        env.set_up()
    pip.interrupt = False
    assert not env.ready()
    env.set_up()
    assert pip.calls == ["venv", "pip", "venv", "pip", "pip"]
    assert env.ready()


def test_tells_why_it_failed_and_goes_on_from_there(
    env: Environment, pip: Pip, capsys: pytest.CaptureFixture[str]
) -> None:
    pip.code = 1
    with pytest.raises(DevError, match="network"):
        env.set_up()
    assert "no route to host" in capsys.readouterr().err
    pip.code = 0
    env.set_up()
    assert pip.calls == ["venv", "pip", "pip", "pip"]


def test_is_made_anew_where_the_folder_was_moved(env: Environment, pip: Pip, tmp_path: Path) -> None:
    env.set_up()
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("packaging", "pyproject.toml", ".venv"):
        (tmp_path / name).rename(moved / name)
    pip.env = Environment(moved)
    pip.env.set_up()
    assert pip.calls == ["venv", "pip", "pip"] * 2
    assert pip.env.ready()

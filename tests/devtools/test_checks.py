"""Some of the checks can be asked for, as pre-commit does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from devtools import DevError, checks
from devtools.environment import Environment

HOOKS = Path(__file__).parents[2] / ".pre-commit-config.yaml"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tools that are started, by name."""
    started: list[str] = []

    def tool(_: Environment, command: list[str]):
        started.append(command[0])
        return lambda: (True, "")

    monkeypatch.setattr(checks, "_tool", tool)
    monkeypatch.setattr(checks, "_forms", lambda _: (True, ""))
    return started


def test_only_what_is_asked_for_is_run(env: Environment, asked: list[str]) -> None:
    assert [outcome.name for outcome in checks.run(env, ["style", "forms"])] == ["style", "forms"]
    assert asked == ["ruff"]
    assert [outcome.name for outcome in checks.run(env, ["types"])] == ["types, Linux", "types, Windows"]
    assert [outcome.name for outcome in checks.run(env)] == list(checks.NAMES)


def test_an_unknown_check_is_told(env: Environment, asked: list[str]) -> None:
    with pytest.raises(DevError, match="no check stile; there are: types layers style format forms"):
        checks.run(env, ["style", "stile"])
    assert asked == []


@pytest.mark.skipif(not HOOKS.exists(), reason="a copy for Wine leaves out files that begin with a dot")
def test_the_hooks_are_our_own_checks_and_cover_all(env: Environment, asked: list[str]) -> None:
    hooks = HOOKS.read_text(encoding="utf-8")
    assert re.findall(r"repo: (.*)", hooks) == ["local"]
    named = [word for line in re.findall(r"dev.py check (.*)", hooks) for word in line.split()]
    assert len(checks.run(env, named)) == len(checks.NAMES)

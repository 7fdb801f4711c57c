"""The long proofs: what is asked for reaches the tests, what they reached is printed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import dev
from devtools import safety
from devtools.environment import Environment


def test_the_numbers_of_all_parts_are_added_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def tests(_: Environment, arguments: list[str]) -> int:
        assert arguments[-2:] == ["-k", "save"]
        assert os.environ["MINGXI_SAFETY_KILLS"] == "7"
        line = {
            "what": "kill: save",
            "tried": 4,
            "told": 90,
            "lost": 0,
            "damaged": 1,
            "left": 0,
            "seconds": 1.6,
        }
        Path(os.environ["MINGXI_SAFETY_NUMBERS"]).write_text(f"{json.dumps(line)}\n" * 2, encoding="utf-8")
        return 3

    monkeypatch.setattr(Environment, "set_up", lambda _: None)
    monkeypatch.setattr(safety.checks, "pytest", tests)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert dev.main(["test", "--safety", "--kills", "7", "-k", "save"]) == 3
    assert "| kill: save | 8 | 180 | 0 | 2 | 0 | 3 |" in capsys.readouterr().out

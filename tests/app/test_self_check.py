"""The program looks at its own files."""

from __future__ import annotations

import pytest

from mingxi_desktop import own_files

from .conftest import Run


def test_a_checkout_says_that_it_is_one(run: Run) -> None:
    answer = run("self-check")
    assert (answer.code, answer.text) == (0, "程序文件：开发版，没有清单\n")


def test_a_damaged_program_is_told_file_by_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    harmed = own_files.Checked(900, changed=("texts.py",), missing=("logs.py",))
    monkeypatch.setattr(own_files, "check", lambda: harmed)
    answer = run("self-check")
    assert answer.code == 1
    assert "texts.py" in answer.text
    assert "重新安装" in answer.text
    answer = run("self-check", "--json")
    assert answer.json == {
        "ok": False, "listed": 900, "problems": ["文件没有了或读不出：logs.py", "文件被改动过：texts.py"]
    }  # fmt: skip

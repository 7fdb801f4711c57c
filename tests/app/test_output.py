"""What records hold is text on the terminal, too."""

from __future__ import annotations

import errno
import io
import json

import pytest

from mingxi_desktop.app.output import Output, harmless, table, to_json

from .conftest import Run

BAD = "甲\x1b]0;title\x07\x9b2J\u202e乙\r\x7f"


def test_a_terminal_gets_no_commands() -> None:
    assert harmless(BAD) == r"甲\x1b]0;title\x07\x9b2J\u202e乙\r\x7f"
    assert harmless("第一行\n\t第二行") == "第一行\n\t第二行"
    assert "\x1b" not in harmless(table(("名称",), [(BAD,)]))


def test_json_says_the_same_without_them() -> None:
    text = to_json({BAD: [BAD]})
    assert json.loads(text) == {BAD: [BAD]}
    assert text.isprintable()


def test_a_refusal_that_names_what_was_typed_gives_none_either(run: Run) -> None:
    answer = run("list", f"隐患{BAD}")
    assert answer.code != 0
    assert not set(answer.err) & set("\x1b\x07\x9b\u202e\r\x7f")
    assert r"\x1b" in answer.err


def test_a_pipe_that_nobody_reads_is_told_as_such_on_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("sys.stdout", Pipe())
    with pytest.raises(BrokenPipeError):
        Output(json=False, quiet=False).answer(None, "好")

"""Whether the program's own files are as they were built."""

from __future__ import annotations

import argparse

from mingxi_desktop import own_files
from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def _check(call: Call) -> int:
    found = own_files.check()
    problems = found.problems()
    said = f"程序文件：{found.sentence()}"
    text = "\n".join(
        (f"程序文件不完整，有{len(problems)}处与发布时不一致：", *(f"  {one}" for one in problems))
    )
    text = f"{text}\n请重新安装程序；台账和备份不受影响。" if problems else said
    document = {"ok": found.sound, "listed": found.listed, "problems": problems}
    call.out.answer(document, text)
    return DONE if found.sound else REFUSED


VERBS = (Verb("self-check", "核对程序自己的文件和发布时是否一致", _nothing, _check),)

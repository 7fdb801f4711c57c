"""A ledger or a second place on a disk that is there and does not answer, like one that BitLocker has locked."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.ui import recent
from mingxi_desktop.ui.main import Program
from tests.ui.small import rest

Lock = Callable[[Path], None]


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Lock:
    """From now on nothing in a folder answers."""

    def locked(folder: Path) -> None:
        for module, name in ((os, "stat"), (io, "open")):
            monkeypatch.setattr(module, name, refusing(getattr(module, name), str(folder)))

    return locked


def refusing(real: Callable[..., Any], folder: str) -> Callable[..., Any]:
    """What refuses a folder and everything in it, and else does as before."""

    def refused(path: Any, *args: Any, **kwargs: Any) -> Any:
        if str(path).startswith(folder):
            raise OSError(errno.EINVAL, "locked", str(path))
        return real(path, *args, **kwargs)

    return refused


def test_the_last_ledger_is_told_and_another_one_opens(
    app, settings, answers, monkeypatch, db, tmp_path, lock
) -> None:
    away = tmp_path / "数据盘" / "台账.mxdb"
    away.parent.mkdir()
    shutil.copyfile(db, away)
    program = Program(settings)
    assert program.start(away)
    rest(program.worker)
    program.window.hide()
    program.close()
    lock(away.parent)
    asked: list[Path] = [db]
    monkeypatch.setattr(program, "_ask", asked.pop)
    assert program.start(None)
    rest(program.worker)
    assert program.window.context.path == db
    assert recent.recent_files(settings) == [db]
    (said,) = answers.told
    assert "打不开台账文件" in str(said)
    answers.told.clear()
    program.window.hide()
    program.close()

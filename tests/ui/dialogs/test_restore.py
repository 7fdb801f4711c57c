"""The dialog of backups: an encrypted one asks for its password, and hundreds of them keep nobody waiting."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ui import ask, key_asking
from mingxi_desktop.ui.dialogs import restore, unlock
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from tests.ciphers import CODE, PASSWORD, forget, quickly


def test_an_encrypted_backup_from_elsewhere_is_looked_into_once_its_password_is_known(
    real: Any, settle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly(monkeypatch)
    other = tmp_path / "别处" / "旧.mxdb"
    other.parent.mkdir()
    with Ledger.create(other) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)
        secret = ledger.backup(tmp_path / "U盘.mxbak")
    forget(monkeypatch)
    asked: list[Path] = []

    def ask_for(path: Path, begin: Any, *_: Any) -> Any:
        asked.append(path)
        if len(asked) == 1:
            return None
        worker = begin(PASSWORD)
        worker.wait_open()
        return worker

    monkeypatch.setattr(unlock, "ask_for", ask_for)
    monkeypatch.setattr(ask, "open_file", lambda *_, **__: secret)
    dialog = RestoreDialog(real)
    settle()
    dialog.choose_other()
    settle()
    assert asked == [secret], "who picked it is asked at once"
    assert "▲ 文件是加密的" in dialog._differs.text()
    assert not dialog._password.isHidden()
    assert not dialog._restore.isEnabled()
    dialog.unlock()
    settle()
    assert "备份里另有 1 处现在没有的改动" in dialog._differs.text()
    assert dialog._password.isHidden()
    dialog.restore()
    assert dialog.chosen == secret
    assert key_asking.known(secret)


def test_only_backups_in_sight_are_counted(
    real: Any, settle: Any, on_ledger: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = on_ledger(lambda ledger: ledger.backup())
    for number in range(40):
        shutil.copyfile(first, first.with_name(first.name.replace("-00001-", f"-{number + 2:05d}-")))
    read: list[Path] = []
    monkeypatch.setattr(restore, "records_in", lambda path: read.append(path) or 0)
    dialog = RestoreDialog(real)
    dialog.show()
    settle()
    assert len(dialog.table.lines.lines) == 41
    assert 3 < len(read) < 20
    before = len(read)
    dialog.table.scrollToBottom()
    settle()
    assert before < len(read) < 41
    assert len({*read}) == len(read)
    assert dialog.table.lines.lines[-1].texts[2] == "0"
    dialog.reject()


def test_a_backup_of_another_ledger_in_the_same_folder_says_whose_it_is(real: Any, settle: Any) -> None:
    other = real.path.with_name("另一本.mxdb")
    with Ledger.create(other) as ledger:
        ledger.backup()
    dialog = RestoreDialog(real)
    settle()
    (found,) = dialog._found
    assert restore._line(found, dialog._folder, {}, real.path.stem).texts[-1] == "台账“另一本”的，本机"
    assert restore._line(found, dialog._folder, {}, "另一本").texts[-1] == "本机"


def test_without_a_choice_there_is_nothing_to_press_and_it_says_why(
    real: Any, settle: Any, on_ledger: Any
) -> None:
    on_ledger(lambda ledger: ledger.backup())
    dialog = RestoreDialog(real)
    assert not dialog._restore.isEnabled()
    assert "先在上面选一个备份" in dialog._restore.toolTip()
    settle()
    assert dialog.table.current() is not None
    assert dialog._restore.isEnabled(), "also one that is as the ledger: it brings lost evidence back"
    assert not dialog._restore.toolTip()

"""加密…: the button waits for the password and the code typed back; the window goes on with the encrypted file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import cipher
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs import encryption
from mingxi_desktop.ui.dialogs.encryption import EncryptDialog, EncryptedDialog
from tests.ciphers import CODE, PASSWORD, quickly
from tests.ui.small import rest


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Which files were said to be plain still."""
    found: list[Any] = []
    monkeypatch.setattr(encryption, "_tell", lambda _context, turned, *_: found.append(turned))
    return found


def type_passwords(dialog: Any, *texts: str) -> None:
    for line, text in zip((dialog.new, dialog.again), texts, strict=True):
        line.edit.setText(text)


def test_the_ledger_is_encrypted_changed_and_made_plain_again(
    context, shows, told, db: Path, monkeypatch
) -> None:
    dialog: EncryptDialog = shows(EncryptDialog(context, CODE))
    assert dialog.part.shown.text() == CODE
    assert CODE in dialog.part.paper()
    for passwords, back, said in (
        (("", ""), "", ""),
        (("1234567", ""), "", "太短"),
        ((PASSWORD, f"{PASSWORD}x"), CODE, "不一样"),
        ((PASSWORD, PASSWORD), "", ""),
        ((PASSWORD, PASSWORD), CODE[:-1], ""),
        ((PASSWORD, PASSWORD), f"{CODE[:-1]}0", "抄回来的和恢复码不一样"),
    ):
        type_passwords(dialog, *passwords)
        dialog.part.back.setText(back)
        assert said in dialog.message
        assert bool(said) == bool(dialog.message)
        assert not dialog._go.isEnabled()
    dialog.part.back.setText(CODE.lower().replace("-", ""))
    assert dialog._go.isEnabled()
    dialog._go.click()
    dialog.reject()
    assert dialog.isVisible(), "it may not be left while the file is exchanged"
    rest(context.worker)
    assert told[0].encrypted
    assert cipher.encrypted(db)

    answers: list[Any] = []
    context.read(Ledger.counts, done=answers.append, owner=context)
    rest(context.worker)
    assert answers[0]["hazard"] == 6

    own: EncryptedDialog = shows(EncryptedDialog(context))
    type_passwords(own, "另一个口令 2025", "另一个口令 2025")
    assert not own._change.isEnabled()
    own.old.edit.setText("falsch")
    own._change.click()
    rest(context.worker)
    assert "口令不对" in own.message
    own.old.edit.setText(CODE)
    own._change.click()
    rest(context.worker)
    own = shows(EncryptedDialog(context))
    own.old.edit.setText("另一个口令 2025")
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    own._off.click()
    rest(context.worker)
    assert not cipher.encrypted(db)

"""The password of a backup from elsewhere is asked for before it is looked into, and only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import PasswordError
from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ledger.safekeeping import restoring
from mingxi_desktop.ui import key_asking
from mingxi_desktop.ui.dialogs import unlock
from mingxi_desktop.ui.jobs import Worker
from tests.ciphers import CODE, PASSWORD, forget, quickly


def test_it_is_asked_for_once(app, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    asked: list[str] = []
    answers: list[str] = []

    def ask_for(path: Path, begin: Callable[[str], Worker], error: PasswordError, _: object = None) -> Any:
        asked.append(path.name)
        if not answers:
            return None
        worker = begin(answers.pop())
        worker.wait_open()
        return worker

    monkeypatch.setattr(unlock, "ask_for", ask_for)
    with Ledger.open(db) as ledger:
        plain = ledger.backup(tmp_path / "alt.mxbak")
        encrypting.turn_on(ledger, CODE, PASSWORD)
        secret = ledger.backup(tmp_path / "neu.mxbak")
    assert key_asking.known(plain)
    assert key_asking.known(secret)
    assert asked == []
    forget(monkeypatch)
    assert not key_asking.known(secret)
    answers.append(PASSWORD)
    assert key_asking.known(secret)
    assert asked == [secret.name] * 2
    restoring.restore(secret, tmp_path / "neu" / "台账.mxdb")

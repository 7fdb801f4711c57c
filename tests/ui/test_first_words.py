"""An older file in the ledger's place is asked about at each opening, until it is confirmed."""

from __future__ import annotations

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping.backups import CLOSING
from mingxi_desktop.ui import ask, first_words
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Worker
from tests.ui.small import rest


def test_an_older_file_is_asked_about_until_it_is_confirmed(
    app, settings, db, answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = db.read_bytes()
    with Ledger.open(db) as ledger:
        ledger.delete("hazard", [1])
        newest = ledger.backups.make(CLOSING).path
    db.write_bytes(older)
    asked: list[str] = []
    given = iter((-1, 0, 1))

    def choose(_title: str, text: str, options: tuple[str, ...], **_: object) -> int:
        assert options == (first_words.RESTORE, first_words.CONFIRM)
        asked.append(text)
        return next(given)

    monkeypatch.setattr(ask, "choose", choose)
    wanted: list[str] = []
    said: list[str] = []
    for _ in range(4):
        worker = Worker(lambda: Ledger.open(db, operator="张三"))
        context = Context(db, worker, settings)
        context.page_wanted.connect(wanted.append)
        context.said.connect(said.append)
        first_words.tell(context)
        rest(worker)
        worker.close()
    assert len(asked) == 3, "later, restore, confirm; and then no more"
    assert newest.name in asked[0]
    assert wanted == ["restore"]
    assert said[0] == first_words.LATER

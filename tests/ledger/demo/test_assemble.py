"""What lies beside a demonstration ledger when it has been made."""

from __future__ import annotations

from itertools import islice

import pytest

from mingxi_desktop.ledger import DEFAULT_BUREAU, demo
from mingxi_desktop.ledger.demo import assemble
from mingxi_desktop.ledger.safekeeping.backups import Backups
from mingxi_desktop.ledger.safekeeping.restore_preview import records_in
from tests.ledgers import BACKUP_BEFORE


@pytest.fixture
def few(monkeypatch):
    """A demonstration of a few deliveries, with the backups that a ledger makes."""
    first = list(islice(assemble.deliveries(2024), 4))
    assert sum(bool(one.files) for one in first) > 1
    monkeypatch.setattr(assemble, "deliveries", lambda year: first)
    monkeypatch.setattr(Backups, "before", BACKUP_BEFORE)


def test_it_has_one_backup_and_that_of_everything(few, tmp_path):
    counts = demo.build(tmp_path / "示例.mxdb", 2024, DEFAULT_BUREAU)
    (backup,) = (tmp_path / "备份").iterdir()
    assert records_in(backup) == sum(counts.values())


def test_one_that_is_given_up_leaves_nothing(few, tmp_path):
    def stop(done, total):
        if done == total:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        demo.build(tmp_path / "示例.mxdb", 2024, DEFAULT_BUREAU, progress=stop)
    assert list(tmp_path.iterdir()) == []

"""Long lists of ids in statements."""

from __future__ import annotations

import pytest

from mingxi_desktop.storage import statements


def test_many_ids_come_in_parts_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_PART", 2)
    for ids in ([3, 1, 5, 2, 4], [1, 2, 3, 4, 5]):
        assert [list(part) for part in statements.parted(ids)] == [[1, 2], [3, 4], [5]]
    assert not list(statements.parted([]))


def test_ids_that_lie_together_come_in_parts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_PART", 2)
    ids = [9_000_000, 5, 3, 1, 4, 2]
    parts = [list(part) for part in statements.parted(ids)]
    assert max(map(len, parts)) == 2
    assert [number for part in parts for number in part] == sorted(ids)

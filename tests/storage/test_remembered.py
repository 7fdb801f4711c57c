"""What was worked out from the file is worked out again once anything in it may be another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.storage.remembered import Remembered
from mingxi_desktop.storage.store import Store


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """An open, empty ledger file."""
    opened = Store.open(file)
    yield opened
    opened.close()


def bureau(store: Store, remembered: Remembered) -> str:
    return remembered.get("bureau", lambda: store.setting("bureau"))


def test_an_answer_holds_until_the_file_changes(store: Store) -> None:
    remembered = Remembered(store.database)
    first = remembered.get("list", list)
    assert remembered.known("list") is first is remembered.get("list", list)
    with store.writing():
        store.set_setting("bureau", "甲局")
    assert remembered.known("list") is None
    assert remembered.get("list", list) is not first


def test_what_is_taken_back_was_never_remembered(store: Store) -> None:
    remembered = Remembered(store.database)

    def half() -> None:
        with store.writing():
            store.set_setting("bureau", "甲局")
            assert bureau(store, remembered) == "甲局"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert bureau(store, remembered) == ""


def test_an_answer_during_which_something_changed_is_not_kept(store: Store) -> None:
    remembered = Remembered(store.database)

    def late() -> str:
        found = store.setting("bureau")
        with store.writing():
            store.set_setting("bureau", "乙局")
        remembered.get("other", str)
        return found

    assert remembered.get("bureau", late) == ""
    assert bureau(store, remembered) == "乙局"


def test_so_many_are_kept_and_no_more(store: Store) -> None:
    remembered = Remembered(store.database)
    for number in range(1000):
        remembered.get(number, lambda: number)  # noqa: B023 - asked at once
    assert remembered.known(999) == 999
    assert remembered.known(0) is None

"""The rows that say which files belong to which record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from mingxi_desktop.storage.attachments import Attachments
from mingxi_desktop.storage.store import Store

ONE, OTHER = "1" * 64, "2" * 64


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = Store.open(file)
    yield opened
    opened.close()


@pytest.fixture
def attachments(store: Store) -> Attachments:
    """Two files at hazard 1, one at hazard 2, one at response 1."""
    made = Attachments(store.schema)
    with store.writing():
        made.add("hazard", 1, "甲.jpg", ONE, 10)
        made.add("hazard", 1, "乙.pdf", OTHER, 20)
        made.add("hazard", 2, "甲.jpg", ONE, 10)
        made.add("response", 1, "丙.jpg", ONE, 10)
    return made


def names(attachments: Attachments, kind: str, ids: list[int] | None) -> dict[int, list[str]]:
    return {number: [row.name for row in rows] for number, rows in attachments.of(kind, ids).items()}


def test_each_record_has_its_own(attachments: Attachments) -> None:
    assert names(attachments, "hazard", None) == {1: ["甲.jpg", "乙.pdf"], 2: ["甲.jpg"]}
    assert names(attachments, "hazard", [2, 7]) == {2: ["甲.jpg"]}
    assert names(attachments, "hazard", []) == {}
    assert names(attachments, "hazard", list(range(2, 1_500))) == {2: ["甲.jpg"]}
    assert len(list(attachments.all())) == 4
    row = attachments.of("hazard", [1])[1][1]
    assert (row.kind, row.record, row.name, row.sha256, row.size) == ("hazard", 1, "乙.pdf", OTHER, 20)
    assert row.at
    assert not row.removed


def test_names_say_what_is_attached_and_rows_are_never_lost(attachments: Attachments, store: Store) -> None:
    with store.writing():
        attachments.keep("hazard", 1, ["乙.pdf"])
    assert names(attachments, "hazard", None) == {1: ["乙.pdf"], 2: ["甲.jpg"]}
    assert [(row.name, row.removed) for row in attachments.ever("hazard", 1)] == [
        ("甲.jpg", True), ("乙.pdf", False),
    ]  # fmt: skip
    with store.writing():
        attachments.keep("hazard", 1, ["甲.jpg", "乙.pdf"])
    assert names(attachments, "hazard", [1]) == {1: ["甲.jpg", "乙.pdf"]}
    with store.writing():
        attachments.keep("hazard", 1, [])
    assert names(attachments, "hazard", [1]) == {}
    assert names(attachments, "response", [1]) == {1: ["丙.jpg"]}
    assert len(list(attachments.all())) == 2


def test_a_name_stands_for_one_content_for_ever(attachments: Attachments, store: Store) -> None:
    with store.writing():
        attachments.keep("hazard", 1, [])
    with pytest.raises(peewee.IntegrityError), store.writing():
        attachments.add("hazard", 1, "甲.jpg", OTHER, 20)
    assert [row.sha256 for row in attachments.ever("hazard", 1)] == [ONE, OTHER]

"""Text that is no text is found wherever it stands, and does not keep the file locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.storage.legible import illegible
from mingxi_desktop.storage.store import Store


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE reference SET search = CAST(x'41ff' AS TEXT) WHERE id = 2", "乡镇、单位、物资等名单"),
        ("INSERT INTO setting VALUES ('a', CAST(x'e6' AS TEXT))", "设置"),
    ],
)
def test_a_text_that_is_none_is_found(tmp_path: Path, change: str, told: str) -> None:
    store = Store.create(tmp_path / "a.mxdb")
    try:
        assert illegible(store) == []
        store.database.connection().execute(
            change
        )  # as from outside: the program keeps its digests of such tables
        assert illegible(store) == [f"{told}里有读不出来的文字"]
    finally:
        store.close()

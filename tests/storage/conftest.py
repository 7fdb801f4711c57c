"""A file for each test of storage, copied from one that is made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mingxi_desktop.storage.store import Store


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger file that is not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("template") / "empty.mxdb"
    Store.create(path).close()
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """An empty ledger file of the test's own, not open."""
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(empty_file, path)
    return path

"""A file for each test of storage, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.store import Store
from tests.bench.hazards import ledger_of

HAZARDS = 400


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


@pytest.fixture(scope="session")
def hazards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a few hundred hazards; it is only read."""
    return ledger_of(HAZARDS, tmp_path_factory.mktemp("hazards"))


@pytest.fixture
def schema(hazards: Path) -> Iterator[Schema]:
    """The tables of that file."""
    store = Store.open(hazards)
    yield store.schema
    store.close()

"""The command line as a program or a person calls it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.app.cli import main
from mingxi_desktop.ledger import Ledger

HAZARD = ("record_date=2024-06-09", "area=盖洋镇", "description=消防通道堵塞")


@dataclass(frozen=True)
class Answer:
    """What a call gave: exit code and the two streams."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def json(self) -> Any:
        """The one document on standard output; more or less than one is an error."""
        assert self.out.endswith(b"\n"), self
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the program; stdin: what it may read."""
    monkeypatch.setenv("MINGXI_USER", "李四")

    def call(*arguments: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        capsysbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Answer(code, out, err.decode("utf-8"))

    return call


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger file to copy; making one takes longer than a test."""
    path = tmp_path_factory.mktemp("ledger") / "new.mxdb"
    Ledger.create(path).close()
    return path


@pytest.fixture
def db(tmp_path: Path, new_file: Path) -> Path:
    """A new, empty ledger file."""
    return Path(shutil.copy(new_file, tmp_path / "账.mxdb"))


@pytest.fixture
def on(run: Run, db: Path) -> Run:
    """Call the program on that file, answers as JSON."""

    def call(*arguments: object, stdin: bytes = b"") -> Answer:
        return run(*arguments, "--db", db, "--json", stdin=stdin)

    return call


@pytest.fixture
def hazard(on: Run) -> int:
    """The id of a first hazard."""
    number: int = on("add", "hazard", *HAZARD).json["id"]
    return number

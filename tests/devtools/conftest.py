"""A checkout of a few files for what stands behind dev.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.environment import Environment

PROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "x"
dependencies = ["peewee"]
[tool.hatch.build]
a = 1
[tool.ruff]
line-length = 1
"""


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "constraints.txt").write_text("peewee==4.5.3\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return Environment(tmp_path)

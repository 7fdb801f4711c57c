"""How often something is tried: a few times in the ordinary run, often in the long one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest

LONG = [pytest.mark.safety, pytest.mark.timeout(3600)]
"""The marks of what only `dev.py test --safety` does."""


def wished(name: str, usual: int) -> int:
    """The number given by option: `--kills 200` is MINGXI_SAFETY_KILLS."""
    return int(os.environ.get(f"MINGXI_SAFETY_{name.upper()}", usual))


def few_and_many(few: int, many: int, parts: int = 1) -> Sequence[Any]:
    """Parameters for a test: a few in the ordinary run; many, in parts that run side by side, in the long one.

    few: 0 for nothing in the ordinary run.
    """
    each = -(-many // parts)
    found = [pytest.param(few, id="few")] if few else []
    return [*found, *(pytest.param(each, id=f"many-{part}", marks=LONG) for part in range(1, parts + 1))]

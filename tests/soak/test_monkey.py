"""Twenty seconds of the monkey: only by pytest -m soak."""

from __future__ import annotations

import pytest

from tests.soak.driven import drive

pytestmark = pytest.mark.soak


@pytest.mark.timeout(900)
def test_the_monkey_breaks_nothing() -> None:
    done = drive(0.34, 1, longest=800)
    assert done.code == 0, done.story

from __future__ import annotations

import pytest

from tests.corpus.build import cases
from tests.corpus.judge import Runner
from tests.corpus.usual import USUAL


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with Runner(tmp_path_factory.mktemp("corpus")) as started:
        yield started


def _marked(name):
    return name if name in USUAL else pytest.param(name, marks=pytest.mark.corpus)


@pytest.mark.parametrize("name", [_marked(name) for name in cases()])
def test_a_file_gives_exactly_its_records_or_its_refusal(runner, name):
    verdict = runner.run(cases()[name])[1]
    assert verdict.passed, f"{verdict.state}: {verdict.why}"


def test_the_usual_files_are_there():
    assert set(cases()) >= USUAL

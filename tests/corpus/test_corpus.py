from __future__ import annotations

import pytest

from tests.corpus.build import cases
from tests.corpus.judge import Runner


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    return Runner(tmp_path_factory.mktemp("corpus"))


@pytest.mark.parametrize(
    "name",
    [pytest.param(case.name, marks=pytest.mark.slow) if case.slow else case.name for case in cases().values()],
)
def test_a_file_gives_exactly_its_records_or_its_refusal(runner, name):
    verdict = runner.run(cases()[name])[1]
    assert verdict.passed, f"{verdict.state}: {verdict.why}"

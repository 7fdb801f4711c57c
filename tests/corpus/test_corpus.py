from __future__ import annotations

import pytest

from tests.corpus.build import cases
from tests.corpus.judge import Runner
from tests.corpus.usual import USUAL


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with Runner(tmp_path_factory.mktemp("corpus")) as started:
        yield started


def pytest_generate_tests(metafunc):
    """The unusual files are only made tests of where they may be asked for: leaving hundreds out takes time, too."""
    if "name" in metafunc.fixturenames:
        usual = "not corpus" in metafunc.config.getoption("markexpr")
        more = [pytest.param(name, marks=pytest.mark.corpus) for name in cases() if name not in USUAL]
        metafunc.parametrize("name", [name for name in cases() if name in USUAL] + ([] if usual else more))


def test_a_file_gives_exactly_its_records_or_its_refusal(runner, name):
    verdict = runner.run(cases()[name])[1]
    assert verdict.passed, f"{verdict.state}: {verdict.why}"


def test_the_usual_files_are_there():
    assert set(cases()) >= USUAL

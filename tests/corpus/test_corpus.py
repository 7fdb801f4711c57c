from __future__ import annotations

import pytest

from tests.corpus.build import cases
from tests.corpus.judge import Runner
from tests.corpus.usual import USUAL


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with Runner(tmp_path_factory.mktemp("corpus")) as started:
        yield started


@pytest.fixture(autouse=True)
def checked(request):
    """In the long run the program's own checks look at all that comes in."""
    if not _usual(request.config):
        request.getfixturevalue("ahead")


def _usual(config):
    """Whether it is the ordinary run."""
    return "not corpus" in config.getoption("markexpr")


def pytest_generate_tests(metafunc):
    """The unusual files are only made tests of where they may be asked for: leaving hundreds out takes time, too."""
    if "name" in metafunc.fixturenames:
        every = [pytest.param(name, marks=pytest.mark.corpus) for name in cases()]
        usual = [name for name in cases() if name in USUAL]
        metafunc.parametrize("name", usual if _usual(metafunc.config) else every)


def test_a_file_gives_exactly_its_records_or_its_refusal(runner, name):
    verdict = runner.run(cases()[name])[1]
    assert verdict.passed, f"{verdict.state}: {verdict.why}"


def test_the_checks_look_at_what_comes_in(runner, ahead):
    done, verdict = runner.run(cases()["b_tally_falls.xlsx"])
    assert verdict.passed, verdict.why
    assert done.answer["concerns"]


def test_the_usual_files_are_there():
    assert set(cases()) >= USUAL

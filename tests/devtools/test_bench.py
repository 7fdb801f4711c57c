"""The frame of the benchmark, with jobs that take no time; what is measured is no business of a test."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import dev
from devtools import bench
from devtools.environment import Environment
from tests.bench import command, goals, measuring
from tests.bench.frame import CPU, MEGABYTES, WALL, Block, Goal, Line, Measured, Outcome, Run
from tests.bench.rounds import outcome_of
from tests.bench.table import table

PEER = Line("the peer", "peer")
BLOCK = Block(
    "fake",
    "Made up",
    lambda rows, _: {"file": f"{rows}.mxdb"},
    {
        "peer": Run(("peer", "{file}")),
        "ours": Run(("ours", "{file}")),
        "absent": Run(("absent",), needs=("no_such_module",), tools=("no-such-program",)),
        "small": Run(("small",), most_rows=10),
    },
    (
        PEER,
        Line("ours", "ours", peer="the peer", goal="ratio"),
        Line("  … its memory", "ours", MEGABYTES, goal="memory"),
        Line("another library", "absent", peer="the peer"),
        Line("beside it", "ours", peer="another library", goal="ratio"),
        Line("all in memory", "small"),
    ),
    warm=True,
)
SECONDS = {"peer": (9.0, 1.0, 2.0, 4.0), "ours": (9.0, 3.0, 5.0, 4.0)}
"""Of the warming round, then of three that count."""


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.setitem(goals.GOALS, "ratio", Goal("≤ 2 × the peer", 2.0, ratio=True))
    monkeypatch.setitem(goals.GOALS, "memory", Goal("≤ 100 MB, a million: ≤ 300 MB", 100, larger=300))
    order: list[str] = []
    seconds = {name: iter(values) for name, values in SECONDS.items()}

    def measure(run: Run, workload: Mapping[str, str], _: Path) -> Measured:
        name, *files = (word.format_map(workload) for word in run.words)
        assert files == ["100.mxdb"]
        order.append(name)
        return {CPU: next(seconds[name]), WALL: 9.0, MEGABYTES: 200.0}

    made = outcome_of(BLOCK, 100, 3, lambda _: None, measure)
    assert order == ["peer", "ours"] * 4
    return made


def test_ratios_are_of_the_same_round_and_what_is_missing_is_named(outcome: Outcome) -> None:
    assert outcome.ratios(BLOCK.line("ours")) == [3.0, 2.5, 1.0]
    lines = {row.split("|")[1].strip(): row for row in table(outcome).splitlines() if row.startswith("|")}
    assert "| 4.00 s |" in lines["ours"]
    assert "1 / 2.5 / 3" in lines["ours"]
    assert lines["ours"].endswith("**not met** |")
    assert lines["… its memory"].endswith("**not met** |")
    assert "no_such_module, no-such-program: not installed" in lines["another library"]
    assert "met" not in lines["beside it"].rpartition("peer")[2]
    assert "left out above 10 rows" in lines["all in memory"]


def test_a_goal_may_be_larger_for_a_million() -> None:
    goal = Goal("", 0.06, larger=0.1)
    assert (goal.most_at(100_000), goal.most_at(1_000_000)) == (0.06, 0.1)


def test_a_process_is_measured_and_heard(tmp_path: Path) -> None:
    big = "x = b'x' * 50_000_000; time.sleep(0.2)"
    code = f"import json, time; {big}; " + "print('…'); print(json.dumps({'seconds': 0.5, '{word}': 1}))"
    run = Run(("-S", "-c", code.replace("{'", "{{'").replace("1}", "1}}")))
    found = measuring.measure(run, {"word": "heard"}, tmp_path)
    assert (found["seconds"], found["heard"]) == (0.5, 1)
    assert 0 < found[CPU] < 30
    assert found[MEGABYTES] > 50
    with pytest.raises(SystemExit, match="no such thing"):
        measuring.measure(Run(("-S", "-c", "exit('no such thing')")), {}, tmp_path)


def test_every_goal_has_a_line_and_every_line_a_run() -> None:
    lines = [(block, line) for block in command.blocks() for line in block.lines]
    assert {line.goal for _, line in lines if line.goal} == set(goals.GOALS)
    for block, line in lines:
        assert line.run in block.runs
        assert not line.peer or block.line(line.peer).run in block.runs
        assert not line.goal or line.peer or not goals.GOALS[line.goal].ratio
        assert sum(other.text == line.text for other in block.lines) == 1


def test_a_table_is_kept_in_the_place_of_the_one_before() -> None:
    first = command.kept("# How fast\n", "### Made up, 10 rows\n\n| a |", "today")
    again = command.kept(f"{first}\nThe end.\n", "### Made up, 10 rows\n\n| b |", "later")
    assert again.count("### Made up, 10 rows") == 1
    assert "| a |" not in again
    assert again.startswith("# How fast\n")
    assert again.endswith("The end.\n")


def test_the_verb_passes_its_words_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(Environment, "set_up", lambda _: None)
    monkeypatch.setattr(Environment, "python", Path(sys.executable))

    def run(words: list[str], **_: object) -> object:
        seen.append(words)
        return type("Done", (), {"returncode": 4})

    monkeypatch.setattr(bench.subprocess, "run", run)
    assert dev.main(["bench", "window", "--runs", "5"]) == 4
    assert seen[0][1:] == ["-m", "tests.bench", "window", "--runs", "5"]
    with pytest.raises(SystemExit):
        command.main(["windows"])


def test_all_goals_at_a_glance_and_those_not_met_by_name(outcome: Outcome) -> None:
    readme = "# How fast\n<!-- all goals -->\n<!-- end -->\n\nWhy.\n"
    readme = command.kept(readme, table(outcome), "today")
    readme = command.kept(readme, "### Without goals\n\n| a |", "today")
    again = command.glanced(command.glanced(readme))
    glanced = again.partition("<!-- all goals -->")[2].partition("<!-- end -->")[0].strip().splitlines()
    missed = "ours: 2.5 × (≤ 2 × the peer); ours, its memory: 200 MB (≤ 100 MB, a million: ≤ 300 MB)"
    assert glanced[2:] == [f"| Made up, 100 rows | 0 of 2 | {missed} |"]
    assert again.endswith(readme.partition("<!-- end -->")[2])
    assert command.glanced("# Without a place for it\n") == "# Without a place for it\n"


def test_the_readme_says_of_its_goals_what_its_tables_say() -> None:
    readme = command.README.read_text(encoding="utf-8")
    assert command.glanced(readme) == readme

"""The figures of the suite under Wine, and the list of what cannot pass there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.windows import suite, under_wine
from devtools.windows.parts import Parts
from devtools.windows.wine import Wine

ROOT = Path(__file__).resolve().parents[3]
JOURNAL = """{"collected": 7}
{"begun": "tests/ui/test_a.py::test_good"}
{"test": "tests/ui/test_a.py::test_good", "outcome": "passed", "reason": "", "seconds": 1}
{"begun": "tests/ui/test_a.py::test_bad[1]"}
{"test": "tests/ui/test_a.py::test_bad[1]", "outcome": "failed", "reason": "", "seconds": 1}
{"begun": "tests/ui/test_a.py::test_end"}
{"collected": 4}
{"begun": "tests/ui/test_b.py::test_left"}
{"test": "tests/ui/test_b.py::test_left", "outcome": "passed", "reason": "", "seconds": 1}
{"test": "tests/ui/test_b.py::test_left", "outcome": "failed", "reason": "", "seconds": 1}
{"begun": "tests/ui/test_b.py::test_1"}
{"test": "tests/ui/test_b.py::test_1", "outcome": "skipped", "reason": "no links there", "seconds": 0}
{"begun": "tests/ui/test_b.py::test_2"}
{"test": "tests/ui/test_b.py::test_2", "outcome": "skipped", "reason": "no links there", "seconds": 0}
{"ended": 2}
"""
SKIPS = """# Words about it.
no printer there:
    tests/ui/test_printing.py
    tests/ui/test_a.py::test_one

too old:
    tests/safety
"""


def test_the_figures_of_a_run() -> None:
    figures = suite.read(JOURNAL, "wine-8.0", 61.4)
    assert figures.passed == 1
    bad, end, left = "test_a.py::test_bad[1]", "test_a.py::test_end", "test_b.py::test_left"
    (interrupted, *failed) = figures.failed
    assert interrupted == "(pytest itself: exit code 2)"
    assert failed == [f"tests/ui/{bad}", f"tests/ui/{end}", f"tests/ui/{left}"]
    assert figures.skipped == {"no links there": 2}
    assert figures.missing == 1
    said = str(figures)
    assert said.startswith("1 passed, 4 failed, 2 skipped, 1 NOT REACHED in 61 s (wine-8.0)\n")
    assert "2 skipped: no links there" in said
    assert "FAILED  tests/ui/test_b.py::test_left" in said
    both = figures + suite.Figures("wine-8.0", 5, (), {"no links there": 1}, 0, 70.0)
    assert (both.passed, len(both.failed), both.skipped["no links there"]) == (6, 4, 3)
    assert (both.missing, both.seconds) == (1, 70.0)


def test_a_run_goes_on_behind_a_test_that_ended_the_process(tmp_path: Path) -> None:
    tests = tmp_path / "test_three.py"
    tests.write_text(
        "import os\ndef test_one(): pass\ndef test_two(): os._exit(3)\ndef test_three(): assert False\n",
        encoding="utf-8",
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    journal = tmp_path / "journal.jsonl"
    plugin = ["-p", "devtools.windows.under_wine", f"--journal={journal}", "-p", "no:randomly"]
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "packaging")}
    ends = [
        subprocess.run(
            [*pytest_, *plugin, "test_three.py"], cwd=tmp_path, env=settings, check=False
        ).returncode
        for _ in range(2)
    ]
    assert ends == [3, 1]
    figures = suite.read(journal.read_text(encoding="utf-8"), "wine-8.0", 1)
    assert (figures.passed, figures.failed) == (1, ("test_three.py::test_three", "test_three.py::test_two"))
    assert figures.missing == 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tests/ui/test_printing.py::test_x[a/b]", "no printer there"),
        ("tests/ui/test_a.py::test_one[1]", "no printer there"),
        ("tests/ui/test_a.py::test_one_more", None),
        ("tests/safety/fuzz/test_x.py::test_y", "too old"),
        ("tests/safety_belts.py::test_y", None),
    ],
)
def test_a_test_is_skipped_for_its_reason(name: str, reason: str | None) -> None:
    assert under_wine.reason_for(name, under_wine.listed(SKIPS)) == reason


def test_what_the_list_names_is_there() -> None:
    for name, reason in under_wine.listed(under_wine.LIST.read_text(encoding="utf-8")).items():
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        assert reason, name
        if test:
            assert re.search(rf"def {re.escape(test)}\(", (ROOT / path).read_text(encoding="utf-8")), name


def test_paths_as_windows_names_them(env, tmp_path: Path) -> None:
    wine = Wine(Parts(env), tmp_path)
    assert suite.windows_path(wine, wine.profile / "Desktop" / "a.txt") == "C:\\users\\张三\\Desktop\\a.txt"
    assert suite.windows_path(wine, Path("/tmp/a.txt")) == "Z:\\tmp\\a.txt"


def test_a_copy_of_the_checkout_keeps_what_was_compiled(tmp_path: Path) -> None:
    source, target = tmp_path / "checkout", tmp_path / "copy"
    for name in ("a.py", "b/c.py", ".git/config", "b/__pycache__/c.pyc"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name, encoding="utf-8")
    suite._mirror(source, target)
    (target / "b" / "__pycache__").mkdir()
    (target / "b" / "__pycache__" / "c.312.pyc").touch()
    (source / "a.py").unlink()
    (source / "b" / "c.py").write_text("new", encoding="utf-8")
    suite._mirror(source, target)
    left = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert left == ["b/__pycache__/c.312.pyc", "b/c.py"]
    assert (target / "b" / "c.py").read_text(encoding="utf-8") == "new"
    assert (target / "b" / "c.py").stat().st_mtime_ns == (source / "b" / "c.py").stat().st_mtime_ns

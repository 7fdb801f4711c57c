"""What runs without a display, with the program replaced by a stand-in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from devtools import showcase
from devtools.environment import Environment

PROGRAM = """
import sys
from pathlib import Path

verb, *rest = sys.argv[1:]
if verb == "demo":
    assert not Path(rest[-1]).exists()
    Path(rest[-1]).touch()
elif rest[-1].endswith(".docx"):
    sys.exit("还不能生成 Word")
elif FAIL in rest[-1]:
    sys.exit("坏了")
elif verb == "report":
    Path(rest[-1]).touch()
else:
    folder = Path(rest[rest.index("-o") + 1])
    folder.mkdir()
    (folder / "总览.png").touch()
"""


@pytest.fixture
def program(env: Environment, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Environment, "python", Path(sys.executable))
    monkeypatch.setenv("PYTHONUTF8", "1")
    package = env.root / "mingxi_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM.replace("FAIL", "'nothing'"), encoding="utf-8")
    return package / "__main__.py"


def test_names_each_file_and_what_was_not_made(
    env: Environment, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = env.root / "out"
    assert showcase.run(env, out) == 0
    said = capsys.readouterr()
    assert "No display" in said.err
    for name in (
        "demo-2024.mxdb",
        "annual-report-2024.pdf",
        "annual-report-2024.txt",
        "screens/总览.png",
    ):
        assert str(out / name) in said.out
    assert "Word: not made (exit code 1)\n  还不能生成 Word" in said.out


def test_starts_from_a_new_demonstration_year(env: Environment, program: Path) -> None:
    out = env.root / "out"
    out.mkdir()
    (out / "demo-2024.mxdb").touch()
    (out / "demo-2024.mxdb-journal").touch()
    assert showcase.run(env, out) == 0
    assert not (out / "demo-2024.mxdb-journal").exists()


def test_fails_when_the_report_does(
    env: Environment, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program.write_text(PROGRAM.replace("FAIL", "'.pdf'"), encoding="utf-8")
    assert showcase.run(env, env.root / "out") == 1
    assert "坏了" in capsys.readouterr().out


def test_stops_when_there_are_no_records(
    env: Environment, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program.write_text("raise SystemExit('满了')", encoding="utf-8")
    assert showcase.run(env, env.root / "out") == 1
    assert capsys.readouterr().out.count("not made") == 1

"""The worked examples of packaging/developers are followed to the letter, one after the other, on a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "packaging" / "developers" / "worked").glob("*.md"))
FOLLOWED = ("mingxi_desktop", "resources", "tests/data", "tests/domain", "tests/ledger")
_SAID = re.compile(
    r"^(?P<new>New file) `(?P<made>[^`]+)`:$"
    r"|^At the end of `(?P<ended>[^`]+)`:$"
    r"|^In `(?P<path>[^`]+)`, (?P<how>below|instead of) `(?P<line>[^`]+)`:$"
    r"|^(?P<check>Then this holds):$",
    re.MULTILINE,
)
_BLOCK = re.compile(r"\n\n```\w+\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_COMPILED = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
_HEAD = "from pathlib import Path\nfolder, data = Path({folder!r}), Path({data!r})\n"


def follow(page: str, root: Path) -> str:
    """Do in `root` what a page says; returns the script at its end.

    It says it in one of the four ways of `_SAID`, each with a block of text below.
    """
    said = list(_SAID.finditer(page))
    assert len(said) == page.count("\n```") / 2, "a block stands below a sentence that says what it is for"
    script = ""
    for step in said:
        block = _BLOCK.match(page, step.end())
        assert block is not None, step[0]
        if step["check"]:
            script = block["text"]
        elif step["new"]:
            assert not (root / step["made"]).exists(), step[0]
            (root / step["made"]).write_text(block["text"], encoding="utf-8")
        else:
            path = root / (step["ended"] or step["path"])
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            place = len(lines)
            if step["line"]:
                places = [number for number, line in enumerate(lines) if line.strip() == step["line"]]
                assert len(places) == 1, f"{step[0]} stands there {len(places)} times"
                place = places[0] + (step["how"] == "below")
            replaced = place + (step["how"] == "instead of")
            path.write_text("".join([*lines[:place], block["text"], *lines[replaced:]]), encoding="utf-8")
    return script


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the pages write into, without pictures, in a folder of its own; what is compiled holds there, too."""
    for name in FOLLOWED:
        left_out = shutil.ignore_patterns("*-pytest-*.pyc", "pictures", "spreadsheets")
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=left_out)
    return tmp_path / "copy"


def test_the_worked_examples_work(copy: Path, tmp_path: Path) -> None:
    assert len(PAGES) == 5
    if (ROOT / "mingxi_desktop" / "domain" / "kinds" / "patrol.py").exists():
        pytest.skip("they have been followed in this very tree")
    made = tmp_path / "made"
    made.mkdir()
    scripts = [follow(page.read_text(encoding="utf-8"), copy) for page in PAGES]
    head = _HEAD.format(folder=str(made), data=str(copy / "tests" / "data"))
    # One process for all of them; a traceback names page and line.
    run = f"import sys\nsys.path.insert(0, {str(copy)!r})\n" + "".join(
        f"exec(compile({head + script!r}, {page.name!r}, 'exec'), {{'__name__': 'page'}})\n"
        for page, script in zip(PAGES, scripts, strict=True)
    )
    # What is compiled stays in the copy, for the children that read files, and goes with it.
    settings = {key: value for key, value in os.environ.items() if key not in _COMPILED}
    result = subprocess.run(
        [sys.executable, "-c", run],
        cwd=tmp_path,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("In `a.py`, below `x = 1`:\n\n```python\ny\n```\n", "2 times"),
        ("In `a.py`, below `x = 2`:\n\n```python\ny\n```\n", "0 times"),
        ("In the file `a.py`:\n\n```python\ny\n```\n", "a sentence"),
    ],
)
def test_a_page_that_cannot_be_followed_is_told(page: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=fault):
        follow(page, tmp_path)

"""What the developers' pages name is there, and each decision says what it has to."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packaging" / "developers"
PAGES = [ROOT / "CONTRIBUTING.md", *sorted(FOLDER.rglob("*.md"))]
_FILE = re.compile(r"`([\w.-]+(?:/[\w.*-]+)+/?)`")
_TOLD = re.compile(r"\*\*Problem\.\*\*.+\*\*Choice\.\*\*.+(\*\*Measured|Nothing to\s+measure)", re.DOTALL)
_PLACES = (ROOT, ROOT / "mingxi_desktop")


def test_everything_the_pages_point_to_is_there() -> None:
    texts = {page: page.read_text(encoding="utf-8") for page in PAGES}
    made = {
        name for text in texts.values() for name in re.findall(r"^New file `([^`]+)`", text, re.MULTILINE)
    }
    for page, text in texts.items():
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (page.parent / link).exists(), (page.name, link)
        for name in set(_FILE.findall(text)) - made:
            assert any(list(place.glob(name.rstrip("/"))) for place in _PLACES), (page.name, name)


def test_a_decision_tells_problem_choice_and_what_was_measured() -> None:
    text = (FOLDER / "decisions.md").read_text(encoding="utf-8")
    _, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    assert len(sections) >= 15
    for number, section in enumerate(sections, start=1):
        assert re.match(rf"{number}\. .+ \(\d{{4}}-\d\d-\d\d\)\n", section), section
        told = re.search(
            r"\*\*Problem\.\*\*.+\*\*Choice\.\*\*.+(\*\*Measured|Nothing to\s+measure)", section, re.DOTALL
        )
        assert told, section

"""freeze and changes as a person or a program calls them."""

from __future__ import annotations

import pytest

from tests.ledger.unprinted import set_no_pages

from .conftest import Run

FREEZE = ("freeze", "--year", 2024, "--by", "张三")
CHANGES = ("changes", "--year", 2024)


@pytest.fixture(autouse=True)
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for pages that nobody looks at."""
    set_no_pages(monkeypatch)


@pytest.fixture
def year(on: Run) -> Run:
    """A year with one hazard."""
    row = (
        "record_date=2024-06-09",
        "area=盖洋镇",
        "description=一",
        "quantity_found=3",
        "quantity_rectified=2",
    )
    assert on("add", "hazard", *row).code == 0
    return on


def test_what_is_open_refuses_and_names_the_option(year):
    answer = year(*FREEZE)
    assert answer.code == 1
    assert "〔待核〕" in answer.json["error"]
    assert "--despite-warnings" in answer.json["hint"]
    assert year(*CHANGES).code == 1
    assert "没有有效的定稿" in year(*CHANGES).json["error"]


def test_frozen_changed_withdrawn_and_frozen_again(year, run, db):
    first = year(*FREEZE, "--despite-warnings")
    assert first.code == 0
    assert {"id", "sha256", "at", "by", "numbers", "pages"} <= first.json.keys()
    assert len(first.json["sha256"]) == 64
    assert first.json["by"] == "张三"
    assert year(*CHANGES).json == []
    assert year(*FREEZE, "--despite-warnings").code == 1
    assert year("edit", "hazard", 1, "quantity_found=4").code == 0
    answer = year(*CHANGES)
    assert answer.code == 0
    assert all(one.keys() == {"indicator", "frozen", "now", "records"} for one in answer.json)
    found = next(one for one in answer.json if one["indicator"] == "hazards_found")
    assert (found["frozen"], found["now"]) == ("3", "4")
    (cause,) = found["records"]
    assert cause["at"].startswith("20")
    told = {key: cause[key] for key in ("kind", "id", "change", "before", "after", "by")}
    assert told == {"kind": "hazard", "id": 1, "change": "changed", "before": 3, "after": 4, "by": "李四"}
    assert "计入 3→4" in run(*CHANGES, "--db", db).text
    assert year(*FREEZE, "--withdraw").code == 1
    withdrawn = year(*FREEZE, "--withdraw", "--why", "报错")
    assert withdrawn.json["why"] == "报错"
    again = year(*FREEZE, "--despite-warnings", "--reason", "更正")
    assert (again.json["version"], again.json["reason"]) == (2, "更正")
    assert year(*CHANGES).json == []


def test_why_belongs_to_withdrawing(on):
    assert on(*FREEZE, "--why", "报错").code == 2

"""opening and years through the command line."""

from __future__ import annotations

from .conftest import Run

SOURCE = "2023年年度总结第3页"


def test_a_total_is_entered_listed_and_removed(on: Run) -> None:
    assert on("opening").json == []
    done = on("opening", "hazards_found", 2023, "1,502条", "--source", SOURCE)
    known = {"indicator": "hazards_found", "year": 2023, "value": "1502", "source": SOURCE}
    assert done.json == {**known, "records": 0}
    assert on("opening").json == [known]
    assert on("opening", "hazards_found", 2023, "--remove").json["value"] is None
    assert on("opening").json == []
    assert on("opening", "hazards_found", 2023, "--remove").code == 1


def test_without_a_source_or_with_a_wrong_value_nothing_is_entered(on: Run) -> None:
    assert "来源" in on("opening", "hazards_found", 2023, "1502").json["error"]
    assert on("opening", "hazards_found", 2023, "许多", "--source", SOURCE).json["field"] == "value"
    assert on("opening", "hazards_found", 2023).code == 2
    assert on("opening").json == []


def test_records_count_for_more_and_it_says_so(on: Run, hazard: int) -> None:
    done = on("opening", "hazards_found", 2024, "9", "--source", SOURCE)
    assert done.json["records"] == 1
    assert "以记录为准" in done.err


def test_years_in_one_table(on: Run, run: Run, db: object, hazard: int) -> None:
    on("opening", "hazards_found", 2023, "4", "--source", SOURCE)
    years = on("years", "hazards_found", "drills", "--year", 2024, "--count", 3).json
    found = years[0]["years"]
    assert [(one["year"], one["value"], one["source"]) for one in found] == [
        (2022, None, None),
        (2023, 4, "opening"),
        (2024, 1, "records"),
    ]
    assert (found[2]["change"], found[2]["change_percent"]) == (-3, -75)
    text = run("years", "hazards_found", "--year", 2024, "--db", db).text
    assert "4*" in text
    assert "下降75%" in text

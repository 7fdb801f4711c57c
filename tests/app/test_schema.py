"""schema: the ledgers as declared, without any ledger file."""

from __future__ import annotations

from mingxi_desktop.domain import kinds

from .conftest import Run

FIELD_KEYS = {"name", "label", "type", "unit", "required", "choices", "synonyms"}
TYPES = set("text int decimal money date datetime bool choice multi ref multi-ref files derived".split())


def test_every_kind_and_field_is_there(run: Run) -> None:
    answer = run("schema", "--json")
    assert answer.code == 0
    assert [kind["kind"] for kind in answer.json] == list(kinds.names())
    for kind in answer.json:
        assert set(kind) >= {"kind", "label", "tab", "fields"}
        assert all(set(field) >= FIELD_KEYS for field in kind["fields"])
        assert {field["type"] for field in kind["fields"]} <= TYPES
        assert all(field["choices"] for field in kind["fields"] if field["type"] in ("choice", "multi"))


def test_a_field_as_the_declaration_has_it(run: Run) -> None:
    case = next(kind for kind in run("schema", "--json").json if kind["kind"] == "enforcement_case")
    fields = {field["name"]: field for field in case["fields"]}
    assert (fields["fine"]["type"], fields["fine"]["unit"], fields["fine"]["required"]) == (
        "money",
        "元",
        False,
    )
    assert "罚款金额" in fields["fine"]["synonyms"]
    assert "责令限期改正" in fields["measure"]["choices"]
    assert fields["party"]["targets"] == ["enterprise"]


def test_people_read_it_too(run: Run) -> None:
    text = run("schema").text
    assert "hazard  隐患（隐患排查）" in text
    assert "  fine  罚款  money · 元" in text

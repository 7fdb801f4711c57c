"""proofread: the contract's JSON, the exit code, the marked file, the table for people."""

from __future__ import annotations

import docx
import pytest

from mingxi_desktop.ledger import Ledger
from tests.ui.small import put

KEYS = {"text", "value", "start", "end", "sentence", "indicator", "expected", "verdict"}


@pytest.fixture
def db(tmp_path):
    """A ledger with twelve hazards of which nine are rectified."""
    path = tmp_path / "台账.mxdb"
    hazard = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "配电箱未接地", "field": "消防"}
    with Ledger.create(path) as ledger:
        put(ledger, "hazard", {**hazard, "level": "一般", "quantity_found": "12", "quantity_rectified": "9"})
    return path


def test_a_draft_that_differs(run, db, tmp_path) -> None:
    draft, target = tmp_path / "草稿.txt", tmp_path / "标注.docx"
    text = "全年排查问题隐患13条，已整改9条，整改率达75%。\n"
    draft.write_text(text, encoding="gb18030")
    answer = run("proofread", draft, "--year", "2024", "-o", target, "--db", db, "--json")
    assert answer.code == 1
    numbers = answer.json["numbers"]
    assert all(set(one) >= KEYS for one in numbers)
    assert {one["verdict"] for one in numbers} <= {"agrees", "differs", "unknown"}
    assert all(text[one["start"] : one["end"]] == one["text"] for one in numbers)
    found = {one["text"]: one for one in numbers}
    assert (found["13"]["indicator"], found["13"]["verdict"]) == ("hazards_found", "differs")
    assert (found["13"]["value"], found["13"]["expected"]) == (13, "12条")
    assert (found["9"]["indicator"], found["9"]["verdict"]) == ("hazards_rectified", "agrees")
    assert sum(answer.json["counts"].values()) == len(numbers)
    assert answer.json["marked"] == str(target)
    assert docx.Document(str(target)).paragraphs[0].text == text.strip()
    people = run("proofread", draft, "--year", "2024", "--db", db)
    assert people.code == 1
    assert "不一致" in people.text.splitlines()[1]
    assert "12条" in people.text


def test_a_draft_that_agrees_and_one_that_cannot_be_read(run, db, tmp_path) -> None:
    draft = tmp_path / "草稿.txt"
    draft.write_text("全年排查问题隐患12条，已整改9条。", encoding="utf-8")
    assert run("proofread", draft, "--year", "2024", "--db", db).code == 0
    draft.write_bytes(b"%PDF-1.7 broken")
    answer = run("proofread", draft, "--year", "2024", "--db", db, "--json")
    assert answer.code == 1
    assert "损坏" in answer.json["error"]
    missing = run("proofread", tmp_path / "没有.docx", "--year", "2024", "--db", db)
    assert missing.code == 1
    assert "没有这份草稿" in missing.err
    assert run("proofread", draft, "--db", db).code == 2

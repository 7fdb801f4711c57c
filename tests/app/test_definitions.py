"""define and definitions: the clerk's own indicators in and out."""

from __future__ import annotations

import json

import pytest

FIRE = {
    "id": "xfyh",
    "label": "消防隐患数",
    "kind": "hazard",
    "aggregate": "sum",
    "fields": ["quantity_found"],
    "where": {"field": ["消防"]},
    "unit": "条",
}


@pytest.fixture
def file(tmp_path):
    """Writes a file of definitions."""

    def write(*tables):
        path = tmp_path / "定义.json"
        path.write_text(json.dumps({"form": 1, "指标定义": tables}), encoding="utf-8")
        return path

    return write


def test_in_out_and_used_at_once(on, db, run, file, tmp_path) -> None:
    on(
        "add",
        "hazard",
        "record_date=2024-06-09",
        "area=盖洋镇",
        "field=消防",
        "description=堵塞",
        "quantity_found=7",
    )
    assert on("define", file(FIRE), "--dry-run").json["taken"] == []
    found = on("define", file(FIRE)).json
    assert (found["taken"], found["indicators"][0]["state"]) == (["xfyh"], "新增")
    assert on("trace", "xfyh", "--year", "2024").json["value"] == 7
    shown = on("definitions").json[0]
    assert (shown["indicator"], shown["origin"], shown["definition"]) == ("xfyh", "自己的", FIRE)
    out = tmp_path / "出.json"
    assert on("definitions", "-o", out).json == {"file": str(out), "indicators": 1}
    assert on("define", out).json["indicators"][0]["state"] == "相同"
    assert "消防隐患数" in run("definitions", "--db", db).text


def test_a_fault_keeps_all_out_unless_the_rest_is_wanted(on, run, db, file) -> None:
    path = file(FIRE, {**FIRE, "id": "other", "label": "别的", "fields": ["owner"]})
    answer = on("define", path)
    assert (answer.code, answer.json["taken"]) == (1, [])
    assert "不能相加" in answer.json["indicators"][1]["reason"]
    assert on("define", path, "--accept-valid").json["taken"] == ["xfyh"]
    refused = run("define", db, "--db", db)
    assert refused.code == 1
    assert "不是指标定义文件" in refused.err
    assert "没有叫“nobody”的指标" in run("definitions", "nobody", "--db", db).err

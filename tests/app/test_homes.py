"""settings and areas on the command line."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run


def test_settings_are_listed_changed_and_refused(on: Run) -> None:
    before = {one["setting"]: one["value"] for one in on("settings").json}
    assert before["bureau"] == "明溪县应急管理局"
    assert before["county"] == "福建省三明市明溪县"
    changed = on("settings", "落款单位=云山县安委办", "report.sign_date=2025年1月20日").json
    assert {one["label"]: one["value"] for one in changed}["成文日期"] == "2025-01-20"
    for wrong, word in (
        ("天气=晴", "不是设置"),
        ("单位名称=", "写上单位名称"),
        ("县（市、区）=云山", "写全称"),
        ("县级水泵队应建数=-1", "不能小于 0"),
    ):
        refused = on("settings", "signer=不该存", wrong)
        assert refused.code == 1
        assert word in refused.text + refused.err
    assert {one["setting"]: one["value"] for one in on("settings").json}["signer"] == "云山县安委办"


def test_another_county_is_told_what_comes_next(run: Run, tmp_path: Path) -> None:
    made = run("new", "--county", "云山县", "--db", tmp_path / "云山.mxdb")
    assert made.code == 0
    assert "还没有云山县的乡镇和村居，用 areas" in made.err
    assert run("new", "--county", "云山", "--db", tmp_path / "乙.mxdb").code == 2
    gone = run("areas", tmp_path / "没有.xlsx", "--db", tmp_path / "云山.mxdb")
    assert gone.code == 1
    assert "没有这个文件" in gone.err

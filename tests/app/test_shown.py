"""Attachments in the JSON of records and of their history."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.ledger import Ledger

from .conftest import HAZARD, Run


def test_attachments_are_shown_by_name(run: Run, db: Path, on: Run, tmp_path: Path) -> None:
    number = on("add", "hazard", *HAZARD).json["id"]
    assert on("list", "hazard").json["records"][0]["evidence"] == []
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    with Ledger.open(db, operator="李四") as ledger:
        ledger.attach("hazard", number, [photo])
    assert on("list", "hazard").json["records"][0]["evidence"] == ["照片.jpg"]
    entry = on("history", "hazard", number).json[-1]
    assert entry["action"] == "修改"
    assert entry["changes"] == {"evidence": [[], ["照片.jpg"]]}
    assert run("history", "hazard", number, "--db", db).text.endswith("李四 佐证材料添加“照片.jpg”\n")
    [copy] = (db.parent / "附件").rglob("*.jpg")
    copy.chmod(0o644)
    copy.unlink()
    answer = on("verify")
    assert answer.code == 1
    assert answer.json["problems"][0].startswith(f"隐患 #{number} 的佐证材料“照片.jpg”不见了：附件/")

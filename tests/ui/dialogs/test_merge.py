"""The story of an enterprise, and merging several names of one, in their dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from mingxi_desktop.domain.references import ENTERPRISE, Entry
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs import lists as lists_module
from mingxi_desktop.ui.dialogs.enterprise import EnterpriseDialog
from mingxi_desktop.ui.dialogs.entry import EntryDialog
from mingxi_desktop.ui.dialogs.lists import ListsEditor
from mingxi_desktop.ui.dialogs.merge import MergeDialog
from tests.ui.small import put

NAMES = ("甲木业有限公司", "明溪县甲木业", "甲木业（明溪）")


@pytest.fixture
def refs(on_ledger):
    """Name → entry, each with a hazard; the first has two."""

    def build(ledger):
        for number, name in enumerate((*NAMES, NAMES[0])):
            texts = {
                "record_date": f"2024-06-0{number + 1}",
                "area": "盖洋镇",
                "description": "配电箱",
                "place": name,
            }
            put(ledger, "hazard", texts)
        return {entry.name: entry.ref for entry in ledger.entries(ENTERPRISE)}

    return on_ledger(build)


def names(on_ledger) -> list[str]:
    return on_ledger(lambda ledger: [entry.name for entry in ledger.entries(ENTERPRISE, active_only=False)])


def test_the_ticked_names_become_the_chosen_one(real, settle, on_ledger, refs) -> None:
    dialog = MergeDialog(real, ENTERPRISE)
    settle()
    assert dialog._merge.text() == "合并 3 个名称"
    assert dialog.kept.currentText() == NAMES[0]
    dialog._tick(refs[NAMES[1]], False)
    assert dialog._merge.text() == "合并 2 个名称"
    dialog.kept.setCurrentText(NAMES[2])
    assert "2 条记录里的“甲木业有限公司”改成“甲木业（明溪）”" in dialog._what.text()
    dialog.merge()
    settle()
    assert names(on_ledger) == [NAMES[1], NAMES[2]]
    assert dialog._merge.text() == "合并 2 个名称"
    dialog.keep_apart()
    settle()
    assert not dialog._merge.isEnabled()
    assert "没有相近" in dialog._count.text()
    on_ledger(lambda ledger: [ledger.undo(), ledger.undo()])
    assert names(on_ledger) == list(NAMES)
    dialog.reject()


def test_what_cannot_be_merged_is_said_in_the_dialog(real, settle, on_ledger, refs, told) -> None:
    for name, code in ((NAMES[0], "91350421MA31A2B3XX"), (NAMES[1], "91350421MA31A2B40Y")):
        on_ledger(
            lambda ledger, name=name, code=code: (
                ledger._store.references._table.update(code=code)
                .where(ledger._store.references._table.name == name)
                .execute()
            )
        )
    on_ledger(lambda ledger: ledger._store.references.forget())
    dialog = MergeDialog(real, ENTERPRISE, [refs[NAMES[0]], refs[NAMES[1]]])
    settle()
    dialog.merge()
    settle()
    assert "信用代码不同" in dialog._message.text()
    assert dialog._merge.isEnabled()
    assert not told
    assert len(names(on_ledger)) == 3
    dialog.reject()


def test_names_picked_in_the_list_are_merged_and_the_story_opens(
    real, settle, on_ledger, refs, monkeypatch
) -> None:
    opened = []

    class Stand:
        def __init__(self, *args, **more) -> None:
            opened.append((args[1:], more))

        def exec(self) -> int:
            return 0

    monkeypatch.setattr(lists_module, "MergeDialog", Stand)
    monkeypatch.setattr(lists_module, "EnterpriseDialog", Stand)
    editor = ListsEditor(real)
    assert editor._merge.isHidden()
    editor._lists.setCurrentIndex(editor._lists.findData(ENTERPRISE))
    settle()
    assert not editor._merge.isEnabled()
    editor.table.selectAll()
    assert editor._merge.text() == "合并 3 个名称…"
    editor.merge()
    editor.story()
    settle()
    assert sorted(opened[0][0][1]) == sorted(refs.values())
    assert opened[1][0][0] in refs.values()
    editor.deleteLater()


def test_the_story_lists_copies_exports_and_opens(
    real, settle, on_ledger, refs, tmp_path, monkeypatch
) -> None:
    dialog = EnterpriseDialog(real, refs[NAMES[0]])
    settle()
    lines = [line.texts[:2] for line in dialog.table.lines.lines]
    assert lines == [("2024-06-04", "隐患"), ("2024-06-01", "隐患")]
    assert "还没有登记统一社会信用代码" in dialog._about.text()
    dialog.copy()
    assert QGuiApplication.clipboard().text().startswith("日期\t台账\t内容\t状态\r\n2024-06-04\t隐患\t")
    path = tmp_path / "经过.csv"
    monkeypatch.setattr(ask, "save_file", lambda *_, **__: path)
    dialog.export()
    settle()
    assert path.read_text(encoding="utf-8-sig").count("隐患") == 2
    records = []
    real.record_wanted.connect(lambda *pair: records.append(pair))
    dialog.table.opened.emit(dialog.table.current())
    assert records == [("hazard", 4)]
    assert dialog.result() == 0
    assert dialog.isHidden()


def test_a_wrong_credit_code_is_marked_in_the_dialog(real, settle, on_ledger) -> None:
    dialog = EntryDialog(real, Entry(ENTERPRISE, ""), "企业/场所")
    dialog._fields["name"].setText("丁厂")
    dialog._fields["code"].setText("9135042")
    dialog.save()
    settle()
    assert "应是18位" in dialog._message.text()
    assert dialog._fields["code"].property("state") == "error"
    dialog._fields["code"].setText("91350421ma31a2b3xx")
    dialog.save()
    settle()
    assert on_ledger(lambda ledger: ledger.entries(ENTERPRISE)[-1].code) == "91350421MA31A2B3XX"

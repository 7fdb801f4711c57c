"""Townships and villages typed into one field, and the example files of a county."""

from __future__ import annotations

from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ui import ask, example_files
from mingxi_desktop.ui.dialogs.areas import AreasDialog


def test_a_list_is_looked_into_while_it_is_typed(real, settle, on_ledger) -> None:
    dialog = AreasDialog(real)
    settle()
    assert dialog.said.text().startswith("已登记 9 个乡镇、")
    assert not dialog.go.isEnabled()
    dialog.text.setPlainText("云峰镇：东山村\n白石")
    assert "第2行" in dialog.said.text()
    dialog.text.setPlainText("云峰镇：东山村\n雪峰镇")
    settle()
    assert dialog.said.text().startswith("2 个乡镇、1 个村居；新登记 2 个；名单里没有、照样在用的有 8 个乡镇")
    dialog.only.setChecked(True)
    settle()
    assert "停用 8 个乡镇" in dialog.said.text()
    accepted: list[bool] = []
    dialog.accepted.connect(lambda: accepted.append(True))
    dialog.store()
    settle()
    assert accepted
    assert on_ledger(lambda ledger: [one.name for one in ledger.entries(AREA)]) == [
        "雪峰镇",
        "县直",
        "云峰镇",
    ]


def test_example_files_are_written_into_a_folder_of_their_own(
    real, settle, qtbot, monkeypatch, tmp_path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(ask, "folder", lambda *_, **__: tmp_path)
    shown = type("Shown", (), {"openUrl": staticmethod(lambda url: opened.append(url.toLocalFile()))})
    monkeypatch.setattr(example_files, "QDesktopServices", shown)
    dialog = AreasDialog(real)
    example_files.write_examples(real, dialog)
    settle()
    assert opened == [(tmp_path / "示例文件").as_posix()]
    assert len(list((tmp_path / "示例文件").iterdir())) == 13
    dialog.reject()

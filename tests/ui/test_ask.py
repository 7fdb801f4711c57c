"""Dialogs: plain text, verbs on the buttons, the safe answer by default, Esc cancels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import ask

Look = Callable[[QMessageBox], object]


@pytest.fixture
def answer(app, qtbot):
    """Asks, and while the box is open looks at it and presses a button, or Esc."""

    def press(asking: Callable[[], Any], button: str = "", look: Look = lambda box: None) -> Any:
        seen: list[QMessageBox] = []

        def act() -> None:
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox):
                QTimer.singleShot(10, act)
                return
            seen.append(box)
            look(box)
            if button:
                next(one for one in box.buttons() if one.text() == button).click()
            else:
                qtbot.keyClick(box, Qt.Key.Key_Escape)

        QTimer.singleShot(0, act)
        result = asking()
        assert seen
        return result

    return press


def test_a_dangerous_question_has_cancel_as_default(answer) -> None:
    def look(box: QMessageBox) -> None:
        assert box.defaultButton().text() == "取消"
        assert box.text() == "删除 3 条隐患？"

    def asking() -> bool:
        return ask.question("删除 3 条隐患？", yes="删除 3 条", danger=True)

    assert answer(asking, "删除 3 条", look) is True
    assert answer(asking) is False


def test_what_is_done_is_closed_and_not_cancelled(answer) -> None:
    def asking() -> bool:
        return ask.offer("已生成 2 个退回文件", yes="打开文件夹")

    assert answer(asking, "打开文件夹") is True
    assert answer(asking, "关闭") is False
    assert answer(asking) is False


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("保存", ask.Answer.SAVE),
        ("不保存", ask.Answer.DISCARD),
        ("取消", ask.Answer.CANCEL),
        ("", ask.Answer.CANCEL),
    ],
)
def test_leaving_with_changes(answer, button: str, expected: ask.Answer) -> None:
    assert answer(lambda: ask.save_changes("隐患 2024-0731"), button) is expected


def test_choosing_one_of_several_ways(answer) -> None:
    assert answer(lambda: ask.choose("打开", "", ["只读打开", "新建"]), "新建") == 1
    assert answer(lambda: ask.choose("打开", "", ["只读打开", "新建"])) == -1


def test_an_error_says_what_where_and_what_next_as_plain_text(answer) -> None:
    def look(box: QMessageBox) -> None:
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert box.text() == "<b>打不开</b>"
        assert box.informativeText() == "D:/台账.xlsx\n\n关闭 Excel 后再试"

    answer(
        lambda: ask.show_error(UserError("<b>打不开</b>", "D:/台账.xlsx", "关闭 Excel 后再试")),
        "知道了",
        look,
    )


def test_a_bug_is_told_without_a_traceback(answer) -> None:
    def look(box: QMessageBox) -> None:
        assert "日志" in box.informativeText()
        assert "Traceback" not in box.informativeText() + box.detailedText()

    answer(lambda: ask.show_bug(ValueError("x")), "关闭", look)


def test_files_are_named_safely_and_get_their_ending(app, monkeypatch, tmp_path) -> None:
    proposed: list[str] = []

    def dialog(parent: object, title: str, start: str, filters: str) -> tuple[str, str]:
        proposed.append(start)
        return str(tmp_path / "年报"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    assert ask.save_file("保存", "年报:2024.pdf", "PDF (*.pdf)", folder=tmp_path) == tmp_path / "年报.pdf"
    assert proposed == [str(tmp_path / "年报_2024.pdf")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert ask.save_file("保存", "a.pdf", "PDF (*.pdf)") is None


def test_the_next_file_is_looked_for_where_the_last_one_was(app, monkeypatch, tmp_path) -> None:
    (tmp_path / "月报").mkdir()
    begun: list[Path] = []
    answer = ""

    def dialog(_parent: object, _title: str, start: str, *_filters: str) -> tuple[str, str]:
        begun.append(Path(start))
        return answer, ""

    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, dialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *asked: ([dialog(*asked)[0]], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: dialog(*asked)[0])
    monkeypatch.setattr(ask, "_last", [])
    monkeypatch.setattr(ask, "_documents", lambda: tmp_path)
    ask.save_file("导出", "a.xlsx", "")
    answer = str(tmp_path / "月报" / "b.xlsx")
    ask.open_file("打开", "", folder=tmp_path / "别处")
    ask.save_file("导出", "a.xlsx", "")
    ask.open_files("打开", "")
    answer = str(tmp_path)
    ask.folder("文件夹")
    ask.open_file("打开", "")
    month = tmp_path / "月报"
    assert begun == [tmp_path / "a.xlsx", tmp_path / "别处", month / "a.xlsx", month, month, tmp_path]


def test_a_folder_that_is_gone_is_not_begun_in(app, monkeypatch, tmp_path) -> None:
    begun: list[str] = []

    def dialog(_parent: object, _title: str, start: str, _filters: str) -> tuple[str, str]:
        begun.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    monkeypatch.setattr(ask, "_last", [tmp_path / "拔掉的U盘"])
    monkeypatch.setattr(ask, "_documents", lambda: tmp_path)
    ask.save_file("导出", "a.xlsx", "")
    assert begun == [str(tmp_path / "a.xlsx")]


def test_who_has_no_folder_for_documents_begins_in_her_own(app, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "文档"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert ask._documents() == tmp_path
    (tmp_path / "文档").mkdir()
    assert ask._documents() == tmp_path / "文档"

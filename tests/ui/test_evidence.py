"""佐证材料 in the form: looked at, pasted, dragged, copied elsewhere; what is missing or there already is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.dialogs.preview import PreviewDialog
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.evidence_cases import attached, evidence, file, opener
from tests.ui.small import rest


@pytest.fixture
def panel(context, shown):
    yield opener(context, shown)
    drafts.settle()


@pytest.fixture
def photo(tmp_path) -> Path:
    return file(tmp_path, "照片.jpg", b"photo")


@pytest.fixture
def picture(tmp_path) -> Path:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    path = tmp_path / "现场.png"
    assert image.save(str(path))
    return path


def drag(widget, *paths: Path) -> bool:
    """Drag files over a widget and let go, as Qt hands it on to the widget's parents."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    while widget is not None:
        if widget.acceptDrops():
            enter = QDragEnterEvent(QPoint(5, 5), *how)
            QApplication.sendEvent(widget, enter)
            if enter.isAccepted():
                event = QDropEvent(QPointF(5, 5), *how)
                QApplication.sendEvent(widget, event)
                return event.isAccepted()
        widget = widget.parentWidget()
    return False


def items(panel: RecordPanel) -> list[str]:
    found = evidence(panel)._list
    return [found.item(place).text() for place in range(found.count())]


def test_pictures_and_sizes_are_shown_and_looked_at(
    panel, context, photo, picture, monkeypatch, qtbot
) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([picture, photo])
    rest(context.worker)
    assert items(made)[1] == "照片.jpg\n0.1 KB"
    shown = evidence(made)._list
    pixels = shown.item(0).icon().pixmap(QSize(40, 40), 2.0).toImage()
    assert pixels.pixelColor(40, 40) == Qt.GlobalColor.red
    seen: list[PreviewDialog] = []

    def note(dialog: PreviewDialog) -> None:
        seen.append(dialog)

    monkeypatch.setattr(PreviewDialog, "exec", note)
    shown.setFocus()
    shown.setCurrentRow(0)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    [dialog] = seen
    rest(context.worker)
    assert (dialog.name, dialog.sight.image.width(), dialog.sight.reason) == ("现场.png", 400, "")
    QTest.keyClick(dialog.sight, Qt.Key.Key_Right)
    rest(context.worker)
    assert dialog.name == "照片.jpg"
    assert dialog.sight.image is None
    assert "读不出来" in dialog.sight.reason
    dialog.reject()
    QTest.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(1)).center()
    )
    assert len(seen) == 1, "a click beside the picture only selects"
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert [dialog.name for dialog in seen[1:]] == ["现场.png"]
    seen[1].reject()


def test_a_copy_that_is_missing_is_said_in_words(panel, context, photo, answers) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    [copy] = (context.path.parent / "附件").rglob("*.jpg")
    copy.chmod(0o644)
    copy.unlink()
    made.show_record(2)
    made.show_record(1)
    rest(context.worker)
    assert items(made) == ["照片.jpg\n▲ 文件不见了：点“打开”看怎么办"]
    evidence(made).save_wanted.emit("照片.jpg")
    rest(context.worker)
    [error] = answers.told
    answers.told.clear()
    assert "检查数据完整性" in error.hint


def test_a_copied_picture_is_pasted(panel, context, picture, photo) -> None:
    made = panel(1)
    clipboard = QApplication.clipboard()
    clipboard.setImage(QImage(str(picture)))
    shown = evidence(made)
    shown._paste.click()
    rest(context.worker)
    [name] = attached(context, 1)
    assert name.startswith("粘贴的图片-")
    drafts.settle()
    assert not (context.path.parent / drafts.FOLDER).exists(), "the ledger has it now"
    said = []
    context.said.connect(said.append)
    clipboard.setText("文字")
    shown._paste.click()
    assert "剪贴板里没有图片" in said[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    clipboard.setMimeData(data)
    shown._list.setFocus()
    QTest.keySequence(shown._list, QKeySequence.StandardKey.Paste)
    rest(context.worker)
    assert len(attached(context, 1)) == 2


def test_where_nothing_was_copied_yet_pasting_says_so(panel, context) -> None:
    made = panel(1)
    said: list[str] = []
    context.said.connect(said.append)
    QApplication.clipboard().clear()
    evidence(made)._paste.click()
    assert "剪贴板里没有图片" in said[0]


def test_a_picture_pasted_into_a_new_record_goes_with_it_or_not_at_all(
    panel, context, picture, answers
) -> None:
    made = panel()
    QApplication.clipboard().setImage(QImage(str(picture)))
    evidence(made)._paste.click()
    rest(context.worker)
    assert made.dirty
    [kept] = (context.path.parent / drafts.FOLDER).rglob("*.png")
    answers.leave = Answer.DISCARD
    assert made.may_leave()
    drafts.settle()
    assert not kept.exists()


def test_files_are_dragged_onto_the_form_and_tables_are_left_to_the_import(
    panel, context, photo, tmp_path
) -> None:
    made = panel(1)
    memo = made.form.inputs["description"].editor.viewport()
    assert drag(memo, photo)
    rest(context.worker)
    assert attached(context, 1) == ["照片.jpg"]
    sheet = file(tmp_path, "隐患.xlsx", b"sheet")
    assert not drag(memo, sheet)
    assert drag(evidence(made), sheet), "but on the list it is meant as evidence"
    rest(context.worker)
    assert attached(context, 1) == ["照片.jpg", "隐患.xlsx"]
    made.clear()
    assert not drag(made, photo)


def test_what_is_there_already_is_said(panel, context, photo, tmp_path) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    said = []
    context.said.connect(said.append)
    evidence(made).add_wanted.emit([file(tmp_path, "拷贝.jpg", b"photo"), file(tmp_path, "另.jpg", b"else")])
    rest(context.worker)
    assert said[-1] == "“拷贝.jpg”和“照片.jpg”内容相同，没有重复添加"
    assert attached(context, 1) == ["照片.jpg", "另.jpg"]


def test_one_waiting_file_that_went_does_not_cost_the_others(
    panel, context, photo, tmp_path, answers
) -> None:
    made = panel()
    gone = file(tmp_path, "U盘上的.jpg", b"usb")
    evidence(made).add_wanted.emit([photo, gone])
    rest(context.worker)
    gone.unlink()
    for name, text in {"area": "雪峰镇", "field": "消防", "description": "楼道堆物"}.items():
        made.form.inputs[name].set_text(text)
    made.save()
    rest(context.worker)
    [error] = answers.told
    answers.told.clear()
    assert "U盘上的.jpg" in error.title
    assert attached(context, 7) == ["照片.jpg"]


def test_a_file_is_written_elsewhere(panel, context, photo, answers, tmp_path) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    answers.file = tmp_path / "给县里.jpg"
    evidence(made).save_wanted.emit("照片.jpg")
    rest(context.worker)
    assert answers.file.read_bytes() == b"photo"
    assert answers.asked == ["照片.jpg"]

"""佐证材料 in the form: attached at once or after the first save, opened, taken off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.inputs.files import FilesInput
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
def opened(monkeypatch) -> list[Path]:
    """What was handed to the PC's programs."""
    found: list[Path] = []

    def take(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return len(found) < 2

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


def drop(widget: FilesInput, *paths: Path) -> bool:
    """Drag files over the input and let go; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *how)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(5, 5), *how)
        QApplication.sendEvent(widget, event)
        return event.isAccepted()
    return False


def test_files_dropped_on_a_stored_record_are_attached_at_once(panel, context, photo, tmp_path) -> None:
    made = panel(1)
    heard = []
    context.changed.connect(heard.append)
    assert evidence(made)._count.text() == ""
    assert drop(evidence(made), photo, file(tmp_path, "通知.pdf", b"notice"))
    rest(context.worker)
    assert attached(context, 1) == ["照片.jpg", "通知.pdf"]
    assert evidence(made).text() == "照片.jpg\n通知.pdf"
    assert evidence(made)._count.text() == "2 个文件"
    assert not made.dirty
    assert [changes.fields for changes in heard] == [("evidence",)]
    made.show_record(2)
    rest(context.worker)
    assert evidence(made).text() == ""
    made.show_record(1)
    rest(context.worker)
    assert evidence(made).text() == "照片.jpg\n通知.pdf"


def test_what_is_typed_stays_while_files_come_and_go(panel, context, photo) -> None:
    made = panel(1)
    owner = made.form.inputs["owner"].editor
    owner.setFocus()
    owner.insert("wang")
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    assert evidence(made).text() == "照片.jpg"
    assert made.form.inputs["owner"].text() == "wang"
    context.write(lambda ledger: ledger.undo(), owner=made)
    rest(context.worker)
    assert evidence(made).text() == ""
    assert made.form.inputs["owner"].text() == "wang"


def test_files_of_a_new_record_wait_until_it_is_stored(panel, context, photo, tmp_path, opened) -> None:
    (tmp_path / "二").mkdir()
    twin = file(tmp_path / "二", "照片.jpg", b"other")
    scan = file(tmp_path, "扫描件.pdf", b"scan")
    made = panel()
    assert not made.dirty
    drop(evidence(made), photo, twin, scan)
    rest(context.worker)
    drop(evidence(made), photo)
    rest(context.worker)
    assert evidence(made).text() == "照片.jpg\n照片 (2).jpg\n扫描件.pdf"
    assert made.dirty
    evidence(made).remove_wanted.emit("扫描件.pdf")
    assert evidence(made)._count.text() == "2 个文件"
    evidence(made).open_wanted.emit("照片.jpg")
    rest(context.worker)
    assert opened == [photo]
    made.save()
    rest(context.worker)
    assert evidence(made).text() == "照片.jpg\n照片 (2).jpg", "a refused save loses nothing"
    for name, text in {"area": "雪峰镇", "field": "消防", "description": "楼道堆物"}.items():
        made.form.inputs[name].set_text(text)
    made.save()
    rest(context.worker)
    assert made.record_id == 7
    assert attached(context, 7) == ["照片.jpg", "照片 (2).jpg"]
    assert evidence(made).text() == "照片.jpg\n照片 (2).jpg"
    assert not made.dirty


def test_save_and_new_attaches_to_the_record_that_was_saved(panel, context, photo) -> None:
    made = panel()
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    for name, text in {"area": "雪峰镇", "field": "消防", "description": "楼道堆物"}.items():
        made.form.inputs[name].set_text(text)
    made.save_and_new()
    rest(context.worker)
    assert made.record_id is None
    assert evidence(made).text() == ""
    assert not made.dirty
    assert attached(context, 7) == ["照片.jpg"]


def test_waiting_files_count_as_unsaved(panel, context, photo, answers) -> None:
    made = panel()
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    answers.leave = Answer.DISCARD
    assert made.may_leave()
    assert answers.asked == ["新增隐患"]
    made.start_new()
    rest(context.worker)
    assert evidence(made).text() == ""
    assert not made.dirty


def test_a_file_that_comes_too_late_goes_to_no_wrong_record(panel, context, photo) -> None:
    made = panel()
    evidence(made).add_wanted.emit([photo])
    made.show_record(2)
    said = []
    context.said.connect(said.append)
    made._evidence.show(2)
    rest(context.worker)
    assert made.record_id == 2
    assert evidence(made).text() == ""
    assert attached(context, 2) == []
    assert said
    assert "请再添加一次" in said[0]


@pytest.mark.parametrize("record", [None, 1])
def test_what_cannot_be_attached_is_told_at_once(panel, context, answers, tmp_path, record) -> None:
    made = panel(record)
    evidence(made).add_wanted.emit([tmp_path / "没有.jpg"])
    rest(context.worker)
    [error] = answers.told
    answers.told.clear()
    assert isinstance(error, UserError)
    assert error.title == "找不到要添加的文件"
    assert evidence(made).text() == ""
    assert not made.dirty


def test_removing_asks_and_can_be_undone(panel, context, photo, answers) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    answers.yes = False
    evidence(made).remove_wanted.emit("照片.jpg")
    rest(context.worker)
    assert attached(context, 1) == ["照片.jpg"]
    answers.yes = True
    evidence(made).remove_wanted.emit("照片.jpg")
    rest(context.worker)
    assert answers.asked == ["把“照片.jpg”从这条记录移除？"] * 2
    assert evidence(made).text() == ""
    context.write(lambda ledger: ledger.undo(), owner=made)
    rest(context.worker)
    assert evidence(made).text() == "照片.jpg"


def test_files_are_opened_by_the_programs_of_the_pc(panel, context, photo, answers, opened) -> None:
    made = panel(1)
    evidence(made).add_wanted.emit([photo])
    rest(context.worker)
    evidence(made)._list.itemActivated.emit(evidence(made)._list.item(0))
    rest(context.worker)
    [path] = opened
    assert path.read_bytes() == b"photo"
    assert path.parent.parent == context.path.parent / "附件"
    evidence(made).open_wanted.emit("照片.jpg")
    rest(context.worker)
    assert answers.told.pop().title == "这台电脑没有能打开“照片.jpg”的程序"
    path.chmod(0o644)
    path.unlink()
    evidence(made).open_wanted.emit("照片.jpg")
    rest(context.worker)
    assert answers.told.pop().title == "佐证材料“照片.jpg”不见了"
    assert len(opened) == 2


def test_nothing_is_dropped_on_a_form_to_read_only(panel, context, photo) -> None:
    made = panel(1)
    made.form.set_read_only(True)
    assert not drop(evidence(made), photo)
    rest(context.worker)
    assert attached(context, 1) == []


def test_records_from_elsewhere_do_not_matter(panel, context, photo) -> None:
    made = panel(1)
    context.write(lambda ledger: ledger.attach("hazard", 2, [photo]), owner=made)
    rest(context.worker)
    assert evidence(made).text() == ""
    found = []
    context.worker.run(
        lambda ledger: ledger.records("hazard", ledger.ids(Query("hazard"))), done=found.append
    )
    rest(context.worker)
    assert [record.id for record in found[0] if record.values["evidence"]] == [2]

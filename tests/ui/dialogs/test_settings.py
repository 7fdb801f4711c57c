"""Settings, reference lists, restore, about, the first start."""

from __future__ import annotations

import re
import time
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QSettings

from mingxi_desktop.domain.references import AREA, CHOICE_PREFIX, ITEM, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, demo
from mingxi_desktop.ledger.overview import overview
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.dialogs import start as start_module
from mingxi_desktop.ui.dialogs.about import LIBRARIES, AboutDialog
from mingxi_desktop.ui.dialogs.entry import EntryDialog
from mingxi_desktop.ui.dialogs.lists import ListsEditor
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from mingxi_desktop.ui.dialogs.settings import SettingsDialog
from mingxi_desktop.ui.dialogs.start import StartDialog, recent_files, remember


@pytest.fixture
def settings(tmp_path, app) -> QSettings:
    return QSettings(str(tmp_path / "start.ini"), QSettings.Format.IniFormat)


def test_settings_are_kept_in_the_file(real, settle, on_ledger) -> None:
    dialog = SettingsDialog(real)
    settle()
    dialog._fields["bureau"].setText("清流县应急管理局")
    dialog._fields["report.sign_date"].setText("2025年1月20日")
    dialog._fields["target.township_pump_teams"].setText("１２")
    dialog._operator.setText("李四")
    dialog.save()
    settle()
    keys = ("bureau", "report.sign_date", "target.township_pump_teams", "target.county_pump_teams")
    kept = on_ledger(lambda ledger: [ledger.setting(key) for key in keys])
    assert kept == ["清流县应急管理局", "2025-01-20", "12", ""]
    assert real.settings.value("operator") == "李四"


@pytest.mark.parametrize(
    ("key", "text", "word"),
    [
        ("bureau", " ", "单位名称"),
        ("report.sign_date", "年底", "成文日期"),
        ("target.county_pump_teams", "若干", "应建数"),
    ],
)
def test_wrong_settings_keep_nothing(real, settle, on_ledger, key, text, word) -> None:
    dialog = SettingsDialog(real)
    settle()
    dialog._fields["signer"].setText("不该存")
    dialog._fields[key].setText(text)
    dialog.save()
    settle()
    assert word in dialog._message.text()
    assert on_ledger(lambda ledger: ledger.setting("signer")) == ""
    dialog.reject()


def test_a_cleared_number_goes_back_to_the_delivered_one(real, settle, on_ledger) -> None:
    on_ledger(lambda ledger: ledger.set_setting("target.county_pump_teams", "3"))
    dialog = SettingsDialog(real)
    settle()
    dialog._fields["target.county_pump_teams"].setText("")
    dialog.save()
    settle()
    assert on_ledger(lambda ledger: ledger.setting("target.county_pump_teams")) == "1"


def test_entries_are_added_stopped_and_used_again(real, settle, on_ledger) -> None:
    editor = ListsEditor(real)
    editor._lists.setCurrentIndex(editor._lists.findData(ITEM))
    settle()
    before = editor.table.lines.rowCount()
    dialog = EntryDialog(real, Entry(ITEM, ""), "物资")
    dialog._fields["name"].setText("帐篷灯")
    dialog.save()
    assert "单位" in dialog._message.text()
    for name, text in {"unit": "盏", "group": "救助物资", "floor": "20", "aliases": "营地灯，露营灯"}.items():
        dialog._fields[name].setText(text)
    dialog.save()
    settle()
    editor.read()
    settle()
    assert editor.table.lines.rowCount() == before + 1
    stored = on_ledger(lambda ledger: ledger.entries(ITEM)[-1])
    assert (stored.unit, stored.extra["floor"], stored.aliases) == ("盏", "20", ("营地灯", "露营灯"))
    editor.table.selectRow(before)
    editor.switch()
    settle()
    assert stored.name not in [entry.name for entry in on_ledger(lambda ledger: ledger.entries(ITEM))]
    assert editor._stop.text() == "重新启用"
    editor.deleteLater()


def test_a_name_that_is_there_is_refused_in_the_dialog(real, settle, told) -> None:
    dialog = EntryDialog(real, Entry(AREA, ""), "乡镇")
    dialog._fields["name"].setText("盖洋镇")
    dialog.save()
    settle()
    assert "已经有“盖洋镇”" in dialog._message.text()
    assert not told
    dialog.reject()


def test_own_words_are_offered_at_once(real, settle) -> None:
    editor = ListsEditor(real)
    editor._lists.setCurrentIndex(editor._lists.findData(f"{CHOICE_PREFIX}industry"))
    settle()
    assert not editor._change.isEnabled()
    dialog = EntryDialog(real, Entry(editor.list_name, ""), "行业领域")
    dialog._fields["name"].setText("低空经济")
    dialog.accepted.connect(editor._changed)
    dialog.save()
    settle()
    from mingxi_desktop.domain.kinds import kind_of

    field = next(field for field in kind_of("hazard").fields if field.choices == "industry")
    assert "低空经济" in real.sources.choices(field)
    editor.deleteLater()


def test_restore_says_what_would_be_different(real, settle, on_ledger) -> None:
    backup = on_ledger(lambda ledger: ledger.backup())
    values = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "甲", "quantity_found": "1"}
    on_ledger(lambda ledger: ledger.add("hazard", ledger.parse("hazard", values)[0]))
    dialog = RestoreDialog(real)
    settle()
    assert "隐患 去掉 1 条" in dialog._differs.text()
    dialog.restore()
    assert dialog.chosen == backup


def test_a_damaged_backup_is_told_and_nothing_breaks(real, settle, on_ledger, told) -> None:
    folder = real.path.parent / "备份"
    folder.mkdir()
    (folder / "坏的.mxbak").write_bytes(b"no ledger")
    dialog = RestoreDialog(real)
    settle()
    assert "▲" in dialog._differs.text()
    assert not told
    dialog.reject()


def test_about_names_file_fonts_and_licence(real, settle) -> None:
    dialog = AboutDialog(real)
    settle()
    assert str(real.path) in dialog.text()
    assert "仿宋" in dialog.text()
    assert "程序文件：开发版，没有清单" in dialog.text()
    dialog.reject()


def test_everything_that_is_installed_is_named_with_its_licence() -> None:
    named = {re.sub(r"[-_.]+", "-", name).lower() for name, _, _ in LIBRARIES}
    wanted, seen = ["mingxi-desktop"], set()
    while wanted:
        for line in metadata.requires(wanted.pop()) or ():
            need = Requirement(line)
            name = re.sub(r"[-_.]+", "-", need.name).lower()
            if name not in seen and (need.marker is None or need.marker.evaluate({"extra": ""})):
                seen.add(name)
                wanted.append(name)
    assert len(seen) > 20
    assert seen <= named


def test_a_new_ledger_carries_the_bureau(qtbot, settings) -> None:
    dialog = StartDialog(settings)
    dialog._go(1)
    dialog._bureau.setText("")
    assert not dialog._create.isEnabled()
    dialog._bureau.setText("清流县应急管理局")
    with qtbot.waitSignal(dialog.accepted):
        dialog.make_new()
    assert dialog.path is not None
    with Ledger.open(dialog.path) as ledger:
        assert ledger.setting("bureau") == "清流县应急管理局"
    assert recent_files(settings) == [dialog.path]


def test_the_example_can_be_stopped(qtbot, settings, monkeypatch) -> None:
    def build(path, year, bureau, *, progress) -> None:
        path.write_bytes(b"")
        try:
            while True:
                progress(1, 2)
                time.sleep(0.001)
        except BaseException:
            path.unlink()
            raise

    monkeypatch.setattr(demo, "build", build)
    dialog = StartDialog(settings)
    dialog.open_example()
    dialog._cancel()
    qtbot.waitUntil(lambda: dialog._job is None)
    assert dialog._stack.currentIndex() == 0
    assert not start_module.example_file().exists()
    dialog.reject()


def test_a_refused_place_is_told(qtbot, settings, told, tmp_path) -> None:
    taken = tmp_path / "there.mxdb"
    Ledger.create(taken).close()
    dialog = StartDialog(settings)
    dialog._go(1)
    dialog._file.setText(str(taken))
    dialog.make_new()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], UserError)
    assert dialog.path is None
    dialog.reject()


def test_recent_files_are_the_newest_first_and_there(settings, tmp_path) -> None:
    files = [tmp_path / f"{number}.mxdb" for number in range(7)]
    for file in files:
        file.write_bytes(b"")
        remember(settings, file)
    files[6].unlink()
    assert recent_files(settings) == [files[5], files[4], files[3], files[2]]


# what the window needs of the PC and the ledger


def test_cards_are_chosen_and_ordered(real, settle, on_ledger) -> None:
    dialog = SettingsDialog(real)
    settle()
    cards = dialog.cards
    assert cards.value() == ""
    cards._search.setText("yjylcs")
    assert [line.key for line in cards.table.lines.lines] == ["drills"]
    cards.table.ticked.emit("drills", False)
    cards._search.clear()
    for name in ("fines", "penalties"):
        cards.table.ticked.emit(name, True)
    assert "选了 8 个" in cards._count.text()
    cards.table.ticked.emit("drills", True)
    assert "最多 8 个，先去掉一个" in cards._count.text()
    cards.table.selectRow(1)
    cards._up.click()
    dialog.save()
    settle()
    kept = on_ledger(lambda ledger: [card.indicator.id for card in overview(ledger, 2024).cards])
    assert kept[:2] == ["hazard_rectification_rate", "hazards_found"]
    assert kept[-2:] == ["fines", "penalties"]


def test_the_look_changes_at_once_and_comes_back_at_cancel(real, settle, app, qtbot) -> None:
    real.settings.setValue("appearance", "light")
    dialog = SettingsDialog(real)
    settle()
    try:
        dialog._look.setCurrentIndex(dialog._look.findData("dark"))
        qtbot.waitUntil(lambda: theme.current().dark)
        dialog.reject()
        qtbot.waitUntil(lambda: not theme.current().dark)
        assert real.settings.value("appearance") == "light"
    finally:
        style.apply(app, "light")


def test_what_is_wrong_keeps_nothing_on_this_pc_either(real, settle, on_ledger) -> None:
    dialog = SettingsDialog(real)
    settle()
    dialog._fields["signer"].setText("不该存")
    dialog._operator.setText("一" * 21)
    dialog.save()
    settle()
    assert "操作人有 21 个字，最多 20 个字" in dialog._message.text()
    assert dialog._operator.isVisibleTo(dialog)
    assert on_ledger(lambda ledger: ledger.setting("signer")) == ""
    assert real.settings.value("operator") is None
    dialog.reject()


def test_another_county_is_understood_as_the_countys_own(real, settle, on_ledger) -> None:
    dialog = SettingsDialog(real)
    settle()
    dialog._fields["county"].setText("清流县")
    dialog.save()
    settle()
    values, findings = on_ledger(lambda ledger: ledger.parse("hazard", {"area": "清流县"}))
    assert not [item for item in findings if item.severity == "error"]
    assert on_ledger(lambda ledger: ledger.show("hazard", "area", values["area"])) == "县直"


# the first start


def test_a_wrong_file_is_told_and_the_choice_stays(qtbot, settings, told, tmp_path) -> None:
    dialog = StartDialog(settings)
    for name, text, word in (
        ("花名册.xlsx", "x", "不是台账文件"),
        ("文字.mxdb", "这不是数据库" * 30, "不是台账"),
        ("空的.mxdb", "", "空的"),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        told.clear()
        dialog._open(file)
        qtbot.waitUntil(lambda: bool(told) and dialog._job is None)
        assert word in told[0].title
        assert told[0].hint
    assert dialog.path is None
    assert recent_files(settings) == [], "what could not be opened is not remembered"
    dialog.reject()


def test_a_ledger_is_looked_into_before_it_is_taken(qtbot, settings, tmp_path) -> None:
    path = tmp_path / "真的.mxdb"
    Ledger.create(path).close()
    dialog = StartDialog(settings)
    with qtbot.waitSignal(dialog.accepted):
        dialog._open(path)
    assert dialog.path == path
    assert recent_files(settings) == [path]


def test_a_backup_alone_becomes_a_ledger(qtbot, settings, monkeypatch, tmp_path) -> None:
    path = tmp_path / "台账.mxdb"
    with Ledger.create(path, bureau="清流县应急管理局") as ledger:
        backup = ledger.backup()
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    dialog = StartDialog(settings)
    with qtbot.waitSignal(dialog.accepted):
        dialog._open(backup)
    assert dialog.path is not None
    assert dialog.path.suffix == ".mxdb"
    assert backup.exists()
    with Ledger.open(dialog.path) as ledger:
        assert ledger.setting("bureau") == "清流县应急管理局"


def test_a_name_too_long_is_said_beside_the_field(settings, app) -> None:
    dialog = StartDialog(settings)
    dialog._go(1)
    dialog._bureau.setText("局" * 51)
    assert dialog._wrong.text() == "单位名称长了 1 个字，最多 50 个字"
    assert not dialog._create.isEnabled()
    dialog.reject()


def test_backups_go_where_the_settings_say(real, settle, on_ledger, tmp_path) -> None:
    taken, folder = tmp_path / "file", tmp_path / "另一块硬盘"
    taken.write_bytes(b"")
    dialog = SettingsDialog(real)
    settle()
    dialog._operator.setText("李四")
    dialog._fields["backup.folder"].setText(str(taken))
    dialog.save()
    settle()
    assert "不能放备份" in dialog._message.text()
    assert on_ledger(lambda ledger: ledger.setting("backup.folder")) == ""
    dialog._fields["backup.folder"].setText(str(folder))
    dialog.save()
    settle()
    backup = on_ledger(lambda ledger: ledger.backup())
    assert backup.parent == folder
    restoring = RestoreDialog(real)
    settle()
    assert [line.key for line in restoring.table.lines.lines] == [backup]
    restoring.reject()
    values = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "甲", "quantity_found": "1"}
    number = on_ledger(lambda ledger: ledger.add("hazard", ledger.parse("hazard", values)[0])).added[0][1]
    assert on_ledger(lambda ledger: ledger.history("hazard", number))[0].by == "李四", "from now on"


def test_reports_are_set_in_the_fonts_the_settings_say(real, settle, on_ledger) -> None:
    dialog = SettingsDialog(real)
    settle()
    dialog._fonts.setCurrentIndex(1)
    dialog.save()
    settle()
    assert on_ledger(reporting._bundled)

"""加密… driven to each of its ends: refused by the disk, cancelled, opened again, taken off, another code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

from mingxi_desktop.errors import PasswordError
from mingxi_desktop.ledger import Ledger, placing
from mingxi_desktop.ledger.safekeeping import backups, closing
from mingxi_desktop.storage import cipher, keys
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs import encryption
from mingxi_desktop.ui.dialogs.encryption import EncryptDialog, EncryptedDialog, LeftDialog, RenewDialog
from mingxi_desktop.ui.dialogs.unlock import UnlockDialog
from mingxi_desktop.ui.jobs import Worker
from tests.ciphers import CODE, PASSWORD, forget, quickly
from tests.ledgers import BACKUP_BEFORE
from tests.ui.small import rest
from tests.ui.test_drafts import DRAFT

OTHER = "另一个口令 2025"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    monkeypatch.setattr(backups.Backups, "before", BACKUP_BEFORE)


def listed(dialog: LeftDialog) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str]]:
    """(names of files, what is said of them) of each list of plain files that was shown."""
    found: list[tuple[list[str], str]] = []

    def look(dialog: LeftDialog) -> int:
        found.append((listed(dialog), " ".join(one.text() for one in dialog.findChildren(QLabel))))
        return 1

    monkeypatch.setattr(LeftDialog, "exec", look)
    return found


@pytest.fixture
def filled(context: Context, shows: Callable[..., Any]) -> EncryptDialog:
    """The dialog with all that it asks for."""
    made = shows(EncryptDialog(context, CODE))
    for line in (made.new, made.again):
        line.edit.setText(PASSWORD)
    made.part.back.setText(CODE)
    return made


@pytest.fixture
def asking(context: Context) -> Iterator[QWidget]:
    """Stands for the window over which the dialog is asked for; the ledger is there until it has gone."""
    made = QWidget()
    yield made
    made.deleteLater()


@pytest.fixture
def encrypted(filled: EncryptDialog, context: Context, left: list[Any], db: Path) -> Path:
    """The ledger, encrypted by the dialog and still open."""
    filled._go.click()
    rest(context.worker)
    assert cipher.encrypted(db)
    return db


def hazards(context: Context) -> int:
    answers: list[Any] = []
    context.read(Ledger.counts, done=answers.append, owner=context)
    rest(context.worker)
    return int(answers[0]["hazard"])


def opened(path: Path, password: str) -> bool:
    """Whether the ledger opens for who knows but this."""
    try:
        with Ledger.open(path, password=password) as ledger:
            return ledger.verify() == []
    except PasswordError:
        return False


def test_what_stays_readable_is_listed_and_kept(filled, context, left, db) -> None:
    context.worker.run(lambda ledger: (ledger.backup(), closing.write_readable(ledger)))
    rest(context.worker)
    place = drafts.new_place(db, DRAFT.kind)
    drafts.keep(DRAFT, place)
    drafts.settle()
    filled._go.click()
    rest(context.worker)
    [(names, said)] = left
    assert [name.rpartition(".")[2] for name in names] == ["mxbak", "xlsx"]
    for word in ("佐证材料", "草稿", "交接包", "U盘"):
        assert word in said
    assert [one.place for one in drafts.pending(db)] == [place]
    assert {one.name for one in (db.parent / "备份").iterdir()} >= set(names)
    drafts.discard(place)
    drafts.settle()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "full"), "满了"),
        (PermissionError(errno.EACCES, "held"), "关闭可能占着它的程序"),
    ],
    ids=["full", "held"],
)
def test_a_refusing_disk_leaves_a_plain_ledger_and_all_that_was_typed(
    filled, context, left, db, fault, said, monkeypatch
) -> None:
    settle = placing.settle

    def refusing(part: Path, target: Path) -> None:
        if target == db:
            raise fault
        settle(part, target)

    monkeypatch.setattr(placing, "settle", refusing)
    filled._go.click()
    rest(context.worker)
    assert filled.isVisible()
    assert "台账和原来一样" in filled.message
    assert said in filled.message
    assert left == []
    assert not cipher.encrypted(db)
    assert not keys.beside(db).exists()
    assert not list(db.parent.glob("*.part*"))
    assert hazards(context) == 6
    monkeypatch.setattr(placing, "settle", settle)
    assert filled._go.isEnabled()
    filled._go.click()
    rest(context.worker)
    assert cipher.encrypted(db)
    assert hazards(context) == 6


def test_cancelled_amid_nothing_is_done_and_the_next_code_is_another(
    filled, context, asking, db, monkeypatch
) -> None:
    filled.reject()
    assert not filled.isVisible()
    assert not cipher.encrypted(db)
    assert not keys.beside(db).exists()
    codes: list[str] = []
    monkeypatch.setattr(EncryptDialog, "exec", lambda dialog: codes.append(dialog.part.code))
    for _ in range(2):
        encryption.open_encryption(context, asking)
        rest(context.worker)
    assert len({CODE, *codes}) == 3


@pytest.mark.parametrize("password", [PASSWORD, CODE.lower()])
def test_it_is_opened_again_with_the_password_or_the_code(
    encrypted, context, shows, password, monkeypatch
) -> None:
    context.worker.close()
    forget(monkeypatch)
    with pytest.raises(PasswordError) as asked:
        Ledger.open(encrypted)
    begin = lambda typed: Worker(lambda: Ledger.open(encrypted, password=typed))  # noqa: E731
    dialog: UnlockDialog = shows(UnlockDialog(encrypted, begin, asked.value))
    assert not dialog._open.isEnabled()
    dialog.line.edit.setText(PASSWORD + "x")
    dialog._open.click()
    trying = dialog._trying
    assert trying is not None
    rest(trying)
    assert "口令不对" in dialog._said.text()
    assert dialog.line.edit.hasSelectedText()
    dialog.line.edit.setText(password)
    dialog._open.click()
    rest(dialog._trying)
    assert dialog.worker is not None
    dialog.worker.close()


def test_a_wrong_password_changes_nothing_and_waits_to_be_typed_again(
    encrypted, context, shows, left, answers
) -> None:
    dialog: EncryptedDialog = shows(EncryptedDialog(context))
    assert not dialog._change.isEnabled()
    assert not dialog._off.isEnabled()
    for line, text in ((dialog.old, "falsch"), (dialog.new, OTHER), (dialog.again, OTHER[:-1])):
        line.edit.setText(text)
    assert dialog.message == "两次输入的口令不一样"
    assert not dialog._change.isEnabled()
    dialog.again.edit.setText(OTHER)
    before = encrypted.read_bytes()
    for press in (dialog._change, dialog._off):
        press.click()
        rest(context.worker)
        assert "口令不对" in dialog.message
        assert dialog.old.edit.hasSelectedText()
        assert dialog.focusWidget() is dialog.old.edit
    assert encrypted.read_bytes() == before
    answers.yes = False
    dialog.old.edit.setText(PASSWORD)
    dialog._off.click()
    rest(context.worker)
    assert cipher.encrypted(encrypted), "asked first, and the answer was no"


def test_another_password_holds_from_then_on(encrypted, context, shows) -> None:
    dialog: EncryptedDialog = shows(EncryptedDialog(context))
    for line, text in ((dialog.old, PASSWORD), (dialog.new, OTHER), (dialog.again, OTHER)):
        line.edit.setText(text)
    dialog._change.click()
    rest(context.worker)
    assert not isValid(dialog)
    context.worker.close()
    assert [opened(encrypted, one) for one in (PASSWORD, OTHER, CODE)] == [False, True, True]


def test_taken_off_it_opens_without_a_password(encrypted, context, shows, answers) -> None:
    dialog: EncryptedDialog = shows(EncryptedDialog(context))
    dialog.old.edit.setText(PASSWORD)
    dialog._off.click()
    rest(context.worker)
    assert answers.asked == ["取消这份台账的加密？"]
    assert not isValid(dialog)
    assert hazards(context) == 6
    context.worker.close()
    assert opened(encrypted, "")
    assert not keys.beside(encrypted).exists()


def test_another_recovery_code(encrypted, context, shows, monkeypatch) -> None:
    made: list[RenewDialog] = []

    def open_it(dialog: RenewDialog) -> int:
        made.append(dialog)
        return 0

    monkeypatch.setattr(RenewDialog, "exec", open_it)
    own: EncryptedDialog = shows(EncryptedDialog(context))
    own._code.click()
    rest(context.worker)
    dialog: RenewDialog = shows(made[0])
    code = dialog.part.code
    dialog.part.back.setText(CODE)
    assert dialog.message == "抄回来的和恢复码不一样，再核对一遍"
    dialog.part.back.setText(code)
    assert not dialog._go.isEnabled()
    for wrong, said in (("falsch", "口令不对"), (CODE, "不是恢复码")):
        dialog.old.edit.setText(wrong)
        dialog._go.click()
        rest(context.worker)
        assert said in dialog.message
        assert dialog.old.edit.hasSelectedText()
    dialog.old.edit.setText(PASSWORD)
    dialog._go.click()
    rest(context.worker)
    assert not isValid(dialog)
    context.worker.close()
    assert [opened(encrypted, one) for one in (CODE, code, PASSWORD)] == [False, True, True]


def test_the_code_on_paper_says_what_it_is_and_is_saved_whole(
    filled, answers, tmp_path, db, monkeypatch
) -> None:
    answers.file = tmp_path / "恢复码.txt"
    filled.part.save()
    said = answers.file.read_text(encoding="utf-8-sig")
    assert CODE in said
    assert db.name in said
    answers.file = db.parent / "没有" / "恢复码.txt"
    filled.part.save()
    assert len(answers.told) == 1
    answers.told.clear()


def test_without_the_part_that_encrypts_it_is_said(context, asking, answers, monkeypatch) -> None:
    monkeypatch.setattr(cipher, "driver", cipher.driver.__wrapped__)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    encryption.open_encryption(context, asking)
    rest(context.worker)
    [fault] = answers.told
    assert "没有带加密的部件" in fault.title
    answers.told.clear()


def test_the_list_says_so_where_nothing_is_left(app, shows, monkeypatch) -> None:
    dialog: LeftDialog = shows(LeftDialog("没有加密的文件", []))
    assert listed(dialog) == []
    assert "没有找到没加密的" in dialog.findChildren(QLabel)[0].text()

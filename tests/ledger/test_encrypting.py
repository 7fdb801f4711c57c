"""Encrypting a ledger: nothing is lost on the way, whoever has the password or the code gets in, nobody else."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop import paths
from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import (
    Ledger,
    encrypting,
    locking,
    placing,
)
from mingxi_desktop.ledger.safekeeping import (
    backups,
    handing_over,
    recovering,
    repairing,
    restore_preview,
    restoring,
)
from mingxi_desktop.ledger.safekeeping.backups import Backups
from mingxi_desktop.storage import cipher, keys, remarks, seal
from mingxi_desktop.storage.remarks import Remarks
from tests.ciphers import CODE, PASSWORD, forget, quickly
from tests.ledger.conftest import Add, adder_for
from tests.ledgers import BACKUP_BEFORE

OTHER = "另一个口令 2025"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)


@pytest.fixture(scope="module")
def template(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, encrypted ledger with a hazard, and a backup of it beside."""
    path = tmp_path_factory.mktemp("secret") / "台账.mxdb"
    shutil.copyfile(empty_file, path)
    with pytest.MonkeyPatch.context() as patch, Ledger.open(path) as ledger:
        patch.setenv("MINGXI_DATA", str(tmp_path_factory.mktemp("data")))
        quickly(patch)
        adder_for(ledger)("hazard", description="消防通道堵塞")
        encrypting.turn_on(ledger, CODE, PASSWORD)
        ledger.backup()
    return path


@pytest.fixture
def closed(template: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    shutil.copytree(template.parent, tmp_path / "台账")
    return tmp_path / "台账" / template.name


@pytest.fixture
def secret(closed: Path) -> Iterator[Ledger]:
    """The same, open."""
    with Ledger.open(closed, password=PASSWORD) as ledger:
        yield ledger


def opened(path: Path, password: str) -> list[str]:
    """What hazards there are, and what is wrong."""
    with Ledger.open(path, password=password) as ledger:
        found = [record.values["description"] for record in ledger.records("hazard", [1])]
        return found + ledger.verify()


def keys_gone(path: Path) -> None:
    keys.beside(path).unlink()
    for kept in (paths.data_dir() / "keys").glob("*"):
        kept.unlink()


def test_an_open_ledger_is_encrypted_and_goes_on(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backups, "before", BACKUP_BEFORE)
    add("hazard", description="消防通道堵塞")
    ledger.set_setting(backups.READABLE, "")
    for weak in ("", "1234567", "123456789012", "aaaaaaaaaaaa"):
        with pytest.raises(UserError, match="这个口令不能用"):
            encrypting.turn_on(ledger, CODE, weak)
    with pytest.raises(UserError, match="恢复码抄错了"):
        encrypting.turn_on(ledger, CODE[:-1] + "0", PASSWORD)
    assert not encrypting.is_on(ledger)

    done = encrypting.turn_on(ledger, CODE, PASSWORD)
    assert (done.encrypted, done.plain) == (True, (done.backup,))
    assert encrypting.is_on(ledger)
    assert ledger.setting(backups.READABLE) == "0"
    assert ledger.verify() == []
    add("hazard", description="灭火器过期")
    assert ledger.undo() is not None
    assert list(ledger.path.parent.glob("*.part*")) == []
    assert "消防".encode() not in ledger.path.read_bytes()
    copy = ledger.backup()
    assert cipher.encrypted(copy)
    assert seal.holds(copy)
    ledger.close()
    assert seal.holds(ledger.path)
    assert opened(ledger.path, PASSWORD) == ["消防通道堵塞"]


def test_a_fault_amid_leaves_the_ledger_as_it_was(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("hazard", description="消防通道堵塞")
    settle = placing.settle

    def full(part: Path, target: Path) -> None:
        if target == ledger.path:
            raise OSError(28, "No space left on device")
        settle(part, target)

    monkeypatch.setattr(placing, "settle", full)
    with pytest.raises(UserError, match="没有做成，台账和原来一样"):
        encrypting.turn_on(ledger, CODE, PASSWORD)
    assert not encrypting.is_on(ledger)
    assert ledger.get("hazard", 1).values["description"] == "消防通道堵塞"
    add("hazard")
    ledger.close()
    assert opened(ledger.path, "") == ["消防通道堵塞"]


def test_who_gets_in(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = closed.read_bytes()
    for wrong in ("", "x", PASSWORD.upper() + " ", CODE[:-1] + "0", keys.Secret(bytes(16)).code):
        for _ in range(2):
            with pytest.raises(PasswordError) as error:
                Ledger.open(closed, password=wrong)
            assert PASSWORD not in str(error.value)
    assert closed.read_bytes() == before
    for right in (PASSWORD, CODE, CODE.lower().replace("-", " ")):
        forget(monkeypatch)
        assert opened(closed, right) == ["消防通道堵塞"]


def test_a_lost_key_file_is_found_again(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = keys.beside(closed)
    assert opened(closed, PASSWORD) == ["消防通道堵塞"]
    beside.unlink()  # the data folder has it
    assert opened(closed, PASSWORD) == ["消防通道堵塞"]
    keys_gone(closed)  # the backup has it
    assert opened(closed, PASSWORD) == ["消防通道堵塞"]
    keys_gone(closed)
    for backup in (closed.parent / "备份").iterdir():
        os.truncate(backup, backup.stat().st_size - 1)
    forget(monkeypatch)
    with pytest.raises(PasswordError, match="没有找到这份台账的钥匙文件") as error:
        Ledger.open(closed, password=PASSWORD)
    assert "恢复码" in error.value.hint
    with Ledger.open(closed, password=CODE) as ledger:
        encrypting.change_password(ledger, CODE, OTHER)
    assert opened(closed, OTHER) == ["消防通道堵塞"]


@pytest.mark.parametrize("password", [PASSWORD, CODE])
def test_one_backup_is_enough_on_a_clean_machine(
    closed: Path, password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = next((closed.parent / "备份").iterdir())
    monkeypatch.setenv("MINGXI_DATA", str(tmp_path / "clean"))
    target = tmp_path / "新电脑" / "台账.mxdb"
    forget(monkeypatch)
    with pytest.raises(PasswordError):
        restoring.restore(backup, target, "falsch")
    assert not target.exists()
    assert restoring.restore(backup, target, password) is None
    forget(monkeypatch)
    assert opened(target, PASSWORD) == ["消防通道堵塞"]
    assert keys.trailer(target) is None


def test_another_password_another_code_and_off(secret: Ledger) -> None:
    path, old = secret.path, next((secret.path.parent / "备份").iterdir())
    with pytest.raises(PasswordError, match="什么也没有改"):
        encrypting.change_password(secret, "falsch", OTHER)
    encrypting.change_password(secret, PASSWORD, OTHER)
    assert locking.matches(secret._store, OTHER)
    assert restore_preview.difference(secret, old).number
    code = encrypting.fresh_code()
    encrypting.renew(secret, code, OTHER)
    assert secret.verify() == []
    secret.close()
    for gone in (PASSWORD, CODE):
        with pytest.raises(PasswordError):
            Ledger.open(path, password=gone)
    assert opened(path, code) == opened(path, OTHER) == ["消防通道堵塞"]
    with Ledger.open(path, password=OTHER) as ledger:
        with pytest.raises(PasswordError):
            encrypting.turn_off(ledger, PASSWORD)
        assert encrypting.turn_off(ledger, OTHER).encrypted is False
        assert not keys.beside(path).exists()
    assert opened(path, "") == ["消防通道堵塞"]
    with pytest.raises(UserError, match="没有加密"), Ledger.open(path) as ledger:
        encrypting.change_password(ledger, OTHER, PASSWORD)


def test_an_older_plain_backup_comes_back_encrypted(ledger: Ledger, add: Add) -> None:
    add("hazard", description="消防通道堵塞")
    plain = ledger.backup()
    encrypting.turn_on(ledger, CODE, PASSWORD)
    assert encrypting.left_plain(ledger) == [plain]
    ledger.close()
    aside = restoring.restore(plain, ledger.path)
    assert aside is not None
    assert keys.beside(aside).exists()
    assert cipher.encrypted(ledger.path)
    assert opened(ledger.path, PASSWORD) == opened(aside, PASSWORD) == ["消防通道堵塞"]
    with Ledger.open(ledger.path, password=PASSWORD) as again:
        assert locking.matches(again._store, PASSWORD)
        assert locking.is_set(again._store)
        assert again.setting(backups.READABLE) == "0"


@pytest.mark.parametrize("place", [70, 300])
def test_a_damaged_file_is_repaired_and_stays_encrypted(
    closed: Path, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own mark, and the page where SQLite begins."""
    data = bytearray(closed.read_bytes())
    data[place] ^= 4
    closed.write_bytes(data)
    forget(monkeypatch)
    with pytest.raises(PasswordError):
        recovering.examine(closed)
    with pytest.raises(UserError) as error:
        Ledger.open(closed, password=PASSWORD)
    assert not isinstance(error.value, PasswordError)
    done = repairing.repair(recovering.examine(closed), recovering.Way.SALVAGE)
    assert done.kept is not None
    assert done.kept.read_bytes() == data
    assert cipher.encrypted(closed)
    assert opened(closed, PASSWORD) == ["消防通道堵塞"]


def test_a_plain_copy_begun_before_it_was_encrypted_becomes_no_backup(
    ledger: Ledger, add: Add, tmp_path: Path
) -> None:
    """The automatic one is finished beside: under its name it would be the newest backup, and anybody could read it."""
    add("hazard")
    (tmp_path / "U盘").mkdir()
    ledger.set_setting(backups.SECOND_PLACE, str(tmp_path / "U盘"))
    draft = ledger.backups.begin(backups.MEANWHILE)
    encrypting.turn_on(ledger, CODE, PASSWORD)
    there = set((ledger.path.parent / "备份").iterdir()) - {draft.part}
    with pytest.raises(UserError, match="备份没有做成：台账刚刚加密了"):
        backups.finish(draft)
    assert set((ledger.path.parent / "备份").iterdir()) == there
    assert list((tmp_path / "U盘").iterdir()) == []
    assert cipher.encrypted(backups.finish(ledger.backups.begin(backups.MEANWHILE)).path)


def test_a_package_holds_nothing_readable_of_it(
    secret: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "_reports", lambda *_: ([], []))
    package = handing_over.make(handing_over.begin(secret.backups, tmp_path / "交接.zip")).path
    with zipfile.ZipFile(package) as file:
        assert sorted(file.namelist()) == ["台账.mxbak", "清单.json", "说明.txt"]
        assert "台账是加密的" in file.read("说明.txt").decode("utf-8-sig")
    forget(monkeypatch)
    restoring.restore(package, tmp_path / "neu" / "台账.mxdb", PASSWORD)
    assert opened(tmp_path / "neu" / "台账.mxdb", PASSWORD) == ["消防通道堵塞"]


def test_each_step_stands_in_the_chained_history(secret: Ledger) -> None:
    encrypting.change_password(secret, PASSWORD, OTHER)
    adder_for(secret)("hazard", description="二")
    encrypting.turn_off(secret, OTHER)
    adder_for(secret)("hazard", description="三")
    said = [what["done"] for _, _, what in Remarks(secret._store, secret._journal).all(remarks.PASSWORD)]
    assert said == ["台账文件取消了加密", "换了台账文件的口令", "台账文件已加密"]
    assert secret.verify() == []

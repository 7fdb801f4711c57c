"""Encrypting a ledger file, taking that off again, another password, another recovery code.

Each works on the open ledger: the new file is made beside, proved to hold the same, and takes the ledger's place in
one step; the ledger is then open as before.  A backup is made first.  Nothing else is deleted, so what was written
before stays readable, and `left_plain` says where.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.errors import PasswordError, UserError, disk_fault
from mingxi_desktop.ledger import filing, key_places, keyed_lock, placing
from mingxi_desktop.ledger.safekeeping import backups, proving
from mingxi_desktop.storage import cipher, copies, keys, sqlite
from mingxi_desktop.storage.journal import EDIT, Journal
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.remarks import PASSWORD, Remarks
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

BEFORE_ON, BEFORE_OFF, BEFORE_CODE = "加密前", "取消加密前", "换恢复码前"
SHORTEST = 8
"""Characters of a password that guards a file: whoever has the file may try as long as they like."""
_OTHER_PASSWORD = "换了台账文件的口令"  # noqa: S105 - a sentence of the history
_STEPS = 4
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Turned:
    """What came of it.  backup: the one made before.  plain: files that can still be read without a password."""

    path: Path
    encrypted: bool
    backup: Path | None
    plain: tuple[Path, ...] = ()


def _nobody(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def is_on(ledger: Ledger) -> bool:
    """Whether the ledger file is encrypted."""
    return ledger._store.secret is not None  # noqa: SLF001 - a part of the facade


def fresh_code() -> str:
    """A new recovery code, to be printed before it is used."""
    cipher.driver()
    return Secret.fresh().code


def same_code(code: str, typed: str) -> bool:
    """Whether somebody has typed this code, in whatever case and grouping."""
    found = keys.secret_of(typed)
    return found is not None and found == keys.secret_of(code)


def weakness(password: str) -> str:
    """What speaks against a password, in Chinese; "" when it will do."""
    if len(password) < SHORTEST:
        return f"太短：至少 {SHORTEST} 个字"
    if password.isdigit():
        return "只有数字，容易被试出来：再加几个字母或汉字"
    if len(set(password)) < SHORTEST // 2:
        return "重复的字太多，容易被试出来"
    return ""


def turn_on(ledger: Ledger, code: str, password: str, told: Told = _nobody) -> Turned:
    """Encrypt the file under a fresh recovery code and a password; UserError leaves it as it was.

    The readable workbook is no longer written by itself, and the password is the opening password too.
    """
    if is_on(ledger):
        raise UserError("台账已经加密了", f"文件：{ledger.path}", "要换口令或恢复码，用“更换”。")

    def dress(store: Store) -> None:
        store.set_setting(backups.READABLE, "0")
        keyed_lock.set_password(store, password, wrap)

    wrap = _wrapped(code, password)
    return _turned(ledger, wrap, BEFORE_ON, ("台账文件已加密", dress), told)


def renew(ledger: Ledger, code: str, password: str, told: Told = _nobody) -> Turned:
    """Another recovery code, hence another key; the password stays.  Older backups keep the code of before."""
    _check_on(ledger)
    wrap = _wrapped(code, password, new=False)
    _check_lets_in(ledger, password)
    if keys.secret_of(password) is not None:
        raise PasswordError(
            "换恢复码要用口令，不是恢复码", f"文件：{ledger.path}", "忘了口令就先用恢复码换一个新口令。"
        )

    def dress(store: Store) -> None:
        keyed_lock.set_password(store, password, wrap)

    return _turned(ledger, wrap, BEFORE_CODE, ("换了恢复码，台账文件重新加密", dress), told)


def turn_off(ledger: Ledger, password: str, told: Told = _nobody) -> Turned:
    """A plain file again; UserError leaves it as it was.  No password is asked for any more."""
    _check_on(ledger)
    _check_lets_in(ledger, password)

    def dress(store: Store) -> None:
        store.set_setting(backups.READABLE, "")
        keyed_lock.take_off(store)

    return _turned(ledger, None, BEFORE_OFF, ("台账文件取消了加密", dress), told)


def change_password(ledger: Ledger, before: str, password: str) -> None:
    """Another password, given the one of before or the recovery code.  Older backups keep the one of before."""
    _check_on(ledger)
    _check_lets_in(ledger, before)
    _check_strong(password)
    store = ledger._store  # noqa: SLF001
    assert store.secret is not None
    wrap = keys.wrapped(store.secret, password)
    try:
        with (
            key_places.putting(ledger.path, wrap),
            ledger._writer.change(_OTHER_PASSWORD) as change_set,  # noqa: SLF001
        ):
            keyed_lock.set_password(store, password, wrap)
            _note(store, ledger._journal, change_set, _OTHER_PASSWORD)  # noqa: SLF001
    except OSError as error:
        raise _unwritten("没有换成口令，原来的口令照旧", ledger.path, error) from error
    cipher.hold(store.secret, wrap)


def left_plain(ledger: Ledger) -> list[Path]:
    """Files of this ledger that can be read without a password, as far as they lie where the program puts them."""
    from mingxi_desktop.ledger.safekeeping import closing

    path = ledger.path
    found = [one.path for one in ledger.backups.there()]
    found += sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))
    plain = [one for one in found if not cipher.encrypted(one)]
    readable = closing.readable_file(ledger)
    plain += [one for one in (readable, *sorted(path.parent.glob(f"{path.stem}-*.xlsx"))) if one.is_file()]
    return list(dict.fromkeys(plain))


def attachments_of(ledger: Ledger) -> Path | None:
    """The folder of attachments, which are never encrypted; None where there is none."""
    folder = filing.folder_of(ledger.path)
    return folder if folder.is_dir() else None


def again(path: Path, part: Path) -> bool:
    """Encrypt a plain file that is to take an encrypted ledger's place, if the key is known; whether it was."""
    secret = cipher.known(path) if cipher.encrypted(path) else None
    if secret is None or cipher.encrypted(part):
        return False
    other = placing.part_of(part)
    try:
        copies.recast(part, None, other, secret)
        placing.settle(other, part)
    finally:
        sqlite.discard(other)
    return True


# inside


def _turned(
    ledger: Ledger, wrap: bytes | None, reason: str, dress: tuple[str, Callable[[Store], None]], told: Told
) -> Turned:
    """The same ledger in another file.  wrap: of the key it is to have; None for a plain file."""
    store, path = ledger._store, ledger.path  # noqa: SLF001
    if copies.writing(store.database):
        raise UserError("正在保存，没有加密", f"文件：{path}", "保存完再试一次。")
    told(0, _STEPS)
    made = ledger.backups.before(reason)
    told(1, _STEPS)
    rows, tail = copies.row_counts(store.schema), copies.marker(store.schema).tail
    secret = cipher.of_wrap(wrap) if wrap is not None else None
    part, before = placing.part_of(path), keys.read(keys.beside(path))
    try:
        with store.let_go():
            copies.recast(path, store.secret, part, secret)
            told(2, _STEPS)
            _check(path, part, rows, tail)
            _dress(part, *dress, operator=store.operator)
            told(3, _STEPS)
            if wrap is not None:
                key_places.put(path, wrap)
            placing.settle(part, path)
            if wrap is None:
                keys.beside(path).unlink(missing_ok=True)
    except OSError as error:
        key_places.put_back(path, before)
        raise _unwritten("没有做成，台账和原来一样", path, error) from error
    finally:
        sqlite.discard(part)
        ledger._journal.forget()  # noqa: SLF001 - its end is another one now
    told(_STEPS, _STEPS)
    backup = made.path if made is not None else None
    return Turned(path, secret is not None, backup, tuple(left_plain(ledger)) if secret else ())


def _check(path: Path, part: Path, rows: dict[str, int], tail: str) -> None:
    """UserError unless the new file holds what the ledger holds, every record proved by its hash."""
    with copies.looking(part) as schema:
        same = copies.row_counts(schema) == rows and copies.marker(schema).tail == tail
    problems = proving.check_file(part) if same else ["行数或者变更历史和原来的不一样"]
    if problems:
        raise UserError(
            "新做的文件没有通过检查，台账和原来一样",
            f"文件：{path}（{'；'.join(problems[:3])}）",
            "先用“检查数据完整性”（命令 verify）看看台账本身是否完好，再试一次。",
        )


def _dress(part: Path, sentence: str, dress: Callable[[Store], None], *, operator: str) -> None:
    store = Store.open(part, operator)
    try:
        with store.writing():
            dress(store)
            journal = Journal(store.schema)
            _note(store, journal, journal.begin(store.operator, sentence), sentence)
            journal.seal()
    finally:
        store.close()


def _note(store: Store, journal: Journal, change_set: int, sentence: str) -> None:
    Remarks(store, journal).write(change_set, PASSWORD, EDIT, {"done": sentence})


def _wrapped(code: str, password: str, *, new: bool = True) -> bytes:
    """The wrap of the secret that a recovery code spells, known from now on."""
    secret = keys.secret_of(code)
    if secret is None:
        raise UserError(
            "恢复码抄错了", "28 个字母和数字里有一个对不上", "照着打印的恢复码再核对一遍。", field="code"
        )
    if new:
        _check_strong(password)
    cipher.driver()
    wrap = keys.wrapped(secret, password)
    cipher.hold(secret, wrap)
    return wrap


def _check_on(ledger: Ledger) -> None:
    if not is_on(ledger):
        raise UserError("台账没有加密", f"文件：{ledger.path}", "先加密，再换口令或恢复码。")


def _check_strong(password: str) -> None:
    fault = weakness(password)
    if fault:
        raise UserError("这个口令不能用", fault, "换一个长一点、别人猜不到的。", field="password")


def _check_lets_in(ledger: Ledger, password: str) -> None:
    secret = ledger._store.secret  # noqa: SLF001
    assert secret is not None
    if not password or not key_places.lets_in(ledger.path, secret, password):
        raise PasswordError(
            "口令不对，什么也没有改", f"文件：{ledger.path}", "核对大小写和输入法；忘了就输入打印的恢复码。"
        )


def _unwritten(title: str, path: Path, error: OSError) -> UserError:
    hint = "关闭可能占着它的程序（备份、同步、杀毒软件），检查磁盘和文件夹的读写权限，再试一次。"
    return disk_fault(title, path, error, hint)

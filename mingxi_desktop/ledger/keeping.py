"""Keeping the file safe: checked copies, coming back from them, and proving that nothing is wrong."""

from __future__ import annotations

import datetime
import secrets
import shutil
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import links, sqlite
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store

FOLDER = "备份"
SUFFIX = ".mxbak"
_MOST_SHOWN = 20


def backup(store: Store, journal: Journal, target: Path | None) -> Path:
    """A copy, opened again and checked before it gets its name; UserError when that fails.

    The name carries the time and the beginning of the history's last hash.
    """
    if target is None:
        stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
        target = store.path.parent / FOLDER / f"{store.path.stem}-{stamp}-{journal.tail_hash()[:8]}{SUFFIX}"
    if target.exists():
        raise UserError("备份文件已经存在，没有覆盖", f"文件：{target}", "换一个文件名。")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sqlite.copy_to(store.database, part)
        problems = check_file(part)
        if problems:
            raise UserError("备份没有通过检查", "；".join(problems[:3]), "检查磁盘后再备份一次。")
        part.rename(target)
    except OSError as error:
        raise UserError(
            "不能写备份", f"文件：{target}（{error.strerror or error}）", "换一个有写权限、有空间的文件夹。"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def check_file(path: Path) -> list[str]:
    """What is wrong with a ledger file that is not open; empty when it is sound."""
    store = Store.open(path)
    try:
        journal = Journal(store.schema)
        return verify(store, journal, Rows(store, journal))
    finally:
        store.close()


def restore(backup_file: Path, path: Path) -> Path | None:
    """Put a checked backup in the place of the ledger file; the present file is kept aside.

    Returns where the present file went (None when there was none).  UserError leaves everything as it was.
    """
    application, _ = sqlite.look(backup_file)
    if application != sqlite.APPLICATION_ID:
        raise UserError(
            "这不是台账的备份", f"文件：{backup_file}", "当前台账没有改动。请选择本程序做的备份。"
        )
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup_file, part)
        problems = check_file(part)
        if problems:
            raise UserError(
                "备份有问题，没有恢复", "；".join(problems[:3]), "当前台账没有改动。请换一个备份。"
            )
        aside = _move_aside(path)
        part.rename(path)
    except OSError as error:
        raise UserError(
            "不能恢复备份", f"文件：{path}（{error.strerror or error}）", "关闭正在使用台账的程序，再试一次。"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def _move_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-恢复前{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-恢复前{stamp}-{number}{path.suffix}")
    path.rename(aside)
    return aside


def verify(store: Store, journal: Journal, rows: Rows) -> list[str]:
    """Everything that can be found wrong: the file, the history's chain, each record, each link."""
    problems = [f"文件结构：{text}" for text in sqlite.integrity(store.database)]
    problems += journal.check()
    problems += _changed_outside(store, rows)
    problems += links.broken(store)
    return problems


def _changed_outside(store: Store, rows: Rows) -> list[str]:
    """Records that are not as the history's last entry left them."""
    problems: list[str] = []
    for kind in store.schema.kinds.values():
        expected = links.last_states(store, kind.name)
        for number, state in rows.current_states(kind):
            if expected.pop(number, None) != state:
                problems.append(f"{kind.label} #{number} 在程序之外被改动过")
        problems += [f"{kind.label} #{number} 不见了" for number in expected]
    hidden = len(problems) - _MOST_SHOWN
    return problems if hidden <= 0 else [*problems[:_MOST_SHOWN], f"另有{hidden}处类似问题"]

"""Keeping the file safe: checked copies, coming back from them, and proving that nothing is wrong."""

from __future__ import annotations

import datetime
import os
import secrets
import shutil
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.storage import links, sqlite
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store, open_ledgers

FOLDER, FOLDER_SETTING = "备份", "backup.folder"
SUFFIX = ".mxbak"
_MOST_SHOWN = 20
_BLOCK = 1 << 20


def backup(store: Store, journal: Journal, target: Path | None) -> Path:
    """A copy, opened again and checked before it gets its name; UserError when that fails.

    The name carries the time and the beginning of the history's last hash.
    """
    if target is None:
        stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
        name = f"{store.path.stem}-{stamp}-{journal.tail_hash()[:8]}"
        target = _free(folder_of(store.path, store.setting(FOLDER_SETTING)) / f"{name}{SUFFIX}")
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
            "不能写备份", f"文件：{target}（{disk_reason(error)}）", "换一个有写权限、有空间的文件夹。"
        ) from error
    finally:
        sqlite.discard(part)
    return target


def folder_of(ledger: Path, chosen: str) -> Path:
    """Where backups of a ledger file go: the folder chosen in the settings, else 备份 beside it."""
    return Path(chosen) if chosen else ledger.parent / FOLDER


def check_folder(folder: Path) -> None:
    """UserError where no backup could be written into a folder, which is made if need be."""
    probe = folder / f".{secrets.token_hex(4)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UserError(
            "这个文件夹不能放备份",
            f"文件夹：{folder}（{disk_reason(error)}）",
            "换一个有写权限的文件夹。",
            field=FOLDER_SETTING,
        ) from error


def check_file(path: Path) -> list[str]:
    """What is wrong with a ledger file that is not open; empty when it is sound."""
    store = Store.open(path, keep_old=False)
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
    _check_free(path)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy(backup_file, part)
        try:
            problems = check_file(part)
        except UserError as error:
            problems = [error.title]
        if problems:
            raise UserError(
                "备份有问题，没有恢复",
                f"文件：{backup_file}（{'；'.join(problems[:3])}）",
                "当前台账没有改动。请换一个备份。",
            )
        aside = _move_aside(path)
        part.rename(path)
    except OSError as error:
        raise UserError(
            "不能恢复备份", f"文件：{path}（{disk_reason(error)}）", "关闭正在使用台账的程序，再试一次。"
        ) from error
    finally:
        sqlite.discard(part)
    return aside


def _copy(source: Path, target: Path) -> None:
    """A copy that is on the disk when this returns."""
    with source.open("rb") as file, target.open("wb") as copy:
        shutil.copyfileobj(file, copy, _BLOCK)
        copy.flush()
        os.fsync(copy.fileno())


def _check_free(path: Path) -> None:
    """UserError while somebody has the ledger open; a damaged one may be replaced."""
    if path.resolve() in open_ledgers():
        raise UserError("台账正打开着，没有恢复", f"文件：{path}", "先关闭台账再恢复。")
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        sqlite.close(sqlite.connect(path))
    except UserError as error:
        if error.title == sqlite.BUSY_TITLE:
            raise


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _move_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = _free(path.with_name(f"{path.stem}-恢复前{stamp}{path.suffix}"))
    if _journal_of(path).exists():
        # An unfinished save belongs to the old file; beside the restored one it would spoil it.
        _journal_of(path).rename(_journal_of(aside))
    path.rename(aside)
    return aside


def _free(path: Path) -> Path:
    """The path, with a number where there is such a file already."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def verify(store: Store, journal: Journal, rows: Rows) -> list[str]:
    """Everything that can be found wrong: the file, the history's chain, each record, each link."""
    problems = [f"文件结构：{text}" for text in sqlite.integrity(store.database)]
    if problems:
        return problems
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

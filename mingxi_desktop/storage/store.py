"""An open ledger file: its connection, schema and settings.  One thread at a time uses it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.storage import migrate, sqlite
from mingxi_desktop.storage.reference_store import ReferenceStore
from mingxi_desktop.storage.schema import FIRST_VERSION, VERSION, Schema

_open: set[Path] = set()


def open_ledgers() -> frozenset[Path]:
    """The files this process holds open (tests look for forgotten ones)."""
    return frozenset(_open)


class Store:
    """The file behind a ledger.

    references: the reference lists, held in memory.  operator: the name the history writes.
    """

    def __init__(self, path: Path, database: peewee.SqliteDatabase, operator: str) -> None:
        self.path = path
        self.database = database
        self.operator = operator or "操作员"
        self.schema = Schema(database)
        self.references = ReferenceStore(self.schema)
        _open.add(path)

    @classmethod
    def create(cls, path: Path, operator: str = "") -> Store:
        """A new, empty ledger file; UserError if something is already there."""
        if path.exists():
            raise UserError("文件已经存在，没有新建", f"文件：{path}", "换一个文件名，或直接打开它。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = disk_reason(error)
            raise UserError(
                "不能在这里新建台账", f"文件夹：{path.parent}（{reason}）", "换一个有写权限的文件夹。"
            ) from error
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            database = sqlite.connect(part, path)
            try:
                with sqlite.translated(path):
                    sqlite.stamp(database, VERSION)
                    with database.atomic("IMMEDIATE"):
                        schema = Schema(database)
                        schema.create()
                        ReferenceStore(schema).deliver()
            finally:
                sqlite.close(database)
            part.rename(path)
        finally:
            sqlite.discard(part)
        return cls.open(path, operator)

    @classmethod
    def open(cls, path: Path, operator: str = "", *, keep_old: bool = True) -> Store:
        """An existing ledger file; UserError when it is foreign, newer, locked, damaged or not there.

        keep_old: put a copy aside before a file of an older version is brought up to date.
        """
        path = path.resolve()
        if path in _open:
            raise UserError("台账已经打开", f"文件：{path}", "请到已打开的窗口中继续。")
        application, user_version = sqlite.look(path)
        version = sqlite.version_of(user_version)
        if application != sqlite.APPLICATION_ID or version < FIRST_VERSION:
            raise UserError(
                "文件不是台账，没有打开", f"文件：{path}", "文件没有被改动。请选择用本程序新建的台账文件。"
            )
        if version > VERSION:
            raise UserError(
                "台账文件是新版本的程序写的，没有打开",
                f"文件版本 {version[0]}.{version[1]}，本程序只认到 {VERSION[0]}.{VERSION[1]}。文件：{path}",
                "文件没有被改动。请安装新版本的程序后再打开。",
            )
        database = sqlite.connect(path)
        try:
            if version < VERSION:
                migrate.upgrade(path, database, version, keep_old=keep_old)
            return cls(path, database, operator)
        except BaseException:
            sqlite.close(database)
            raise

    def close(self) -> None:
        """Let go of the file; harmless when already closed."""
        sqlite.close(self.database)
        _open.discard(self.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One IMMEDIATE transaction: everything in it is stored durably, or nothing is."""
        with sqlite.translated(self.path), self.database.atomic("IMMEDIATE"):
            yield

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this ledger file."""
        table = self.schema.setting
        row = table.select(table.value).where(table.key == key).tuples().first()
        return row[0] if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting in this ledger file."""
        table = self.schema.setting
        table.insert(key=key, value=value).on_conflict_replace().execute()

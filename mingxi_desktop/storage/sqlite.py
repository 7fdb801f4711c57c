"""Everything that only SQLite has: opening, pragmas, version numbers, backup, error codes.

The settings are measured ones: journal_mode=PERSIST, synchronous=FULL and locking_mode=EXCLUSIVE lost
no acknowledged save in simulated power cuts, and one file without a -wal beside it is what a clerk
copies to a USB stick. A journal whose head is overwritten ends a change as durably as one that is cut, without the
disk having to find room for it again each time.
"""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee

from mingxi_desktop.errors import UserError, disk_reason, drive_of
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage import cipher
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.stopping import is_unwanted

OURS = frozenset({cipher.PLAIN_ID, cipher.APPLICATION_ID})
"""What stands in the header of a ledger file."""

HEADER = b"SQLite format 3\x00"
PRAGMAS = {
    "journal_mode": "persist",
    "journal_size_limit": 1 << 20,
    "synchronous": "full",
    "locking_mode": "exclusive",
    "foreign_keys": 1,
    "temp_store": "memory",
    "trusted_schema": 0,
}
_PLAIN_CACHE, _SECRET_CACHE, _ROOMY_CACHE = -2_000, -16_000, -64_000
"""Kilobytes of the file in memory, as SQLite takes them: of a plain one, which the system holds too; of an encrypted
one, whose pages are deciphered each time they come; and while there is to be room (see `roomy`).
"""
LOCK_WAIT = 1.0
"""Seconds to wait for another program to let go of the file."""
STALE = 86_400
"""Seconds after which a half-made file is rubbish."""


class DamagedError(UserError):
    """The ledger file is damaged, or was changed outside the program: see `ledger.safekeeping.recovering`."""


def look(path: Path) -> tuple[int, int]:
    """(application id, user version) of a file, read from its header without touching it.

    UserError when there is no file, it is empty, no SQLite file, or cannot be read.
    """
    where = f"文件：{path}"
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise UserError("找不到台账文件", where, "核对文件位置；第一次使用请先新建台账。") from None
    except (IsADirectoryError, PermissionError):
        if path.is_dir():  # which Windows tells as a refusal
            raise UserError("这是一个文件夹，不是台账文件", where, "请选择台账文件（.mxdb）。") from None
        raise UserError(
            "没有打开台账文件的权限", where, "关闭正在使用它的程序，或请管理员给予读写权限。"
        ) from None
    except OSError as error:
        raise unopened(path, error) from error
    if len(head) < 100 or head[:16] != HEADER:
        what = "文件是空的" if not head else "文件不是台账"
        raise UserError(
            f"{what}，没有打开", where, "文件没有被改动。请选择用本程序新建的台账文件，或用备份恢复。"
        )
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


_STEPS = 50_000
"""Instructions of SQLite between two questions whether the work is still wanted: some milliseconds."""


class Database(peewee.SqliteDatabase):
    """peewee's, but for encrypted files and the faults after which SQLite has rolled back by itself.

    secret: the key of the file, None for a plain one; another one holds from the next connection on.
    """

    def __init__(self, name: str, *, secret: Secret | None, **options: Any) -> None:
        super().__init__(name, **options)
        self.secret = secret
        self.noted: Callable[[str, Sequence[Any] | None], None] | None = None
        """Told of each statement that goes to the file, before it does."""

    def _connect(self) -> Any:
        if self.secret is None:
            return super()._connect()  # type: ignore[misc]  # the stub leaves out what is private
        connection = cipher.connect(self.database, self.secret, timeout=LOCK_WAIT, **self.connect_params)
        try:
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]
        except BaseException:
            connection.close()
            raise
        return connection

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        """Carry out a statement; what it writes is told.  Without peewee's log and hooks, which nobody asks for."""
        if self.noted is not None:
            self.noted(sql, params)
        with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            return self.cursor().execute(sql, params or ())

    def rollback(self) -> None:
        """Undo the open transaction, unless SQLite has done so already (disk full, read error)."""
        if self.connection().in_transaction:
            super().rollback()


def connect(path: Path, told: Path | None = None, secret: Secret | None = None) -> Database:
    """An open database with our settings, holding the file for itself alone.

    told: the name that faults give, where `path` is a working name for it.  secret: the key of an encrypted file.
    """
    database = Database(str(path), secret=secret, pragmas=PRAGMAS, autoconnect=False, timeout=LOCK_WAIT)
    reconnect(database, told or path)
    return database


def reconnect(database: Database, told: Path) -> None:
    """Open a database that was closed, as `connect` does."""
    with translated(told):
        database.connect()
        try:
            database.connection().set_progress_handler(is_unwanted, _STEPS)
            database.execute_sql(f"PRAGMA cache_size = {usual_cache(database)}")
            with database.atomic("EXCLUSIVE"):
                database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            database.close()
            raise


@contextmanager
def reading(path: Path, cache: int = 0, *, stops: bool = False) -> Iterator[Database]:
    """A file that nobody writes to, read without locking or changing it.  cache: kilobytes to hold of it.

    stops: in the midst of a query, as `stopping.stoppable` says.
    UserError where it is damaged or its key is not known.
    """
    where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    pragmas = {"cache_size": -cache} if cache else {}
    database = Database(where, secret=cipher.key_of(path), uri=True, autoconnect=False, pragmas=pragmas)
    with translated(path):
        database.connect()
        if stops:
            database.connection().set_progress_handler(is_unwanted, _STEPS)
        try:
            yield database
        finally:
            database.close()


def close(database: peewee.SqliteDatabase) -> None:
    """Let go of the file; harmless when already closed."""
    if database.is_closed():
        return
    try:
        tidy(database)
    finally:
        database.close()


def tidy(database: peewee.SqliteDatabase) -> None:
    """Take the empty journal beside the file away: one file is what a clerk copies.  The file is not locked then."""
    with suppress(UserError, peewee.DatabaseError):  # of a damaged file or a lost disk nothing can be tidied
        database.execute_sql("PRAGMA locking_mode = normal")
        database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
        database.execute_sql("PRAGMA journal_mode = delete").fetchall()


def usual_cache(database: Database) -> int:
    """How much of a file is held in memory, as SQLite takes it."""
    return _PLAIN_CACHE if database.secret is None else _SECRET_CACHE


@contextmanager
def roomy(database: Database) -> Iterator[None]:
    """While this lasts, more of the file may be held in memory; what touches little takes no more than it needs.

    So what a transaction has changed is put aside to the disk only beyond that.
    New records go to places all over the indexes, and records in order of day come from all over their table: beyond
    the usual cache, each costs pages read, and written, again.
    """
    if database.in_transaction():  # which has the room already
        yield
        return
    database.execute_sql(f"PRAGMA cache_size = {_ROOMY_CACHE}")
    try:
        yield
    finally:
        with suppress(*cipher.faults()):  # on a lost disk, which has been told by then
            database.execute_sql(f"PRAGMA cache_size = {usual_cache(database)}")


def stamp(database: Database, version: tuple[int, int]) -> None:
    """Write who we are and the schema's version into the file's header."""
    mark = cipher.APPLICATION_ID if database.secret else cipher.PLAIN_ID
    database.execute_sql(f"PRAGMA application_id = {mark}")
    database.execute_sql(f"PRAGMA user_version = {version[0] * 1000 + version[1]}")


def stamped(database: peewee.SqliteDatabase) -> int:
    """The user version that an open file is stamped with."""
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def version_of(user_version: int) -> tuple[int, int]:
    """(major, minor) from the number in the header."""
    return divmod(user_version, 1000)


def columns(database: peewee.SqliteDatabase, table: str) -> list[str]:
    """The names of the columns a table has in the file; empty when there is no such table."""
    return [row[1] for row in database.execute_sql(f'PRAGMA table_info("{table}")').fetchall()]


def update_row(database: peewee.SqliteDatabase, table: str, number: int, row: Mapping[str, Any]) -> None:
    """Other values for the row of an id, in the form of the file.  Inside a transaction."""
    columns = ", ".join(f'"{name}" = ?' for name in row)
    database.execute_sql(f'UPDATE "{table}" SET {columns} WHERE "id" = ?', (*row.values(), number))


def drop_indexes(
    database: peewee.SqliteDatabase, table: str, wanted: Collection[tuple[tuple[str, ...], bool]]
) -> None:
    """Take the indexes off a table that are not over (these columns, a part of the rows); those of constraints stay."""
    for _, name, _, origin, partial in database.execute_sql(f'PRAGMA index_list("{table}")').fetchall():
        over = database.execute_sql(f'PRAGMA index_info("{name}")').fetchall()
        if origin == "c" and (tuple(row[2] for row in over), bool(partial)) not in wanted:
            database.execute_sql(f'DROP INDEX "{name}"')


def integrity(database: peewee.SqliteDatabase, table: str = "", *, quick: bool = False) -> list[str]:
    """Problems that SQLite itself finds in the file, or in one table of it; empty when it is sound.

    quick: without holding each index against its table, which takes ten times as long.
    """
    check, asked = "quick_check" if quick else "integrity_check", f'"{table}"' if table else "20"
    try:
        rows = database.execute_sql(f"PRAGMA {check}({asked})").fetchall()
    except cipher.faults() as error:
        if is_unwanted():
            raise
        heed_interrupt(error)
        return [str(error)]
    except UnicodeDecodeError:  # SQLite quotes the damage, and Python takes the quotation for text
        return ["读不出来"]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def strange(database: peewee.SqliteDatabase) -> list[str]:
    """Names of triggers and views: ours has none, and one that somebody put in would act on every save."""
    query = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    return [str(row[0]) for row in database.execute_sql(query).fetchall()]


def sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file that is not open; the file is not changed."""
    try:
        with reading(path) as database:
            return not integrity(database)
    except DamagedError:
        return False


def discard(part: Path) -> None:
    """Take a half-made file and its journal away, as far as they are there."""
    for path in (part, part.with_name(f"{part.name}-journal")):
        with suppress(OSError):
            path.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; without, a power cut may take a new one away again.

    Windows sees to that by itself, and knows no way to ask for it.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_UNOPENED_HINT = "关闭正在使用它的程序（如备份、同步、杀毒软件），核对文件夹的读写权限，再试一次。"
_WORKING = pattern(r"(?:\.[0-9a-f]{8})?\.part$")
"""What a file's name has at the end while it is being made: nobody needs to know."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_OF_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
"""Where the user has to know which disk it is."""
_SAID = {
    "unsupported file format": sqlite3.SQLITE_CORRUPT,  # a header that says so is a damaged one
    "disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
}
"""Words that tell more than the number beside them: what SQLCipher copies or exports fails without one of its own."""
BUSY_TITLE = "台账文件正被另一个程序使用"
_CODES = {
    sqlite3.SQLITE_BUSY: (BUSY_TITLE, "关闭另一个已打开本台账的窗口或程序，再试一次。"),
    sqlite3.SQLITE_LOCKED: (BUSY_TITLE, "关闭另一个已打开本台账的窗口或程序，再试一次。"),
    sqlite3.SQLITE_READONLY: (
        "台账文件是只读的，不能保存",
        "取消文件的“只读”属性，或把它放到有写权限的文件夹。",
    ),
    sqlite3.SQLITE_FULL: (
        "磁盘满了，没有保存",
        "先移走或清理这个盘上的其他文件，腾出空间再试。台账和备份不要删；在台账里删除记录也要用空间。",
    ),
    sqlite3.SQLITE_IOERR: (
        "读写台账文件出错",
        "检查磁盘是否松动、已满；再看看刚才这一步做成了没有，没有再做一次。",
    ),
    sqlite3.SQLITE_CORRUPT: ("台账文件已损坏", "不要删除它。用最近的备份恢复，损坏的文件会保留下来。"),
    sqlite3.SQLITE_NOTADB: ("文件不是台账，没有打开", "文件没有被改动。请选择用本程序新建的台账文件。"),
    sqlite3.SQLITE_CANTOPEN: (
        "打不开台账文件",
        "核对文件夹是否存在、是否有读写权限；磁盘满了或放不下更多文件时，先清理这个盘上的其他文件。",
    ),
    sqlite3.SQLITE_PERM: ("没有读写台账文件的权限", "请管理员给予读写权限，或把文件放到自己的文档文件夹。"),
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the faults of the disk and the file, as SQLite reports them, into UserErrors."""
    try:
        yield
    except cipher.faults() as error:
        heed_interrupt(error)
        code = _code_of(_cause_of(error))
        known = _CODES.get(code)
        if known is None:
            raise
        sort = DamagedError if code in _DAMAGE else UserError
        if sort is DamagedError:  # frames that hold a cursor would keep the file open, and locked
            traceback.clear_frames(error.__traceback__)
        where = f"文件：{_WORKING.sub('', str(path))}"
        if code in _OF_DISK:
            where = f"磁盘：{drive_of(path)}；{where}"
        raise sort(known[0], where, known[1]) from error
    except UnicodeDecodeError as error:  # SQLite quotes the damage, and Python takes the quotation for text
        if not isinstance(error.object, bytes) or b"malformed" not in error.object:
            raise
        traceback.clear_frames(error.__traceback__)
        raise damaged(path) from error


def heed_interrupt(fault: BaseException) -> None:
    """KeyboardInterrupt where that is what ended a query: SQLite tells only that it was stopped.

    No fault of the file; where `stopping` has stopped it, nothing is raised.
    """
    if _code_of(_cause_of(fault)) == sqlite3.SQLITE_INTERRUPT and not is_unwanted():
        raise KeyboardInterrupt from fault


def _cause_of(fault: BaseException) -> BaseException | None:
    """What SQLite or SQLCipher said, which peewee wraps."""
    return fault.__cause__ or fault.__context__ if isinstance(fault, peewee.PeeweeException) else fault


def _code_of(cause: BaseException | None) -> int:
    """The number of SQLite's fault, without its extension; 0 where it is none."""
    said = str(cause)
    for words, code in _SAID.items():
        if words in said:
            return code
    number: int | None = getattr(cause, "sqlite_errorcode", None)
    if number is None and "decode" in said:  # text that is no text: Python's own, without a number
        return sqlite3.SQLITE_CORRUPT
    return (number or 0) & 0xFF


def unopened(path: Path, error: OSError) -> UserError:
    """Why the system does not let us write into a ledger file, for the user."""
    if os.access(path, os.R_OK) and not os.access(path, os.W_OK) and path.is_file():
        title, hint = _CODES[sqlite3.SQLITE_READONLY]
        return UserError(title, f"文件：{path}", hint)
    return UserError("打不开台账文件", f"文件：{path}（{disk_reason(error)}）", _UNOPENED_HINT)


def damaged(path: Path) -> DamagedError:
    """That the file is damaged, for the user."""
    title, hint = _CODES[sqlite3.SQLITE_CORRUPT]
    return DamagedError(title, f"文件：{path}", hint)

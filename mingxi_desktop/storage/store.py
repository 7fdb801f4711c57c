"""An open ledger file: its connection, schema and settings.  One thread at a time uses it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.domain.county import COUNTY, DELIVERED, County, county_of
from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.storage import beside, seal, sqlite
from mingxi_desktop.storage.digests import Digests
from mingxi_desktop.storage.held_file import CHANGED_HINT, HeldFile, changed_outside
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.marks import Marks
from mingxi_desktop.storage.reference_store import ReferenceStore
from mingxi_desktop.storage.schema import FIRST_VERSION, VERSION, Schema
from mingxi_desktop.storage.seal import State
from mingxi_desktop.storage.statements import blank

_TRIES, _PAUSE = 5, 0.2
_MOVED_HINT = (
    "先不要关闭窗口：打开着的内容还在，用“立即备份”把它留下。"
    "再看看是谁动了这个文件，放回原处，或用备份恢复后重新打开。"
)
_NOT_HERE = "不能在这里新建台账"
_open: set[Path] = set()


def open_ledgers() -> frozenset[Path]:
    """The files this process holds open (tests look for forgotten ones)."""
    return frozenset(_open)


STRANGE = "文件里有本程序没有的触发器或视图"


class Store:
    """The file behind a ledger.

    references: the reference lists, held in memory.  operator: the name the history writes.
    """

    def __init__(self, path: Path, held: HeldFile, operator: str) -> None:
        self.path = path
        self._held = held
        held.remember()  # an upgrade may have written since it was opened
        self._noted = False
        self._vouched = False
        self.database = database = held.database
        self.operator = operator or "操作员"
        self.schema = Schema(database)
        self.digests = Digests(self.schema)
        self.marks = Marks(self.schema)
        database.noted = self.digests.note
        self.references = ReferenceStore(self.schema)
        self._county: County | None = None
        _open.add(path)

    @classmethod
    def create(
        cls, path: Path, operator: str = "", secret: Secret | None = None, county: County = DELIVERED
    ) -> Store:
        """A new, empty ledger file of a county, encrypted under a key or plain; UserError if something is there."""
        if path.exists():
            raise UserError("文件已经存在，没有新建", f"文件：{path}", "换一个文件名，或直接打开它。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_fault(_NOT_HERE, path.parent, error, "换一个有写权限的文件夹。") from error
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            database = sqlite.connect(part, path, secret)
            try:
                with sqlite.translated(path):
                    sqlite.stamp(database, VERSION)
                    with database.atomic("IMMEDIATE"):
                        schema = Schema(database)
                        schema.create()
                        ReferenceStore(schema).deliver(county)
                        schema.setting.insert(key=COUNTY, value=county.whole).execute()
                        Digests(schema).take()
            finally:
                sqlite.close(database)
            seal.press(part)
            paths.give_name(part, path)
            sqlite.sync_folder(path.parent)
        except OSError as error:
            raise disk_fault(_NOT_HERE, path, error, "换一个有写权限的文件夹。") from error
        finally:
            sqlite.discard(part)
        return cls.open(path, operator)

    @classmethod
    def open(
        cls,
        path: Path,
        operator: str = "",
        *,
        keep_old: bool = True,
        as_is: bool = False,
        later: bool = False,
    ) -> Store:
        """An existing ledger file; UserError when it is foreign, newer, locked, damaged or not there.

        PasswordError where it is encrypted and its key is not known: see `cipher`.
        keep_old: put a copy aside before a file of an older version is brought up to date.
        as_is: also one that was changed outside the program, as far as SQLite can open it.
        later: the seal of a large file is looked at once `look` or `settle` asks for it.
        """
        try:
            path = path.resolve()
        except OSError as error:  # on Windows, of a disk that is locked or does not answer
            raise sqlite.unopened(path, error) from error
        if path in _open:
            raise UserError("台账已经打开", f"文件：{path}", "请到已打开的窗口中继续。")
        application, user_version = sqlite.look(path)
        version = sqlite.version_of(user_version)
        if application not in sqlite.OURS or version < FIRST_VERSION:
            raise UserError(
                "文件不是台账，没有打开", f"文件：{path}", "文件没有被改动。请选择用本程序新建的台账文件。"
            )
        if version > VERSION:
            raise UserError(
                "台账文件是新版本的程序写的，没有打开",
                f"文件版本 {version[0]}.{version[1]}，本程序只认到 {VERSION[0]}.{VERSION[1]}。文件：{path}",
                "文件没有被改动。请安装新版本的程序后再打开。",
            )
        beside.put_foreign_aside(path)
        beside.sweep(path)
        held = HeldFile(path, later=later and version == VERSION)
        try:
            if not as_is and held.known is State.CHANGED:
                raise changed_outside(path)
            if not as_is and (strange := sqlite.strange(held.database)):
                raise sqlite.DamagedError(
                    f"{STRANGE}，没有打开", f"文件：{path}（{'、'.join(strange)}）", CHANGED_HINT
                )
            # What an upgrade that was cut short had written into the header is rolled back only now.
            version = sqlite.version_of(sqlite.stamped(held.database))
            if version < VERSION:
                from mingxi_desktop.storage import migrate

                migrate.upgrade(path, held.database, version, held.seal, keep_old=keep_old)
            return cls(path, held, operator)
        except BaseException:
            try:
                held.settle()  # where the file was changed, that is the reason
            finally:
                held.close()
            raise

    @property
    def state(self) -> State:
        """What the file's seal said when it was opened; waits where it is still to be looked at."""
        return self._held.state

    def look(self) -> bool:
        """Begin to look at the seal where that was left for later; whether `state` and `settle` would not wait."""
        return self._held.look()

    def settle(self) -> None:
        """Wait until the seal is looked at, where the file was opened to have it looked at later.

        DamagedError where it was changed outside the program: nothing must be written then, nor given out.
        """
        self._held.settle()

    @property
    def proved(self) -> bool:
        """Whether the file may be sealed at the end: it was whole, or all in it has been checked since."""
        return self._vouched or self._held.state is State.WHOLE

    def vouch(self) -> None:
        """All that is in the file has been checked; DamagedError as `settle` says."""
        self.settle()
        self._vouched = True

    @property
    def county(self) -> County:
        """The county whose ledger it is."""
        if self._county is None:
            self._county = county_of(self.setting(COUNTY))
        return self._county

    @property
    def secret(self) -> Secret | None:
        """The key of the file; None where it is not encrypted."""
        return self.database.secret

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """The file sealed and let go of, so that another may take its place, which is opened at the end.

        Whatever else knows the database goes on with it.  Not inside a transaction.
        """
        self.settle()
        self._held.close(press=self.proved)
        try:
            yield
        finally:
            self._take_again()
            self._noted = False
            self._county = None
            self.digests.forget()
            self.marks.forget()
            self._vouched = False

    def _take_again(self) -> None:
        """With a second's patience for a program that looks at every new file."""
        for attempt in range(_TRIES):
            try:
                self._held.again(self.path)
            except UserError:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def copied_in(self, copy: Path) -> bool:
        """Whether a fresh copy has the same bytes, read back.  An encrypted one has not; its pages prove themselves."""
        return self.secret is not None or self._held.seal.copied_in(copy)

    def close(self) -> None:
        """Let go of the file; harmless when already closed.  What was whole at the beginning is sealed again."""
        self._held.close(press=self._vouched or self._held.known is State.WHOLE)
        _open.discard(self.path)

    @contextmanager
    def writing(self, *, small: bool = False) -> Iterator[None]:
        """One IMMEDIATE transaction: everything in it is stored durably, or nothing is.

        small: it is about one record, and needs no more memory than reading does.
        UserError, too, where the file is no longer the one that lies in its place: nothing could be found there.
        """
        self.settle()
        self._check_place("没有保存")
        try:
            with (
                sqlite.translated(self.path),
                nullcontext() if small else sqlite.roomy(self.database),
                self.database.atomic("IMMEDIATE"),
            ):
                if not self._noted:
                    self._held.seal.note(self.database)
                yield
                self.marks.settle()
                self.digests.settle()
        except BaseException:
            self._county = None
            self.digests.forget()
            self.marks.forget()
            self._held.remember()
            raise
        self._noted = True
        self._check_place("刚才这一步没有存到原处", stored=True)

    def _check_place(self, what: str, *, stored: bool = False) -> None:
        if not self.database.in_transaction() and not self._held.in_place(ours=stored):
            raise UserError(
                f"台账文件被移走、删除、截断或换成了别的文件，{what}", f"文件：{self.path}", _MOVED_HINT
            )

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this ledger file."""
        table = self.schema.setting
        row = self.schema.statements.run(
            "setting", lambda: table.select(table.value).where(table.key == blank()), key
        ).fetchone()
        return row[0] if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting in this ledger file."""
        table = self.schema.setting
        self.schema.statements.run(
            "set setting", lambda: table.insert(key=blank(), value=blank()).on_conflict_replace(), key, value
        )
        self._county = None

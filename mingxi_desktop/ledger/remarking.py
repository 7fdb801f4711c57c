"""What is done with the ledger and changes no record, noted in its history: what left it, and its password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import locking
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage.remarks import EXPORT, PASSWORD, Remarks
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.ledger.writing import Writer

_OUT, _CHANGE = "导出", "修改"
MOST = 200
"""Characters of a password at most."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something with numbers of people that leaves the ledger.

    what: as a person calls it: 隐患台账.  file: its name, or 剪贴板, 打印机.  personal: cells with such numbers.
    """

    what: str
    file: str
    records: int
    personal: int


@dataclass(frozen=True, slots=True)
class Left:
    """A `Leaving` with when and by whom."""

    at: str
    by: str
    what: Leaving


@guarded
class Remarking:
    """Writes and reads these for one ledger.  None of them can be undone: it has happened."""

    def __init__(self, store: Store, writer: Callable[[], Writer]) -> None:
        self._store = store
        self._made = writer  # not yet: the password is asked about at every start

    @property
    def _writer(self) -> Writer:
        return self._made()

    @property
    def _remarks(self) -> Remarks:
        return Remarks(self._store, self._writer.journal)

    def leave(
        self,
        leaving: Leaving,
        write: Callable[[], object] = lambda: None,
        take_back: Callable[[], object] = lambda: None,
    ) -> Changes:
        """Let something out and note it.

        write: does it; what could not be written is not noted.  take_back: undoes it where it cannot be noted.
        """
        carrying = "，含个人信息" if leaving.personal else ""
        sentence = f"{_OUT} {leaving.what} {leaving.records:,} 条到 {leaving.file}{carrying}"
        written = False
        try:
            with self._writer.change(sentence) as change_set:
                said = {name: getattr(leaving, name) for name in Leaving.__dataclass_fields__}
                self._remarks.write(change_set, EXPORT, _OUT, said)
                write()
                written = True
        except BaseException:
            if written:  # the disk had room for the file and none for the note
                take_back()
            raise
        return Changes(sentence)

    def left(self) -> list[Left]:
        """All that was noted, the newest first."""
        return [Left(at, by, Leaving(**said)) for at, by, said in self._remarks.all(EXPORT)]

    # the password

    @property
    def has_password(self) -> bool:
        """Whether the ledger is opened with a password."""
        return locking.is_set(self._store)

    @property
    def password_check(self) -> locking.Check | None:
        """What the password is checked with away from the ledger; None where there is none."""
        return locking.check_of(self._store)

    def matches(self, password: str) -> bool:
        """Whether this is the ledger's opening password, told without opening anything."""
        return locking.matches(self._store, password)

    def set_password(self, new: str) -> Changes:
        """Another password, "" for none.  Whoever asks for it has proved to know the one so far."""
        if self._store.secret is not None:
            raise UserError(
                "台账已经加密，打开时输入的就是加密的口令",
                f"文件：{self._store.path}",
                "要改口令、取消加密，用【工具 → 加密…】（命令 encrypt）。",
            )
        if len(new) > MOST:
            raise UserError(f"口令最多 {MOST} 个字，没有设置", f"现在有 {len(new)} 个字", "写短一些。")
        verb = "取消" if not new else "修改" if self.has_password else "设置"
        return self._set(f"{verb}打开口令", new)

    def change_password(self, old: str, new: str) -> Changes:
        """The same; PasswordError where `old` is not the one so far."""
        if not self.matches(old):
            raise PasswordError("原口令不对，没有修改", "", "核对大小写和输入法，再输入一次。", field="old")
        return self.set_password(new)

    def forget_password(self) -> Changes:
        """Take a forgotten password away: the file is not encrypted, whoever has it in hand can."""
        return self._set("取消打开口令（忘记口令）", "")

    def _set(self, sentence: str, password: str) -> Changes:
        with self._writer.change(sentence) as change_set:
            locking.set_password(self._store, password)
            self._remarks.write(change_set, PASSWORD, _CHANGE, {"done": sentence})
        return Changes(sentence)

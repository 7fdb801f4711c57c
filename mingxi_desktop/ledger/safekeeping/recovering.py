"""When a ledger file is damaged: what is wrong with it, which ways lead back, and going one of them.

The ladder: the newest good backup; that backup with the changes made since, as far as the damaged file holds them;
what can be read of the damaged file, in a new one. Whatever way is taken is checked before it takes the place of
the damaged file, and that is kept beside it under another name. No way deletes anything.
"""

from __future__ import annotations

import enum
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError, disk_fault, is_full
from mingxi_desktop.ledger import key_places, operators
from mingxi_desktop.ledger.safekeeping import backup_names, identity, proving
from mingxi_desktop.storage import beside, cipher, copies, keys, merging, seal, sqlite
from mingxi_desktop.storage.gleanings import Gleanings, is_entry
from mingxi_desktop.storage.journal import FIRST, Journal, chained
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.schema import VERSION
from mingxi_desktop.storage.store import Store, open_ledgers
from mingxi_desktop.storage.wreck import Wreck

CHANGED = "文件在程序之外被改动过：和关闭时的封条对不上"
UNREADABLE = "文件头坏了，或者不是台账，数据库打不开它"
DamagedError = sqlite.DamagedError
BUSY_TITLE = sqlite.BUSY_TITLE
_MOST = 5


class Way(enum.Enum):
    """The steps of the ladder, the best first."""

    ACCEPT = "accept"
    """Nothing in it is wrong: go on with it."""
    CHANGES = "changes"
    """The backup, and the changes since."""
    BACKUP = "backup"
    SALVAGE = "salvage"
    """What can be read, in a new file."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way that is open, or why it is not.  text: what comes of it."""

    way: Way
    possible: bool
    text: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found.  problems: Chinese sentences; empty when the file is sound.  backup: the newest good one.

    other: where there is none, the newest good one whose history does not lead to this file: it may be restored.
    """

    path: Path
    problems: tuple[str, ...]
    offers: tuple[Offer, ...] = ()
    backup: Path | None = None
    best: Way | None = field(default=None)
    other: Path | None = None


def examine(path: Path, password: str = "") -> Examined:
    """Look into a ledger file that is not open, damaged or not; it is not changed.  UserError when there is none.

    PasswordError where it is encrypted, its key is not known, and this is neither its password nor its recovery code.
    """
    if not path.is_file():
        raise UserError("找不到台账文件", f"文件：{path}", "核对文件位置；也可以用备份恢复。")
    key_places.need(path, password)
    with copied(path) as copy:
        looked = _look_into(path, copy)
        if not looked.problems and not looked.passed:
            return Examined(path, ())
        found = _newest_good(path, copy)
        offers = tuple(_offers(looked, found, copy))
    best = next((offer.way for offer in offers if offer.possible), None)
    other = None if found.path else found.other
    return Examined(path, looked.sentences, offers, found.path, best, other)


def concerns(path: Path, error: UserError) -> bool:
    """Whether what keeps a file from being opened is damage to a ledger, and not that it never was one."""
    try:
        if path.resolve() in open_ledgers():
            return False
    except OSError:
        return False  # its disk does not answer, or is locked
    if isinstance(error, DamagedError):
        return True
    try:
        application, _ = sqlite.look(path)
    except UserError:
        return paths.is_file(path) and bool(_backups_of(path, {}))
    return False if application in sqlite.OURS else bool(_backups_of(path, {}))


def problems_of(path: Path, password: str = "") -> tuple[str, ...]:
    """What is wrong with a ledger file that is not open, nothing being offered; it is not changed.

    PasswordError as above.
    """
    key_places.need(path, password)
    with copied(path) as copy:
        return tuple(found_wrong(path, copy))


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A private copy of a file with its unfinished transaction, if it has one; taken away afterwards."""
    with suppress(OSError):  # of a disk that can only be read
        beside.put_foreign_aside(path)
    with tempfile.TemporaryDirectory(prefix="mingxi-") as folder:
        copy = Path(folder) / "copy.mxdb"
        try:
            shutil.copyfile(path, copy)
            for of in (beside.journal_of, beside.wal_of, keys.beside):
                if of(path).is_file():
                    shutil.copyfile(of(path), of(copy))
        except OSError as error:
            where = copy if is_full(error) else path
            raise disk_fault(
                "读不了台账文件", where, error, "检查磁盘，或先把文件复制到别处再试。"
            ) from error
        yield copy


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a look into a copy of a file has found.

    problems: of the file itself.  passed: the backups that know of more than it.  vouched: whether what no history
    covers could be held against its digests, which files of earlier versions have not.
    """

    problems: tuple[str, ...] = ()
    passed: identity.Passed | None = None
    vouched: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        return (*self.problems, *([self.passed.sentence] if self.passed else []))


def found_wrong(path: Path, copy: Path) -> list[str]:
    """Everything wrong with a file, looked for in a copy of it; empty when it is sound.

    UserError where a newer version of the program wrote it: what this one does not know is no damage.
    """
    return list(_look_into(path, copy).sentences)


def _look_into(path: Path, copy: Path) -> _Looked:
    version = VERSION
    with suppress(OSError, UserError):
        application, stamped = sqlite.look(copy)
        if application not in sqlite.OURS:
            return _Looked((UNREADABLE,))
        version = sqlite.version_of(stamped)
    if version > VERSION:
        raise _newer(path, version)
    try:
        store = Store.open(copy, keep_old=False, as_is=True)
    except UserError as error:
        return _Looked(
            (f"{error.title}（{UNREADABLE}）" if isinstance(error, DamagedError) else error.title,)
        )
    except Exception as error:  # noqa: BLE001 - whatever a damaged schema makes of our own code
        return _Looked((f"{UNREADABLE}（{type(error).__name__}）",))
    passed = None
    try:
        problems = [CHANGED] if store.state is seal.State.CHANGED else []
        problems += proved_wrong(store)
        with suppress(UserError), sqlite.translated(copy):  # it cannot be read: that is among the problems
            passed = identity.passed(store, path, thoroughly=True)
    finally:
        store.close()
    said = (text.replace("database disk image is malformed", "有的页坏了，读不下去") for text in problems)
    return _Looked(tuple(said), passed, version == VERSION)


def _newer(path: Path, version: tuple[int, int]) -> UserError:
    return UserError(
        "台账文件是新版本的程序写的，没有动它",
        f"文件版本 {version[0]}.{version[1]}，本程序只认到 {VERSION[0]}.{VERSION[1]}。文件：{path}",
        "文件没有被改动。请安装新版本的程序后再打开；要放弃它，就用备份恢复。",
    )


def proved_wrong(store: Store) -> list[str]:
    """What the proof of an open file finds; a fault while reading is damage too."""
    from mingxi_desktop.ledger.facade import Ledger

    journal = Journal(store.schema)
    try:
        with sqlite.translated(store.path):
            return proving.verify(store, journal, Rows(store, journal)) + Ledger(store).frozen.problems()
    except UserError as error:
        return [error.title]
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
        return ["有的内容读不出来"]  # what no code could have stored is read from a damaged file only


def note_restored(part: Path, path: Path) -> None:
    """Note in a file that is about to take the ledger's place which backups it is behind, and rightly so."""
    store = Store.open(part, operators.system_user(), keep_old=False)
    try:
        identity.settle_restored(store, path, identity.folders_said(path))
        store.vouch()  # whoever restores has looked through it
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class _Found:
    """The newest good backup that a file and its history agree with.

    ahead: it has all of the file, and more.  other: a newer good one that went another way.
    """

    path: Path | None = None
    ahead: bool = False
    other: Path | None = None


def _newest_good(path: Path, copy: Path) -> _Found:
    """The newest one whose seal holds and in which nothing is wrong: one is made of a spoilt ledger, too.

    One under a key that is not known, like that of an earlier recovery code, is passed over.
    """
    said, hashes, other = _settings(copy), _hashes(copy), None
    for one in _backups_of(path, said, {digest.hex()[:8] for digest in hashes}):
        if not one.good or (cipher.encrypted(one.path) and cipher.known(one.path) is None):
            continue
        with _passed_over():
            if not (seal.holds(one.path) or not one.number) or not _sound(one.path):
                continue
            with copies.looking(one.path) as schema:
                entries = copies.marker(schema).entries
                least = min(entries, len(hashes))
                if not least or copies.hash_at(schema, least) == hashes[least - 1]:
                    return _Found(one.path, entries > len(hashes), other)
            other = other or one.path
    return _Found(other=other)


@contextmanager
def _passed_over() -> Iterator[None]:
    """A backup that cannot be looked into is none; where there is no room to look, nobody knows."""
    try:
        yield
    except (OSError, UserError) as error:
        if is_full(error):
            raise


def _hashes(copy: Path) -> list[bytes]:
    """The history of a damaged file, as far as its chain holds from the beginning: the hash of each entry."""
    found: list[bytes] = []
    with _wreck(copy) as wreck:
        for number, row in sorted(Gleanings(wreck).all("history"), key=itemgetter(0)):
            before = found[-1] if found else FIRST
            if number != len(found) + 1 or not is_entry(row) or chained(before, row) != row["hash"]:
                break
            found.append(row["hash"])
    return found


def _backups_of(path: Path, said: Mapping[str, str], tails: Collection[str] = ()) -> list[backup_names.Named]:
    """The backups of a ledger, the newest first.  said: its settings, as far as they are known."""
    owner, chosen = said.get(backup_names.OWNER, ""), said.get(backup_names.FOLDER_SETTING, "")
    places = {backup_names.folder_of(path, chosen), backup_names.folder_of(path, "")}
    found = [one for place in places for one in backup_names.backups_in(place)]
    return backup_names.ordered(
        one
        for one in found
        if one.stem == path.stem or backup_names.belongs(one, path.stem, owner) or one.tail in tails
    )


def _sound(backup: Path) -> bool:
    with copied(backup) as copy:
        return not _look_into(copy, copy).problems


def _settings(copy: Path) -> dict[str, str]:
    with _wreck(copy) as wreck:
        return {
            row["key"]: row["value"]
            for _, row in wreck.rows("setting")
            if isinstance(row.get("key"), str) and isinstance(row.get("value"), str)
        }


@contextmanager
def _wreck(copy: Path, backup: Path | None = None) -> Iterator[Wreck]:
    wreck = Wreck(copy, donor=backup)
    try:
        yield wreck
    finally:
        wreck.close()


def _offers(looked: _Looked, found: _Found, copy: Path) -> Iterator[Offer]:
    backup = found.path
    accept = list(_acceptance(looked))
    first = bool(accept) and looked.vouched and not found.ahead
    yield from accept if first else ()
    if backup is None:
        reason = "好的备份里没有接得上这份文件的" if found.other else "没有找到好的备份"
        yield Offer(Way.CHANGES, False, reason)
        yield Offer(Way.BACKUP, False, reason)
    else:
        yield from _from_backup(found, backup, copy)
    yield from () if first else accept
    with _wreck(copy, backup) as wreck:
        records = sum(1 for name in wreck.kinds for _ in wreck.rows(name)) if wreck.opened else 0
        records = records or sum(1 for _ in wreck.scanned(wreck.kinds))
    text = (
        f"能读出约 {records:,} 条记录，放进一个新文件；读不出的列成清单。"
        if records
        else "文件里没有能读出的记录"
    )
    yield Offer(Way.SALVAGE, bool(records), text)


def _acceptance(looked: _Looked) -> Iterator[Offer]:
    """Going on with a file in which nothing is wrong, though something else wrote to it or it is not the newest."""
    if set(looked.problems) - {CHANGED}:
        return
    if looked.passed is not None:
        text = (
            f"确认用这一份：{looked.passed.newest.path.name} 里有它没有的变更，以后不再提醒，"
            "变更历史里记一笔；那些备份都还在。"
        )
    elif looked.vouched:
        text = "逐条核对过：记录、名单、设置和变更历史都和离开程序时一样，改动不在里面。可以接着用。"
    else:
        text = "记录和变更历史核对过，没有改动；名单和设置是以前的版本写的，没法核对，自己看过再接着用。"
    yield Offer(Way.ACCEPT, True, text)


def _from_backup(found: _Found, backup: Path, copy: Path) -> Iterator[Offer]:
    named = backup_names.read_name(backup)
    when = f"{named.at:%Y-%m-%d %H:%M}" if named else backup.name
    with copies.looking(backup) as schema, _wreck(copy, backup) as wreck:
        state = copies.marker(schema)
        sets = Gleanings(wreck).all("change_set")
        later = [row for _, row in sorted(sets, key=itemgetter(0)) if row["id"] > state.change_set]
        try:
            entries = merging.continues(state.entries, bytes.fromhex(state.tail), wreck)
            reason = ""
        except merging.NotContinuedError:
            ahead = "备份里的变更比文件里的多，没有要接上的"
            read = found.ahead and "history" not in wreck.hurt
            entries, reason = 0, ahead if read else "损坏的文件里，备份以后的变更历史接不上"
        readable = "change_set" not in wreck.hurt
    newest = "；".join(str(row["sentence"]) for row in later[-_MOST:][::-1])
    lost = f"那以后做的 {len(later)} 步会没有，最近的：{newest}" if later else "那以后没有别的改动"
    lost = lost if readable or later else "那以后做了什么，损坏的文件里读不出来"
    if entries:
        text = f"{when} 的备份，再把那以后的 {entries} 条变更记录接上；每条记录都和变更历史核对。"
        yield Offer(Way.CHANGES, True, text)
    else:
        yield Offer(Way.CHANGES, False, reason or "备份以后没有读到变更记录")
    other = (
        f"另有较新的备份 {found.other.name}，和这份台账的变更历史接不上，没有用它。" if found.other else ""
    )
    yield Offer(Way.BACKUP, True, f"回到 {when} 的备份。{lost}。{other}")

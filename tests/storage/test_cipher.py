"""Encrypted files: the recovery code, the wrap under the password, the file's pages, what a backup carries."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.storage import beside, cipher, copies, keys, pages, seal, sqlite
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.store import Store
from tests.ciphers import CODE, PASSWORD, forget, quickly

SECRET = Secret(bytes(range(16)))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)


@pytest.fixture(scope="module")
def template(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted ledger; copy it, do not change it."""
    target = tmp_path_factory.mktemp("secret") / "密.mxdb"
    copies.recast(empty_file, None, target, SECRET)
    return target


@pytest.fixture
def secret_file(template: Path, tmp_path: Path) -> Path:
    """An encrypted ledger whose key is known."""
    cipher.hold(SECRET, keys.wrapped(SECRET, PASSWORD))
    return Path(shutil.copyfile(template, tmp_path / "密.mxdb"))


def test_a_recovery_code_is_read_however_it_is_typed() -> None:
    assert keys.secret_of(CODE) == SECRET
    wide = CODE.translate({code: code + 0xFEE0 for code in range(33, 127)})
    for typed in (
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " — "),
        wide,
        f" {CODE}。".strip("。"),
    ):
        assert keys.secret_of(typed) == SECRET
    assert keys.secret_of(CODE.replace("0", "O").replace("1", "l")) == SECRET


def test_a_slip_in_a_recovery_code_is_noticed() -> None:
    slipped = 0
    for place, sign in enumerate(CODE):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != "-" else "":
            slipped += other != sign and keys.secret_of(CODE[:place] + other + CODE[place + 1 :]) is not None
    assert slipped == 0
    for wrong in ("", "口令", CODE[:-1], CODE + "0", CODE.replace("0", "U")):
        assert keys.secret_of(wrong) is None


def test_a_wrap_opens_with_its_password_and_shows_every_damage() -> None:
    wrap = keys.wrapped(SECRET, PASSWORD)
    assert keys.is_wrap(wrap)
    assert keys.opened(wrap, PASSWORD) == SECRET
    assert keys.opened(wrap, f"{PASSWORD} ") is None
    assert wrap != keys.wrapped(SECRET, PASSWORD)
    assert SECRET.raw not in wrap
    for bit in range(8 * len(wrap)):
        flipped = bytearray(wrap)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        assert not keys.is_wrap(bytes(flipped))
    assert SECRET.raw.hex() not in repr(SECRET)


def test_nothing_is_readable_and_the_seal_goes_on_working(secret_file: Path) -> None:
    assert sqlite.look(secret_file)[0] == cipher.APPLICATION_ID
    data = secret_file.read_bytes()
    assert "盖洋镇".encode() not in data
    assert b"CREATE TABLE" not in data
    assert seal.holds(secret_file)
    store = Store.open(secret_file)
    assert (store.secret, store.state) == (SECRET, seal.State.WHOLE)
    with store.writing():
        store.set_setting("秘密", "张三的电话")
    store.close()
    assert seal.holds(secret_file)
    assert sqlite.sound(secret_file)
    assert "张三".encode() not in secret_file.read_bytes()


def test_more_is_held_of_a_file_whose_pages_are_deciphered(secret_file: Path, file: Path) -> None:
    rooms = []
    for path in (file, secret_file):
        store = Store.open(path)
        try:
            rooms.append(int(store.database.execute_sql("PRAGMA cache_size").fetchone()[0]))
            with store.writing():
                pass
            assert store.database.execute_sql("PRAGMA cache_size").fetchone()[0] == rooms[-1]
        finally:
            store.close()
    assert rooms[0] > rooms[1], "kilobytes below 0"


def test_each_page_says_whose_it_is(secret_file: Path, tmp_path: Path) -> None:
    other = Secret(bytes(16))
    assert pages.fits(secret_file, SECRET)
    assert not pages.fits(secret_file, other)
    data = bytearray(secret_file.read_bytes())
    for number in range(1, 9):  # the first pages gone, header and all
        data[(number - 1) * pages.SIZE : number * pages.SIZE] = bytes(pages.SIZE)
    secret_file.write_bytes(data)
    assert pages.fits(secret_file, SECRET)


def test_without_the_key_it_is_refused_and_not_touched(
    secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(monkeypatch)
    before = secret_file.read_bytes()
    cipher.hold(Secret(bytes(16)))
    with pytest.raises(PasswordError):
        Store.open(secret_file)
    with pytest.raises(PasswordError), copies.looking(secret_file):
        pass
    assert secret_file.read_bytes() == before


def test_a_copy_carries_the_wrap_and_is_a_ledger_again(secret_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "一份.mxbak"
    store = Store.open(secret_file)
    copies.copy_to(store.database, copy)
    store.close()
    seal.press(copy)
    wrap = keys.trailer(copy)
    assert wrap == cipher.wrap_of(SECRET)
    assert seal.holds(copy)
    assert copies.faults(copy, {"hazard": 0}) == ([], [])
    data, draw = copy.read_bytes(), random.Random(1)
    for place in [
        *(draw.randrange(8 * len(data)) for _ in range(20)),
        8 * len(data) - 1,
        8 * len(data) - 300,
    ]:
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        copy.write_bytes(flipped)
        assert not seal.holds(copy)
    copy.write_bytes(data)
    Store.open(copy).close()
    assert keys.trailer(copy) is None
    assert copy.stat().st_size == len(data) - keys.SIZE
    assert seal.holds(copy)


def test_a_session_cut_short_in_its_first_save_is_no_change_from_outside(secret_file: Path) -> None:
    """What the journal puts back is encrypted anew, so not the bytes tell, but that all pages are ours."""
    sealed = secret_file.read_bytes()
    data, left = _begun(secret_file)
    secret_file.write_bytes(data)
    beside.journal_of(secret_file).write_bytes(left)
    assert state(secret_file) is seal.State.UNSEALED
    secret_file.write_bytes(data)  # the recovery cut short as well, right after the journal is gone
    beside.journal_of(secret_file).write_bytes(left)
    store = Store.open(secret_file)
    shutil.copyfile(secret_file, secret_file.with_name("again.mxdb"))
    assert store.setting("k1") == ""
    store.close()
    again = secret_file.with_name("again.mxdb")
    rolled_back = again.read_bytes()
    assert rolled_back[:96] == sealed[:96]
    assert rolled_back != sealed
    draw = random.Random(2)
    places = [*range(0, 8 * 96, 29), *(draw.randrange(8 * len(rolled_back)) for _ in range(6))]
    for place in places:
        flipped = bytearray(rolled_back)
        flipped[place >> 3] ^= 1 << (place & 7)
        again.write_bytes(flipped)
        with pytest.raises(UserError):
            Store.open(again)
    again.write_bytes(rolled_back)
    assert state(again) is seal.State.UNSEALED


def state(path: Path) -> seal.State:
    store = Store.open(path)
    try:
        return store.state
    finally:
        store.close()


def test_a_journal_under_another_key_is_put_aside(secret_file: Path, file: Path, tmp_path: Path) -> None:
    other, key = tmp_path / "other.mxdb", Secret(bytes(16))
    copies.recast(file, None, other, key)
    cipher.hold(key)
    for path, expected in ((secret_file, []), (other, ["不属于此文件"])):
        shutil.copyfile(secret_file, tmp_path / "busy.mxdb")
        _, left = _begun(tmp_path / "busy.mxdb")
        beside.journal_of(path).write_bytes(left)
        aside = beside.put_foreign_aside(path)
        assert [word for word in expected if word in str(aside)] == expected
        assert bool(aside) == bool(expected)


def _begun(path: Path) -> tuple[bytes, bytes]:
    """A file and its journal, amid a transaction that has begun to write into it."""
    store = Store.open(path)
    try:
        with store.writing():
            store.database.execute_sql("PRAGMA cache_size = 2")
            for number in range(400):
                store.set_setting(f"k{number}", "x" * 200)
            data, left = path.read_bytes(), beside.journal_of(path).read_bytes()
            raise LookupError
    except LookupError:
        pass
    finally:
        store.close()
    assert len(left) > pages.SIZE
    return data, left

"""An encrypted ledger is as safe as a plain one: kills, flipped bits, and one backup on a clean machine."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ledger.safekeeping import recovering, repairing, restoring
from mingxi_desktop.storage import cipher, keys, seal
from tests.ciphers import CODE, PASSWORD, forget, quickly
from tests.safety import deeds, program
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, few_and_many, wished
from tests.safety.deeds import DAMAGED, LOST, Deed, Fault
from tests.safety.ledgers import filled
from tests.safety.program import LEDGER, Kill
from tests.safety.runs import cut_off, killed, recording

_OFTEN = max(5, wished("kills", 1000) // 5)
_CUTS = wished("cuts", 600) // 5


@pytest.fixture(autouse=True)
def passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this process and for the programs it starts."""
    quickly(monkeypatch)
    monkeypatch.setenv("MINGXI_PASSWORD", PASSWORD)
    monkeypatch.setenv("MINGXI_NEW_PASSWORD", PASSWORD)
    monkeypatch.setenv("MINGXI_CODE", CODE)


def _encrypted(folder: Path) -> None:
    deeds.empty(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Ledger, list[Fault]]]:
    with Ledger.open(path, password=PASSWORD) as ledger:
        yield ledger, [Fault(DAMAGED, text) for text in ledger.verify()]


def _saved(folder: Path, said: bytes) -> list[Fault]:
    with _opened(folder / LEDGER) as (ledger, found):
        there = deeds.hazards(ledger)
        told = [row["id"] for row in deeds.acknowledged(said)]
        found += [Fault(LOST, f"hazard {number}, said to be saved") for number in told if number not in there]
        if len(there) > len(told) + 1:
            found.append(Fault(DAMAGED, f"{len(there)} hazards, {len(told)} said to be saved"))
    return found


def _turned(on: bool):
    """The old file or the new one, whole; the new one if that was said."""

    def judge(folder: Path, said: bytes) -> list[Fault]:
        path = folder / LEDGER
        with _opened(path) as (ledger, found):
            if sorted(deeds.hazards(ledger)) != [1, 2, 3]:
                found.append(Fault(LOST, "records"))
            ledger.backup()  # the next backup takes away what this one left
        if deeds.acknowledged(said) and cipher.encrypted(path) is not on:
            found.append(Fault(LOST, "what was said to be done"))
        return found

    return judge


def _filled_and_encrypted(folder: Path) -> None:
    deeds.filled(folder)
    with Ledger.open(folder / LEDGER) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)


_KEPT = ("台账.mxdb.key", "备份/*.mxbak")
SAVES = Deed(
    "save, encrypted", _encrypted, lambda _: ["add", "hazard", "--stdin"], _saved, deeds.lines(60), _KEPT
)
ON = Deed("encrypt", deeds.filled, lambda _: ["encrypt", "on"], _turned(on=True), kept=_KEPT)
OFF = Deed(
    "encryption taken off", _filled_and_encrypted, lambda _: ["encrypt", "off"], _turned(on=False), kept=_KEPT
)
_OTHER_PASSWORD, _OTHER_CODE = "明溪 2025 另一个", keys.Secret(bytes(range(1, 17))).code


def _renewed(folder: Path, said: bytes) -> list[Fault]:
    """The password of before opens it, or the new one, which it must be if that was said; on any PC."""
    path = folder / LEDGER
    with pytest.MonkeyPatch.context() as patch:
        forget(patch)
        for password in (_OTHER_PASSWORD, PASSWORD):
            try:
                ledger = Ledger.open(path, password=password)
                break
            except PasswordError as error:
                if deeds.acknowledged(said) or password == PASSWORD:
                    return [Fault(LOST, error.title)]
    with ledger:
        ledger.backup()
        return [Fault(DAMAGED, text) for text in ledger.verify()] + (
            [] if sorted(deeds.hazards(ledger)) == [1, 2, 3] else [Fault(LOST, "records")]
        )


_RENEWED = [
    Deed("another password", _filled_and_encrypted, lambda _: ["encrypt", "password"], _renewed, kept=_KEPT),
    Deed(
        "another recovery code",
        _filled_and_encrypted,
        lambda _: ["encrypt", "code"],
        _turned(on=True),
        kept=_KEPT,
    ),
]


@pytest.mark.parametrize("kills", few_and_many(0, _OFTEN, parts=2))
def test_saves_outlast_kills(kills: int, draw: random.Random, reached: Reached) -> None:
    moments = [Kill(seconds=draw.uniform(0.0001, 0.3), answered=True) for _ in range(kills)]
    if program.shim() is not None:
        moments[: kills // 3] = program.moments(draw, recording(SAVES).changes[:1500], kills // 3)
    outcome = killed(SAVES, moments, draw)
    faults = [fault for _, fault in outcome.faults]
    reached("kill: save, encrypted", outcome.tried, told=outcome.told, faults=faults, seconds=outcome.seconds)
    assert not outcome.faults, str(outcome)
    assert outcome.told > kills


@pytest.mark.parametrize(
    ("deed", "kills"), [pytest.param(deed, _OFTEN // 5, id=deed.name, marks=LONG) for deed in (ON, OFF)]
)
def test_turning_it_on_and_off_is_whole_or_not_at_all(
    deed: Deed, kills: int, draw: random.Random, reached: Reached
) -> None:
    program.need_shim()
    outcome = killed(deed, program.moments(draw, recording(deed).changes, kills), draw)
    faults = [fault for _, fault in outcome.faults]
    reached(f"kill: {deed.name}", outcome.tried, told=outcome.told, faults=faults, seconds=outcome.seconds)
    assert not outcome.faults, str(outcome)
    assert outcome.tried


@pytest.mark.parametrize("deed", [pytest.param(deed, id=deed.name, marks=LONG) for deed in _RENEWED])
def test_another_password_or_code_is_whole_or_not_at_all(
    deed: Deed, draw: random.Random, reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.need_shim()
    monkeypatch.setenv("MINGXI_CODE", _OTHER_CODE)
    monkeypatch.setenv("MINGXI_NEW_PASSWORD", _OTHER_PASSWORD)
    moments = program.moments(draw, recording(deed).changes, _OFTEN // 5)
    for way, outcome in (("kill", killed(deed, moments, draw)), ("power cut", cut_off(deed, _CUTS, draw))):
        faults = [fault for _, fault in outcome.faults]
        reached(
            f"{way}: {deed.name}", outcome.tried, told=outcome.told, faults=faults, seconds=outcome.seconds
        )
        assert not outcome.faults, str(outcome)
        assert outcome.tried


@pytest.mark.parametrize(
    ("deed", "cuts"), [pytest.param(deed, _CUTS, id=deed.name, marks=LONG) for deed in (SAVES, ON, OFF)]
)
def test_power_cuts(deed: Deed, cuts: int, draw: random.Random, reached: Reached) -> None:
    program.need_shim()
    outcome = cut_off(deed, cuts, draw)
    faults = [fault for _, fault in outcome.faults]
    reached(
        f"power cut: {deed.name}", outcome.tried, told=outcome.told, faults=faults, seconds=outcome.seconds
    )
    assert not outcome.faults, str(outcome)


@pytest.mark.parametrize("flips", few_and_many(0, wished("flips", 300) // 10))
def test_every_flipped_bit_is_noticed_and_repaired(
    flips: int, tmp_path: Path, draw: random.Random, reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the best way, which is the backup, and of every second file by what it still holds itself."""
    path = filled(tmp_path / "台账.mxdb", 600)
    with Ledger.open(path) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)
        ledger.backup()
    data, key, began, lost = path.read_bytes(), keys.beside(path).read_bytes(), time.monotonic(), 0
    faults = []
    for turn in range(flips):
        place = draw.randrange(len(data) * 8) if turn % 5 else draw.randrange(4096 * 8)
        flipped = bytearray(data)
        flipped[place >> 3] ^= 1 << (place & 7)
        path.write_bytes(flipped)
        keys.beside(path).write_bytes(key)
        forget(monkeypatch)
        try:
            Ledger.open(path, password=PASSWORD).close()
            faults.append(Fault(DAMAGED, f"bit {place}: not noticed"))
        except UserError:
            pass
        assert path.read_bytes() == flipped, "a refused file was written to"
        examined = recovering.examine(path)
        assert examined.best is not None
        done = repairing.repair(examined, recovering.Way.SALVAGE if turn % 2 else examined.best)
        assert done.kept is not None
        assert done.kept.read_bytes() == flipped
        with Ledger.open(path, password=PASSWORD) as ledger:
            saved, wrong = ledger.counts()["hazard"], ledger.verify()
        lost += 600 - saved
        if wrong or 600 - saved > (30 if turn % 2 else 0) or not cipher.encrypted(path):
            faults.append(Fault(LOST, f"bit {place}: {saved} saved, {wrong[:1]}"))
        for left in path.parent.iterdir():
            if left.is_file() and left not in (path, keys.beside(path)):
                left.unlink()
    seconds = time.monotonic() - began
    reached(
        "bits flipped, encrypted: records saved",
        600 * flips,
        told=600 * flips - lost,
        faults=faults,
        seconds=seconds,
    )
    assert faults == []


@pytest.mark.parametrize("told", [pytest.param(told, marks=LONG) for told in (PASSWORD, CODE)])
def test_one_backup_is_enough_on_a_clean_machine(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: Reached
) -> None:
    """By the program itself, with nothing but the backup and the password, or the recovery code."""
    began, path = time.monotonic(), filled(tmp_path / "alt" / "台账.mxdb", 2000)
    with Ledger.open(path) as ledger:
        encrypting.turn_on(ledger, CODE, PASSWORD)
        backup = ledger.backup()
    new = tmp_path / "neu" / "台账"
    new.mkdir(parents=True)
    shutil.copyfile(backup, new / "b.mxbak")
    shutil.rmtree(path.parent)
    forget(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setenv("MINGXI_DATA", str(tmp_path / "clean"))
        target = new / LEDGER
        assert restoring.restore(new / "b.mxbak", target, told) is None
        patch.setenv("MINGXI_PASSWORD", told)
        done = program.run(new, ["verify"])
        assert done.code == 0, done.complaint
        assert seal.holds(target)
        with Ledger.open(target, password=told) as ledger:
            assert ledger.counts()["hazard"] == 2000
    assert os.environ["MINGXI_PASSWORD"] == PASSWORD
    reached("records restored from an encrypted backup", 2000, told=2000, seconds=time.monotonic() - began)

"""Everything that writes, done while the disk refuses: full, over the quota, or failing at one change."""

from __future__ import annotations

import errno
import fnmatch
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import cipher, copies, seal
from mingxi_desktop.storage.copies import Marker
from tests.ciphers import CODE
from tests.safety import recorded, steps
from tests.safety.deeds import DAMAGED, LEFT, LOST, Fault, acknowledged
from tests.safety.program import LEDGER, ROOT, need_shim
from tests.safety.recorded import Change
from tests.safety.steps import OTHER, Step

FULL = (errno.ENOSPC, errno.EDQUOT)
_ALWAYS = ("备份/*.mxbak", "台账-升级前*.mxdb")
"""Whole copies that may have been made before the step itself was refused."""


@dataclass(frozen=True)
class Refusal:
    """How a step ended.  code, said, complaint: of the process."""

    code: int
    said: bytes
    complaint: str


def do(folder: Path, step: Step, *, at: int = 0, fault: int = 0, log: Path | None = None) -> Refusal:
    """The step; the disk refuses from its change `at` on, with the error number `fault` (see shim.c)."""
    place = folder.parent
    given = {
        **os.environ,
        "LD_PRELOAD": str(need_shim()),
        "MINGXI_DATA": str(place / "home"),
        "MINGXI_USER": "李四",
        "MINGXI_PASSWORD": step.passwords[0],
        "MINGXI_NEW_PASSWORD": OTHER,
        "MINGXI_CODE": CODE,
        "SAFETY_ROOT": str(place.resolve()),
        "TMPDIR": str(place / "tmp"),
    }
    (place / "home" / "logs").mkdir(parents=True, exist_ok=True)
    (place / "tmp").mkdir(exist_ok=True)
    if log is not None:
        given["SAFETY_LOG"] = str(log)
    if at:
        given |= {"SAFETY_KILL": str(at), "SAFETY_FAULT": str(fault)}
    command = [sys.executable, "-m", "mingxi_desktop", "--db", str(folder / LEDGER), "--json"]
    done = subprocess.run(
        [*command, *steps.arguments(step, folder)],
        cwd=ROOT,
        env=given,
        input=step.stdin,
        capture_output=True,
        check=False,
        timeout=600,
    )
    return Refusal(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def changes_of(step: Step, place: Path, *, room: bool) -> int:
    """How many changes of the disk an undisturbed step makes.  room: only those that take some."""
    folder = steps.prepared(step, place)
    sizes = {one.stat().st_ino: one.stat().st_size for one in folder.rglob("*")}
    log = place.parent / f"{place.name}.log"
    done = do(folder, step, log=log)
    assert done.code == 0, done.complaint + done.said.decode("utf-8", "replace")
    made = [one for one in recorded.read(log) if one.what != recorded.SAID]
    return sum(_takes_room(one, sizes) for one in made) if room else len(made)


def _takes_room(change: Change, sizes: dict[int, int]) -> bool:
    size = sizes.get(change.number, 0)
    if change.what == recorded.CREATE:
        sizes[change.number] = 0
    elif change.what == recorded.CUT:
        sizes[change.number] = change.place
        return change.place > size
    elif change.what == recorded.WRITE:
        sizes[change.number] = max(size, change.place + len(change.data))
        return change.place + len(change.data) > size
    return change.what in (recorded.FOLDER, recorded.LINK)


def faults(folder: Path, step: Step, done: Refusal, fault: int) -> list[Fault]:
    """What is wrong after a step that the disk refused, or did not."""
    found = [*_message(done, fault), *_names(folder, step, done, fault)]
    if (folder / LEDGER).exists():
        found += _state(folder, step, done, sure=fault in FULL)
    elif step.before != "nothing":
        found.append(Fault(LOST, "the ledger"))
    return found


def _message(done: Refusal, fault: int) -> Iterator[Fault]:
    if done.code not in (0, 1):
        yield Fault(DAMAGED, f"exit code {done.code}")
    if "Traceback" in done.complaint + done.said.decode("utf-8", "replace"):
        yield Fault(DAMAGED, f"a traceback is shown: {done.complaint[-300:]}")
    if done.code != 1:
        return
    answers = [one for one in acknowledged(done.said) if "error" in one]
    if not answers:
        try:
            answers = [json.loads(done.said)]
        except ValueError:
            answers = []
    if not answers:
        yield Fault(LOST, f"nothing is said: {done.said!r} {done.complaint[-300:]}")
    for one in answers[:1]:
        said = "；".join(str(one.get(part) or "") for part in ("error", "detail", "hint"))
        if "problems" in one:
            said = str(one)
        if fault in FULL and not ("满" in said or "用完" in said):
            yield Fault(DAMAGED, f"the message does not say that the disk is full: {said}")
        if "error" in one and "hint" in one and not one["hint"]:
            yield Fault(DAMAGED, f"the message does not say what next: {said}")


def _names(folder: Path, step: Step, done: Refusal, fault: int) -> Iterator[Fault]:
    original = steps.before(step.before).folder
    before = {str(one.relative_to(original)) for one in original.rglob("*")}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = str(path.relative_to(folder))
        if name in before or (name in step.makes and done.code == 0):
            continue
        if any(fnmatch.fnmatch(name, one) for one in _ALWAYS):
            if path.suffix == ".mxbak" and not seal.holds(path):
                yield Fault(DAMAGED, f"{name} is no whole backup")
        elif not any(fnmatch.fnmatch(name, one) for one in step.aside):
            if fault not in FULL and (".part" in name or name.endswith("-journal") or name in step.makes):
                continue  # what cannot be deleted stays; but for what is whole under its name it is swept later
            yield Fault(LEFT, name)
    left = list((folder.parent / "tmp").iterdir())
    if left and fault in FULL:
        yield Fault(LEFT, f"temporary files: {left[0].name}")
    if done.code == 0:
        for name in step.makes:
            if not (folder / name).exists():
                yield Fault(LOST, name)


def _state(folder: Path, step: Step, done: Refusal, *, sure: bool) -> list[Fault]:
    """sure: what is refused was not done.  Where the very last sync of a commit fails, nobody can know that."""
    before = steps.before(step.before)
    if step.before in ("damaged", "unsealed") and done.code:
        same = (folder / LEDGER).read_bytes() == (before.folder / LEDGER).read_bytes()
        return [] if same else [Fault(DAMAGED, "the damaged file was changed")]
    try:
        with _opened(folder, step, done, sure=sure) as ledger:
            problems = [one for one in ledger.verify() if not _told(one, done)]
            now = copies.marker(ledger._store.schema)
    except PasswordError as error:
        return [Fault(LOST, f"the password that should open it: {error.title}")]
    except UserError as error:
        return [Fault(DAMAGED, f"{error.title}（{error.detail}）")]
    found = [] if step.before == "damaged" else [Fault(DAMAGED, text) for text in problems]
    return found if before.state is None else [*found, *_done(before.state, now, step, done, sure=sure)]


def _told(problem: str, done: Refusal) -> bool:
    """Whether a restore has said that a file did not come along: the ledger is restored all the same."""
    return "佐证材料" in problem and "个佐证材料" in done.complaint + done.said.decode("utf-8", "replace")


def _opened(folder: Path, step: Step, done: Refusal, *, sure: bool) -> Ledger:
    """The ledger as another PC opens it, which knows no keys, with the password that holds by what was said."""
    likely = [step.passwords[0], step.passwords[1]]
    if not done.code:
        likely.reverse()
    elsewhere = str(folder.parent / "elsewhere")
    with patch.dict(os.environ, MINGXI_DATA=elsewhere), patch.object(cipher, "_known", {}):
        try:
            return Ledger.open(folder / LEDGER, password=likely[0])
        except PasswordError:
            if sure:
                raise
            return Ledger.open(folder / LEDGER, password=likely[1])


def _done(before: Marker, now: Marker, step: Step, done: Refusal, *, sure: bool) -> Iterator[Fault]:
    if step.stdin:
        kept = now.change_set - before.change_set
        lines_told = sum("uid" in one for one in acknowledged(done.said))
        # The last one may stand although its sync failed: it was said that it may, and to look.
        if kept != lines_told and (sure or kept != lines_told + 1):
            yield Fault(LOST, f"{kept} records for {lines_told} that were acknowledged")
        return
    changed = (now.change_set, now.entries, now.tail) != (before.change_set, before.entries, before.tail)
    changed |= step.settings and now.settings != before.settings
    # Of an import that is done and whose returned file could not be written, the message says so.
    if sure and changed and done.code and "已导入" not in done.said.decode("utf-8", "replace"):
        yield Fault(DAMAGED, "refused, and done all the same")
    if not changed and not done.code and step.changes:
        yield Fault(LOST, "said to be done, and is not")


def spread(total: int, most: int) -> Sequence[int]:
    """So many of the numbers 1 … total, the first and the last among them."""
    if total <= most:
        return range(1, total + 1)
    return sorted({1 + round(place * (total - 1) / (most - 1)) for place in range(most)})

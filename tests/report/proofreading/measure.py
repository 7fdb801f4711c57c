"""How well drafts are proofread: python -m tests.report.proofreading.measure [FOLDER].

Without a folder the marked drafts of the tests.  A folder holds marked drafts as X.txt (see `marked_drafts`), or
plain ones with X.json beside them: a list of {"start", "end", "text", "indicator", "aspect", "true", "conflict"}.
For each: placed figures that were matched; of numbers altered at random (seeded) how many are reported; false
alarms; numbers taken for an indicator that they are not; and each of these that went wrong.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mingxi_desktop.report.proofreading.match import proofread
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict
from tests.report.proofreading.marked_drafts import ABOVE, BUREAU, FOLDER, PLACES, YEAR, Note, known, unmarked

ALTERED = 200
ALARMS = (Verdict.DIFFERS, Verdict.CONTRADICTS)
_DIGITS = ("0123456789", "一二三四五六七八九", "０１２３４５６７８９")

Read = Callable[[str], Sequence[Checked]]


def reader() -> Read:
    """Proofreads a text against the records of the tests."""
    records = known()
    return lambda text: proofread(Draft(text), records, year=YEAR, bureau=BUREAU, places=PLACES, above=ABOVE)


@dataclass
class Outcome:
    """What came of one draft: numbers met and missed, and what was said wrongly."""

    placed: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    numbers: int = 0


def on(checked: Sequence[Checked], start: int, end: int) -> list[Checked]:
    """What was said of the numbers in a place."""
    return [item for item in checked if item.amount.start < end and item.amount.end > start]


def outcome(text: str, notes: Sequence[Note], checked: Sequence[Checked]) -> Outcome:
    """How the verdicts fit the marks."""
    made = Outcome(numbers=len(checked))
    for note in notes:
        if note.placed:
            made.placed += 1
            if all(item.indicator != note.indicator for item in on(checked, note.start, note.end)):
                about = text[max(0, note.start - 20) : note.end + 8]
                made.missed.append(f"{note.indicator} {note.text} …{about}…")
    for item in checked:
        here = [note for note in notes if item.amount.start < note.end and item.amount.end > note.start]
        meant = [note for note in here if note.indicator == item.indicator and item.indicator]
        said = f"{item.amount.text} {item.indicator} {item.reason} …{item.sentence[:50]}"
        if item.verdict in ALARMS and not any(note.true or note.conflict or note.aspect for note in meant):
            made.alarms.append(said)
        # 排查整改73条 is told twice, and marked once.
        beside = {other.indicator for other in on(checked, item.amount.start, item.amount.end)}
        if (
            item.indicator
            and not meant
            and not any(note.indicator in beside for note in here if note.indicator)
        ):
            made.wrong.append(said)
    return made


def altered(text: str, chance: random.Random) -> str:
    """A number with one of its digits changed; the same where it has none."""
    places = [at for at, sign in enumerate(text) if any(sign in digits for digits in _DIGITS)]
    if not places:
        return text
    at = chance.choice(places)
    digits = next(digits for digits in _DIGITS if text[at] in digits)
    others = [sign for sign in digits if sign != text[at] and not (at == places[0] and sign in "0０")]
    return text[:at] + chance.choice(others) + text[at + 1 :]


def unseen(
    text: str, notes: Sequence[Note], read: Read, chance: random.Random, tries: int = ALTERED
) -> list[str]:
    """Of numbers altered one at a time, those that are not reported."""
    right = [
        note for note in notes if note.placed and not note.true and altered(note.text, chance) != note.text
    ]
    missed: list[str] = []
    for _ in range(tries):
        note = chance.choice(right)
        other = altered(note.text, chance)
        met = on(read(text[: note.start] + other + text[note.end :]), note.start, note.start + len(other))
        if not any(item.verdict in ALARMS for item in met):
            missed.append(f"{note.indicator} {note.text} → {other} {[item.reason for item in met]}")
    return missed


def texts(folder: Path) -> Iterator[tuple[str, str, list[Note]]]:
    """(name, text, notes) of each draft of a folder."""
    for path in sorted(folder.glob("*.txt")):
        text, beside = path.read_text(encoding="utf-8"), path.with_suffix(".json")
        if beside.exists():
            notes = [Note(**note) for note in json.loads(beside.read_text(encoding="utf-8"))]
        else:
            text, notes = unmarked(text)
        if notes:
            yield path.stem, text, notes


def main(folder: Path = FOLDER) -> None:
    """Print the figures of every draft of a folder."""
    read = reader()
    for name, text, notes in texts(folder):
        started = time.perf_counter()
        checked = read(text)
        took = time.perf_counter() - started
        made = outcome(text, notes, checked)
        passed_over = unseen(text, notes, read, random.Random(1))
        print(
            f"{name}: {made.placed - len(made.missed)}/{made.placed} placed, "
            f"{ALTERED - len(passed_over)}/{ALTERED} altered reported, "
            f"{len(made.alarms)}/{made.numbers} false alarms, {len(made.wrong)} wrongly matched, {took * 1000:.0f} ms"
        )
        told = {"missed": made.missed, "alarm": made.alarms, "wrong": made.wrong, "unseen": passed_over}
        for kind, lines in told.items():
            for line in lines:
                print(f"  {kind}: {line}".replace("\n", "/"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))

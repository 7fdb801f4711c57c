"""What a file must give, and the comparison with what the program made of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
Build = Callable[[], bytes]

LIMIT_SECONDS = 30.0


@dataclass(frozen=True)
class Want:
    """One acceptable outcome.

    stored: exactly these records, compared in the fields they name; None: the file is refused.
    bad: sheet rows that are listed as wrong.  flagged: rows that are at least mentioned somewhere.
    maybe: row → records that it may become instead of being told as wrong or skipped.
    warn: each "A|B" must be found (as code or inside the text) among the warnings and reasons.
    code: "A|B", the refusals that hit the point; another one is accepted but noted.
    """

    stored: Sequence[Record] | None = None
    bad: Sequence[int] = ()
    flagged: Sequence[int] = ()
    maybe: Mapping[int, Sequence[Record]] = field(default_factory=dict)
    warn: Sequence[str] = ()
    code: str = ""


@dataclass(frozen=True)
class Case:
    """A file and what may become of it; `also` are further outcomes that are right.

    before: files imported first, by name.  absent: texts that must not be found in the ledger file.
    lines: the child kind whose rows are compared instead of the ledger's own.
    """

    name: str
    kind: str
    what: str
    data: Build
    want: Want
    also: Sequence[Want] = ()
    before: Mapping[str, Build] = field(default_factory=dict)
    absent: Sequence[str] = ()
    lines: str = ""
    slow: bool = False

    @property
    def series(self) -> str:
        return self.name[0]


@dataclass(frozen=True)
class Outcome:
    """What the program did with a file.

    answer: the JSON document; None when there was none.  records: stored by this import.
    same: whether the ledger file is byte for byte what it was.  partial_kept: whether nothing was stored
    without --accept-valid (None when that was not tried).
    """

    code: int
    answer: Any
    err: str
    seconds: float
    records: Sequence[Record]
    same: bool
    content: bytes = b""
    partial_kept: bool | None = None
    memory: int = 0


@dataclass(frozen=True)
class Verdict:
    """ok, note (right, with a remark), wrong, or one of the worst two: silent (a wrong record), crash."""

    state: str
    why: str = ""

    @property
    def passed(self) -> bool:
        return self.state in ("ok", "note")


def judge(case: Case, done: Outcome) -> Verdict:
    """Compare; the first acceptable outcome that fits wins, otherwise the main one says what is wrong."""
    crash = _crash(done)
    if crash:
        return Verdict("crash", crash)
    found = [text for text in case.absent if _inside(text, done)]
    if found:
        return Verdict("silent", f"stored what must not be: {found}")
    verdicts = [_against(want, done) for want in (case.want, *case.also)]
    for place, verdict in enumerate(verdicts):
        if verdict.passed:
            second = f"the other right answer ({told(done)[:120]})"
            return Verdict("note", second) if place and verdict.state == "ok" else verdict
    return next((verdict for verdict in verdicts if verdict.state != "silent"), verdicts[0])


def _crash(done: Outcome) -> str:
    if done.seconds > LIMIT_SECONDS:
        return f"took {done.seconds:.0f} s"
    if "Traceback" in done.err:
        return "traceback: " + done.err.strip().splitlines()[-1]
    if done.code not in (0, 1):
        return f"exit code {done.code}"
    if done.answer is None:
        return "no JSON document"
    if "日志文件" in json.dumps(done.answer, ensure_ascii=False):
        return "a bug, told with the log file"
    return f"{done.memory >> 20} MB" if done.memory > 700 << 20 else ""


def _inside(text: str, done: Outcome) -> bool:
    return text.encode() in done.content or text in json.dumps(done.records, ensure_ascii=False)


def _against(want: Want, done: Outcome) -> Verdict:
    if want.stored is None:
        return _refusal(want, done)
    missing, extra = _difference(want, done.records)
    faults = {item["row"] for item in _items(done, "rejected")}
    said = _said(done)
    untold = [row for row in _not_taken(want, extra) if not any(_names(item, row) for item in said)]
    if extra:
        return Verdict("silent", f"stored {_short(extra)}" + (f" for {_short(missing)}" if missing else ""))
    if missing:
        return Verdict("wrong", f"not stored {_short(missing)}; said {told(done)}")
    if (faults - set(want.maybe)) ^ set(want.bad):
        return Verdict(
            "wrong", f"bad rows {sorted(faults, key=str)}, should be {list(want.bad)}; {told(done)}"
        )
    if untold:
        return Verdict("wrong", f"rows {untold} are lost without a word")
    if want.bad and done.partial_kept is False:
        return Verdict("wrong", "stored something although not told to accept the valid rows")
    for row in want.flagged:
        if not any(_names(item, row) for item in said):
            return Verdict("wrong", f"row {row} is not mentioned; {told(done)}")
    for warn in want.warn:
        if not any(part in _text(item) for part in warn.split("|") for item in said):
            return Verdict("wrong", f"no warning {warn}; {told(done)}")
    return Verdict("ok")


def _refusal(want: Want, done: Outcome) -> Verdict:
    if done.records:
        return Verdict("silent", f"should be refused, stored {_short(done.records)}")
    if not done.same:
        return Verdict("wrong", "refused, but the ledger file has changed")
    faults = _items(done, "rejected")
    error = done.answer.get("error")
    if not faults and not error:
        return Verdict("wrong", f"nothing stored and no reason given; {told(done)}")
    if done.code == 0 and not faults:
        return Verdict("wrong", "refused with exit code 0")
    codes = {item["code"] for item in faults}
    if want.code and codes and not codes & set(want.code.split("|")):
        return Verdict("note", f"refused as {'/'.join(sorted(codes))} (expected {want.code})")
    return Verdict("ok")


def _difference(want: Want, found: Sequence[Record]) -> tuple[list[Any], list[Any]]:
    """(missing, extra): compared in the fields that the wanted records name."""
    wanted = want.stored or ()
    names = _fields(want)
    if not names:
        return [], [dict(record) for record in found]
    missing = Counter(_key(record, names) for record in wanted)
    extra = Counter(_key(record, names) for record in found)
    return sorted((missing - extra).elements()), sorted((extra - missing).elements())


def _fields(want: Want) -> list[str]:
    possible = [record for records in want.maybe.values() for record in records]
    return sorted({name for record in (*(want.stored or ()), *possible) for name in record})


def _not_taken(want: Want, extra: list[Any]) -> list[int]:
    """The rows of `maybe` of which nothing was stored; what was stored of the others goes from `extra`."""
    left = []
    for row, records in want.maybe.items():
        keys = [_key(record, _fields(want)) for record in records]
        found = next((key for key in keys if key in extra), None)
        if found is None:
            left.append(row)
        else:
            extra.remove(found)
    return left


def _key(record: Record, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}={_plain(record.get(name))}" for name in names)


def _plain(value: Any) -> str:
    if value in (None, "", [], ()):
        return "-"
    if isinstance(value, list | tuple):
        return "、".join(sorted(map(str, value)))
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value)


def _items(done: Outcome, part: str) -> list[Any]:
    return [item for file in done.answer.get("files", ()) for item in file[part]]


def _said(done: Outcome) -> list[Any]:
    return [item for part in ("rejected", "skipped", "warnings") for item in _items(done, part)]


def _text(item: Any) -> str:
    return f"{item.get('code', '')} {item.get('message', '')} {item.get('reason', '')}"


def _names(item: Any, row: int) -> bool:
    return item.get("row") == row or f"第{row}行" in _text(item) or f"、{row}" in _text(item)


def _short(records: Sequence[Any]) -> str:
    text = "; ".join(",".join(item) if isinstance(item, tuple) else str(item) for item in records[:2])
    return f"{len(records)}: {text[:300]}"


def told(done: Outcome) -> str:
    """The first things that the program said, for a line of the judge."""
    if "error" in done.answer:
        return str(done.answer["error"])
    said = [_text(item).strip() for part in ("rejected", "warnings") for item in _items(done, part)]
    return " / ".join(said)[:300] or "nothing"

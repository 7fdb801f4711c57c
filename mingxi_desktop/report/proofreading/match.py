"""校稿: every number of a draft, what it stands for by the words around it, and whether the records agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading import cues, guessing, numbers, sentences
from mingxi_desktop.report.proofreading.assign import Reader
from mingxi_desktop.report.proofreading.conflicts import conflicts
from mingxi_desktop.report.proofreading.cues import Known, Topic
from mingxi_desktop.report.proofreading.frame import Frame, frame_of
from mingxi_desktop.report.proofreading.implied import implied
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict
from mingxi_desktop.report.proofreading.reading import Reading, readings
from mingxi_desktop.report.proofreading.verdicts import judged

_TRACES = pattern(r"(?m)^[ \t　]*指标溯源[ \t　]*$")
"""Where the annex of a report of the program begins, whose numbers are those of single records."""


def proofread(
    draft: Draft,
    known: Sequence[Known],
    *,
    year: int,
    month: int = 12,
    bureau: str = "",
    places: Sequence[str] = (),
    above: Sequence[str] = (),
) -> tuple[Checked, ...]:
    """Every number of the draft in order, judged.

    known: the ledger's indicators with their values of `year` up to `month`, last year's beside them.
    bureau: whose ledger it is, so that another county's report is known for one.  places: the ledger's
    townships, whose numbers are no totals of the county.  above: province and city that the county lies in.
    A number that says two things (排查整改73条) comes twice, once for each.
    """
    frame = replace(
        frame_of(draft.text, year, bureau=bureau, places=tuple(places), month=month),
        above=tuple(above),
        beside=frozenset(item.value.indicator.id for item in known if item.beside),
    )
    topics = {item.value.indicator.id: _topic(item) for item in known}
    every = frozenset(word for topic in topics.values() for word in topic.words())
    reader = Reader(topics, cues.rows(), every, frame)
    found: list[Reading] = []
    annex = _TRACES.search(draft.text)
    met = numbers.find(draft.text[: annex.start()] if annex else draft.text)
    for passage in sentences.passages(draft.text, met, frame.year):
        meant = reader.read(passage) if passage.numbers else ()
        found += readings(passage, meant, topics, year - frame.year)
    if year == frame.year:
        found = _with_implied(draft.text, found, topics, frame)
    if frame.stranger:  # nothing of it is ours: what it means is told once, and without a record beside it
        found = [
            reading
            for at, reading in enumerate(found)
            if not at or reading.number is not found[at - 1].number
        ]
    told = [reading for reading in found if reading.value or _worth_telling(reading)]
    return tuple(_with_conflicts(told, [judged(reading, frame) for reading in told]))


def _with_implied(
    text: str, found: list[Reading], topics: Mapping[str, Topic], frame: Frame
) -> list[Reading]:
    """The readings with the counts that are not written, for indicators that no written number stands for."""
    said = {reading.value.indicator.id for reading in found if reading.value}
    silent = {id: topic for id, topic in topics.items() if id not in said and (topic.named or topic.listed)}
    if not silent:
        return found
    more = [
        one for passage in sentences.passages(text, (), frame.year) for one in implied(passage, silent, frame)
    ]
    return sorted([*found, *more], key=lambda reading: reading.number.amount.start)


def _topic(known: Known) -> Topic:
    return cues.delivered_topic(known) or guessing.guessed_topic(known)


def _worth_telling(reading: Reading) -> bool:
    """Whether a number without an indicator is shown at all: 5·12 and 两个 are turns of speech."""
    return not (reading.number.small or reading.number.short)


def _with_conflicts(found: Sequence[Reading], checked: Sequence[Checked]) -> Iterator[Checked]:
    """The verdicts with the contradictions: laid to those that the records do not bear out, if there are any."""
    against: dict[int, list[str]] = {}
    for conflict in conflicts(found):
        doubtful = [place for place in conflict.places if checked[place].verdict is not Verdict.AGREES]
        for place in doubtful or conflict.places:
            against.setdefault(place, []).append(conflict.why)
    for place, item in enumerate(checked):
        if place not in against:
            yield item
            continue
        whole = "；".join(dict.fromkeys(against[place]))
        differs = item.verdict is Verdict.DIFFERS
        verdict = Verdict.DIFFERS if differs else Verdict.CONTRADICTS
        yield replace(item, verdict=verdict, reason=f"{item.reason}；{whole}" if differs else whole)

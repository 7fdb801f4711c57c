"""The verbs, grouped by what they are about, in the order of the help."""

from __future__ import annotations

from mingxi_desktop.app.call import Verb
from mingxi_desktop.app.verbs import (
    adding,
    definitions,
    files,
    freezing,
    later,
    numbers,
    openings,
    papers,
    proofreading,
    records,
    schema,
    sheets,
)

VERBS: dict[str, Verb] = {
    verb.name: verb
    for group in (
        files,
        schema,
        adding,
        records,
        sheets,
        numbers,
        definitions,
        openings,
        papers,
        proofreading,
        freezing,
        later,
    )
    for verb in group.VERBS
}

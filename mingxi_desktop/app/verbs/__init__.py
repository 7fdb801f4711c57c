"""The verbs, grouped by what they are about, in the order of the help."""

from __future__ import annotations

from mingxi_desktop.app.call import Verb
from mingxi_desktop.app.verbs import (
    adding,
    checks,
    definitions,
    encrypting,
    example_files,
    files,
    freezing,
    homes,
    numbers,
    openings,
    papers,
    passwords,
    proofreading,
    records,
    repairing,
    schema,
    self_check,
    sheets,
)

VERBS: dict[str, Verb] = {
    verb.name: verb
    for group in (
        files,
        repairing,
        passwords,
        encrypting,
        self_check,
        homes,
        schema,
        adding,
        records,
        sheets,
        example_files,
        numbers,
        definitions,
        openings,
        papers,
        proofreading,
        freezing,
        checks,
    )
    for verb in group.VERBS
}

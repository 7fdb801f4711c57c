"""How long it takes to print a table of hazards: `python -m tests.bench.printing [rows…]`."""

from __future__ import annotations

import resource
import sys
import time

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, table_printing
from mingxi_desktop.report.table_pages.model import Look
from tests.bench.hazards import YEAR, ledger_of

_ROWS = (1_683, 20_000, 50_000)


def main() -> None:
    """Print each ledger twice, a line for each; the first look has to read, measure and draw the characters."""
    print(
        f"{'rows':>7}{'columns':>9}{'pages':>7}{'MB of PDF':>11}{'first, s':>10}{'again, s':>10}{'peak MB':>9}"
    )
    for rows in [int(text) for text in sys.argv[1:]] or _ROWS:
        kind = kind_of("hazard")
        columns = [(field.name, field.width) for field in kind.fields if field.column]
        wanted = table_printing.Wanted(Query("hazard", year=YEAR), columns, "隐患台账")
        with Ledger.open(ledger_of(rows)) as ledger:
            start = time.perf_counter()
            press = table_printing.press(ledger, wanted)
            printed = press.render(Look())
            first = time.perf_counter() - start
        start = time.perf_counter()
        press.render(Look(landscape=False))
        again = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = len(printed.rendered.pdf) / 1_000_000
        print(
            f"{rows:>7,}{len(columns):>9}{printed.rendered.pages:>7,}{size:>11.1f}{first:>10.2f}{again:>10.2f}{peak:>9.0f}"
        )


if __name__ == "__main__":
    main()

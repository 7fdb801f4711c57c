"""The pages of a table of all hazards: `python -m tests.bench.jobs.printing LEDGER`; prints JSON.

seconds: read and drawn the first time.  again: turned, from what was read.  pages: how many.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, table_printing
from mingxi_desktop.report.table_pages.model import Look
from tests.bench.hazards import YEAR


def main() -> None:
    """Draw them twice."""
    kind = kind_of("hazard")
    columns = [(field.name, field.width) for field in kind.fields if field.column]
    wanted = table_printing.Wanted(Query("hazard", year=YEAR), columns, "隐患台账")
    with Ledger.open(Path(sys.argv[1])) as ledger:
        start = time.process_time()
        press = table_printing.press(ledger, wanted)
        printed = press.render(Look())
        first = time.process_time() - start
    start = time.process_time()
    press.render(Look(landscape=False))
    again = time.process_time() - start
    print(json.dumps({"seconds": first, "again": again, "pages": printed.rendered.pages}))


if __name__ == "__main__":
    main()

"""How much of a spreadsheet is read: beyond these no honest township file goes."""

from __future__ import annotations

MAX_INFLATED = 200_000_000
MAX_RATIO = 200
RATIO_FROM = 10_000_000
"""Below this size a file may be packed as tightly as it likes."""
MAX_ENTRIES = 2_000
MAX_ROWS = 100_100
"""100,000 rows of data, and some for title, header, totals and signature."""
MAX_COLUMNS = 256
MAX_AREA = 8_000_000
"""Cells of the rectangle that the reader will fill, empty ones included."""
MAX_DEPTH = 1_200_000
"""Rows of all sheets together, empty ones included."""
MAX_FILLED = 3_000_000
"""Cells of all sheets together with something in them."""
MAX_TEXT = 60_000_000
"""Characters of all cells together."""
MAX_SHEETS = 64
MAX_CELL = 32_767
MAX_NESTING = 200
"""Elements within elements of a web page or XML file."""
SECONDS = 28
"""Of processor time for reading: an answer is promised within 30 where nothing else keeps the computer busy."""
MEMORY = 512 * 1024 * 1024

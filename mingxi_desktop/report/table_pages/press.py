"""Puts the bands of a table on pages: none parted that fits on one, none left alone that leads another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.canvas import PlainCanvas
from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.letters import Missing
from mingxi_desktop.report.pdf import Rendered
from mingxi_desktop.report.table_pages.bands import CENTRE, LEADING, LEFT, RIGHT, Band, Wrapper, pad
from mingxi_desktop.report.table_pages.model import Look, Printed, Progress, Table
from mingxi_desktop.report.table_pages.setting import BODY, TITLE, Setter
from mingxi_desktop.report.table_pages.sheet import ABOVE, BELOW, BESIDE, FOOT, WORD_SIZE, Sheet
from mingxi_desktop.report.table_pages.widths import Measure, advice, measure, plan

_TITLE_SIZE = 16.0
_AFTER = 5.0
"""Between the words above the table and its header, pt."""
_FEW = 4
"""Fewer lines than these of a parted row do not begin at the foot of a page."""
_EVERY = 200
_NEARLY = 0.01


class TablePress:
    """Prints one table, as often as wished with another look; what was measured is kept."""

    def __init__(self, table: Table, fonts: FontSet) -> None:
        self.table = table
        self._fonts = fonts
        self._setter = Setter(fonts)
        self._measures: list[Measure] | None = None

    def render(self, look: Look, progress: Progress = lambda *_: None) -> Printed:
        """The pages; a table without rows is one page with its header."""
        table = self.table
        rows = max(len(table.rows), 1)
        if self._measures is None:
            self._measures = measure(table, self._setter, lambda done, _: progress(done, 3 * rows))
        width, height = look.page
        found = plan(self._measures, [column.width for column in table.columns], look, width - 2 * BESIDE)
        headers = [column.header for column in table.columns]
        left_out = tuple(headers[len(headers) - found.left_out :])
        wrapper = Wrapper(table, self._setter, found.size, found.widths)
        filler = _Filler(wrapper, self._setter, found.size, height)
        filler.begin(table, left_out)
        for place, band in enumerate(wrapper.bands(totals=look.totals)):
            filler.take(band)
            if place % _EVERY == 0:
                progress(rows + min(place, rows), 3 * rows)
        sheets = filler.finish()
        pdf = self._drawn(
            sheets, look, lambda done, total: progress(2 * rows + done * rows // total, 3 * rows)
        )
        warnings = advice(found, look, headers)
        warnings += [f"没有一种字体有“{char}”字，印成了〓。" for char in self._setter.missing]
        missing = tuple(Missing(char, "") for char in self._setter.missing)
        rendered = Rendered(pdf, len(sheets), (), (), missing, tuple(warnings), self._fonts.describe())
        return Printed(rendered, found.size, left_out)

    def _drawn(self, sheets: Sequence[Sheet], look: Look, progress: Progress) -> bytes:
        canvas = PlainCanvas(*look.page, self.table.title, self.table.office)
        for page, sheet in enumerate(sheets, 1):
            self._add_foot(sheet, f"第 {page} 页  共 {len(sheets)} 页", look)
            canvas.addLiteral(sheet.code())
            canvas.showPage()
            progress(page, len(sheets) + 1)
        return canvas.finish(self._setter.fonts)

    def _add_foot(self, sheet: Sheet, counted: str, look: Look) -> None:
        """Title at the left, the page in the middle, the day at the right."""
        title = self._setter.lines(self.table.title, look.page[0] / WORD_SIZE / 3)[0]
        for text, align in ((title, LEFT), (counted, CENTRE), (clean(self.table.printed), RIGHT)):
            sheet.words(text, align, FOOT)


class _Filler:
    """Fills page after page."""

    def __init__(self, wrapper: Wrapper, setter: Setter, size: float, height: float) -> None:
        """size: of the type.  height: of the page."""
        self._wrapper = wrapper
        self._setter = setter
        self._size = size
        self._page_height = height
        self._header = wrapper.header()
        self._whole = height - ABOVE - BELOW - self._header.height(size)
        """The room of a page without anything above its table."""
        self._sheets: list[Sheet] = []
        self._waiting: list[Band] = []
        self._empty = True
        self._last = ""
        self._sheet = self._new_sheet()

    def begin(self, table: Table, left_out: Sequence[str]) -> None:
        """The first page: what stands above the table, and its header."""
        sheet, room = self._sheet, self._wrapper.edges[-1]
        said = table.conditions
        if left_out:
            said += f"；未印 {len(left_out)} 列：{'、'.join(left_out)}"
        for text, role, size in ((table.title, TITLE, _TITLE_SIZE), (said, BODY, WORD_SIZE)):
            for line in self._setter.lines(text, room / size, role):
                sheet.y -= size * LEADING
                sheet.words(line, CENTRE, sheet.y, role, size)
                sheet.y -= size * (LEADING - 1)
        sheet.y -= WORD_SIZE * LEADING
        sheet.words(clean(table.office), LEFT, sheet.y)
        sheet.words(clean(table.printed), RIGHT, sheet.y)
        sheet.y -= _AFTER
        sheet.open(self._header)

    def take(self, band: Band) -> None:
        """Place a band, or wait with it for what it may not be parted from."""
        self._waiting.append(band)
        if not band.keep:
            self._place()

    def finish(self) -> list[Sheet]:
        """All pages."""
        self._place()
        self._sheet.close()
        return [*self._sheets, self._sheet]

    def _place(self) -> None:
        bands, self._waiting = self._waiting, []
        heights = [band.height(self._size) for band in bands]
        # What is higher than any page is parted anyway: it may as well begin here.
        parted = max(heights, default=0.0) > self._whole
        if sum(heights) > self._sheet.room + _NEARLY and not self._empty and not parted:
            self._turn(bands[0].group)
        for band in bands:
            for piece in self._pieces(band):
                self._sheet.put(piece)
                self._empty, self._last = False, band.group

    def _pieces(self, band: Band) -> Iterator[Band]:
        """The band; one that is higher than a page in pieces, the page turned between them."""
        while band.height(self._size) > self._sheet.room + _NEARLY:
            lines = int((self._sheet.room - 2 * pad(self._size)) / (self._size * LEADING))
            if self._empty or (lines >= _FEW and band.height(self._size) > self._whole):
                piece, band = band.parted(max(1, lines))
                yield piece
            self._turn(band.group)
        yield band

    def _turn(self, group: str) -> None:
        """Begin a new page; a group that goes on is named again."""
        self._sheet.close()
        self._sheets.append(self._sheet)
        self._sheet = self._new_sheet()
        self._sheet.open(self._header)
        if group and group == self._last:
            self._sheet.put(self._wrapper.continued(group))
        self._empty = True

    def _new_sheet(self) -> Sheet:
        return Sheet(self._setter, self._size, self._wrapper.edges, self._page_height)

"""专项行动计入总数: whether the hazards of each campaign belong to the yearly total."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.campaigns import Counting
from mingxi_desktop.ledger import campaigns
from mingxi_desktop.ledger.campaigns import Campaign
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_INTRO = (
    "一个专项行动的隐患要么都计入全年隐患总数，要么都不计入，在这里定一次；以后录入、粘贴和导入的隐患照此填写“计入总数”。"
    "已有的记录不会自己改，点“改为一致”才改。"
)


class CampaignsDialog(Frame):
    """Every campaign with what is set for it and how its hazards of the year stand. Each step is stored at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("专项行动计入总数", 860, 460, parent)
        self._context = context
        self._found: dict[str, Campaign] = {}
        intro = label(_INTRO, "muted")
        intro.setWordWrap(True)
        columns = (
            ListColumn("专项行动"),
            ListColumn("计入总数", 80),
            ListColumn(f"{context.year} 年计入", 136, right=True),
            ListColumn(f"{context.year} 年不计入", 136, right=True),
            ListColumn("记录", 112),
        )
        self.table = Listing("专项行动", columns)
        self.table.set_empty_text("还没有专项行动。在隐患的“专项行动”里写上新的名称，它就会出现在这里。")
        self.inside = button("计入总数", lambda: self.decide(Counting.INSIDE))
        self.beside = button("不计入总数", lambda: self.decide(Counting.BESIDE))
        self.align = button("改为一致", self.make_alike, tip="把这个专项行动本年的记录改得和规定一致")
        close = button("关闭", self.reject, primary=True)
        self.column.addWidget(intro)
        self.column.addWidget(self.table, 1)
        self.close_with(self.inside, self.beside, self.align, None, close, default=close)
        self.table.current_changed.connect(lambda _: self._current())
        context.changed.connect(lambda _: self._read())
        self._current()
        self._read()

    def decide(self, counting: Counting) -> None:
        """Set whether the campaign with the cursor is counted."""
        one = self._chosen()
        if one is not None and one.counting is not counting:
            self._context.write(campaigns.decide, one.name, counting, owner=self)

    def make_alike(self) -> None:
        """Make the rows of the campaign with the cursor as it is set."""
        one = self._chosen()
        if one is not None and one.astray:
            self._context.write(campaigns.align, one.name, self._context.year, owner=self)

    def _read(self) -> None:
        self._context.read(campaigns.overview, self._context.year, done=self._fill, owner=self)

    def _fill(self, found: list[Campaign]) -> None:
        self._found = {one.name: one for one in found}
        self.table.set_lines([_line(one) for one in found])
        self._current()

    def _chosen(self) -> Campaign | None:
        return self._found.get(self.table.current() or "")

    def _current(self) -> None:
        one = self._chosen()
        self.inside.setEnabled(one is not None and one.counting is not Counting.INSIDE)
        self.beside.setEnabled(one is not None and one.counting is not Counting.BESIDE)
        astray = one.astray if one is not None else 0
        self.align.setEnabled(astray > 0)
        self.align.setText(f"改为一致 {astray:,} 条" if astray else "改为一致")


def _line(one: Campaign) -> Line:
    if one.counting is Counting.OPEN:
        state, role = "▲ 请先定下来", "warning"
    elif one.astray:
        state, role = f"▲ {one.astray:,} 条不一致", "warning"
    else:
        state, role = ("✓ 一致", "ok") if one.inside[0] or one.beside[0] else ("没有记录", "muted")
    texts = (one.name, one.counting.value, _counted(one.inside), _counted(one.beside), state)
    return Line(texts, one.name, {4: role, **({1: "warning"} if one.counting is Counting.OPEN else {})})


def _counted(some: tuple[int, int]) -> str:
    records, quantity = some
    return f"{records:,} 条，数量 {quantity:,}" if records else "—"

"""One duty, new or changed: which ledger, how often, who, from when to when, and by when."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.duties import SENT, Duty, choices_of, fault, new_id
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label, row

if TYPE_CHECKING:
    from mingxi_desktop.domain.references import Entry
    from mingxi_desktop.ledger import Ledger

_ALL, _SOME, _DEPARTMENTS = "全部乡镇", "部分乡镇", "部门"
_LIST_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen: (reference, name) of townships and departments, words of 专项 by ledger."""

    areas: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    campaigns: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ledger: Ledger, areas: Sequence[Entry], departments: Sequence[Entry]) -> Offered:
        """Of a ledger file."""
        having = [kind_of(name) for name in SENT if kind_of(name).has("campaign")]
        return cls(
            tuple((entry.ref, entry.name) for entry in areas),
            tuple((entry.ref, entry.name) for entry in departments),
            {kind.name: ledger.choices(kind.field("campaign")) for kind in having},
        )

    @property
    def names(self) -> dict[str, str]:
        """Reference → name of all."""
        return dict((*self.areas, *self.departments))


class DutyDialog(Frame):
    """A form for one duty; accepted once it is stored."""

    manual = "01c-reporting.md"

    def __init__(
        self,
        context: Context,
        duty: Duty | None,
        duties: Sequence[Duty],
        offered: Offered,
        parent: QWidget | None = None,
    ) -> None:
        """duty: the one to be changed, None for a new one.  duties: all there are."""
        super().__init__("修改报送任务" if duty else "新增报送任务", 520, parent=parent)
        self._context = context
        self._was, self._duties, self._offered = duty, tuple(duties), offered
        self._ticked = set(duty.who if duty else ())
        self._make_form()
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self.column.addWidget(self._message)
        self._save = button("保存", self.save, primary=True)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        self._fill(duty or Duty("", SENT[0], Often.MONTH))
        self.kind.currentIndexChanged.connect(lambda _: self._another_ledger())
        self.group.currentIndexChanged.connect(lambda _: self._list_people())
        self.who.ticked.connect(self._tick)
        self.kind.setFocus()

    def _make_form(self) -> None:
        self.kind = CalmCombo("台账")
        for name in SENT:
            self.kind.addItem(kind_of(name).label, name)
        self.often = CalmCombo("多久一次")
        self.campaign = CalmCombo("只算专项")
        self.name = _line("名称", "不写就用台账的名称，如 生命通道周报")
        self.group = CalmCombo("谁报")
        self.group.addItems([_ALL, _SOME, _DEPARTMENTS])
        self.who = Listing("由谁报送", (ListColumn("打勾的要报"),))
        self.who.setFixedHeight(_LIST_HEIGHT)
        self.first, self.last = _line("从", "如 6-1；一直要报的空着"), _line("到", "如 8-31；没有期限的空着")
        self.days = _line("应报", "如 5")
        self.days.setMaximumWidth(8 * theme.GRID)
        self.workdays = QCheckBox("按工作日算")
        due = QWidget()
        due.setLayout(row(label("一期结束后"), self.days, label("天内"), self.workdays, None))
        form = self._form = QFormLayout()
        form.setSpacing(theme.GAP)
        for title, field in (
            ("台账(&L)", self.kind),
            ("多久一次(&O)", self.often),
            ("只算专项(&Z)", self.campaign),
            ("名称(&N)", self.name),
            ("谁报(&W)", self.group),
        ):
            form.addRow(title, field)
        form.addRow("", self._people())
        form.addRow("从(&F)", self.first)
        form.addRow("到(&T)", self.last)
        form.addRow("应报(&D)", due)
        buddy = form.labelForField(due)
        assert buddy is not None
        buddy.setBuddy(self.days)  # type: ignore[attr-defined]
        self.scrolled().addLayout(form)

    def _people(self) -> QWidget:
        """The list of those who may owe it, with what ticks all of them."""
        self.people = QWidget()
        column = QVBoxLayout(self.people)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self.who)
        ways: list[QWidget] = [
            button("全部打勾", lambda: self._tick_all(on=True), link=True),
            button("全部去掉", lambda: self._tick_all(on=False), link=True),
        ]
        column.addLayout(flow(ways, []))
        return self.people

    def save(self) -> None:
        """Store the duty; what is wrong is said in the dialog."""
        try:
            duty = self._typed()
        except UserError as error:
            self._refused(error)
            return
        wrong = fault(duty, self._duties)
        if wrong is not None:
            self._refused(UserError(wrong[1], "", "改正后再保存。", field=wrong[0]))
            return
        rest = [duty if one.id == duty.id else one for one in self._duties]
        duties = rest if self._was is not None else [*rest, duty]
        sentence = f"{'修改' if self._was else '新增'}报送任务 {duty.title}"
        self._save.setEnabled(False)
        self._context.write(
            keep_duties, duties, sentence, owner=self, done=lambda _: self.accept(), failed=self._refused
        )

    # the form

    def _fill(self, duty: Duty) -> None:
        self.kind.setCurrentIndex(self.kind.findData(duty.kind))
        self._another_ledger()
        self.often.setCurrentIndex(max(self.often.findData(duty.often), 0))
        self.campaign.setCurrentIndex(max(self.campaign.findData(duty.campaign), 0))
        self.name.setText(duty.name)
        group = _ALL if not duty.who else _DEPARTMENTS if duty.of_departments else _SOME
        self.group.setCurrentText(group)
        self._list_people()
        for field, day in ((self.first, duty.first), (self.last, duty.last)):
            field.setText(day.isoformat() if day else "")
        self.days.setText(str(duty.days))
        self.workdays.setChecked(duty.workdays)

    def _another_ledger(self) -> None:
        """What is offered follows from the ledger."""
        kind = str(self.kind.currentData())
        before = Often(self.often.currentData() or Often.MONTH)  # Qt keeps the text alone
        choices = choices_of(kind)
        self.often.clear()
        for often in choices:
            self.often.addItem(often.label, often)
        usual = Often.MONTH if Often.MONTH in choices else choices[0]
        self.often.setCurrentIndex(self.often.findData(before if before in choices else usual))
        self.campaign.clear()
        self.campaign.addItem("不限（全部记录）", "")
        for word in self._offered.campaigns.get(kind, ()):
            self.campaign.addItem(word, word)
        self._form.setRowVisible(self.campaign, kind in self._offered.campaigns)

    def _list_people(self) -> None:
        group = self.group.currentText()
        people = {_SOME: self._offered.areas, _DEPARTMENTS: self._offered.departments}.get(group, ())
        self.who.set_lines([Line((name,), ref, ticked=ref in self._ticked) for ref, name in people])
        self._form.setRowVisible(self.people, group != _ALL)

    def _tick(self, ref: str, on: bool) -> None:
        self._ticked = self._ticked | {ref} if on else self._ticked - {ref}

    def _tick_all(self, *, on: bool) -> None:
        """Tick all that are listed, or none of them."""
        listed = {line.key for line in self.who.lines.lines}
        self._ticked = self._ticked | listed if on else self._ticked - listed
        self._list_people()

    def _typed(self) -> Duty:
        """The duty as it stands in the form; UserError for what cannot be read."""
        kind, group = str(self.kind.currentData()), self.group.currentText()
        who = tuple(line.key for line in self.who.lines.lines if line.ticked) if group != _ALL else ()
        if group != _ALL and not who:
            raise UserError(f"没有选{group}", "", "给要报的打上勾，或选“全部乡镇”。", field="group")
        days = self.days.text().strip()
        if not days.isdecimal():
            raise UserError(f"天数“{days}”不是整数", "", "写一期结束后几天内要报到，如 5。", field="days")
        return Duty(
            self._was.id if self._was is not None else new_id(kind, [one.id for one in self._duties]),
            kind,
            Often(self.often.currentData()),
            self.name.text().strip(),
            who,
            str(self.campaign.currentData() or ""),
            self._day(self.first),
            self._day(self.last),
            int(days),
            self.workdays.isChecked(),
        )

    def _day(self, field: QLineEdit) -> datetime.date | None:
        text = field.text().strip()
        if not text:
            return None
        try:
            return parse.parse_date(text, year=self._context.year).value
        except parse.ParseError as error:
            name = "first" if field is self.first else "last"
            raise UserError(
                f"日期“{text}”认不出来", str(error), "写成 2024-6-1 这样。", field=name
            ) from error

    def _refused(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self._message.setText(error.in_one_line())
        for name in ("name", "first", "last", "days"):
            style.set_state(getattr(self, name), "state", "error" if name == error.field else "")
        field = getattr(self, error.field, None)
        if isinstance(field, QWidget):
            field.setFocus()


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setToolTip(hint)
    return made


def keep_duties(ledger: Ledger, duties: Sequence[Duty], sentence: str) -> Changes:
    """Another table of duties."""
    return ledger.zeros.keep(duties, sentence)

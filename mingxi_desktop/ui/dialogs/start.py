"""The first start: look at an example, begin a ledger, or open one that is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop import APP_NAME, paths
from mingxi_desktop.domain.county import DELIVERED, County
from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backup_names
from mingxi_desktop.ui import ask, icons, style, theme
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Job, Worker
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.recent import recent_files, remember
from mingxi_desktop.ui.shapes import button, card, label, row
from mingxi_desktop.ui.waiting import NoLedger

_LAST = "ledger/last"
_SUFFIX = ".mxdb"
_FILTER = f"台账文件 (*{_SUFFIX});;所有文件 (*)"
_TO_RESTORE = f"备份和交接包 (*{backup_names.SUFFIX} *.zip);;所有文件 (*)"
_TO_OPEN = f"台账和备份 (*{_SUFFIX} *{backup_names.SUFFIX} *.zip);;所有文件 (*)"
_SHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".docx", ".doc"})
_ICON, _WAY = 28, 112
_LONGEST_BUREAU = 50
_NOTE = (
    "单位名称印在总结的标题和落款上。这两项以后都能在“工具 → 设置”里改。\n"
    f"{DELIVERED.name}的乡镇和村居已备好；别的县新建以后，用“工具 → 乡镇和村居”贴上名单，或从表格读入。"
)


class StartDialog(Frame):
    """`path` is the ledger file to open, once the dialog was accepted."""

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(APP_NAME, 600, 520, parent)
        self._settings = settings
        self._worker: Worker | None = None
        self._job: Job | None = None
        self.path: Path | None = None
        self._named = DELIVERED
        self._stack = QStackedWidget()
        self.scrolled().addWidget(self._stack)
        for page in (self._choices(), self._new(), self._building()):
            self._stack.addWidget(page)
        self._ways[1].setFocus()

    # the pages

    def _choices(self) -> QWidget:
        page, column = _page()
        column.addWidget(label(APP_NAME, "figure"))
        column.addWidget(_wrapped("记录一年的工作，接收乡镇报表，年底印出总结。先选一种开始的方式："))
        self._ways = [
            button("打开示例", self.open_example),
            button("新建台账", lambda: self._go(1), primary=True),
            button("打开已有", self.open_existing),
            button("从备份恢复…", self.from_backup),
        ]
        sentences = (
            ("overview", "打开示例", "看一整年做好的台账（虚构的记录），随便试，不影响别的文件。"),
            ("add", "新建台账", "填上县名和单位名称就可以开始录入；物资、单位等名单已备好。"),
            ("folder", "打开已有", "打开这台电脑上的台账文件（.mxdb）。"),
            (
                "restore",
                "从备份或交接包恢复",
                "手上只有备份（.mxbak）或别人移交的交接包（.zip），用它做成一份台账，接着用。",
            ),
        )
        for (icon, title, text), way in zip(sentences, self._ways, strict=True):
            column.addWidget(_way(icon, title, text, way))
        self._ways[1].setDefault(True)
        recent = recent_files(self._settings)
        if recent:
            column.addWidget(label("最近用过", "title"))
        for path in recent:
            link = button(path.stem, partial(self._open, path), link=True, tip=str(path))
            column.addLayout(row(link, NameLine("muted", str(path.parent)), None))
        column.addStretch(1)
        return page

    def _new(self) -> QWidget:
        page, column = _page()
        column.addWidget(label("新建台账", "figure"))
        self._county = QLineEdit(DELIVERED.whole)
        self._county.selectAll()
        self._bureau = QLineEdit(DELIVERED.bureau)
        self._file = QLineEdit(str(free_file(paths.default_db())))
        fields = (
            ("县（市、区）全称(&X)", self._county),
            ("单位名称(&N)", self._bureau),
            ("保存在(&F)", self._file),
        )
        for text, field in fields:
            title = label(text)
            title.setBuddy(field)
            field.setAccessibleName(text.partition("(")[0])
            column.addWidget(title)
            if field is self._file:
                change = button("更改…", self._choose_place)
                column.addLayout(row(field, change))
            else:
                column.addWidget(field)
        column.addWidget(_wrapped(_NOTE))
        self._wrong = label(role="error")
        column.addWidget(self._wrong)
        self._create = button("新建并打开", self.make_new, primary=True)
        self._county.textChanged.connect(self._name_bureau)
        for field in (self._county, self._bureau, self._file):
            field.textChanged.connect(self._mark)
        column.addStretch(1)
        column.addLayout(row(button("上一步", lambda: self._go(0)), None, self._create))
        return page

    def _building(self) -> QWidget:
        page, column = _page()
        self._doing = label("正在生成示例台账……", "title")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        column.addStretch(1)
        column.addWidget(self._doing)
        column.addWidget(self._bar)
        column.addWidget(_wrapped("约十秒。生成一次，以后直接打开。"))
        column.addStretch(2)
        self._stop = button("取消", self._cancel)
        column.addLayout(row(None, self._stop))
        return page

    # the ways

    def open_example(self) -> None:
        """The demonstration year, made when it is first wanted."""
        path = example_file()
        if path.exists():
            self._open(path)
            return
        self._go(2)
        self._bar.setRange(0, 0)
        self._run(_build, path, progress=self._progress)

    def make_new(self) -> None:
        """A new ledger of the bureau."""
        if self._create.isEnabled():
            path = Path(self._file.text().strip())
            path = path if path.suffix else path.with_suffix(_SUFFIX)
            self._run(_create, path, self._bureau.text().strip(), County.of(self._county.text()))

    def open_existing(self) -> None:
        """A file that the user points at."""
        path = ask.open_file("打开台账", _TO_OPEN, folder=paths.data_dir(), parent=self)
        if path is not None:
            self._open(path)

    def from_backup(self) -> None:
        """A backup or a hand-over package that the user points at: a USB stick, what a predecessor left."""
        folder = backup_names.folder_of(paths.default_db(), "")
        path = ask.open_file(
            "选择备份文件或交接包",
            _TO_RESTORE,
            folder=folder if folder.is_dir() else None,
            parent=self,
        )
        if path is not None:
            self._open(path)

    def done(self, result: int) -> None:
        """Also at Esc: whatever is being made is dropped first."""
        if self._job is not None:
            self._job.cancel()
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        super().done(result)

    # inside

    def _open(self, path: Path) -> None:
        """Take a file once it has proved to be a ledger; one that is none is told, and the choice stays."""
        suffix = path.suffix.lower()
        if suffix in _SHEETS:
            error = UserError(
                "这是表格或文档，不是台账文件",
                f"文件：{path}",
                "先新建台账，再用“导入”把表格读进来。",
            )
            ask.show_error(error, self)
        elif suffix in (backup_names.SUFFIX, ".zip"):
            self._restore(path)
        elif str(path) == str(self._settings.value(_LAST, "")):
            # Perhaps open in the window behind, where nobody else may look into it; it was a ledger then.
            self._take(path)
        else:
            self._run(_looked_at, path)

    def _restore(self, source: Path) -> None:
        """A backup on a PC without its ledger becomes a ledger file of its own."""
        from mingxi_desktop.ui import refused

        made = refused.made_of(source, self) if self._job is None else None
        if made is not None:
            self._take(made)

    def _run(
        self,
        fn: Callable[..., Path],
        path: Path,
        *args: Any,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Make or look at a ledger file on a thread of its own; then take it."""
        if self._job is not None:
            return
        self._worker = self._worker or Worker(NoLedger)
        self._create.setEnabled(False)
        self._job = self._worker.run(
            fn, path, *args, done=self._take, failed=partial(self._refused, path), progress=progress, ended=self._ended,
            owner=self,
        )  # fmt: skip

    def _refused(self, path: Path, error: UserError) -> None:
        """A damaged ledger can be repaired here; all else is told."""
        from mingxi_desktop.ui import refused

        repaired = refused.way_on(path, error, self)
        if repaired is not None:
            self._take(repaired)

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _ended(self) -> None:
        self._job = None
        self._mark()
        if self.path is None and self._stack.currentIndex() == 2:
            self._go(0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._doing.setText("正在停下……")

    def _take(self, path: Path) -> None:
        self.path = path
        remember(self._settings, path)
        self.accept()

    def _go(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._doing.setText("正在生成示例台账……")
        first = (self._ways[1], self._county, self._stop)[page]
        self._ways[1].setDefault(page == 0)
        self._create.setDefault(page == 1)
        first.setFocus()
        self._mark()

    def _name_bureau(self) -> None:
        """The bureau is called after the county until it is given another name."""
        with suppress(ValueError):
            before, self._named = self._named, County.of(self._county.text())
            if self._bureau.text() == before.bureau:
                self._bureau.setText(self._named.bureau)

    def _mark(self) -> None:
        bureau = self._bureau.text().strip()
        filled = bool(bureau and self._file.text().strip())
        much = len(bureau) - _LONGEST_BUREAU
        said = f"单位名称长了 {much} 个字，最多 {_LONGEST_BUREAU} 个字" if much > 0 else ""
        said = said or ("" if filled else "先填单位名称和保存的位置") or _wrong_county(self._county.text())
        self._create.setEnabled(not said and self._job is None)
        self._wrong.setText(said)

    def _choose_place(self) -> None:
        now = Path(self._file.text())
        path = ask.save_file("台账保存在", now.name, _FILTER, folder=now.parent, parent=self)
        if path is not None:
            self._file.setText(str(path))


def free_file(wanted: Path) -> Path:
    """This file, or with a number where it exists."""
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem}{number}")
    return path


def example_file() -> Path:
    """Where the demonstration year lies."""
    return paths.data_dir() / f"示例台账{_SUFFIX}"


def _build(_: object, path: Path, progress: Callable[[int, int], None]) -> Path:
    from mingxi_desktop.ledger import demo

    demo.build(path, demo.PUBLISHED_YEAR, DELIVERED.bureau, progress=progress)
    return path


def _create(_: object, path: Path, bureau: str, county: County) -> Path:
    Ledger.create(path, bureau=bureau, county=county).close()
    return path


def _wrong_county(text: str) -> str:
    try:
        County.of(text)
    except ValueError:
        return f"县（市、区）写全称，如 {DELIVERED.whole}"
    return ""


def _looked_at(_: object, path: Path) -> Path:
    """The path; UserError where it is no ledger that this program can open."""
    with suppress(PasswordError):  # a ledger it is: who opens it is asked
        Ledger.open(path).close()
    return path


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
    column.setSpacing(theme.GAP)
    return page, column


def _wrapped(text: str) -> QLabel:
    made = label(text, "muted")
    made.setWordWrap(True)
    return made


def _way(icon: str, title: str, text: str, go: QWidget) -> QFrame:
    """A card: picture, title and sentence, the button at the right."""
    frame = card()
    outer = frame.layout()
    assert isinstance(outer, QVBoxLayout)
    picture = QLabel()
    picture.setPixmap(icons.pixmap(icon, "accent_text", _ICON, frame.devicePixelRatioF()))
    picture.setFixedWidth(_ICON + theme.GAP)
    words = QVBoxLayout()
    words.setSpacing(theme.HALF)
    words.addWidget(label(title, "title"))
    words.addWidget(_wrapped(text))
    line = QHBoxLayout()
    line.setSpacing(theme.WIDE_GAP)
    line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    go.setMinimumWidth(_WAY)
    line.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
    outer.addLayout(line)
    style.set_state(frame, "card", value=True)
    return frame

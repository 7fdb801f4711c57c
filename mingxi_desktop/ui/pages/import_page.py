"""Spreadsheets in, in four steps: files, columns, check, result. Nothing is stored before the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.checks.ahead import Coming
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import Preview, SheetPreview
from mingxi_desktop.ledger.intake.wish import Settings, Source, TableKey, Wish
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.batches import TakenBack, TakenBackDialog, confirmed, take_back, tell
from mingxi_desktop.ui.example_files import write_examples
from mingxi_desktop.ui.focus import finish_typing
from mingxi_desktop.ui.importing import check_step, columns_step, result_step, work
from mingxi_desktop.ui.importing.after import AfterPart
from mingxi_desktop.ui.importing.bars import CHECK, COLUMNS, FILES, RESULT
from mingxi_desktop.ui.importing.check_step import CheckStep
from mingxi_desktop.ui.importing.columns_step import ColumnsStep
from mingxi_desktop.ui.importing.digest import Told
from mingxi_desktop.ui.importing.files_step import FilesStep
from mingxi_desktop.ui.importing.judging import JUDGING, Judging
from mingxi_desktop.ui.importing.result_step import ResultStep
from mingxi_desktop.ui.importing.runner import Runner
from mingxi_desktop.ui.importing.shell import Shell
from mingxi_desktop.ui.importing.work import Lists, Looked
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.made_later import MadeLater
from mingxi_desktop.ui.turns import Turns

__all__ = ["CHECK", "COLUMNS", "FILES", "RESULT", "ImportPage"]


class ImportPage(Shell):
    """The import, a page of the main window."""

    closed = Signal()
    """The user is done with it, or has given it up."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._looked: Looked | None = None
        self._read: tuple[list[Source], Settings] | None = None
        self._result: ImportResult | None = None
        self._fresh = False
        self._lists = Lists()
        self._filling = Turns(iter(()), self)
        self._runner = Runner(context.worker, self.bars, self)
        self.files = FilesStep(self._stack)
        foot = self.bars.stops
        # The last one first: of several the newest has its turn before the others.
        self._last = MadeLater(partial(result_step.steps, context), then=foot)
        self._third = MadeLater(check_step.steps, then=foot)
        self._second = MadeLater(partial(columns_step.steps, context.sources), then=foot)
        self.add_steps(self.files, self._second, self._third, self._last)
        self._connect()
        self.go(FILES)

    @property
    def columns(self) -> ColumnsStep:
        """The second step."""
        return self._second.part

    @property
    def check(self) -> CheckStep:
        """The third step, with what has been read."""
        self._filling.finish()
        return self._third.part

    @property
    def result(self) -> ResultStep:
        """The last step."""
        return self._last.part

    @property
    def after(self) -> AfterPart:
        """What the checks say of what has been imported, a part of the last step."""
        return self.result.after

    def _connect(self) -> None:
        self.files.changed.connect(self.mark)
        self._runner.changed.connect(self.mark)
        self._runner.ended.connect(self.focus_first)
        self.files.folder_wanted.connect(self._list)
        self.files.examples_wanted.connect(lambda: write_examples(self._context, self))

        self._second.made.connect(self._connect_columns)
        self._third.made.connect(self._connect_check)
        self._last.made.connect(self._connect_result)

    def _connect_columns(self) -> None:
        self.columns.changed.connect(self.mark)
        self.columns.reread.connect(self._reread)
        self.columns.forget_wanted.connect(self._forget)
        self.columns.goods = self._lists.goods

    def _connect_check(self) -> None:
        check = self._third.part  # which may be made while it is filled
        check.decided.connect(self.mark)
        check.decided.connect(lambda: self._judging.later(self._preview))

    def _connect_result(self) -> None:
        self.after.counted.connect(self._count_concerns)
        self.result.records_wanted.connect(self.show_records)
        self.result.undo_wanted.connect(self.undo)
        self.result.again_wanted.connect(lambda: self.start([]))

    @cached_property
    def _judging(self) -> Judging:
        return Judging(self._context.worker, self.check, self)

    # for the window

    def start(self, paths: Sequence[Path], kind: str = "") -> None:
        """Begin with these files and folders; an import under way goes on, with more files from its first step."""
        if self._runner.busy:
            if paths:
                self._context.said.emit("正在导入，完成后再添加文件")
            return
        fresh = self.step == RESULT or (self.step == FILES and not self.files.sources)
        if fresh:
            self._reset()
            self.files.set_kind(kind)
        self._look_up()
        if paths:
            self._list(paths)
        if fresh or paths:
            self.go(FILES)
        (self.bars.next if self.files.sources else self.files.add_button).setFocus()

    def start_pasted(self, source: Source, kind: str) -> None:
        """Begin with a block from the clipboard, for a ledger."""
        if self._runner.busy:
            self._context.said.emit("正在导入，完成后再粘贴")
            return
        if self.step != RESULT and self.files.sources and not self._may_drop():
            return
        self._reset()
        self._look_up()
        self.files.set_kind(kind)
        self.files.year.setCurrentIndex(max(self.files.year.findData(self._context.year), 0))
        self.files.set_pasted(source)
        self._look(COLUMNS)

    def _look_up(self) -> None:
        self._context.said.emit("")  # what was saved elsewhere is no news of this import
        self.files.set_year(self._context.year)
        self._context.read(work.lists, done=self._listed, owner=self)

    def _listed(self, lists: Lists) -> None:
        self._lists = lists
        if self._second.there is not None:
            self.columns.goods = lists.goods
        self.files.set_reporters(lists.reporters)

    def _list(self, paths: Sequence[Path]) -> None:
        """Files at once, folders once they have been looked through."""
        if any(path.is_dir() for path in paths):
            self._context.read(
                work.files_in,
                list(paths),
                done=lambda found: self.files.add(found.files, found.unseen),
                owner=self,
            )
        else:
            self.files.add(paths)

    # the buttons

    def forward(self) -> None:
        """The next step: read, read again as corrected, store, or done."""
        finish_typing(self)
        if not self.bars.next.isEnabled() or self._runner.busy:
            return
        if self.step == FILES:
            if self._read is not None and self._read[1].kind != self.files.settings().kind:
                self.columns.clear()
            self._look(COLUMNS)
        elif self.step == COLUMNS and self._read != self._request():
            self._look(CHECK)
        elif self.step == COLUMNS:
            self._to_check()
        elif self.step == CHECK and self._judging.pending:
            self._judge_first()
        elif self.step == CHECK:
            self._store()
        else:
            self.give_up()

    def cancel(self) -> None:
        """Stop what runs, else give the import up; nothing has been stored before the result."""
        if self._runner.busy:
            self.halt()
        elif self.step in (FILES, RESULT) or self._may_drop():
            self.give_up()

    def _may_drop(self) -> bool:
        return ask.question("放弃这次导入？", "还没有存任何记录。", yes="放弃导入", parent=self, danger=True)

    def halt(self) -> None:
        """Stop reading; storing is one step and cannot be stopped."""
        self._runner.halt()

    def show_records(self, kind: str) -> None:
        """Go to what was imported into a ledger."""
        if self._result is not None and self._result.batch is not None:
            batch = self._result.batch
            self.give_up()
            self._context.show(Query(kind, batch=batch))

    def undo(self) -> None:
        """Take the import back."""
        result = self._result
        if result is None or result.changes is None or result.batch is None:
            return
        if confirmed(result.changes.sentence, self._looked.found.ready if self._looked else 0, self):
            self.result.undo.setEnabled(False)
            self._context.read(take_back, result.batch, done=self._taken_back, owner=self)

    def write_returned(self) -> None:
        """Write marked copies of the files with faults into a folder the user chooses."""
        if self._looked is None:
            return
        found = self._looked.found
        folder = ask.folder(
            "退回文件放在哪个文件夹", start=found.sheets[0].path.absolute().parent, parent=self
        )
        if folder is not None:
            self._runner.run(
                "正在生成退回文件……", work.returned, found, folder, self.files.sources, done=self._written
            )

    # working

    def _request(self) -> tuple[list[Source], Settings]:
        wishes = self.columns.wishes if self._second.there is not None else {}
        given = {key: wish for key, wish in wishes.items() if wish != Wish()}
        return self.files.sources, replace(self.files.settings(), by_table=given)

    def _look(self, then: int) -> None:
        """Read all files as the user wishes."""
        request = self._request()

        def done(looked: Looked) -> None:
            self._read = request
            self._show(looked)
            if then == CHECK:
                self._to_check()
            else:
                self.go(then)

        self._runner.read(*request, done)

    def _to_check(self) -> None:
        self._filling.finish()
        self.go(CHECK)
        self._judging.look(self._preview)

    def _judge_first(self) -> None:
        """The user does not want to wait for the checks; they are not passed by unseen."""
        self._judging.stop()

        def done(found: Sequence[Coming]) -> None:
            self._judging.answered(found)
            if not self.check.concerns.open:
                self._store()

        self._runner.run(JUDGING, work.judge, self._preview, done=done, progress=lambda *_: None)

    @property
    def _preview(self) -> Preview:
        return self._looked.found if self._looked is not None else Preview()

    def _reread(self, key: TableKey) -> None:
        """Read one file anew to show its columns; all of them come together again at the next step."""
        if self._runner.busy:
            return
        sources, settings = self._request()

        def done(looked: Looked) -> None:
            assert self._looked is not None
            self._read = None
            self._show(self._looked.with_file(key[0], looked), key)

        self._runner.read([source for source in sources if source.path == key[0]], settings, done)

    def _forget(self, sheet: SheetPreview) -> None:
        """Read a table without what is remembered of its columns."""
        self.columns.wishes.pop(sheet.key, None)
        self._context.read(
            work.forget,
            sheet,
            self.files.settings().reporter,
            done=lambda _: self._reread(sheet.key),
            owner=self,
        )

    def _show(self, looked: Looked | None, front: TableKey | None = None) -> None:
        """Show what was read, and let go of what was read before."""
        kept = {id(sheet) for sheet in looked.found.sheets} if looked is not None else set()
        old = self._preview.sheets
        self._judging.stop()
        self._looked = looked
        found, said = (looked.found, looked.told) if looked is not None else (Preview(), [])
        self.columns.show_preview(found, front)
        self._filling.stop()
        self._filling = Turns(self._fill_check(found, said), self)  # the step that is seen comes first
        gone = [sheet for sheet in old if id(sheet) not in kept]
        if gone:
            self._context.worker.run(work.let_go, gone, priority=Priority.LONG)

    def _fill_check(self, found: Preview, said: list[Told]) -> Iterator[None]:
        self._third.part.show_preview(found, said, self._lists.areas)
        yield

    def _store(self) -> None:
        assert self._looked is not None
        assert self._read is not None
        self._runner.run(
            "正在保存，完成前请不要关机……", work.store, self._looked.found, self._read[1], done=self._stored
        )

    def _stored(self, result: ImportResult) -> None:
        assert self._looked is not None
        self._result, self._fresh = result, True
        self.result.show_result(self._looked.found, result)
        self.result.open(result_step.DONE)
        self.after.show_arrival(result.arrival)
        if result.changes is not None:
            self._context.changed.emit(result.changes)
            self._context.said.emit(f"已保存：{result.changes.sentence}")
        self.go(RESULT)

    def _count_concerns(self, count: int) -> None:
        self.result.count_concerns(count)
        if count and self._fresh:
            self._fresh = False
            self.result.open(result_step.CONCERNS)

    def _taken_back(self, taken: TakenBack) -> None:
        tell(self._context, taken)
        self.result.open(result_step.DONE)
        self.result.show_taken_back(taken.sentence)
        self.mark()
        if taken.left:
            TakenBackDialog(taken, self).exec()

    def _written(self, paths: list[Path]) -> None:
        names = "、".join(path.name for path in paths)
        self._context.said.emit(f"已生成退回文件：{names}")
        if paths and ask.offer(
            f"已生成 {len(paths):,} 个退回文件", f"{names}\n\n错的单元格标红，原因写在批注和最后一列。",
            yes="打开文件夹", parent=self,
        ):  # fmt: skip
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0].parent)))

    # where we are

    def _reset(self) -> None:
        self._read = self._result = None
        if self._looked is not None:
            self._show(None)
            self.columns.clear()
        if self._last.there is not None:
            self.after.show_arrival(None)
        self.files.clear()
        self.go(FILES)

    def give_up(self) -> None:
        """Close without asking; nothing is stored."""
        self._reset()
        self.closed.emit()

    def back(self) -> None:
        """The step before; what was said there stays."""
        if self.step in (COLUMNS, CHECK) and not self._runner.busy:
            self.go(self.step - 1)

    @property
    def busy(self) -> bool:
        """Whether files are read or something is stored."""
        return self._runner.busy

    def mark(self) -> None:
        """What is shown and can be pressed now."""
        found = self._looked.found if self._looked is not None else None
        ready = self.columns.usable if self.step == COLUMNS else bool(self.files.sources)
        self.show_state(found, ready=ready)

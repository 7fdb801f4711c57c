"""Going one of the ways that `recovering` offers.

The new file is made beside the damaged one, checked, and put in its place; the damaged one is kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.domain import kinds
from mingxi_desktop.errors import UserError, disk_fault, disk_reason
from mingxi_desktop.ledger import encrypting, held, key_places, placing
from mingxi_desktop.ledger.safekeeping import identity, recovering
from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words
from mingxi_desktop.ledger.safekeeping.recovering import Examined, Way
from mingxi_desktop.storage import cipher, merging, seal, sqlite
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.merging import Loss, Merged
from mingxi_desktop.storage.schema import LABELS
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.wreck import Wreck

KEPT = "损坏"
"""In the name under which the damaged file is kept."""
_STAMP = "%Y%m%d-%H%M%S"
_SERIOUS = ("文件结构", "变更历史", "在程序之外", "不见了", "读不出来")


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of it.

    kept: where the damaged file is now; None where it was found to be sound.  merged: what was brought over.
    listed: the list of what could not be saved.  problems: what is still wrong, like references to lost records.
    """

    path: Path
    way: Way
    kept: Path | None = None
    merged: Merged | None = None
    listed: Path | None = None
    problems: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What was done, for the user."""
        parts = [_DONE[self.way]]
        if self.merged is not None:
            parts.append(f"取回 {self.merged.taken:,} 条记录、{self.merged.entries:,} 条变更历史")
        losses = len(self.merged.losses) if self.merged else 0
        if losses:
            parts.append(f"{losses:,} 条不全{f'，列在 {self.listed}' if self.listed else ''}")
        if self.problems:
            parts.append(f"还要核对：{'；'.join(self.problems[:3])}")
        if self.kept is not None:
            parts.append(f"损坏的文件留在 {self.kept}")
        return "；".join(parts) + "。"


_ACCEPTED = "台账文件在程序之外被改动过，核对记录无误后继续使用"
_DONE = {
    Way.ACCEPT: "记录核对无误，文件重新封好，可以接着用",
    Way.BACKUP: "已回到备份",
    Way.CHANGES: "已用备份和那以后的变更记录修复",
    Way.SALVAGE: "已把读得出的内容放进新文件",
}


def repair(examined: Examined, way: Way, operator: str = "") -> Repaired:
    """Go a way.  UserError leaves everything as it was.

    What is made is checked before it takes the place of the damaged file, which is kept beside it.
    """
    path = examined.path.resolve()  # a link leads to the file that is replaced
    offer = next((offer for offer in examined.offers if offer.way is way), None)
    if offer is None or not offer.possible:
        raise UserError("这条路走不通", offer.text if offer else f"文件：{path}", "换一种修复的办法。")
    admit(path)
    if way is Way.ACCEPT:
        return _accept(path, operator)
    part = placing.part_of(path)
    try:
        merged = _make(examined, way, part, operator)
        encrypting.again(path, part)  # a backup of the time before it was encrypted
        problems = _checked(part)
        if way is not Way.CHANGES:  # an end of the history that is in a backup only is no longer missed
            recovering.note_restored(part, path)
        kept = placing.take_place(part, path, KEPT)
    except OSError as error:
        raise disk_fault("没有修复成", path, error, "关闭占用文件的程序，再试一次。") from error
    finally:
        sqlite.discard(part)
    try:
        key_places.after_restore(examined.backup or path, path, kept)
    except OSError as error:  # the ledger is repaired all the same
        problems.append(f"钥匙文件没有写成（{disk_reason(error, path)}），打开时要输入恢复码")
    problems += _of_tables(merged, way) if merged is not None else []
    listed = None
    if merged is not None and merged.losses:
        try:
            listed = write_list(path, merged.losses)
        except UserError as error:  # the ledger is repaired all the same
            problems.append(f"没有救全的记录没能列成表格：{error.detail}")
    return Repaired(path, way, kept, merged, listed, tuple(problems))


def admit(path: Path) -> None:
    """UserError while a ledger file is open somewhere: nothing in it can be judged, and nothing replaced then."""
    held.refuse_held(path, "关闭所有打开本台账的窗口，再修复。")


def _accept(path: Path, operator: str) -> Repaired:
    """The file is sound but for its seal: say so in it, and seal it anew."""
    store = Store.open(path, operator, as_is=True)
    try:
        problems = recovering.proved_wrong(store)
        if problems:
            raise UserError("文件里有改动过的记录", "；".join(problems[:3]), "换一种修复的办法。")
        outside = store.state is seal.State.CHANGED
        passed = identity.passed(store, thoroughly=True)
        with store.writing():
            journal = Journal(store.schema)
            change_set = journal.begin(store.operator, _ACCEPTED if outside else identity.CONFIRMED)
            if passed is not None:
                identity.settle(store, journal, change_set, passed)
            journal.seal()
        store.vouch()
    finally:
        store.close()
    return Repaired(path, Way.ACCEPT)


def _make(examined: Examined, way: Way, part: Path, operator: str) -> Merged | None:
    if way is Way.SALVAGE:
        Store.create(part, operator, cipher.key_of(examined.path)).close()
    else:
        assert examined.backup is not None
        placing.copy(examined.backup, part)
        if way is Way.BACKUP:
            return None
    with recovering.copied(examined.path) as copy:
        recovering.found_wrong(examined.path, copy)  # an unfinished transaction in it is undone by that
        store = Store.open(part, operator, keep_old=False)
        wreck = Wreck(copy, _layouts(examined), examined.backup)
        try:
            return merging.merge(store, wreck)
        finally:
            wreck.close()
            store.vouch()  # it is checked next
            store.close()


def _of_tables(merged: Merged, way: Way) -> list[str]:
    """What of the tables beside the records is not as it was."""
    unread = [f"{LABELS[name]}只取回了读得出来的" for name in merged.unread_tables]
    what = "改过的没有要，用的是备份里的" if way is Way.CHANGES else "没有备份可比，照原样放了进来"
    return unread + [f"{LABELS[name]}在程序之外被改动过，{what}" for name in merged.doubted_tables]


def _layouts(examined: Examined) -> dict[str, list[str]]:
    """The order of the columns as the backup has it: that of the damaged file, if it no longer says so itself."""
    if examined.backup is None:
        return {}
    wreck = Wreck(examined.backup)
    try:
        return {name: wreck.columns(name) for name in wreck.tables}
    finally:
        wreck.close()


def _checked(part: Path) -> list[str]:
    """What is wrong with the new file that the user can live with; UserError for anything else."""
    store = Store.open(part, keep_old=False)
    try:
        problems = recovering.proved_wrong(store)
        if not problems:
            store.vouch()
    finally:
        store.close()
    serious = [one for one in problems if any(word in one for word in _SERIOUS)]
    if serious:
        raise UserError(
            "修复出的文件没有通过检查",
            "；".join(in_plain_words(serious)[:3]),
            "原文件没有动。换一种修复的办法。",
        )
    return problems


def write_list(path: Path, losses: Sequence[Loss]) -> Path:
    """The records that are not as they were, as a workbook beside the ledger."""
    from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
    from mingxi_desktop.exchange.writing.write import write_workbook

    target = placing.free(
        path.with_name(f"{path.stem}-没有救全的记录{datetime.datetime.now():{_STAMP}}.xlsx")
    )
    labels = {kind.name: kind.label for kind in kinds.ALL}
    columns = [
        GridColumn("台账", width=16),
        GridColumn("记录号", CellType.INT, width=10),
        GridColumn("情况", width=40),
        GridColumn("变更历史里最后的说明", CellType.LONG, width=60),
    ]
    rows = [(labels.get(loss.kind, loss.kind), loss.record, loss.what, loss.said) for loss in losses]
    write_workbook(target, [Grid("没有救全的记录", "没有救全的记录", columns, rows)])
    return target

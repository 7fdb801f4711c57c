"""From the schema of an older file to today's, after a checked copy of the file was put aside.

What a later version adds follows from the declarations (`since` of kinds and fields): missing tables are
created, missing columns added, indexes made anew that should be over other columns.  Anything else is a step
in STEPS, run before that in order of its version.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.storage import copies, indexes, sqlite, steps
from mingxi_desktop.storage.columns import column
from mingxi_desktop.storage.digests import Digests
from mingxi_desktop.storage.marks import Marks
from mingxi_desktop.storage.schema import VERSION, Schema, stored_fields
from mingxi_desktop.storage.seal import Seal, press

STEPS: tuple[tuple[tuple[int, int], Callable[[Schema], None]], ...] = (
    ((1, 2), steps.zero_reports_of_periods),
)
"""(version, step): what that version changed beyond new tables and columns."""
_FINISH: tuple[tuple[tuple[int, int], Callable[[Schema], None]], ...] = (
    ((1, 5), steps.names_out_of_search_texts),
    ((1, 3), lambda schema: Digests(schema).take()),
    ((1, 4), lambda schema: Marks(schema).take()),
)
"""(version, what it writes or covers since then), in this order once all tables are there.

What a file covers already is not taken anew: what writes it has to bring that up to date itself.
"""


def upgrade(
    path: Path,
    database: sqlite.Database,
    version: tuple[int, int],
    seal: Seal,
    *,
    keep_old: bool = True,
) -> None:
    """Bring the file from `version` to VERSION in one transaction; the old file is copied aside first."""
    if keep_old:
        with sqlite.translated(path):
            keep_aside(path, database, version)
    with sqlite.translated(path), sqlite.roomy(database), database.atomic("IMMEDIATE"):
        seal.note(database)
        schema = Schema(database)
        for step_version, step in STEPS:
            if version < step_version <= VERSION:
                step(schema)
        add_missing(schema)
        for since, finish in _FINISH:
            if version < since:
                finish(schema)
        sqlite.stamp(database, VERSION)


def keep_aside(path: Path, database: sqlite.Database, version: tuple[int, int]) -> Path:
    """A checked copy of the file as it was, beside it."""
    copy = path.with_name(f"{path.stem}-升级前{version[0]}.{version[1]}{path.suffix}")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.stem}-升级前{version[0]}.{version[1]}-{number}{path.suffix}")
    part = copy.with_name(copy.name + ".part")
    try:
        sqlite.discard(part)  # left behind by a start that was cut short
        copies.copy_to(database, part)
        press(part)
        broken, _ = copies.faults(part, copies.row_counts(Schema(database)))
        if broken and sqlite.integrity(database):
            raise sqlite.damaged(path)
        if broken:
            where = f"文件：{copy}（{'；'.join(broken[:3])}）"
            raise UserError("升级前的备份没有通过检查，没有升级", where, "检查磁盘后再打开台账。")
        paths.give_name(part, copy)
    except OSError as error:
        reason = disk_reason(error)
        raise UserError(
            "不能写升级前的备份，没有升级", f"文件：{copy}（{reason}）", "检查文件夹是否可写、磁盘是否已满。"
        ) from error
    finally:
        sqlite.discard(part)
    return copy


def add_missing(schema: Schema) -> None:
    """Create the tables, columns and indexes that the declarations have and the file has not."""
    for name, kind in schema.kinds.items():
        present = sqlite.columns(schema.database, name)
        if present:
            _add_columns(schema, kind, present)
            wanted = {(columns, bool(which)) for columns, which in indexes.all_of(kind)}
            sqlite.drop_indexes(schema.database, name, wanted)
    schema.database.create_tables([*schema.system, *schema.table.values()], safe=True)


def _add_columns(schema: Schema, kind: Kind, present: Collection[str]) -> None:
    for field in stored_fields(kind):
        if field.name not in present:
            context = schema.database.get_sql_context()
            fresh = column(field)
            fresh.bind(schema.table[kind.name], field.name, set_attribute=False)
            context.literal(f'ALTER TABLE "{kind.name}" ADD COLUMN ').sql(fresh.ddl(context))
            schema.database.execute_sql(*context.query())

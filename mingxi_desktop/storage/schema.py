"""The tables of a ledger file, built from the declarations.

One table per kind, one for all reference lists, one for links (MULTI_REF), and those that keep the
ledger safe: history (append-only, chained), change sets, batches, attachments, settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import peewee

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.storage import indexes
from mingxi_desktop.storage.columns import column
from mingxi_desktop.storage.statements import Statements

FIRST_VERSION = (1, 0)
VERSION = (1, 5)
"""(major, minor) of the schema.  A newer major is refused, a newer minor of the same major too."""
LABELS = {
    "setting": "设置",
    "reference": "乡镇、单位、物资等名单",
    "link": "记录之间的引用",
    "history": "变更历史",
    "change_set": "变更历史的说明",
    "batch": "导入记录",
    "attachment": "佐证材料的登记",
    "narrative": "报告的文字",
    "opening": "期初数",
    "indicator": "指标定义",
    "frozen": "定稿",
    "acceptance": "核对的说明",
    "zero_report": "零报告",
    "mark": "记录的登记信息",
}
"""What the tables that are not a kind's are called."""


class _Tables(Mapping[str, Any]):
    """The models of the kinds' tables by name, each made when it is first wanted: that takes longer than a query."""

    def __init__(self, kinds: Mapping[str, Kind], make: Callable[[Kind], Any]) -> None:
        self._kinds, self._make = kinds, make
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._make(self._kinds[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


class Schema:
    """The models of one ledger file, bound to its database.

    kind tables: `schema.table["hazard"]`; their system columns are uid, year, batch, source…, search.
    """

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self.database = database
        self.statements = Statements(database)
        self.counted: dict[tuple[str, int | None], int] = {}
        """(kind, year; None for all) → its records.  `Rows` forgets it when any come, go or change their year."""
        self.years: list[int] | None = None
        """The years that have records, newest first; forgotten together with it."""
        self.kinds = {kind.name: kind for kind in kinds.ALL}
        self.table: Mapping[str, Any] = _Tables(self.kinds, self._kind_table)
        text, number = peewee.TextField, peewee.IntegerField
        self.setting = self._model("setting", {"key": text(primary_key=True), "value": text()})
        self.reference = self._model(
            "reference",
            {
                "list": text(),
                "name": text(),
                "normal": text(),
                "code": text(default=""),
                "aliases": text(default=""),
                "unit": text(default=""),
                "group": text(default=""),
                "parent": text(default=""),
                "extra": text(default="{}"),
                "active": peewee.BooleanField(default=True),
                "search": text(default=""),
            },
            indexes=((("list", "normal"), False),),
        )
        self.link = self._model(
            "link",
            {"kind": text(), "field": text(), "record": number(), "target": text()},
            indexes=((("kind", "field", "record"), False), (("target",), False)),
        )
        self.history = self._model(
            "history",
            {
                "change_set": number(index=True),
                "at": text(),
                "by": text(),
                "action": text(),
                "kind": text(),
                "record": number(),
                "changes": text(),
                "state": peewee.BlobField(),
                "hash": peewee.BlobField(),
            },
            indexes=((("kind", "record"), False),),
        )
        self.change_set = self._model(
            "change_set", {"at": text(), "by": text(), "sentence": text(), "reverses": number(null=True)}
        )
        self.batch = self._model(
            "batch",
            {
                "at": text(),
                "by": text(),
                "sentence": text(),
                "files": text(),
                "records": number(),
                "change_set": number(),
                "state": text(default="active"),
            },
        )
        self.attachment = self._model(
            "attachment",
            {
                "kind": text(),
                "record": number(),
                "sha256": text(),
                "name": text(),
                "size": number(),
                "at": text(),
                "removed_at": text(null=True),
            },
            indexes=((("kind", "record", "name"), True),),
        )
        self.narrative = self._model(
            "narrative",
            {"year": number(), "section": text(), "text": text()},
            indexes=((("year", "section"), True),),
        )
        self.opening = self._model(
            "opening",
            {"indicator": text(), "year": number(), "value": text(), "source": text()},
            indexes=((("indicator", "year"), True),),
        )
        self.indicator = self._model("indicator", {"id": text(primary_key=True), "definition": text()})
        self.frozen = self._model(
            "frozen",
            {
                "template": text(),
                "year": number(),
                "span": text(),
                "as_of": text(),
                "at": text(),
                "by": text(),
                "numbers": peewee.BlobField(),
                "text": text(),
                "pdf": peewee.BlobField(),
                "sha256": text(),
                "history": text(),
                "change_set": number(),
                "reason": text(default=""),
                "withdrawn_at": text(null=True),
                "withdrawn_by": text(default=""),
                "withdrawn_why": text(default=""),
            },
            indexes=((("template", "year"), False),),
        )
        self.acceptance = self._model(
            "acceptance",
            {
                "key": text(unique=True),
                "code": text(),
                "year": number(index=True),
                "message": text(),
                "reason": text(),
                "at": text(),
                "by": text(),
            },
        )
        self.zero_report = self._model(
            "zero_report",
            {
                "kind": text(),
                "campaign": text(default=""),
                "who": text(),
                "period": text(),
                "at": text(),
                "by": text(),
            },
            indexes=((("kind", "campaign", "who", "period"), True),),
        )
        self.mark = self._model(
            "mark",
            {"kind": text(), "block": number(), "marks": peewee.BlobField()},
            indexes=((("kind", "block"), True),),
        )

    @property
    def system(self) -> tuple[Any, ...]:
        """The tables that are not a kind's."""
        return (
            self.setting,
            self.reference,
            self.link,
            self.history,
            self.change_set,
            self.batch,
            self.attachment,
            self.narrative,
            self.opening,
            self.indicator,
            self.frozen,
            self.acceptance,
            self.zero_report,
            self.mark,
        )

    def create(self) -> None:
        """Create all tables and indexes of an empty file."""
        self.database.create_tables([*self.system, *self.table.values()], safe=False)

    def forget_counted(self) -> None:
        """Records have come, gone or changed their year."""
        self.counted.clear()
        self.years = None

    def column(self, kind: str, field: str) -> Any:
        """The column of a stored field or of a system column."""
        return self.table[kind]._meta.fields[field]

    def _model(self, name: str, fields: dict[str, Any], indexes: tuple[Any, ...] = ()) -> Any:
        meta = type("Meta", (), {"database": self.database, "table_name": name, "indexes": indexes})
        return type(name.title().replace("_", ""), (peewee.Model,), {**fields, "Meta": meta})

    def _kind_table(self, kind: Kind) -> Any:
        fields: dict[str, Any] = {
            "id": peewee.AutoField(),
            "uid": peewee.TextField(unique=True),
            "year": peewee.IntegerField(),
            **{field.name: column(field) for field in kind.fields if field.stored},
            "batch": peewee.IntegerField(null=True),
            "created_at": peewee.TextField(),
            "updated_at": peewee.TextField(),
            "updated_by": peewee.TextField(),
            "deleted_at": peewee.TextField(null=True),
            "deleted_by": peewee.TextField(null=True),
            "search": peewee.TextField(default=""),
        }
        found = tuple((columns, False) for columns in indexes.of_kind(kind))
        model = self._model(kind.name, fields, found)
        for columns, which in indexes.partial(kind):
            parts = [fields[name] for name in columns]
            model.add_index(peewee.ModelIndex(model, parts, where=peewee.SQL(which)))
        return model


@cache
def stored_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields that have a column, in order."""
    return tuple(field for field in kind.fields if field.stored)


@cache
def link_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields whose values lie in the link table."""
    return tuple(field for field in kind.fields if field.type is FieldType.MULTI_REF)


@cache
def files_field(kind: Kind) -> Field | None:
    """The field whose values lie in the attachment table; None where a kind has none."""
    return next((field for field in kind.fields if field.type is FieldType.FILES), None)

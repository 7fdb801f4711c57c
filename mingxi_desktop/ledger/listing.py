"""What is kept beside the records: entries of reference lists, the clerk's own words."""

from __future__ import annotations

from dataclasses import replace

from mingxi_desktop.domain.names import fold_width, tidy, valid_uscc
from mingxi_desktop.domain.references import AREA, CHOICE_PREFIX, COUNTY_AREA, ENTERPRISE, LABELS, Entry
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.storage.columns import MULTI_MARK
from mingxi_desktop.storage.reference_store import ReferenceStore

_CODE_LENGTH = 18


def checked(references: ReferenceStore, entry: Entry) -> Entry:
    """The entry as it may be stored; UserError where its name cannot stand or is there already."""
    aliases = tuple(dict.fromkeys(alias for alias in map(tidy, entry.aliases) if alias))
    entry = replace(entry, name=tidy(entry.name), code=tidy(entry.code), aliases=aliases)
    if not entry.name:
        raise UserError("名称还空着，没有登记", "", "写上名称再保存。", field="name")
    if any(MULTI_MARK in name for name in (entry.name, *aliases)):
        raise UserError(f"名称里不能有“{MULTI_MARK}”", entry.name, "换一个写法。", field="name")
    if entry.list.startswith(CHOICE_PREFIX):
        _check_word(entry)
    elif entry.list not in LABELS:
        raise UserError(f"没有叫“{entry.list}”的名单", "", f"可用的名单：{'、'.join(LABELS.values())}")
    before = references.get(entry.ref)
    if before is not None and (before.list, before.name) == (AREA, COUNTY_AREA) != (entry.list, entry.name):
        raise UserError(
            "“县直”不能改名",
            "它是县里自己的，不算一个乡镇，程序按这个名字认",
            "别的叫法加到“别的写法”里。",
            field="name",
        )
    if entry.list == ENTERPRISE:
        entry = replace(entry, code=_credit_code(references, entry))
    for name in (entry.name, entry.code, *aliases):
        same = references.find(entry.list, name) if name else None
        if same is not None and same.id != entry.id:
            raise UserError(
                f"已经有“{same.name}”",
                "" if name == same.name else f"“{name}”指的是它",
                "同一个名称只登记一次；别的写法请加到它的别名里。",
                field="name" if name == entry.name else "code" if name == entry.code else "aliases",
            )
    return entry


def _credit_code(references: ReferenceStore, entry: Entry) -> str:
    """The code in its one spelling; UserError where it cannot be one.  What was stored before may stay."""
    before = references.get(entry.ref)
    code = "".join(fold_width(entry.code).upper().split())
    if not code or (before is not None and before.code == entry.code) or valid_uscc(code):
        return code
    wrong = (
        f"应是{_CODE_LENGTH}位，现在是{len(code)}位"
        if len(code) != _CODE_LENGTH
        else "最后一位校验码和前面的对不上，有一位写错了"
        if code.isalnum() and code.isascii() and not set(code) & set("IOSVZ") and code[2:8].isdigit()
        else "只有数字和大写字母，第3到8位是数字，没有字母 I、O、S、V、Z"
    )
    raise UserError(f"统一社会信用代码不对：{wrong}", code, "对照营业执照改正，或先空着。", field="code")


def _check_word(entry: Entry) -> None:
    vocabulary = delivered().get(entry.list.removeprefix(CHOICE_PREFIX))
    if vocabulary is None or not vocabulary.open:
        label = vocabulary.label if vocabulary else entry.list
        raise UserError(
            f"“{label}”的选项是固定的，不能自己加", entry.name, "请从已有的选项中选。", field="name"
        )
    if entry.name in vocabulary.values:
        raise UserError(f"已经有“{entry.name}”", vocabulary.label, "不用再加。", field="name")

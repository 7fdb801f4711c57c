"""settings and areas: whose ledger it is, and which townships and villages it has."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingxi_desktop.app.call import DONE, Call, Verb, words
from mingxi_desktop.app.output import table
from mingxi_desktop.errors import UserError


def _declare_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "values",
        metavar="名称=值",
        nargs="*",
        type=words,
        help="如 单位名称=云山县应急管理局；不写就列出全部，等号后面空着就取消",
    )


def _settings(call: Call) -> int:
    from mingxi_desktop.domain.county import COUNTY
    from mingxi_desktop.ledger.preferences import SETTINGS, read

    with call.ledger() as ledger:
        typed = dict(map(_named, call.args.values))
        changed = {key: read(key, text, ledger.setting(key)) for key, text in typed.items()}
        ledger.preferences.keep(changed)
        kept = {one.key: ledger.setting(one.key) for one in SETTINGS} | {COUNTY: ledger.home.county.whole}
    rows = [[one.key, one.label, kept[one.key] or "—", one.empty] for one in SETTINGS]
    document = [{"setting": one.key, "label": one.label, "value": kept[one.key]} for one in SETTINGS]
    call.out.answer(document, table(["标识", "名称", "值", "说明"], rows, 40))
    return DONE


def _named(text: str) -> tuple[str, str]:
    from mingxi_desktop.ledger.preferences import SETTINGS

    name, equals, value = text.partition("=")
    found = next((one for one in SETTINGS if name.strip() in (one.key, one.label)), None)
    if found is None or not equals:
        known = "、".join(one.label for one in SETTINGS)
        raise UserError(f"“{text}”不是设置", "", f"写成 名称=值；可以设置的：{known}。")
    return found.key, value


def _declare_areas(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="名单", nargs="?", help="表格：“乡镇”一列，有村居的再加“村（社区）”一列"
    )
    parser.add_argument(
        "--only", action="store_true", help="名单里没有的停用：不再出现在候选里，原有记录不变"
    )


def _areas(call: Call) -> int:
    from mingxi_desktop.domain.references import AREA, VILLAGE
    from mingxi_desktop.ledger import area_list

    wanted = area_list.from_file(Path(call.args.file)) if call.args.file else None
    with call.ledger() as ledger:
        said = ledger.home.take_in(wanted, only=call.args.only).sentence if wanted else ""
        inside: dict[str, list[str]] = {entry.name: [] for entry in ledger.entries(AREA)}
        for village in ledger.entries(VILLAGE):
            inside.setdefault(village.parent, []).append(village.name)
        county = ledger.home.county.whole
    listed = [{"area": name, "villages": names} for name, names in inside.items()]
    document = {"county": county, "areas": listed}
    rows = [[name, str(len(names)), "、".join(names)] for name, names in inside.items()]
    shown = table(["乡镇", "村居数", "村居"], rows, 60)
    call.out.answer(document, "\n".join(filter(None, (county, shown, f"已{said}" if said else ""))))
    return DONE


VERBS = (
    Verb("settings", "列出、修改单位名称、县名等设置", _declare_settings, _settings),
    Verb("areas", "列出乡镇和村居；从名单导入", _declare_areas, _areas),
)

"""examples: files such as townships send them, to try the import with."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from mingxi_desktop.app.call import DONE, Call, Verb, year_argument


def _declare_examples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", help="写到哪里；没有就新建")
    year_argument(parser)


def _examples(call: Call) -> int:
    from mingxi_desktop.domain.references import AREA, delivered_entries
    from mingxi_desktop.ledger.examples import folder

    if call.args.db or call.db.exists():
        with call.ledger() as ledger:
            towns = folder.townships(ledger.entries(AREA))
    else:
        towns = folder.townships(delivered_entries())
    year = call.args.year or datetime.date.today().year
    written = folder.write(towns, Path(call.args.folder), year)
    said = f"已写好 {len(written) - 1} 个示例文件；先看 {written[0]}"
    call.out.answer({"folder": written[0].parent, "files": [path.name for path in written]}, said)
    return DONE


VERBS = (
    Verb("examples", "写出一批示例文件（乡镇报来的各样的表），用来试导入", _declare_examples, _examples),
)

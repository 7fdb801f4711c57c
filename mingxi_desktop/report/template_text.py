"""How a template is written down: plain text, read line by line with strict patterns.

resources/reports/annual.txt explains the writing to whoever edits it.  Everything that is wrong is listed
with its line; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.report.template import Body, Head, Section, Span, Template, Vocabulary, Wording
from mingxi_desktop.report.template_lines import Fault, LineReader

_SECTION = re.compile(r"\[([a-z][a-z0-9_]*)( 叙述)?\]\s*(.*)")
_HEAD = re.compile(r"(标题|名称|期间)[：:]\s*(.+)")
_FAULTS_SHOWN = 8


def read_body(text: str, vocabulary: Vocabulary) -> tuple[Body, list[Fault]]:
    """The body that a text makes, and its faults (line numbers from 1); no line of it is a comment."""
    reader = LineReader(vocabulary)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.line(number, line)
    return reader.body(), reader.faults


def read_heading(text: str, vocabulary: Vocabulary) -> tuple[Wording, list[Fault]]:
    """The wording of one line, a heading or the title, and its faults (line number 0)."""
    reader = LineReader(vocabulary)
    return reader.wording(0, text.strip()), reader.faults


def parse(text: str, vocabulary: Vocabulary) -> tuple[Template, list[Fault]]:
    """A template from its text, and its faults."""
    faults: list[Fault] = []
    head: dict[str, Wording] = {}
    sections: list[Section] = []
    for number, first, body in _parts(text.splitlines()):
        match = _SECTION.fullmatch(first)
        reader = LineReader(vocabulary, faults, match[1] if match else "")
        if match is None:
            head |= _read_head(reader, number, first, body)
            continue
        if any(section.id == match[1] for section in sections):
            faults.append(Fault(number, f"章节“{match[1]}”写了两次", section=match[1]))
        heading = reader.wording(number, match[3].strip(), first)
        for offset, line in enumerate(body, start=1):
            if not _comment(line):
                reader.line(number + offset, line)
        source = "\n".join(line for line in body if not _comment(line)).strip()
        sections.append(Section(match[1], heading, bool(match[2]), source, reader.body()))
    if "标题" not in head:
        faults.append(Fault(1, "没有“标题：……”一行"))
    label, span = ("".join(map(str, head.get(name, ()))) for name in ("名称", "期间"))
    if span and span not in list(Span):
        faults.append(Fault(1, f"期间只能写{'、'.join(Span)}，没有“{span}”"))
        span = ""
    template = Template(head.get("标题", ()), tuple(sections), label, Span(span or Span.YEAR))
    return template, sorted(faults, key=lambda fault: fault.line)


def load(path: Path, vocabulary: Vocabulary) -> Template:
    """The template in a file; UserError with line numbers where it has faults or cannot be read."""
    template, faults = parse(_text_of(path), vocabulary)
    if faults:
        raise fault_error(f"报告模板“{path.name}”有{len(faults)}处错误", faults)
    return template


def load_head(path: Path) -> Head:
    """What stands above the sections of a file that `load` reads without a fault: a hundredth of its work."""
    _, _, body = next(_parts(_text_of(path).splitlines()))
    found = {match[1]: match[2] for match in map(_HEAD.fullmatch, map(str.strip, body)) if match}
    return Head(found.get("名称", ""), Span(found.get("期间", Span.YEAR)))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            "找不到报告模板", f"文件：{path}", "请重新安装程序，或在设置里改回自带的模板。"
        ) from None
    except UnicodeDecodeError:
        raise UserError("报告模板不是UTF-8文本", f"文件：{path}", "请用记事本另存为UTF-8编码。") from None


def fault_error(title: str, faults: list[Fault]) -> UserError:
    """The faults as one message, the first eight by line."""
    shown = [f"第{fault.line}行：{fault.message}" for fault in faults[:_FAULTS_SHOWN]]
    if len(faults) > _FAULTS_SHOWN:
        shown.append(f"……共{len(faults)}处")
    return UserError(title, "\n".join(shown), "请按行号改好后再试。")


def _comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _parts(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, head line and body lines of each section; what precedes the first has head ""."""
    number, head, body = 0, "", list[str]()
    for current, line in enumerate(lines, start=1):
        if line.startswith("["):
            yield number, head, body
            number, head, body = current, line.strip(), []
        else:
            body.append(line)
    yield number, head, body


def _read_head(reader: LineReader, number: int, head: str, body: list[str]) -> dict[str, Wording]:
    """What stands above the first section: title, name and span; nothing else may."""
    if head:
        reader.faults.append(Fault(number, f"“{head}”不是章节，章节写作[名称] 标题"))
        return {}
    found: dict[str, Wording] = {}
    for offset, line in enumerate(body, start=1):
        match = _HEAD.fullmatch(line.strip())
        if match:
            found[match[1]] = reader.wording(number + offset, match[2], line)
        elif line.strip() and not _comment(line):
            reader.faults.append(Fault(number + offset, "第一个[章节]之前只能写“标题：……”"))
    return found

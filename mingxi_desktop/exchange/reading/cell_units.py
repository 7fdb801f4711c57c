"""Units that stand only in a cell's number format: 76.026 shown as 76.03万元 is ten thousand times 76.026."""

from __future__ import annotations

from xml.parsers import expat

from mingxi_desktop.exchange.reading.package import Package
from mingxi_desktop.patterns import pattern

_SECTION = pattern(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)')
_BRACKETS = pattern(r"\[[^\]]*\]|[_*].")
_AFTER_DIGITS = pattern(r"[0#?](?P<scaled>,*)(?P<rest>[^0#?,]*)$")
_MARKS = pattern(r'["\\ ]')
_UNIT = pattern(r"[百千万亿]+[\u4e00-\u9fff]{0,2}|元")


def units_of_styles(package: Package) -> dict[str, str]:
    """Number of a cell style → the unit that its format puts after the number, where that changes the amount."""
    part = next((name for name in sorted(package.names) if name.endswith("/styles.xml")), None)
    if part is None:
        return {}
    codes: dict[str, str] = {}
    forms: list[str] = []
    within = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        tag = tag.rpartition(":")[2]
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            forms.append(attributes.get("numFmtId", ""))

    def end(tag: str) -> None:
        nonlocal within
        within = within and tag.rpartition(":")[2] != "cellXfs"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    package.parse(part, parser)
    units = {key: unit_of(code) for key, code in codes.items()}
    return {str(number): units[form] for number, form in enumerate(forms) if units.get(form)}


def unit_of(code: str) -> str:
    """The unit that a number format adds to the number as it is, "" where it adds none or scales the number."""
    section = _SECTION.match(code)
    plain = _BRACKETS.sub("", section[1] if section else "")
    ending = _AFTER_DIGITS.search(plain)
    if ending is None or ending["scaled"] or "%" in plain or "!" in plain:
        return ""
    text = _MARKS.sub("", ending["rest"])
    return text if _UNIT.fullmatch(text) else ""

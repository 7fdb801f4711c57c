"""Files that are not read at all, and why, in words that say what to do."""

from __future__ import annotations

from mingxi_desktop.exchange.reading import limits


class RefusedError(Exception):
    """A file that must not or cannot be read: a code for programs, a Chinese sentence for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail

    @property
    def message(self) -> str:
        """The sentence: what is wrong with the file, and what to do."""
        text = _MESSAGES[self.code]
        return f"{text}（{self.detail}）" if self.detail else text


_SAVE_AS = "请用 WPS 或 Excel 打开，检查无误后另存为 xlsx，再导入"

_ASK_FOR_TABLE = "请向报送单位要电子表格（xlsx、xls 或 et）"

_MESSAGES = {
    "E_EMPTY_FILE": "文件是空的，没有内容，请向报送单位要一份完整的文件",
    "E_NO_FILE": "没有这个文件，请核对文件名和位置",
    "E_FOLDER": "这是一个文件夹，请选择里面的表格文件",
    "E_NOT_A_FILE": "这不是普通文件（是设备或管道），请选择表格文件",
    "E_FILE": "文件打不开，请检查有没有权限、是否正被 WPS 或 Excel 打开，关闭后再试",
    "E_TOO_LARGE": "文件超过 50 MB，请删去图片和多余的工作表，或分成几个文件再导入",
    "E_PASSWORD": "文件设有打开密码或加了密，请在 WPS 或 Excel 中取消密码后再导入",
    "E_TOO_LARGE_UNZIPPED": "文件解压后大得不正常，可能已损坏或是恶意文件，没有读取；"
    "请先向报送单位核实，请他们只留数据、另存为 xlsx 重发",
    "E_TOO_MANY_ENTRIES": "文件内部的部件过多，不是正常的表格文件，没有读取；" + _SAVE_AS,
    "E_ZIP_NAMES": "文件内部的部件重名或名称越界，可能是恶意文件，没有读取；请先向报送单位核实",
    "E_XML_DTD": "文件里有实体定义（DTD），正常的表格不会有，可能是恶意文件，没有读取；请先向报送单位核实",
    "E_NESTING": "文件里的内容一层套一层，多得不正常，没有读取；" + _SAVE_AS,
    "E_TOO_MANY_CELLS": "工作表的范围大得不正常，请删去数据区以外（最右边、最下面）的多余单元格后再导入",
    "E_TOO_MANY_ROWS": "工作表超过 10 万行，请分成几个文件再导入",
    "E_TOO_MANY_COLUMNS": "工作表超过 256 列，请删去数据区右边的多余内容后再导入",
    "E_TOO_MANY_FILLED": "文件的内容太多（超过 300 万个单元格或 6000 万字），请分成几个文件再导入",
    "E_TOO_MANY_SHEETS": "文件的工作表超过 64 张，请分成几个文件再导入",
    "E_CELL_TOO_LONG": "有单元格超过 32,767 个字，请改短后再导入",
    "E_DAMAGED": "文件已损坏，读不出来；" + _SAVE_AS + "，或请报送单位重发",
    "E_QUOTES": "文本里的引号不配对，后面几行会被并进一个单元格，没有读取；请补上或删去多余的引号，"
    "或用 WPS、Excel 另存为 xlsx 再导入",
    "E_NOT_A_TABLE": "这不是表格文件；可以导入 xlsx、xls、et、ods、csv",
    "E_WORD": "这是文字文档，不是表格；请把里面的表格复制到 WPS 表格或 Excel，保存为 xlsx 再导入",
    "E_SLIDES": "这是演示文稿，不是表格；" + _ASK_FOR_TABLE,
    "E_PDF": "这是 PDF 文件，不是表格；" + _ASK_FOR_TABLE,
    "E_IMAGE": "这是图片，不是表格；" + _ASK_FOR_TABLE,
    "E_ARCHIVE": "这是压缩包，请先解压，再导入里面的表格文件",
    "E_MAIL": "这是一封邮件，请打开它，把附件里的表格另存出来再导入",
    "E_FORMAT": "这种表格格式现在读不了；" + _SAVE_AS,
    "E_HTML_AS_XLS": "文件内容其实是网页，里面没有找到表格；" + _SAVE_AS,
    "E_ENCODING": "看不出文本文件的编码，请用 WPS 或 Excel 打开，确认没有乱码后另存为 xlsx 再导入",
    "E_TIMEOUT": f"读这个文件用了 {limits.SECONDS} 秒还没有读完，已停止；请删去多余的工作表和格式，另存为 xlsx 再导入",
    "E_CANCELLED": "已取消，没有读完这个文件",
    "E_MEMORY": "读这个文件要用的内存超过 512 MB，已停止；请分成几个文件再导入",
    "E_START": "读取表格的程序启动不了，可能被杀毒软件拦住了；请把本程序加入信任后再试，或重新启动电脑",
    "E_READER": "读到一半停住了，文件可能已损坏或大得不正常；" + _SAVE_AS + "，或请报送单位重发",
}

"""What the program is, which file is open, with which fonts, and whose work it stands on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mingxi_desktop import APP_NAME, __version__, own_files, paths
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label, row

LIBRARIES = (
    ("PySide6-Essentials", "Qt 窗口", "LGPL-3.0"),
    ("shiboken6", "Qt 窗口", "LGPL-3.0"),
    ("peewee", "数据库访问", "MIT"),
    ("sqlcipher3", "台账加密", "zlib / BSD-3-Clause / Apache-2.0"),
    ("matplotlib", "图表", "Matplotlib（BSD 类）"),
    ("numpy", "图表", "BSD-3-Clause"),
    ("contourpy", "图表", "BSD-3-Clause"),
    ("cycler", "图表", "BSD-3-Clause"),
    ("kiwisolver", "图表", "BSD-3-Clause"),
    ("pyparsing", "图表", "MIT"),
    ("packaging", "图表", "Apache-2.0 / BSD-2-Clause"),
    ("pillow", "图片", "MIT-CMU"),
    ("reportlab", "PDF", "BSD-3-Clause"),
    ("charset-normalizer", "PDF", "MIT"),
    ("pypdfium2", "PDF 预览", "Apache-2.0 / BSD-3-Clause"),
    ("python-docx", "Word", "MIT"),
    ("lxml", "Word", "BSD-3-Clause"),
    ("typing_extensions", "Word", "PSF-2.0"),
    ("python-calamine", "读表格", "MIT"),
    ("XlsxWriter", "写 xlsx", "BSD-2-Clause"),
    ("pypinyin", "拼音", "MIT"),
    ("python-dateutil", "日期", "BSD-3-Clause"),
    ("tzdata", "日期", "Apache-2.0"),
    ("fonttools", "字体", "MIT"),
    ("psutil", "进程", "BSD-3-Clause"),
    ("platformdirs", "文件夹", "MIT"),
    ("pylopdf-fonts-zh-cn", "思源黑体、思源宋体", "SIL OFL 1.1"),
)
"""All that is installed with the program: name of the distribution, what for, licence."""
_ICON = 48


class AboutDialog(Frame):
    """Version, data file, fonts, licences."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("关于", 640, 560, parent)
        self._facts: dict[str, QLabel] = {}
        picture = QLabel()
        picture.setPixmap(icons.pixmap("report", "accent_text", _ICON, self.devicePixelRatioF()))
        name = label(f"{APP_NAME}　{__version__}", "title")
        self.column.addLayout(row(picture, name, None, spacing=theme.WIDE_GAP))
        column = self.scrolled()
        what = label(
            "记录 → 指标 → 句子：县级应急管理台账与年度总结。离线使用，不向外发送任何数据。", "muted"
        )
        what.setWordWrap(True)
        column.addWidget(what)
        column.addLayout(self._fact_grid(context))
        column.addSpacing(theme.GAP)
        column.addWidget(label("许可", "title"))
        licence = label("本程序按 Apache-2.0 许可发布。它用到下列开放源码的程序和字体：", "muted")
        licence.setWordWrap(True)
        column.addWidget(licence)
        column.addLayout(_libraries())
        column.addStretch(1)
        close = button("关闭", self.reject, primary=True)
        self.close_with(
            button("复制这些信息", self.copy, icon="copy"),
            button("打开日志文件夹", _open_logs, icon="folder"),
            None,
            close,
            default=close,
        )
        context.read(_fonts, done=self._facts["报告字体"].setText, owner=self)
        context.read(_program, done=self._facts["程序文件"].setText, owner=self)

    def text(self) -> str:
        """The facts as lines, for a message to who maintains the program."""
        facts = [f"{name}：{shown.text()}" for name, shown in self._facts.items()]
        return "\n".join((f"{APP_NAME} {__version__}", *facts))

    def copy(self) -> None:
        """Put the facts on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _fact_grid(self, context: Context) -> QGridLayout:
        system = (
            f"{platform.system()} {platform.release()}，Python {platform.python_version()}，Qt {qVersion()}"
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.HALF)
        grid.setHorizontalSpacing(theme.WIDE_GAP)
        grid.setColumnStretch(1, 1)
        facts = (
            ("数据文件", str(context.path)),
            ("程序数据", str(paths.data_dir())),
            ("程序文件", "正在核对……"),
            ("报告字体", "正在查看……"),
            ("界面字体", self.fontInfo().family()),
            ("系统", system),
        )
        for place, (name, text) in enumerate(facts):
            shown = label(text)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(name, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, place, 1)
            self._facts[name] = shown
        return grid


def _libraries() -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.HALF)
    grid.setHorizontalSpacing(theme.WIDE_GAP)
    grid.setColumnStretch(2, 1)
    for place, (name, what, licence) in enumerate(LIBRARIES):
        for column, text in enumerate((f"{name} {_version(name)}".strip(), what, licence)):
            grid.addWidget(label(text, "" if column == 0 else "muted"), place, column)
    return grid


def _version(name: str) -> str:
    """Of an installed distribution; a frozen program may not carry it."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _fonts(_ledger: Ledger) -> str:
    from mingxi_desktop.report import fonts

    return fonts.resolve().describe()


def _program(_ledger: Ledger) -> str:
    return own_files.check().sentence()


def _open_logs() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir())))

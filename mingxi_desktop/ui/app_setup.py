"""The application object: names, fonts, Qt's own texts in Chinese, scale and look."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from mingxi_desktop import APP_NAME, __version__
from mingxi_desktop.ui import ask, icons, style, taskbar, theme

_log = logging.getLogger(__name__)
_STYLE = "fusion"
_CHINESE = "speaksChinese"
"""Property of the application. Looking for the translator instead would have PySide make all that lies beside it."""


def make_application(
    arguments: Sequence[str] | None = None, *, fonts: Iterable[Path] = (), appearance: str = "system"
) -> QApplication:
    """The one QApplication, ready for windows; an existing one (a test's) is set up the same way.

    fonts: font files to register beside the system's.  appearance: "light", "dark" or "system".
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        taskbar.introduce()
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        given = list(arguments) if arguments is not None else sys.argv[:1]
        # As an argument: for a style in Python, PySide first makes the 500 words that styles know.
        app = QApplication([*(given or [""]), "-style", _STYLE])
    elif app.style().objectName() != _STYLE:
        app.setStyle(_STYLE)
    app.setApplicationName("MingxiLedger")
    app.setApplicationDisplayName(APP_NAME)
    app.setOrganizationName("MingxiLedger")
    app.setApplicationVersion(__version__)
    _speak_chinese(app)
    register_fonts(fonts)
    app.setFont(text_font())
    style.apply(app, appearance)
    app.setWindowIcon(icons.of_program())
    return app


def text_font(pixels: int = theme.TEXT) -> QFont:
    """The program's font: an explicit list of families, so that no Western font is asked for Chinese."""
    font = QFont(list(theme.FONT_FAMILIES))
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def register_fonts(files: Iterable[Path]) -> list[str]:
    """Make font files known to Qt; returns the families found. A file Qt cannot read is logged."""
    families: list[str] = []
    for file in files:
        number = _registered.get(file)
        if number is None:
            number = QFontDatabase.addApplicationFont(str(file))
            _registered[file] = number
        if number < 0:
            _log.warning("font file cannot be used: %s", file)
        else:
            families += QFontDatabase.applicationFontFamilies(number)
    return families


def catch_bugs() -> None:
    """Exceptions that reach the event loop go to the log and to the one dialog for bugs."""
    sys.excepthook = _caught


class ChineseTexts(QTranslator):
    """Qt's own texts in Chinese, with the few words that the program says otherwise or that Qt leaves in English."""

    _WORDS = {  # noqa: RUF012
        "QPlatformTheme": dict.fromkeys(("Discard", "Don't Save", "Close without Saving"), "不保存"),
        "QMessageBox": {"Show Details...": "显示详情…", "Hide Details...": "隐藏详情…"},
        # Qt's own dialog for files, on systems that have none: new words, which its Chinese texts do not know yet.
        "QFileDialog": {"&Look in:": "查找范围(&I)：", "Files of &type:": "文件类型(&T)："},
        "QAbstractFileIconProvider": {
            **dict.fromkeys(("Folder", "File Folder"), "文件夹"),
            "File": "文件",
            "%1 File": "%1 文件",
            "Drive": "磁盘",
            "Unknown": "其他",
            **dict.fromkeys(("Shortcut", "Alias"), "快捷方式"),
        },
    }

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        own = self._WORDS.get(context, {}).get(sourceText)
        # Qt takes an empty answer for a translation: what has none is answered with itself.
        return own or super().translate(context, sourceText, disambiguation, n) or sourceText


_registered: dict[Path, int] = {}


def _speak_chinese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.property(_CHINESE):
        return
    app.setProperty(_CHINESE, True)
    qt = ChineseTexts(app)
    if not qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        _log.warning("Qt's Chinese texts are missing from this installation")
    app.installTranslator(qt)


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    _log.critical("uncaught exception", exc_info=(kind, error, trace))
    ask.show_bug(error)

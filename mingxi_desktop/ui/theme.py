"""Colours, spacing and sizes: the one place for all of them, and the palettes made from the colours."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette

GRID = 8
"""All distances are multiples of it, or its half."""
HALF, GAP, WIDE_GAP = GRID // 2, GRID, GRID * 2
INPUT_HEIGHT = 30
ROW_HEIGHT = 28
ICON_SIZE = 18
RADIUS = 4
TEXT, SMALL, TITLE, TAB, FIGURE = 13, 12, 15, 15, 22
"""Font sizes in pixels at 100 %: running text, remarks, card titles, tabs, key figures."""
CARD_HEIGHT = 2 * TEXT + FIGURE + 5 * GRID
"""A key indicator's card: its name, the figure, last year."""
FONT_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "SimSun")
"""In order of preference: what every Chinese Windows has, the bundled one, the last resort."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as #RRGGBB. Names ending in _soft are grounds, the others text or lines.

    ground: behind the cards.  card: cards, tables, inputs.  raised: table headers, hovered things.
    muted: remarks, also disabled text.  accent: filled things, with on_accent written on it.
    accent_text: links and chosen tabs.  ok, warning, error: text and symbols; each goes with a word.
    """

    name: str
    dark: bool
    ground: str
    card: str
    raised: str
    border: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str

    def color(self, role: str) -> QColor:
        """The colour of a role ("accent", "muted" …); AttributeError for an unknown one."""
        return QColor(getattr(self, role))

    def tokens(self) -> dict[str, str]:
        """Role → #RRGGBB, for the style sheet."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


LIGHT = Theme(
    name="light", dark=False,
    ground="#F3F5F8", card="#FFFFFF", raised="#EDF1F5", border="#CCD4DC", line="#E6EAEF",
    text="#1A2530", muted="#54616E",
    accent="#1F6FB2", accent_hover="#1A5F99", on_accent="#FFFFFF", accent_text="#175D98", accent_soft="#E0ECF8",
    ok="#1A6F3C", ok_soft="#E4F3EA", warning="#8A4F00", warning_soft="#FFF2DC", error="#B0231B", error_soft="#FCEAE8",
)  # fmt: skip
DARK = Theme(
    name="dark", dark=True,
    ground="#14191F", card="#1C232B", raised="#252E38", border="#44505D", line="#2B343E",
    text="#E6EBF0", muted="#A9B4C0",
    accent="#1F6FB2", accent_hover="#1A5F99", on_accent="#FFFFFF", accent_text="#7DB9EE", accent_soft="#1D3850",
    ok="#74CC97", ok_soft="#1B3526", warning="#F0B45C", warning_soft="#3D2F17", error="#FF9389", error_soft="#442421",
)  # fmt: skip
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

GROUNDS = ("ground", "card", "raised")
TEXT_ON = {
    **dict.fromkeys(GROUNDS, ("text", "muted", "accent_text", "ok", "warning", "error")),
    "accent": ("on_accent",),
    "accent_hover": ("on_accent",),
    "accent_soft": ("text", "accent_text", "muted"),
    "ok_soft": ("text", "ok"),
    "warning_soft": ("text", "muted", "accent_text", "warning"),
    "error_soft": ("text", "error"),
}
"""Ground → the text colours that may stand on it; each pair has a contrast of 4.5 at least."""


class _Current:
    theme = LIGHT


def current() -> Theme:
    """The theme in use."""
    return _Current.theme


def set_current(theme: Theme) -> None:
    """Remember the theme in use; `style.apply` calls it and repaints everything."""
    _Current.theme = theme


def contrast(first: str | QColor, second: str | QColor) -> float:
    """Contrast of two colours by WCAG 2: from 1 (the same) to 21 (black and white)."""
    high, low = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(theme: Theme) -> QPalette:
    """Fusion's palette in the theme's colours; disabled text stays readable."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, theme.color(token))
    inactive = QPalette.ColorGroup.Inactive
    made.setColor(inactive, QPalette.ColorRole.Highlight, theme.color("accent_soft"))
    made.setColor(inactive, QPalette.ColorRole.HighlightedText, theme.color("text"))
    disabled = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.PlaceholderText,
    ):
        made.setColor(disabled, role, theme.color("muted"))
    made.setColor(disabled, QPalette.ColorRole.Highlight, theme.color("raised"))
    made.setColor(disabled, QPalette.ColorRole.HighlightedText, theme.color("muted"))
    made.setColor(disabled, QPalette.ColorRole.Base, theme.color("raised"))
    return made


_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "muted",
    QPalette.ColorRole.Shadow: "border",
}


def _luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""What the letters of symbol fonts look like, as ordinary characters."""

from __future__ import annotations

_WINGDINGS = {
    0x52: "☼", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9F: "•",
    0xA1: "○", 0xA3: "○", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0xA3: "☐",
    0x30: "☐",
}
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xA5: "∞", 0xB2: "″",
    0x6D: "μ", 0x53: "Σ", 0xE5: "∑", 0x2D: "-", 0xA2: "′", 0xD7: "·", 0xAE: "→",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}
_ANY = {**_SYMBOL, **_WINGDINGS2, **_WINGDINGS}
_UP = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_DOWN = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
UNKNOWN = "□"


def symbol(font: str, code: int) -> str:
    """The character that `code` shows in a symbol font; private codes of an unknown font are taken as Wingdings."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get(font.lower())
    if table is None and code == low and code > 0xFF:
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN
    found = (table or _ANY).get(low)
    if found is not None:
        return found
    plain = table is _SYMBOL and 0x20 <= low < 0x40
    return chr(low) if plain else UNKNOWN


def raised(text: str) -> str:
    """Superscript digits and signs."""
    return text.translate(_UP)


def lowered(text: str) -> str:
    """Subscript digits and signs."""
    return text.translate(_DOWN)

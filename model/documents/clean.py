"""Characters to the text that a human reads: Unicode normalised, invisible characters out, bullets as "- "."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00ad": "", "\u02d7": "-", "\u2212": "-",
    "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\x02": "-",
    "\u2800": " ", "\u3164": " ", "\uffa0": " ", "\u115f": " ", "\u1160": " ",
}  # fmt: skip
_LIGATURES = str.maketrans(LIGATURES)
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_OVERRIDE = re.compile("[\u202d\u202e]([^\u202c\u202d\u202e\n]*)\u202c?")
_SELECTORS = re.compile("[\ufe00-\ufe0e\U000e0100-\U000e01ef]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u180e\u034f]")
_JOINERS = re.compile("(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_COMPATIBLE = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f110-\U0001f189\u24b6-\u24e9]")
_BULLET = re.compile(
    "^[ \t]*"
    "(?:[•●○◦▪■□▫◼◻◾◽‣⁃∙⋅·➢➣➤►▶▷▸▹✓✔✗✦✧❖❑❒⬤⚫➔➜→»※◆◇★☆\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf0a8\uf06c\uf06e]"
    "[ \t]*|[-–—*][ \t]+(?=\\S)|o\t+[ \t]*)",
    re.M,
)
_ICONS = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]+ ?")  # drawn by icon fonts; no text
_WORD = re.compile(r"[^\W_]+(?:['’.+#/&-]*[^\W_]+)*[+#]*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass
class Oddities:
    """Invisible characters met so far: `tags` decoded text, `overrides` reversed runs, `count` of all characters."""

    tags: list[str] = field(default_factory=list)
    overrides: int = 0
    selectors: int = 0
    count: int = 0


def clean(text: str, odd: Oddities | None = None) -> str:
    """`text` as a human sees it; what was invisible is counted in `odd`. Line breaks are kept, spaces collapse."""
    odd = odd if odd is not None else Oddities()
    if not text.isascii():
        text = _visible_characters(text, odd)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    text, controls = _CONTROLS.subn("", text)
    odd.count += controls
    text = _BULLET.sub("- ", unicodedata.normalize("NFC", text))
    text = _ICONS.sub(" ", text)
    text = re.sub(r" *\t[ \t]*", "\t", _SPACES.sub(" ", text))
    text = re.sub(r"[ \t]+$|^[ \t]+", "", text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _visible_characters(text: str, odd: Oddities) -> str:
    for run in _TAGS.findall(text):
        odd.count += len(run)
        odd.tags.append("".join(chr(ord(c) - 0xE0000) for c in run if 0x20 <= ord(c) - 0xE0000 < 0x7F))
    text = _TAGS.sub("", text)
    text, selectors = _SELECTORS.subn("", text)
    odd.selectors += selectors

    def as_seen(match: re.Match) -> str:
        odd.overrides += 1
        return match[1][::-1] if match[0][0] == "\u202e" else match[1]

    text = _OVERRIDE.sub(as_seen, text)
    text, invisible = _INVISIBLE.subn("", text)
    text, joiners = _JOINERS.subn("", text)
    odd.count += selectors + invisible + joiners
    return _COMPATIBLE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


def count_words(text: str) -> int:
    """Words of two or more letters or digits; scripts without spaces count two characters a word."""
    return sum(1 for w in _WORD.findall(text) if len(w) > 1) + len(_CJK.findall(text)) // 2

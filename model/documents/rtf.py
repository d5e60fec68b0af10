"""RTF: its control words followed group by group, so that hidden, deleted, tiny and white text is known.

striprtf gives the text without its looks; rtfparse gives words and groups, which is the smaller half of this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.looks import WHITE, Colour, Look
from model.documents.plain import add_paragraphs
from model.documents.reasons import unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
_UNSHOWN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "colorschememapping", "datastore",
    "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "mmathPr",
    "private", "annotation", "atnid", "atnauthor", "comment", "bkmkstart", "bkmkend", "nonshppict", "revtbl",
    "filetbl", "objdata", "listtext", "pntext", "pnseclvl", "sp", "footnote", "passwordhash", "wgrffmtfilter", "xe",
    "tc",
}  # fmt: skip
_MARKS = {
    "par": "\n", "line": "\n", "sect": "\n\n", "page": "\f", "tab": "\t", "cell": "\t", "nestcell": "\t", "row": "\n",
    "nestrow": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "emspace": " ", "enspace": " ",
}  # fmt: skip
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "shift_jis", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253",
             162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
             238: "cp1250"}  # fmt: skip
MAX_GROUPS = 5_000  # nested


@dataclass
class _Group:
    """What holds inside one pair of braces."""

    shown: bool = True
    hidden: bool = False
    deleted: bool = False
    colour: int = 0
    back: int = 0
    points: float = 12.0
    stretch: float = 1.0
    skip: int = 1
    encoding: str = "cp1252"
    item: bool = False


class RtfReader:
    def __init__(self, data: bytes, draft: Draft):
        self.data, self.draft = data, draft
        self.colours: list[Colour | None] = []
        self.encodings: dict[int, str] = {}
        self.out: list[str] = []
        self._bytes = b""
        self._font = 0
        self._rest = 0  # characters still to skip after a \\u

    def run(self) -> str:
        group, stack, at = _Group(), [], 0
        page = re.search(rb"\\ansicpg(\d{3,5})", self.data[:400])
        if page:
            group.encoding = _codec(f"cp{page[1].decode()}", "cp1252")
        self._tables()
        end = len(self.data)
        while at < end:
            binary = re.compile(rb"\\bin(\d{1,9}) ?").match(self.data, at)
            if binary:
                at = binary.end() + int(binary[1])
                continue
            match = _TOKEN.match(self.data, at)
            if not match:
                at += 1
                continue
            at = match.end()
            brace = match[5]
            if brace:
                self._flush(group)
                if brace == b"{":
                    if len(stack) >= MAX_GROUPS:
                        raise unreadable("damaged", kind="RTF file")
                    stack.append(group)
                    group = replace(group)
                elif stack:
                    group = stack.pop()
            else:
                self._token(match, group)
        self._flush(group)
        return "".join(self.out)

    def _tables(self) -> None:
        table = re.search(rb"\{\\colortbl([^{}]{0,20000})\}", self.data)
        for entry in table[1].split(b";")[:-1] if table else ():
            parts = dict(re.findall(rb"\\(red|green|blue)(\d{1,3})", entry))
            self.colours.append(
                tuple(min(255, int(parts[n])) for n in (b"red", b"green", b"blue")) if len(parts) == 3 else None
            )
        for number, charset in re.findall(rb"\\f(\d{1,5})(?:\\[a-z]+-?\d*)*?\\fcharset(\d{1,3})", self.data[:200_000]):
            self.encodings[int(number)] = _codec(_CHARSETS.get(int(charset), ""), "")

    def _token(self, match: re.Match, group: _Group) -> None:
        word, argument, code, symbol, text = match[1], match[2], match[3], match[4], match[6]
        if text is not None or code is not None:
            raw = bytes([int(code, 16)]) if code is not None else text
            dropped = min(self._rest, len(raw))
            self._rest -= dropped
            self._bytes += raw[dropped:]
        elif symbol is not None:
            self._symbol(symbol, group)
        elif word is not None:
            if word != b"u":
                self._rest = 0
            self._flush(group)
            self._word(word.decode(), int(argument) if argument else None, group)

    def _symbol(self, symbol: bytes, group: _Group) -> None:
        if symbol == b"*":
            group.shown = False
        elif symbol in b"\\{}":
            self._bytes += symbol
        else:
            self._flush(group)
            self._say({b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\t": "\t"}.get(symbol, ""), group)

    def _word(self, word: str, number: int | None, group: _Group) -> None:
        on = number != 0
        if word in ("listtext", "pntext") and group.shown:
            self.out.append("- ")
        if word in _UNSHOWN:
            group.shown = False
        elif word in _MARKS:
            if word in ("par", "row") and not group.shown:
                return
            if group.shown:
                self.out.append(_MARKS[word])
        elif word == "u" and number is not None:
            self._say(chr(number % 0x10000), group)
            self._rest = group.skip
        elif word == "plain":
            group.hidden, group.deleted, group.colour, group.back = False, False, 0, 0
            group.points, group.stretch = 12.0, 1.0
        elif word == "v":
            group.hidden = on
        elif word == "deleted":
            group.deleted = on
        elif word in ("cf", "cb", "highlight", "chcbpat") and number is not None:
            setattr(group, "colour" if word == "cf" else "back", number)
        elif word == "fs" and number is not None:
            group.points = number / 2
        elif word == "charscalex" and number is not None:
            group.stretch = number / 100
        elif word == "uc" and number is not None:
            group.skip = max(0, min(number, 8))
        elif word == "f" and number is not None:
            group.encoding = self.encodings.get(number) or group.encoding
        elif word == "shppict" or word == "shptxt":
            group.shown = group.shown or word == "shptxt"

    def _flush(self, group: _Group) -> None:
        if self._bytes:
            raw, self._bytes = self._bytes, b""
            self._say(raw.decode(group.encoding, "replace"), group)

    def _say(self, text: str, group: _Group) -> None:
        if not group.shown or not text:
            return
        how = "a deleted revision" if group.deleted else self._look(group).unseen()
        if how and text.strip():
            self.draft.hide(text, how)
        else:
            self.out.append(text)

    def _look(self, group: _Group) -> Look:
        def colour(index: int) -> Colour | None:
            return self.colours[index] if 0 < index < len(self.colours) else None

        hidden = "the document's hidden-text setting" if group.hidden else ""
        return Look(colour(group.colour), colour(group.back) or WHITE, group.points, group.stretch, hidden=hidden)


def _codec(name: str, fallback: str) -> str:
    try:
        b"".decode(name or "-")
    except LookupError:
        return fallback
    return name


def read_rtf(data: bytes, limits: Limits) -> Draft:
    """The visible text of an RTF file. Raises DocumentError `damaged`."""
    draft = Draft("rtf")
    text = RtfReader(data, draft).run()
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    add_paragraphs(draft, text)
    if b"\\object" in data or b"\\objdata" in data:
        draft.flag("attachments", "The RTF file has other files inside; they were not read.")
    return draft

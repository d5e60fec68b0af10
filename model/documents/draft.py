"""What a reader collects from one file, and how it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.documents.clean import Oddities, clean, count_words
from model.documents.limits import Limits
from model.documents.reasons import unreadable
from model.schema import Block, Document, Flag

HIDDEN_SHOWN = 4_000  # characters of hidden text kept in a flag
Box = tuple[float, float, float, float]


@dataclass
class Draft:
    """Visible blocks in reading order, hidden text with how it was hidden, and flags.

    `blocks` holds (text, page, box); pages count from 0, boxes are points from the page's top left corner.
    """

    kind: str
    pages: int = 1
    blocks: list[tuple[str, int, Box | None]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def add(self, text: str, page: int = 0, box: Box | None = None) -> None:
        if text.strip():
            self.blocks.append((text, page, box))

    def hide(self, text: str, how: str) -> None:
        """Record text that a human cannot see; `how` completes "hidden by ..."."""
        if text.strip():
            self.hidden.append((text, how))

    def flag(self, code: str, message: str, detail: str = "") -> None:
        if all(f.code != code for f in self.flags):
            self.flags.append(Flag(code, message, detail))

    def document(self, name: str, sha256: str, limits: Limits) -> Document:
        """The finished Document. Raises DocumentError (`low_text`, `hidden_only`) where too little can be seen."""
        odd = Oddities()
        blocks, parts, at = [], [], 0
        for raw, page, box in self.blocks:
            text = clean(raw, odd)
            if not text.strip():
                continue
            if at + len(text) > limits.max_chars:
                self.flag("truncated", f"Only the first {limits.max_chars} characters were read.")
                text = text[: max(0, limits.max_chars - at)]
            if not text:
                break
            blocks.append(Block(text, at, at + len(text), page, box))
            parts.append(text)
            at += len(text) + 2
        text = "\n\n".join(parts)
        self._flag_odd(odd)
        self._flag_hidden()
        words = count_words(text)
        if words < limits.min_words:
            hidden = count_words(" ".join(t for t, _ in self.hidden))
            raise unreadable("hidden_only") if hidden >= limits.min_words else unreadable("low_text", words=words)
        if words < 3 * limits.min_words:
            self.flag("low_text", f"Only {words} words could be read: check the file itself.")
        return Document(name, sha256, self.kind, text, self.pages, tuple(blocks), tuple(self.flags))

    def _flag_odd(self, odd: Oddities) -> None:
        for text in odd.tags:
            self.hide(text, "invisible tag characters")
        if odd.overrides or odd.selectors > 20 or odd.count > 100:
            self.flag(
                "control_characters",
                f"{odd.count} invisible characters were removed; some can change how text looks.",
            )

    def _flag_hidden(self) -> None:
        if not self.hidden:
            return
        words = count_words(" ".join(text for text, _ in self.hidden))
        if not words:
            return
        ways = ", ".join(dict.fromkeys(how for _, how in self.hidden))
        detail = "\n".join(clean(text) for text, _ in self.hidden)[:HIDDEN_SHOWN]
        noun = "word" if words == 1 else "words"
        self.flag("hidden_text", f"{words} {noun} that a reader cannot see were left out: hidden by {ways}.", detail)

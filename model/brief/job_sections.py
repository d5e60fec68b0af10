"""A job post cut into lines, each with the section it stands in."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from model.brief.job_content import section_of
from model.brief.job_headings import (
    DUTIES,
    IGNORE,
    PREFERRED,
    PROSE,
    REQUIRED,
    TITLE,
    bare_label,
    classify,
    is_asking,
    is_mandatory,
    made_of_heading_words,
)
from model.brief.job_text import Piece, sentences

_BULLET = re.compile(
    r"\s*(?:(?:[-*+•·●▪◦‣⁃–—✓✔✅➢➤»>■□◆○~→]\s*)+(?=[^\W_]|[\"'(.$£€])|\(?\d{1,2}[.)]\s+|\(?[a-hA-H][.)]\s+|"
    r"\(?[ivx]{1,4}[.)]\s+|"
    r"o\s+(?=[A-Z])|\[[ xX✓✔]?\]\s*|~\s+|[-=]>\s+|\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[^\W\d_])|"
    r"[\u2190-\u2bff\U0001F300-\U0001FAFF\ufe0f]+\s*)"
)
_SERIES = re.compile(r"^\s*\(?([A-Z])1[.):]?\s+\w(?:.*\n){1,4}?\s*\(?\1\.?2[.):]?\s+\w", re.MULTILINE)
_CODE = re.compile(r"\s*\(?[A-Z]\d{1,2}(?:\.\d{1,2})?[.):]?\s+(?=\w)")
_ORDINAL = re.compile(r"\s*(?:(?P<digit>\d{1,2})|(?P<roman>[IVX]{1,4})|(?P<letter>[A-H]))[.)]\s+\S")
_RULE = re.compile(r"[\s|:=_*#~-]*$")
_MARKDOWN = re.compile(r"\s*(#{1,6})\s*(?=\S)")
_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_]{2,80}(?:\*\*|__)\s*:?\s*$")
_INLINE = re.compile(
    r"\s*(?:\*\*|__|\[|\|)?\s*([^\W\d][^:–*|=\n]{1,48}?)\s*(?:(?:\*\*|__|\])\s*)?(?P<mark>:|\s[–—-]\s|\||=)\s*(?:\*\*|"
    r"__)?(?=\s*\S)"
)
_FIELD = re.compile(r"\s*[\w.-]{2,40}(?: [\w.-]+){0,3}\s*=\s*\S")  # "skill_4 = Welding"
_NUMBERED = re.compile(r"[\s_-]*\d+$")
_SENTENCE_TAIL = re.compile(r"^(.*[.!?])\s+([^.!?]{3,120}:\s*)$", re.DOTALL)
_WRAP_LENGTH = 45  # characters; a shorter line that ends without a stop is an item, not a wrapped sentence
_PROSE_WORDS = 12  # a paragraph of so many words after a bulleted list is prose again
_WIDEST = 120  # characters; a text with longer lines is not wrapped by hand
_FULL = 0.8  # of the widest line: a shorter one was not wrapped
_ROWS = 4  # so many lines with the same number of bars are a table
_FULL_LINES = 3  # a text with fewer full lines is not wrapped either


class Line(NamedTuple):
    """A line (or a wrapped paragraph) of a post: where it stands, whether it is an item of a list, and its heading."""

    piece: Piece
    section: str
    bullet: bool
    label: str = ""
    block: int = 0  # lines of one block stand under the same heading
    known: bool = False  # the heading says what the block is


_NICE_CELL = re.compile(r"\s*(?:d|desirable|optional|nice(?: to have)?|preferred|no|useful)\s*", re.IGNORECASE)


def _cell(row: Piece) -> Piece:
    """The cell of a row that says what is asked for: the one of most words; what is optional stays marked so."""
    position, cells = 0, []
    for text in row.text.split("|"):
        cells.append((row.sub(position, position + len(text)), len(text.split())))
        position += len(text) + 1
    longest = max(cells, key=lambda cell: cell[1])[0]
    nice = any(_NICE_CELL.fullmatch(cell.text) for cell, _ in cells)
    return Piece(longest.text.rstrip() + " (optional)", longest.start) if nice else longest.strip()


class _Reader:
    """Walks over the raw lines and keeps the section that they stand in."""

    def __init__(self, text: str):
        self.text = text
        self.lines: list[Line] = []
        self.section, self.label, self.level = PROSE, "", 0
        self.headings = 0
        widest = max(map(len, text.split("\n")))
        wrapped = widest <= _WIDEST and sum(len(line) >= _FULL * widest for line in text.split("\n")) >= _FULL_LINES
        self.full = max(_WRAP_LENGTH, _FULL * widest) if wrapped else float("inf")
        self.blank = True
        self.listed = False  # a bulleted item was seen in this section
        self.block, self.known = 0, False
        self.series = bool(_SERIES.search(text))
        bars = Counter(line.count("|") for line in text.split("\n"))
        self.columns = {count for count, lines in bars.items() if count > 1 and lines >= _ROWS}  # of tables
        self.next = ""  # the line after the one that is read

    def _mark(self, text: str) -> re.Match | None:
        """The mark before an item of a list, where there is one."""
        return _BULLET.match(text) or (_CODE.match(text) if self.series else None)

    def open(self, section: str, label: str, level: int) -> None:
        if section == REQUIRED and self.section == PREFERRED and not is_mandatory(label):
            if level > self.level or not re.search(r"skill|requir|qualif|profil|you", label):
                section = PREFERRED
        if level == 7 and section == self.section:
            label = f"{self.label} {label}"  # "You should have:" under "Required experience"
        self.section, self.label, self.level = section, label, level
        self.headings += 1
        self.listed = False
        self.block, self.known = self.block + 1, classify(label) is not None

    def heading(self, raw: Piece) -> bool:
        """Opens a section where `raw` is a heading; False where it is content."""
        text = raw.text
        label = bare_label(text)
        words = len(label.split())
        if not label:
            return True
        mark = _MARKDOWN.match(text)
        bold = _BOLD.match(text)
        colon = text.rstrip(" *_").endswith(":")
        bullet = self._mark(text) and not mark and not bold and not self._numbered(text)
        if mark and words <= 12:
            return self._marked(label, len(mark.group(1)))
        if (bold or colon) and words <= (16 if colon else 8):
            return self._marked(label, 7 if bullet or not bold else 6)
        if bullet or words > 9 or text.rstrip()[-1] in ".;," or (words > 7 and text.rstrip()[-1] != "?"):
            return False
        section = classify(label)
        if self.blank and self._introduces(text, bool(section)):
            return self._marked(label, 6)
        if section and made_of_heading_words(label):
            self.open(section, label, 6)
            return True
        if section in (IGNORE, DUTIES) and self.blank and words <= 5 and text.lstrip()[0].isupper():
            self.open(section, label, 6)
            return True
        letters = [character for character in text if character.isalpha()]
        if len(letters) >= 5 and words >= 2 and all(map(str.isupper, letters)) and (section or self.headings):
            self.open(section or PROSE, label, 6)
            return True
        return bool(re.match(r"about [\w' &.-]+$", label)) and self._marked(label, 6)

    def _numbered(self, text: str) -> bool:
        """Whether "3. The person" or "C. The person" is a heading: a short line after a blank one, no "4." next."""
        number = _ORDINAL.match(text)
        if not number or not self.blank or not self.next.strip() or text.rstrip()[-1] in ".;,":
            return False
        after = _ORDINAL.match(self.next)
        return not (after and after.lastgroup == number.lastgroup) and len(text.split()) <= 7

    def _introduces(self, text: str, known: bool) -> bool:
        """Whether a short line after a blank one is a heading by what follows: a question, or a line before a list."""
        if not self.next.strip():
            return False
        if len(self.next.split()) > _PROSE_WORDS and len(text.split()) <= 3 and self.headings:
            return text.lstrip()[0].isupper()
        if self._numbered(text):
            return True
        return text.rstrip().endswith("?") or (known or self.headings > 0) and bool(self._mark(self.next))

    def _marked(self, label: str, level: int) -> bool:
        section = classify(label)
        if section is None:
            inside = self.section in (REQUIRED, PREFERRED)
            if level == 7 or (inside and 6 > level > self.level):
                self.block, self.known = self.block + 1, False
                self.label = f"{self.label} {label}" if inside else label
                return True  # a sub-heading such as "Cloud:"; the section goes on
            if inside and level == 6:
                return False  # an item in bold
            if level < 6 and not self.headings and not self.lines:
                return False  # "# Staff Nurse": the title, read elsewhere
            section = PROSE
        self.open(section, label, level)
        return True

    def inline(self, raw: Piece) -> Piece | None:
        """What follows an inline heading ("Skills: Python, SQL"), the line itself without one, None to drop it."""
        match = _INLINE.match(raw.text)
        if not match:
            return raw
        label = _NUMBERED.sub("", bare_label(match.group(1))).replace("_", " ").strip()
        section = classify(label) if len(label.split()) <= 5 or is_asking(label) else None
        if section is None or not (
            " " not in label or is_asking(label) or made_of_heading_words(label) or section in (IGNORE, TITLE)
        ):
            return raw
        if section == IGNORE:
            return None if match.group("mark") in ":|=" or made_of_heading_words(label) else raw
        if match.group("mark") not in ":|=" and section != TITLE:
            return raw
        if not (self.section == REQUIRED and section == REQUIRED and self.listed):
            self.open(section, label, 7)
        return raw.sub(match.end())

    def feed(self, raw: Piece) -> None:
        if _RULE.match(raw.text):
            self.blank = True
            return
        bullet = self._mark(raw.text)
        if not self._continues(raw, bool(bullet)):
            prose = len(raw.text.split()) >= _PROSE_WORDS or raw.text.rstrip()[-1] in ".!"
            if not bullet and self.blank and self.listed and prose:
                self.section, self.listed = PROSE, False
                self.block, self.known, self.label = self.block + 1, False, ""
            if not self.heading(raw):
                body = self.inline(raw.sub(bullet.end()) if bullet else raw)
                if body is not None and raw.text.count("|") in self.columns and body.start == raw.start:
                    body = _cell(body)
                if body is not None:
                    self._add(body, bool(bullet))
        self.blank = False

    def _continues(self, raw: Piece, bullet: bool) -> bool:
        """Joins a line to the one before where that was a wrapped sentence."""
        if bullet or self.blank or not self.lines or _MARKDOWN.match(raw.text) or _BOLD.match(raw.text):
            return False
        last = self.lines[-1]
        before = last.piece.text.rstrip()
        first = raw.text.lstrip()[0]
        wrapped = (
            len(before) >= _WRAP_LENGTH and before[-1] not in ".!?:;" and (first.islower() or len(before) >= self.full)
        )
        if not wrapped and not (before[-1] == "," and first.islower()):
            return False
        label, colon, _ = raw.text.partition(":")
        heading = (colon and len(label.split()) <= 5 and classify(bare_label(label))) or _FIELD.match(raw.text)
        if heading or last.section != self.section:
            return False
        joined = Piece(self.text[last.piece.start : raw.end].replace("\n", " "), last.piece.start)
        self.lines[-1] = last._replace(piece=joined.strip())
        return True

    def _line(self, body: Piece, bullet: bool) -> Line:
        return Line(body, self.section, bullet, self.label, self.block, self.known)

    def _add(self, body: Piece, bullet: bool) -> None:
        tail = _SENTENCE_TAIL.match(body.text) if body.text.rstrip().endswith(":") else None
        if tail:
            self.lines.append(self._line(body.sub(0, tail.end(1)).strip(), bullet))
            self._marked(bare_label(tail.group(2)), 7)
            return
        body = Piece(body.text.replace("**", "  ").replace("__", "  "), body.start).strip().strip("# ")
        if self.section == TITLE and len(self.lines) and (self.blank and self.lines[-1].section == TITLE):
            self.section = PROSE
        if body.text:
            self.lines.append(self._line(body, bullet))
            self.listed = self.listed or bullet


def read_lines(text: str) -> tuple[list[Line], int]:
    """The lines of a normalised text with their sections, and how many headings it has."""
    reader = _Reader(text)
    position = 0
    raws = text.split("\n")
    for raw, reader.next in zip(raws, [*raws[1:], ""], strict=True):
        reader.feed(Piece(raw, position))
        position += len(raw) + 1
    return _judged(reader.lines), reader.headings


def _judged(lines: list[Line]) -> list[Line]:
    """The lines with those lists put where their content belongs whose heading does not say what they are."""
    found: list[Line] = []
    alone = not any(line.section == REQUIRED and line.known for line in lines)
    for _, group in groupby(lines, key=lambda line: line.block):
        block = list(group)
        items = [line for line in block if line.bullet] or (block if block[0].label else [])
        chosen = set(items)
        texts = [one.text for line in items for one in sentences(line.piece)]
        section = None if block[0].known or not items else section_of(texts, alone)
        if section == REQUIRED and block[0].section == PREFERRED:
            section = PREFERRED
        found += [line._replace(section=section) if section and line in chosen else line for line in block]
    return found


__all__ = ["DUTIES", "IGNORE", "PREFERRED", "PROSE", "REQUIRED", "TITLE", "Line", "read_lines"]

"""The parts of a resume: its lines, the section each belongs to, and the segments (bullets, sentences, list items).

Every `Line` and `Segment` is verbatim: `document[start:end] == text`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from statistics import mean

from model.brief.education import degree_level
from model.brief.section_words import ABBREVIATIONS, HEADING_WORDS, LANGUAGES, MODIFIERS, PHRASES, WEAK
from model.brief.titles import clean_title, has_title_word

SECTIONS = (
    "summary", "experience", "education", "skills", "certifications", "projects", "languages", "interests",
    "references", "personal", "other",
)  # fmt: skip

_SECTION_OF = {word: section for section, words in reversed(HEADING_WORDS.items()) for word in words.split()}
LANGUAGE = re.compile(r"\b(?:" + "|".join(LANGUAGES) + r")\b")
_ORDER = {section: rank for rank, section in enumerate(HEADING_WORDS)}
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
BULLETS = "•·∙●○◦▪▫■□◆◇►▶▸‣⁃➢➤➔→✓✔✦★❖❑❏\uf0b7\uf0a7\uf0d8\uf076\u25cf\u2043¤"
_MARK = re.compile(
    rf"(?:[{BULLETS}]+|[-–—*+~](?=\s)|[-–—](?=[A-Z])|\*(?=[A-Z])|>\s|âž¢|â€¢|ï‚·|ï‚§|Â·?(?=\s)|\(?(?:\d{{1,2}}"
    rf"|[a-hivx]{{1,3}})[.)](?=\s)"
    r"|o(?=\s+[A-Z])|\d[.)](?=[A-Z]))[\s\u200b]*"
)
_MARGIN = " \t\u00a0\u200b\ufeff\u2009\u2003|"
_SIGNS = re.compile(r"^[^\w\"'(]+(?=\w)")  # an emoji or a drawn sign before a heading
_INLINE_BULLET = re.compile(rf"\s*(?:[{BULLETS}]|âž¢|â€¢|ï‚·|ï‚§)\s*|\s+\*\s+(?=[A-Z])")
_CONTACT = re.compile(r"@[\w-]+\.\w|https?://|www\.|linkedin|(?:\+|\b)\d[\d\s().-]{7,}\d|\b(?:phone|tel|e-?mail"
r"|address)\b", re.I)


@dataclass(frozen=True)
class Line:
    """A line without its margins and bullet mark; `gap`: a blank line stands before it."""

    text: str
    start: int
    end: int
    section: str = "other"
    heading: bool = False
    bullet: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Segment:
    """One sentence, bullet or list item of the resume, verbatim, with the section it stands in."""

    text: str
    start: int
    end: int
    section: str


def _squeeze(line: str) -> str:
    """ "E X P E R I E N C E" becomes "EXPERIENCE"; other lines stay."""
    if re.fullmatch(r"(?:\w[ \u00a0]){3,}(?:[ \u00a0]{1,3}(?:\w[ \u00a0])+)*\w", line):
        return " ".join(re.sub(r"[ \u00a0]", "", word) for word in re.split(r"[ \u00a0]{2,}", line))
    return line


def heading_section(line: str, *, alone: bool = True) -> str | None:
    """The section that `line` heads, None if it is no heading. `alone`: the whole line is the candidate."""
    bare = _squeeze(line.strip(_MARGIN)).strip(" \t#*_=-–—:.•|~<>[]()\u200b\u00a0Â")
    bare = _SIGNS.sub("", bare)
    if not bare or len(bare) > 60:
        return None
    bare = re.sub(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+", "", bare)
    if section := PHRASES.get(" ".join(bare.casefold().split())):
        return section
    words = [w.strip(".,:()") for w in re.split(r"[\s/|,–—]+|\s-\s", bare.casefold()) if w.strip(".,:()-")]
    if not words or len(words) > 6:
        return None
    cores = [_SECTION_OF[w] for w in words if w in _SECTION_OF]
    if not cores or any(w not in _SECTION_OF and w not in MODIFIERS for w in words):
        return None
    if bare[0].islower() and not line.lstrip().startswith("#"):
        return None
    marked = line.lstrip().startswith(("#", "**")) or line.rstrip().endswith(":") or bare.isupper()
    if all(w in WEAK for w in words) and not (marked and alone) and len(words) < 2:
        return None
    return _choose(words, cores)


def _choose(words: list[str], cores: list[str]) -> str:
    """Among the sections that a heading's words point to, the one it means."""
    named = [core for core in cores if core not in ("personal", "other")]
    cores = named or cores  # "Personal skills" are skills, "Personal statement" is a summary
    if "summary" in cores and words[0] in ("summary", "overview") and "of" in words[:2] and "skills" in cores:
        return "skills"
    whole = words[0] in ("career", "professional", "executive")
    if whole and words[-1] in ("summary", "profile", "overview", "objective"):
        return "summary"
    if "experience" in cores and "projects" in cores:
        return "experience"
    if "experience" in cores and words[-1] in ("experience", "history", "erfahrung", "experiencia"):
        return "experience"
    if words[0] in ("volunteer", "volunteering", "internships", "employment", "work"):
        return "experience"
    if "education" in cores and any(c in cores for c in ("certifications", "skills")):
        return "education" if words[0].startswith(("edu", "acad")) else min(cores, key=_ORDER.get)
    if "additional" in words and "skills" not in cores:
        return "other"
    return min(cores, key=_ORDER.get)


def _raw_lines(text: str) -> list[Line]:
    lines, last = [], 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and (text[start] in _MARGIN or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _MARGIN or text[end - 1].isspace()):
            end -= 1
        if start == end:
            continue
        mark = _MARK.match(text, start, end)
        begin = mark.end() if mark and mark.end() < end else start
        gap = text.count("\n", last, start) > 1
        lines += _at_labels(Line(text[begin:end], begin, end, bullet=begin > start, gap=gap))
        last = end
    return lines


_LABELLED = re.compile(
    r"(?<=[.!?;])\s+(?=(?:(?P<whose>[A-Z][\w'’-]*\s)?(?P<label>[A-Za-z][a-z]+(?:\s(?:&\s)?[a-z]+){0,3}):\s+\S))"
)


_OWNER = re.compile(r"(?:[A-Z][\w-]*['’]s?|my|his|her|their|as for (?:my|his|her))\s+(?=\w)", re.I)


def _at_labels(line: Line) -> list[Line]:
    """A paragraph cut before labels that stand inside it: "... at sea. Education: BSc. Anna's skills: SQL."."""
    if len(line.text) < 60 or ": " not in line.text:
        return [line]
    cuts = [m.end() for m in _LABELLED.finditer(line.text) if heading_section(m["label"].capitalize(), alone=False)]
    places = list(pairwise([0, *cuts, len(line.text)]))
    pieces = [(a + len(line.text[a:b]) - len(line.text[a:b].lstrip()), b) for a, b in places]
    return [
        replace(line, text=line.text[a:b].rstrip(), start=line.start + a, end=line.start + len(line.text[:b].rstrip()),
                bullet=line.bullet and not a, gap=line.gap and not a)
        for a, b in pieces if line.text[a:b].strip()
    ]  # fmt: skip


def _inline(line: Line) -> tuple[str, Line] | None:
    """ "Skills: Python, SQL" is a heading and its content in one line."""
    match = re.match(r"[*_#\s]*([^:\n]{3,40}?)[*_]*\s*:[*_]*\s+(?=\S)", line.text)
    if not match or line.bullet:
        return None
    label = _OWNER.sub("", match[1])
    section = heading_section(label[:1].upper() + label[1:], alone=False)
    if not section or match[1].casefold().strip() in WEAK:
        return None
    start = line.start + match.end()
    if section == "languages" and not LANGUAGE.search(line.text):
        section = "skills"
    return section, replace(line, text=line.text[match.end() :], start=start, section=section)


def guess_section(line: Line, previous: str, has_dates: bool) -> str:
    """The section of a line that no heading rules, from its own cues."""
    text = line.text
    words = text.split()
    if _CONTACT.search(text) and len(words) < 14:
        return "personal"
    if has_dates and not degree_level(text):
        return "experience"
    if len(words) < 25 and degree_level(text):
        return "education"
    if re.match(r"(?:fluent|native|bilingual)\b", text, re.I):
        return "languages"
    if re.search(r"\b(?:certified|certificate|certification|licensed|license)\b", text, re.I) and len(words) < 12:
        return "certifications"
    if len(re.split(r"[,;|•·]", text)) >= 4 and mean(len(p.split()) for p in re.split(r"[,;|•·]", text)) <= 3:
        return "skills"
    if line.bullet or previous == "experience" and not line.gap:
        return "experience" if previous in ("experience", "summary", "personal") else previous
    return "summary" if previous in ("personal", "summary") else "other"


_WITHOUT_POSTS = frozenset(("education", "skills", "certifications", "languages", "interests", "references", "other"))
_LICENCE = re.compile(r"\b(?:certif\w*|licen[cs]\w*|award\w*|member(?:ship)?|scholar\w*|course\w*|training)\b", re.I)
_SCHOOL = re.compile(r"\b(?:university|college|school|institute|academy|hochschule|diploma|degree)\b", re.I)


def _is_post(line: Line, section: str) -> bool:
    """Whether a dated line in a section of other things begins a post: it names an occupation and no study."""
    text = line.text
    if line.bullet or len(text.split()) > 20 or _LICENCE.search(text) or not has_title_word(text):
        return False
    if degree_level(text) > 1:
        return False
    return section != "education" or not _SCHOOL.search(text) or bool(_after_school(text))


def _after_school(text: str) -> bool:
    """ "Greenway High School Basel Pharmacy Cashier 2008 - 2010" is a post at a school, not a study."""
    title = clean_title(re.split(r"\s\W*(?=[A-Z][a-z]{2,8}\s\d{4}|\d{2}[/.]\d{4}|\d{4})", text)[0])
    return has_title_word(title) and not _SCHOOL.search(title)


def lines_of(text: str, dated: frozenset[int] = frozenset()) -> list[Line]:
    """The lines of `text`, each with its section. `dated` holds the positions in the text where periods begin."""
    raw = _raw_lines(text)
    starts = sorted(dated)
    out: list[Line] = []
    current: str | None = None
    guessed = "personal"
    for line in raw:
        marked = line if not line.bullet else replace(line, text=text[line.start : line.end])
        section = heading_section(marked.text) if not line.bullet or current is None else None
        if section:
            current = section
            out.append(replace(line, section=section, heading=True))
            continue
        if inline := _inline(line):
            section, content = inline
            if current is None or line.gap and section in ("skills", "education", "experience", "languages"):
                guessed = section
            out.append(content)
            continue
        if current is None:
            has_dates = any(line.start <= at < line.end for at in starts)
            guessed = guess_section(line, guessed, has_dates)
            out.append(replace(line, section=guessed))
        else:
            has_dates = any(line.start <= at < line.end for at in starts[bisect_left(starts, line.start) :][:1])
            if has_dates and current in _WITHOUT_POSTS and _is_post(line, current):
                current = "experience"
            programming = current == "languages" and len(line.text.split(",")) > 2 and not LANGUAGE.search(line.text)
            out.append(replace(line, section="skills" if programming else current))
    return out


_SENTENCE_END = re.compile(r"([.!?]+[\"')\]\u201d\u2019]*)\s+(?=[\"'\u201c]?[^\W_a-z]|[(\[][^\W_a-z\d]|[•-])")
_LIST_BREAK = re.compile(r"\s*[;|\uff5c]\s*|\s*,\s+(?:and\s+(?=\S+(?:\s+\S+){0,2}$))?|,(?=[A-Za-z])|\s+/\s+|\t+|\s{3,}")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the sentences in `text[start:end]`; abbreviations and initials end none."""
    cuts, begin = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        word = re.search(r"\S*$", text[max(begin, match.start() - 20) : match.start()])[0].casefold().lstrip("(")
        initial = re.fullmatch(r"(?:\w\.)*\w", word) and not word.isdigit()
        if match[1].startswith(".") and (word in ABBREVIATIONS or initial):
            continue
        cuts.append((begin, match.end(1)))
        begin = match.end()
    return [*cuts, (begin, end)]


def _split(text: str, start: int, end: int, pattern: re.Pattern) -> list[tuple[int, int]]:
    """The stretches between matches of `pattern` that are outside brackets."""
    parts, begin = [], start
    for match in pattern.finditer(text, start, end):
        before = text[begin : match.start()]
        if before.count("(") > before.count(")") or before.count("[") > before.count("]"):
            continue
        parts.append((begin, match.start()))
        begin = match.end()
    return [*parts, (begin, end)]


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list such as "Languages: Python, SQL | Docker"; the whole where it reads as prose."""
    label = re.match(r"([^:,;|]{2,40}):\s+(?=\S)", text[start:end])
    body = start + label.end() if label else start
    parts = _split(text, body, end, _LIST_BREAK)
    lengths = [len(text[a:b].split()) for a, b in parts]
    hard = re.search(r"[;|\t]|\s{3,}", text[body:end])
    if len(parts) < 2 or not hard and (mean(lengths) > 3.4 or max(lengths) > 8 or len(parts) == 2 and max(lengths) > 5):
        return [(start, end)]
    return ([(start, start + label.end(1))] if label else []) + parts


_OPEN_END = re.compile(r"\b(?:and|or|of|the|with|to|for|in|by|a|as|on|from)$")


def _wraps(one: Line, two: Line, text: str, width: int) -> bool:
    """Whether `two` goes on the sentence of `one`."""
    if two.bullet or two.gap or two.heading or one.heading or one.section != two.section:
        return False
    last, first = one.text[-1], two.text[0]
    if last in ".!?:;" and not (last == "." and first.islower()):
        return False
    if first.islower() or last in ",&-/(" or _OPEN_END.search(one.text):
        return len(one.text) >= 30 or first.islower()
    return len(one.text) >= max(70, width * 0.85)


def segments_of(text: str, lines: list[Line], breaks: frozenset[int] = frozenset()) -> tuple[Segment, ...]:
    """Cut the lines into segments. Every position in `breaks` (start and end of an entry's heading) is a cut."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    units: list[tuple[int, int, str]] = []
    last: Line | None = None
    for line in lines:
        if line.heading:
            last = None
            continue
        if last and line.start not in breaks and last.start not in breaks and _wraps(last, line, text, width):
            start, _, section = units.pop()
            units.append((start, line.end, section))
        else:
            units.append((line.start, line.end, line.section))
        last = line
    found: list[Segment] = []
    marks = sorted(breaks)
    for start, end, section in units:
        inner = marks[bisect_right(marks, start) : bisect_left(marks, end)]
        for piece in chain.from_iterable(_split(text, a, b, _INLINE_BULLET) for a, b in pairwise([start, *inner, end])):
            for sentence in sentences(text, *piece):
                listed = section in ("skills", "languages", "interests", "certifications")
                for a, b in _items(text, *sentence) if listed else [sentence]:
                    while a < b and (text[a].isspace() or text[a] in _MARGIN + ":;,)]–—" or text[a : a + 2] == "- "):
                        a += 1
                    while b > a and (text[b - 1].isspace() or text[b - 1] in _MARGIN + ",;"):
                        b -= 1
                    if any(char.isalnum() for char in text[a:b]):
                        found.append(Segment(text[a:b], a, b, section))
    return tuple(found)


_FOLDED = {"ß": "s", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "æ": "a", "œ": "o", "ı": "i", "ħ": "h"}


def fold(text: str) -> str:
    """`text` in lower case without accents, character for character."""
    return text.lower() if text.isascii() else "".join(map(_fold_char, text))


@cache
def _fold_char(char: str) -> str:
    lower = unicodedata.normalize("NFKD", char)[0].lower()
    return _FOLDED.get(lower, lower[:1] or char)

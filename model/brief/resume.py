"""A resume as data: segments by section, positions with their periods, studies, languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from model.brief.dates import Span, find_spans, months_of, stated_years
from model.brief.education import degree_level
from model.brief.sections import Line, Segment, lines_of, segments_of

__all__ = ["Position", "Resume", "Segment", "Study", "parse_resume"]

TITLE_WORDS = frozenset(
    "assistant associate analyst consultant accountant clerk chef cook nurse technician specialist director president vp "
    "svp evp ceo cto cfo coo cio head lead chief officer intern internship trainee apprentice representative rep agent "
    "executive architect scientist aide attendant scout coach guard pilot captain sergeant mechanic principal partner "
    "fellow resident volunteer secretary cashier barista host hostess waitress steward staff expert founder owner member "
    "surgeon dba sre police orderly orderlies midwife judge dean provost programmer attorney lawyer counsel foreman handyman "
    "fireman salesman repairman draftsman craftsman chairman architects buyers model artist dentist deputy superintendent "
    "hand concierge mentor paraprofessional paralegal cna rn lpn emt professional professionals ordnanceman merchandising "
    "sommelier courier crew scholar ambassador delegate postdoc "
    "leiter leiterin ingenieur ingenieurin kaufmann kauffrau mitarbeiter mitarbeiterin praktikant praktikantin praktikum "
    "werkstudent werkstudentin meister koch köchin lehrkraft arzt ärztin krankenschwester geschäftsführer "
    "ingénieur ingénieure responsable stagiaire comptable gestionnaire chargé chargée directrice vendeuse infirmière cheffe "
    "ingeniero ingeniera gerente contable enfermero enfermera becario becaria técnico técnica jefe jefa encargado encargada "
    "abogado abogada camarero camarera médico arquitecto arquitecta".split()
)
_NOT_TITLE = frozenset(
    "center server computer customer other over under per after water paper power number order quarter summer winter "
    "newsletter interior exterior major minor prior sector motor labor behavior color error for or september october november "
    "december river silver manchester denver career cancer computer corner chapter border tower weather together another "
    "remember whether either rather further offer better greater lower higher upper inner outer master matter letter user "
    "tier fiber rubber timber leather layer former peer deliver over ever never however cover recover center her consider "
    "differ register transfer laser floor door labor harbor favor honor humor vapor tutor-led indoor outdoor poor list exist "
    "assist consist persist resist twist wrist mist checklist asian indian italian russian canadian australian christian "
    "iran persian median hadoop docker jupiter folder printer router monitor error-prone tailor-made".split()
)
_TITLE_SUFFIX = re.compile(r"\w{2,}(?:ers?|ors?|ists?|ians?|eurs?|ólogos?|yst|ysts)$")
_PLURAL = re.compile(r"(?:ies|s)$")
DOMAIN_WORDS = frozenset(
    "technology operations finance sales marketing infrastructure security networking network architecture cloud data "
    "software hardware development research services service support quality product products project program it hr "
    "human resources business strategy risk audit compliance tax web mobile platform systems integration testing medical "
    "clinical legal education training communications digital customer supply logistics procurement production maintenance "
    "engineering design planning accounting analytics intelligence java python .net c++ sap oracle sql linux windows azure "
    "aws devops embedded front back full end stack".split()
)
_COMPANY = re.compile(
    r"\bcompany\b|\b(?:inc|llc|ltd|plc|corp|gmbh|kg|sarl|pty|llp|bv|ltda)\b\.?|\b(?:S\.?A\.?|AG|SE)\b|\b(?:corporation|university|"
    r"college|hospital|institute|academy|foundation|limited|holdings?|enterprises|industries|solutions|technologies|partners|"
    r"associates|consultancy|airlines|universität|université|universidad|klinikum|hôpital|ministry|agency|council)\b",
    re.I,
)
_LEAD_IN = re.compile(
    r"^.{0,90}?\b(?:(?:worked|working|served|serving|employed|acted|acting|practi[sc]ed|tenure|role|position|post|capacity|"
    r"service|experience|job|promoted|hired|started|years?|yrs|months|duration|internship|career|spent[\w\s]{1,20}?|duties)\b"
    r"[^.;|]{0,30}?\b(?:as|of|to|is)\b|as\b)\s*(?:(?:an?|the|my)\s+)?(?=\S)",
    re.I,
)
_LABEL = re.compile(r"^(?:job\s+)?(?:position|role|title|designation|backfill|poste|stelle|puesto|cargo)(?:\s+title)?\s*[:–-]\s*", re.I)
_EDGE = " \t\n\r,;:|-–—*_#\u200b\u00a0.·•/~+\"“”'"
_TAIL = re.compile(r"(?:[\s,;:(\[–-]|\b(?:from|in the period of|in the period|during|between|for|since|dates?|in|the))+$", re.I)
_PIECE = re.compile(r"\s+[-–—|@•·]+\s*|[-–—]\s+|\s*[|;•·\t]\s*|,\s*|:\s+|\s{3,}|\s(?:ï¼\u200b|â€“|\uff0d)\s?")
_AT = re.compile(
    r"\s+(?:(?:at|with|chez|bei|en)\s|@|for\s+(?:the\s+)?(?=[A-Z]))\s*(?=\S)|\s*\bCompany\s+Name\b|\s*,\s*(?=where\b|speciali)"
    r"|\s+(?:specializing|applying|responsible|working|where|focused)\b"
)
_VERB = re.compile(r"(?:[A-Z]?[a-z]+(?:ed|ing)|led|grew|built|made|won|ran|wrote|held|took|taught|kept|oversaw|drove|set|cut|"
                   r"sold|got|saw|did|was|were|have|has|had|i|we|my|our|the|this|these|also|result)\b", re.I)  # fmt: skip
_VERB_TITLE = re.compile(r"(?:registered|certified|licensed|experienced|retired|applied|embedded|advanced|self-employed|"
                         r"chartered|accredited|distributed|marketing|engineering|accounting|manufacturing|managing|nursing|"
                         r"consulting|building|teaching|training|operating|purchasing|visiting|sourcing|staffing|founding|"
                         r"testing|programming|networking|mining|machining|banking|brewing|clothing|visiting)\b", re.I)  # fmt: skip
_NO_POSITION = frozenset(("education", "certifications", "projects", "references", "languages", "interests", "skills"))


@dataclass(frozen=True)
class Position:
    """A post that was held. `[start, end)` is the whole entry, `[head_start, head_end)` its heading with the dates.

    `years` come from `span`, else from a statement ("4 years as a curator"), else None.
    """

    title: str
    start: int
    end: int
    head_start: int
    head_end: int
    span: Span | None
    years: float | None
    current: bool


@dataclass(frozen=True)
class Study:
    """A line that names a degree; `level` is on the scale of `model.brief.education`."""

    text: str
    start: int
    end: int
    level: int


@dataclass(frozen=True)
class Resume:
    """A resume's parts. `total_years`: years of work, overlaps once. `gaps`: half a year or more between positions."""

    text: str
    segments: tuple[Segment, ...]
    positions: tuple[Position, ...]
    studies: tuple[Study, ...]
    total_years: float | None
    gaps: tuple[Span, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Head:
    title: str
    start: int
    end: int
    span: Span | None
    years: float | None


def has_title_word(text: str) -> bool:
    """Whether a word of `text` is the name of an occupation or a rank."""
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if word in _NOT_TITLE:
            continue
        if word in TITLE_WORDS or _PLURAL.sub("", word) in TITLE_WORDS or _TITLE_SUFFIX.match(word):
            return True
    return False


def clean_title(text: str) -> str:
    """The job title in a heading: without lead-in, company, place and ids."""
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text).strip(_EDGE + "()[]") if text.count("(") != text.count(")") else text
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text).strip(_EDGE)
    text = _LABEL.sub("", text)
    if lead := _LEAD_IN.match(text):
        text = text[lead.end() :]
    text = _TAIL.sub("", text)
    if cut := _AT.search(text):
        if text[: cut.start()].strip(_EDGE):
            text = text[: cut.start()]
    pieces = [p for p in _pieces(text) if re.search(r"[^\W\d_]{2}", p[1]) and not re.fullmatch(r"\w*\d{3,}\w*", p[1])]
    if not pieces:
        return ""
    first = next((i for i, (_, p) in enumerate(pieces) if has_title_word(p) and not _COMPANY.search(p)), 0)
    title = pieces[first][1]
    for separator, piece in pieces[first + 1 :]:
        words = piece.casefold().split()
        if _COMPANY.search(piece) or not (
            piece[0].islower() or has_title_word(piece) or "," not in separator and any(w in DOMAIN_WORDS for w in words)
        ):
            break
        title += separator + piece
    return _TAIL.sub("", re.sub(r"\s+", " ", title)).strip(_EDGE)[:120]


def _pieces(text: str) -> list[tuple[str, str]]:
    """(separator before, piece), brackets kept whole."""
    out, begin, separator = [], 0, ""
    for match in _PIECE.finditer(text):
        before = text[begin : match.start()]
        if before.count("(") > before.count(")"):
            continue
        out.append((separator, before.strip(_EDGE)))
        begin, separator = match.end(), match[0]
    return [(s, p) for s, p in [*out, (separator, text[begin:].strip(_EDGE))] if p]


def _short(line: Line | None, section: str, words: int = 12) -> bool:
    """Whether a neighbouring line can belong to the heading of an entry."""
    return bool(
        line
        and not line.heading
        and line.section == section
        and len(line.text.split()) <= words
        and not line.text.endswith((".", "!", "?", ";", ","))
        and not line.text[0].islower()
    )


def _reads_as_prose(before: str) -> bool:
    """ "Grew 2015-2016 sales": words before a period that do not name a post."""
    if len(before.split()) > 22 or re.search(r"[.!?]\s+[A-Z]", before) and len(before.split()) > 10:
        return True
    if _LEAD_IN.match(before) and len(before.split()) <= 22:
        return False
    return bool(_VERB.match(before) and not _VERB_TITLE.match(before) and not has_title_word(before.split(" ")[0]))


def _dated_head(index: int, lines: list[Line], span: Span, taken: int) -> _Head | None:
    """The heading that the period on line `index` belongs to; None where it stands in a sentence about something else."""
    line = lines[index]
    before = line.text[: max(0, span.at - line.start)].strip(_EDGE)
    after = line.text[max(0, span.to - line.start) :].lstrip(_EDGE + ")]").rstrip()
    after = re.split(r"(?<=[a-z)])[.!?](?:\s|$)", after)[0]
    if _reads_as_prose(before):
        return None
    if line.section in _NO_POSITION or line.section != "experience" and not (has_title_word(before) or has_title_word(after)):
        return None
    if degree_level(before + " " + after) and not has_title_word(clean_title(before)):
        return None
    previous = lines[index - 1] if index and index - 1 > taken else None
    following = lines[index + 1] if index + 1 < len(lines) else None
    previous = previous if _short(previous, line.section) and not (previous.bullet and not line.bullet) else None
    following = following if _short(following, line.section) and not following.bullet else None
    start, end = line.start, line.end
    title = ""
    if has_title_word(clean_title(before)):
        title = clean_title(before)
    elif has_title_word(clean_title(after)) and len(after.split()) <= 25:
        title = clean_title(after)
    elif previous and has_title_word(clean_title(previous.text)):
        title, start = clean_title(previous.text), previous.start
    elif following and has_title_word(clean_title(following.text)):
        title, end = clean_title(following.text), following.end
    elif before or after:
        title = clean_title(before) or clean_title(after)
    elif previous:
        title, start = clean_title(previous.text), previous.start
    elif following:
        title, end = clean_title(following.text), following.end
    if following and end < following.end and _COMPANY.search(following.text) and len(following.text.split()) <= 10:
        end = following.end
    if len(line.text.split()) > 30 and end == line.end:
        end = min(end, max(span.to, line.start + len(line.text[: span.to - line.start])))
    if not title and line.section != "experience":
        return None
    return _Head(title, start, end, span, round(span.months / 12, 2))


_STATED_POST = re.compile(r"\b(?:as|of\s+\w+\s+as)\s+(?:an?\s+|the\s+)?(?=[\w])", re.I)


def _stated_head(line: Line) -> _Head | None:
    """ "4 years as a curator": a post with a duration and no dates."""
    if line.section in _NO_POSITION or line.heading:
        return None
    for match in re.finditer(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*", line.text):
        sentence = match[0]
        years = stated_years(sentence)
        post = _STATED_POST.search(sentence) if years else None
        if not post:
            continue
        title = clean_title(re.split(r"\s+(?:in|from|during|since|and)\s", sentence[post.end() :])[0])
        if has_title_word(title) and len(title.split()) <= 10:
            at = line.start + match.start() + len(sentence) - len(sentence.lstrip())
            return _Head(title, at, line.start + match.end(), None, years)
    return None


def _undated_heads(lines: list[Line]) -> list[_Head]:
    """Titles in an experience section that gives no dates at all."""
    heads = []
    for line in lines:
        short = len(line.text.split()) <= 10 and not line.text.endswith(".")
        if line.section == "experience" and not line.heading and short and not _reads_as_prose(line.text):
            title = clean_title(line.text)
            if has_title_word(title) and not degree_level(line.text):
                heads.append(_Head(title, line.start, line.end, None, None))
    return heads


def _heads(lines: list[Line], spans: list[Span]) -> list[_Head]:
    heads: list[_Head] = []
    taken = -1
    by_line: dict[int, list[Span]] = {}
    index = 0
    for span in spans:
        while index < len(lines) and lines[index].end <= span.at:
            index += 1
        if index < len(lines):
            by_line.setdefault(index, []).append(span)
    for index, line in enumerate(lines):
        if line.heading:
            continue
        head = _dated_head(index, lines, by_line[index][0], taken) if index in by_line else _stated_head(line)
        if head and (not heads or head.start >= heads[-1].end):
            heads.append(head)
            taken = index if head.end <= line.end else index + 1
    return heads or _undated_heads(lines)


def _positions(text: str, lines: list[Line], heads: list[_Head], as_of: date) -> tuple[Position, ...]:
    """Each heading with what follows it, up to the next heading or the end of its section."""
    now = as_of.year * 12 + as_of.month
    positions = []
    for number, head in enumerate(heads):
        limit = heads[number + 1].start if number + 1 < len(heads) else len(text)
        end, section = head.end, None
        for line in lines:
            if line.end <= head.start:
                continue
            section = section or line.section
            if line.start >= limit or line.section != section or line.heading and line.start > head.start:
                break
            end = max(end, min(line.end, limit))
        end = head.start + len(text[head.start : end].rstrip())
        current = head.span is not None and head.span.end >= now
        positions.append(Position(head.title, head.start, end, head.start, head.end, head.span, head.years, current))
    return tuple(positions)


def _studies(lines: list[Line]) -> tuple[Study, ...]:
    """Lines that name a degree: all in education sections, short ones elsewhere but in experience."""
    found = []
    for line in lines:
        if line.heading or line.section in ("experience", "references", "interests"):
            continue
        if line.section != "education" and len(line.text) > 200:
            continue
        if level := degree_level(line.text):
            found.append(Study(line.text, line.start, line.end, level))
    return tuple(found)


def _gaps(positions: tuple[Position, ...]) -> tuple[Span, ...]:
    gaps, reached = [], None
    for span in sorted((p.span for p in positions if p.span), key=lambda s: s.start):
        if reached is not None and span.start - reached >= 6:
            gaps.append(Span(reached, span.start, span.precise))
        reached = max(reached or 0, span.end)
    return tuple(gaps)


LANGUAGES = (
    "English German French Spanish Italian Portuguese Dutch Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish "
    "Arabic Hebrew Persian Farsi Urdu Hindi Punjabi Bengali Gujarati Marathi Tamil Telugu Kannada Malayalam Nepali Chinese "
    "Mandarin Cantonese Japanese Korean Vietnamese Thai Indonesian Malay Tagalog Filipino Russian Ukrainian Serbian Croatian "
    "Bosnian Slovenian Albanian Swedish Norwegian Danish Finnish Icelandic Estonian Latvian Lithuanian Swahili Amharic Somali "
    "Yoruba Igbo Hausa Zulu Afrikaans Catalan Basque Georgian Armenian Kurdish Pashto Mongolian Deutsch Englisch Französisch "
    "Spanisch Italienisch Anglais Français Allemand Espagnol Inglés Francés Alemán Español"
).split()
_LANGUAGE = re.compile(r"\b(?:" + "|".join(LANGUAGES) + r")\b")
_FLUENT = re.compile(r"\b(?:fluent|bilingual|native|proficien\w+|spoken|speak\w*|mother tongue|conversational|trilingual)\b", re.I)


def _languages(segments: tuple[Segment, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for segment in segments:
        if segment.section == "languages" or _FLUENT.search(segment.text):
            found.update(dict.fromkeys(_LANGUAGE.findall(segment.text)))
    return tuple(found)


def parse_resume(text: str, as_of: date) -> Resume:
    """Parse a resume's text; "present" means `as_of`. Never raises on odd text: what is not found stays empty."""
    spans = find_spans(text, as_of)
    lines = lines_of(text, frozenset(span.at for span in spans))
    heads = _heads(lines, spans)
    positions = _positions(text, lines, heads, as_of)
    segments = segments_of(text, lines, frozenset(s for head in heads for s in (head.start, head.end)))
    total: float | None = None
    if periods := [p.span for p in positions if p.span]:
        total = round(months_of(periods) / 12, 2)
    else:
        years = [p.years for p in positions if p.years]
        stated = [y for s in segments if s.section in ("summary", "personal", "other", "experience") and (y := stated_years(s.text))]
        total = sum(years) if years else max(stated, default=None)
    return Resume(text, segments, positions, _studies(lines), total, _gaps(positions), _languages(segments))

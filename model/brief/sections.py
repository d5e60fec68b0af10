"""The parts of a resume: its lines, the section each belongs to, and the segments (bullets, sentences, list items).

Every `Line` and `Segment` is verbatim: `document[start:end] == text`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from statistics import mean

from model.brief.education import degree_level

SECTIONS = (
    "summary", "experience", "education", "skills", "certifications", "projects", "languages", "interests",
    "references", "personal", "other",
)  # fmt: skip

# The words that make a heading, by section; where words of several sections meet, the earlier section wins.
HEADING_WORDS: dict[str, str] = {
    "references": "reference references referees referenzen références referencias testimonials",
    "languages": "language languages sprachen sprachkenntnisse langues idiomas lingue linguistic fremdsprachen",
    "certifications": "certification certifications certificate certificates certified license licenses licence licences "
    "licensure licensures credentials credential zertifikate zertifizierungen weiterbildung weiterbildungen "
    "fortbildung certificaciones certificados certificats formations trainings courses coursework seminars workshops "
    "cpd cursos",
    "projects": "project projects projekte projets proyectos portfolio",
    "education": "education educational academic academics academia studies qualification schooling ausbildung bildung bildungsweg "
    "schulbildung studium bildungsgang formation études etudes diplômes diplomes educación educacion formación formacion "
    "estudios istruzione formazione formação educação degrees degree university college school training",
    "experience": "experience experiences employment work history berufserfahrung berufspraxis werdegang erfahrung "
    "arbeitserfahrung berufstätigkeit tätigkeiten praktika expérience experience expériences parcours emplois experiencia "
    "laboral esperienza lavorative lavorativa experiência internships internship volunteer volunteering volunteerism "
    "ehrenamt bénévolat voluntariado positions jobs assignments engagements stages",
    "interests": "interest interests hobbies hobby hobbys interessen intérêts loisirs intereses aficiones activities leisure",
    "personal": "personal persönliche persönliches personnel personnelles personales angaben daten contact contacts kontakt "
    "kontaktdaten coordonnées contacto datos dati personali bio-data biodata",
    "skills": "skill skills competency competencies competences competence qualifications expertise strengths highlights "
    "proficiencies proficiency capabilities capability abilities kenntnisse fähigkeiten kompetenzen edv-kenntnisse "
    "it-kenntnisse compétences competencias habilidades conocimientos competenze capacità competências tools "
    "technologies software stack toolbox knowledge specialties specialities specialization specialisation talents attributes",
    "summary": "summary profile objective objectives overview about introduction synopsis statement focus goal goals "
    "zusammenfassung profil kurzprofil ziel berufsziel résumé sommaire objectif accroche perfil resumen objetivo extracto "
    "profilo sommario resumo biography bio",
    "other": "accomplishments accomplishment achievements achievement awards award honors honours honor affiliations "
    "affiliation memberships membership publications publication presentations patents information sonstiges "
    "auszeichnungen publikationen mitgliedschaften divers autres otros premios publicaciones research military service "
    "community additional miscellaneous recognition organizations associations clearance leadership involvement "
    "availability declaration documents",
}
MODIFIERS = frozenset(
    "professional work working relevant related key core selected other my the and & of in for a an career technical "
    "technological computer it executive employment job summary skills experience personal additional background "
    "highlights general main special specialized areas area hard soft functional transferable industry management "
    "teaching clinical legal sales marketing engineering research practical recent previous past prior current paid "
    "field domain business leadership et und y e de la le du des en los mes meine relevante wichtige berufliche beruflicher "
    "schulische akademische akademischer schul- it- fachliche weitere besondere professionnelle professionnelles "
    "professionnel profesional laborales académica academica professionale professionali profissional techniques informatiques "
    "técnicas clés programming digital scientific hands-on summary/objective skills/abilities details data info record "
    "records profile program programs activities membership honors awards extracurricular extra-curricular volunteer "
    "further continuing development attained obtained completed received formal highest mother tongue tongue(s) level "
    "foreign spoken qualifications qualification history experience(s) social organisational artistic me us online systems "
    "knowledge i have training trainings".split()
)
# Single words that are as often an item of a list as a heading: they need a mark of a heading.
WEAK = frozenset(
    "training trainings software tools technologies contact contacts school college university courses workshops "
    "seminars coursework research service community information documents leadership positions jobs stages knowledge "
    "profile focus goals goal work history expertise projects project award language parcours daten divers stack "
    "presentations presentation military activities personnel formation certified talents about".split()
)
_SECTION_OF = {word: section for section, words in reversed(HEADING_WORDS.items()) for word in words.split()}
_ORDER = {section: rank for rank, section in enumerate(HEADING_WORDS)}
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
BULLETS = "•·∙●○◦▪▫■□◆◇►▶▸‣⁃➢➤➔→✓✔✦★❖❑❏\uf0b7\uf0a7\uf0d8\uf076\u25cf\u2043¤"
_MARK = re.compile(
    rf"(?:[{BULLETS}]+|[-–—*+~](?=\s)|[-–—](?=[A-Z])|\*(?=[A-Z])|>\s|âž¢|â€¢|ï‚·|ï‚§|\(?(?:\d{{1,2}}|[a-hivx]{{1,3}})[.)](?=\s)"
    r"|o(?=\s+[A-Z])|\d[.)](?=[A-Z]))[\s\u200b]*"
)
_MARGIN = " \t\u00a0\u200b\ufeff\u2009\u2003|"
_INLINE_BULLET = re.compile(rf"\s*(?:[{BULLETS}]|âž¢|â€¢|ï‚·|ï‚§)\s*|\s+\*\s+(?=[A-Z])")
_CONTACT = re.compile(r"@[\w-]+\.\w|https?://|www\.|linkedin|(?:\+|\b)\d[\d\s().-]{7,}\d|\b(?:phone|tel|e-?mail|address)\b", re.I)


@dataclass(frozen=True)
class Line:
    """A line without its margins and bullet mark. `level` is its indent in characters, `gap`: a blank line before it."""

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
    bare = _squeeze(line.strip(_MARGIN)).strip(" \t#*_=-–—:.•|~<>[]()\u200b\u00a0")
    if not bare or len(bare) > 60:
        return None
    bare = re.sub(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+", "", bare)
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
    if "summary" in cores and words[0] in ("summary", "overview") and "of" in words[:2] and "skills" in cores:
        return "skills"
    if words[-1] in ("summary", "profile", "overview", "objective") and words[0] in ("career", "professional", "executive"):
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
        lines.append(Line(text[begin:end], begin, end, bullet=begin > start, gap=gap))
        last = end
    return lines


def _inline(line: Line) -> tuple[str, Line] | None:
    """ "Skills: Python, SQL" is a heading and its content in one line."""
    match = re.match(r"[*_#\s]*([^:\n]{3,40}?)[*_]*\s*:[*_]*\s+(?=\S)", line.text)
    if not match or line.bullet:
        return None
    section = heading_section(match[1], alone=False)
    if not section or match[1].casefold().strip() in WEAK:
        return None
    start = line.start + match.end()
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
            out.append(replace(line, section=current))
    return out


ABBREVIATIONS = frozenset(
    "e.g i.e eg ie etc. ph.d m.d b.s m.s b.a m.a b.sc m.sc st mr mrs ms dr prof sr jr inc ltd co corp no nos vs approx dept "
    "dipl ing bzw z.b u.a d.h ca inkl u.s u.k u.n a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec est fig min "
    "max mt ft incl ext gov rep gen sgt lt capt".split()
)
_SENTENCE_END = re.compile(r"([.!?]+[\"')\]\u201d\u2019]*)\s+(?=[\"'(\[\u201c]?[^\W_a-z]|[•-])")
_LIST_BREAK = re.compile(r"\s*[;|\uff5c]\s*|\s*,\s+(?:and\s+(?=\S+(?:\s+\S+){0,2}$))?|,(?=[A-Za-z])|\s+/\s+|\t+|\s{3,}")


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts, begin = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        word = re.search(r"\S*$", text[max(begin, match.start() - 20) : match.start()])[0].casefold().lstrip("(")
        if match[1].startswith(".") and (word in ABBREVIATIONS or re.fullmatch(r"(?:\w\.)*\w", word) and not word.isdigit()):
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


def _wraps(one: Line, two: Line, text: str, width: int) -> bool:
    """Whether `two` goes on the sentence of `one`."""
    if two.bullet or two.gap or two.heading or one.heading or one.section != two.section:
        return False
    last, first = one.text[-1], two.text[0]
    if last in ".!?:;" and not (last == "." and first.islower()):
        return False
    if first.islower() or last in ",&-/(" or re.search(r"\b(?:and|or|of|the|with|to|for|in|by|a|as|on|from)$", one.text):
        return len(one.text) >= 30 or first.islower()
    return len(one.text) >= max(70, width * 0.85)


def segments_of(text: str, lines: list[Line], breaks: frozenset[int] = frozenset()) -> tuple[Segment, ...]:
    """Cut the lines into segments. No sentence runs into a line whose start is in `breaks` (a heading of an entry)."""
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
    for start, end, section in units:
        for piece in _split(text, start, end, _INLINE_BULLET):
            for sentence in _sentences(text, *piece):
                listed = section in ("skills", "languages", "interests", "certifications")
                for a, b in _items(text, *sentence) if listed else [sentence]:
                    while a < b and (text[a].isspace() or text[a] in _MARGIN):
                        a += 1
                    while b > a and (text[b - 1].isspace() or text[b - 1] in _MARGIN + ",;"):
                        b -= 1
                    if any(char.isalnum() for char in text[a:b]):
                        found.append(Segment(text[a:b], a, b, section))
    return tuple(found)


def fold(text: str) -> str:
    """`text` in lower case without accents, character for character."""
    return "".join((unicodedata.normalize("NFKD", char)[0].lower() or char)[0] if ord(char) > 127 else char.lower() for char in text)

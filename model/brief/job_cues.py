"""Inline cues: what makes a sentence a requirement, what makes it a nice-to-have, what makes it none of both."""

from __future__ import annotations

import re

from model.brief.job_text import Piece, words_of

_BE = r"(?:(?:is|are|would\s+be|will\s+be|can\s+be|being)\s+)?(?:(?:considered|seen\s+as|viewed\s+as)\s+)?(?:also\s+)?"
_VERY = (
    r"(?:(?:very|highly|strongly|absolutely|strictly|definitely|much|a\s+(?:big|huge|real|definite|strong|major)|"
    r"an?|big|really)\s+)*"
)
NICE_WORDS = (
    r"preferred|preferable|desirable|desired|desireable|plus(?:es)?|advantage(?:s|ous)?|bonus(?:es)?|beneficial|"
    r"helpful|"
    r"useful|welcome|appreciated|nice\s+to\s+have|ideal|asset|optional|favou?red|favou?rable|merit|pluspunkt|"
    r"nice\s+extra|"
    r"von\s+vorteil|wünschenswert|un\s+plus|un\s+atout|souhaitée?s?|souhaitable|appréciée?s?|valorable|deseable"
)
MUST_WORDS = (
    r"required|essential|mandatory|must|needed|necessary|crucial|critical|compulsory|imperative|vital|expected|"
    r"non-negotiable|important|erforderlich|zwingend|exigée?|requise?s?|obligatoire|imprescindible|requerid[oa]"
)

_END = r"(?:\s+too)?\s*[)\]]?(?:\s+for\b[^.;]*)?(?=\s*(?:[.,;:!)\x00]|$|(?:and|but|though|or|with)\b))"
_NICE_TAIL = re.compile(
    rf",?\s*[(\[]?\s*\b(?:but\s+not\s+(?:required|essential)\s*)?(?:{_BE}{_VERY}(?:{NICE_WORDS})|"
    rf"would\s+be\s+{_VERY}(?:good|great|brilliant|lovely|fantastic|handy|nice|wonderful|amazing|excellent|perfect))"
    rf"(?:\s+but\s+not\s+\w+)?{_END}",
    re.IGNORECASE,
)
_NICE_HEAD = re.compile(
    r"\b(?:ideally|preferably|bonus\s+points?(?:\s+(?:if|for))?|nice\s+to\s+have|extra\s+(?:credit|points)\s+for|"
    r"would\s+be\s+(?:great|"
    r"nice|good|a\s+plus|an\s+advantage|ideal|beneficial)\s+(?:if|to)|we(?:'d|\s+would)\s+(?:also\s+)?(?:love|"
    r"like|prefer)\b|"
    r"(?:a\s+)?(?:big\s+|huge\s+)?plus\s+if|even\s+better\s+if|an?\s+(?:added\s+|distinct\s+)?(?:advantage|bonus|"
    r"asset)\s+(?:if|would\s+be)|"
    r"preference\s+(?:will\s+be\s+|is\s+)?(?:given\s+)?(?:to|for)|preferred\s*:|desirable\s*:|optional\s*:|"
    r"idealerweise|idéalement|"
    r"wünschenswert|preferiblemente|se\s+valorará)\b\s*:?",
    re.IGNORECASE,
)
_MUST_TAIL = re.compile(
    rf",?\s*[(\[]?\s*\b{_BE}{_VERY}(?<!\bas\s)(?<!\bif\s)(?<!\bwhen\s)(?<!\bwhere\s)(?:{MUST_WORDS})(?!\s+to\b){_END}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*(?:,\s*(?:and|but|while|with)?|;|\band\b|\bbut\b|\bwhile\b|\))\s*")

_CUE_WORDS = frozenset(
    "preferred preferable desirable desired desireable plus pluses advantage advantages advantageous bonus bonuses "
    "beneficial helpful useful welcome appreciated nice ideal asset optional favored favoured favorable favourable "
    "merit pluspunkt extra vorteil wünschenswert atout souhaité souhaitée souhaités souhaitées souhaitable apprécié "
    "appréciée appréciés appréciées valorable deseable required essential mandatory must needed necessary crucial "
    "critical compulsory imperative vital expected negotiable important erforderlich zwingend exigé exigée requis "
    "requise requises obligatoire imprescindible requerido requerida ideally preferably would better preference "
    "idealerweise idéalement preferiblemente valorará good great brilliant lovely fantastic handy wonderful amazing "
    "excellent perfect".split()
)
# A sentence of prose that demands something, by itself.
STRONG = re.compile(
    r"\bmust\b(?!\s*-?\s*(?:see|read|try))|(?<!as )(?<!when )(?<!where )(?<!if )\brequired\b(?!\s+to\b|\s+by\b)|"
    r"\b(?:requires|require)\b|\bessential\b|\bmandatory\b|"
    r"you(?:'ll|\s+will)\s+(?:also\s+)?need\b|\byou\s+need\b|\bneeds?\s+(?:to\s+(?:have|be|know|hold)|an?\b|"
    r"experience|\d)|\bminimum\s+(?:of\s+)?\w+\s+years?|\bprerequisite|"
    r"\b(?:is|are|be|as)\s+(?:an?\s+)?(?:\w+\s+)?(?:plus|bonus|asset|advantage)\b|\beducated\s+to\b|"
    r"\bpreferred\b|\ba\s+plus\b|\ba\s+bonus\b|\bhelpful\b|\bwelcome\b|\bdesirable\b|\b(?:an|added|"
    r"distinct)\s+advantage\b|\bbonus\s+points\b|\bnice\s+to\s+have\b|\ban?\s+asset\b|\bpreferably\b|\bideally\b|"
    r"years?'?\s+(?:of\s+)?(?:[\w-]+\s+){0,4}experience|(?:\d|one|two|three|four|five|six|seven|eight|"
    r"ten)\+?\s*(?:years?|yrs)\b|\b(?:bachelor|master)'?s?\b\s+degree|\bdegree\s+in\b|"
    r"jahre|berufserfahrung|voraussetzung|erforderlich|ans\s+d'expérience|exigée?|souhaitée?|"
    r"años\s+de\s+experiencia|imprescindible|"
    r"\b(?:valid|current|clean)\s+(?:driv|licen)",
    re.IGNORECASE,
)
# The same for a post that lists its requirements: its prose mostly says them again.
SURE = re.compile(
    r"\bmust\s+(?:have|hold|be|possess|speak|pass)\b|(?<!as )(?<!when )(?<!where )(?<!if )\brequired\b(?!\s+to\b|"
    r"\s+by\b)|\bis\s+(?:essential|mandatory)|"
    r"\bare\s+(?:essential|mandatory)|\bprerequisite|\bpreferred\b|\ba\s+plus\b|\bdesirable\b|\badvantage\b|"
    r"\bnice\s+to\s+have\b|"
    r"years?'?\s+(?:of\s+)?(?:[\w-]+\s+){0,4}experience|\bdegree\s+in\b|(?:bachelor|master)'?s?\s+degree|"
    r"\b(?:valid|current|clean)\s+(?:driv|licen)|"
    r"jahre\s+berufserfahrung|erforderlich|ans\s+d'expérience|años\s+de\s+experiencia|imprescindible",
    re.IGNORECASE,
)
# A sentence of prose that says who is sought.
SOUGHT = re.compile(
    r"\b(?:looking|searching|search)\s+(?:for|of)\b.*\b(?:with|who)\b|\b(?:seek(?:s|ing)?|needs?|require[sd]?|"
    r"want(?:s|ed)?|hiring)\b.*\b(?:with|who)\b",
    re.IGNORECASE,
)
# A sentence of prose that may tell what the person brings.
WEAK = re.compile(
    r"\b(?:experience|experienced|expertise)\b|\bknowledge\s+of\b|\bproficien|\bfamiliar|\bfluent\b|"
    r"\bbackground\s+in\b|\bunderstanding\s+of\b|"
    r"\bskill(?:s|ed)\b|\babilit(?:y|ies)\b|\bable\s+to\b|\btrack\s+record\b|\byou(?:'re|\s+are|\s+have|'ve|"
    r"\s+bring|\s+know|\s+can|\s+hold|\s+possess|\s+should)\b|"
    r"\bcandidates?\b|\bapplicants?\b|\bsomeone\b|\bsomebody\b|\bcertifi|\blicen[cs]ed?\b|\bcomfortable\s+with\b|"
    r"\bthe\s+(?:right|ideal)\s+person\b|"
    r"\bgood\s+with\b|\bhandy\s+with\b|\bkenntnisse\b|\berfahrung\b|\bconnaissance|\bexpérience\b|"
    r"\bconocimientos?\b|\bexperiencia\b|\bmaîtris|\bsie\s+(?:haben|verfügen|bringen)|"
    r"\bdu\s+(?:hast|bringst)|\bvous\s+(?:avez|êtes|maîtrisez)",
    re.IGNORECASE,
)


_DURATION = re.compile(r"\b(?:years?|yrs?|months?)\b", re.IGNORECASE)


def by_necessity(piece: Piece, must: bool) -> list[tuple[Piece, bool]]:
    """Cuts a sentence where its cues change: "Python required, Docker a plus" is a must and a nice-to-have.

    Cue words are marked as used. A cue at the end of a clause speaks for what comes before it, back to the cue
    before; "ideally" and its like speak for what comes after.
    """
    if not words_of(piece.text) & _CUE_WORDS:
        return [(piece, must)]
    parts: list[tuple[Piece, bool]] = []
    begin, text = 0, piece.text
    cues = [(match.start(), match.end(), False) for match in _NICE_TAIL.finditer(text)]
    cues += [(match.start(), match.end(), True) for match in _MUST_TAIL.finditer(text)]
    for start, end, necessary in sorted(cues):
        if start < begin or not any(map(str.isalnum, text[begin:start])):
            continue
        aside = text.rfind("(", begin, start)
        if aside > begin and ")" not in text[aside:start] and not _DURATION.search(text, aside, start):
            parts.append((piece.sub(begin, aside), must))
            begin = aside + 1
        parts.append((piece.sub(begin, start), necessary))
        after = _BREAK.match(text, end)
        begin = after.end() if after else end
    parts.append((piece.sub(begin), must))
    found = []
    for part, necessary in parts:
        head = _NICE_HEAD.search(part.text)
        if head:
            found.append((part.sub(0, head.start()).strip(), necessary))
            found.append((part.sub(head.end()).strip(), False))
        else:
            found.append((part.strip(), necessary))
    return [(part, necessary) for part, necessary in found if any(map(str.isalnum, part.text))]

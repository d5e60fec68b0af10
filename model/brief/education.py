"""Degrees and diplomas in a piece of text, on one scale for jobs and resumes.

`LEVELS` is the scale. Countries differ, so each word is placed where recruiters usually place it: a German Diplom and
a French Licence count as a bachelor's degree, a BTS, HND or foundation degree as an associate degree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.brief.job_text import words_of

LEVELS: dict[int, str] = {
    0: "none",
    1: "secondary school",
    2: "certificate or vocational diploma",
    3: "associate degree",
    4: "bachelor's degree",
    5: "master's degree",
    6: "doctorate",
}

# Words that may be written in any case.
_ANY_CASE: tuple[tuple[int, str], ...] = (
    (
        6,
        r"ph\.?\s?d(?:\.|\b)|d\.?phil\b|doctorates?\b|doctoral\b|doctor(?:ate)?\s+of\s+(?!the\b)\w+|juris\s+doctor\b|"
        r"pharm\.?\s?d\b|psy\.?d\b|ed\.d\b|dr\.\s?(?:rer|phil|med|ing)\b|promotion\s+in\b|doctorat\b|doctorado\b|"
        r"medical\s+degree\b|law\s+degree\b|veterinary\s+degree\b",
    ),
    (
        5,
        r"master'?s?['’]?\s+(?:or\s+\w+\s+)?(?:degree|level|diploma|qualification|program(?:me)?)s?\b|"
        r"masters?['’]?s?\s+(?:of|in)\s+(?!(?:the|a|an|all|our|place|charge|post)\b)\w+|master['’]s\b|"
        r"(?<=or )masters?\b(?!\s+(?:data|plan|plumber|electrician|of\b))|mba\b|m\.?phil\b|ll\.?m\b|m\.tech\b|mtech\b|"
        r"post-?\s?graduate\s+(?:degree|qualification|study|studies|level)s?\b|graduate\s+degree\b|advanced\s+degree\b|"
        r"master\s+2\b|bac\s?\+\s?5\b|mast[eè]re\b|m[aá]ster\s+en\b|maestr[ií]a\b|magister\b|staatsexamen\b|"
        r"masterabschluss\b|maîtrise\s+universitaire\b|dipl[oô]me\s+d'ing[eé]nieur\b",
    ),
    (
        4,
        r"bachelor['’]?s?['’]?\s+(?:or\s+\w+(?:['’]s)?\s+)?(?:degree|level|diploma|qualification|program(?:me)?)s?\b|"
        r"bachelors?['’]?s?\s+(?:of|in)\s+\w+|bachelor['’]s\b|bachelors\b|baccalaureate\s+degree\b|"
        r"bachelorabschluss\b|bachelor-?studium\b|b\.?tech\b|b\.?eng\b|b\.?com\b|b\.?ed\b|ll\.?b\b|"
        r"(?:under)?graduate\s+(?:qualification|studies)\b|undergraduate\s+degree\b|"
        r"(?:university|college|uni|honou?rs|four[\s-]year|4[\s-]year|three[\s-]year|3[\s-]year)\s+degree\b|"
        r"degree[\s-]level|degree[\s-]educated|educated\s+to\s+degree\b|university\s+(?:graduate|education|diploma)\b|"
        r"hochschulabschluss\b|(?:abgeschlossenes\s+|hochschul)studium\b|diplom(?:-\w+)?\b(?!a)|"
        r"licence\s+(?:en|professionnelle|universitaire)\b|bac\s?\+\s?[34]\b|licenciatura\b|licenciad[oa]\b|"
        r"grado\s+(?:en|universitario)\b|t[ií]tulo\s+universitario\b|ingenier[ií]a\s+en\b|laurea\b",
    ),
    (
        3,
        r"associate['’]?s?['’]?\s+degrees?\b|associate['’]s\b|associates?\s+(?:of|in)\s+(?:applied\s+)?"
        r"(?:arts?|sciences?|nursing|business|engineering|technology|accounting)\b|a\.a\.s\.?|hnd\b|hnc\b|"
        r"higher\s+national\s+(?:diploma|certificate)\b|foundation\s+degree\b|(?:two|"
        r"2)[\s-]year\s+(?:college\s+)?degree\b|"
        r"bts\b|dut\b|bac\s?\+\s?2\b|t[eé]cnico\s+superior\b|fachwirt\b",
    ),
    (
        2,
        r"(?:vocational|trade|technical|professional|national|advanced|graduate|post-?graduate|college|culinary)\s+"
        r"(?:diploma|certificate|qualification|training|school|college)s?\b|"
        r"(?:diploma|dipl\.)\s+(?:in|of)\b|diploma\b|certificate\s+(?:iii|iv|ii|3|4|in|of)\b|"
        r"[ns]vq(?:\s+level\s+\d|\s+\d)?\b|btec\b|city\s*(?:&|and)\s*guilds\b|apprenticeships?\b|journeyman\b|"
        r"journeyperson\b|"
        r"(?:abgeschlossene\s+)?(?:berufs)?ausbildung\b|gesellenbrief\b|\bcap\s+(?:de|en|cuisine|p[aâ]tissi)|bep\b|"
        r"formaci[oó]n\s+profesional\b|ciclo\s+formativo\b",
    ),
    (
        1,
        r"high[\s-]?school(?:\s+(?:diploma|graduate|degree|education|equivalen\w+|certificate))?\b|"
        r"secondary\s+(?:school|education)(?:\s+(?:diploma|certificate|degree))?\b|ged\b|gcses?\b|a[\s-]levels\b|"
        r"school[\s-]leaving\s+certificate\b|leaving\s+certificate\b|grade\s+(?:12|twelve)\b|12th\s+grade\b|matric\b|"
        r"abitur\b|mittlere\s+reife\b|realschulabschluss\b|baccalaur[eé]at\b(?!e\s+degree)|bachillerato\b|"
        r"general\s+education(?:al)?\s+(?:diploma|development)\b",
    ),
)

# Short forms that are words or other things in lower case ("ms", "ba", "as"), so the case counts.
_EXACT_CASE: tuple[tuple[int, str], ...] = (
    (
        6,
        r"(?:M\.D\.?|MD(?=\s*(?:degree|from|,|\)|or\b|$))|J\.D\.?|JD(?=\s*(?:degree|from|,|\)|or\b|/|$))|DDS|DMD|"
        r"DVM|DNP|EdD)(?!\w)",
    ),
    (
        5,
        r"(?:M\.?\s?Sc\.?|M\.S\.?|M\.A\.?|MEng|M\.Eng\.?|M\.?Ed\.?|MSW|MPH|MFA|MPA|MSN|MRes|MPharm|MArch|"
        r"M[AS](?=\s+(?:in|degree|from|or|and|Degree)\s)|MS/PhD|M[AS](?=\s*(?:/|,\s*(?:PhD|\d{4}))))(?!\w)",
    ),
    (
        4,
        r"(?:B\.?\s?Sc\.?|B\.S\.?|B\.A\.?|BSN|BBA|BFA|BSW|BEng|BEd|BCom|BTech|BCA|BArch|LLB|MBBS|"
        r"B[AS](?=\s+(?:in|degree|from|or|and|with|Degree)\s)|B[AS](?=\s*(?:/|,|\(|$|\.)))(?!\w)",
    ),
    (1, r"A[ -][Ll]evel(?!\w)"),
    (3, r"(?:A\.A\.?|A\.S\.?|AAS|ADN|A[AS](?=\s+(?:in|degree|from)\s)|AS/BS)(?!\w)"),
)

# A plain "degree in X" or "relevant degree" is a bachelor's degree; angles, temperatures and figures of speech are not.
_PLAIN_DEGREE = (
    r"(?:relevant|related|accredited|recogni[sz]ed|nursing|engineering|science|business|teaching|finance|accounting|"
    r"stem|technical|numerate|quantitative|culinary|marketing|psychology|education|pharmacy)\s+degree\b|"
    r"degree\s+(?:in|from)\b|degree\s+(?:required|preferred|or\s+equivalent)|(?<=\ba )degree(?=\s*(?:[,.;]|$|"
    r"and\b|or\b))"
)
_FALSE = re.compile(
    r"bachelor(?:ette)?\s+(?:pad|part|flat)|degrees?\s+(?:of\s+(?:freedom|certainty|care|autonomy|independence|"
    r"accuracy|"
    r"flexibility|urgency)|celsius|fahrenheit)|\d\s*degrees?\b|360[\s-]degree|m\.?s\.?\s+(?:excel|office|word|project|"
    r"teams|access|sql|dynamics|powerpoint|outlook|windows|azure|visio)|master\s+(?:data|plan|schedule|plumber|"
    r"electrician|budget|file|record|services?\s+agreement|chef|black\s+belt)|(?:scrum|web|quarter|station|grand|"
    r"harbou?r|post|ship['’]?s?|pit|yard|head)[\s-]?master|promotion\s+in\s+the|degree\s+to\s+which",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A degree named in a text: `text[start:end]` and its level."""

    start: int
    end: int
    level: int


_PATTERNS = tuple(
    [(level, re.compile(r"(?<![\w&])(?:" + pattern + ")", re.IGNORECASE)) for level, pattern in _ANY_CASE]
    + [(level, re.compile(r"(?<![\w&])" + pattern)) for level, pattern in _EXACT_CASE]
    + [(4, re.compile(r"(?<![\w&])(?:" + _PLAIN_DEGREE + ")", re.IGNORECASE))]
)
# A cheap test whether any of the patterns can match: beginnings of words, and abbreviations.
_BEGINNINGS = tuple(
    "degree bachelor bac master magister doctor diplom licenc school secondary high graduate undergrad postgrad "
    "certificate associate apprentice journey ausbildung berufsausb studium hochschul abitur mittlere realschul "
    "staats título titulo grado ingenier formaci ciclo laurea maestr máster mastère mastere maîtrise gesellen "
    "fachwirt licencia promotion juris leaving grade general foundation higher técnico tecnico city national "
    "vocational trade technical culinary universit advanced".split()
)
_SHORT = frozenset(
    "phd ph dphil mba mphil llm mtech btech beng bcom bed llb hnd hnc bts dut nvq svq btec cap bep ged gcse "
    "gcses levels "
    "matric pharm psy ed dr b m d s a j sc bsc msc bs ba ma ms md jd dds dmd dvm dnp edd meng med msw mph mfa "
    "mpa msn mres mpharm "
    "march bsn bba bfa bsw bca barch mbbs aa aas adn as level dipl master".split()
)


def _may_name_one(text: str) -> bool:
    """Whether any of the costly patterns can match at all."""
    words = words_of(text)
    return bool(words & _SHORT) or any(word.startswith(_BEGINNINGS) or word.endswith("studium") for word in words)


def degree_mentions(text: str) -> list[Mention]:
    """Every degree, diploma or school certificate named in `text`, in order, without overlaps.

    Where two readings overlap the longer one wins ("high school diploma" is not a vocational diploma).
    """
    if not _may_name_one(text):
        return []
    false = [match.span() for match in _FALSE.finditer(text)]
    found: list[Mention] = []
    for level, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(start < b and a < end for a, b in false):
                found.append(Mention(start, end, level))
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start, -mention.level))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept)


def degree_level(text: str) -> int:
    """The highest level of `LEVELS` that `text` names, 0 where it names none."""
    return max((mention.level for mention in degree_mentions(text)), default=0)

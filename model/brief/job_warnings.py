"""Demands in a job post that can discriminate. They are named in a warning and never scored."""

from __future__ import annotations

import re

from model.brief.job_text import words_of

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "age",
        r"young\s+and\s+(?:dynamic|energetic|hungry|motivated|ambitious|fresh)|(?:dynamic|energetic|fresh|"
        r"vibrant)(?:\s+and|,)\s+young|young\s+(?:team\s+player|professional|candidate|person|people|man|men|"
        r"woman|women|graduate|talent|lady|ladies|guy|go-getter)s?|"
        r"^\W*young\W*$|youthful(?:\s+\w+)?|digital\s+native|(?:recent|fresh|new)\s+(?:college\s+|"
        r"university\s+)?grad(?:uate)?s?\b|(?:under|below|not\s+older\s+than|no\s+older\s+than|younger\s+than|"
        r"up\s+to)\s+(?:the\s+age\s+of\s+)?[2-6]\d\s*(?:years\s+(?:old|of\s+age)|(?=\s*(?:[.,;)]|$)))|"
        r"(?:aged?|ages)\s+(?:between\s+)?\d\d\s*(?:-|–|to|and)\s*\d\d|"
        r"between\s+\d\d\s+and\s+\d\d\s+years\s+(?:old|of\s+age)|maximum\s+age\b[^.,;]{0,20}|"
        r"age\s+limit\b[^.,;]{0,20}|\d\d\s*(?:-|–|to)\s*\d\d\s+years\s+old|jung(?:es|e|er)?\s+und\s+dynamisch\w*|"
        r"jeune\s+et\s+dynamique|joven\s+y\s+din[aá]mic[oa]",
    ),
    (
        "gender",
        r"\b(?:fe)?males?\s+(?:candidates?|applicants?|only|preferred|staff|employees?|nurse|receptionist|"
        r"secretary)\b|\b(?:men|women|ladies|gentlemen|girls?|boys)\s+(?:only|preferred|wanted)\b|"
        r"\bonly\s+(?:men|women|males?|females?)\b|\bpreferably\s+(?:fe)?male\b|"
        r"\b(?:waitress|stewardess|saleswoman|salesman|salesmen|cleaning\s+lady|tea\s+lady|girl\s+friday|barmaid|"
        r"barman|hostess)(?:es)?\b|\b(?:strong|hardworking|hard-working)\s+(?:man|men|girl|guy|lad|lads|boys)\b",
    ),
    (
        "language or origin",
        r"native(?:[\s-]level)?\s+(?:[A-Z]\w+\s+)?(?:speakers?|speaking|tongue)|(?:English|German|French|"
        r"Spanish)\s+native\s+speakers?|mother[\s-]tongue(?:\s+\w+)?|(?:accent[\s-]free|"
        r"without\s+(?:an?\s+)?(?:foreign\s+)?accent)|muttersprachler\w*|langue\s+maternelle",
    ),
    (
        "nationality",
        r"\b(?:only\s+)?(?:[A-Z]\w+\s+)?(?:citizens|nationals|citizenship)\s+only\b|"
        r"\b[Oo]nly\s+(?:[A-Z]\w+\s+)(?:citizens|nationals)\b|"
        r"\b[Mm]ust\s+be\s+(?:an?\s+)?(?:[A-Z][\w.]+\s+){1,2}(?:citizen|national)s?\b|"
        r"\b(?:[A-Z][\w.]+\s+)?citizenship\s+(?:is\s+)?(?:required|mandatory|preferred)|\b[Ll]ocals?\s+only\b|"
        r"\bof\s+[A-Z]\w+\s+nationality\b",
    ),
    (
        "photo",
        r"^\W*(?:photo(?:graph)?|headshot|picture)\W*$|"
        r"(?:recent|passport(?:[\s-]size)?|current|attach(?:ed)?|include|with|send|enclose|and|plus|an?|"
        r"your)\s+(?:an?\s+|your\s+|recent\s+|full[\s-]length\s+|passport[\s-]size\s+|"
        r"professional\s+)*(?:photo(?:graph)?|headshot|picture\s+of\s+yourself)(?=\s*(?:[.,;)!]|$|of\s+yourself|"
        r"with\s+(?:your|the)|attached|is\s+required|required|to\b))|bewerbungsfoto|lichtbild|avec\s+photo|"
        r"con\s+foto\b",
    ),
    (
        "family",
        r"\b(?:un)?married\s+(?:candidates?|applicants?|only|men|women|couples?\b(?!'))|\bsingle\s+(?:candidates?|men|"
        r"women|ladies|only|status)\b|marital\s+status|\b(?:no|without)\s+(?:children|kids|dependents|"
        r"family\s+(?:ties|commitments|obligations))|\bmust\s+be\s+(?:single|unmarried|married)\b|child-?free",
    ),
    (
        "religion",
        r"\b(?:practi[sc]ing|committed|devout|active)\s+(?:christian|catholic|muslim|jew|hindu|buddhist)s?\b|"
        r"\b(?:christian|catholic|muslim|jewish|hindu|church)\s+(?:candidates?|applicants?|faith|members?|"
        r"only)\b|\bmust\s+be\s+(?:an?\s+)?(?:christian|catholic|muslim|jewish|hindu)\b|member\s+of\s+(?:the|"
        r"a)\s+church",
    ),
    (
        "health or disability",
        r"able[\s-]bodied(?:\s+\w+)?|\bno\s+(?:disabilit(?:y|ies)|health\s+(?:issues|problems|conditions)|"
        r"medical\s+conditions|physical\s+limitations)|(?:in\s+)?(?:perfect|excellent|"
        r"good)\s+(?:physical\s+)?health\b(?!\s*(?:care|and\s+safety|insurance|benefits|assessment))|"
        r"free\s+(?:of|from)\s+(?:any\s+)?disabilit\w+|physically\s+perfect",
    ),
    (
        "looks",
        r"(?:attractive|good[\s-]looking|pleasant|pleasing|smart\s+and\s+attractive|presentable)\s+(?:appearance|"
        r"looks|candidates?|person(?:ality)?|lady|women|men)|\bgood[\s-]looking\b|\bminimum\s+height\b|"
        r"\bheight\s+(?:of\s+)?\d[^.,;]{0,15}",
    ),
)
_PATTERNS = tuple(
    (kind, re.compile(pattern, 0 if kind == "nationality" else re.IGNORECASE)) for kind, pattern in _KINDS
)
_NAMES_ONLY = re.compile(
    r"waitress|stewardess|saleswoman|salesm[ae]n|barmaid|barman|hostess|(?:cleaning|tea)\s+lady|girl\s+friday",
    re.IGNORECASE,
)


_WORDS = frozenset(
    "young youthful native grad grads graduate graduates under below older younger aged ages age between old "
    "jung junge junges junger jeune joven up "
    "male males female females men women ladies gentlemen girl girls boys guy lad lads man waitress waitresses "
    "stewardess saleswoman salesman salesmen lady friday barmaid "
    "barman hostess hostesses mother accent muttersprachler muttersprachlich muttersprachliche maternelle "
    "citizens citizen nationals national citizenship locals "
    "local nationality photo photograph headshot picture bewerbungsfoto lichtbild foto married unmarried single "
    "marital children kids dependents "
    "family child childfree christian catholic muslim jew jewish hindu buddhist christians catholics muslims "
    "church able health medical disabilities disability physical physically "
    "attractive looking pleasant pleasing presentable appearance height smart".split()
)


def find(text: str) -> list[tuple[str, int, int, bool]]:
    """The demands in a sentence as (warning, start, end, whether the words must not be scored).

    A gendered job name ("waitress") earns a warning, but experience in that job may still be asked for.
    """
    found: list[tuple[str, int, int, bool]] = []
    if not words_of(text) & _WORDS:
        return found
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            quote = " ".join(match.group().split())
            message = (
                f'"{quote}" can discriminate by {kind}: it is not scored. Consider taking it out of the job text.'
                if not _NAMES_ONLY.search(quote)
                else f'"{quote}" names a job by {kind}. Consider a neutral name.'
            )
            found.append((message, match.start(), match.end(), not _NAMES_ONLY.search(quote)))
    return found

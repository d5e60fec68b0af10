"""What a line of a job post is by its content, whatever heading it stands under: asked for, done, given, or told.

A list under a heading that says nothing is what most of its lines are; a short sentence in a paragraph is a requirement
where it is one by itself ("Knowledge of CAD.", "2 years as a nurse.") or names a thing next to one that is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from model.brief.education import degree_mentions
from model.brief.job_headings import DUTIES, IGNORE, REQUIRED
from model.brief.job_text import Piece
from model.brief.job_verbs import VERBS
from model.brief.job_words import COMPETENCE_NOUNS, PREPOSITIONS, SOFT_SKILLS
from model.brief.lexicon import aliases, prototypes
from model.brief.phrases import ADJECTIVES, clean, cut

WANTED, MAYBE, DUTY, PERK, STORY = "wanted", "maybe", "duty", "perk", "story"
_LONGEST = 18  # words of an item of a list; what is longer tells a story
_PHRASE = 6  # words of a phrase that may be a requirement though nothing says so

_GIVEN = re.compile(
    r"\b(?:benefits?|perks?|bonus(?:es)?|pension|insurance|assurance|401|leave|holidays?|vacation|allowance|"
    r"discounts?|leasing|"
    r"canteen|coffee|fruit|subsidi[sz]ed|relocation support|travel pass|parking|gym|childcare|nursery|salary|pay|"
    r"paid|wage|"
    r"budget for|four-day|flexible (?:hours|working)|overtime|tips|uniforms?|clothes|laundered|sabbatical|"
    r"assistance (?:line|program\w*)|per (?:annum|hour|year|month)|pro rata|closing date|interviews? (?:are|will|"
    r"take)|reimburs\w+|"
    r"erased|gdpr|applications?|apply|recruiters|refrain|background check|diverse|equal|cover letter|your cv|send us|"
    r"short-?listed|agencies|(?:ring|call|phone|fax|write to)\b.*\d{3}|enquiries|13th|wellness|"
    r"work(?:ing)? from (?:home|anywhere)|days off|shares|stock options?|team events?|home office|company car|"
    r"free)\b|[$£€]\s?\d|"
    r"\d{2},\d{3}",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?!\W*hand\s+in\s)\W*(?:(?:an?|the|your|some|any|previous|"
    rf"very)\s+)*(?:(?:{ADJECTIVES})\s+)*(?:[\w-]+\s+)?(?:{COMPETENCE_NOUNS}|"
    rf"grounding|hand|"
    rf"dose|knack|feel|sense)\s+(?:(?:and|or|&)\s+[\w-]+\s+)?(?:{PREPOSITIONS})\s|"
    rf"\W*(?:proven|proficient|strong|good|excellent|outstanding|solid|exceptional|demonstrable|demonstrated|"
    rf"well-developed|"
    rf"skilled|versed|confident|competent|fluent|certified|licen[sc]ed|registered|sound|thorough|deep|in-depth|"
    rf"hands-on|working "
    rf"knowledge|high degree|(?:a\s+)?(?:healthy|good|solid) (?:dose|amount|measure))\b|"
    rf"\W*(?:you|applicants?|candidates?|someone|somebody|anyone)\s+(?:who\s+|must\s+|should\s+|also\s+|already\s+|"
    rf"ideally\s+|can\s+|"
    rf"will\s+(?:need|have|bring)\s+)*(?:have|has|had|hold|holds|bring|brings|know|knows|possess|need|needs|speak|"
    rf"speaks|master\w*|"
    rf"are\s+(?:able|familiar|proficient|fluent|skilled|comfortable|confident|experienced|qualified|well|"
    rf"an?\s+experienced|versed)|"
    rf"understand)\b|\W*we\s+(?:rely on|count on|expect|require|ask for|look for|need|want)\s+(?:your\s+|an?\s+|"
    rf"some\s+)?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:is|are)\s+(?:an?\s+)?(?:absolute\s+)?(?:must|required|essential|mandatory|needed|necessary|vital|expected|"
    r"part of your|"
    r"indispensable|key|crucial|plus|asset|advantage|desirable|preferred|welcome)\b|"
    r"\((?:essential|required|must|mandatory|desirable|optional|preferred|nice to have|a plus)\)|\brequired$|"
    r":\s+(?:ability to|the (?:role|job|post|position) (?:demands|requires|needs)|this is)\b|"
    r",\s+as (?:you|this|the|it)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"several)\b)\+?(?:\s+[\w+]+){0,2}?\s+"
    r"(?:years?|yrs?|months)\b(?!\s+(?:ago|old|of age|in a row|to complete|contract))",
    re.IGNORECASE,
)
_SERVED = re.compile(
    r"\b(?:as an?|in the (?:role|capacity|post|position) of|experience|minimum|plus|practice|in an?|position|service|"
    r"working|"
    r"worked|held|or longer|or more)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:experience|worked|post|background|career|position|employed)\b.*\bas an?\b", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:we|our|us|they|their|he|she|it|its|you|your|there|i|my|me|is|are|was|were|will|has|have|had|do|does|did|"
    r"can|may|"
    r"would|been|being|be|this|these|those|not|what|who|how|why|when|where|please)\b|[?!]",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:the|an?|each|every|all|so that|until|before|after|while|which|that|were|was|had|into|from|per|within|"
    r"without|them|"
    r"their|its|our|others|on|by|up|out|down|off|across|against|through)\b|\d",
    re.IGNORECASE,
)
_OWN = re.compile(r"\W*(?:we|our)\b|.*\bour (?:name|reputation|founders?|managing director)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:knowledge|experienced?|must|required?|requires|degree|(?<!a )years?|skills?|licen[cs]e|certif\w+|ability|"
    r"able|"
    r"seek\w*|looking|(?:look|ask) for|(?:rely|count) on|"
    r"need|want|hiring|search\w*|expect|prefer\w*|proficien\w+|fluen\w+|background in)\b(?! for the interview)",
    re.IGNORECASE,
)
SEEKS = re.compile(r"\b(?:seeks?|seeking|hires|hiring|recruit(?:s|ing)|wanted)\b", re.IGNORECASE)
_INVITES = re.compile(r"\W*(?:expect|imagine|picture|enjoy|join|come|meet|discover|remember|grow)\b", re.IGNORECASE)
_VOID = re.compile(r"\bthe following\b(?!.*:)|\b(?:wanted|sought|vacancy)\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w+#'/-]*")


def is_given(text: str) -> bool:
    """Whether a sentence of prose only says what the job gives, how to apply or who the company is."""
    return bool(_GIVEN.search(text) or _OWN.match(text)) and not _ASKS.search(text)


def is_known(text: str) -> bool:
    """Whether a phrase is the name of something that the lexicon or the list of soft skills holds."""
    return text.casefold() in SOFT_SKILLS or bool(prototypes(text) or aliases(text))


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str:
    """What a line or a short sentence is: WANTED surely, MAYBE where only its shape says so, DUTY, PERK or STORY."""
    words = _WORD.findall(text)
    if not words or len(words) > _LONGEST or _VOID.search(text):
        return STORY
    short = clean(cut(clean(Piece(text, 0)))).text
    if short and len(words) <= _PHRASE + 2 and not _TELLS.search(text) and is_known(short):
        return WANTED
    if _GIVEN.search(text) and not re.search(r"\b(?:knowledge|experience|understanding) (?:of|in|with)\b", text):
        return PERK
    if (_YEARS.search(text) and _SERVED.search(text)) or _HELD.search(text):
        return STORY if re.match(r"\W*(?:we|our)\b", text, re.IGNORECASE) else WANTED
    if _ASKED.match(text) or _SAID.search(text) or degree_mentions(text):
        return WANTED
    first = words[0].lower()
    verb = first in VERBS or (first.endswith("s") and first[:-1] in VERBS)
    if len(words) >= 3 and (verb or len(words) >= 4) and (verb or _CLAUSE.search(text)) and not _TELLS.match(text):
        return DUTY
    if len(words) <= _PHRASE and not _TELLS.search(text) and not SEEKS.search(text) and not _INVITES.match(text):
        return MAYBE
    return STORY


_CUE = re.compile(
    r"\b(?:points?|list|basics?|note|needed|matters?|counts?|forget|important|also|further|furthermore|addition|"
    r"lastly|firstly|secondly|thirdly|"
    r"besides|beyond|next|first|"
    r"second|last|finally|another|must|need|want|wanted|expect|key|plus|well|top|wish|ask|without|more|skills?|"
    r"requirements?|essentials?|"
    r"required|nice|optional|useful|ideally)\b",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\W*(?:ability to|the (?:role|job|post|position)|this|it|as)\b", re.IGNORECASE)
_EXPLAINED = re.compile(r"\W*(?:we|you|it|they|this)\b", re.IGNORECASE)
_DEMANDS = re.compile(
    r"\b(?:you|applicants?|candidates?) (?:must|should|need|have|know)\b|\bnice to have\b", re.IGNORECASE
)
_CUE_WORDS = 9


def without_cue(piece: Piece) -> tuple[Piece, str]:
    """A sentence without what announces a requirement ("Needed as well: empathy" -> "empathy"), and the "
    "announcement."""
    head, colon, tail = piece.text.partition(": ")
    if not colon or len(head.split()) > _CUE_WORDS or not (_CUE.search(head) or _TELLS.search(head)):
        return piece, ""
    if _EXPLAINED.match(tail) and (_SAID.search(head) or _DEMANDS.search(head)):
        return piece, ""
    if _TURNED.match(tail) or _ASKED.match(head) or is_known(head):
        return piece, ""
    return piece.sub(len(head) + 2).strip(), head


def is_list(text: str) -> bool:
    """Whether a text is a list of at least three short phrases and nothing else."""
    entries = [entry for entry in re.split(r"\s*[,;|•·]\s*|\s/\s", text.strip(" .")) if entry]
    kinds = [kind_of(entry) for entry in entries]
    fit = sum(kind in (WANTED, MAYBE) for kind in kinds)
    return len(entries) >= 3 and not SEEKS.search(text) and fit >= 0.8 * len(entries) and DUTY not in kinds[:1]


def wanted_in(sentences: Sequence[Piece]) -> list[tuple[Piece, str] | None]:
    """For each sentence of a paragraph: what it asks for by its content and how that was announced, or None.

    A bare phrase counts where it is announced, or stands next to a sentence that counts.
    """
    bare = [without_cue(sentence) for sentence in sentences]
    kinds = [WANTED if is_list(piece.text) and (cue or len(bare) == 1) else kind_of(piece.text) for piece, cue in bare]
    taken = [
        kind == WANTED or (bool(cue) and kind in (MAYBE, DUTY) and len(piece.text.split()) <= _PHRASE)
        for kind, (piece, cue) in zip(kinds, bare, strict=True)
    ]
    order = range(len(kinds))
    for indices in (order, reversed(order)):
        before = False
        for index in indices:
            taken[index] = before = taken[index] or (before and kinds[index] == MAYBE)
    return [pair if yes else None for pair, yes in zip(bare, taken, strict=True)]


def section_of(texts: Sequence[str], alone: bool) -> str | None:
    """The section that a list of lines belongs to by what most of them are; None where that is not clear.

    `alone`: the post has no other list of requirements, so that bare phrases suffice.
    """
    kinds = [kind_of(text) for text in texts]
    wanted, maybe, duties, perks = (kinds.count(kind) for kind in (WANTED, MAYBE, DUTY, PERK))
    half = len(kinds) / 2
    if duties > half or (duties == half and not wanted):
        return DUTIES
    if perks >= half and perks > wanted:
        return IGNORE
    if wanted + maybe > half and (wanted or alone) and wanted >= perks:
        return REQUIRED
    return None

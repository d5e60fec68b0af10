"""Lists cut into atomic items: "SQL or R, research and development" -> "SQL or R", "research and development".

Everything works on `Piece`s, so that each item keeps its place in the job text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.brief.job_choices import inside, join_choice, protect_examples, slash_choice, take_examples, take_parenthesis
from model.brief.job_praise import says_nothing_alone
from model.brief.job_text import TAKEN, Piece
from model.brief.job_verbs import PARTICIPLE, is_verb
from model.brief.job_words import (
    COMPETENCE_NOUNS,
    DEPENDENT_NOUNS,
    FIXED_PAIRS,
    LONE_ADJECTIVES,
    PREPOSITIONS,
    SHARED_VERBS,
    SOFT_SKILLS,
)
from model.brief.lexicon import aliases, prototypes
from model.brief.phrases import ADJECTIVES, clean, cut, surely_tool, tool_like, usable


class Item(NamedTuple):
    """One atomic phrase; `any_of` holds alternatives of which one suffices. The place covers the verbatim words."""

    text: str
    start: int
    end: int
    any_of: tuple[str, ...] = ()


_SEPARATOR = re.compile(
    rf"(?P<taken>{TAKEN}+)|(?P<or>,?\s*(?:\band/or\b|\bor\b|\boder\b|\bou\b)\s+|\s+/\s+)|"
    r"(?P<end>[,;]\s*(?:and|&|plus|as\s+well\s+as|along\s+with|und|et|y)\s+)|(?P<hard>[;•●▪·|]|,(?!\d{3}\b))|"
    r"(?P<and>\s+(?:and|&|und|et|y|sowie)\s+|\s+\+\s+)|"
    r"(?P<means>\s+(?:with|using)\s+(?-i:(?=[A-Z])))|"
    r"(?P<plus>\s+(?:as\s+well\s+as|along\s+with|together\s+with|combined\s+with|coupled\s+with|plus|"
    r"in\s+addition\s+to)\s+|\s+with\s+(?=(?:an?\s+)?(?:strong|good|excellent|solid|proven|knowledge|experience|"
    r"minimum|at\s+least|some|deep|current|valid|a\s+valid|the\s+ability|an?\s+understanding|great)\b))",
    re.IGNORECASE,
)
_OR_FILLER = re.compile(
    r"(?:the\s+)?(?:ability|willingness|willing|able)\s+to\s+(?:obtain|get|gain|acquire|learn|work\s+towards)\b|"
    r"(?:in\s+)?(?:an?\s+|any\s+)?(?:similar|equivalent|other|related|comparable|another|relevant|higher|better|"
    r"above|more|greater)\b",
    re.IGNORECASE,
)

_LONGEST_CHOICE = 5  # "A, B, C, D or E" is one choice; in a longer list "or" joins the last two only
_ONE_OF = re.compile(
    r"\b(?:(?:at\s+least\s+)?one(?:\s+or\s+(?:more|two))?(?:\s+of)(?:\s+the\s+following)?|any(?:\s+one)?\s+of|"
    r"either)(?:\s*:)?\s+",
    re.IGNORECASE,
)


def _cuts(text: str) -> list[tuple[str, int, int]]:
    """The separators outside parentheses as (kind, start, end)."""
    found = []
    for match in _SEPARATOR.finditer(text):
        if match.lastgroup != "taken" and inside(text, match.start()):
            continue
        found.append((match.lastgroup or "hard", match.start(), match.end()))
    return found


_COMPETENCE_ONLY = re.compile(rf"(?:(?:{ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})", re.IGNORECASE)
# The end of a lone word that shares the noun after "and": "plumbing and piping systems".
_OF_SPEECH = frozenset({"written", "verbal", "oral", "spoken"})
_SHARING = ("ing", "al", "ic", "ive", "ary", "ed", "ous", "ent", "ant", "ar", "ble", "ory")


def _one_thing(left: str, right: str, listed: bool, skills: bool) -> bool:
    """Whether "left and right" is one thing; `listed`: it ends a comma list, `skills`: "... skills" follows."""
    if FIXED_PAIRS.search(f"{' '.join(left.split()[-4:])} and {' '.join(right.split()[:4])}"):
        fixed = FIXED_PAIRS.search(f"{left} and {right}")
        if fixed and fixed.start() < len(left) < fixed.end():
            return True
    lefts, rights = left.split(), right.split()
    if not lefts or not rights:
        return False
    if _COMPETENCE_ONLY.fullmatch(left):
        return True  # "understanding and practical application of"
    first, last = lefts[-1].lower(), rights[0].lower()
    if len(lefts) > 1 < len(rights) and says_nothing_alone(lefts[-1]) and says_nothing_alone(rights[0]):
        return lefts[-1].islower() and lefts[-1] not in SOFT_SKILLS  # "building safe and usable sites"
    if len(rights) > 1 and last in SHARED_VERBS and _only_verbs(left):
        return first.endswith("ing") == last.endswith("ing")
    lone = len(lefts) == 1 and first in LONE_ADJECTIVES
    if lone and not (skills and len(rights) == 1 and last not in LONE_ADJECTIVES):
        return not (skills and len(rights) <= 2 and first not in _OF_SPEECH)
    if listed:
        return False
    if len(rights) == 1 and right[1:].islower() and (last in DEPENDENT_NOUNS or _leans(lefts, last)):
        return left.lower() not in SOFT_SKILLS and right.lower() not in SOFT_SKILLS
    if re.search(r"\w (?:of|for) \w", left) and len(rights) <= 2 and not tool_like(right):
        return not (prototypes(right) or aliases(right))  # "tuning of pianos and organs"
    if surely_tool(left) or tool_like(right):
        return len(lefts) > 1 and len(rights) == 1 and last in DEPENDENT_NOUNS
    if left.lower() in SOFT_SKILLS or right.lower() in SOFT_SKILLS or skills:
        return False
    if len(lefts) == 1 and len(rights) >= 2:
        return first.endswith(_SHARING) and not rights[0].endswith("ing") or rights[0] == first
    return False


_ABSTRACT = ("tion", "sion", "ance", "ence", "ment", "sis", "ing", "al")


def _leans(lefts: list[str], last: str) -> bool:
    """Whether a lone noun after "and" shares the words before its twin: "cost reduction and avoidance"."""
    alike = lefts[-1].lower().endswith(_ABSTRACT) and last.endswith(_ABSTRACT)
    return len(lefts) > 1 and alike and not (prototypes(last) or aliases(last))


def _has_goal(rest: str) -> bool:
    """Whether verbs in a row come to what they are done to: "editing and checking reports", not "editing, checking"."""
    for part in re.split(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+", rest.strip()):
        words = part.split()
        if words and not is_verb(words[0]):
            return False
        if len(words) > 1:
            return True
    return False


def _lone(left: str, right: str, goal: bool) -> bool:
    """Whether a word before a comma needs what follows: "create, design and implement", "written, verbal"."""
    if left.lower() in LONE_ADJECTIVES:
        return True
    first = right.split(" ")[0].lower()
    same = first.endswith("ing") == left.endswith("ing") and is_verb(first)
    return goal and same and _only_verbs(left)


def _only_verbs(text: str) -> bool:
    words = [word.strip(",").lower() for word in text.split()]
    return bool(words) and all(word in SHARED_VERBS or is_verb(word) for word in words)


def split(piece: Piece) -> list[tuple[Piece, str]]:
    """Cuts a list into its pieces, each with the kind of separator before it.

    Kinds: "hard", "end", "and", "plus", "taken", and "or" for an alternative of the piece before.
    """
    text = piece.text
    one_of = _ONE_OF.search(text)
    if one_of:
        piece = piece.take(*one_of.span())
        text = piece.text
    cuts = _cuts(text)
    bounds = [0, *(end for _, _, end in cuts)]
    stops = [*(start for _, start, _ in cuts), len(text)]
    kinds = ["hard", *(kind for kind, _, _ in cuts)]
    skills = bool(re.search(r"\b(?:skills|abilities)\W*$", text))
    parts: list[tuple[int, int, str]] = []
    listed = False
    for kind, start, stop in zip(kinds, bounds, stops, strict=True):
        listed = listed or kind in ("hard", "end") and bool(parts)
        before = piece.sub(*parts[-1][:2]) if parts else None
        if before and _joined(before, piece.sub(start, stop), kind, listed, skills, _has_goal(piece.text[start:])):
            parts[-1] = (parts[-1][0], stop, parts[-1][2])
        else:
            parts.append((start, stop, kind))
    flags = _alternatives(piece, parts, one_of.end() if one_of else None)
    pairs = zip(parts, flags, strict=True)
    return [(piece.sub(start, stop), "or" if flag else kind) for (start, stop, kind), flag in pairs]


def _joined(one: Piece, two: Piece, kind: str, listed: bool, skills: bool, goal: bool) -> bool:
    """Whether two neighbours in a list are one thing after all; `kind` is the separator between them."""
    if kind == "means":  # "building pipelines with Airflow" is two, "work with Excel" is one
        return len(clean(one).text.split()) < 2
    if kind not in ("and", "end", "hard", "or"):
        return False
    left, right = clean(one).text, clean(two).text
    if kind in ("and", "end"):
        if _VERBAL.match(one.text) and _only_verbs(left) and " " in right and is_verb(right.split(" ")[0]):
            return True
        if _COMPETENT.match(two.text) and not _COMPETENCE_ONLY.fullmatch(left):
            return False
        acronym = re.search(r"\(([A-Z]{3,6})\)", two.text)
        right_name = re.sub(r"\s*\(.*", "", right)
        if acronym and "".join(word[0] for word in f"{left} {right_name}".split()).upper() == acronym.group(1):
            return True
        if _one_thing(left, right_name, listed, skills):
            return True
    return kind != "and" and _lone(left, right, goal)


def _alternatives(piece: Piece, parts: list[tuple[int, int, str]], one_of: int | None) -> list[bool]:
    """For each part whether it is an alternative of the part before: "A, B or C", "one of A, B and C"."""
    flags = [kind == "or" for _, _, kind in parts]
    if one_of is not None:
        for index, (start, _, kind) in enumerate(parts):
            if index and start > one_of and kind in ("hard", "end", "and", "or"):
                flags[index] = True
    texts = [clean(piece.sub(start, stop)).text for start, stop, _ in parts]
    for index in range(len(parts) - 1, 0, -1):
        start, _, kind = parts[index]
        oxford = piece.text[:start].rstrip().endswith(("or", "oder")) and "," in piece.text[max(0, start - 6) : start]
        if kind != "or" or len(parts) > _LONGEST_CHOICE or _OR_FILLER.match(piece.text, start):
            continue
        before = index - 1
        while (
            before > 0 and parts[before][2] == "hard" and _alike(texts[before - 1], texts[before], texts[index], oxford)
        ):
            flags[before] = True
            before -= 1
    return flags


def _alike(one: str, two: str, three: str, any_case: bool) -> bool:
    """Whether three neighbours look like alternatives: short, and all of them names or none."""
    short = all(0 < len(text.split()) <= 4 for text in (one, two, three))
    return short and (any_case or tool_like(one) == tool_like(two) == tool_like(three))


def _trimmed(piece: Piece) -> bool:
    """Whether `cut` takes an explanation off a phrase, so that what follows "and" belongs to the explanation."""
    whole = clean(piece)
    return "(" not in whole.text and len(cut(whole).text) < len(whole.text)


_TEAM = re.compile(
    r"(?:work\w*|function\w*|collaborat\w+|operat\w+|be|contribut\w+)\s+(?:\w+ly\s+|well\s+|both\s+)*(?:in|"
    r"as\s+part\s+of|within|with|as|to)\s+"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}teams?\b.*|(?:good\s+|strong\s+|great\s+)?team[\s-](?:player|work\w*|spirit)",
    re.IGNORECASE,
)


def _item(piece: Piece) -> Item | None:
    """The requirement in a piece of a list, None where it holds only filler."""
    head, names = take_parenthesis(clean(piece))
    head, more = take_examples(head)
    if _TEAM.fullmatch(head.text):
        return Item("teamwork", head.start, head.end)
    short = clean(cut(clean(head)))
    if not usable(short.text):
        options = tuple(dict.fromkeys(names + more))
        place = piece.strip()
        return (
            Item(join_choice(options), place.start, place.end, options if len(options) > 1 else ()) if options else None
        )
    text = re.sub(r"\s+", " ", short.text)
    options = slash_choice(text)
    if options:
        return Item(join_choice(options), short.start, short.end, options)
    any_of = tuple(dict.fromkeys((text, *names, *more))) if names or more else ()
    return Item(text, short.start, short.end, any_of)


# What begins an explanation in a list: "Fidelio, the system for bookings, ..."; the rest of the list belongs to it.
_EXPLAINS = re.compile(
    r"\s*(?:particularly|primarily|often|usually|mostly|sometimes|especially|specifically|when|where|while|which|"
    r"who|whose|"
    r"that|because|so\s+that|in\s+order|thus|thereby|whether|whatever|even|regardless|as\s+(?:you|we|it|this|the|our)|"
    r"(?:to|by|for)\s+(?!\d)\w+|with\s+(?:an?|the|particular|special)\s+(?:\w+\s+)?(?:focus|emphasis|view|eye|aim|"
    r"attention|interest|goal)|acquired|gained|learned|learnt|obtained|earned|"
    r"(?:the|their|its)\s+(?!ability|capacity|willingness|confidence|right|skills?|drive|desire))\b",
    re.IGNORECASE,
)
_COMPETENT = re.compile(rf"\s*(?:(?:{ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})\s+(?:{PREPOSITIONS})\b", re.IGNORECASE)


# "ability to": what follows is done, and what else is done explains it.
_VERBAL = re.compile(
    rf"\s*(?:(?:an?|the|some|have|has|demonstrates?|possess(?:es)?|{ADJECTIVES})\s+)*"
    r"(?:abilit(?:y|ies)|able|capacity|capability|capable|willing(?:ness)?|ready|readiness|aptitude|prepared|"
    r"experience\s+and\s+capability)\s+(?:to|of|for|in)\s",
    re.IGNORECASE,
)
_GERUND = re.compile(r"\w+ing\b", re.IGNORECASE)
_PARTICIPLE = re.compile(rf"\s*{PARTICIPLE}", re.IGNORECASE)
_ACTS = re.compile(r"([a-z]{2,})ing\s+(?:an?\s|the\s|these\s|those\s|their\s|your\s|our\s|all\s|[\w-]+)", re.IGNORECASE)


def _acts(text: str) -> bool:
    """Whether a phrase tells what is done to something: "addressing gaps", not "machine learning"."""
    match = _ACTS.match(text.strip())
    return bool(match) and is_verb(match.group(1))


def _named(bit: Piece) -> bool:
    """Whether a phrase stands for itself wherever it stands: a name, or a skill that is known."""
    text = clean(bit).text
    return tool_like(text) or (not is_verb(text.split(" ")[0]) and bool(prototypes(text) or aliases(text)))


def items(piece: Piece) -> list[Item]:
    """The atomic requirements in a piece of a requirement line, in the order of the text."""
    found: list[Item] = []
    for part, names in protect_examples(piece):
        group = _group(part)
        if names and group:
            last = group[-1]
            group[-1] = last._replace(any_of=tuple(dict.fromkeys((*(last.any_of or (last.text,)), *names))))
        found += group
    return found


def _group(part: Piece) -> list[Item]:
    """The items of a list without examples in it; alternatives become one item."""
    group: list[Item] = []
    trimmed, told, led = False, bool(_VERBAL.match(part.text)), bool(_COMPETENT.match(part.text))
    first = ""
    for index, (bit, kind) in enumerate(split(part)):
        if index and _EXPLAINS.match(bit.text):
            break
        if kind == "or" and group and _OR_FILLER.match(bit.text.strip()):
            continue
        own = bool(_COMPETENT.match(bit.text))
        if group and not own and (trimmed or told) and not _named(bit):
            continue
        if kind in ("hard", "end") and first and not own and not _GERUND.match(first) and (
            _PARTICIPLE.match(bit.text) or (led and _acts(bit.text))
        ):
            break
        trimmed, told = _trimmed(bit), told and not own or bool(_VERBAL.match(bit.text))
        first = first or clean(bit).text
        item = _item(bit)
        if item and kind == "or" and group:
            last = group[-1]
            options = tuple(dict.fromkeys((last.any_of or (last.text,)) + (item.any_of or (item.text,))))
            group[-1] = Item(join_choice(options), last.start, item.end, options if len(options) > 1 else ())
        elif item:
            group.append(item)
    return group

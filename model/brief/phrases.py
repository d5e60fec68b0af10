"""Short phrases out of long ones: filler stripped, lists split into atomic items, alternatives kept together.

Everything works on `Piece`s, so that each phrase keeps its place in the job text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from model.brief.job_text import TAKEN, Piece
from model.brief.job_words import (
    CATEGORY_HEADS,
    COMPETENCE_NOUNS,
    DEPENDENT_NOUNS,
    EMPTY,
    FILLER_ADJECTIVES,
    FIXED_PAIRS,
    LONE_ADJECTIVES,
    PREPOSITIONS,
    PROTECTED_START,
    SHARED_VERBS,
    SLASH_TERMS,
    SOFT_SKILLS,
)

MAX_WORDS = 7
"""A phrase longer than this is cut at a preposition, or after this many words."""


class Item(NamedTuple):
    """One atomic phrase; `any_of` holds alternatives of which one suffices. The place covers the verbatim words."""

    text: str
    start: int
    end: int
    any_of: tuple[str, ...] = ()


_ADJECTIVES = "|".join(sorted(map(re.escape, FILLER_ADJECTIVES), key=len, reverse=True))
_STRIP = " \t.,;:!?*_\"'|•-–—>+&" + TAKEN
_LEFT_STRIP = " \t,;:!?*_\"'|•–—>&-" + TAKEN
_PREFIX = re.compile(
    rf"(?:(?:an?|the|any|all|your|our|their|its|his|her|his/her|ein|eine|einen|der|die|das|le|la|les|un|une|el|los|las)\s+|"
    rf"(?:{_ADJECTIVES})(?:\s*,\s*|\s+and\s+|\s+)(?=\S)|"
    rf"(?:(?:an?|the)\s+)?(?:levels?|degree|amount|wealth|years|kind|type|range|variety|combination|mix|sense|standard|minimum|plenty|lots)\s+of\s+|"
    rf"(?:{COMPETENCE_NOUNS})\s+(?:(?:and|&|or)\s+(?:(?:{_ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})\s+)?(?:{PREPOSITIONS})\s+|"
    rf"(?:several|different|various|multiple|many|all)\s+(?:facets|aspects|areas|parts|types|kinds|forms)\s+of\s+|(?:successfully\s+)?worked\s+(?:on|with|in)\s+|"
    rf"(?:\w+(?:al|able|ible|ful|ous|ive|ent|ant|ed|less|ic|ate)|(?:[\w-]+[\s-])?level|technical|computer|job|domain)\s+(?:(?:abilit|skill|competenc|proficienc|familiarit|knowledge|understanding|expertise|command|mastery|grasp|grounding)\w*)\s+(?:in|with|of|to|on|over|for)\s+|"
    rf"(?:have|has|having|had|possess(?:es|ing)?|holds?|holding|brings?|bringing|demonstrat(?:e|es|ing)|shows?|showing|showcas(?:e|es|ing)|exhibit(?:s|ing)?|"
    rf"displays?|be|being|is|are|am|know(?:s|ing)?(?:\s+how\s+to)?|understand(?:s|ing)?|must|should|can|will|would|need(?:s|ed)?(?:\s+to)?|you|who|that|also|"
    rf"enjoys?|loves?|boasts?|owns?\s+(?:an?|the)|to|to\s+be|in|with|of|for|on|by|plus|and|or|as\s+well\s+as|along\s+with|including|includes?|both|either|at\s+least|"
    rf"one\s+of|one\s+or\s+more\s+of|any\s+of|someone|somebody|maintain(?=s?\s+(?:an?\s+)?(?:in-depth|strong|good|deep|solid|thorough|high))|"
    rf"not\s+only|but|able|at|fluently|confidently|handling(?=\s+[A-Z]|\s+\w+[A-Z])|using(?=\s+[A-Z])|of\s+course|specifically|especially|particularly|including|then|even|just|still|really|truly|"
    rf"mit|und|et|y|von|sowie|avec|con|de)\s+|(?:d|l)'(?=\w)|"
    rf"(?:experiences?|expertise|success|skilled|adept|proficient|practice|proficiency)\s+(?=(?:\w+ly\s+)?\w{{3,}}ing\b))",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+(?:skills?(?:\s*-?sets?)?|skilled|abilit(?:y|ies)|experiences?|expertise|proficienc(?:y|ies)|competenc(?:e|y|ies)|capabilit(?:y|ies)|know-how|"
    r"background|aptitude|acumen|mindset|a|an|the|and|or|with|in|of|at|to|for|on|etc\.?|is|are|as|by|too|also|kenntnisse|kenntnissen|level|"
    r"inside\s+out|and\s+(?:more|others?|similar|the\s+like)|or\s+(?:similar|equivalent|other|others|better|higher|related|comparable)(?:\s+\w+){0,3}|"
    r"programming\s+languages?|exposure|familiarity)$",
    re.IGNORECASE,
)
_KEEP_SKILLS = re.compile(r"(?:^|\s)(?:people|cultural|soft|financial|social|computer|life|motor|interpersonal|technical|analytical|organi[sz]ational|digital|it|language|basic|math|maths|key|phone|admin|[a-z]+al|[a-z]+ive)$", re.IGNORECASE)
_TOOL_KNOWLEDGE = re.compile(
    r"(?:(?:^|\s)(?:[A-Z][\w+#./-]*|\w*[A-Z]{2,}\w*|\w+[+#])\s+(?:knowledge|usage|use|proficient)|(?i:(?:^|\s)(?:python|java|"
    r"javascript|typescript|c|c\+\+|c#|r|sql|go|ruby|php|perl|matlab|html|css|scala|kotlin|swift|rust|vba)\s+(?:programming|coding|language)))$"
)
_HARD_CUT = re.compile(
    r"(?:,\s*|\s+)(?:that|which|who|whom|where|whereby|when|while|whilst|because|since|so\s+that|so\s+as|in\s+order\s+to|as\s+(?:you|we|this|it|needed|required|part)|if|"
    r"rather\s+than|using\s+(?:your|our)|particularly|especially|specifically|to\s+(?:ensure|support|help|enable|allow|meet|achieve|keep|provide|deliver|maintain|drive|assist|guarantee)|"
    r"capable\s+of|able\s+to|will|is|are|may|can|should|shall|must|would|you'll|we|you)\b(?!\s*$)",
    re.IGNORECASE,
)
_SKILL_CUT = re.compile(r"\w\s+(?:skills?|abilities|expertise|capabilities|experience|knowledge)(?P<cut>\s+(?:to|for|through|by|in|with|on|when|while|across)\b)", re.IGNORECASE)
_SOFT_CUT = re.compile(
    r"\s+(?:for|in|to|with|across|within|through|throughout|during|under|on|at|by|from|between|towards?|upon|via|based|including|such|against|into|about|over|without|like|using|after|before|among|alongside)\s",
    re.IGNORECASE,
)
_NO_CUT_BEFORE = re.compile(r"\b(?:attention|adherence|commit\w*|adapt|respond|listen|speak|relate|work|working|care|caring|passion|eye|end|day|door|degree|responsib\w+|deal\w*|lead|communicate|interact\w*|drive|lift|comply|collaborate|cope|thrive|operate|perform|read|play|live|stand|climb|travel|up|point|business|peer|face|think\w*|sensitiv\w*|compliance|respect|close|build|train\w*|commissioning|fluency|talk|patience|empathy|flexib\w+|trained|certified|licensed|registered|qualified|right|willing\w*|access|clearance)$", re.IGNORECASE)


def tool_like(text: str) -> bool:
    """Whether a phrase looks like a name: a capital letter, a digit or + # . in it."""
    return bool(re.search(r"[A-Z0-9+#]|\.\w", text))


def _surely_tool(text: str) -> bool:
    """As `tool_like`, but a capital at the very start may only begin a sentence."""
    return bool(re.search(r"[A-Z0-9+#]|\.\w", text[1:]))


def clean(piece: Piece) -> Piece:
    """The phrase without filler at both ends ("strong knowledge of SQL is" -> "SQL"). May come back empty."""
    offset, text = _clean(piece.text)
    return Piece(text, piece.start + offset)


@lru_cache(maxsize=8192)
def _clean(text: str) -> tuple[int, str]:
    """Where the cleaned phrase begins in `text`, and the phrase."""
    piece = Piece(text, 0).strip(_LEFT_STRIP)
    for _ in range(12):
        before = piece
        if not PROTECTED_START.match(piece.text):
            match = _PREFIX.match(piece.text)
            if match and match.end() < len(piece.text):
                piece = piece.sub(match.end()).strip(_LEFT_STRIP)
        piece = _clean_end(piece)
        if piece == before:
            break
    return piece.start, piece.text


def _clean_end(piece: Piece) -> Piece:
    text = piece.text.rstrip(_STRIP.replace("+", ""))
    if text.count("(") > text.count(")") or text.endswith("("):
        text = text[: text.rfind("(")].rstrip(_STRIP.replace("+", ""))
    if text.count(")") > text.count("("):
        text = text.rstrip(") ") if text.rstrip().endswith(")") else text.lstrip(") ")
    suffix = _SUFFIX.search(text)
    if suffix:
        head = text[: suffix.start()]
        whole = re.search(r"(?:user|customer|employee|candidate|patient|guest|student|passenger)$", head, re.IGNORECASE)
        noun = re.match(r"\s+(?:skill|proficien|competen|litera|expertise|abilit)", suffix.group(), re.IGNORECASE)
        if not (whole and "exp" in suffix.group().lower()) and not (noun and _KEEP_SKILLS.search(head) and (" " not in head.strip() or noun.group().strip().lower() == "skill")):
            text = head
    elif _TOOL_KNOWLEDGE.search(text):
        text = text[: text.rfind(" ")]
    begin = piece.text.find(text) if text else 0
    return Piece(text, piece.start + max(begin, 0))


def cut(piece: Piece) -> Piece:
    """The phrase without its trailing explanation ("attention to detail when handling files" -> "attention to detail")."""
    hard = _HARD_CUT.search(piece.text)
    if hard and hard.start() > 0:
        piece = piece.sub(0, hard.start())
    skill = _SKILL_CUT.search(piece.text)
    if skill:
        piece = piece.sub(0, skill.start("cut"))
    words = piece.text.split()
    if len(words) > 4:
        for match in _SOFT_CUT.finditer(piece.text):
            head = piece.text[: match.start()]
            size = len(head.split())
            if _NO_CUT_BEFORE.search(head) or (size < 2 and not (tool_like(head) or head.lower() in SOFT_SKILLS)):
                continue
            if size >= 3 or len(words) > 5:
                piece = piece.sub(0, match.start())
                break
    words = list(re.finditer(r"\S+", piece.text))
    if len(words) > MAX_WORDS:
        piece = piece.sub(0, words[MAX_WORDS - 1].end())
    return piece.strip()


def colon_head(piece: Piece) -> Piece:
    """What counts in "head: tail": the head, or the tail where the head only names a kind ("Languages: Python, Go")."""
    match = re.match(r"([^:\n]{2,60}?)\s*(?::\s|\s[–—]\s|\s-\s)\s*(?=\S)", piece.text)
    if not match:
        return piece
    head, tail = piece.sub(0, match.end(1)), piece.sub(match.end())
    bare = clean(head).text
    if ":" not in match.group() and all(word in LONE_ADJECTIVES or word == "and" for word in tail.text.lower().split()):
        return head
    if CATEGORY_HEADS.fullmatch(head.text.strip(" *()")) or not bare or bare.lower() in EMPTY:
        return tail
    colon = ":" in match.group()
    if len(head.text.split()) > 8 or (not colon and len(tail.text.split()) < 4) or head.text.count("(") != head.text.count(")"):
        return piece
    if colon and "," in head.text and len(tail.text.split()) < 3:
        return piece
    return head


_SEPARATOR = re.compile(
    rf"(?P<taken>{TAKEN}+)|(?P<or>,?\s*(?:\band/or\b|\bor\b|\boder\b|\bou\b)\s+|\s+/\s+)|"
    r"(?P<end>[,;]\s*(?:and|&|plus|as\s+well\s+as|along\s+with|und|et|y)\s+)|(?P<hard>[;•●▪·|]|,(?!\d{3}\b))|"
    r"(?P<and>\s+(?:and|&|und|et|y|sowie)\s+|\s+\+\s+)|"
    r"(?P<plus>\s+(?:as\s+well\s+as|along\s+with|together\s+with|combined\s+with|coupled\s+with|plus|in\s+addition\s+to)\s+|\s+with\s+(?=(?:an?\s+)?(?:strong|good|excellent|solid|proven|knowledge|experience|minimum|at\s+least|some|deep|current|valid|a\s+valid|the\s+ability|an?\s+understanding|great)\b))",
    re.IGNORECASE,
)
_OR_FILLER = re.compile(r"(?:the\s+)?(?:ability|willingness|willing|able)\s+to\s+(?:obtain|get|gain|acquire|learn|work\s+towards)\b|(?:in\s+)?(?:an?\s+|any\s+)?(?:similar|equivalent|other|related|comparable|another|relevant|higher|better|above|more|greater)\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\s*[,(]?\s*\b(?:such\s+as|e\.g\.?,?|eg\b|for\s+example,?|for\s+instance,?|like(?=\s+[A-Z])|including(?:\s+but\s+not\s+limited\s+to)?:?|incl\.|z\.\s?B\.|wie\s+z\.\s?B\.|namely|i\.e\.,?|par\s+exemple|por\s+ejemplo|tel(?:le)?s?\s+que)\s+", re.IGNORECASE)
_LONGEST_CHOICE = 5  # "A, B, C, D or E" is one choice; in a longer list "or" joins the last two only
_ONE_OF = re.compile(r"\b(?:(?:at\s+least\s+)?one(?:\s+or\s+(?:more|two))?(?:\s+of)(?:\s+the\s+following)?|any(?:\s+one)?\s+of|either)(?:\s*:)?\s+", re.IGNORECASE)


def _cuts(text: str) -> list[tuple[str, int, int]]:
    """The separators outside parentheses as (kind, start, end)."""
    found = []
    for match in _SEPARATOR.finditer(text):
        head = text[: match.start()]
        if head.count("(") > head.count(")") and match.lastgroup != "taken":
            continue
        found.append((match.lastgroup or "hard", match.start(), match.end()))
    return found


_COMPETENCE_ONLY = re.compile(rf"(?:(?:{_ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})", re.IGNORECASE)
# The end of a lone word that shares the noun after "and": "plumbing and piping systems".
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
    if len(rights) > 1 and last in SHARED_VERBS and _only_verbs(left):
        return first.endswith("ing") == last.endswith("ing")
    if len(lefts) == 1 and first in LONE_ADJECTIVES and not (skills and rights[0].lower() not in LONE_ADJECTIVES and len(rights) == 1):
        return not (skills and len(rights) <= 2 and first not in {"written", "verbal", "oral", "spoken"})
    if listed:
        return False
    if _surely_tool(left) or tool_like(right):
        return len(lefts) > 1 and len(rights) == 1 and last in DEPENDENT_NOUNS
    if left.lower() in SOFT_SKILLS or right.lower() in SOFT_SKILLS or skills:
        return False
    if len(lefts) == 1 and len(rights) >= 2:
        return first.endswith(_SHARING) and not rights[0].endswith("ing") or rights[0] == first
    return len(rights) == 1 and last in DEPENDENT_NOUNS


def _lone(left: str, right: str) -> bool:
    """Whether a word before a comma needs what follows: "create, design and implement", "written, verbal"."""
    return left.lower() in LONE_ADJECTIVES or (right.split(" ")[0].lower() in SHARED_VERBS and _only_verbs(left))


def _only_verbs(text: str) -> bool:
    return all(word.strip(",").lower() in SHARED_VERBS for word in text.split()) and bool(text)


def split(piece: Piece) -> list[tuple[Piece, str]]:
    """Cuts a list into its pieces, each with the kind of separator before it.

    Kinds: "hard", "end", "and", "plus", "taken", and "or" for an alternative of the piece before.
    """
    text = piece.text
    one_of = _ONE_OF.search(text)
    cuts = _cuts(text)
    bounds = [0, *(end for _, _, end in cuts)]
    stops = [*(start for _, start, _ in cuts), len(text)]
    kinds = ["hard", *(kind for kind, _, _ in cuts)]
    skills = bool(re.search(r"\b(?:skills|abilities)\W*$", text))
    parts: list[tuple[int, int, str]] = []
    listed = False
    for kind, start, stop in zip(kinds, bounds, stops, strict=True):
        listed = listed or kind in ("hard", "end") and bool(parts)
        if parts and kind in ("and", "end"):
            left = clean(piece.sub(parts[-1][0], parts[-1][1])).text
            if _COMPETENT.match(text, start) and not _COMPETENCE_ONLY.fullmatch(left):
                parts.append((start, stop, kind))
                continue
            acronym = re.search(r"\(([A-Z]{3,6})\)", text[start:stop])
            right = re.sub(r"\s*\(.*", "", clean(piece.sub(start, stop)).text)
            if acronym and "".join(word[0] for word in f"{left} {right}".split()).upper() == acronym.group(1):
                parts[-1] = (parts[-1][0], stop, parts[-1][2])
                continue
            if _one_thing(left, right, listed, skills):
                parts[-1] = (parts[-1][0], stop, parts[-1][2])
                continue
        if parts and kind in ("hard", "or", "end") and _lone(clean(piece.sub(parts[-1][0], parts[-1][1])).text, clean(piece.sub(start, stop)).text):
            parts[-1] = (parts[-1][0], stop, parts[-1][2])
            continue
        parts.append((start, stop, kind))
    flags = _alternatives(piece, parts, one_of.end() if one_of else None)
    return [(piece.sub(start, stop), "or" if flag else kind) for (start, stop, kind), flag in zip(parts, flags, strict=True)]


def _alternatives(piece: Piece, parts: list[tuple[int, int, str]], one_of: int | None) -> list[bool]:
    """For each part whether it is an alternative of the part before: "A, B or C", "one of A, B and C"."""
    flags = [kind == "or" for _, _, kind in parts]
    if one_of is not None:
        for index, (start, _, kind) in enumerate(parts):
            if index and start > one_of and kind in ("hard", "end", "and", "or"):
                flags[index] = True
    texts = [clean(piece.sub(start, stop)).text for start, stop, _ in parts]
    for index in range(len(parts) - 1, 0, -1):
        if parts[index][2] == "or" and len(parts) <= _LONGEST_CHOICE and not _OR_FILLER.match(piece.text, parts[index][0]):
            before = index - 1
            while before > 0 and parts[before][2] == "hard" and _alike(texts[before], texts[index], texts[before - 1]):
                flags[before] = True
                before -= 1
    return flags


def _alike(one: str, two: str, three: str) -> bool:
    short = all(0 < len(text.split()) <= 4 for text in (one, two, three))
    return short and tool_like(one) == tool_like(two) == tool_like(three)


def _parenthesis(piece: Piece) -> tuple[Piece, tuple[str, ...]]:
    """Takes "(...)" off a phrase: "cloud platforms (AWS or GCP)" -> the phrase and its examples or acronym."""
    match = re.search(r"\s*\(([^()]*)\)", piece.text)
    if not match:
        return piece, ()
    inner = match.group(1).strip()
    head = piece.sub(0, match.start())
    rest = piece.text[match.end() :].strip(_STRIP)
    if not head.text.strip():
        return Piece(inner, piece.start + match.start(1)), ()
    if rest and len(rest.split()) <= 3:
        return Piece(piece.text, piece.start), ()
    names = [name.strip(_STRIP) for name in re.split(r",|/|;|\bor\b|\band\b|&", _EXAMPLES.sub(" ", " " + inner))]
    names = [name for name in names if name]
    if names and all(len(name.split()) <= 3 and tool_like(name) and re.search(r"[^\W\d]", name) for name in names):
        return head, tuple(names)
    return head, ()


def _examples(piece: Piece) -> tuple[Piece, tuple[str, ...]]:
    """Takes "such as X, Y or Z" off a phrase."""
    match = _EXAMPLES.search(piece.text)
    if not match:
        return piece, ()
    names = [clean(Piece(name, 0)).text for name in re.split(r",|;|\s/\s|\bor\b|\band\b|&|\)", piece.text[match.end() :])]
    return piece.sub(0, match.start()), tuple(name for name in names if _is_example(name))


def _is_example(name: str) -> bool:
    """Whether a word after "such as" or "including" can stand for the thing itself: only a name can."""
    return bool(name) and len(name.split()) <= 4 and name.lower() not in EMPTY and tool_like(name)


def _slash(text: str) -> tuple[str, ...]:
    if "/" not in text or " " in text or any(term in text.lower() for term in SLASH_TERMS):
        return ()
    parts = [part for part in text.split("/") if part]
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 or part in "RC" for part in parts) else ()


def _join(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def usable(text: str) -> bool:
    """Whether a phrase can be a requirement: some letters, and more than empty words."""
    words = re.findall(r"[^\W\d_][\w+#./'-]*", text.lower())
    if not words or all(word.strip(".'") in EMPTY for word in words):
        return False
    return len(text) > 1 or text in "RC"


def _trimmed(piece: Piece) -> bool:
    """Whether `cut` takes an explanation off a phrase, so that what follows "and" belongs to the explanation."""
    whole = clean(piece)
    return "(" not in whole.text and len(cut(whole).text) < len(whole.text)


_TEAM = re.compile(
    r"(?:work\w*|function\w*|collaborat\w+|operat\w+|be|contribut\w+)\s+(?:\w+ly\s+|well\s+|both\s+)*(?:in|as\s+part\s+of|within|with|as|to)\s+"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}teams?\b.*|(?:good\s+|strong\s+|great\s+)?team[\s-](?:player|work\w*|spirit)",
    re.IGNORECASE,
)


def _item(piece: Piece) -> Item | None:
    head, names = _parenthesis(clean(piece))
    head, more = _examples(head)
    if _TEAM.fullmatch(head.text):
        return Item("teamwork", head.start, head.end)
    short = cut(clean(head))
    short = clean(short)
    if not usable(short.text):
        if names or more:
            options = tuple(dict.fromkeys(names + more))
            return Item(_join(options), piece.strip().start, piece.strip().end, options if len(options) > 1 else ())
        return None
    text = re.sub(r"\s+", " ", short.text)
    options = _slash(text)
    if options:
        return Item(_join(options), short.start, short.end, options)
    any_of = tuple(dict.fromkeys((text, *names, *more))) if names or more else ()
    return Item(text, short.start, short.end, any_of)


def protect_examples(piece: Piece) -> list[tuple[Piece, tuple[str, ...]]]:
    """Cuts "X such as A, B and C, strong D" so that A, B and C stay with X: [(X, (A, B, C)), (strong D, ())]."""
    match = _EXAMPLES.search(piece.text)
    if not match or piece.text[: match.start()].count("(") > piece.text[: match.start()].count(")") or match.group().lstrip(" ,").startswith("("):
        return [(piece, ())]
    names, position, text = [], match.end(), piece.text
    while position < len(text):
        stop = re.compile(r"\s*(?:,\s*(?:and|or)?|;|\band\b|\bor\b|&|\s/\s|$)\s*").search(text, position)
        name = text[position : stop.start()] if stop else text[position:]
        bare = clean(Piece(name, 0)).text
        if not bare or len(bare.split()) > 4 or len(name.split()) > len(bare.split()) + 1 or (names and tool_like(names[0]) and not tool_like(bare)):
            break
        if _is_example(bare):
            names.append(bare)
        position = stop.end() if stop and stop.end() > position else len(text)
    if position == match.end():
        return [(piece, ())]
    found = [(piece.sub(0, match.start()), tuple(names))]
    return found + (protect_examples(piece.sub(position)) if position < len(text) else [])


# What begins an explanation in a list: "Ariba, the service for sourcing, ..."; the rest of the list belongs to it.
_EXPLAINS = re.compile(
    r"\s*(?:particularly|often|usually|mostly|sometimes|especially|specifically|when|where|while|which|who|whose|that|because|so\s+that|in\s+order|"
    r"(?:the|their|its)\s+(?!ability|capacity|willingness|confidence|right|skills?|drive|desire))\b",
    re.IGNORECASE,
)


_COMPETENT = re.compile(rf"\s*(?:(?:{_ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})\s+(?:{PREPOSITIONS})\b", re.IGNORECASE)


def items(piece: Piece) -> list[Item]:
    """The atomic requirements in a piece of a requirement line, in the order of the text."""
    found: list[Item] = []
    for part, names in protect_examples(piece):
        group: list[Item] = []
        trimmed = False
        for index, (bit, kind) in enumerate(split(part)):
            alternative = kind == "or"
            if index and _EXPLAINS.match(bit.text):
                break
            if alternative and group and _OR_FILLER.match(bit.text.strip()):
                continue
            if trimmed and kind in ("and", "or") and not tool_like(bit.text) and not _COMPETENT.match(bit.text):
                continue
            trimmed = _trimmed(bit)
            item = _item(bit)
            if item is None:
                continue
            if alternative and group:
                last = group[-1]
                options = tuple(dict.fromkeys((last.any_of or (last.text,)) + (item.any_of or (item.text,))))
                group[-1] = Item(_join(options), last.start, item.end, options)
            else:
                group.append(item)
        if names and group:
            last = group[-1]
            group[-1] = last._replace(any_of=tuple(dict.fromkeys((*(last.any_of or (last.text,)), *names))))
        found += group
    return found

"""Short phrases out of long ones: filler and explanations stripped, what counts in "head: tail" found.

Everything works on `Piece`s, so that each phrase keeps its place in the job text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from model.brief.job_praise import says_nothing_alone, using
from model.brief.job_text import TAKEN, Piece
from model.brief.job_verbs import is_verb
from model.brief.job_words import (
    CATEGORY_HEADS,
    COMPETENCE_NOUNS,
    EMPTY,
    FILLER_ADJECTIVES,
    LONE_ADJECTIVES,
    PREPOSITIONS,
    PROTECTED_START,
    SOFT_SKILLS,
)
from model.brief.lexicon import aliases, prototypes

MAX_WORDS = 7
"""A phrase longer than this is cut at a preposition, or after this many words."""

ADJECTIVES = "|".join(sorted(map(re.escape, FILLER_ADJECTIVES), key=len, reverse=True))
STRIP = " \t.,;:!?*_\"'|•-–—>+&" + TAKEN
_LEFT_STRIP = " \t,;:!?*_\"'|•–—>&-" + TAKEN
_PREFIX = re.compile(
    rf"(?:we\s+(?:need|expect|require|want|ask\s+for|look\s+for|(?:rely|count)\s+on)\s+)|"
    rf"(?:feel\s+)?(?:at\s+)?home\s+(?:in|with)\s+|"
    rf"(?:(?:you\s+)?know\s+)?(?:your|their|his|her|the)\s+way\s+around\s+|(?:has\s+)?mastered\s+|rely\s+on\s+your\s+|"
    rf"(?:(?:an?|the|any|all|your|our|their|its|his|her|his/her|ein|eine|einen|der|die|das|le|la|les|un|une|el|"
    rf"los|las)\s+|"
    rf"(?:{ADJECTIVES})(?:\s*,\s*|\s+and\s+|\s+)(?=\S)|"
    rf"(?:(?:an?|the)\s+)?(?:levels?|degree|amount|wealth|years|kind|type|range|variety|combination|mix|sense|"
    rf"standard|minimum|plenty|lots)\s+of\s+|"
    rf"(?:{COMPETENCE_NOUNS})\s+(?:levels?\s+)?(?:(?:and|&|"
    rf"or)\s+(?:(?:{ADJECTIVES})\s+)*(?:{COMPETENCE_NOUNS})\s+)?(?:{PREPOSITIONS})\s+|"
    rf"(?:several|different|various|multiple|many|all)\s+(?:facets|aspects|areas|parts|types|kinds|"
    rf"forms)\s+of\s+|(?:successfully\s+)?worked\s+(?:on|with|in)\s+|"
    rf"(?:\w+(?:al|able|ible|ful|ous|ive|ent|ant|ed|less|ic|ate)|(?:[\w-]+[\s-])?level|technical|computer|job|"
    rf"domain)\s+(?:(?:competenc|proficienc|familiarit|knowledge|understanding|expertise|command|"
    rf"mastery|grasp|grounding)\w*\s+(?:in|with|of|to|on|over|for)|abilit\w+\s+to|skills?\s+(?:in|with))\s+|"
    rf"(?:have|has|having|had|possess(?:es|ing)?|holds?|holding|brings?|bringing|demonstrat(?:e|es|ing)|shows?|"
    rf"showing|showcas(?:e|es|ing)|exhibit(?:s|ing)?|"
    rf"displays?|be|being|is|are|am|know(?:s|ing)?(?:\s+how\s+to)?|understand(?:s|ing)?|must|should|can|will|"
    rf"would|need(?:s|ed)?(?:\s+to)?|you(?:'re|'ve|'ll|'d)?|who|that|also|"
    rf"enjoys?|loves?|boasts?|owns?\s+(?:an?|the)|to|to\s+be|in|with|of|for|on|by|plus|and|or|as\s+well\s+as|"
    rf"along\s+with|including|includes?|both|either|at\s+least|"
    rf"one\s+of|one\s+or\s+more\s+of|any\s+of|someone|somebody|maintain(?=s?\s+(?:an?\s+)?(?:in-depth|strong|"
    rf"good|deep|solid|thorough|high))|"
    rf"not\s+only|but|able|at|fluently|confidently|handling(?=\s+[A-Z]|\s+\w+[A-Z])|using(?=\s+[A-Z])|"
    rf"of\s+course|specifically|especially|particularly|including|then|even|just|still|really|truly|"
    rf"mit|und|et|y|von|sowie|avec|con|de)\s+|(?:d|l)'(?=\w)|"
    rf"(?:experiences?|expertise|success|skilled|adept|proficient|practice|"
    rf"proficiency)\s+(?=(?:\w+ly\s+)?\w{{3,}}ing\b))",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+(?:skills?(?:\s*-?sets?)?|skilled|abilit(?:y|ies)|experiences?|expertise|proficienc(?:y|ies)|"
    r"competenc(?:e|y|ies)|capabilit(?:y|ies)|know-how|"
    r"background|aptitude|acumen|mindset|(?-i:a|an|the)|and|or|with|in|of|at|to|for|on|etc\.?|is|are|as|by|too|also|"
    r"kenntnisse|kenntnissen|level|"
    r"inside\s+out|and\s+(?:more|others?|similar|the\s+like)|or\s+(?:similar|equivalent|other|others|better|"
    r"higher|related|comparable)(?:\s+\w+){0,3}|"
    r"programming\s+languages?|exposure|familiarity|in\s+particular|related|according|primarily|specifically|mainly|"
    r"especially|particularly)$",
    re.IGNORECASE,
)
_KEEP_SKILLS = re.compile(
    r"(?:^|\s)(?:people|cultural|soft|financial|social|computer|life|motor|interpersonal|technical|analytical|"
    r"organi[sz]ational|digital|it|language|basic|math|maths|key|phone|admin|[a-z]+al|[a-z]+ive)$",
    re.IGNORECASE,
)
_TOOL_KNOWLEDGE = re.compile(
    r"(?:(?:^|\s)(?:[A-Z][\w+#./-]*|\w*[A-Z]{2,}\w*|\w+[+#])\s+(?:knowledge|usage|use|proficient)|"
    r"(?i:(?:^|\s)(?:python|java|javascript|typescript|c|c\+\+|c#|r|sql|go|ruby|php|perl|matlab|html|css|scala|"
    r"kotlin|swift|rust|"
    r"vba)\s+(?:programming|coding|language)))$"
)
_HARD_CUT = re.compile(
    r"(?:,\s*|\s+)(?:that|which|who|whom|where|whereby|when|while|whilst|because|since|so\s+that|so\s+as|"
    r"in\s+order\s+to|as\s+(?:you|we|this|it|needed|required|part)|if|"
    r"rather\s+than|using\s+(?:your|our)|particularly|especially|specifically|to\s+(?:ensure|support|help|enable|"
    r"allow|meet|achieve|keep|provide|deliver|maintain|drive|assist|guarantee)|"
    r"capable\s+of|able\s+to|will|is|are|may|can|should|shall|must|would|you'll|we|you)\b(?!\s*$)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?P<before>\S+)\s+to\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)\s+\S", re.IGNORECASE)
_TO_BELONGS = re.compile(
    r"(?:attention|adherence|commit\w*|adapt\w*|respond\w*|abilit\w+|capacity|able|willing\w*|read(?:y|iness)|prepared|"
    r"happy|keen|eager|free|comfortable|right|need|desire|drive|hunger|determin\w+|passion\w*|how|licen[cs]ed|trained|"
    r"certified|qualified|access|want|wish|like|love|learn\w*|know\w*|equipped|used|confiden\w+|motivat\w+|dedicat\w+|"
    r"approach\w*|openness|open|respect|expos\w+)$",
    re.IGNORECASE,
)
_SKILL_CUT = re.compile(
    r"\w\s+(?:skills?|abilities|expertise|capabilities|experience|knowledge)(?P<cut>\s+(?:to|for|through|by|in|"
    r"with|on|when|while|across)\b)",
    re.IGNORECASE,
)
_SOFT_CUT = re.compile(
    r"\s+(?:for|in|to|with|across|within|through|throughout|during|under|on|at|by|from|between|towards?|upon|via|"
    r"based|including|such|against|into|about|over|without|like|using|after|before|among|alongside)\s",
    re.IGNORECASE,
)
# "solve problems overseeing quality", "systems ensuring safety": what a plural does explains it.
_DOES = re.compile(r"\w+\s+\w+[^\Ws]s(?P<cut>\s+)(?P<stem>[a-z]{3,})ing\s+\w")
_NO_CUT_BEFORE = re.compile(
    r"\b(?:attention|adherence|commit\w*|adapt|respond|listen|speak|relate|work|working|care|caring|passion|eye|"
    r"end|day|door|degree|responsib\w+|deal\w*|lead|communicate|interact\w*|drive|lift|comply|collaborate|cope|"
    r"thrive|operate|perform|read|play|live|stand|climb|travel|up|point|business|peer|face|think\w*|sensitiv\w*|"
    r"compliance|respect|"
    r"close|build|train\w*|commissioning|fluency|talk|patience|empathy|flexib\w+|trained|"
    r"certified|licensed|registered|qualified|right|willing\w*|access|clearance)$",
    re.IGNORECASE,
)


def tool_like(text: str) -> bool:
    """Whether a phrase looks like a name: a capital letter, a digit or + # . in it."""
    return bool(re.search(r"[A-Z0-9+#]|\.\w", text))


def surely_tool(text: str) -> bool:
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
            end = match.end() if match else using(piece.text)
            if 0 < end < len(piece.text):
                piece = piece.sub(end).strip(_LEFT_STRIP)
        piece = _clean_end(piece)
        if piece == before:
            break
    return piece.start, piece.text


def _clean_end(piece: Piece) -> Piece:
    """Without filler at the end, and without a parenthesis that was cut in two."""
    text = piece.text.rstrip(STRIP.replace("+", ""))
    if text.count("(") > text.count(")") or text.endswith("("):
        text = text[: text.rfind("(")].rstrip(STRIP.replace("+", ""))
    if text.count(")") > text.count("("):
        text = text.rstrip(") ") if text.rstrip().endswith(")") else text.lstrip(") ")
    suffix = _SUFFIX.search(text)
    if suffix:
        head = text[: suffix.start()]
        whole = re.search(r"(?:user|customer|employee|candidate|patient|guest|student|passenger)$", head, re.IGNORECASE)
        noun = re.match(r"\s+(?:skill|proficien|competen|litera|expertise|abilit)", suffix.group(), re.IGNORECASE)
        experience = whole and "exp" in suffix.group().lower()  # "user experience"
        alone = " " not in head.strip() or (noun and noun.group().strip().lower() == "skill")
        if not experience and not (noun and alone and _KEEP_SKILLS.search(head)):
            text = head
    elif _TOOL_KNOWLEDGE.search(text):
        text = text[: text.rfind(" ")]
    begin = piece.text.find(text) if text else 0
    return Piece(text, piece.start + max(begin, 0))


def cut(piece: Piece) -> Piece:
    """The phrase without what explains it ("attention to detail when filing" -> "attention to detail")."""
    hard = _HARD_CUT.search(piece.text)
    if hard and hard.start() > 0:
        piece = piece.sub(0, hard.start())
    for purpose in _PURPOSE.finditer(piece.text):
        if is_verb(purpose.group("verb")) and not _TO_BELONGS.search(purpose.group("before")):
            piece = piece.sub(0, purpose.end("before"))
            break
    does = _DOES.search(piece.text)
    if does and is_verb(does.group("stem")):
        piece = piece.sub(0, does.start("cut"))
    skill = _SKILL_CUT.search(piece.text)
    if skill:
        piece = piece.sub(0, skill.start("cut"))
    words = piece.text.split()
    if len(words) > 4:
        for match in _SOFT_CUT.finditer(piece.text):
            head = piece.text[: match.start()]
            size = len(head.split())
            aimed = size == 1 and head.endswith("ing") and match.group().strip() == "for"  # "forecasting for a chain"
            named = tool_like(head) or head.lower() in SOFT_SKILLS
            if _NO_CUT_BEFORE.search(head) or (size < 2 and not (named or aimed)):
                continue
            if size >= 3 or len(words) > 5 or aimed:
                piece = piece.sub(0, match.start())
                break
    words = list(re.finditer(r"\S+", piece.text))
    if len(words) > MAX_WORDS:
        piece = piece.sub(0, words[MAX_WORDS - 1].end())
    return piece.strip()


_SAYS_HOW = re.compile(
    r"ability\s+to\s+\w+\s+it\b|the\s+(?:role|job|position|post|work)\s+(?:demands|requires|needs)\b|this\s+(?:is|"
    r"will\s+be)\b|"
    r"as\s+(?:you|the|this|it)\b",
    re.IGNORECASE,
)


def colon_head(piece: Piece) -> Piece:
    """What counts in "head: tail": the head, or the tail where the head only names a kind ("Languages: Python, Go")."""
    match = re.match(r"([^:\n]{2,60}?)\s*(?::\s|\s[–—]\s|\s-\s)\s*(?=\S)", piece.text)
    if not match:
        return piece
    head, tail = piece.sub(0, match.end(1)), piece.sub(match.end())
    if _SAYS_HOW.match(tail.text):
        return head
    bare = clean(head).text
    if ":" not in match.group() and all(word in LONE_ADJECTIVES or word == "and" for word in tail.text.lower().split()):
        return head
    if CATEGORY_HEADS.fullmatch(head.text.strip(" *()")) or not bare or bare.lower() in EMPTY:
        return tail
    size = len(tail.text.split())
    if ":" not in match.group() and size <= 3 < len(head.text.split()) and prototypes(clean(tail).text):
        return tail  # "Able to explain findings - Communication"
    open_parenthesis = head.text.count("(") != head.text.count(")")
    if len(head.text.split()) > 8 or open_parenthesis or size < (3 if "," in head.text else 1):
        return piece
    return piece if ":" not in match.group() and size < 4 else head


def _filler(word: str) -> bool:
    return word in EMPTY or word in _FILLERS


_CAPITALS = re.compile(r"[A-Z]{2}")
_FILLERS = frozenset(FILLER_ADJECTIVES)
# "explain it", "run services there": what it points to stands elsewhere.
_POINTS = re.compile(r"\s(?:it|them|this|that|these|those|there|so|both|theirs?)$|\b(?:these|those)\b", re.IGNORECASE)


def usable(text: str) -> bool:
    """Whether a phrase can be a requirement: some letters, and more than empty words."""
    words = re.findall(r"[^\W\d_][\w+#./'-]*", text.lower())
    if not words or (all(word.strip(".'") in EMPTY for word in words) and not (len(words) > 1 and prototypes(text))):
        return False
    low = [word.strip(".'") for word in words]
    manner = all(word in LONE_ADJECTIVES or word in ("and", "or") for word in low)  # "spoken and written"
    if len(low) > 1 and not prototypes(text) and (manner or not _CAPITALS.search(text) and all(map(_filler, low))):
        return False
    if _POINTS.search(text) and len(words) <= 6:
        return False
    if says_nothing_alone(text) and text.casefold() not in SOFT_SKILLS and not (prototypes(text) or aliases(text)):
        return False
    return len(text) > 1 or text in "RC"

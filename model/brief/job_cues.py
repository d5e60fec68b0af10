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

_END = r"\s*\)?(?:\s+for\b[^.;]*)?(?=\s*(?:[.,;:!)\x00]|$|(?:and|but|though|or|with)\b))"
_NICE_TAIL = re.compile(
    rf",?\s*\(?\s*\b(?:but\s+not\s+(?:required|essential)\s*)?{_BE}{_VERY}(?:{NICE_WORDS})"
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
    rf",?\s*\(?\s*\b{_BE}{_VERY}(?<!\bas\s)(?<!\bif\s)(?<!\bwhen\s)(?<!\bwhere\s)(?:{MUST_WORDS})(?!\s+to\b){_END}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*(?:,\s*(?:and|but|while|with)?|;|\band\b|\bbut\b|\bwhile\b|\))\s*")

_CUE_WORDS = frozenset(re.findall(r"[^\W\d_]{3,}", NICE_WORDS + " " + MUST_WORDS)) | frozenset(
    "ideally preferably bonus nice extra would love like prefer plus better advantage preference preferred "
    "desirable optional "
    "idealerweise idéalement wünschenswert preferiblemente valorará souhaitées souhaitée souhaités souhaité "
    "exigé requis requise requises requerido "
    "requerida apprécié appréciée appréciées appréciés advantages pluses bonuses favored favoured favorable "
    "favourable".split()
)
# A sentence of prose that demands something, by itself.
STRONG = re.compile(
    r"\bmust\b(?!\s*-?\s*(?:see|read|try))|(?<!as )(?<!when )(?<!where )(?<!if )\brequired\b(?!\s+to\b|\s+by\b)|"
    r"\b(?:requires|require)\b|\bessential\b|\bmandatory\b|"
    r"you(?:'ll|\s+will)\s+(?:also\s+)?need\b|\byou\s+need\b|\bneeds?\s+(?:to\s+(?:have|be|know|hold)|an?\b|"
    r"experience|\d)|\bminimum\s+(?:of\s+)?\w+\s+years?|\bprerequisite|"
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
# Legal text, benefits, pay, how to apply, company story: never a requirement.
_NOISE = re.compile(
    r"equal\s+opportunit|\beeo\b|without\s+regard|regardless\s+of|protected\s+(?:veteran|characteristic|class|"
    r"status)|sexual\s+orientation|"
    r"reasonable\s+(?:accommodation|adjustment)|background\s+check\b|drug\s+(?:test|screen)|e-verify|"
    r"affirmative\s+action|applications?\s+from\b|all\s+qualified\s+applicants|gdpr|privacy\s+(?:policy|notice)|"
    r"\b401\s?\(?k\)?|\bpension\b|health\s+insurance|medical\s+insurance|dental\b.*\b(?:vision|insurance)|"
    r"paid\s+(?:holiday|time|vacation|leave|sick|parental)|annual\s+leave|\bpto\b|"
    r"days\s+(?:of\s+)?(?:annual\s+|paid\s+)?(?:leave|holiday|vacation)|\bstock\s+options?\b|"
    r"\bequity\b.*\bpackage|parental\s+leave|gym\s+membership|free\s+parking|cycle\s+to\s+work|"
    r"sign(?:ing)?[\s-]on\s+bonus|(?:annual|performance|quarterly|yearly|referral|signing)\s+bonus|"
    r"competitive\s+(?:salary|pay|compensation|package|wage)|salary\s+(?:range|is|of|from|up)|per\s+(?:hour|"
    r"annum)\b|"
    r"(?:send|submit|email|forward|upload)\s+(?:us\s+)?(?:your|a|an)\s+(?:cv|r[eé]sum[eé]|cover|application|"
    r"portfolio)|apply\s+(?:now|today|online|via|by|with|through|at|here|directly)|to\s+apply\b|how\s+to\s+apply|"
    r"click\s+(?:the|on|here)|"
    r"cover\s+letter|\b(?:send|attach|enclose)\b.*\b(?:cv|r[eé]sum[eé])\b|closing\s+date|deadline\s+for|"
    r"only\s+(?:shortlisted|successful)\s+candidates|successful\s+candidates?\s+will\s+(?:be\s+contacted|undergo|"
    r"receive|join|report|be\s+(?:based|offered|responsible|subject|required\s+to\s+undergo))|"
    r"we\s+(?:welcome|encourage|celebrate|value|believe|offer|provide|pride|pay|serve|operate|help|build|make|"
    r"were|started|opened|treat|sponsor)\b|our\s+(?:mission|values|culture|story|founders?|customers|employees|"
    r"benefits)\b|"
    r"\bfounded\s+(?:in|by)\b|\bestablished\s+in\b|\bsince\s+(?:19|20)\d\d\b|(?:over|more\s+than|nearly|almost|"
    r"past|last)\s+\w+\s+years\s+(?:ago|in\s+business)|years\s+(?:ago|in\s+business)\b|"
    r"\b(?:eligib\w+|authori[sz]ed|authori[sz]ation|right|entitled|permitted)\s+to\s+(?:live\s+and\s+)?work\b|"
    r"work\s+(?:permit|visa|authori[sz]ation)|visa\s+sponsorship|\bsponsorship\b|"
    r"^\W*(?:salary|location|hours|job\s+type|contract|schedule|start(?:ing)?\s+date|reports\s+to|pay|"
    r"rate)\s*[:–-]|[$£€]\s?\d|this\s+(?:job\s+)?(?:description|posting|advert)|wir\s+bieten|nous\s+offrons|"
    r"ofrecemos|bewerbung|"
    r"employee\s+(?:discount|assistance)|tuition|wellness\s+program|(?:life|disability)\s+insurance|\b(?:all|"
    r"no)\s+experience\s+(?:levels?|needed|necessary|required)|(?:full\s+)?training\s+(?:is\s+|"
    r"will\s+be\s+)?(?:provided|given)|we(?:'ll|\s+will)\s+(?:train|teach|provide|give|pay|cover|reply|contact|"
    r"get|review)|don't\s+meet\s+(?:all|every)|"
    r"(?:must\s+be\s+|be\s+|at\s+least\s+|aged?\s+)+(?:1[4-9]|2[01])\b(?:\s*\+|\s+(?:years|or\s+older|or\s+over|"
    r"and\s+over))|(?:1[4-9]|2[01])\s+years\s+(?:of\s+age|old|or\s+older)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:has|have|been)\b[^.]{0,80}\bfor\s+(?:(?:over|more\s+than|nearly|almost|about|"
    r"some)\s+)?[\w-]+\s+(?:years|decades|generations)\b|^\W*(?:[Ww]ith\s+(?:over\s+|more\s+than\s+|"
    r"nearly\s+)?[\w+]+\s+years\b[^,]{0,60},\s*(?:we|our|[A-Z][\w&]+)|(?:[Ww]e|[Oo]ur\s+\w+|[Tt]he\s+company|"
    r"[Tt]he\s+firm|[Tt]he\s+client)\s+(?:have|has|are|is|was)\s+(?!looking|seeking|searching|hiring|recruiting|"
    r"after\b|in\s+need)|"
    r"(?:join|come\s+and\s+join)\s+(?:us|our|a)\b(?!.*\b(?:must|require|you\s+(?:have|need))))|"
    r"^[A-Z][\w&]+(?:\s+[A-Z][\w&]+)*\s+(?:is|has|was)\s+(?:an?|the|one|been|over|more)\b(?!.*\b(?:looking|seek|"
    r"hiring|must)|\s+(?:must|plus))",
)
_ASKS = re.compile(
    r"looking\s+for|seek|\bhiring\b|you\s+(?:must|need|have|will\s+need)|\bmust\s+(?:have|be|hold)|\brequire",
    re.IGNORECASE,
)


_NOISE_WORDS = frozenset(
    "equal eeo regard regardless protected orientation accommodation adjustment accommodations adjustments check "
    "drug verify affirmative "
    "applicants applications gdpr privacy k pension insurance dental paid leave pto days vacation holiday stock "
    "equity parental gym parking cycle sign "
    "signing bonus competitive salary per send submit email forward upload apply click cover cv résumé resume "
    "closing deadline only successful we our "
    "founded established since years eligible authorized authorised authorization authorisation right entitled "
    "permitted permit visa sponsorship "
    "location hours type contract schedule date pay rate reports wir nous ofrecemos bewerbung employee tuition "
    "wellness life disability "
    "training meet older old age aged least eligibility description posting advert eligible no all".split()
)
_COMPANY_WORDS = frozenset("with we our company firm client has have been is was join".split())
_EQUAL = re.compile(
    r"equal|regardless|without\s+regard|discriminat|protected|orientation|veteran|all\s+qualified|welcome|"
    r"encourag|divers|inclusi|under-?represented",
    re.IGNORECASE,
)


def promises_equality(text: str) -> bool:
    """Whether a sentence names age, religion and so on in order not to discriminate."""
    return bool(_EQUAL.search(text))


def is_noise(text: str) -> bool:
    """Whether a sentence is legal text, a benefit, pay, how to apply, or the company speaking of itself."""
    words = words_of(text)
    if (words & _NOISE_WORDS or re.search(r"[$£€]", text)) and _NOISE.search(text):
        return True
    return bool(words & _COMPANY_WORDS and _COMPANY.search(text) and not _ASKS.search(text))


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
        if aside > begin and ")" not in text[aside:start]:  # "a bachelor's degree (master's preferred)"
            parts.append((piece.sub(begin, aside), must))
            begin = aside
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

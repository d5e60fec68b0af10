"""What a job post says besides its requirements: legal text, benefits, pay, how to apply, the company's story."""

from __future__ import annotations

import re

from model.brief.job_text import Piece, words_of

# Legal text and how to apply: never a requirement, wherever it stands.
_LEGAL = re.compile(
    r"\btreats?\s+(?:all|every)\b|\b(?:whatever|no\s+matter)\s+(?:their|your)\b|"
    r"(?:candidates?|applicants?|applications?)\s+(?:are|is|will\s+be)\s+(?:all\s+)?(?:judged|assessed|considered|"
    r"treated|notified|informed|interviewed|contacted|reviewed|evaluated|invited|short-?listed)|"
    r"^\W*(?:hand\s+in|send|submit|post|e?-?mail|drop\s+off|ring|call|phone|fax|contact|write\s+to|use\s+(?:the|"
    r"our))\s+"
    r"(?:in\s+)?(?:us|your|the|an?|our|form|link)\b.*\b(?:file|papers|documents|letter|form|link|office|application|"
    r"cv|r[eé]sum[eé]|website|vacancy|desk|lodge)\b|equal\s+opportunit|\beeo\b|without\s+regard|regardless\s+of|"
    r"protected\s+(?:veteran|characteristic|class|"
    r"status)|sexual\s+orientation|reasonable\s+(?:accommodation|adjustment)|background\s+check\b|"
    r"drug\s+(?:test|screen)|e-verify|affirmative\s+action|applications?\s+from\b|all\s+qualified\s+applicants|"
    r"(?:send|submit|email|forward|upload)\s+(?:us\s+)?(?:your|a|an)\s+(?:cv|r[eé]sum[eé]|cover|application|"
    r"portfolio)|apply\s+(?:now|today|online|via|by|through|at|here|directly)\b|"
    r"^\W*to\s+apply\b(?!.{0,20}\b(?:must|need))|to\s+apply\s*(?:,|please|for\s+this)|how\s+to\s+apply|"
    r"click\s+(?:the|on|here)|cover\s+letter|\b(?:send|attach|enclose)\b.*\b(?:cv|r[eé]sum[eé])\b|closing\s+date|"
    r"deadline\s+for\s+app|only\s+(?:shortlisted|successful)\s+candidates|"
    r"successful\s+candidates?\s+will\s+(?:be\s+contacted|undergo|receive|join|report|be\s+(?:based|offered|"
    r"responsible|subject|required\s+to\s+undergo))|"
    r"\b(?:eligib\w+|authori[sz]ed|authori[sz]ation|right|entitled|permitted)\s+to\s+(?:live\s+and\s+)?work\b|"
    r"work\s+(?:permit|visa|authori[sz]ation)|visa\s+sponsorship|bewerbung|"
    r"\b(?:all|no)\s+experience\s+(?:levels?|needed|necessary|required)|(?:full\s+)?training\s+(?:is\s+|"
    r"will\s+be\s+)?(?:provided|given)|we(?:'ll|\s+will)\s+(?:train|teach|provide|give|pay|cover|reply|contact|"
    r"get|review)|don't\s+meet\s+(?:all|every)|this\s+(?:job\s+)?(?:description|posting|advert)",
    re.IGNORECASE,
)
# Benefits, pay and company story. The same words may name a skill ("pension administration", "knowledge of GDPR").
_PERKS = re.compile(
    r"^\W*(?:pay\s+)?grade\s+[A-Z\d]+\b|\bpoints?\s+\d+\s+to\s+\d|\b(?:annual|monthly|hourly)\s+(?:gross|wage)|"
    r"^\W*(?:the\s+)?wages?\b|gdpr|privacy\s+(?:policy|notice)|\b401\s?\(?k\)?|\bpension\b|health\s+insurance|"
    r"medical\s+insurance|"
    r"dental\b.*\b(?:vision|insurance)|\d+\s+weeks'?\s+(?:of\s+)?(?:holiday|leave|vacation)|\ballowance\b|"
    r"paid\s+(?:holiday|time|vacation|leave|sick|parental)|annual\s+leave|\bpto\b|"
    r"days\s+(?:of\s+)?(?:annual\s+|paid\s+)?(?:leave|holiday|vacation)|\bstock\s+options?\b|"
    r"\bequity\b.*\bpackage|parental\s+leave|gym\s+membership|free\s+parking|cycle\s+to\s+work|"
    r"sign(?:ing)?[\s-]on\s+bonus|(?:annual|performance|quarterly|yearly|referral|signing)\s+bonus|"
    r"competitive\s+(?:salary|pay|compensation|package|wage)|salary\s+(?:range|is|of|from|up)|per\s+(?:hour|"
    r"annum)\b|we\s+(?:welcome|encourage|celebrate|value|believe|offer|provide|pride|pay|serve|operate|help|build|"
    r"make|were|started|opened|treat|sponsor)\b|our\s+(?:mission|values|culture|story|founders?|customers|"
    r"employees|benefits)\b|\bfounded\s+(?:in|by)\b|\bestablished\s+in\b|\bsince\s+(?:19|20)\d\d\b|"
    r"(?:over|more\s+than|nearly|almost|past|last)\s+\w+\s+years\s+(?:ago|in\s+business)|"
    r"years\s+(?:ago|in\s+business)\b|\bsponsorship\b|"
    r"^\W*(?:salary|location|hours|job\s+type|contract|schedule|start(?:ing)?\s+date|reports\s+to|pay|"
    r"rate)\s*[:–-]|[$£€]\s?\d|wir\s+bieten|nous\s+offrons|ofrecemos|"
    r"(?:accommodation|training|uniforms?|equipment|meals|tools|transport|parking)\s+(?:(?:is|are|"
    r"will\s+be)\s+)?(?:provided|available|included|given)|employee\s+(?:discount|assistance)|tuition|"
    r"wellness\s+program|(?:life|disability)\s+insurance",
    re.IGNORECASE,
)
_KNOWING = re.compile(
    r"\b(?:knowledge|understanding|familiarity|expertise|experience|background|proficiency|skills)\s+(?:of|in|with)\b|"
    r"\bfamiliar\s+with\b",
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
    "candidates candidate hand post mail email phone ring call use write contact grade points point gross wage wages "
    "equal eeo regard regardless protected orientation accommodation adjustment accommodations adjustments "
    "check drug verify affirmative applicants applications application gdpr privacy k pension insurance dental "
    "paid leave pto days weeks vacation holiday stock equity parental gym parking cycle sign signing bonus "
    "competitive salary per send submit email forward upload apply click cover cv résumé resume closing "
    "deadline only successful we our founded established since years eligible eligibility authorized "
    "authorised authorization authorisation right entitled permitted permit visa sponsorship location hours "
    "type contract schedule date pay rate reports wir nous ofrecemos bewerbung employee tuition wellness life "
    "disability training uniform uniforms equipment meals tools transport meet allowance description posting "
    "advert no all".split()
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


_AGE = re.compile(
    r"(?:(?:must\s+be|be|you\s+are|aged?)\s+)(?:at\s+least\s+|over\s+|aged?\s+)*(?:1[4-9]|2[01])\b(?!\s*(?:lb|kg|km|%))"
    r"(?:\s*\+|\s+years(?:'?\s+of\s+age|\s+old)?)?(?:\s+(?:or|and)\s+(?:older|over|above))?|"
    r"(?:at\s+least\s+)?(?:1[4-9]|2[01])\+?\s+years\s+(?:of\s+age|old|or\s+older)(?:\s+or\s+older)?",
    re.IGNORECASE,
)


def without_age(sentence: Piece) -> Piece:
    """The sentence with a legal minimum age ("at least 18 years old") marked as used: no resume tells it."""
    for match in _AGE.finditer(sentence.text):
        sentence = sentence.take(match.start(), match.end())
    return sentence


def is_noise(text: str, listed: bool = False) -> bool:
    """Whether a sentence is legal text, how to apply, a benefit, pay, or the company speaking of itself.

    `listed`: it is an item of a list of requirements, where words of benefits ("pension") name what is asked for.
    """
    words = words_of(text)
    if words & _NOISE_WORDS or re.search(r"[$£€]", text):
        if _LEGAL.search(text) or (not listed and _PERKS.search(text) and not _KNOWING.search(text)):
            return True
    return bool(words & _COMPANY_WORDS and _COMPANY.search(text) and not _ASKS.search(text))

"""Identity out of a text: names, contacts, addresses, age, gender, marital status, nationality, religion, photos.

A name is taken away only where it is known to be the candidate's own, or where a title ("Mrs") or a label ("Name:",
"Supervisor:") says that it is a name, so that "Grace period accounting" and "will drafting" stay.
"""

from __future__ import annotations

import re

from model.brief.identity import COMMON_WORDS, EMAIL, NAME_LABEL, PARTICLES, PHONE, Identity, identity, is_phone
from model.brief.sections import fold
from model.brief.titles import DOMAIN_WORDS, TITLE_WORDS

__all__ = ["Identity", "identity", "redact"]

NAME, MAIL, CALL, LINK, ADDRESS, POSTCODE, PERSONAL, PHOTO = (
    "[name]", "[email]", "[phone]", "[link]", "[address]", "[postcode]", "[personal]", "[photo]",
)  # fmt: skip

_HOSTS = (
    r"(?:linkedin|github|gitlab|bitbucket|twitter|facebook|fb|instagram|behance|dribbble|medium|stackoverflow|xing"
    r"|kaggle|t|"
    r"x|youtube|tiktok|pinterest|wa|angel|about|researchgate|orcid|scholar\.google|leetcode|hackerrank|codepen|vimeo)"
)
_LINK = re.compile(
    rf"\b(?:https?://|ftp://|www\.)[^\s<>()\[\]|,;]+|\b(?:[a-z]{{2,3}}\.)?{_HOSTS}\.(?:com|org|net|io|me|co"
    rf"|be)/[^\s<>()\[\]|,;]+"
    r"|(?:^|(?<=[\s|•(]))(?:website|homepage|portfolio|blog|linkedin|github|twitter|instagram|facebook|skype|telegram"
    r"|wechat|xing|"
    r"line id|handle)\s*:[^\S\n]*@?[^\s|,;]*[\w/][^\s|,;]*",
    re.I | re.M,
)
_STREET = re.compile(
    r"\b\d{1,5}[a-zA-Z]?(?:[-/]\d{1,4})?,?[^\S\n]+(?:(?:[NSEW]\.?|North|South|East"
    r"|West)[^\S\n]+)?(?:[A-Z0-9][\w.'’-]*[^\S\n]+){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Ter"
    r"|Parkway|Pkwy|"
    r"Highway|Hwy|Close|Crescent|Circle|Cir|Trail|Loop|STREET|AVENUE|ROAD|DRIVE|LANE)\b\.?"
    r"(?:,?\s*(?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.?\s*#?\s*\w+)?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|gasse|allee|ufer|damm)[^\S\n]+\d{1,4}\s?[a-zA-Z]?\b"
    r"|\b[A-ZÄÖÜ][a-zäöüß]+(?:weg|platz|ring)[^\S\n]+\d{1,4}[a-z]?\b|\b[A-ZÄÖÜ][\wäöüß-]+[^\S\n]+(?:Straße|Allee|Weg"
    r"|Platz)[^\S\n]+\d{1,4}[a-z]?\b"
    r"|\b\d{1,4},?\s?(?:bis\s|ter\s)?(?:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|route)[^\S\n]+(?:d|l"
    r"|[A-ZÀ-Ý])[^\n,|]{2,40}"
    r"|\b(?:Calle|Avenida|Avda\.?|Plaza|Paseo|Carrera|C/|Via|Viale|Piazza|Rua|Travessa)[^\S\n]+[A-ZÀ-Ý][^\n,"
    r"|\d]{2,40},?\s*(?:n[º°.]\s*)?\d{1,4}"
    r"|\bP\.?\s?O\.?\s?Box[^\S\n]+\d+"
)
_POSTCODE = re.compile(
    r"(?<=\b[A-Z]{2}[ ,])\s?\d{5}(?:-\d{4})?\b|\b(?:D|CH|A|F|I|E|NL|B|L)-\d{4,5}\b(?=\s+[A-Z])"
    r"|\b(?!\w{2,4}\s\d(?:GB|TB|MB|D)\b)[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}\b"
    r"|\b[A-CEGHJ-NPR-TVXY]\d[A-Z]\s?\d[A-Z]\d\b"
    r"|(?<=\[address\]), ?(?:\d{4,6}|\d{3}\s\d{2})\b|(?i:\b(?:post(?:al)?\s?code|zip(?:\s?code)?|plz"
    r"|pin\s?code)\s*[:.]\s*[A-Z\d -]{4,9})"
)
_PERSONAL_LABEL = (
    r"(?:date of birth|birth\s?date|birthday|d\.?o\.?b\.?|place of birth|birthplace|born(?: on| in)?|geburtsdatum"
    r"|geburtsort|"
    r"geboren(?: am)?|date de naissance|lieu de naissance|née? le|fecha de nacimiento|lugar de nacimiento"
    r"|data di nascita|"
    r"data de nascimento|age|alter|âge|edad|sex|gender|geschlecht|sexe|sexo|pronouns?|marital\s+status|civil\s+status"
    r"|status|"
    r"familienstand|état civil|situation familiale|estado civil|nationality|nationalit[yé]|citizenship"
    r"|staatsangehörigkeit|"
    r"staatsbürgerschaft|nationalité|nacionalidad|nazionalità|religion|religious affiliation|faith|konfession|caste"
    r"|race|"
    r"ethnicity|ethnic origin|children|kinder|enfants|hijos|dependents|father'?s name|mother'?s name"
    r"|spouse(?:'s name)?|"
    r"husband'?s name|passport(?: no\.?| number)?|ssn|social security(?: no\.?| number)?|national id|id (?:no\.?"
    r"|number)|"
    r"aadhaar|height|weight|blood group|health|present resident(?: in)?)"
)
_PERSONAL = re.compile(
    rf"(?im)(?:^|(?<=[|•;,.\t])|(?<=\s\s))(?P<lead>[^\S\n]*(?:[#*_>•·-]+[^\S\n]*)*)(?P<label>{_PERSONAL_LABEL})[*_]*"
    rf"(?:[^\S\n]*[:=][*_]*[^\S\n]*|[^\S\n]+[-–][^\S\n]+)(?P<value>(?:(?!\s{_PERSONAL_LABEL}\s*:)[^\n|;•\t]){{1,80}})"
)
_WORK_STATUS = re.compile(r"\s*(?:full|part|permanent|active|available|employed|contract|completed|ongoing|f-?1|h-?1"
r"|us citizen|green)", re.I)
_AGE = re.compile(
    r"\b(?:I(?:'m| am)\s+)?(?:a\s+)?(?:1[6-9]|[2-7]\d)(?:[\s-]years?[\s-]old|\s?y/?o\b| Jahre alt| ans\b(?=,)"
    r"| años de edad)"
    r"(?:\s+(?:wo)?man\b|\s+(?:fe)?male\b)?|\b(?:born|geboren|geb\.|née?|nacid[oa])\s+(?:on|in|am|le|el|en|the)?\s*"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:\d{1,2}(?:st|nd|rd|th"
    r"|\.)?\s+(?:of\s+)?)?[A-Z]\w{2,9}\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d|"
    r"(?:19|20)\d\d)(?:\s+in\s+[A-Z]\w+)?|(?<=, )aged?\s(?:1[6-9]|[2-7]\d)\b",
    re.I,
)
_STATUS_WORDS = re.compile(
    r"(?i:\b(?:un)?married\b(?:\s*,?\s*(?:with\s+)?(?:no|one|two|three|four|\d)\s+(?:children|kids|child))?"
    r"|\bdivorced\b|\bwidow(?:ed|er)?\b"
    r"|\bledig\b|\bverheiratet\b|\bgeschieden\b|\bmari[ée]e?\b(?=\s*(?:,|$|\d))|\bcélibataire\b|\bsolter[oa]\b"
    r"|\bcasad[oa]\b"
    r"|\b(?:mother|father)\s+of\s+(?:one|two|three|four|\d)\b|\bsingle\s+(?:mother|father|mom|dad|parent)\b)"
    r"|^(?i:\s*(?:single|male|female|man|woman|(?:christian|muslim|hindu|jewish|buddhist|sikh|catholic))\s*[.,]?\s*)$"
    r"|(?<=\ba )(?:practi[sc]ing\s+)?(?:Christian|Muslim|Hindu|Jew|Buddhist|Sikh|Catholic)\b(?=[.,]|\s+and\b)"
    r"|\b[A-Z][a-z]+(?:n|sh|ese|i)\s+(?:national|citizen)\b|\b(?:national|citizen) of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?",
    re.M,
)
_PHOTO = re.compile(r"(?im)\[(?:photo|image|picture|bild)[^\]\n]*\]|^\s*(?:photo|picture|foto|bild"
r"|lichtbild)\s*:?[^\S\n]*\S*$|\b\S+\.(?:jpe?g|png)\b")
_NOT_PERSON = (
    r"(?!(?i:office|word|excel|project|access|outlook|power|sql|teams|windows|dynamics|azure|visio|in|degree|and|or)\b)"
)
_TITLED = re.compile(
    rf"(?:\b(?:Mr|Mrs|Ms|Mx|Miss|Mister|Madam|Dr|Prof|Professor|Herr|Herrn|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra"
    rf"|Signora?)\b\.?"
    rf"[^\S\n]+){_NOT_PERSON}[A-ZÀ-Ý][\w'’.-]*(?:[^\S\n]+(?:(?:van|de|der|den|von|la|al"
    rf"|bin)[^\S\n]+){{0,2}}[A-ZÀ-Ý][\w'’-]+){{0,2}}"
)
_LABELLED = re.compile(
    r"(?im)(?:^|(?<=[|•;]))(?P<label>[^\S\n]*(?:[*•-]\s*)?(?:supervisor|referee|reference|contact\s+person"
    r"|reporting\s+to|reported\s+to|"
    r"line\s+manager|name)(?:'s\s+name)?\s*:\s*)(?-i:(?P<name>[A-ZÀ-Ý][\w'’.-]+(?:[^\S\n]+[A-ZÀ-Ý][\w'’.-]*){1,3}))"
)
NEUTRAL = {
    "he": "they", "she": "they", "him": "them", "his": "their", "hers": "theirs", "himself": "themself",
    "herself": "themself", "he/she": "they", "she/he": "they", "his/her": "their", "her/his": "their", "s/he": "they",
    "chairman": "chairperson", "chairwoman": "chairperson", "salesman": "salesperson", "saleswoman": "salesperson",
    "waitress": "waiter", "waitresses": "waiters", "actress": "actor", "stewardess": "flight attendant",
    "businessman": "businessperson", "businesswoman": "businessperson", "spokesman": "spokesperson",
    "spokeswoman": "spokesperson", "policeman": "police officer", "policewoman": "police officer",
    "fireman": "firefighter", "hostess": "host", "headmaster": "head teacher", "headmistress": "head teacher",
}  # fmt: skip
_NEUTRAL = re.compile(r"(?<![\w/])(?:" + "|".join(sorted(NEUTRAL, key=len, reverse=True)) + r"|her)(?![\w/])", re.I)
PLURAL_VERB = {"is": "are", "was": "were", "has": "have", "does": "do"}
_VERB_AFTER = re.compile(r"\b((?:[Ss]?[Hh]e|SHE|HE)\s+)(is|was|has|does)\b")


_ACTS = re.compile(r"['’]s\b|\s+(?:[a-z]+ed|led|is|was|has|had|ran|built|grew|holds|brings|works|manages|leads)\b")


def _is_common(word: str) -> bool:
    """Whether a part of a name is also a word of working life, so that alone it is no sure sign of the candidate."""
    return word in COMMON_WORDS or word in PARTICLES or word in TITLE_WORDS or word in DOMAIN_WORDS


def _redact_name(text: str, who: Identity) -> str:
    parts = [p for p in who.parts if len(p) > 1]
    if not parts:
        return text
    words = {p for p in parts}
    for part in parts:
        words.update(piece for piece in re.split(r"[-']", part) if len(piece) > 2)
    any_part = "|".join(re.escape(w).replace("'", "['’`]") for w in sorted(words, key=len, reverse=True))
    particle = "|".join(sorted(PARTICLES, key=len, reverse=True))
    between = rf"(?:(?:[^\S\n]|[,'’\"()-]){{1,3}}(?:(?:{particle}|[a-z]\.?)[^\S\n]{{1,2}}){{0,3}})"
    run = re.compile(rf"(?<![\w@])(?:(?:[a-z]\.\s?){{0,2}})(?:{any_part})(?:{between}(?:{any_part}))*(?![\w@])")
    spaced = r"[^\S\n]{2,4}".join(" ".join(map(re.escape, part)) for part in parts)
    run = re.compile(rf"(?<!\S){spaced}(?!\S)|{run.pattern}")
    folded = fold(text)
    out, begin = [], 0
    for match in run.finditer(folded):
        shown, found = text[match.start() : match.end()], re.findall(any_part, match[0])
        single = len(found) == 1
        if single and not re.search(r"[^\W\d_a-zß-ÿ]", shown):
            continue
        if single and _is_common(found[0]) and not _ACTS.match(text, match.end()):
            continue
        out += [text[begin : match.start()], NAME]
        begin = match.end()
    return "".join([*out, text[begin:]])


def _neutral(match: re.Match) -> str:
    word = match[0]
    if word.lower() == "her":
        following = match.string[match.end() : match.end() + 2]
        new = "their" if re.match(r"\s[\w]", following) else "them"
    else:
        new = NEUTRAL[word.lower()]
    return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new


def _personal(match: re.Match) -> str:
    if match["label"].lower() == "status" and _WORK_STATUS.match(match["value"]):
        return match[0]
    return match["lead"] + PERSONAL


def redact(text: str, who: Identity | None = None) -> str:
    """`text` with every mark of identity replaced by a neutral token.

    `who` is the candidate's name, as `identity` finds it in the whole document; without it the name is looked for in
    `text` itself. The result is the same for two documents that differ only in the name.
    """
    who = identity(text) if who is None else who
    text = EMAIL.sub(MAIL, text)
    text = _LINK.sub(LINK, text)
    text = _PHOTO.sub(PHOTO, text)
    text = NAME_LABEL.sub(lambda m: m[0][: m.start("name") - m.start()] + NAME, text)
    text = _redact_name(text, who)
    text = _PERSONAL.sub(_personal, text)
    text = _AGE.sub(PERSONAL, text)
    text = PHONE.sub(lambda m: (m["label"] or "") + CALL if is_phone(m) else m[0], text)
    text = _STREET.sub(ADDRESS, text)
    text = _POSTCODE.sub(f" {POSTCODE}", text)
    text = _TITLED.sub(NAME, text)
    text = _LABELLED.sub(lambda m: m["label"] + NAME, text)
    text = _STATUS_WORDS.sub(PERSONAL, text)
    text = _VERB_AFTER.sub(lambda m: m[1] + PLURAL_VERB[m[2]], text)
    text = _NEUTRAL.sub(_neutral, text)
    text = re.sub(r"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau|Mme|Sra?)\b\.?[^\S\n]+\[name\]", NAME, text)
    return re.sub(r"\[name\](?:[ ,'-]{1,2}\[name\])+", NAME, text)

"""Identity out of a text: names, contacts, addresses, age, gender, marital status, nationality, religion, photos.

A name is taken away only where it is known to be the candidate's own, or where a title ("Mrs") or a label ("Name:",
"Supervisor:") says that it is a name, so that "Grace period accounting" and "will drafting" stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.brief.resume import has_title_word
from model.brief.sections import fold, heading_section

NAME, EMAIL, PHONE, LINK, ADDRESS, POSTCODE, PERSONAL, PHOTO = (
    "[name]", "[email]", "[phone]", "[link]", "[address]", "[postcode]", "[personal]", "[photo]",
)  # fmt: skip

PARTICLES = frozenset("van der den de la le du des da dos das di del della von zu zur ten ter el al bin ibn binti ben bint y e "
                      "san st mac mc abu ould ul ur do af av".split())  # fmt: skip
CREDENTIALS = frozenset(
    "phd ph.d md m.d mba cpa rn bsn msn lpn pmp cfa cissp jd esq jr sr ii iii iv ma ms msc bsc ba bs mph dds dvm pe dr "
    "cma cfp phr sphr shrm-cp shrm-scp lcsw ccna mcse acca aca cipd np fnp cna emt pharmd dpt od edd med bed dipl ing "
    "dipl.-ing prof mr mrs ms miss mx".split()
)
# Names that are also words of working life: alone in a text they stay.
COMMON_WORDS = frozenset(
    "will grace rose mark chase hunter may june april august summer autumn young baker cook mason carter cooper turner miller "
    "taylor smith fisher parker potter carpenter butler porter shepherd weaver walker page bishop king prince banks bill bob "
    "frank grant drew art pat rich rob sue jack ray dean earl major minor sterling brown black white green gray grey gold "
    "long short strong sharp best day night west east north south hill wood woods forest rivers lake field fields ford bridge "
    "bush berry bean rice salmon wolf fox bird swan hope faith joy charity pearl ruby amber jade iris lily daisy violet olive "
    "ivy heather robin jay dawn eve sky star angel christian jordan paris london austin dallas houston chelsea brooklyn "
    "phoenix orlando lincoln washington jackson madison florence georgia virginia carolina chester lancaster bond cash price "
    "sales cross nurse driver clark archer gardener gardner sawyer tanner taylor thatcher tucker wheeler wright law judge "
    "marshall sargent pope abbott deacon church temple chance case cole dale glen guy hall holt home house james java ruby "
    "python perl julia scala pascal ada kotlin swift oracle max min penny piper reed rusty sandy sage scout shelby skipper "
    "storm teal trace van wade ward webb wells wing wise york an do so le no son in on my you he she to he do the and of "
    "bell book books box brook brooks case church craft cannon castle crane drake finch flowers frost gates harper hardy "
    "harmony honor ink land lane love lovelace marble may moss nails paige park peace pike pool power powers pride quick "
    "ramp read reading ridge root ross savage self set shields small snow sparks speed spring steel stone sun sweet tang tell "
    "trust vale victor victory vine wall waters way weeks wild winter winters work word worth".split()
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['’`\-.](?=[^\W\d_]))*\.?"
_NAME_LABEL = re.compile(
    r"(?im)^[^\S\n]*(?:[#*_>•-]+[^\S\n]*)*(?P<label>(?:full|first|last|given|family|middle|sur|candidate(?:'s)?|applicant(?:'s)?|"
    r"legal|preferred|maiden)?[ -]?names?(?:[ ]of[ ](?:candidate|applicant))?|surname|vorname|nachname|familienname|nom|"
    r"pr[ée]nom|nombre|apellidos?|nome|cognome|sobrenome|naam|candidate|applicant)[*_]*[^\S\n]*(?::|\s[-–—]\s|=)[*_]*[^\S\n]*"
    r"(?P<name>[^\n|;,:@\d•]{2,60})"
)
_INTRODUCED = re.compile(
    rf"(?:(?i:\bmy name is|\bI am called|\bich hei(?:ß|ss)e|\bje m'appelle|\bme llamo|\b(?:resume|résumé|cv|curriculum vitae|"
    rf"bewerbung|lebenslauf|profile)\s*(?:of|for|von|de|:|-|–))\s+)(?P<name>(?![a-zß-ÿ]){_WORD}(?:\s+{_WORD}){{0,4}})"
)
_EMAIL = re.compile(
    r"[\w.+%'-]+\s?(?:@|\s?[\[(]\s?at\s?[\])]\s?)\s?[\w-]+(?:\.[\w-]+)+|[\w.+-]+\s?\[at\]\s?[\w-]+\s?\[dot\]\s?\w+", re.I
)
_PHONE_LABEL = r"(?:phone|tel(?:efon|ephone|éfono)?|mobile|mobil|cell|fax|handy|whatsapp|m[óo]vil|ph|t|m)"
_PHONE = re.compile(
    rf"(?P<label>(?<![\w]){_PHONE_LABEL}\b\.?\s*(?:no\.?|number)?\s*[:.]?\s*)?(?<![\w.,$€£/+-])"
    r"(?P<number>\+?\(?\+?\d{1,5}\)?(?:[ \u00a0.\-/\u2011\u2013]{0,2}\(?\d{2,5}\)?){1,5})(?![\w%])(?:\s*(?:ext\.?|x)\s*\d{1,5})?",
    re.I,
)
_DATEISH = re.compile(r"(?:19|20)\d\d\s*[-–/.]\s*(?:(?:19|20)?\d\d)\b|\b\d{1,2}[/.](?:\d{1,2}[/.])?(?:19|20)\d\d|^(?:19|20)\d\d\s")
_HOSTS = (
    r"(?:linkedin|github|gitlab|bitbucket|twitter|facebook|fb|instagram|behance|dribbble|medium|stackoverflow|xing|kaggle|t|"
    r"x|youtube|tiktok|pinterest|wa|angel|about|researchgate|orcid|scholar\.google|leetcode|hackerrank|codepen|vimeo)"
)
_LINK = re.compile(
    rf"\b(?:https?://|ftp://|www\.)[^\s<>()\[\]|,;]+|\b(?:[a-z]{{2,3}}\.)?{_HOSTS}\.(?:com|org|net|io|me|co|be)/[^\s<>()\[\]|,;]+"
    r"|(?:^|(?<=[\s|•(]))(?:website|homepage|portfolio|blog|linkedin|github|twitter|instagram|facebook|skype|telegram|wechat|xing|"
    r"line id|handle)\s*:[^\S\n]*@?[^\s|,;]*[\w/][^\s|,;]*",
    re.I | re.M,
)
_STREET = re.compile(
    r"\b\d{1,5}[a-zA-Z]?(?:[-/]\d{1,4})?,?[^\S\n]+(?:(?:[NSEW]\.?|North|South|East|West)[^\S\n]+)?(?:[A-Z0-9][\w.'’-]*[^\S\n]+){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|"
    r"Highway|Hwy|Close|Crescent|Circle|Cir|Trail|Loop|STREET|AVENUE|ROAD|DRIVE|LANE)\b\.?"
    r"(?:,?\s*(?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.?\s*#?\s*\w+)?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|gasse|allee|ufer|damm)[^\S\n]+\d{1,4}\s?[a-zA-Z]?\b"
    r"|\b[A-ZÄÖÜ][a-zäöüß]+(?:weg|platz|ring)[^\S\n]+\d{1,4}[a-z]?\b|\b[A-ZÄÖÜ][\wäöüß-]+[^\S\n]+(?:Straße|Allee|Weg|Platz)[^\S\n]+\d{1,4}[a-z]?\b"
    r"|\b\d{1,4},?\s?(?:bis\s|ter\s)?(?:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|route)[^\S\n]+(?:d|l|[A-ZÀ-Ý])[^\n,|]{2,40}"
    r"|\b(?:Calle|Avenida|Avda\.?|Plaza|Paseo|Carrera|C/|Via|Viale|Piazza|Rua|Travessa)[^\S\n]+[A-ZÀ-Ý][^\n,|\d]{2,40},?\s*(?:n[º°.]\s*)?\d{1,4}"
    r"|\bP\.?\s?O\.?\s?Box[^\S\n]+\d+"
)
_POSTCODE = re.compile(
    r"(?<=\b[A-Z]{2}[ ,])\s?\d{5}(?:-\d{4})?\b|\b(?:D|CH|A|F|I|E|NL|B|L)-\d{4,5}\b(?=\s+[A-Z])"
    r"|\b(?!\w{2,4}\s\d(?:GB|TB|MB|D)\b)[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}\b|\b[A-CEGHJ-NPR-TVXY]\d[A-Z]\s?\d[A-Z]\d\b"
    r"|(?<=\[address\]), ?(?:\d{4,6}|\d{3}\s\d{2})\b|(?i:\b(?:post(?:al)?\s?code|zip(?:\s?code)?|plz|pin\s?code)\s*[:.]\s*[A-Z\d -]{4,9})"
)
_PERSONAL_LABEL = (
    r"(?:date of birth|birth\s?date|birthday|d\.?o\.?b\.?|place of birth|birthplace|born(?: on| in)?|geburtsdatum|geburtsort|"
    r"geboren(?: am)?|date de naissance|lieu de naissance|née? le|fecha de nacimiento|lugar de nacimiento|data di nascita|"
    r"data de nascimento|age|alter|âge|edad|sex|gender|geschlecht|sexe|sexo|pronouns?|marital\s+status|civil\s+status|status|"
    r"familienstand|état civil|situation familiale|estado civil|nationality|nationalit[yé]|citizenship|staatsangehörigkeit|"
    r"staatsbürgerschaft|nationalité|nacionalidad|nazionalità|religion|religious affiliation|faith|konfession|caste|race|"
    r"ethnicity|ethnic origin|children|kinder|enfants|hijos|dependents|father'?s name|mother'?s name|spouse(?:'s name)?|"
    r"husband'?s name|passport(?: no\.?| number)?|ssn|social security(?: no\.?| number)?|national id|id (?:no\.?|number)|"
    r"aadhaar|height|weight|blood group|health|present resident(?: in)?)"
)
_PERSONAL = re.compile(
    rf"(?im)(?:^|(?<=[|•;,.\t])|(?<=\s\s))(?P<lead>[^\S\n]*(?:[#*_>•·-]+[^\S\n]*)*)(?P<label>{_PERSONAL_LABEL})[*_]*"
    rf"(?:[^\S\n]*[:=][*_]*[^\S\n]*|[^\S\n]+[-–][^\S\n]+)(?P<value>(?:(?!\s{_PERSONAL_LABEL}\s*:)[^\n|;•\t]){{1,80}})"
)
_WORK_STATUS = re.compile(r"\s*(?:full|part|permanent|active|available|employed|contract|completed|ongoing|f-?1|h-?1|us citizen|green)", re.I)
_AGE = re.compile(
    r"\b(?:I(?:'m| am)\s+)?(?:a\s+)?(?:1[6-9]|[2-7]\d)(?:[\s-]years?[\s-]old|\s?y/?o\b| Jahre alt| ans\b(?=,)| años de edad)"
    r"(?:\s+(?:wo)?man\b|\s+(?:fe)?male\b)?|\b(?:born|geboren|geb\.|née?|nacid[oa])\s+(?:on|in|am|le|el|en|the)?\s*"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?[A-Z]\w{2,9}\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d|"
    r"(?:19|20)\d\d)(?:\s+in\s+[A-Z]\w+)?|(?<=, )aged?\s(?:1[6-9]|[2-7]\d)\b",
    re.I,
)
_STATUS_WORDS = re.compile(
    r"(?i:\b(?:un)?married\b(?:\s*,?\s*(?:with\s+)?(?:no|one|two|three|four|\d)\s+(?:children|kids|child))?|\bdivorced\b|\bwidow(?:ed|er)?\b"
    r"|\bledig\b|\bverheiratet\b|\bgeschieden\b|\bmari[ée]e?\b(?=\s*(?:,|$|\d))|\bcélibataire\b|\bsolter[oa]\b|\bcasad[oa]\b"
    r"|\b(?:mother|father)\s+of\s+(?:one|two|three|four|\d)\b|\bsingle\s+(?:mother|father|mom|dad|parent)\b)"
    r"|^(?i:\s*(?:single|male|female|man|woman|(?:christian|muslim|hindu|jewish|buddhist|sikh|catholic))\s*[.,]?\s*)$"
    r"|(?<=\ba )(?:practi[sc]ing\s+)?(?:Christian|Muslim|Hindu|Jew|Buddhist|Sikh|Catholic)\b(?=[.,]|\s+and\b)"
    r"|\b[A-Z][a-z]+(?:n|sh|ese|i)\s+(?:national|citizen)\b|\b(?:national|citizen) of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?",
    re.M,
)
_PHOTO = re.compile(r"(?im)\[(?:photo|image|picture|bild)[^\]\n]*\]|^\s*(?:photo|picture|foto|bild|lichtbild)\s*:?[^\S\n]*\S*$|\b\S+\.(?:jpe?g|png)\b")
_NOT_PERSON = r"(?!(?i:office|word|excel|project|access|outlook|power|sql|teams|windows|dynamics|azure|visio|in|degree|and|or)\b)"
_TITLED = re.compile(
    rf"(?:\b(?:Mr|Mrs|Ms|Mx|Miss|Mister|Madam|Dr|Prof|Professor|Herr|Herrn|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra|Signora?)\b\.?"
    rf"[^\S\n]+){_NOT_PERSON}[A-ZÀ-Ý][\w'’.-]*(?:[^\S\n]+(?:(?:van|de|der|den|von|la|al|bin)[^\S\n]+){{0,2}}[A-ZÀ-Ý][\w'’-]+){{0,2}}"
)
_LABELLED = re.compile(
    r"(?im)(?:^|(?<=[|•;]))(?P<label>[^\S\n]*(?:[*•-]\s*)?(?:supervisor|referee|reference|contact\s+person|reporting\s+to|reported\s+to|"
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


@dataclass(frozen=True)
class Identity:
    """The candidate's own name: `parts` in reading order, folded to lower case without accents."""

    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)


def _parts(name: str) -> list[str]:
    """The words of a name, folded: hyphenated and apostrophised ones whole."""
    words = re.findall(r"[^\W\d_](?:[^\W\d_]|['’`-](?=[^\W\d_]))*", fold(name).replace("’", "'").replace("`", "'"))
    return [w for w in words if w not in CREDENTIALS]


def _header_name(line: str, mail: str) -> list[str]:
    """The name in a header line such as "JANE DOE, CPA | Accountant"; empty where it holds none."""
    bare = line.strip(" \t#*_=|•-–—:")
    if re.fullmatch(r"(?:\w ){2,}(?:\s{1,3}(?:\w )+)*\w", bare):
        bare = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", bare))
    bare = re.split(r"\s+[-–—|•·]\s*|\s*[|•·]\s*|\t+|\s{3,}|[(\[{]", bare)[0]
    pieces = [p.strip() for p in bare.split(",")]
    if len(pieces) == 2 and len(pieces[0].split()) <= 2 and len(pieces[1].split()) <= 2 and _parts(pieces[1]):
        bare = f"{pieces[1]} {pieces[0]}"
    else:
        bare = pieces[0]
    words = bare.split()
    if not 1 <= len(words) <= 6 or not all(re.fullmatch(_WORD, w) for w in words) or heading_section(bare):
        return []
    parts = _parts(bare)
    core = [p for p in parts if p not in PARTICLES and len(p) > 1]
    if not core or any(w[0].islower() and fold(w) not in PARTICLES for w in words):
        return []
    known = any(len(p) > 2 and p.replace("'", "").replace("-", "") in mail for p in core)
    if known and (len(core) > 1 or mail.startswith(core[0])):
        return parts
    return [] if has_title_word(bare) or fold(bare) in ("resume", "cv", "curriculum vitae", "lebenslauf") else parts


def identity(text: str) -> Identity:
    """The candidate's own name, from a label, an introduction, or the header of a whole resume; empty where unknown."""
    found: list[str] = []
    for match in _NAME_LABEL.finditer(text[:6000]):
        found += _parts(match["name"])
    for match in _INTRODUCED.finditer(text[:6000]):
        found += _parts(match["name"])
    lines = [line for line in text[:1500].splitlines() if line.strip()][:8]
    mails = [fold(m[0].split("@")[0]) for m in _EMAIL.finditer(text[:3000])]
    mail = re.sub(r"[^a-z]", "", mails[0]) if mails else ""
    contact = bool(mail) or any(_is_phone(m) for line in lines for m in _PHONE.finditer(line))
    if not found and (contact or len(lines) >= 6):
        for line in lines[:4]:
            if parts := _header_name(line, mail):
                found = parts if contact or len(parts) > 1 else []
                break
    if not found and mails:
        found = [p for p in re.findall(r"[a-z]{3,}", mails[0]) if p not in ("info", "mail", "contact", "email", "resume", "jobs")]
        found = found if len(found) >= 2 else []
    return Identity(tuple(dict.fromkeys(p for p in found if len(p) <= 30)))


def _is_phone(match: re.Match) -> bool:
    number = match["number"]
    digits = sum(c.isdigit() for c in number)
    if not 7 <= digits <= 15 or _DATEISH.search(number):
        return False
    if match["label"]:
        return True
    if number.startswith(("+", "(")):
        return digits >= 8
    if re.fullmatch(r"\d{3}[-. ]\d{3}[-. ]\d{4}|\d{10,11}|1[-. ]\d{3}[-. ]\d{3}[-. ]\d{4}|\d{5} \d{5,6}", number):
        return True
    return number.startswith("0") and digits >= 9 and not re.fullmatch(r"\d{4}[-–]\d{4}", number)


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
        if single and (found[0] in COMMON_WORDS or found[0] in PARTICLES or not re.search(r"[^\W\d_a-zß-ÿ]", shown)):
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
    text = _EMAIL.sub(EMAIL, text)
    text = _LINK.sub(LINK, text)
    text = _PHOTO.sub(PHOTO, text)
    text = _NAME_LABEL.sub(lambda m: m[0][: m.start("name") - m.start()] + NAME, text)
    text = _redact_name(text, who)
    text = _PERSONAL.sub(_personal, text)
    text = _AGE.sub(PERSONAL, text)
    text = _PHONE.sub(lambda m: (m["label"] or "") + PHONE if _is_phone(m) else m[0], text)
    text = _STREET.sub(ADDRESS, text)
    text = _POSTCODE.sub(f" {POSTCODE}", text)
    text = _TITLED.sub(NAME, text)
    text = _LABELLED.sub(lambda m: m["label"] + NAME, text)
    text = _STATUS_WORDS.sub(PERSONAL, text)
    text = _VERB_AFTER.sub(lambda m: m[1] + PLURAL_VERB[m[2]], text)
    text = _NEUTRAL.sub(_neutral, text)
    return re.sub(r"\[name\](?:[ ,'-]{1,2}\[name\])+", NAME, text)

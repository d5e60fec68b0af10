"""The candidate's own name: found in a label, an introduction, or the header of a whole resume."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.brief.sections import fold, heading_section
from model.brief.titles import DOMAIN_WORDS, TITLE_WORDS, has_title_word

PARTICLES = frozenset(
    "van der den de la le du des da dos das di del della von zu zur ten ter el al bin ibn binti ben bint y e san st "
    "mac mc abu ould ul ur do af av".split()
)
CREDENTIALS = frozenset(
    "phd ph.d md m.d mba cpa rn bsn msn lpn pmp cfa cissp jd esq jr sr ii iii iv ma ms msc bsc ba bs mph dds dvm pe dr "
    "cma cfp phr sphr shrm-cp shrm-scp lcsw ccna mcse acca aca cipd np fnp cna emt pharmd dpt od edd med bed dipl ing "
    "dipl.-ing prof mr mrs ms miss mx".split()
)
# Names that are also words of working life: alone in a text they stay.
COMMON_WORDS = frozenset(
    "will grace rose mark chase hunter may june april august summer autumn young baker cook mason carpenter butler "
    "shepherd walker page bishop king prince banks bill frank grant drew art rich major minor brown black white green "
    "gray grey gold long short strong sharp best day night west east north south hill wood woods forest rivers lake "
    "field fields ford bridge berry bean rice salmon wolf fox bird swan hope faith joy charity pearl ruby amber jade "
    "violet olive dawn sky star angel bond cash price sales cross nurse driver archer gardener wheeler wright law "
    "judge marshall pope deacon church temple chance case home house java python perl julia scala swift oracle max "
    "min penny rusty sandy sage scout storm teal trace wing wise bell book books box brook craft cannon flowers frost "
    "harmony honor ink land lane love marble moss nails park peace pike pool power powers pride quick ramp read "
    "reading ridge root ross savage self set shields small snow sparks speed spring steel stone sun sweet tang tell "
    "trust vale victory vine wall waters way weeks wild winter winters work word worth".split()
)
# Names that end like occupations.
LIKE_TITLES = frozenset(
    "walker parker taylor miller turner cooper fisher carter foster hunter harper tucker spencer palmer fowler weber "
    "mueller muller schneider fischer becker wagner keller schafer bauer meyer mayer maier berger huber kohler kruger "
    "snyder webster gardner sawyer baxter dexter chandler wheeler warner archer barker potter singer oliver alexander "
    "peter jennifer christopher heather walter roger amber tyler esther javier xavier skyler julian adrian brian "
    "christian vivian marian lillian gillian damian fabian sebastian florian victor hector igor trevor connor eleanor "
    "salvador lior viktor gunther rainer dieter werner gunter holger kiefer sander xander lester chester "
    "fuller butler porter cutler fletcher thatcher sumner skinner glover hooper barber draper mercer tanner conner "
    "decker dreher forster hofer kaiser lehrer maurer pfeiffer richter ritter schuster steiner stryker zeiler".split()
)
# Words that no header name is made of.
NO_NAME = DOMAIN_WORDS | frozenset(
    "services service experience six sigma lean unit special skills skill technical computer objective solutions "
    "express customer camp proven highly organized company name city state microsoft office programming languages "
    "health care healthcare public relations human resources information technology business management professional "
    "personal summary highlights education career work history curriculum vitae resume page confidential contact "
    "details address phone email mobile international national global senior junior team project program general "
    "quality process social media digital web new united states street avenue road north south east west university "
    "college school department division group black belt green certified registered licensed used word excel power "
    "point areas expertise core strong excellent energetic dedicated motivated results detail oriented creative "
    "dynamic hardworking experienced open available immediate and or the of for with in to at by on a an i would have "
    "has been track record".split()
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['’`\-.](?=[^\W\d_]))*\.?"
NAME_LABEL = re.compile(
    r"(?im)^[^\S\n]*[#*_>•\t -]*(?P<label>(?:full|first|last|given|family|middle|sur|candidate(?:'s)?"
    r"|applicant(?:'s)?|legal|preferred|maiden)?[ -]?names?(?:[ ]of[ ](?:candidate|applicant))?|surname|vorname"
    r"|nachname|familienname|nom|pr[ée]nom|nombre|apellidos?|nome|cognome|sobrenome|naam)[*_]*[^\S\n]*(?::|\s[-–—]\s|=)[*_]*[^\S\n]*"
    r"(?P<name>[^\n|;,:@\d•]{2,60}?)(?=[^\S\n]+(?:e-?mail|phone|tel|mobile|cell|address|date|dob|age|sex|gender|contact|"
    r"nationality|linkedin)\b|[|;,:@\d•\n]|\Z)"
)
_GIVEN = rf"(?![a-zß-ÿ]){_WORD}"
_INTRODUCED = re.compile(
    rf"(?:(?i:\b(?:my name is|I am called|ich hei(?:ß|ss)e|je m'appelle|me llamo)[^\S\n]+)"
    rf"|(?im:^\W*(?:resume|résumé|cv|curriculum vitae|bewerbung|lebenslauf)\s*(?:of|for|von|de|:|-|–)[^\S\n]+))"
    rf"(?P<name>{_GIVEN}(?:[^\S\n]+(?:(?:{'|'.join(sorted(PARTICLES))})[^\S\n]+){{0,3}}{_GIVEN}){{0,3}})"
)
EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%'-]{1,64}\s?(?:@|\s?[\[(]\s?at\s?[\])]\s?)\s?[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?\[at\]\s?[\w-]{1,64}\s?\[dot\]\s?\w{1,16}",
    re.I,
)
_PHONE_LABEL = r"(?:phone|tel(?:efon|ephone|éfono)?|mobile|mobil|cell|fax|handy|whatsapp|m[óo]vil|ph|t|m)"
PHONE = re.compile(
    rf"(?P<label>(?<![\w]){_PHONE_LABEL}\b\.?\s*(?:no\.?|number)?\s*[:.]?\s*)?(?<![\w.,$€£/+-])"
    r"(?P<number>\+?\(?\+?\d{1,5}\)?(?:[ \u00a0.\-/\u2011\u2013]{0,2}\(?\d{2,5}\)?){1,5})(?![\w%])(?:\s*(?:ext\.?"
    r"|x)\s*\d{1,5})?",
    re.I,
)
_DATEISH = re.compile(
    r"(?:19|20)\d\d\s*[-–/.]\s*(?:(?:19|20)?\d\d)\b|\b\d{1,2}[/.](?:\d{1,2}[/.])?(?:19|20)\d\d|^(?:19|20)\d\d\s"
    r"|\b\d{1,2}/\d{1,2}/\d{2}\b"
)


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


def _header_name(line: str) -> list[str]:
    """The words of a header line such as "JANE DOE, CPA | Accountant" that have the form of a name."""
    bare = line.strip(" \t#*_=|•-–—:")
    if re.fullmatch(r"(?:\w ){2,}(?:\s{1,3}(?:\w )+)*\w", bare):
        bare = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", bare))
    bare = re.split(r"\s+[-–—|•·]\s*|\s*[|•·]\s*|\t+|\s{3,}|[(\[{]", bare)[0]
    pieces = [p.strip() for p in bare.split(",")]
    swapped = len(pieces) == 2 and all(1 <= len(p.split()) <= 2 for p in pieces) and _parts(pieces[1])
    if swapped and re.fullmatch(rf"{_WORD}(?:\s+{_WORD})*", pieces[1]):
        bare = f"{pieces[1]} {pieces[0]}"
    else:
        bare = pieces[0]
    words = bare.split()
    while words and re.sub(r"[.,]", "", words[0]).casefold() in CREDENTIALS:
        words.pop(0)
    if not 1 <= len(words) <= 6 or not all(re.fullmatch(_WORD, w) for w in words) or heading_section(bare):
        return []
    if any(w[0].islower() and fold(w) not in PARTICLES for w in words) or fold(bare) in ("resume", "cv", "lebenslauf"):
        return []
    parts = _parts(" ".join(words))
    return parts if any(p not in PARTICLES and len(p) > 1 for p in parts) else []


def _is_name(parts: list[str], text: str, mail: str, contact: bool) -> bool:
    """Whether words that have the form of a name are one: the e-mail agrees, or no word of it is an ordinary one."""
    core = [p for p in parts if p not in PARTICLES and len(p) > 1]
    if any(len(p) > 2 and re.sub(r"['-]", "", p) in mail for p in core):
        return True
    if mail and len(core) == 1:  # a town, more likely
        return False
    words = [w for p in core for w in re.split(r"[-']", p) if w not in LIKE_TITLES or w in TITLE_WORDS]
    if any(has_title_word(p) or p in NO_NAME for p in words):
        return False
    ordinary = [p for p in core if re.search(rf"\b{re.escape(p)}\b", text)]
    return len(ordinary) < len(core) if contact else len(core) > 1 and not ordinary


def _from_header(text: str, mail: str) -> list[str]:
    lines = [line for line in text[:1500].splitlines() if line.strip()][:8]
    contact = bool(mail) or any(is_phone(m) for line in lines for m in PHONE.finditer(line))
    if not contact and len(lines) < 6:
        return []
    for line in lines[: 4 if contact else 1]:
        parts = _header_name(line)
        if parts and _is_name(parts, text, mail, contact):
            return parts
    return []


def identity(text: str) -> Identity:
    """The candidate's own name, from a label, an introduction, or the header of a whole resume; empty where unknown."""
    found: list[str] = []
    for match in [*NAME_LABEL.finditer(text[:6000]), *_INTRODUCED.finditer(text[:6000])]:
        found += _parts(match["name"])
    mails = [fold(re.split(r"@|[\[(]", m[0])[0]) for m in EMAIL.finditer(text[:3000])]
    mail = re.sub(r"[^a-z]", "", mails[0]) if mails else ""
    found = found or _agreeing(text, mail) or _from_header(text, mail)
    if not found and mails:
        found = [p for p in re.findall(r"[a-z]{3,}", mails[0]) if p not in NO_NAME and not has_title_word(p)]
        found = found if len(found) >= 2 else []
    return Identity(tuple(dict.fromkeys(p for p in found if len(p) <= 30)))


def _agreeing(text: str, mail: str) -> list[str]:
    """A line anywhere, as under a sidebar, that spells the name in the e-mail address."""
    if len(mail) < 5:
        return []
    for line in text[:6000].splitlines():
        if 1 < len(line.split()) <= 5 and (parts := _header_name(line)):
            core = [p for p in parts if len(p) > 2 and p not in PARTICLES]
            if len(core) > 1 and all(re.sub(r"[^a-z]", "", p) in mail for p in core):
                return parts
    return []


def is_phone(match: re.Match) -> bool:
    """Whether a match of `PHONE` is a telephone number and not a period, an amount or a norm."""
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
    years = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", number)
    return number.startswith("0") and digits >= 9 and not years and not re.fullmatch(r"\d{4}[-–]\d{4}", number)

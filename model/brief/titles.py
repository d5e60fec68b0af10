"""Job titles: the words that name an occupation, and the title within the heading of a resume's entry."""

from __future__ import annotations

import re
from functools import lru_cache

from model.brief.lexicon import equivalent_titles

TITLE_WORDS = frozenset(
    "assistant associate analyst consultant accountant clerk chef cook nurse technician specialist director "
    "president vp svp evp ceo cto cfo coo cio head lead chief officer intern internship trainee apprentice "
    "representative rep agent executive architect scientist aide attendant scout coach guard pilot captain sergeant "
    "mechanic principal partner fellow resident volunteer secretary cashier barista host hostess waitress steward "
    "staff expert founder owner member surgeon dba sre police orderly orderlies midwife judge dean provost "
    "programmer attorney lawyer counsel foreman handyman fireman salesman repairman draftsman craftsman chairman "
    "architects buyers model artist dentist deputy superintendent hand concierge mentor paraprofessional paralegal "
    "cna rn lpn emt professional professionals ordnanceman merchandising sommelier courier crew scholar ambassador "
    "delegate postdoc leiter leiterin ingenieur ingenieurin kaufmann kauffrau mitarbeiter mitarbeiterin praktikant "
    "praktikantin praktikum werkstudent werkstudentin meister koch köchin lehrkraft arzt ärztin krankenschwester "
    "geschäftsführer ingénieur ingénieure responsable stagiaire comptable gestionnaire chargé chargée directrice "
    "vendeuse infirmière cheffe ingeniero ingeniera gerente contable enfermero enfermera becario becaria técnico "
    "técnica jefe jefa encargado encargada abogado abogada camarero camarera médico arquitecto arquitecta advocate "
    "nanny brickmason stonemason blockmason mason paramedic marketer devops stylist esthetician maid valet "
    "machinist journeyman seaman airman marine sailor soldier corporal lieutenant commander pharmacist freelance "
    "freelancer faculty merchandiser evangelist caregiver florist bookkeeper auditor instructor sales support "
    "master guru liaison chaplain pastor rabbi ombudsman veterinarian optician hygienist sonographer radiographer "
    "guide salesperson escort operative linguist farmhand deckhand stockhand storeman lineman doorman postman "
    "policeman policewoman fisherman actress seamstress butler detective warden sheriff bailiff journeyperson "
    "phlebotomist groom underwriter adjuster examiner estimator scaler butcher baker embalmer roofer welder".split()
)
NO_TITLE_WORDS = frozenset(
    "center server computer customer other over under per after water paper power number order quarter summer "
    "winter newsletter interior exterior major minor prior sector motor labor behavior color error for or september "
    "october november december river silver manchester denver career cancer corner chapter border tower weather "
    "together another remember whether either rather further offer better greater lower higher upper inner outer "
    "master matter letter user tier fiber rubber timber leather layer former peer deliver ever never however cover "
    "recover her consider differ register transfer laser floor door harbor favor honor humor vapor tutor-led indoor "
    "outdoor poor list exist assist consist persist resist twist wrist mist checklist asian indian italian russian "
    "canadian australian christian iran persian median hadoop docker jupiter folder printer router monitor error- "
    "prone tailor-made workplace vendor client-server helper-text thinker learner communicator listener starter "
    "mover multi-tasker tasker member-ship stakeholder shareholder career-focused indicator factor calculator "
    "generator refrigerator elevator bluewater tidewater whitewater freshwater silver alder hannover dover anchor "
    "harbour amber ember clover".split()
)
DOMAIN_WORDS = frozenset(
    "technology operations finance sales marketing infrastructure security networking network architecture cloud "
    "data software hardware development research services service support quality product products project program "
    "it hr human resources business strategy risk audit compliance tax web mobile platform systems integration "
    "testing medical clinical legal education training communications digital customer supply logistics procurement "
    "production maintenance engineering design planning accounting analytics intelligence java python .net c++ sap "
    "oracle sql linux windows azure aws devops embedded front back full end stack".split()
)
_SERVER = re.compile(r"\b(?:food|banquet|cocktail|dining|restaurant|bar)\s+servers?\b|^\W*servers?\W*$"
                     r"|\bau pair\b", re.I)  # fmt: skip
_SUFFIX = re.compile(r"[^\W\d_]{2,}(?:ers?|ors?|ists?|ians?|eurs?|euses?|ólogos?|ysts?)$")
_COMPANY = re.compile(
    r"\bcompany\b|\b(?:inc|llc|ltd|plc|corp|gmbh|kg|sarl|pty|llp|bv|ltda)\b\.?|\b(?:S\.A\.|AG|SE)(?!\w)"
    r"|\b(?:corporation|university|"
    r"college|hospital|institute|academy|foundation|limited|holdings?|enterprises|industries|solutions|partners"
    r"|associates|"
    r"consultancy|airlines|universität|université|universidad|klinikum|hôpital|ministry|agency|council|bank|group"
    r"|clinic)\b",
    re.I,
)
# Words that end the name of an employer, but may stand inside a title ("Training Centre Receptionist").
EMPLOYER_ENDS = frozenset(
    "laboratory laboratories lab labs studio studios centre center centres clinic school schools hospital infirmary "
    "surgery practice services service systems networks logistics haulage consulting wholesale retail store stores "
    "shop shops market markets supermarket hotel hotels resort resorts restaurant restaurants bistro cafe café diner "
    "kitchen kitchens catering bakery brewery farm farms estate estates nursery kindergarten preschool daycare care "
    "home homes pharmacy pharmacies theatre theater museum library gallery works mill mills foundry fabrication "
    "manufacturing motors automotive garage airways airport air aviation aerospace aero shipping freight transport "
    "transportation energy power electric electrical electronics telecom communications media press publishing "
    "productions pictures software technologies technology data digital analytics robotics biotech pharma "
    "pharmaceuticals chemicals plastics steel metals mining timber lumber coatings paints textiles fashion apparel "
    "clothing foods food beverages dairy meats gardens landscaping nurseries construction builders contractors "
    "plumbing heating roofing interiors architects engineering realty properties property insurance assurance "
    "financial finance capital investments trust credit union law chambers legal advisors advisers securities "
    "security protection defence defense police department district county city council authority office offices "
    "bureau institution institutes academies charity mission church parish international global worldwide brothers "
    "bros sons co plant factory depot warehouse distribution supplies supply equipment tools instruments devices "
    "sports fitness gym spa salon cars rentals travel tours cruises lines line rail railway railways pipelines "
    "utilities water waste recycling organisation organization association society federation league network "
    "university college".split()
)
_RANKS = TITLE_WORDS - frozenset("police sales support staff marine hand crew master partner model scout".split())
_ENDINGS = re.compile(r"(?:\s*&\s*Co\.?|,?\s*(?:Inc|Ltd|LLC|plc|GmbH|Corp)\.?)+$", re.I)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|"
    "SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|UK|USA"
)
_PLACE = re.compile(rf"(?:[A-Z][\w.'-]+[ ,]+){{0,3}}(?:{_STATES})\.?|(?:City|State)(?:\s*,?\s*State)?")
_PLACE_BEFORE = re.compile(rf"(?:State|City|{_STATES})\.?,?\s+(?=[A-Z])(?!(?:Department|Trooper|Auditor|Attorney))")
_ID = re.compile(r"[\W_]*[A-Za-z]{0,6}[\W_]?\d{3,}[\w-]*|\(?[A-Z]{2,6}\d[\w]*\)?")
_CUES = (
    r"work(?:ed|ing)?|serv(?:ed|ing|ices?)|employ(?:ed|ment)|act(?:ed|ing)|practi[sc](?:ed|ing)|tenure|role|position"
    r"|post|"
    r"capacity|experience|job|promoted|hired|started|years?|yrs|months|duration|internship|career|spent|duties|joined"
)
_LEAD_INS = (
    re.compile(r"(?:appointed|posted|named|elected|hired|promoted)\s+(?:as\s+|to\s+|at\s+)?(?:an?\s+"
    r"|the\s+)?(?=[A-Z])", re.I),
    re.compile(rf"(?:.{{0,90}}?\b(?:{_CUES})\b[^;|\n]{{0,60}}?\s)?as(?:\s+(?:an?|the|my)\s+|\s+"
    rf"|(?-i:(?=[A-Z])))(?=\S)", re.I),
    re.compile(
        r"(?:.{0,60}?\s)?(?:I|he|she|they|[A-Z][\w'’-]+)\s+(?:am|is|was|were|have\s+been|has\s+been|had\s+been|became)"
        r"\s+(?:(?:now|currently|employed\s+as)\s+)?(?:(?:an?|the|their|its)\s+(?!member\b)|(?=[a-z]+\s+at\b|(?:[a-z-]+\s){1,4}at\b))(?=\S)"
    ),
    re.compile(r".{0,90}?\sas\s+(?:(?:an?|the)\s+|(?=[A-Z]))(?=\S)"),
    re.compile(r".{0,60}?\b(?:role|position|post|job|capacity|tenure|stint)\s+(?:of|is|was)\s+(?:(?:an?"
    r"|the)\s+)?(?=\S)", re.I),
    re.compile(r".{0,60}?\b(?:promoted|stepped in)to\s+(?:an?\s+|the\s+)?(?=\S)", re.I),
)
_LABEL = re.compile(
    r"(?:(?:job|work|my)\s+)?(?:position|role|title|function|occupation|post|job|designation|backfill|poste|stelle|puesto|cargo|duration|dates?"
    r"|period|tenure|"
    r"zeitraum|employer|company|employment dates)(?:\s+(?:title|held))?(?:\s*(?::|\s[–-])\s*|\s*$)",
    re.I,
)
EDGE = " \t\n\r,;:|-–—*_#\u200b\u00a0.·•/~+\"“”'"
_TAIL = re.compile(r"(?:[\s,;:(\[–-]|\b(?:from|in the period of|in the period|during|between|for|since|dates?|in|the"
r"|until|of))+$", re.I)
_PIECE = re.compile(r"\s+[-–—|@•·]+\s*|[-–—]\s+|\s*[|;•·\t]\s*|,\s*|:\s+|\s{3,}|\s(?:ï¼\u200b|â€“|\uff0d)\s?")
_AT = re.compile(
    r"\s+(?:(?:at|with|chez|bei)\s|@\s*(?=\S)|for\s+(?:the\s+)?(?=[A-Z]))|\s*\bCompany\s+Name\b|\s*,\s*(?=where\b"
    r"|speciali)"
    r"|\s+(?:speciali[sz]ing|applying|responsible|working|where|focused|dealing|handling|using|supporting|helping"
    r"|serving)\b"
)
_VERB = re.compile(
    r"(?:[^\W\d_]{2,}(?:ed|ing)|led|grew|built|made|won|ran|wrote|held|took|taught|kept|oversaw|drove|set|cut|sold"
    r"|got|saw|did|"
    r"was|were|have|has|had|i(?=\s)|we|my|our|the|this|these|also|result)\b",
    re.I,
)
_VERB_TITLE = re.compile(
    r"(?:registered|certified|licensed|experienced|retired|applied|embedded|advanced|self-employed|chartered"
    r"|accredited|"
    r"distributed|marketing|engineering|accounting|manufacturing|managing|nursing|consulting|building|teaching"
    r"|training|"
    r"operating|purchasing|visiting|sourcing|staffing|founding|testing|programming|networking|mining|machining|banking|"
    r"brewing|clothing|used|recruiting|importing|meeting|catering|housekeeping|bartending|advertising|lead)\b",
    re.I,
)


@lru_cache(maxsize=20_000)
def is_title_word(word: str) -> bool:
    """Whether one word, in lower case, is the name of an occupation or a rank."""
    for form in (word, word[:-1] if word.endswith("s") else word, word[:-3] + "y" if word.endswith("ies") else word):
        if form in NO_TITLE_WORDS:
            return False
        if form in TITLE_WORDS:
            return True
    return bool(_SUFFIX.match(word))


@lru_cache(maxsize=2_000)
def has_title_word(text: str) -> bool:
    """Whether a word of `text` is the name of an occupation or a rank."""
    words = re.findall(r"[^\W\d_]{2,}", text.casefold())
    return any(is_title_word(word) for word in words) or bool(_SERVER.search(text))


@lru_cache(maxsize=2_000)
def names_company(text: str) -> bool:
    """Whether `text` names an employer or a place rather than a post."""
    return _is_company(text) or names_employer(text)


def _is_company(text: str) -> bool:
    return bool(_COMPANY.search(text) or _PLACE.fullmatch(text.strip(EDGE)))


@lru_cache(maxsize=2_000)
def names_employer(text: str) -> bool:
    """Whether the first part of `text` reads as an employer's name: "Tidewater Pathology Laboratory, Penang"."""
    first = re.split(r",\s|\s[|–—-]\s|\s{3,}|\t", text.strip(EDGE))[0]
    bare = _ENDINGS.sub("", first)
    words = re.findall(r"[^\W\d_]+", bare)
    if " at " in first:
        return False
    if bare != first:
        return True
    if len(words) < 2 or not words[0][0].isupper() or words[-1].casefold() not in EMPLOYER_ENDS:
        return False
    return words[-1][0].isupper() and not any(word.casefold() in _RANKS for word in words)


def _after_employer(piece: str) -> str:
    """ "Monarch Networks Gdansk Network Administrator" without the employer and town before a known title."""
    words = piece.split()
    if len(words) < 4 or not piece[0].isupper() or equivalent_titles(piece):
        return piece
    bare = [word.strip(".,&").casefold() for word in words]
    ends = [at for at in range(1, len(words)) if bare[at] in EMPLOYER_ENDS or _COMPANY.fullmatch(bare[at])]
    known = next((at for at in range(2, len(words)) if equivalent_titles(" ".join(words[at:]))), len(words))
    while ends[1:] and ends[1] == ends[0] + 1:
        del ends[0]
    town = ends[0] + 2 if ends and ends[0] + 2 < len(words) else len(words)
    if town < known and has_title_word(" ".join(words[town:])):
        return " ".join(words[town:])
    apart = known > 2 and (not ends or known - 1 not in ends)
    return " ".join(words[known:]) if known < len(words) and apart and (ends or len(words) - known > 1) else piece


def lead_in(text: str) -> int:
    """Length of the words before a title in a sentence: "Worked as a ", "3 years as ", "Role of "; 0 without such."""
    return max((match.end() for pattern in _LEAD_INS if (match := pattern.match(text))), default=0)


def reads_as_prose(before: str, closing: bool) -> bool:
    """Whether the words before a period speak of something else than a post ("Grew 2015-2016 sales").

    `closing`: the period ends its line or stands in brackets, as it does after a title.
    """
    words = before.split()
    if not words or (lead_in(before) and len(words) <= 24):
        return False
    if before[0].islower() and not has_title_word(before):
        return True
    if len(words) > 22 or len(words) > 10 and re.search(r"[.!?]\s+[A-Z]", before):
        return True
    if not _VERB.match(before) or _VERB_TITLE.match(before) or has_title_word(words[0]):
        return False
    first, *_, last = [*re.split(r"\s+[-–—|]\s+|,\s+|\sat\s", before), before.split(", ")[-1]]
    if words[0].casefold().endswith("ing") and len(first.split()) <= 4 and has_title_word(first.split()[-1]):
        return False
    last = re.split(r"\s+[-–—]\s+", last)[-1]
    return not (closing and len(words) <= 10 and has_title_word(" ".join(last.split()[-3:])))


def _pieces(text: str) -> list[tuple[str, str]]:
    """(separator before, piece), brackets kept whole, ids left out."""
    out, begin, separator = [], 0, ""
    for match in _PIECE.finditer(text):
        before = text[begin : match.start()]
        if before.count("(") > before.count(")"):
            continue
        out.append((separator, before.strip(EDGE)))
        begin, separator = match.end(), match[0]
    found = [*out, (separator, text[begin:].strip(EDGE))]
    return [(s, p) for s, p in found if re.search(r"[^\W\d_]{2}", p) and not _ID.fullmatch(p)]


_CELL = re.compile(r"\s*[|;\t]\s*|\s{3,}")


def _continues(separator: str, piece: str) -> bool:
    """Whether a piece after the title belongs to it: "crop", "and greenhouse", "Technology", "Lead"; not "Acme"."""
    if names_company(piece) or piece[0].isupper() and _CELL.fullmatch(separator):
        return False
    if piece[0].islower() or has_title_word(piece):
        return True
    return "," not in separator and any(word in DOMAIN_WORDS for word in piece.casefold().split())


def _main_piece(pieces: list[tuple[str, str]]) -> int | None:
    """The piece that names the post: one with a title word, best without a company; else one that is no company."""
    titled = [i for i, (_, piece) in enumerate(pieces) if has_title_word(piece)]
    pure = [i for i in titled if not _COMPANY.search(pieces[i][1]) and not names_employer(pieces[i][1])]
    other = [i for i, (_, piece) in enumerate(pieces) if not names_company(piece)]
    other = other or [i for i, (_, piece) in enumerate(pieces) if not _is_company(piece)]
    return next(iter(pure or titled or other), None)


def _without_company(piece: str) -> str:
    """ "Project Manager Acme Inc" and "Acme Inc Project Manager" without the company."""
    company = _COMPANY.search(piece)
    words = [m for m in re.finditer(r"[^\W\d_]{2,}", piece) if is_title_word(m[0].casefold())]
    if not company or not words:
        return piece
    after = [m for m in words if m.start() >= company.end()]
    before = [m for m in words if m.end() <= company.start()]
    if not company.start():  # "Bank Teller"
        return piece
    if before:
        return piece[: before[-1].end()]
    return piece[company.end() :].strip(EDGE) if after else piece


_IN_BRACKETS = re.compile(r"[^(]{2,60}\(([^()]{3,60})\)?$")
_CONTACT_BEFORE = re.compile(r"^.*(?:@[\w.-]+\.\w+|(?:\+|\b)\d[\d ()-]{6,}\d)\s+(?=\S)")


def clean_title(text: str) -> str:
    """The job title in the heading of an entry, without lead-in, company, place and ids; "" where none is left."""
    text = re.sub(r"\b[A-Z]{2,}\d+_\d+\b", " ", text)
    text = _CONTACT_BEFORE.sub("", text) if "@" in text or text.count("0") else text
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    text = text.strip(EDGE + "()[]") if text.count("(") != text.count(")") else text.strip(EDGE)
    if label := _LABEL.match(text):
        text = text[label.end() :]
    text = text[lead_in(text) :]
    if inner := _IN_BRACKETS.match(text):
        text = inner[1] if not has_title_word(text[: inner.start(1)]) and has_title_word(inner[1]) else text
    if (cut := _AT.search(text)) and (has_title_word(text[: cut.start()]) or "Company" in cut[0] and cut.start()):
        text = text[: cut.start()]
    pieces = _pieces(_TAIL.sub("", text))
    first = _main_piece(pieces)
    if first is None:
        return ""
    title = _after_employer(pieces[first][1])
    title = _without_company(title) if title == pieces[first][1] else title
    last = first
    while first and title[0].islower():
        title = pieces[first - 1][1] + pieces[first][0] + title
        first -= 1
    if first:
        title = _PLACE_BEFORE.sub("", title, count=1) if _PLACE_BEFORE.match(title) else title
    for separator, piece in pieces[last + 1 :]:
        if not _continues(separator, piece):
            break
        title += separator + piece
    title = re.sub(r"\s*\([A-Z]{2,}\d[\w-]*\)", "", title)
    return _TAIL.sub("", re.sub(r"\s+", " ", title)).strip(EDGE)[:120]

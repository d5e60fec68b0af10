"""The forms of personal data in resumes: links, addresses, birth, age, gender, family, faith, photos, other people."""

from __future__ import annotations

import re

_HOSTS = (
    "linkedin|github|gitlab|bitbucket|twitter|facebook|fb|instagram|behance|dribbble|medium|stackoverflow|xing|kaggle"
    "|t|x|youtube|tiktok|pinterest|wa|angel|about|researchgate|orcid|scholar\\.google|leetcode|hackerrank|codepen|vimeo"
)
_HANDLES = (
    "website|homepage|portfolio|blog|linkedin|github|twitter|instagram|facebook|skype|telegram|wechat|xing"
    "|line id|handle"
)
LINK_FORM = re.compile(
    r"\b(?:https?://|ftp://|www\.)[^\s<>()\[\]|,;]+"
    rf"|\b(?:[a-z]{{2,3}}\.)?(?:{_HOSTS})\.(?:com|org|net|io|me|co|be)/[^\s<>()\[\]|,;]+"
    rf"|(?:^|(?<=[\s|•(]))(?:{_HANDLES})\s*:[^\S\n]*@?[^\s|,;]*[\w/][^\s|,;]*",
    re.I | re.M,
)

_ROADS = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Terrace|Ter|Parkway|Pkwy|Highway|Hwy"
    "|STREET|AVENUE|ROAD|DRIVE|LANE"
)
_MAYBE_ROADS = "Court|Ct|Way|Place|Pl|Square|Sq|Close|Circle|Cir|Loop|Crescent|Trail"
_ROAD_NAME = r"(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:[A-Z0-9][\w.'’-]*[^\S\n]+){1,4}"
STREET_FORM = re.compile(
    rf"\b(?:\d{{1,5}}[a-zA-Z]?(?:[-/]\d{{1,4}})?,?[^\S\n]+{_ROAD_NAME}(?:{_ROADS})"
    rf"|(?!(?:19|20)\d\d\b)\d{{1,5}}[a-zA-Z]?,?[^\S\n]+{_ROAD_NAME}(?:{_MAYBE_ROADS}))\b\.?"
    r"(?:,?\s*(?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.?\s*#?\s*\w+)?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|gasse|allee|ufer|damm)[^\S\n]+\d{1,4}\s?[a-zA-Z]?\b"
    r"|\b[A-ZÄÖÜ][a-zäöüß]+(?:weg|platz)[^\S\n]+\d{1,3}[a-z]?\b(?![.,\d-]\d)"
    r"|\b[A-ZÄÖÜ][\wäöüß-]+[^\S\n]+(?:Straße|Allee|Weg|Platz|Ring)[^\S\n]+\d{1,4}[a-z]?\b"
    r"|\b\d{1,4},?\s?(?:bis\s|ter\s)?(?:rue|avenue|boulevard|bd|chemin|allée|impasse|quai)[^\S\n]+(?:d|l|[A-ZÀ-Ý])[^\n,|]{2,40}"
    r"|\b(?:Calle|Avenida|Avda\.?|Plaza|Paseo|C/|Via|Viale|Piazza|Rua|Travessa)[^\S\n]+[A-ZÀ-Ý][^\n,|\d]{2,40},?\s*"
    r"(?:n[º°.]\s*)?\d{1,4}"
    r"|\bP\.?\s?O\.?\s?Box[^\S\n]+\d+"
)
_STATE = (
    "(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
POSTCODE_FORM = re.compile(
    rf"(?<=\b)(?P<state>{_STATE}),?[^\S\n]+\d{{5}}(?:-\d{{4}})?\b"
    r"|\b(?:D|CH|A|F|I|E|NL|B|L)-\d{4,5}\b(?=\s+[A-Z])"
    r"|\b(?!\w{2,4}\s\d(?:GB|TB|MB)\b)[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}\b"
    r"|\b[A-CEGHJ-NPR-TVXY]\d[A-Z]\s?\d[A-Z]\d\b"
    r"|(?<=\[address\]), ?(?:\d{4,6}|\d{3}\s\d{2})\b"
    r"|(?i:\b(?:post(?:al)?\s?code|zip(?:\s?code)?|plz|pin\s?code)\s*[:.]\s*[A-Z\d -]{4,9})"
)

# Labels whose value is personal wherever they stand, and those that are so only at the start of a line or field.
_SURE = (
    r"date of birth|birth\s?date|birthday|d\.?o\.?b\.?|place of birth|birthplace|born(?: on| in)"
    r"|geburtsdatum|geburtsort"
    r"|geboren(?: am)?|date de naissance|lieu de naissance|née? le|fecha de nacimiento|lugar de nacimiento"
    r"|data di nascita|data de nascimento|sex|gender|geschlecht|sexe|sexo|pronouns?|marital\s+status|civil\s+status"
    r"|familienstand|état civil|situation familiale|estado civil|nationality|nationalit[yé]|citizenship"
    r"|staatsangehörigkeit|staatsbürgerschaft|nationalité|nacionalidad|nazionalità|religion|religious affiliation"
    r"|konfession|caste|ethnicity|ethnic origin|father['’]?s name|mother['’]?s name|spouse(?:['’]s name)?"
    r"|husband['’]?s name|passport(?: no\.?| number)?|ssn|social security(?: no\.?| number)?|national id"
    r"|id (?:no\.?|number)|aadhaar|blood group|present resident(?: in)?"
)
_FIELD = r"age|alter|âge|edad|born|status|faith|race|children|kinder|enfants|hijos|dependents|height|weight|health"
_NEXT = r"(?!\s+[^\W\d_]['’\w]*(?<!\d)(?:[^\S\n]+[^\W\d_]['’\w]*){0,2}[^\S\n]*:)(?!(?<!Mr)(?<!Mrs)(?<!Dr)(?<!Ms)\.\s)"
LABELLED_LINE = re.compile(r"(?m)^.*(?::|=|[^\S\n][-–][^\S\n]).*$")
PERSONAL_FORM = re.compile(
    rf"(?im)(?P<lead>(?:^|(?<=[|•;,.\t])|(?<=\s\s))[^\S\n]*(?:[#*_>•·-]+[^\S\n]*)*|\b)"
    rf"(?:(?P<label>{_SURE})|(?:(?<=[|•;,.\t])|(?<=^)|(?<=\s\s)|(?<=[-*•]\s)|(?<=\*\*))(?P<field>{_FIELD}))[*_]*"
    rf"(?:[^\S\n]*[:=][*_]*[^\S\n]*|[^\S\n]+[-–][^\S\n]+)(?P<value>(?:{_NEXT}[^\n|;•\t]){{1,60}})"
)
FAMILY_STATUS = re.compile(r"\s*(?:single|(?:un)?married|divorced|widow|separated|engaged|ledig|verheiratet)", re.I)
_BIRTH = r"(?:born|geboren|geb\.|née?|nacid[oa])\s+(?:(?:on|in|am|le|el|en|the)\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?"
AGE_FORM = re.compile(
    r"\b(?:I(?:'m| am)\s+)?(?:a\s+)?(?:1[6-9]|[2-7]\d)(?:[\s-]years?[\s-]old|\s?y/?o\b| Jahre alt"
    r"| ans\b(?=,)| años de edad)(?=\s*(?:[.,;|)!]|$|(?:wo)?man\b|(?:fe)?male\b|with\b|and\b|from\b"
    r"|single\b|married\b))"
    r"(?:\s+(?:wo)?man\b|\s+(?:fe)?male\b)?"
    rf"|\b{_BIRTH}(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    rf"|(?:{_DAY})?[A-Z]\w{{2,9}}\.?\s+(?:\d{{1,2}},?\s+)?(?:19|20)\d\d|(?:19|20)\d\d)(?:\s+in\s+[A-Z]\w+)?"
    r"|(?<=, )aged?\s(?:1[6-9]|[2-7]\d)\b",
    re.I | re.M,
)
_COUNT = r"(?:no|one|two|three|four|\d)"
_FAITH = "Christian|Muslim|Hindu|Jewish|Jew|Buddhist|Sikh|Catholic"
STATUS_FORM = re.compile(
    rf"(?i:\b(?:un)?married\b(?:\s*,?\s*(?:with\s+)?{_COUNT}\s+(?:children|kids|child))?|\bdivorced\b|\bwidow(?:ed|er)?\b"
    r"|\bledig\b|\bverheiratet\b|\bgeschieden\b|\bmari[ée]e?\b(?=\s*(?:,|$|\d))|\bcélibataire\b|\bsolter[oa]\b|\bcasad[oa]\b"
    rf"|\b(?:single\s+)?(?:mother|father)\s+of\s+{_COUNT}\b|\bsingle\s+(?:mother|father|mom|dad|parent)\b)"
    rf"|^(?i:\s*(?:single|male|female|man|woman|{_FAITH})\s*[.,]?\s*)$"
    rf"|(?<=\ba )(?:practi[sc]ing\s+)?(?:{_FAITH})\b(?=[.,]|\s+and\b)"
    r"|\b[A-Z][a-z]+(?:n|sh|ese|i)\s+(?:national|citizen)\b(?=\s*(?:[.,;|)]|$))|\b(?:national"
    r"|citizen) of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?",
    re.M,
)
PHOTO_FORM = re.compile(
    r"(?im)\[(?:photo|image|picture|bild)[^\]\n]*\]|^[^\S\n]*(?:photo(?:graph)?|picture|foto|bild|lichtbild)[^\S\n]*(?::[^\n]*)?$"
    r"|(?<![\w.-])[\w.-]{1,80}\.(?:jpe?g|png)\b"
)

_HONORIFICS = (
    "Mr|Mrs|Ms|Mx|Miss|Mister|Madam|Dr|Prof|Professor|Herr|Herrn|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra|Signora?"
)
_NOT_PERSON = "office|word|excel|project|access|outlook|power|sql|teams|windows|dynamics|azure|visio|in|degree|and|or"
TITLED_FORM = re.compile(
    rf"\b(?:{_HONORIFICS})\b\.?[^\S\n]+(?:\[name\]|(?!(?i:{_NOT_PERSON})\b)[A-ZÀ-Ý][\w'’.-]*"
    r"(?:[^\S\n]+(?:(?:van|de|der|den|von|la|al|bin)[^\S\n]+){0,2}(?!\[)[A-ZÀ-Ý][\w'’-]+){0,2})"
)
LABELLED_FORM = re.compile(
    r"(?im)(?:^|(?<=[|•;(]))(?P<label>[^\S\n]*(?:[*•-]\s*)?(?:supervisor|referee|reference|contact\s+person|reporting\s+to"
    r"|reported\s+to|line\s+manager|name)(?:'s\s+name)?\s*:\s*)"
    r"(?-i:(?P<name>[A-ZÀ-Ý][\w'’.-]+(?:[^\S\n]+[A-ZÀ-Ý][\w'’.-]*){1,3}))"
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
NEUTRAL_FORM = re.compile(
    r"(?<![\w/])(?:" + "|".join(sorted(NEUTRAL, key=len, reverse=True)) + r"|her)(?![\w/])", re.I
)
PLURAL_VERB = {"is": "are", "was": "were", "has": "have", "does": "do"}
VERB_AFTER = re.compile(r"\b((?:[Ss]?[Hh]e|SHE|HE)\s+)(is|was|has|does)\b")

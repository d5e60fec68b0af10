"""Patterns for demands of experience: numbers of years, what stands around them, where a role or domain ends."""

from __future__ import annotations

import re

WORDS = {
    "half a": 0.5, "a couple of": 2, "couple of": 2, "a few": 2, "several": 3,
    "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "eighteen": 18, "twenty-four": 24, "twenty": 20, "an": 1, "a": 1,
    "ein": 1, "eine": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "acht": 8, "zehn": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10,
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10,
}  # fmt: skip
NUMBER = r"\d{1,2}(?:[.,]\d)?|" + "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
YEARS = re.compile(
    rf"(?P<lead>(?:(?:minimum|min\.?|maximum|at\s*least|more\s+than|greater\s+than|no\s+less\s+than|"
    rf"not\s+less\s+than|no\s+fewer\s+than|over|approximately|approx\.?|"
    rf"about|around|roughly|nearly|up\s+to|mindestens|wenigstens|au\s+moins|minimum|mínimo|al\s+menos|más\s+de|"
    rf"plus\s+de|of|de|von|a|an|the|some|total|>=?|≥)\s*)*)"
    rf"(?<![\w.,$£€/])(?P<low>{NUMBER})\s*(?:\(\s*\d{{1,2}}\s*\+?\s*\)\s*)?(?:\+|plus\b|or\s+more\b)?\s*(?:(?:-|"
    rf"–|—|to|or|bis|à|a|and)\s*(?P<high>{NUMBER})\s*(?:\(\s*\d{{1,2}}\s*\))?\s*)?"
    r"(?:\+|plus\b|or\s+more\b)?\s*(?:(?:full|solid|good|consecutive|complete|calendar|"
    r"long)\s+)?[\s-]*(?P<unit>years?|yrs?|months?|mos\b|jahren?|monaten?|ans|années?|mois|años?|meses|anni)\b\.?"
    r"(?:\(s\)|\s*\+|\s+(?:or\s+more|plus|and\s+above|minimum|min\b\.?)(?=\W))?(?:[\s-]+long\b)?",
    re.IGNORECASE,
)
UNITS = frozenset(
    "year years yr yrs month months mos jahr jahre jahren monat monate monaten ans année années mois año años "
    "meses anni".split()
)
NOT_AFTER = re.compile(
    r"[\s-]*(?:(?:fixed|rolling|initial)?[\s-]*(?:contract|term|warranty|plan|degree|diploma|probation\w*|"
    r"program(?:me)?|course|curriculum|lease|guarantee|placement|residency\b(?!\s+exp)|appointment)|old\b|"
    r"of\s+age|ago\b|"
    r"in\s+a\s+row|running|in\s+business|anniversary|or\s+older|and\s+older|to\s+complete|from\s+now)",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"(?:\b(?:the\s+(?:last|past|next|first|previous)|within|every|last|next|first|aged?|each|after|"
    r"for\s+up\s+to)\s+)$",
    re.IGNORECASE,
)
NOUN = (
    r"(?:work[\s-]+|working[\s-]+|job[\s-]+|professional[\s-]+|industry[\s-]+)?(?:experiences?|exp\b\.?|"
    r"expertise|background|practice|tenure|history|standing|service|employment|fieldwork|track\s+record|"
    r"berufserfahrung|erfahrung|d'expérience|expérience|experiencia|collaboration|contribution|involvement|"
    r"seniority|pqe|work|time)"
)
ADJ = (
    r"relevant|related|professional|progressive(?:ly)?|responsible|increasing(?:ly)?|prior|previous|proven|"
    r"practical|hands[\s-]?on|solid|strong|significant|recent|direct|demonstrated|demonstrable|full[\s-]time|"
    r"paid|successful|similar|"
    r"equivalent|verifiable|documented|post[\s-]?qualif\w+|post[\s-]?graduate|post[\s-]?registration|in-depth|"
    r"deep|extensive|good|great|grand|adequate|substantial|combined|total|actual|overall|broad|dedicated|real|"
    r"commercial(?=\s+experience)|"
    r"industry(?=\s+experience)|work(?=\s+experience)|working(?=\s+experience)|job(?=\s+experience)|applicable|"
    r"consistent|continuous|considerable|valuable|minimum|required|respectively|respective|specific|steady|de|d'|"
    r"more|einschlägige|relevante|praktische|professionnelle|profesional|laboral"
)
JOINT = rf"{ADJ}|the|and|of|s|'s|'|a|an|in|with|worth"
VERB = (
    r"working|serving|functioning|operating|performing|acting|practi[cs]ing|spent|gained|employed|work|served|"
    r"worked|being|respectively|professionally|directly|primarily|specifically|preferably|having\s+worked|"
    r"focused|focusing|dealing|specializing|specialising|obtained|acquired|demonstrated|hands-on|successfully|"
    r"collectively"
)
ROLE_PREP = (
    r"as\s+an?\s+role\b|as\s+(?:either\s+)?(?:an?|the|our)\b|as\b|(?:in|on)\s+(?:the\s+|an?\s+)?(?:role|position|"
    r"capacity|post|job|function)s?\s+(?:of|as)(?:\s+(?:an?|the))?\b|in\s+the\s+following\b:?|(?:role|"
    r"position)s?\s+(?:as|of)(?:\s+an?)?\b|(?:in\s+)?(?:an?\s+)?similar\s+role\s+as(?:\s+an?)?\b|comme\b|"
    r"(?:\w+ing\s+(?:out\s+)?)?(?:the\s+|all\s+)?(?:responsibilit(?:y|ies)|duties|functions?|tasks|role|shoes|boots|"
    r"seat)\s+"
    r"(?:of|as)\s+(?:an?|the)\b|en\s+tant\s+que\b|als\b|como\b"
)
DOMAIN_PREP = (
    r"in\s+the\s+(?:field|area|areas|domain|practice|realm|world)s?\s+of|in\s+the|in\s+an?|in|with|of|within|at|"
    r"on|for|using|across|under|doing|to|im|in\s+der|mit|von|en|dans|de|con|d'"
)
HEAD = re.compile(
    rf"[\s,:–-]*(?:'s\b|s'|'|\))?[\s,]*(?P<adj>(?:(?:{JOINT})[\s,]+)*)(?P<noun>{NOUN})?(?(noun)(?![\w]))[\s,:'–-]*"
    rf"(?:\(?[\w\s]*\)\s*)?(?P<adverb>(?:(?:{VERB}|{ADJ})[\s,]+)*)"
    rf"(?:(?P<role>{ROLE_PREP})|(?P<domain>(?:{DOMAIN_PREP})\b))?\s*(?:(?:an?|the|"
    rf"our)\s+)?(?P<verb2>(?:(?:working|serving|acting|being)\s+(?:as\s+an?\s+|as\s+|in\s+the\s+|in\s+an?\s+|"
    rf"in\s+|with\s+|on\s+|for\s+an?\s+)?)?)",
    re.IGNORECASE,
)
LATER_NOUN = re.compile(rf"(?P<what>(?:[\w+#./&'-]+\s+){{1,6}}?)(?:{NOUN})\b", re.IGNORECASE)
# Where a demand goes over into what it proves: "as a nurse shows your patience", "as a clerk, demonstrating care".
PROVES = (
    r"(?:demonstrat|show|showcas|display|exhibit|prov|reflect|indicat|highlight|mean|illustrat|evidenc|underlin|reveal|"
    r"represent|prov|ensur|equip|enabl|instil|fulfil)l?(?:ing|e?s|ed)|wherein|whereby|speaks|gives|giving|makes"
)
ROLE_END = re.compile(
    rf",?\s+(?:{PROVES})\b|"
    r"\s*[;\x00\"]|\s*\((?![^()]{1,30}\)\s+[A-Z])|(?<!\bSr)(?<!\bJr)(?<!\bAsst)\.(?=\s|$)|,?\s+(?:is|are|was|"
    r"were|would|will|shall|should|be)\s+|,?\s+(?:or|and)\s+(?:in\s+|within\s+|as\s+)?(?:an?\s+|"
    r"any\s+)?(?:similar|equivalent|comparable|related|relevant|other|closely|like)\b|"
    r",\s*(?:preferably|ideally|specifically|particularly|especially|precisely|including|refined|with|working|"
    r"where|who|which|gained|dealing|in|at|plus|along|having|either|showing|demonstrating|preferred|required|"
    r"excluding|except|if|as\s+well|strong|good|excellent|and\s+(?:strong|good|excellent|a\s|an\s|have|at\s|"
    r"experience|knowledge|must|be\s)|knowledge|experience|for)\b|"
    r"\s+(?:with|who|where|which|that|while|whilst|including|preferably|ideally|dealing|working|handling|"
    r"managing|focused|focusing|specialising|specializing|under|through|having|plus|as\s+well|along|from|during|"
    r"leading|specifically|within|required|preferred|desired|fits?|or\s+(?:above|longer|more)|based\s+in|is)\b|"
    r"\s+(?:in|at|for|on)\s+(?:an?|the|our|any|your|this|that|its|their|other|[a-z]+ing)\b|,?\s+(?:and|"
    r"plus)\s+(?:with\s+)?(?:at\s+least|an?\s+minimum|minimum|over|around|about|\d)|\s+(?:and|plus)\s+(?:strong|"
    r"good|excellent|an?\s|proven|solid|knowledge|have|must|be\s|are\s)",
    re.IGNORECASE,
)
DOMAIN_END = re.compile(
    rf",?\s+(?:{PROVES})\b|"
    r"\s*[;\x00]|\.(?=\s|$)|,?\s+(?:is|are|was|were|would|will|shall)\s+|,?\s+(?:or|and)\s+(?:in\s+)?(?:an?\s+|"
    r"any\s+)?(?:similar|equivalent|comparable|related|relevant|other)\b|,\s*(?:preferably|ideally|specifically|"
    r"particularly|especially|working|where|who|which|refined|if|and\s+(?:strong|good|excellent))\b|"
    r"\s+(?:preferably|ideally|where|who|which|that|including|gained|as\s+an?)\b|\s+(?:required|preferred|desired)\b",
    re.IGNORECASE,
)
# "backend development in Java": what it is done with is a skill of its own.
MEANS = re.compile(
    r"\w(?P<prep>\s+(?:using|with)\s+)(?=[A-Z])|\b(?:development|programming|coding|scripting|engineering|"
    r"modelling|modeling|analysis)(?P<in>\s+in\s+)(?=[A-Z])"
)
# "3 years of software experience in one or more of: Java, Go".
TAIL_MEANS = re.compile(
    r"(?P<prep>\s+(?:in|with|using)\s+)(?=(?:one\s+or\s+more\s+of|at\s+least\s+one\s+of|any\s+of|either)\b)",
    re.IGNORECASE,
)
ROLE_PLACE = re.compile(r"\s+(?:roles?|positions?|capacity|environment|setting|post|function)$", re.IGNORECASE)
BEFORE_TAIL = re.compile(
    r"(?:[\s,:;(–-]|\b(?:for|of|with|least|at|minimum|min|a|an|the|about|around|over|totalling|spanning|lasting|"
    r"requirement|having|has|have|is|was|required|spent|bring|brings|hold|offer|possess)\b\.?)+$",
    re.IGNORECASE,
)
SOME = re.compile(
    r"(?:(?:prior|previous|past|proven|some|solid|significant|extensive|relevant|demonstrated|"
    r"earlier)\s+)+(?:(?:work|working|professional|practical|hands-on|industry)\s+)*experiences?\s+(?=(?:in|of|"
    r"with|at|within|as|working|on)\b)|"
    r"\bexperiences?\s+(?:working\s+|serving\s+)?(?=as\s+an?\b)|\b(?:track\s+record|history|past|tenure|service|"
    r"prior\s+work|previous\s+work)\s+(?:in\s+)?(?:serving\s+|working\s+)?(?=as\b)|\b(?:background|worked|served|"
    r"employed|working|career|employment)\s+(?=as\s+an?\b)|"
    r"\bexperiences?\s+(?=(?:working\s+)?(?:in|at|within|of)\s+(?:an?|the)\s+(?:[\w/&-]+\s+){0,4}?(?:role|"
    r"position|environment|setting|industry|sector|capacity|office|company|kitchen|firm|agency|hospital|school|"
    r"restaurant|warehouse|factory|shop|store|clinic|hotel|team|ward|department|centre|center|lab|laboratory|"
    r"bank|studio|practice|unit)\b)",
    re.IGNORECASE,
)

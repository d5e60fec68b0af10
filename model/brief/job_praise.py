"""Words of job posts that say how well somebody does something, that he does it, or nothing: never what."""

from __future__ import annotations

import re

# Adjectives and adverbs of praise and degree. What they stand before is asked for.
PRAISE = frozenset(
    "real-world "
    "abundant accomplished admirable adroit adroitly amazing ample apparent appreciable astounding astute awesome "
    "brilliant brilliantly broad-based bulletproof capacious classy clear-cut clever cogent colossal commendable "
    "competitive confirmed consummate crystal-clear cultivated cutting-edge dazzling deep-rooted deep-seated "
    "deeply definite deft discerning distinctive distinguished earnest effortless eminent encyclopedic enduring "
    "enormous enviable equipped established exacting exceeding exhaustive expansive expert-grade explicit "
    "exquisite extraordinary fabulous faultless fervent fine-tuned finely first-hand firsthand five-star flawless "
    "foremost formidable genuine gifted glowing greatly grounded hands-down heart-felt hearty heightened "
    "high-caliber high-calibre high-grade high-quality holistic honed huge illuminated illuminating immaculate "
    "immense impressive incisive incomparable incontestable incredible indisputable ingenious ingrained inherent "
    "innate insightful instinctive intense intrinsic intuitive invaluable irreproachable keenly laudable legendary "
    "limitless lively long-standing longstanding lucid magnificent marked marvellous marvelous masterful "
    "masterfully masterly matchless matured meritorious meticulous natural nimble noteworthy nuanced obvious "
    "outright peerless penetrating perceptive perfect phenomenal pleasing powerful praiseworthy precise prodigious "
    "proficiently profoundly prominent pronounced quick-witted rare razor-sharp reasonable refreshing remarkably "
    "resolute respectable rigorous rock-solid rounded satisfactory scrupulous shrewd significantly skilful "
    "skilfully skillful skillfully sophisticated spectacular splendid stalwart standout startling steadfast "
    "stellar sterling strengthened striking stunning sturdy substantive successful suitably superb superbly "
    "superlative supreme sure-footed surpassing talented tenacious terrific thoroughgoing tip-top tireless "
    "top-class top-level top-tier tremendous tried uncanny uncompromising undeniable understandable undisputed "
    "undoubted unequaled unequalled unerring unfailing unfeigned unflagging unique unmatched unquestionable "
    "unrivaled unrivalled unshakeable unsurpassed unusual unwavering veritable versatile vigorous virtuoso vivid "
    "well-balanced well-cultivated well-founded well-grounded well-honed well-practiced well-practised "
    "well-rehearsed well-rounded well-trained wholehearted wide-ranging wonderful wondrous world-class worthwhile "
    "worthy zealous".split()
)

# Nouns that with a preposition lead to what is asked for ("a flair for design").
ABILITY_NOUNS = (
    r"acuity|adeptness|adroitness|bent|cognizance|comprehension|craft|craftsmanship|deftness|discernment|facility|"
    r"feel|finesse|gift|instinct|mastership|perception|prowess|skil+fulness|sense|conversance|ease|exposures?|"
    r"equipped|facility|finesse|gifted|talented|adroit|deft|skil+ful|masterful|well-grounded"
)

# Verbs that say only that one has or uses what follows.
HAVING = re.compile(
    r"(?:display(?:s|ing)?|demonstrat(?:es?|ing)|exhibit(?:s|ing)?|possess(?:es|ing)?|employ(?:s|ing)?|"
    r"utili[sz](?:es?|ing)|engag(?:es?|ing)\s+in|excel(?:s|ling)?\s+(?:in|at)|harness(?:es|ing)?|wield(?:s|ing)?|"
    r"mak(?:es?|ing)\s+use\s+of|command(?:s|ing)?(?=\s+(?:an?|the)\s)|cultivat(?:es?|ing)(?=\s+an?\s)|"
    r"exud(?:es?|ing)|embod(?:y|ies|ying)|manifest(?:s|ing)?|showcas(?:es?|ing)|boast(?:s|ing)?)\s+(?=\S)",
    re.IGNORECASE,
)
# Verbs that do so before praise only: "deploy sound judgement", but "deploy applications".
_PRAISED = re.compile(
    r"(?:deploy|exercis|apply|appl|practi[sc]|leverag|maintain|offer|provid|us|hav|keep)(?:e?s|ies|ing|e)?\s+"
    r"(?:an?\s+)?(?P<praise>[\w-]+)\s+(?=\S)",
    re.IGNORECASE,
)

# Single words that need others to be a requirement.
_GENERIC = frozenset(
    "enough understand understands understood quick ensure ensures communicates works working-level "
    "ease structure data existing current issue issues problem problems task tasks result results process processes "
    "information goal goals project projects activity activities situation situations idea ideas material materials "
    "aspect aspects way ways approach approaches manner manners purpose success opportunity opportunities challenge "
    "challenges case cases avoidance improvement improvements matter matters need functions function front back "
    "solid method methods performance potential concept concepts component components element elements factor "
    "factors item items objective objectives part parts point points principle principles question questions reason "
    "resource resources side situation step steps subject subjects thing topic topics use value values world "
    "together longer above below various multiple numerous different whatever whoever however therefore instance "
    "daily weekly total number numbers-driven days day week weeks month months hour hours today setting settings "
    "context contexts demand demands expectations outcome outcomes deadline deliverables insights ensure others "
    "everyone somewhere home office mind heart care attention focus contribution capacity progress track".split()
)
_ADJECTIVE = re.compile(r"[a-z]+(?:ly|able|ible|ive|ous|ful|less|ed|ic|ical|ial|ional|ary)")
_NOUNS = frozenset(
    "assembly supply family anomaly logic music fabric traffic arabic clinic public mechanic ethic topic archive "
    "drive sieve library diary salary notary inventory dispensary visual embed feed seed weed speed bed shed fly "
    "monopoly butterfly table cable vegetable initiative locomotive automotive adhesive creative detective "
    "topic metric ceramic plastic graphic comic basic magic historical speciality unified glossary secretary "
    "material editorial tutorial professional manual reply apply july lily italic aerobic cosmetic acrylic "
    "medical clinical legal retail electrical mechanical commercial hydraulic pneumatic mathematical industrial "
    "domestic residential agricultural pharmaceutical paediatric pediatric obstetric geriatric veterinary culinary "
    "automotive".split()
)


def praises(word: str) -> bool:
    """Whether a word only says how well."""
    return word.lower() in PRAISE


def using(text: str) -> int:
    """The length of a verb at the start that says only that one has or uses what follows."""
    match = HAVING.match(text)
    if match:
        return match.end()
    match = _PRAISED.match(text)
    return match.start("praise") if match and praises(match.group("praise")) else 0


def says_nothing_alone(text: str) -> bool:
    """Whether a single word is an adjective, an adverb or a noun too general to ask for."""
    word = text.strip(" .,;:'\"")
    if " " in word or not word:
        return False
    low = word.lower()
    return low in _GENERIC or low in PRAISE or (low not in _NOUNS and bool(_ADJECTIVE.fullmatch(word)))

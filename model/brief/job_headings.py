"""What a heading of a job post announces: requirements, nice-to-haves, duties, prose, or nothing for a screener.

The words are English first, with the usual German, French and Spanish headings.
"""

from __future__ import annotations

import re

TITLE, REQUIRED, PREFERRED, DUTIES, PROSE, IGNORE = "title", "required", "preferred", "duties", "prose", "ignore"

_TITLE = re.compile(
    r"(?:job|position|role|vacancy|post|posting)?\s*(?:titles?|name)|position|vacancy|job|role|vacant post|"
    r"stellenbezeichnung|stelle|intitulé(?: du poste)?|poste|puesto|cargo"
)
_PREFERRED = re.compile(
    r"nice[\s-]to[\s-]haves?|\bsmile\b|\buseful\b|\bnice\b|"
    r"\bprefer(?:red|ably|ences?)\b(?! (?:candidate|applicant|person))|"
    r"\bbonus(?: points?| skills?| if.*)?$|\bbonus points\b|"
    r"\bdesir(?:able|ables|ed)\b(?! (?:candidate|applicant|person))|\bplus(?:es)?$|\ba plus\b|(?:good|"
    r"great)[\s-]to[\s-]have|would be (?:great|nice|an? )|"
    r"extra credit|brownie points|\badvantag(?:es?|eous)\b|\boptional\b|\bideally\b|also (?:love|like|welcome)|"
    r"\bassets?$|von vorteil|wünschenswert|\bsouhaité|\batouts?\b|\bun plus\b|apprécié|valorable|deseable|se valorará"
)
_IGNORE = re.compile(
    r"\bbenefits?\b|\bperks?\b|\b(?:we|to|can|also) offer|\boffers?$|what.{0,12} offer|compensation|\bsalary\b|\bpay\b|"
    r"\bpay (?:range|rate)|remuneration|\brewards?\b|^we$|^about (?!you\b|the (?:role|job|position|opportunity|"
    r"candidate|person))|"
    r"who (?:we|are we)|our (?:company|story|mission|values|teams?|culture|clients?|purpose|vision|commitment|"
    r"people|stack is)|"
    r"^(?:the |meet the )?(?:company|team|organi[sz]ation|client|employer)(?: (?:description|overview|profile|"
    r"info\w*|bio))?$|"
    r"how (?:to|do you|can you) apply|^apply|application|"
    r"^(?:our |the |your )?(?:terms|deal|package)\b|"
    r"equal|\beeo\b|diversity|inclusion|\blegal\b|disclaimer|\bnotice\b|"
    r"\bcontact\b|^locations?$|\bhours\b|schedule|^shifts?\b|start date|(?:job|employment|contract|work) (?:type|"
    r"status)|"
    r"^contract$|^(?:terms and )?conditions$|"
    r"why (?:join|us|work|you|we|choose)|in it for you|in return|you(?:'ll| will)? (?:get|receive|"
    r"enjoy|gain)|"
    r"(?:interview|selection|hiring|recruitment) process|physical (?:demands?|requirements?)|work(?:ing)? "
    r"(?:environment|"
    r"conditions|location|setting)|safeguarding|accommodations?|visa|relocation|^travel(?: requirements?)?$|deadline|"
    r"closing date|reports to|reporting (?:to|line)|^department|^reference|^industry|^workplace|privacy|^posted|"
    r"wir bieten|bieten wir|bieten dir|über uns|unser angebot|bewerb|kontakt|vorteile|das erwartet|gehalt|standort|"
    r"nous offrons|on offre|avantages|à propos|qui sommes|rémunération|postuler|candidature|salaire|lieu|"
    r"ofrecemos|beneficios|sobre nosotros|salario|quiénes somos|ubicación|se ofrece"
)
_DUTIES = re.compile(
    r"responsibilit|\bduties\b|what you(?:'ll| will)(?: be)? (?:do|doing|own|work|working)|"
    r"you(?:'ll| will) (?:be )?(?:do|doing|responsible)|what you do\b|you to do\b|accountabilit|"
    r"day[\s-]to[\s-]day|^(?:the|your) (?:role|work)$|"
    r"\btasks?\b|activities|your (?:mission|impact)|typical day|a day in|job functions|"
    r"essential functions|scope of work|^objectives|responsible for|will be to|"
    r"what the job involves|what you can expect|aufgaben|tätigkeit|^(?:(?:vos|tes|les|votre) )?missions?\b|"
    r"responsabilités|funciones|responsabilidades|tareas|qué harás"
)
_REQUIRED = re.compile(
    r"(?:cannot|can't|could not|won't) (?:do|work|manage|go) without|"
    r"indispensab|knock-?out|deal-?breaker|^schooling|"
    r"^(?:your )?(?:studies|career)\b|track record|requir|qualifi|\bskills?\b|\bskillset|must[\s-]?haves?|competenc|"
    r"\bneed(?:ed|s)?\b|\bbring|looking for|"
    r"who you are|^about you|\bprofil|candidate|experience|knowledge|education|certifi|licen[cs]e|"
    r"credential|\bessential|criteria|"
    r"^you$|^(?:we )?need$|person spec|\bideal\b|prerequisite|expertise|abilities|"
    r"\bstack\b|toolbox|toolkit|technolog|^tools?\b|\bwe (?:want|expect|ask|seek)|"
    r"\beligib|background|attributes|\btraits|you (?:have|are|should|must)|must (?:have|be)|should (?:have|be)|success|"
    r"^languages?$|strengths|^training|applicants?|the right person|to be considered|you(?:'ll| will) have|"
    r"anforderung|voraussetzung|kenntnis|qualifikation|bringst|bringen|mitbring|das bist du|erwarten wir|"
    r"berufserfahrung|"
    r"compétences|exigences|prérequis|formation|expérience|vous (?:êtes|avez)|requis|perfil|conocimiento|competencia|"
    r"formación|buscamos|experiencia|aptitudes|habilidades|imprescindible|idiomas|langues|sprachen"
)
_PROSE = re.compile(
    r"^context$|^notes?$|summary|overview|description|^about the (?:role|job|position|opportunity)|introduction|"
    r"purpose|opportunity|"
    r"^the (?:job|position)|stellenbeschreibung|descriptif|descripción|at a glance|posting|details"
)
_ASKING = re.compile(r"\b(?:i|we) (?:also )?(?:want|need|expect|ask|look|seek|require)\b(?! to (?:offer|give))|"
                     r"\bskills? (?:needed|required)|\b(?:looking|searching) for\b")
_MANDATORY = re.compile(r"requir|must|essential|minimum|mandatory|basic qualif|\bneed|anforderung|imprescindible")

# A line without any mark of a heading is one only if all its words are from here.
_HEADING_WORDS = frozenset(
    "licensure toolbox toolkit would "
    "a about must-have must-haves nice-to-have nice-to-haves day-to-day title titles get give gives receive "
    "demands environment conditions process hours shift pattern pay "
    "location department deadline package offers physical schedule type start date "
    "a about abilities ability accountabilities additional an and apply are attributes background basic be "
    "benefits bonus "
    "bring candidate certificates certification certifications company compensation competencies competences "
    "core credentials "
    "criteria day description desirable desired do duties education educational eligibility employee eeo equal "
    "essential "
    "experience experiences expertise for formal functions general good great have haves how ideal in is it job "
    "key knowledge "
    "languages language licences licenses looking main mandatory minimum must need needed nice of offer "
    "opportunity or other "
    "our overview pay perks person personal physical plus points position preferred prerequisites principal "
    "professional "
    "profile qualification qualifications qualities relevant required requirement requirements responsibilities "
    "responsibility "
    "rewards role salary skill skills skillset soft specific specification stack strengths summary tasks team "
    "tech technical "
    "technologies technology the to tools training traits us values we what who why will with work working you "
    "you'll you're "
    "your hard special specifics candidates applicants selection join story mission culture expect want seek seeking "
    "anforderungen ihr dein profil aufgaben wir bieten das bringst du mit bringen sie kenntnisse qualifikation "
    "qualifikationen voraussetzungen fachliche deine ihre über uns was unser angebot vorteile persönliche und "
    "vos missions compétences requises profil recherché votre nous offrons avantages à propos exigences "
    "formation expérience "
    "requisitos perfil buscado funciones ofrecemos beneficios conocimientos competencias formación buscamos qué que "
    "experiencia requerida responsabilidades deseable valorable et y de del du le la les sobre nosotros tus".split()
)
_DECORATION = " \t#*_=~-–—:•>|.!?[]()\"'"
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001F000-\U0001FAFF\ufe0f]+")


def bare_label(line: str) -> str:
    """The words of a heading in lower case, without marks, numbers and emoji."""
    label = _EMOJI.sub(" ", line).strip(_DECORATION)
    label = re.sub(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s+", "", label, flags=re.IGNORECASE)
    return " ".join(label.lower().split()).strip(_DECORATION)


def made_of_heading_words(label: str) -> bool:
    """Whether every word of a bare label is one that headings are made of."""
    words = re.findall(r"[^\W\d_][\w'-]*", label)
    return bool(words) and all(word.strip("'") in _HEADING_WORDS for word in words)


def classify(label: str) -> str | None:
    """The section that a bare label opens, None where its words say nothing."""
    if _TITLE.fullmatch(label):
        return TITLE
    if _ASKING.search(label):
        return REQUIRED
    if _PREFERRED.search(label) and not re.search(r"\brequired (?:and|&)|package|scheme", label):
        return PREFERRED
    if re.search(r"essential (?:functions|duties)|what you(?:'ll| will) (?:be )?do", label):
        return DUTIES
    for section, pattern in ((IGNORE, _IGNORE), (REQUIRED, _REQUIRED), (DUTIES, _DUTIES), (PROSE, _PROSE)):
        if pattern.search(label):
            return REQUIRED if section == PROSE and _REQUIRED.search(label) else section
    return None


def is_asking(label: str) -> bool:
    """Whether a label says in so many words that somebody wants something ("skills needed for a cook")."""
    return bool(_ASKING.search(label))


def is_mandatory(label: str) -> bool:
    """Whether a label says by itself that what follows is a must ("required", "essential")."""
    return bool(_MANDATORY.search(label))

"""One line of a job post -> requirements: education first, then experience, the rest are skills."""

from __future__ import annotations

import re
from dataclasses import replace

from model.brief.job_content import SEEKS
from model.brief.job_cues import by_necessity
from model.brief.job_education import take_education
from model.brief.job_experience import Demand, extract
from model.brief.job_experience_words import PROVES
from model.brief.job_lists import Item, items
from model.brief.job_text import TAKEN, Piece
from model.brief.phrases import clean, colon_head, cut, usable
from model.schema import Requirement

_WHO = (
    r"(?:the\s+|our\s+|an?\s+|all\s+|any\s+)?(?:(?:successful|ideal|right|perfect|chosen|prospective|suitable|"
    r"strong|qualified|best|preferred|potential|selected|new|interested)\s+)*(?:candidates?|applicants?|person|"
    r"individuals?|hire|employees?|employee-to-be|incumbent|contender|teammate|you|they|she|he|someone|somebody|"
    r"anyone|one|who|people|everyone)"
)
_AUX = (
    r"(?:(?:must|should|will|shall|would|can|also|ideally|needs?\s+to|(?:is|are)\s+(?:expected|required|able|"
    r"willing|ready|happy|going)\s+to|already|typically|ha(?:s|ve)\s+to|likely|to|probably|always|both|then|do|"
    r"simply|at\s+least|of\s+course|genuinely|really|therefore|be\s+able\s+to)\s+)*"
)
_HAVE = (
    r"(?:have\s+got|'ve\s+got|have|has|be|is|are|brings?|possess(?:es)?|holds?|demonstrates?|shows?|needs?|"
    r"requires?|knows?|displays?|exhibits?|comes?\s+with|wants?|expects?|enjoys?|loves?|understands?)"
)
_LEAD = re.compile(
    rf"\b{_WHO}(?:(?:'ll|'re|'ve|'d)\s+{_AUX}(?:{_HAVE}\b)?|\s+{_AUX}{_HAVE}\b|\s+(?:must|should|can)\b)\s*(?:an?\s+)?|"
    r"\b(?:role|position|job|post|work|this)\s+(?:also\s+)?(?:requires?|demands?|needs?|calls\s+for)\s+|"
    r"\b(?:requires|requiring|demands)\s+|"
    r"\bmust\s+(?:also\s+)?(?:have|be|possess|hold|demonstrate|know|speak|show)\s+(?:an?\s+)?|"
    r"\b(?:vous\s+(?:ma[iî]trisez|avez|êtes|possédez)|sie\s+(?:haben|verfügen\s+über|bringen|sind)|du\s+(?:hast|"
    r"bringst|bist))\s+|"
    r"\b(?:in\s+possession\s+of|what\s+matters\s+is|we\s+ask\s+for)\s+",
    re.IGNORECASE,
)
_SEEK = re.compile(
    r"\b(?:looking|searching|hunting|search)\s+(?:for|of)\s+|\b(?:seeks?|seeking|hiring|hires?|recruiting|need|"
    r"needs|needed|want|wanted|require|requires)\s+(?=(?:an?|our|\d|two|three|someone|somebody|experienced|"
    r"skilled|qualified)\b)",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"(?:an?\s+|our\s+(?:next\s+)?|\d+\s+)?(?P<role>[^,.;:]{2,80}?),?\s+(?:with|who\s+(?:has|have|is|are|can|"
    r"will|holds?|knows?|brings?)|having|that\s+(?:has|can)|holding)\s+",
    re.IGNORECASE,
)
_COMPETENCE = re.compile(
    r"(?:\b[\w-]+\s+){0,2}?\b(?:experience|knowledge|understanding|proficien\w+|familiar\w*|expertise|fluen\w+|"
    r"background|abilit\w+|able|skills|skilled|certifi\w+|licen[cs]\w*|comfortable|grasp|command|track\s+record|"
    r"degree)\b",
    re.IGNORECASE,
)
_AGENT_WITH = re.compile(
    r"(?<=[a-z])(?:er|or|ist|ian|eer|nurse|chef|cook|analyst|electrician|technician|assistant|specialist|"
    r"professional|graduate)(\s+with\s+)",
    re.IGNORECASE,
)
_RIGHT_JOIN = re.compile(r"\s*(?:[,;.()–—-]|\b(?:and|plus|with|as\s+well\s+as|along\s+with|or)\b)", re.IGNORECASE)
_LEFT_JOIN = re.compile(r"(?:[,;.(:]|\band|\bplus|\bwith|\bas\s+well\s+as|\balong\s+with|\bor)\s*$", re.IGNORECASE)
_NEXT_JOIN = re.compile(r"[,;]|\band\b|\bplus\b|\bas\s+well\s+as\b", re.IGNORECASE)
# What may lead over to the number or degree that was taken out: "... and hold a".
_LEFT_VERBS = re.compile(
    r"(?:\b(?:hold|holds|have|has|having|possess|bring|brings|complete[d]?|obtained|be|a|an|the|is|are|at|least|"
    r"minimum|of|relevant|strong|your|current|valid|full|hold\s+a|ideally|preferably|also|must|should|will|you|"
    r"they)\b\s*)+$",
    re.IGNORECASE,
)
_DROPPED_START = re.compile(
    r"\s*\(|\W*(?:(?:and|or|,)\s+)?(?:from|at|in\s+(?:an?|the|our)\b|within|gained|obtained|refined|excluding|"
    r"except|or\s+(?:an?\s+|any\s+|in\s+an?\s+)?(?:equivalent|similar|related|comparable|relevant|other)|equivalent|"
    r"similar|to\b|where|who|which|that\s+can\b|through)\b",
    re.IGNORECASE,
)


_LABEL_END = re.compile(r"(?:^|(?<=[,;.]))\W*(?:[^\W\d_]+\W+){1,4}(?<=:\s)\s*$")  # "..., formal training: <degree>"
_QUALITY = re.compile(r"(?:strong|good|excellent|proven|solid|experience|knowledge)", re.IGNORECASE)


def _lead(piece: Piece, prose: bool, sure: bool) -> Piece | None:
    """The sentence without "you should have" and its like; None where a sentence of prose asks for nothing."""
    seek = _SEEK.search(piece.text)
    if seek and (prose or seek.start() < 20):
        rest = piece.sub(seek.end())
        sought = _SOUGHT.match(rest.text)
        if sought:
            return rest.sub(sought.end())
        if prose and not _QUALITY.match(rest.text):
            later = _LEAD.search(rest.text)
            return rest.sub(later.end()) if later else None
        return rest
    lead = _LEAD.search(piece.text)
    if lead and "(" in piece.text[: lead.start()]:
        lead = None
    if lead and (prose or lead.start() < 25):
        return piece.sub(lead.end())
    if not prose or sure:
        return piece
    competence = _COMPETENCE.search(piece.text)
    return piece.sub(competence.start()) if competence else None


_ANCHOR = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|ten|year|months|degree(?!\s+of\s+(?!bachelor|master))|bachelor|"
    r"master|diploma|phd)",
    re.IGNORECASE,
)


def _early_lead(sentence: Piece, prose: bool) -> Piece:
    """Takes off "we are looking for a nurse with" where years or a degree follow, lest they take it for the domain."""
    anchor = _ANCHOR.search(sentence.text)
    seek = _SEEK.search(sentence.text)
    if not anchor or not seek or seek.start() > anchor.start() or not (prose or seek.start() < 20):
        return sentence
    sought = _SOUGHT.match(sentence.text, seek.end())
    return sentence.sub(sought.end()) if sought and sought.end("role") <= anchor.start() else sentence


def _explained(sentence: Piece) -> Piece:
    """Takes the explanation off "Scheduling: you plan rotas for three wards", but not years, degrees or cues."""
    match = re.match(r"([^:\n]{2,60}?)\s*:\s+(?=\S)", sentence.text)
    if not match or len(sentence.text) - match.end() < 25 or _ANCHOR.search(sentence.text, match.end()):
        return sentence
    head = colon_head(sentence)
    if head.start != sentence.start:
        return sentence
    tail = by_necessity(sentence.sub(match.end()), True)
    if len(tail) == 1 and not tail[0][1]:
        return sentence
    return head


_PROVES = re.compile(rf"\s*,?\s*(?:{PROVES})\b", re.IGNORECASE)


def _leftovers(piece: Piece, strict: bool) -> list[Piece]:
    """The parts of a sentence around what was taken out of it that may hold skills."""
    parts = [(match.start(), match.end()) for match in re.finditer(rf"[^{TAKEN}]+", piece.text)]
    kept = []
    for start, end in parts:
        part = piece.sub(start, end)
        if len(parts) == 1 and start == 0 and end == len(piece.text):
            return [part]
        if start > 0 and _PROVES.match(part.text):
            continue
        if start > 0 and (_DROPPED_START.match(part.text) or not _RIGHT_JOIN.match(part.text)):
            join = _NEXT_JOIN.search(part.text, 1)
            if not join:
                continue
            part = part.sub(join.start())
        if end < len(piece.text):
            stripped = _LABEL_END.sub("", _LEFT_VERBS.sub("", part.text))
            if not _LEFT_JOIN.search(stripped):
                comma = max(stripped.rfind(","), stripped.rfind(";"))
                if comma < 0:
                    continue
                stripped = stripped[:comma]
            part = part.sub(0, len(stripped))
        if strict and not _COMPETENCE.search(part.text):
            continue
        kept.append(part)
    return kept


def _skill(item: Item, must: bool) -> Requirement:
    return Requirement(item.text, "skill", must, None, item.any_of, 0, 1.0, item.start, item.end)


def _experience(demand: Demand, must: bool) -> Requirement:
    return Requirement(demand.text, "experience", must, demand.years, demand.any_of, 0, 1.0, demand.start, demand.end)


# "3 years as a buyer, preferably in retail": where, not what.
_WHERE = re.compile(r"(?:in|within|at|from|with\s+exposure)\s", re.IGNORECASE)


def requirements_in(sentence: Piece, must: bool, prose: bool = False, strict: bool = False) -> list[Requirement]:
    """The requirements that a sentence holds.

    `must` is what the section says, inline cues win over it. `prose`: the sentence stands outside a list of
    requirements, so only what follows a demand counts. `strict`: it stands in a section on experience, where words
    around a number of years are seldom skills.
    """
    found: list[Requirement] = []
    sentence = _explained(_early_lead(sentence, prose))
    for part, necessary in by_necessity(sentence, must):
        sure = necessary != must or part.end < sentence.end or _is_bare_list(sentence.text)
        if not necessary and part.start > sentence.start and _WHERE.match(part.text):
            comma = part.text.find(",")
            if comma < 0:
                continue
            part, necessary = part.sub(comma + 1).strip(), must
        schooling, rest = take_education(part, necessary)
        demands, skills, rest = extract(rest, prose)
        found += schooling
        found += [_experience(demand, necessary) for demand in demands]
        found += [_skill(item, necessary) for item in skills]
        taken = bool(schooling or demands)
        for chunk in _leftovers(rest, strict and bool(demands)):
            body = _lead(chunk, prose and not (taken and chunk.start > part.start), sure)
            if body is None:
                continue
            body = colon_head(body.strip(" .,;:-–—"))
            split_at = _AGENT_WITH.search(body.text) if prose else None
            if split_at:
                body = body.take(split_at.start(1), split_at.end(1))
            found += [_skill(item, necessary) for item in items(body)]
    return _with_least_degree(found) if _THOUGH.search(sentence.text) else found


# "A degree is required, although vocational training counts": either will do.
_THOUGH = re.compile(
    r"\b(?:although|though|but)\s+(?:an?\s+)?(?:equivalent|comparable|similar|relevant)\b", re.IGNORECASE
)


def _with_least_degree(found: list[Requirement]) -> list[Requirement]:
    """The requirements with the first degree at the least level of all degrees in it, and without the others."""
    degrees = [one for one in found if one.kind == "education"]
    rest = [one for one in found if one.kind != "education"]
    return rest + [replace(degrees[0], level=min(one.level for one in degrees))] if degrees else found


_DUTY_LEAD = re.compile(
    r"\W*(?:you\s+(?:will|'ll)\s+(?:be\s+)?|responsible\s+for\s+|responsibilities\s+include\s+)?", re.IGNORECASE
)


_SUBJECT = re.compile(r"\b(?:we|our|us|they|their|you|your|is|are|was|were|will|has|have|it|this)\b", re.IGNORECASE)


def _is_bare_list(text: str) -> bool:
    """Whether a sentence is only a list, as in small ads: "CSCS card, own tools, 2 years on site"."""
    return "," in text and not _SUBJECT.search(text) and not SEEKS.search(text)


def duty_in(sentence: Piece) -> list[Requirement]:
    """A duty as a requirement, for posts that state hardly any: at most one short phrase a sentence."""
    lead = _DUTY_LEAD.match(sentence.text)
    short = cut(clean(colon_head(sentence.sub(lead.end()).strip())))
    first = re.split(r",|;|\s+and\s+", short.text)[0]
    short = short.sub(0, len(first)).strip()
    if not usable(short.text) or len(short.text.split()) < 2:
        return []
    return [Requirement(short.text, "skill", True, None, (), 0, 1.0, short.start, short.end)]

"""One line of a job post -> requirements: education first, then experience, the rest are skills."""

from __future__ import annotations

import re

from model.brief.education import degree_mentions
from model.brief.job_cues import by_necessity
from model.brief.job_experience import extract
from model.brief.job_text import TAKEN, Piece
from model.brief.phrases import Item, clean, colon_head, cut, items, usable
from model.schema import Requirement

_WHO = r"(?:the\s+|our\s+|an?\s+|all\s+|any\s+)?(?:(?:successful|ideal|right|perfect|chosen|prospective|suitable|strong|qualified|best|preferred|potential|selected|new|interested)\s+)*(?:candidates?|applicants?|person|individuals?|hire|employees?|employee-to-be|incumbent|contender|teammate|you|they|she|he|someone|somebody|anyone|one|who|people|everyone)"
_AUX = r"(?:(?:must|should|will|shall|would|can|also|ideally|needs?\s+to|(?:is|are)\s+(?:expected|required|able|willing|ready|happy|going)\s+to|already|typically|ha(?:s|ve)\s+to|likely|to|probably|always|both|then|do|simply|at\s+least|of\s+course|genuinely|really|therefore|be\s+able\s+to)\s+)*"
_HAVE = r"(?:have\s+got|'ve\s+got|have|has|be|is|are|brings?|possess(?:es)?|holds?|demonstrates?|shows?|needs?|requires?|knows?|displays?|exhibits?|comes?\s+with|wants?|expects?|enjoys?|loves?|understands?)"
_LEAD = re.compile(
    rf"\b{_WHO}(?:(?:'ll|'re|'ve|'d)\s+{_AUX}(?:{_HAVE}\b)?|\s+{_AUX}{_HAVE}\b|\s+(?:must|should|can)\b)\s*(?:an?\s+)?|"
    r"\b(?:role|position|job|post|work|this)\s+(?:also\s+)?(?:requires?|demands?|needs?|calls\s+for)\s+|\b(?:requires|requiring|demands)\s+|"
    r"\bmust\s+(?:also\s+)?(?:have|be|possess|hold|demonstrate|know|speak|show)\s+(?:an?\s+)?|\b(?:in\s+possession\s+of|what\s+matters\s+is|we\s+ask\s+for)\s+",
    re.IGNORECASE,
)
_SEEK = re.compile(r"\b(?:looking|searching|hunting|search)\s+(?:for|of)\s+|\b(?:seeks?|seeking|hiring|hires?|recruiting|need|needs|needed|want|wanted|require|requires)\s+(?=(?:an?|our|\d|two|three|someone|somebody|experienced|skilled|qualified)\b)", re.IGNORECASE)
_SOUGHT = re.compile(r"(?:an?\s+|our\s+(?:next\s+)?|\d+\s+)?(?P<role>[^,.;:]{2,80}?),?\s+(?:with|who\s+(?:has|have|is|are|can|will|holds?|knows?|brings?)|having|that\s+(?:has|can)|holding)\s+", re.IGNORECASE)
_COMPETENCE = re.compile(r"(?:\b[\w-]+\s+){0,2}?\b(?:experience|knowledge|understanding|proficien\w+|familiar\w*|expertise|fluen\w+|background|abilit\w+|able|skills|skilled|certifi\w+|licen[cs]\w*|comfortable|grasp|command|track\s+record|degree)\b", re.IGNORECASE)
_COMPETENT_HEAD = re.compile(r"^\W*(?:[\w-]+\s+){0,3}(?:experience|knowledge|understanding|proficien\w+|familiar\w*|expertise|fluen\w+|background|abilit\w+|able\s+to|skills|skilled|certifi\w+|licen[cs]\w*)\b", re.IGNORECASE)
_AGENT_WITH = re.compile(r"(?<=[a-z])(?:er|or|ist|ian|eer|nurse|chef|cook|analyst|electrician|technician|assistant|specialist|professional|graduate)(\s+with\s+)", re.IGNORECASE)
_RIGHT_JOIN = re.compile(r"\s*(?:[,;.()–—-]|\band\b|\bplus\b|\bwith\b|\bas\s+well\s+as\b|\balong\s+with\b|\bor\b)", re.IGNORECASE)
_LEFT_JOIN = re.compile(r"(?:[,;.(:]|\band|\bplus|\bwith|\bas\s+well\s+as|\balong\s+with|\bor)\s*$", re.IGNORECASE)
_NEXT_JOIN = re.compile(r"[,;]|\band\b|\bplus\b|\bas\s+well\s+as\b", re.IGNORECASE)
# What may lead over to the number or degree that was taken out: "... and hold a".
_LEFT_VERBS = re.compile(r"(?:\b(?:hold|holds|have|has|having|possess|bring|brings|complete[d]?|obtained|be|a|an|the|is|are|at|least|minimum|of|relevant|strong|your|current|valid|full|hold\s+a|ideally|preferably|also|must|should|will|you|they)\b\s*)+$", re.IGNORECASE)
_DROPPED_START = re.compile(r"\s*\(|\W*(?:(?:and|or|,)\s+)?(?:from|at|in\s+(?:an?|the|our)\b|within|gained|obtained|refined|excluding|except|or\s+(?:equivalent|similar|related)|equivalent|similar|to\b|where|who|which|that\s+can\b|through)\b", re.IGNORECASE)

# Degrees of others: "supervise PhD students", "high school teacher".
_OF_OTHERS = re.compile(r"[\s-]*(?:level\s+)?(?:students?|pupils|teachers?|teaching|classes|courses|curriculum|candidates|children|learners)\b", re.IGNORECASE)
_OF_A_ROLE = re.compile(r"\b(?:to|at)\s+$|\bas\s+an?\s+[^,.;]{0,40}$", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?:\s+or\s+(?:higher|above|better))?\s*(?:degree|qualification|diploma|level)?\s*(?:\s+or\s+(?:higher|above))?\s*(?:\((?:hons|honours)\)\s*)?(?:,\s*(?=[A-Z]))?(?P<in>(?:in|of|en|im|der|als|zum|zur)\s+)?", re.IGNORECASE)
_FIELD_END = re.compile(r"\s*[;.(\x00]|\s+(?:with|plus|from|and\s+(?:at\s+least|a\b|an\b|minimum|\d|strong|good|proven|excellent|experience|knowledge|must|be\b|two|three|four|five|one)|or\s+(?:an?\s+)?(?:equivalent|similar|comparable|commensurate|relevant|\d|\w+\s+years)|is|are|required|preferred|who|as\s+well|combined|along)\b|,\s*(?:with|plus|and\s+(?:at|a|an|\d|strong|minimum|experience|knowledge)|at\s+least|minimum|\d|or\s+(?:an?\s+)?equivalent)\b", re.IGNORECASE)
_RELATED = re.compile(r"[^;.\x00]{0,90}?,?\s*(?:or|and)\s+(?:in\s+)?(?:an?\s+|other\s+)?(?:closely\s+)?(?:related|similar|relevant|equivalent|comparable|other|another|any\s+other)\s+(?:\w+\s+)?(?:fields?|disciplines?|subjects?|areas?|majors?|degrees?|programs?)", re.IGNORECASE)
_INSTEAD = re.compile(r"[\s,(]*(?:and\s*/?\s*)?or\s+(?:an?\s+)?(?:(?:equivalent|commensurate|comparable|relevant|similar|proven|demonstrable|extensive|equal|significant)\s+)+(?:combination\s+of\s+)?(?:(?:professional|practical|work|working|industry|relevant|job|life|military|education|training|related|technical|hands-on|on-the-job|field|trade|in|and|/|,|of)\s*)*\s*experience\b|[\s,(]*or\s+(?:the\s+)?experience\s+(?:to\s+match|equivalent|in\s+lieu)|[\s,(]*or\s+(?:at\s+least\s+)?\w+\+?\s+years['’]?\s+(?:of\s+)?(?:\w+\s+){0,3}?experience|[\s,(]*or\s+qualified\s+by\s+experience|[\s,(]*oder\s+(?:eine\s+)?vergleichbare\s+\w+", re.IGNORECASE)


def _education(piece: Piece, must: bool) -> tuple[list[Requirement], Piece]:
    """Takes degrees and diplomas out of a sentence; neighbours joined by "or" become one, at the least level."""
    found: list[Requirement] = []
    mentions = [mention for mention in degree_mentions(piece.text) if not _OF_OTHERS.match(piece.text, mention.end)]
    mentions = [mention for mention in mentions if not _OF_A_ROLE.search(piece.text[: mention.start])]
    index = 0
    while index < len(mentions):
        last = index
        levels = [mentions[index].level]
        while last + 1 < len(mentions) and re.fullmatch(r"[\s,(/]*(?:or|and/or|oder|ou|o|/)?(?:\s+an?)?\s*(?:relevant\s+|university\s+)?", piece.text[mentions[last].end : mentions[last + 1].start].replace(TAKEN, " "), re.IGNORECASE):
            last += 1
            levels.append(mentions[last].level)
        start, end = mentions[index].start, mentions[last].end
        text, end = _field(piece.text, start, end)
        instead = _INSTEAD.match(piece.text, end) or _INSTEAD.match(piece.text, end + len(re.match(r"\s*\([^)]*\)", piece.text[end:]).group()) if piece.text[end:].lstrip().startswith("(") and ")" in piece.text[end:] else end)
        stop = instead.end() if instead else end
        found.append(Requirement(text, "education", must and not instead, None, (), min(levels), 1.0, piece.start + start, piece.start + end))
        piece = piece.take(start, stop)
        index = last + 1
        while index < len(mentions) and mentions[index].start < stop:
            index += 1
    return found, piece


def _field(text: str, start: int, end: int) -> tuple[str, int]:
    """The phrase of a degree with its field of study, and where it ends in the sentence."""
    head = _FIELD.match(text, end)
    verbatim_end = end
    direct = text[start:end].isupper() or re.fullmatch(r"[BM]\.?(?:Sc|Eng|Ed|Com|Tech|Arch)\.?", text[start:end])
    named = direct and re.match(r"\s+(?!(?:or|and|with|plus|from|required|preferred|degree|level|is|oder|ou|und|et)\b)[^\W\d_]", text[end:])
    if head.group("in") or named or re.search(r"\b(?:in|of|en)(?:\s+\w+)?$", text[start:end], re.IGNORECASE):
        begin = head.end() if head.group("in") else end
        stop = _FIELD_END.search(text, begin)
        verbatim_end = stop.start() if stop else len(text)
        related = _RELATED.match(text, begin)
        phrase = text[start : min(verbatim_end, related.end() if related else verbatim_end)]
        verbatim_end = max(verbatim_end, related.end()) if related else _list_end(text, begin, verbatim_end)
        phrase = text[start : min(len(phrase) + start, verbatim_end)]
    else:
        verbatim_end = max(end, head.end("in") if head.group("in") else end + len(re.match(r"(?:\s+(?:degree|level))?(?:\s+or\s+(?:higher|above))?", text[end:]).group()))
        phrase = text[start:verbatim_end]
    phrase = re.sub(r",?\s*(?:or|and)\s+(?:in\s+)?(?:an?\s+|other\s+)?(?:closely\s+)?(?:related|similar|relevant|equivalent|comparable|any\s+other|another|other)\b.*$", "", phrase, flags=re.IGNORECASE | re.DOTALL)
    words = re.sub(r"\s+", " ", phrase).strip(" ,.;:(-").split()
    return " ".join(words[:10]), verbatim_end


def _list_end(text: str, begin: int, end: int) -> int:
    """Ends a field of study at a comma unless a list of fields follows ("in biology, chemistry or physics")."""
    comma = text.find(",", begin, end)
    if comma < 0 or re.search(r"\bor\b", text[comma:end]):
        return end
    return comma


def _lead(piece: Piece, prose: bool, sure: bool) -> Piece | None:
    """The sentence without "you should have" and its like; None where a sentence of prose asks for nothing."""
    seek = _SEEK.search(piece.text)
    if seek and (prose or seek.start() < 20):
        rest = piece.sub(seek.end())
        sought = _SOUGHT.match(rest.text)
        if sought:
            return rest.sub(sought.end())
        if prose and not re.match(r"(?:strong|good|excellent|proven|solid|experience|knowledge)", rest.text, re.IGNORECASE):
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


_ANCHOR = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|ten|year|months|degree|bachelor|master|diploma|phd)", re.IGNORECASE)


def _early_lead(sentence: Piece, prose: bool) -> Piece:
    """Takes off "we are looking for a nurse with" where years or a degree follow, lest they take it for the domain."""
    anchor = _ANCHOR.search(sentence.text)
    seek = _SEEK.search(sentence.text)
    if not anchor or not seek or seek.start() > anchor.start() or not (prose or seek.start() < 20):
        return sentence
    sought = _SOUGHT.match(sentence.text, seek.end())
    return sentence.sub(sought.end()) if sought and sought.end("role") <= anchor.start() else sentence


def _explained(sentence: Piece) -> Piece:
    """Takes the explanation off "Networking: workflow proficiency includes ...", but not years, degrees or cues."""
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


def _leftovers(piece: Piece, strict: bool) -> list[Piece]:
    """The parts of a sentence around what was taken out of it that may hold skills."""
    parts = [(match.start(), match.end()) for match in re.finditer(rf"[^{TAKEN}]+", piece.text)]
    kept = []
    for start, end in parts:
        part = piece.sub(start, end)
        if len(parts) == 1 and start == 0 and end == len(piece.text):
            return [part]
        if start > 0 and (_DROPPED_START.match(part.text) or not _RIGHT_JOIN.match(part.text)):
            join = _NEXT_JOIN.search(part.text, 1)
            if not join:
                continue
            part = part.sub(join.start())
        if end < len(piece.text):
            stripped = _LEFT_VERBS.sub("", part.text)
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


def requirements_in(sentence: Piece, must: bool, prose: bool = False, strict: bool = False) -> list[Requirement]:
    """The requirements that a sentence holds.

    `must` is what the section says, inline cues win over it. `prose`: the sentence stands outside a list of
    requirements, so only what follows a demand counts. `strict`: it stands in a section on experience, where words
    around a number of years are seldom skills.
    """
    found: list[Requirement] = []
    sentence = _explained(_early_lead(sentence, prose))
    for part, necessary in by_necessity(sentence, must):
        sure = necessary != must or part.end < sentence.end
        if not necessary and part.start > sentence.start and re.match(r"(?:in|within|at|from|with\s+exposure)\s", part.text, re.IGNORECASE):
            continue
        schooling, rest = _education(part, necessary)
        demands, skills, rest = extract(rest, prose)
        found += schooling
        found += [Requirement(one.text, "experience", necessary, one.years, one.any_of, 0, 1.0, one.start, one.end) for one in demands]
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
    return found


def duty_in(sentence: Piece) -> list[Requirement]:
    """A duty as a requirement, for posts that state hardly any: at most one short phrase a sentence."""
    body = re.sub(r"^\W*(?:you\s+(?:will|'ll)\s+(?:be\s+)?|responsible\s+for\s+|responsibilities\s+include\s+)", lambda match: " " * len(match.group()), sentence.text, flags=re.IGNORECASE)
    short = cut(clean(colon_head(Piece(body, sentence.start).strip())))
    first = re.split(r",|;|\s+and\s+", short.text)[0]
    short = short.sub(0, len(first)).strip()
    if not usable(short.text) or len(short.text.split()) < 2:
        return []
    return [Requirement(short.text, "skill", True, None, (), 0, 1.0, short.start, short.end)]

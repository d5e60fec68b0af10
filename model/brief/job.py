"""Job text -> requirements, for any profession: rules only, no model, a few milliseconds a post.

The post is cut into lines with their sections (`job_sections`); lines under a heading of requirements are read whole,
prose only where it demands something; company story, benefits, pay and legal text never. Duties count only where a
post states fewer than `FEW` requirements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from model.brief.job_content import is_given, is_known, wanted_in, without_cue
from model.brief.job_cues import SOUGHT, STRONG, SURE, WEAK
from model.brief.job_experience import TOTAL_EXPERIENCE
from model.brief.job_headings import classify
from model.brief.job_lines import duty_in, requirements_in
from model.brief.job_noise import is_noise, promises_equality, without_age
from model.brief.job_sections import DUTIES, IGNORE, PREFERRED, PROSE, REQUIRED, TITLE, Line, read_lines
from model.brief.job_text import Piece, normalise, sentences
from model.brief.job_title import find_title
from model.brief.job_tools import tools_in
from model.brief.job_warnings import find as find_warnings
from model.brief.phrases import surely_tool
from model.brief.titles import has_title_word
from model.errors import JobError
from model.schema import Job, Requirement

__all__ = ["FEW", "MAX_REQUIREMENTS", "TOTAL_EXPERIENCE", "parse_job"]

MAX_REQUIREMENTS = 24
FEW = 3
"""A post with fewer requirements than this has its duties read too."""
MAX_CHARACTERS = 40_000
"""The rest of a longer job text is not read."""
UNKNOWN = 0.5
"""Certainty of a skill that neither the lexicon knows nor its capitals tell."""
_SENTENCE = 700
"""Characters of a sentence that are read; what has more is no sentence."""
_PLENTY = 4 * MAX_REQUIREMENTS
"""Reading stops after so many requirements."""
_ITEM_WORDS = 10
"""A bulleted line of at most this many words in a post without headings is an item of requirements."""
_LIST_WORDS = 60
"""A text without sentences of at most this many words may be a bare list of skills."""


def parse_job(text: str) -> Job:
    """The title, requirements and warnings of a job text.

    Raises JobError where the text is empty or holds no requirement. Offsets are positions in `text`.
    """
    if not any(map(str.isalnum, text)):
        raise JobError("The job text is empty. Paste the job post, or a list of the skills that it asks for.")
    plain = normalise(text[:MAX_CHARACTERS])
    lines, headings = read_lines(plain)
    lines = [line for line in lines[:2] if len(lines) < 5 or not _names_post(line)] + lines[2:]
    warnings: list[str] = []
    found = _requirements(lines, headings, warnings)
    if found and not headings and not any(line.bullet for line in lines):
        found += _new(tools_in(plain), found)
    title = find_title(plain, lines)
    warnings += [message for message, *_ in find_warnings(title)]
    kept = _with_certainty(_cap(_unique(found, title)), plain)
    if not kept:
        raise JobError(
            "The job text names no requirement that could be checked. Add a line such as "
            '"Requirements: 3 years as a nurse, ICU, driving licence".'
        )
    return Job(text, title, tuple(kept), tuple(dict.fromkeys(warnings)))


_NO_NAME = re.compile(
    r"[.!?:]\s*$|\d|\b(?:with|who|must|and|or|skills?|experienced?|knowledge|degree|years?)\b", re.IGNORECASE
)
_NAME_WORDS = 12


def _names_post(line: Line) -> bool:
    """Whether one of the first lines only names the post and who offers it: "Crane Driver / Saltmarsh Steel"."""
    text = line.piece.text
    short = line.section != TITLE and not line.bullet and len(text.split()) <= _NAME_WORDS
    return short and has_title_word(text) and not _NO_NAME.search(text)


def _requirements(lines: list[Line], headings: int, warnings: list[str]) -> list[Requirement]:
    """Reads the sections in the order of trust, and stops where there is enough."""
    explicit = _listed(lines, warnings)
    found = explicit + _told(lines, headings, explicit, warnings)
    if len(found) < FEW and not headings and len(lines) and _is_list(lines):
        for sentence, _ in _sentences(lines, (PROSE,), []):
            found += requirements_in(sentence, True)
    if len(found) < FEW:
        for sentence, _ in _sentences(lines, (IGNORE,), []):
            if STRONG.search(sentence.text):
                found += requirements_in(sentence, True, prose=True)
    if len(_unique(found, "")) < FEW:
        for sentence, _ in _sentences(lines, (DUTIES,), []):
            found += duty_in(sentence)
    return found


def _listed(lines: list[Line], warnings: list[str]) -> list[Requirement]:
    """The requirements under headings of requirements and nice-to-haves."""
    found: list[Requirement] = []
    for sentence, line in _sentences(lines, (REQUIRED, PREFERRED), warnings):
        if not line.bullet and is_given(sentence.text):
            continue
        strict = "experience" in line.label and "skill" not in line.label
        found += requirements_in(sentence, line.section == REQUIRED, strict=strict)
        if len(found) > _PLENTY:
            break
    return found


def _told(lines: list[Line], headings: int, listed: list[Requirement], warnings: list[str]) -> list[Requirement]:
    """The requirements in prose; where the post lists enough of them, only what is plainly demanded."""
    enough = len(listed) >= FEW
    cues = (SURE,) if enough else (STRONG, SOUGHT, WEAK)
    found: list[Requirement] = []
    paragraphs = groupby(_sentences(lines, (PROSE,), warnings), key=lambda pair: pair[1])
    for sentence, line, named in ((*pair, one) for _, group in paragraphs for pair, one in _judged(list(group))):
        if is_given(sentence.text):
            continue
        if named:
            asked = requirements_in(named[0], classify(named[1].lower()) != PREFERRED)
        elif line.bullet and not headings and not enough and len(sentence.text.split()) <= _ITEM_WORDS:
            asked = requirements_in(sentence, True)
        elif any(cue.search(sentence.text) for cue in cues):
            asked = _new(requirements_in(without_cue(sentence)[0], True, prose=True), listed)
        else:
            continue
        found += [one for one in asked if not enough or one.kind != "skill" or _certain(one)]
        if len(found) > _PLENTY:
            break
    return found


def _judged(pairs: list[tuple[Piece, Line]]) -> Iterator[tuple[tuple[Piece, Line], tuple[Piece, str] | None]]:
    """The sentences of a paragraph, each with what it asks for by its content alone."""
    return zip(pairs, wanted_in([sentence for sentence, _ in pairs]), strict=True)


def _certain(skill: Requirement) -> bool:
    """Whether a skill is surely one: the lexicon knows it, or it is written like the name of a thing."""
    return any(is_known(text) or surely_tool(text) for text in (skill.text, *skill.any_of))


def _with_certainty(kept: list[Requirement], text: str) -> list[Requirement]:
    """Skills of one line share its weight in part, and a phrase that nothing knows may be a piece of an explanation."""
    lines = Counter(text.count("\n", 0, one.start) for one in kept if one.kind == "skill")
    return [
        replace(one, certainty=(1.0 if _certain(one) else UNKNOWN) / lines[text.count("\n", 0, one.start)] ** 0.5)
        if one.kind == "skill" else one
        for one in kept
    ]


def _stems(text: str) -> set[str]:
    words = re.findall(r"[\w+#]+", text.casefold())
    return {word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in words}


def _new(found: list[Requirement], explicit: list[Requirement]) -> list[Requirement]:
    """Of what prose asks for, what the lists do not ask for already in more words."""
    known = [_stems(one.text) for one in explicit if one.kind == "skill"]
    return [one for one in found if one.kind != "skill" or not any(_stems(one.text) <= stems for stems in known)]


def _sentences(lines: list[Line], sections: tuple[str, ...], warnings: list[str]) -> Iterator[tuple[Piece, Line]]:
    """The sentences of some sections without noise; words that can discriminate are cut out and warned of.

    What a section says again asks for nothing new: an export that holds the post twice is read once.
    """
    said: set[tuple[str, str]] = set()
    for line in lines:
        if line.section not in sections:
            continue
        for sentence in sentences(line.piece):
            if (line.section, sentence.text) in said:
                continue
            said.add((line.section, sentence.text))
            sentence = sentence.sub(0, _SENTENCE)
            if not promises_equality(sentence.text):
                for message, start, end, unscored in find_warnings(sentence.text):
                    warnings.append(message)
                    if unscored:
                        sentence = sentence.take(start, end)
            if not is_noise(sentence.text, line.bullet and line.section in (REQUIRED, PREFERRED)):
                yield without_age(sentence), line


def _is_list(lines: list[Line]) -> bool:
    """Whether a post without headings is just a list: short entries, no sentences."""
    words = sum(len(line.piece.text.split()) for line in lines)
    if words > _LIST_WORDS:
        return False
    entries = [entry for line in lines for entry in re.split(r"[,;|/]", line.piece.text)]
    return all(len(entry.split()) <= 5 for entry in entries)


def _key(requirement: Requirement) -> tuple[str, str]:
    """What makes two requirements the same: the kind and the words; of degrees only the level."""
    if requirement.kind == "education":
        return "education", str(requirement.level)
    return ("experience" if requirement.kind == "experience" else "other", " ".join(sorted(_stems(requirement.text))))


def _strength(requirement: Requirement) -> tuple[bool, float, int]:
    """Of two that are the same the stronger one stays: a must, more years, a degree with its field."""
    return requirement.must, requirement.years or 0.0, len(requirement.text) if requirement.kind == "education" else 0


def _unique(found: list[Requirement], title: str) -> list[Requirement]:
    """Drops repetitions (a must wins over a nice-to-have) and skills that only repeat the title; musts first."""
    kept: dict[tuple[str, str], Requirement] = {}
    name = title.casefold().strip()
    for requirement in sorted(found, key=lambda one: one.start):
        key = _key(requirement)
        if not key[1] or (requirement.kind == "skill" and requirement.text.casefold() == name):
            continue
        if requirement.kind == "skill" and (f" {name} " in f" {requirement.text.casefold()} "):
            continue
        if requirement.kind == "skill" and ("experience", key[1]) in kept:
            continue
        before = kept.get(key)
        if before is None or _strength(requirement) > _strength(before):
            kept[key] = requirement
    return sorted(kept.values(), key=lambda one: (not one.must, one.start))


def _cap(found: list[Requirement]) -> list[Requirement]:
    """At most `MAX_REQUIREMENTS`: the last nice-to-haves go first, then the last skills."""
    while len(found) > MAX_REQUIREMENTS:
        weakest = max(range(len(found)), key=lambda index: (not found[index].must, found[index].kind == "skill", index))
        found = found[:weakest] + found[weakest + 1 :]
    return found

"""Where a resume shows the skills that a job asks for, each as the plan wants it."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

from training.corpus.asks import Ask
from training.corpus.career import years_of
from training.corpus.cv import Cv, Draft
from training.corpus.phrases import Phrases
from training.corpus.tables import Skill
from training.corpus.text import adjectival, cap, gerund
from training.corpus.words import fill


def place_evidence(draft: Draft, cv: Cv) -> None:
    """Places the evidence of each skill where the plan wants it, and records the reason for each mark."""
    for i, (ask, outcome) in enumerate(zip(draft.posting.asks, draft.outcomes, strict=True)):
        if ask.kind != "skill":
            cv.whys.append(_why_role(draft, cv, ask, outcome))
            cv.proofs.append("")
            continue
        rng = draft.rng(f"skill {i}")
        skill = rng.choice(ask.skills)
        before = Counter(cv.lines())
        cv.whys.append(_place_skill(rng, draft, cv, ask, skill, outcome))
        cv.proofs.append(" / ".join(Counter(cv.lines()) - before))


def _place_skill(rng: Random, draft: Draft, cv: Cv, ask: Ask, skill: Skill, outcome: str) -> str:
    words = draft.words
    asked = ask.text if len(ask.skills) == 1 else next((n for n in skill.names if n in ask.text), skill.name)
    if outcome == "absent":
        return "absent"
    if outcome == "negated":
        cv.notes.append(cap(fill(rng, rng.choice(words.negated), x=asked)))
        return "negated"
    if outcome == "paraphrase":
        _bullet(rng, draft, cv, ask, skill, rng.choice(skill.lines))
        return "paraphrase"
    if outcome == "weak":
        if rng.random() < 0.5 or draft.posting.skills_only:
            cv.listed.append(cap(fill(rng, rng.choice(words.weak_listed), x=asked)))
        else:
            cv.notes.append(cap(fill(rng, rng.choice(words.weak), x=asked)))
        return "weak: beginner"
    if outcome in ("sibling", "lookalike"):
        name = rng.choice(skill.siblings if outcome == "sibling" else skill.decoys)
        if rng.random() < 0.6 or draft.posting.skills_only:
            cv.listed.append(cap(name))
        else:
            _bullet(rng, draft, cv, ask, skill, fill(rng, rng.choice(words.sibling), x=name))
        return "near-miss: sibling skill" if outcome == "sibling" else "lookalike: shares a word only"
    name = asked
    if outcome == "alias":
        name = rng.choice([n for n in skill.names if n != asked] or [asked])
    channel = rng.random()
    if channel < 0.62 or draft.posting.skills_only or draft.stuffed:
        shape = rng.choice(words.listed) if len(name.split()) < 4 else "{x}"
        cv.listed.append(cap(fill(rng, shape, x=name)))
    if channel >= 0.45 and not draft.posting.skills_only and not draft.stuffed:
        table = (
            words.soft_mention if skill.soft and not skill.tool else words.tool_mention if skill.tool else words.mention
        )
        line = fill(rng, rng.choice(table), x=name) + fill(rng, rng.choice(words.tail))
        _bullet(rng, draft, cv, ask, skill, line)
    return outcome


_DEED = re.compile(r"(ing|tion|ment|sis|ance|ery|care|control|support|administration|ests?|checks|visits|reviews)$")


def mentions(words: Phrases, skill: Skill, name: str) -> tuple[str, ...]:
    """Templates that name a skill; "carried out" and the like only go with deeds."""
    if skill.soft and not skill.tool:
        if adjectival(name) or gerund(name):
            return tuple(t for t in words.soft_neutral if not (adjectival(name) and "for {x}" in t))
        return words.soft_mention
    if skill.tool:
        return words.tool_mention
    if _DEED.search(name.split(" of ")[0]):
        return words.mention
    return tuple(
        t
        for t in words.mention
        if not t.startswith(("Performed", "Carried", "Delivered", "Handled", "Took", "Oversaw"))
    )


def _bullet(rng: Random, draft: Draft, cv: Cv, ask: Ask, skill: Skill, line: str) -> None:
    """Adds a line to a job that suits the skill, else to the profile."""
    home = draft.posting.profession
    fitting = [s for s in cv.stints if skill.soft or s.profession is home or s.title in home.near]
    stints = fitting or cv.stints
    if stints and rng.random() < 0.93:
        rng.choice(stints).bullets.append(cap(line))
    else:
        cv.notes.append(cap(line))


def _why_role(draft: Draft, cv: Cv, ask: Ask, outcome: str) -> str:
    if ask.kind == "education":
        return {"lower": "one level lower", "higher": "higher degree"}.get(outcome, outcome)
    if outcome in ("short", "far short"):
        has = years_of(cv.stints, ask.held, cv.style)[0]
        return f"years {'' if outcome == 'short' else 'far '}short {has:.1f} of {ask.years:g}"
    return {"enough": "years reached", "equivalent": "equivalent title", "split": "years summed over jobs",
            "adjacent": "adjacent role"}.get(outcome, outcome)  # fmt: skip

"""Skills, deeds and certificates that nobody asked for, kept clear of what the plan leaves unmet."""

from __future__ import annotations

from training.corpus.asks import clash, topic
from training.corpus.career import Stint
from training.corpus.cv import Cv, Draft, noise_of
from training.corpus.evidence import mentions
from training.corpus.tables import Profession, Skill, soft_skills
from training.corpus.text import cap, pattern, stems
from training.corpus.words import fill


class _Filter:
    """Says which text must stay out, since it would make a requirement met that the plan leaves unmet."""

    def __init__(self, draft: Draft) -> None:
        self.asked = [s for a in draft.posting.asks for s in a.skills]
        self.open = [
            s for a, o in zip(draft.posting.asks, draft.outcomes, strict=True)
            if a.kind == "skill" and o not in ("literal", "alias") for s in a.skills
        ]  # fmt: skip
        self.topics = frozenset().union(*(topic(s) for s in self.open)) if self.open else frozenset()

    def allows(self, skill: Skill) -> bool:
        return not any(skill == s or clash(skill, s) or clash(s, skill) for s in self.asked)

    def allows_text(self, text: str) -> bool:
        return not any(pattern(name).search(text) for s in self.open for name in s.names)


def fill_up(draft: Draft, cv: Cv, own: Profession) -> None:
    """Skills, bullets, certificates and interests that nobody asked for."""
    guard = _Filter(draft)
    rng = draft.rng("filler")
    spare = [s for s in own.skills if guard.allows(s)]
    soft = [s for s in soft_skills(draft.split) if guard.allows(s)]
    count = rng.randrange(2, 6) if draft.posting.skills_only else round(draft.size * rng.randrange(1, 8))
    if draft.stuffed:
        count += 6
    picked = rng.sample(spare, min(len(spare), (count + 1) // 2)) + rng.sample(soft, min(len(soft), count // 2))
    for skill in picked:
        name = rng.choice(skill.names)
        if guard.allows_text(name):
            cv.listed.append(cap(name))
    for stint in cv.stints:
        _fill_stint(draft, cv, stint, guard, soft)
    if rng.random() < 0.4 and not draft.posting.skills_only:
        cv.certs = [c for c in rng.sample(own.certs, min(len(own.certs), rng.randrange(1, 3))) if guard.allows_text(c)
                    and not stems(c) & guard.topics]  # fmt: skip


def _fill_stint(draft: Draft, cv: Cv, stint: Stint, guard: _Filter, soft: list[Skill]) -> None:
    rng = draft.rng(f"fill {stint.key}")
    home = stint.profession
    own = [s for s in (home.skills if home else ()) if guard.allows(s)]
    want = max(0, round(draft.size * rng.choice((1, 2, 2, 3, 3, 4, 5)))) - len(stint.bullets) // 3
    want = 0 if draft.stuffed else want
    noise = noise_of(draft)
    for _ in range(want):
        if rng.random() < (0.12 if own else 0.5):
            line = rng.choice(noise.duties)
            if not any(line in s.bullets for s in cv.stints):
                stint.bullets.append(line)
            continue
        skill = rng.choice(own) if own and rng.random() < 0.8 else rng.choice(soft)
        if skill.soft or rng.random() < 0.7:
            line = rng.choice(skill.lines)
        else:
            line = fill(rng, rng.choice(mentions(draft.words, skill, skill.name)), x=skill.name)
        line = cap(line)
        if guard.allows_text(line) and not any(line in s.bullets for s in cv.stints):
            stint.bullets.append(line)

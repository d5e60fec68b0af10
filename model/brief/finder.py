"""The finder: for each requirement of a job, the best evidence in a resume, with its place in the text.

Skills are found by `model.brief.skills`, experience by `model.brief.experience`; education is compared here, by degree
level and field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from model.brief.education import LEVELS, degree_level
from model.brief.embed import encode
from model.brief.experience import NEARLY, RELEVANT, experience_evidence, title_fits, years_share
from model.brief.identity import Identity, identity
from model.brief.match import match
from model.brief.redact import redact
from model.brief.resume import Resume, parse_resume
from model.brief.skills import meaning_of, skill_evidence, windows_of
from model.brief.text import tokens
from model.schema import Brief, Document, Evidence, Job, Requirement


def build_brief(job: Job, document: Document, as_of: date) -> Brief:
    """Align a resume with a job. `as_of` is the date that "present" stands for."""
    resume = parse_resume(document.text, as_of)
    return Brief(job, find_evidence(job.requirements, resume, identity(document.text)), document.flags)


def find_evidence(requirements: Sequence[Requirement], resume: Resume, who: Identity) -> tuple[Evidence, ...]:
    """Evidence for each requirement, in their order."""
    windows = [w for w in windows_of(resume) if w.section != "personal"]
    vectors = encode([w.text for w in windows])
    fits = title_fits(requirements, resume.positions)
    best_fit = fits.max(axis=0, initial=0.0)
    found = []
    for i, requirement in enumerate(requirements):
        if requirement.kind == "experience":
            evidence = experience_evidence(requirement, resume, fits[i], best_fit, windows, vectors)
        elif requirement.kind == "education":
            evidence = _education(requirement, resume)
        else:
            evidence = skill_evidence(requirement, windows, vectors)
        shown = evidence.shown or " | ".join(filter(None, (evidence.quote, *(other.text for other in evidence.others))))
        found.append(replace(evidence, shown=redact(shown, who)))
    return tuple(found)


def _education(requirement: Requirement, resume: Resume) -> Evidence:
    """The study that fits best: level first, then field."""
    if not resume.studies:
        return Evidence()
    needed = requirement.level or degree_level(requirement.text)
    cosines = encode([s.text for s in resume.studies]) @ encode([requirement.text])[0]
    words = requirement.text.split(" in ", 1)[-1]
    ranked = []
    for study, cosine in zip(resume.studies, cosines, strict=True):
        found = match(words, tokens(study.text))
        field = max(found.strength if found else 0.0, meaning_of(float(cosine)))
        ranked.append((min(study.level, needed) if needed else 0, field, study))
    level, field, study = max(ranked, key=lambda r: (r[0], r[1]))
    compared = "" if not needed else "ok" if study.level >= needed else f"below, {LEVELS[study.level]}"
    strength = 0.5 * (1.0 if not needed or study.level >= needed else 0.2) + 0.5 * field
    return Evidence(study.text, study.text, study.start, study.end, "exact" if strength >= 0.9 else "meaning",
                    float(strength), compared=compared)


# --- what code alone makes of it --------------------------------------------------------------------------------------


def heuristic_marks(brief: Brief) -> tuple[int, ...]:
    """Marks by the finder alone: the expert heuristic that a verdict is held against at serving."""
    return tuple(_heuristic_mark(r, e) for r, e in zip(brief.job.requirements, brief.evidence, strict=True))


def _heuristic_mark(requirement: Requirement, evidence: Evidence) -> int:
    if evidence.how == "none":
        return 0
    if requirement.kind == "education":
        return 2 if evidence.strength >= 0.7 else 1 if evidence.strength >= 0.5 else 0
    if requirement.kind == "experience" and requirement.years:
        close, share = evidence.strength >= RELEVANT, years_share(requirement, evidence)
        if share is None:
            return 1 if close else 0
        return 2 if close and share >= 1 else 1 if share >= NEARLY and evidence.strength >= 0.4 else 0
    return 2 if evidence.strength >= 0.6 else 1 if evidence.strength >= 0.35 else 0

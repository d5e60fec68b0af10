"""Evidence: exact terms, aliases, meaning; years from positions; degrees; identity never shown."""

from __future__ import annotations

from datetime import date

import pytest

from model.brief.finder import build_brief, heuristic_marks
from model.brief.match import match
from model.brief.text import tokens
from model.schema import Document, Evidence, Job, Requirement

WHEN = date(2026, 6, 30)
RESUME = """Maria Lindgren
maria.lindgren@example.com | +46 70 123 45 67

EXPERIENCE
Financial Analyst, Northgate Capital, Jan 2020 - Present
- Built three-statement models in Excel for acquisitions
- Wrote JavaScript dashboards; no experience with Tableau so far
- Worked in R&D reporting with PostgreSQL and C#

Accounts Assistant, Harbour Ltd, 03/2016 - 12/2019
- Processed supplier invoices and bank reconciliations

EDUCATION
BSc in Economics, Uppsala University, 2015

SKILLS
Excel, SQL, K8s, stakeholder management
"""


def evidence_for(*requirements: Requirement, resume: str = RESUME) -> tuple[Evidence, ...]:
    job = Job("", "Financial analyst", requirements)
    return build_brief(job, Document("cv", "", "txt", resume), WHEN).evidence


def skill(text: str, **more) -> Requirement:
    return Requirement(text, "skill", **more)


@pytest.mark.parametrize("name", ["JavaScript", "C#", "PostgreSQL", "bank reconciliation", "SQL", "Excel"])
def test_exact_terms(name):
    assert evidence_for(skill(name))[0].how == "exact"


@pytest.mark.parametrize("name, word", [("Kubernetes", "K8s"), ("Postgres", "PostgreSQL"), ("JS", "JavaScript")])
def test_aliases(name, word):
    (found,) = evidence_for(skill(name))
    assert found.how == "alias" and word in found.quote


@pytest.mark.parametrize("name", ["Java", "R", "C", "C++", "Go", "SQLite"])
def test_a_name_inside_another_is_no_evidence(name):
    (found,) = evidence_for(skill(name))
    assert found.how not in ("exact", "alias") and found.strength < 0.9


def test_meaning_finds_other_words():
    (found,) = evidence_for(skill("financial modelling"))
    assert "three-statement models" in found.quote and found.strength >= 0.5


def test_nothing_is_found_for_an_unrelated_skill():
    (found,) = evidence_for(skill("underwater welding"))
    assert found.strength < 0.35


def test_a_negation_stays_in_the_quote():
    (found,) = evidence_for(skill("Tableau"))
    assert "no experience with Tableau" in found.quote


def test_any_of_takes_the_better_alternative():
    (found,) = evidence_for(skill("Rust or SQL", any_of=("Rust", "SQL")))
    assert found.how == "exact" and "SQL" in found.quote


def test_years_come_from_dates():
    analyst, assistant, total = evidence_for(
        Requirement("financial analyst", "experience", years=5.0), Requirement("accounts assistant", "experience"),
        Requirement("total experience", "experience", years=8.0))
    assert analyst.years == 6.5 and assistant.years == pytest.approx(3.8, abs=0.1)
    assert total.years == pytest.approx(10.3, abs=0.2)
    assert "Financial Analyst" in analyst.quote


def test_a_degree_is_no_work_experience():
    (found,) = evidence_for(Requirement("uppsala lecturer", "experience", years=2.0))
    assert found.years is None or found.strength < 0.55


def test_degrees_are_compared_by_level():
    bachelor, master = evidence_for(Requirement("bachelor's degree in economics", "education", level=4),
                                    Requirement("master's degree in economics", "education", level=5))
    assert bachelor.compared == "ok" and master.compared.startswith("below")


def test_quotes_are_verbatim_and_shown_without_identity():
    found = evidence_for(skill("Excel"), skill("e-mail"), Requirement("financial analyst", "experience", years=1.0))
    for item in found:
        assert RESUME[item.start:item.end] == item.quote
        assert all(RESUME[other.start:other.end] == other.text for other in item.others)
        assert "Lindgren" not in item.shown and "@" not in item.shown


def test_an_uncertain_find_carries_a_second_quote():
    (found,) = evidence_for(skill("corporate valuation"))
    assert found.strength < 0.9 and found.others and found.others[0].text != found.quote


def test_heuristic_marks_of_a_fit_and_a_misfit():
    job = Job("", "x", (skill("Excel"), skill("underwater welding"),
                        Requirement("financial analyst", "experience", years=5.0),
                        Requirement("financial analyst", "experience", years=9.0)))
    assert heuristic_marks(build_brief(job, Document("cv", "", "txt", RESUME), WHEN)) == (2, 0, 2, 1)


@pytest.mark.parametrize("resume", ["", "x", "\n\n\n", "12345 67890", "é" * 500])
def test_odd_resumes_give_no_evidence_and_no_crash(resume):
    found = evidence_for(skill("Python"), Requirement("nurse", "experience", years=2.0),
                         Requirement("degree", "education", level=4), resume=resume)
    assert [f.how for f in found] == ["none"] * 3


@pytest.mark.parametrize(("asked", "written", "same"), [
    ("persuasiveness", "Persuasion and negotiation", True), ("analytical", "Deep analysis of churn", True),
    ("communication", "Community work", False), ("supervision", "Supervisor of a team of nine", True)])
def test_words_of_one_family_match(asked, written, same):
    found = match(asked, tokens(written))
    assert (found is not None and found.strength >= 0.9) is same

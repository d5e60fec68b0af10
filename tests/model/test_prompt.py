"""The prompt renderer: what the model reads, and how it is shortened."""

from __future__ import annotations

import pytest

from model.prompt import LETTERS, fit, render
from model.schema import Brief, Evidence, Job, Requirement

JOB = Job("", "Financial analyst", (
    Requirement("financial modelling", "skill"), Requirement("analyst", "experience", years=4.0, must=False),
    Requirement("bachelor in finance", "education", level=4)))
EVIDENCE = (
    Evidence("q", "built three-statement models in Excel", how="meaning", strength=0.74),
    Evidence("q", "Analyst, Northgate (2021 - 2023)", how="exact", strength=1.0, years=2.5),
    Evidence("q", "BSc Finance", how="exact", strength=0.95, compared="ok"))


def test_rendered_text():
    prompt = render(Brief(JOB, EVIDENCE))
    assert prompt.job_part.endswith("Job: Financial analyst\na must: financial modelling\nb nice 4y: analyst\n"
                                    "c must degree: bachelor in finance\nResume:\n")
    assert prompt.candidate_part == ("a7 built three-statement models in Excel\nb9 2.5y nearly: Analyst, Northgate "
                                     "(2021 - 2023)\nc9 ok: BSc Finance<|im_end|>\n<|im_start|>assistant\n")


def test_the_job_part_is_the_same_for_every_candidate():
    assert render(Brief(JOB, EVIDENCE)).job_part == render(Brief(JOB, (Evidence(),) * 3)).job_part


def test_no_evidence_reads_none():
    assert render(Brief(JOB, (Evidence(),) * 3)).candidate_part.startswith("a0 none\nb0 none\nc0 none")


@pytest.mark.parametrize("years, words", [(4.0, "4y ok"), (3.9, "3.9y ok"), (3.5, "3.5y nearly"), (2.0, "2y short"),
                                          (None, "?y")])
def test_years_are_compared_by_code(years, words):
    evidence = (EVIDENCE[0], Evidence("q", "Analyst", how="exact", strength=1.0, years=years), EVIDENCE[2])
    assert f"\nb9 {words}: Analyst\n" in render(Brief(JOB, evidence)).candidate_part


def test_years_under_another_title_are_not_called_enough():
    evidence = (EVIDENCE[0], Evidence("q", "Florist", how="meaning", strength=0.2, years=9.0), EVIDENCE[2])
    assert "\nb2 9y elsewhere: Florist\n" in render(Brief(JOB, evidence)).candidate_part


def test_a_long_prompt_loses_its_weakest_evidence_whole():
    n = 24
    job = Job("", "x", tuple(Requirement(f"skill number {i}", "skill") for i in range(n)))
    evidence = tuple(Evidence("q", " ".join(f"word{i}" for _ in range(30)), how="meaning", strength=(i + 1) / n)
                     for i in range(n))
    prompt = fit(Brief(job, evidence), lambda text: len(text.split()), 230)
    assert len(prompt.text.split()) <= 230 and prompt.dropped
    assert f"{LETTERS[0]}0 none" in prompt.candidate_part and f"{LETTERS[n - 1]}9 word23" in prompt.candidate_part
    with pytest.raises(ValueError, match="24 requirements"):
        fit(Brief(job, evidence), lambda text: len(text.split()), 20)

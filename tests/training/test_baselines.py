"""The baselines by hand, on texts and briefs small enough to work out."""

import math

import numpy as np
import pytest

from model.schema import Brief, Evidence, Job, Requirement
from training import baselines

WEAK = Evidence(how="meaning", strength=0.3)


def brief(found: int, asked: int) -> Brief:
    requirements = tuple(Requirement(f"skill {i}", "skill", must=i % 2 == 0) for i in range(asked))
    evidence = tuple(Evidence(how="alias", strength=1.0) if i < found else WEAK for i in range(asked))
    return Brief(Job("text", "title", requirements), evidence)


@pytest.mark.parametrize(("found", "asked", "status"), [(4, 5, "SELECTED"), (3, 5, "REJECTED"), (0, 4, "REJECTED")])
def test_coverage_rule_needs_more_than_sixty_per_cent(found, asked, status):
    answer = baselines.coverage_rule(brief(found, asked))
    assert answer.status == answer.decision == status
    assert answer.probability == found / asked and answer.score == round(100 * found / asked)


def test_coverage_rule_has_no_answer_without_requirements():
    assert baselines.coverage_rule(brief(0, 0)) is None


def test_expert_heuristic_is_the_rule_on_the_finders_marks():
    # must-haves 0, 2, 4 weigh 2, nice-to-haves 1, 3 weigh 1: the first four are 6 of 8, 4 of 6 must-haves
    answer = baselines.expert_heuristic(brief(4, 5))
    assert (answer.status, answer.score, answer.probability) == ("SELECTED", 75, 0.75)
    assert baselines.expert_heuristic(brief(3, 5)).status == "SELECTED"
    assert baselines.expert_heuristic(brief(1, 5)).status == "REJECTED"
    assert baselines.expert_heuristic(brief(0, 0)) is None


def test_median_rule_selects_above_the_median():
    answers = baselines.by_median([0.1, 0.4, 0.3, 0.2])
    assert [a.status for a in answers] == ["REJECTED", "SELECTED", "SELECTED", "REJECTED"]
    assert [a.probability for a in answers] == [0.125, 0.875, 0.625, 0.375]
    assert {a.status for a in baselines.by_median([0.5, 0.5, 0.5])} == {"REJECTED"}
    assert baselines.by_median([]) == []


def test_tfidf_cosine_by_hand():
    # three texts; "python" in all of them (idf 1), "sql" and "welder" in one each (idf ln 2 + 1)
    rare = math.log(4 / 2) + 1
    same, other = baselines.tfidf_similarities([("Python SQL", "Python SQL"), ("python welder", "python")])
    assert same == pytest.approx(1)
    assert other == pytest.approx(1 / math.sqrt(1 + rare**2))


def test_tfidf_counts_repeats_by_their_logarithm_and_keeps_names_of_languages():
    one, _ = baselines.tfidf_similarities([("c++ c++ java", "c++"), ("c#", "java c++")])
    assert 0 < one < 1
    assert baselines.tfidf_similarities([("c++", "c#")]) == [0]


def test_tfidf_of_a_text_without_words_is_zero():
    assert baselines.tfidf_similarities([("...", "python")]) == [0.0]
    assert baselines.tfidf([]) == []


def test_embedding_encodes_each_text_once_and_whole():
    seen = []

    def encode(texts):
        seen.extend(texts)
        turn = [math.pi / 2 if "z" in text else 0.0 for text in texts]
        return np.array([[math.cos(t), math.sin(t)] for t in turn])

    long = "a " * baselines.PIECE + "z " * baselines.PIECE
    answers = baselines.embedding([("a", "a"), ("a", long), ("a", "z")], encode)
    assert [a.status for a in answers] == ["SELECTED", "REJECTED", "REJECTED"]
    assert answers[1].probability > answers[2].probability
    assert len(seen) == 4
    assert baselines.embedding([], encode) == []


def test_a_matching_resume_ranks_above_a_foreign_one():
    job = "We need a nurse with wound care, triage and a nursing licence."
    match, foreign = "Nurse. Triage and wound care for eight years, licence.", "Welder of ships and steel bridges."
    answers = baselines.tfidf([(job, match), (job, foreign)])
    assert [a.status for a in answers] == ["SELECTED", "REJECTED"]

"""The verdict's JSON: text, parser and grammar agree token by token."""

from __future__ import annotations

import json
import random

import pytest

from model.rubric import expected
from model.schema import Requirement
from model.verdict import END, STATUSES, Choices, Grammar, completion_text, parse, score_options

JOB = (Requirement("Python", "skill"), Requirement("SQL", "skill", must=False),
       Requirement("analyst", "experience", years=2.0), Requirement("degree", "education", level=4))
CHOICES = Choices((2, 1, 0, 2), 47, "REJECTED")


def encode(text: str) -> list[int]:
    """A toy tokenizer: one token a character, END and the status stems one token each."""
    ids, at = [], 0
    while at < len(text):
        for i, special in enumerate((END, "SELECT", "RE", '","', '":', ',"')):
            if text.startswith(special, at):
                ids.append(1000 + i)
                at += len(special)
                break
        else:
            ids.append(ord(text[at]))
            at += 1
    return ids


@pytest.fixture
def grammar() -> Grammar:
    return Grammar(encode)


def test_text_is_json_with_the_papers_keys():
    row = json.loads(completion_text(JOB, *vars(CHOICES).values()))
    assert row == {"marks": "a2 b1 c0 d2", "skills": 83, "experience": 0, "education": 100, "score": 47,
                   "status": "REJECTED"}


def test_kinds_that_are_not_asked_for_are_left_out():
    assert json.loads(completion_text(JOB[:1], (2,), 100, "SELECTED")).keys() == {"marks", "skills", "score", "status"}


def test_parse_reads_what_completion_text_writes():
    answer = parse(completion_text(JOB, (2, 1, 0, 2), 47, "REJECTED") + END, JOB)
    assert (answer.marks, answer.score, answer.status, answer.subs_consistent) == ((2, 1, 0, 2), 47, "REJECTED", True)


@pytest.mark.parametrize("text", [
    "", "REJECTED", "{}", '{"score": 50, "status": "REJECTED"}',
    '{"marks":"a2 b1 c0","score":50,"status":"REJECTED"}', '{"marks":"a2 b1 c0 d3","score":50,"status":"REJECTED"}',
    '{"marks":"a2 b1 c0 d2","score":101,"status":"REJECTED"}', '{"marks":"a2 b1 c0 d2","score":50,"status":"MAYBE"}',
    '{"marks":"b2 a1 c0 d2","score":50,"status":"REJECTED"}',
    '{"marks":"a2 b1 c0 d2","score":true,"status":"REJECTED"}',
    '{"marks":"a2 b1 c0 d2","score":50,"status":"REJECTED"', "[1, 2]",
])
def test_invalid_completions_are_none(text):
    assert parse(text, JOB) is None


def test_sub_scores_that_were_not_counted_are_noticed():
    text = completion_text(JOB, (2, 1, 0, 2), 47, "REJECTED").replace('"skills":83', '"skills":100')
    assert parse(text, JOB).subs_consistent is False


def test_completion_tokens_spell_the_text(grammar):
    rng = random.Random(0)
    for _ in range(300):
        kinds = [rng.choice(("skill", "experience", "education")) for _ in range(rng.randint(1, 24))]
        job = tuple(Requirement("x", kind) for kind in kinds)
        marks = tuple(rng.choice((0, 1, 2)) for _ in job)
        choices = Choices(marks, rng.choice((0, 5, 10, 59, 60, 99, 100, rng.randint(0, 100))), rng.choice(STATUSES))
        ids, slots = grammar.completion(job, choices)
        assert ids == encode(completion_text(job, marks, choices.score, choices.status) + END)
        assert all(ids[s.position] == s.allowed[s.chosen] for s in slots)
        assert grammar.read(job, choices, [s.chosen for s in slots]) == choices
        assert {t for s in slots for t in s.allowed} <= set(grammar.choice_ids)


def test_reading_one_changed_slot(grammar):
    _, slots = grammar.completion(JOB, CHOICES)
    picks = [s.chosen for s in slots]
    picks[1], picks[-1] = 2, STATUSES.index("SELECTED")
    assert grammar.read(JOB, CHOICES, picks) == Choices((2, 2, 0, 2), 47, "SELECTED")


def test_any_picks_read_as_a_valid_score(grammar):
    rng = random.Random(1)
    for _ in range(500):
        draft = Choices(CHOICES.marks, rng.randint(0, 100), "REJECTED")
        _, slots = grammar.completion(JOB, draft)
        read = grammar.read(JOB, draft, [rng.randrange(len(s.allowed)) for s in slots])
        assert 0 <= read.score <= 100


def test_score_options_spell_exactly_0_to_100():
    def spell(prefix: str) -> set[str]:
        return set().union(*({prefix} if o == "" else spell(prefix + o) for o in score_options(prefix)))

    assert spell("") == {str(n) for n in range(101)}


def test_tokenizer_that_merges_digits_is_refused():
    def merging(text: str) -> list[int]:
        return [1] if text.isdigit() else encode(text)

    with pytest.raises(ValueError, match="does not write each digit"):
        _ = Grammar(merging).digits


def test_rule_and_text_agree_on_sub_scores():
    rule = expected(JOB, CHOICES.marks)
    row = json.loads(completion_text(JOB, CHOICES.marks, rule.score, rule.status))
    assert (row["skills"], row["experience"], row["education"]) == (rule.skills, rule.experience, rule.education)

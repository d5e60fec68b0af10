"""The table is fitted to what shows a skill: its sentences are sound, fitting teaches, the shipped one knows."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from model.brief.embed import encode, toward_proof
from model.brief.text import content, tokens
from training.corpus.tables import professions, soft_skills

torch = pytest.importorskip("torch")
shown = pytest.importorskip("training.shown")


def lines_of(split: str) -> set[str]:
    skills = [skill for p in professions(split) for skill in p.skills] + list(soft_skills(split))
    return {line for skill in skills for line in skill.lines}


@pytest.mark.parametrize(("file", "count"), [(shown.SKILLS_FILE, 1000), (shown.HELD_OUT_FILE, 500)])
def test_each_skill_is_shown_in_other_words_by_lines_that_the_corpus_lacks(file, count):
    skills = shown.own_skills(file)
    assert len(skills) > count
    names = [name for skill in skills for name in skill.names]
    assert all(name and len(name.split()) <= 7 for name in names)
    corpus = lines_of("train") | lines_of("test")
    for skill in skills:
        assert len(skill.texts) == 3 and skill.whole, skill.names
        named = {token.stem for name in skill.names for token in content(tokens(name))}
        for text in skill.texts:
            assert 4 <= len(text.split()) <= 20 and text not in corpus, text
            assert not named & {token.stem for token in content(tokens(text))}, (skill.names, text)
    own = [text for skill in skills for text in skill.texts]
    assert len(set(own)) == len(own)


def test_no_skill_and_no_line_is_in_both_files():
    taught, held_out = shown.own_skills(), shown.own_skills(shown.HELD_OUT_FILE)
    for things in (lambda s: {n.casefold() for n in s.names}, lambda s: set(s.texts)):
        assert not set().union(*map(things, taught)) & set().union(*map(things, held_out))


def test_skills_that_share_a_name_are_one():
    skills = [shown.Shown((*names,), ("a line of a resume",), True) for names in (("x", "y"), ("z",), ("Y", "w"))]
    assert shown.Pairs(skills, shown.Recipe()).numbers == [0, 1, 0]


def test_a_description_loses_the_names_in_front_of_it():
    names = ["manage staff", "manage staff of music", "direct music staff"]
    text = "manage staff manage staff of music direct music staff Assign and manage staff tasks."
    assert shown._without_names(text, names) == "Assign and manage staff tasks."


def test_words_of_the_name_are_taken_out_unless_hardly_any_are_left():
    for line, left in (("Planned shifts for two crews", "shifts for two crews"), ("Planned two shifts",) * 2):
        assert shown.without(line.split(), "planning") == left.split()


@pytest.fixture
def toy() -> tuple[np.ndarray, Tokenizer]:
    """A table of random rows for 40 words."""
    words = {f"w{i}": i for i in range(40)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="w0"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return np.random.default_rng(0).normal(size=(40, 16)).astype(np.float32), tokenizer


def test_fitting_brings_a_name_to_what_shows_it_and_leaves_other_rows(toy):
    start, tokenizer = toy
    skills = [shown.Shown((f"w{i}",), (f"w{10 + i} w{20 + i} w{10 + i}",), True) for i in range(1, 10)]
    recipe = shown.Recipe(epochs=100, rows_rate=0.02, hold=0.001)
    rows, matrix = shown.fit(start, tokenizer, skills, recipe, say=lambda *_, **__: None)

    def own_first(rows: np.ndarray, matrix: np.ndarray) -> float:
        names = rows[1:10] @ matrix.T
        texts = (2 * rows[11:20] + rows[21:30]) / 3
        cosines = names @ texts.T / np.linalg.norm(names, axis=1)[:, None] / np.linalg.norm(texts, axis=1)
        return float((cosines.argmax(1) == np.arange(9)).mean())

    assert own_first(start, np.eye(16)) < 0.5 and own_first(rows, matrix) == 1.0
    assert np.array_equal(rows[30:], start[30:])


def test_the_shipped_table_finds_what_shows_a_skill_of_professions_that_it_never_saw():
    skills = [skill for p in professions("test") for skill in p.skills]
    lines = [(line, i) for i, skill in enumerate(skills) for line in skill.lines]
    vectors, names = encode([line for line, _ in lines]), encode([skill.name for skill in skills])

    def recall(asked: np.ndarray) -> float:
        """Share of lines among the first three of 41, the others shown by other skills."""
        rng, found, cosines = random.Random(0), 0, asked @ vectors.T
        for line, (_, i) in enumerate(lines):
            others = rng.sample([j for j, (_, owner) in enumerate(lines) if owner != i], 40)
            found += int((cosines[i, others] > cosines[i, line]).sum()) < 3
        return found / len(lines)

    assert recall(toward_proof(names)) > max(0.66, recall(names))  # 0.48 before the table was fitted


def test_in_whole_resumes_proof_in_other_words_reaches_the_quotes():
    count, share, area, right = shown.measure("test", 80, seed=5)
    assert count > 40 and share > 0.5 and area > 0.65  # 0.30 and 0.61 before the table was fitted
    assert 0.85 < right < 1

"""Simple judges that a trained model must beat: a model that does not beat `coverage_rule` is theatre.

Each returns `Prediction`s. `coverage_rule` and `expert_heuristic` decide by fixed rules. The two similarities have no
natural threshold, so they select what lies above the median of their own scores over the evaluated set. That looks at
the set itself and, where half of it is SELECTED, at the right share too: it favours the baseline, never the model.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from model.brief.finder import heuristic_marks
from model.rubric import expected
from model.schema import MET, Brief
from training.metrics import Prediction, average_ranks

COVERAGE_THRESHOLD = 0.6
PIECE = 300  # words of a text that are embedded together
WORD = re.compile(r"[^\W_]+(?:[+#]+|(?:[.'-][^\W_]+)*)")


def coverage_rule(brief: Brief) -> Prediction | None:
    """The brief without the model: SELECTED where the finder's evidence covers more than 60 % of the requirements.

    This one-line rule reproduces the paper's GRPO confusion matrix. A requirement is covered where its evidence is
    strong enough for the finder to call it met; each counts the same, whatever its kind. (Looser thresholds make a
    weaker rule: some evidence is found for nearly everything.) `probability` is the covered share, `score` the same
    in points. None where the job asks for nothing.
    """
    if not brief.job.requirements:
        return None
    marks = heuristic_marks(brief)
    share = sum(mark == MET for mark in marks) / len(marks)
    status = "SELECTED" if share > COVERAGE_THRESHOLD else "REJECTED"
    return Prediction(status, share, round(100 * share), status)


def expert_heuristic(brief: Brief) -> Prediction | None:
    """All that code can do without the model: the finder's marks put through the expert rule, gates and weights.

    The strongest judge without a model, and the one against which the product holds each verdict. `probability` is
    the rule's score as a share. None where the job asks for nothing.
    """
    if not brief.job.requirements:
        return None
    rule = expected(brief.job.requirements, heuristic_marks(brief))
    return Prediction(rule.status, rule.score / 100, rule.score, rule.status)


def by_median(similarities: Sequence[float]) -> list[Prediction]:
    """SELECTED above the median of the set; `probability` is the share of the set that lies below (mid-ranks)."""
    if not len(similarities):
        return []
    middle = float(np.median(similarities))
    shares = (average_ranks(similarities) - 0.5) / len(similarities)
    out = []
    for similarity, share in zip(similarities, shares, strict=True):
        status = "SELECTED" if similarity > middle else "REJECTED"
        out.append(Prediction(status, float(share), round(100 * float(share)), status))
    return out


def tfidf_similarities(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Cosine in [0, 1] of job and resume, each text a bag of words weighed by (1 + ln tf) * idf.

    idf = ln((1 + n) / (1 + df)) + 1 over the n distinct texts of the set, jobs and resumes together.
    """
    counts = {text: Counter(WORD.findall(text.lower())) for text in dict.fromkeys(t for pair in pairs for t in pair)}
    frequency = Counter(word for bag in counts.values() for word in bag)
    idf = {word: math.log((1 + len(counts)) / (1 + df)) + 1 for word, df in frequency.items()}
    vectors = {}
    for text, bag in counts.items():
        weights = {word: (1 + math.log(tf)) * idf[word] for word, tf in bag.items()}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        vectors[text] = {word: w / norm for word, w in weights.items()}
    return [_dot(vectors[job], vectors[resume]) for job, resume in pairs]


def _dot(first: dict[str, float], second: dict[str, float]) -> float:
    return sum(weight * second[word] for word, weight in first.items() if word in second)


def tfidf(pairs: Sequence[tuple[str, str]]) -> list[Prediction]:
    """TF-IDF cosine of the two whole texts of each pair (job, resume), decided at the set's median."""
    return by_median(tfidf_similarities(pairs))


def embedding(pairs: Sequence[tuple[str, str]], encode: Callable[[list[str]], np.ndarray]) -> list[Prediction]:
    """Cosine of the two whole texts' static embeddings, decided at the set's median.

    `encode` turns n texts into unit vectors, shape [n, d], and may cut long ones off; so a text is encoded in pieces
    of 300 words, whose vectors add up, weighed by their words. Each distinct text is encoded once.
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    if not texts:
        return []
    words = [text.split() for text in texts]
    pieces = [(i, " ".join(w[at : at + PIECE])) for i, w in enumerate(words) for at in range(0, len(w), PIECE)]
    vectors = np.asarray(encode([piece for _, piece in pieces]), dtype=float)
    sums = np.zeros((len(texts), vectors.shape[1]))
    np.add.at(sums, [i for i, _ in pieces], vectors * [[len(piece.split())] for _, piece in pieces])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    row = {text: i for i, text in enumerate(texts)}
    return by_median([float(sums[row[job]] @ sums[row[resume]]) for job, resume in pairs])

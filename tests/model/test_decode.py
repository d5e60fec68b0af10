"""Jacobi decoding gives what token-by-token decoding gives, and samples what the model says."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from model.schema import Requirement
from model.verdict import Choices, Grammar
from tests.model.test_verdict import encode

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def decoder():
    from transformers import LlamaConfig, LlamaForCausalLM  # noqa: PLC0415 - heavy

    from model.decode import Decoder  # noqa: PLC0415 - heavy

    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=1010, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                         num_attention_heads=4, num_key_value_heads=2, initializer_range=0.4)
    model = LlamaForCausalLM(config).eval()
    return Decoder(model.model, model.get_output_embeddings().weight, Grammar(encode))


def prompts(n: int, same_job: bool):
    from model.decode import PromptIds  # noqa: PLC0415 - heavy

    rng = random.Random(0)
    out = []
    for i in range(n):
        n_asked = 4 if same_job else rng.randint(1, 6)
        job = tuple(Requirement("x", rng.choice(("skill", "experience"))) for _ in range(n_asked))
        text = "Job: welder\n" if same_job else f"Job: {i} welder\n"
        marks = tuple(rng.choice((0, 1, 2)) for _ in job)
        draft = Choices(marks, rng.randint(0, 100), rng.choice(("SELECTED", "REJECTED")))
        candidate = "".join(rng.choice("abcdefgh ") for _ in range(rng.randint(5, 40)))
        out.append(PromptIds(tuple(encode(text)), tuple(encode(candidate)), job, draft))
    return out


def token_by_token(decoder, prompt) -> Choices:
    """Greedy decoding, one slot after the other, from scratch each time."""
    choices, k = prompt.draft, 0
    while True:
        ids, slots = decoder.grammar.completion(prompt.requirements, choices)
        if k >= len(slots):
            return choices
        context = torch.tensor([[*prompt.job, *prompt.candidate, *ids[: slots[k].position]]])
        with torch.no_grad():
            logits = decoder.body(input_ids=context).last_hidden_state[0, -1] @ decoder.head.T
        picks = [s.chosen for s in slots]
        picks[k] = int(logits[[decoder.column[t] for t in slots[k].allowed]].argmax())
        choices = decoder.grammar.read(prompt.requirements, choices, picks)
        k += 1


@pytest.mark.parametrize("same_job", [True, False])
def test_equals_token_by_token(decoder, same_job):
    batch = prompts(12, same_job)
    decoded = decoder.decode(batch)
    assert [d.choices for d in decoded] == [token_by_token(decoder, p) for p in batch]
    for d, p in zip(decoded, batch, strict=True):
        ids, slots = decoder.grammar.completion(p.requirements, d.choices)
        assert d.ids == ids and len(d.probabilities) == len(slots)
        assert all(sum(q) == pytest.approx(1, abs=1e-4) for q in d.probabilities)
    assert any(d.passes > 1 for d in decoded)


def test_a_kept_prefix_changes_nothing(decoder):
    batch = prompts(6, same_job=True)
    with torch.no_grad():
        kept = decoder.prefix(batch[0].job)
    again = decoder.decode(batch, kept, len(batch[0].job))
    assert [d.choices for d in again] == [d.choices for d in decoder.decode(batch)]


def test_the_draft_does_not_matter(decoder):
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    batch = prompts(8, same_job=True)
    other = [replace(p, draft=Choices((1,) * len(p.requirements), 7, "REJECTED")) for p in batch]
    assert [d.choices for d in decoder.decode(batch)] == [d.choices for d in decoder.decode(other)]


def test_samples_follow_the_models_probabilities(decoder):
    prompt = prompts(1, same_job=True)[0]
    greedy = decoder.decode([prompt])[0]
    generator = torch.Generator().manual_seed(3)
    drawn = decoder.decode([prompt] * 600, temperature=1.0, generator=generator)
    share = Counter(d.choices.marks[0] for d in drawn)
    for mark, p in enumerate(greedy.probabilities[0]):  # the first slot has the same context in every sample
        assert share[mark] / 600 == pytest.approx(p, abs=0.08)
    assert len({d.choices for d in drawn}) > 5

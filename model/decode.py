"""Constrained decoding of verdicts, a batch at a time, in few passes.

Only the slots of the grammar are free. All of them are read from one forward pass over a *draft* completion; where a
slot disagrees with the draft, the draft is corrected and only the completion is read again. This is Jacobi decoding:
slots before the first correction were read in their true context, so the fixed point is exactly what token-by-token
decoding gives, usually after two passes instead of one for each token. Sampling works the same way with Gumbel noise
that is drawn once for each slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import DynamicCache

from model.schema import Requirement
from model.verdict import Choices, Grammar

KeysValues = list[tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class PromptIds:
    """Token ids of a prompt's job part and candidate part, with what the grammar needs and a draft to start from."""

    job: tuple[int, ...]
    candidate: tuple[int, ...]
    requirements: tuple[Requirement, ...]
    draft: Choices


@dataclass(frozen=True)
class Decoded:
    """A decoded completion: its choices, its token ids, and the probabilities over each slot's allowed tokens."""

    choices: Choices
    ids: list[int]
    probabilities: list[list[float]]
    passes: int


def shared_prefix(prompts: Sequence[PromptIds]) -> int:
    """Number of leading tokens that all job parts have in common."""
    first, rest = prompts[0].job, prompts[1:]
    length = len(first)
    for prompt in rest:
        if prompt.job is first or prompt.job == first:
            continue
        limit = min(length, len(prompt.job))
        length = next((i for i in range(limit) if prompt.job[i] != first[i]), limit)
    return length


class Decoder:
    """Decodes for one model body (a transformer without its head) and the rows of the head that slots can choose.

    `body` maps input ids [B, L] to hidden states [B, L, D]; `head` is the output embedding [V, D].
    """

    def __init__(self, body, head: torch.Tensor, grammar: Grammar):
        self.body = body
        self.grammar = grammar
        self.choice_ids = grammar.choice_ids
        self.column = {token: i for i, token in enumerate(self.choice_ids)}
        self.device = head.device
        self.head = head[list(self.choice_ids)].float()
        self._pad = self.choice_ids[0]

    def prefix(self, ids: Sequence[int]) -> KeysValues:
        """Keys and values of a shared prefix, computed once: one ([1, H, P, D], [1, H, P, D]) a layer."""
        cache = DynamicCache()
        self.body(input_ids=torch.tensor([list(ids)], device=self.device), past_key_values=cache, use_cache=True)
        return [(layer.keys, layer.values) for layer in cache.layers]

    @torch.no_grad()
    def decode(self, prompts: Sequence[PromptIds], prefix: KeysValues | None = None, prefix_length: int | None = None,
               temperature: float = 0.0, generator: torch.Generator | None = None) -> list[Decoded]:
        """Decode one completion for each prompt.

        `prefix` holds the keys and values of the first `prefix_length` tokens of every job part; it is computed
        where it is not given. `temperature` 0 takes the most probable token; above 0 samples from the model.
        """
        shared = shared_prefix(prompts) if prefix_length is None else prefix_length
        if prefix is None:
            prefix = self.prefix(prompts[0].job[:shared])
        own = [list(p.job[shared:] + p.candidate) for p in prompts]
        drafts = [p.draft for p in prompts]
        noise = self._noise(prompts, temperature, generator)
        results: list[Decoded | None] = [None] * len(prompts)

        built = [self.grammar.completion(p.requirements, d) for p, d in zip(prompts, drafts, strict=True)]
        hidden, cache = self._first_pass(prefix, own, [ids for ids, _ in built])
        offsets = [len(o) - 1 for o in own]
        width = cache.get_seq_length()
        rows = list(range(len(prompts)))
        passes = 1
        while True:
            again = []
            for at, row in enumerate(rows):
                ids, slots = built[at]
                logits = self._logits(hidden[at], [offsets[at] + s.position for s in slots])
                picks, probabilities = self._pick(slots, logits, noise[row] if noise else None)
                choices = self.grammar.read(prompts[row].requirements, drafts[row], picks)
                if choices == drafts[row] or passes > len(slots):  # rounding can make near ties swing for ever
                    results[row] = Decoded(drafts[row], ids, probabilities, passes)
                else:
                    drafts[row] = choices
                    again.append(at)
            if not again:
                return results
            rows, cache = [rows[at] for at in again], _select(cache, again, width)
            built = [self.grammar.completion(prompts[r].requirements, drafts[r]) for r in rows]
            starts = [shared + len(own[r]) for r in rows]
            hidden = self._completion_pass(cache, starts, [ids for ids, _ in built], width)
            offsets = [-1] * len(rows)
            passes += 1

    def _first_pass(self, prefix: KeysValues, own: list[list[int]], completions: list[list[int]]):
        """Prompt and drafted completion in one pass. Padding stands at the right, where causality hides it."""
        ids = [o + c for o, c in zip(own, completions, strict=True)]
        longest = max(map(len, ids))
        batch = torch.tensor([i + [self._pad] * (longest - len(i)) for i in ids], device=self.device)
        cache = DynamicCache()
        for index, (keys, values) in enumerate(prefix):
            cache.update(keys.expand(len(ids), -1, -1, -1), values.expand(len(ids), -1, -1, -1), index)
        hidden = self.body(input_ids=batch, past_key_values=cache, use_cache=True).last_hidden_state
        return hidden, cache

    def _completion_pass(self, cache: DynamicCache, starts: list[int], completions: list[list[int]], width: int):
        """Read corrected completions again. The mask hides what the first pass put after each prompt."""
        longest = max(map(len, completions))
        batch = torch.tensor([c + [self._pad] * (longest - len(c)) for c in completions], device=self.device)
        begin = torch.tensor(starts, device=self.device)
        position_ids = begin[:, None] + torch.arange(longest, device=self.device)
        old = torch.arange(width, device=self.device)[None] < begin[:, None]
        causal = torch.ones(longest, longest, dtype=torch.bool, device=self.device).tril()
        mask = torch.cat([old[:, None, :].expand(-1, longest, -1), causal[None].expand(len(starts), -1, -1)], dim=2)
        hidden = self.body(input_ids=batch, attention_mask=mask[:, None], position_ids=position_ids,
                           past_key_values=cache, use_cache=True).last_hidden_state
        cache.crop(width)
        return hidden

    def _logits(self, hidden: torch.Tensor, positions: list[int]) -> torch.Tensor:
        return hidden[positions].float() @ self.head.T

    def _pick(self, slots, logits: torch.Tensor, noise: torch.Tensor | None):
        """Index of the chosen token and probabilities, for each slot."""
        picks, probabilities = [], []
        for i, slot in enumerate(slots):
            columns = [self.column[t] for t in slot.allowed]
            allowed = logits[i, columns]
            probabilities.append(torch.softmax(allowed, 0).tolist())
            if noise is not None:
                allowed = allowed + noise[-1 if i == len(slots) - 1 else i, columns]
            picks.append(int(allowed.argmax()))
        return picks, probabilities

    def _noise(self, prompts, temperature: float, generator) -> list[torch.Tensor] | None:
        """Gumbel noise for each slot and token, scaled by temperature: argmax(logits + noise) is a sample."""
        if temperature <= 0:
            return None
        noise = []
        for prompt in prompts:
            uniform = torch.rand(len(prompt.requirements) + 4, len(self.choice_ids), generator=generator)
            gumbel = -torch.log(-torch.log(uniform.clamp(1e-9, 1 - 1e-7)))
            noise.append((temperature * gumbel).to(self.device))
        return noise


def _select(cache: DynamicCache, rows: list[int], width: int) -> DynamicCache:
    cache.crop(width)
    if len(rows) < cache.layers[0].keys.shape[0]:
        cache.batch_select_indices(torch.tensor(rows, device=cache.layers[0].keys.device))
    return cache

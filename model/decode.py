"""Constrained decoding of verdicts, a batch at a time, in few passes.

Only the slots of the grammar are free. All of them are read from one forward pass over a *draft* completion; where a
slot disagrees with the draft, the draft is corrected and the completion is read again from the first corrected token
on. This is Jacobi decoding: slots up to the first correction were read in their true context, so the fixed point is
exactly what token-by-token decoding gives, after two or three passes, of which only the first is long. Sampling works
the same way with Gumbel noise that is drawn once for each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from transformers import DynamicCache

from model.schema import Requirement
from model.verdict import Choices, Grammar, Slot

PAD_TO = 16  # tokens: kernels are kept by shape, and memory that is freed is of a size that is asked for again
KeysValues = list[tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class PromptIds:
    """Token ids of a prompt's job part and candidate part, with what the grammar needs and a draft to start from.

    `dropped` counts quotes left out for want of room.
    """

    job: tuple[int, ...]
    candidate: tuple[int, ...]
    requirements: tuple[Requirement, ...]
    draft: Choices
    dropped: int = 0


@dataclass(frozen=True)
class Decoded:
    """A decoded completion: its choices, its token ids, and the probabilities over each slot's allowed tokens."""

    choices: Choices
    ids: list[int]
    probabilities: list[list[float]]
    passes: int


class Stopped(Exception):
    """Decoding was stopped between two passes."""


@dataclass
class Reading:
    """Where the decoding of one prompt stands.

    `ids` and `slots` are the draft's completion; `read[i]` is (pick, probabilities) of slot i; `columns[j]` is the
    column of the cache that holds completion token j; `start` is the position of the completion's first token.
    """

    prompt: PromptIds
    start: int
    draft: Choices
    ids: list[int]
    slots: list[Slot]
    noise: torch.Tensor | None
    kept: int = 0  # leading tokens of `ids` that were read before
    read: list[tuple[int, list[float]]] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    passes: int = 0

    @property
    def unread(self) -> list[int]:
        """The tokens to read: from the first correction to the last slot, whose own token and what follows it decide
        nothing.
        """
        return self.ids[self.kept:self.slots[-1].position]

    @property
    def decoded(self) -> Decoded:
        return Decoded(self.draft, self.ids, [p for _, p in self.read], self.passes)

    def redraft(self, draft: Choices, ids: list[int], slots: list[Slot]) -> None:
        """Go on with another draft; what was read in a context that is still true is kept."""
        read = min(len(self.columns), len(ids))
        self.kept = next((j for j in range(read) if ids[j] != self.ids[j]), read)
        self.draft, self.ids, self.slots = draft, ids, slots
        self.read = self.read[:sum(slot.position <= self.kept for slot in slots)]


def next_draft(requirements: Sequence[Requirement], old: Choices, picked: Choices) -> Choices:
    """What to try next. New marks call for another score, which the rule for it foretells better than what the model
    said of the old marks.
    """
    if picked.marks == old.marks:
        return picked
    return Choices.by_rule(requirements, picked.marks)


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


def padded(length: int) -> int:
    """The number of tokens that so many are read as."""
    return -(-length // PAD_TO) * PAD_TO


def cache_of(keys_values: KeysValues, rows: int = 1) -> DynamicCache:
    """A cache that begins with these keys and values, the same ones for each row."""
    cache = DynamicCache()
    for index, (keys, values) in enumerate(keys_values):
        cache.update(keys.expand(rows, -1, -1, -1), values.expand(rows, -1, -1, -1), index)
    return cache


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

    @torch.no_grad()
    def prefix(self, ids: Sequence[int]) -> KeysValues:
        """Keys and values of a shared prefix, computed once: one ([1, H, P, D], [1, H, P, D]) a layer."""
        cache = DynamicCache()
        self.body(input_ids=torch.tensor([list(ids)], device=self.device), past_key_values=cache, use_cache=True)
        return [(layer.keys, layer.values) for layer in cache.layers]

    @torch.no_grad()
    def decode(self, prompts: Sequence[PromptIds], prefix: KeysValues | None = None, prefix_length: int | None = None,
               temperature: float = 0.0, generator: torch.Generator | None = None,
               stop: Callable[[], bool] | None = None) -> list[Decoded]:
        """Decode one completion for each prompt.

        `prefix` holds the keys and values of the first `prefix_length` tokens of every job part; it is computed
        where it is not given. `temperature` 0 takes the most probable token; above 0 samples from the model. `stop` is
        asked before each pass; where it says so, Stopped is raised.
        """
        shared = shared_prefix(prompts) if prefix_length is None else prefix_length
        if prefix is None:
            prefix = self.prefix(prompts[0].job[:shared])
        own = [list(p.job[shared:] + p.candidate) for p in prompts]
        noise = self._noise(prompts, temperature, generator) or [None] * len(prompts)
        readings = [self._reading(p, shared + len(o), p.draft, n) for p, o, n in zip(prompts, own, noise, strict=True)]
        self._settle(readings, own, cache_of(prefix, len(prompts)), shared, stop, self.body)
        return [reading.decoded for reading in readings]

    @torch.no_grad()
    def decode_each(self, prompt: PromptIds, prefix: KeysValues, others: Sequence[tuple[Decoder, KeysValues]],
                    split: int, stop: Callable[[], bool] | None = None) -> list[Decoded]:
        """Decode one prompt by this decoder, then by `others`, each given with its own `prefix` of the job part.

        Their bodies share the first `split` layers, which read the prompt and the completion once for all of them. The
        completion that this decoder finds is the draft of the others.
        """
        own, shared = list(prompt.candidate), len(prompt.job)
        reading = self._reading(prompt, shared + len(own), prompt.draft)
        states: list[torch.Tensor] = []

        def record(**inputs):
            made = self.body(split=split, **inputs)
            states.append(made.below)
            return made

        cache = cache_of(prefix)
        self._settle([reading], [own], cache, shared, stop, record)
        columns = [*range(shared + len(own)), *reading.columns]  # read in true context
        columns += columns[-1:] * (padded(len(columns) - shared) - len(columns) + shared)
        true = torch.tensor(columns, device=self.device)
        below = torch.cat(states, 1)[:, true[shared:] - shared]
        lower = [(layer.keys[:, :, true], layer.values[:, :, true]) for layer in cache.layers[:split]]
        found = [reading.decoded]
        for decoder, upper in others:
            follower, given = decoder._reading(prompt, shared + len(own), reading.draft), [below]

            def follow(decoder=decoder, given=given, **inputs):
                return decoder.body(split=split, below=given.pop() if given else None, **inputs)

            decoder._settle([follower], [own], cache_of([*lower, *upper[split:]]), shared, stop, follow)
            found.append(follower.decoded)
        return found

    def _reading(self, prompt: PromptIds, start: int, draft: Choices, noise: torch.Tensor | None = None) -> Reading:
        return Reading(prompt, start, draft, *self.grammar.completion(prompt.requirements, draft), noise)

    def _settle(self, readings: list[Reading], ahead: list[list[int]], cache: DynamicCache, shared: int,
                stop: Callable[[], bool] | None, body: Callable) -> None:
        """Read with `body` until every draft stands. `ahead` are each row's own tokens before its completion, `shared`
        the number of columns that are in the cache and seen by all.
        """
        seen = torch.ones(len(readings), shared, dtype=torch.bool, device=self.device)
        open_ones = readings
        while open_ones:
            if stop is not None and stop():
                raise Stopped
            hidden, seen = self._pass(cache, seen, open_ones, ahead, body)
            for row, reading in enumerate(open_ones):
                self._look(reading, hidden[row], len(ahead[row]))
            rows = [row for row, reading in enumerate(open_ones) if self._correct(reading)]
            if rows and len(rows) < len(open_ones):
                cache.batch_select_indices(torch.tensor(rows, device=self.device))
            seen, open_ones, ahead = seen[rows], [open_ones[row] for row in rows], [[]] * len(rows)
            for row, reading in enumerate(open_ones):  # hide what was read in a context that is no longer true
                seen[row, reading.columns[reading.kept:]] = False
                del reading.columns[reading.kept:]

    def _pass(self, cache: DynamicCache, seen: torch.Tensor, readings: list[Reading], ahead: list[list[int]],
              body: Callable):
        """Read the `ahead` tokens and the unread ones of each row: hidden states, and which columns are now seen.

        Padding stands at the right and stays hidden.
        """
        ids = [a + r.unread for a, r in zip(ahead, readings, strict=True)]
        width, longest = seen.shape[1], padded(max(map(len, ids)))
        batch = torch.tensor([i + [self._pad] * (longest - len(i)) for i in ids], device=self.device)
        first = torch.tensor([r.start + r.kept - len(a) for r, a in zip(readings, ahead, strict=True)],
                             device=self.device)
        mask = None  # plainly causal: nothing of what was read before is hidden
        if not bool(seen.all()):
            causal = torch.ones(longest, longest, dtype=torch.bool, device=self.device).tril()[None]
            mask = torch.cat([part.expand(len(ids), longest, -1) for part in (seen[:, None], causal)], 2)[:, None]
        hidden = body(input_ids=batch, attention_mask=mask, past_key_values=cache, use_cache=True,
                      position_ids=first[:, None] + torch.arange(longest, device=self.device)).last_hidden_state
        for reading, tokens, before in zip(readings, ids, ahead, strict=True):
            reading.columns += range(width + len(before), width + len(tokens))
            reading.passes += 1
        lengths = torch.tensor([len(i) for i in ids], device=self.device)
        return hidden, torch.cat([seen, torch.arange(longest, device=self.device)[None] < lengths[:, None]], 1)

    def _look(self, reading: Reading, hidden: torch.Tensor, ahead: int) -> None:
        """Read the slots that stand in what the pass has read; `hidden` [L, D] begins `ahead` tokens before it."""
        new = reading.slots[len(reading.read):]
        logits = self._logits(hidden, [ahead + slot.position - 1 - reading.kept for slot in new])
        picks, probabilities = self._pick(new, logits, len(reading.read), len(reading.slots), reading.noise)
        reading.read += zip(picks, probabilities, strict=True)

    def _correct(self, reading: Reading) -> bool:
        """Correct the draft by what was read; whether some of it has to be read again."""
        requirements = reading.prompt.requirements
        picked = self.grammar.read(requirements, reading.draft, [pick for pick, _ in reading.read])
        if picked == reading.draft:
            return False
        draft = next_draft(requirements, reading.draft, picked)
        reading.redraft(draft, *self.grammar.completion(requirements, draft))
        return len(reading.read) < len(reading.slots)

    def _logits(self, hidden: torch.Tensor, positions: list[int]) -> torch.Tensor:
        return hidden[positions].float() @ self.head.T

    def _pick(self, slots: list[Slot], logits: torch.Tensor, begin: int, count: int, noise: torch.Tensor | None):
        """Index of the chosen token and probabilities, for `slots`: those from `begin` on of `count`."""
        picks, probabilities = [], []
        for i, slot in enumerate(slots, begin):
            columns = [self.column[t] for t in slot.allowed]
            allowed = logits[i - begin, columns]
            probabilities.append(torch.softmax(allowed, 0).tolist())
            if noise is not None:
                allowed = allowed + noise[-1 if i == count - 1 else i, columns]
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

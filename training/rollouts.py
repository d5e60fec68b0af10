"""GRPO's rollouts and their log-probabilities, by the engine's own decoding.

A rollout is sampled by `model.decode.Decoder` under the serving grammar, from the model in training: every completion
is a valid verdict and only its free tokens (slots) were the policy's choice. So the policy that is trained is the one
that serves: the distribution over a slot's *allowed* tokens. Forced tokens have probability 1 under it and get no
gradient.

All completions of a prompt are scored in one pass that reads the prompt once: a row holds prompt, completion 1,
completion 2, ..., and the attention mask lets each completion see the prompt and itself. With 8 completions of 50
tokens on a prompt of 250 that is 650 tokens instead of 2,400.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from model.decode import Decoder, PromptIds
from model.encode import PromptEncoder
from model.verdict import Choices, Slot
from training.dataset import Example

PASS_TOKENS = {"cpu": 1, "cuda": 8192}  # prompts are packed into one row up to so many tokens; at least one


@dataclass(frozen=True)
class Group:
    """A prompt and its completions: `rows` are their places in the batch, `slots[i]` the free tokens of completion i.
    """

    prompt: tuple[int, ...]
    completions: list[tuple[int, ...]]
    slots: list[tuple[Slot, ...]]
    rows: list[int]


class Rollouts:
    """Samples completions for TRL (as its `rollout_func`), and remembers their slots until they are scored."""

    def __init__(self, tokenizer, examples: Sequence[Example], generations: int, temperature: float, seed: int):
        self.encoder = PromptEncoder(tokenizer)
        self.prompts: dict[str, PromptIds] = {}
        self.texts = [tokenizer.decode(self._add(tokenizer, example)) for example in examples]
        self.generations, self.temperature, self.seed = generations, temperature, seed
        self._slots: dict[tuple[int, ...], tuple[Slot, ...]] = {}
        self._decoder: Decoder | None = None

    def _add(self, tokenizer, example: Example) -> list[int]:
        prompt = self.encoder.prompt_ids(example.brief)
        ids = [*prompt.job, *prompt.candidate]
        self.prompts[tokenizer.decode(ids)] = prompt
        return ids

    def __call__(self, prompts: Sequence[str], trainer) -> dict:
        """TRL's rollout: one completion for each prompt of the list, in which each occurs once a generation."""
        model = trainer.accelerator.unwrap_model(trainer.model)
        count: dict[str, int] = {}
        for text in prompts:
            count[text] = count.get(text, 0) + 1
        made = {text: self._sample(model, text, n, trainer.state.global_step) for text, n in count.items()}
        self._slots = {ids: slots for pairs in made.values() for ids, slots in pairs}
        taken = [made[text].pop() for text in prompts]
        whole = [self.prompts[text] for text in prompts]
        return {"prompt_ids": [[*p.job, *p.candidate] for p in whole],
                "completion_ids": [list(ids) for ids, _ in taken], "logprobs": None,
                "env_mask": [mask(len(ids), slots) for ids, slots in taken]}

    def _sample(self, model, text: str, n: int, step: int) -> list[tuple[tuple[int, ...], tuple[Slot, ...]]]:
        """`n` completions of one prompt.

        The draw depends on seed, step and prompt only, so that a resume repeats it.
        """
        prompt = self.prompts[text]
        key = hashlib.sha256(f"{self.seed}/{step}/{text}".encode()).digest()
        generator = torch.Generator().manual_seed(int.from_bytes(key[:7], "big"))
        decoded = self.decode(model, [prompt] * n, self.temperature, generator)
        pairs = []
        for choices in decoded:
            ids, slots = self.encoder.grammar.completion(prompt.requirements, choices)
            pairs.append((tuple(ids), tuple(slots)))
        return pairs

    def decode(self, model, prompts: Sequence[PromptIds], temperature: float = 0.0, generator=None) -> list[Choices]:
        """Choices for prompts, by the model in training; where all are one prompt, it is read once."""
        base = model.get_base_model()
        if self._decoder is None:
            self._decoder = Decoder(base.model, base.get_output_embeddings().weight.detach(), self.encoder.grammar)
        if all(p is prompts[0] for p in prompts):
            ids = (*prompts[0].job, *prompts[0].candidate)
            prompts = [PromptIds(ids[:-1], ids[-1:], p.requirements, p.draft) for p in prompts]
        training = model.training
        model.eval()
        device = self._decoder.device.type
        with torch.no_grad(), torch.autocast(device, torch.bfloat16, enabled=autocast_wanted(model)):
            decoded = self._decoder.decode(prompts, temperature=temperature, generator=generator)
        model.train(training)
        return [d.choices for d in decoded]

    def groups(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, width: int) -> list[Group]:
        """The rows of a batch [B, P + width], put together by prompt.

        They are sorted by their tokens: TRL shuffles a batch between reference and policy, and the same packing in both
        gives the same rounding, so that the KL is 0 where the two are one.
        """
        found: dict[tuple[int, ...], Group] = {}
        rows = []
        for row, (ids, seen) in enumerate(zip(input_ids.tolist(), attention_mask.tolist(), strict=True)):
            rows.append((tuple(i for i, s in zip(ids[:-width], seen[:-width], strict=True) if s),
                         tuple(i for i, s in zip(ids[-width:], seen[-width:], strict=True) if s), row))
        for prompt, completion, row in sorted(rows):
            group = found.setdefault(prompt, Group(prompt, [], [], []))
            group.completions.append(completion)
            group.slots.append(self._slots[completion])
            group.rows.append(row)
        return list(found.values())


def mask(length: int, slots: Sequence[Slot]) -> list[int]:
    """1 at the free tokens of a completion, 0 at the forced ones."""
    free = {slot.position for slot in slots}
    return [int(i in free) for i in range(length)]


def autocast_wanted(model) -> bool:
    """Whether the base computes in bfloat16, so that float32 LoRA weights need a cast at use."""
    return model.get_base_model().get_output_embeddings().weight.dtype == torch.bfloat16


def passes(groups: Sequence[Group], device: str) -> list[list[Group]]:
    """Groups in rows of at most PASS_TOKENS tokens, at least one group each."""
    rows: list[list[Group]] = []
    used = 0
    for group in groups:
        size = len(group.prompt) + sum(map(len, group.completions))
        if not rows or used + size > PASS_TOKENS.get(device, 1):
            rows.append([])
            used = 0
        rows[-1].append(group)
        used += size
    return rows


def score(model, groups: Sequence[Group], temperature: float):
    """Log-probability and entropy of every slot of some groups, read in one row by a PeftModel.

    Returns (rows, columns, log-probabilities [S], entropies [S]): the place of each slot in the batch, and its values
    in nats, over the slot's allowed tokens. Gradients flow through the shared prompts.
    """
    ids, positions, group_of, part_of = [], [], [], []
    rows, columns, keep, allowed, chosen = [], [], [], [], []
    for g, group in enumerate(groups):
        last = len(ids) + len(group.prompt) - 1  # where a completion's first token is predicted
        _extend(ids, positions, group_of, part_of, group.prompt, 0, g, 0)
        for c, (completion, slots) in enumerate(zip(group.completions, group.slots, strict=True)):
            start = len(ids)
            _extend(ids, positions, group_of, part_of, completion, len(group.prompt), g, c + 1)
            for slot in slots:
                rows.append(group.rows[c])
                columns.append(slot.position)
                keep.append(start + slot.position - 1 if slot.position else last)
                allowed.append(slot.allowed)
                chosen.append(slot.chosen)
    device = next(model.parameters()).device
    tensor = {name: torch.tensor(values, device=device) for name, values in
              (("ids", ids), ("positions", positions), ("group", group_of), ("part", part_of), ("keep", keep))}
    base = model.get_base_model()
    with torch.autocast(device.type, torch.bfloat16, enabled=autocast_wanted(model)):
        hidden = base.model(input_ids=tensor["ids"][None], position_ids=tensor["positions"][None],
                            attention_mask=tree_mask(tensor["group"], tensor["part"])[None, None],
                            use_cache=False).last_hidden_state[0, tensor["keep"]]
    # in float32: bfloat16 logits are rounded to 1/16 and put a floor of 1e-3 under the KL
    some = sorted({token for tokens in allowed for token in tokens})
    column = {token: i for i, token in enumerate(some)}
    with torch.autocast(device.type, enabled=False):
        logits = hidden.float() @ base.get_output_embeddings().weight[some].detach().float().T
    most = max(map(len, allowed))
    tokens = torch.tensor([[column[t] for t in (*a, *[a[0]] * (most - len(a)))] for a in allowed], device=device)
    real = torch.tensor([[1] * len(a) + [0] * (most - len(a)) for a in allowed], device=device, dtype=torch.bool)
    logp = (logits.gather(1, tokens) / temperature).masked_fill(~real, float("-inf")).log_softmax(1)
    picked = logp.gather(1, torch.tensor(chosen, device=device)[:, None])[:, 0]
    finite = logp.masked_fill(~real, 0.0)
    entropy = -(finite.exp() * finite * real).sum(1)
    return rows, columns, picked, entropy


def _extend(ids: list, positions: list, group_of: list, part_of: list, tokens: Sequence[int], start: int, group: int,
            part: int) -> None:
    ids += tokens
    positions += range(start, start + len(tokens))
    group_of += [group] * len(tokens)
    part_of += [part] * len(tokens)


def tree_mask(group: torch.Tensor, part: torch.Tensor) -> torch.Tensor:
    """Who sees whom in a packed row [L]: a boolean [L, L].

    Part 0 is a group's prompt; a token sees what stands before it in its own group's prompt and in its own part.
    """
    before = torch.arange(len(group), device=group.device)
    same_group = group[:, None] == group[None]
    visible = (part[None] == 0) | (part[:, None] == part[None])
    return same_group & visible & (before[:, None] >= before[None])

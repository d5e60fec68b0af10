"""From a brief to token ids: the same code for serving, SFT and GRPO rollouts."""

from __future__ import annotations

from model.brief.finder import heuristic_marks
from model.decode import PromptIds
from model.prompt import fit
from model.schema import Brief
from model.verdict import Choices, Grammar

MAX_PROMPT_TOKENS = 1600
KEPT_JOBS = 512


class PromptEncoder:
    """Encodes briefs for one tokenizer; a job part is encoded once for all its candidates.

    `grammar` holds the tokens of completions for the same tokenizer.
    """

    def __init__(self, tokenizer):
        self._tokenizer = tokenizer
        self._jobs: dict[str, tuple[int, ...]] = {}
        self.grammar = Grammar(self.encode)

    def encode(self, text: str) -> list[int]:
        """Token ids of a text, without special tokens of the tokenizer's own."""
        return self._tokenizer(text, add_special_tokens=False)["input_ids"]

    def prompt_ids(self, brief: Brief) -> PromptIds:
        """Token ids of a brief, with the finder's heuristic verdict as the draft that decoding starts from."""
        prompt = fit(brief, lambda text: len(self.encode(text)), MAX_PROMPT_TOKENS)
        if prompt.job_part not in self._jobs:
            if len(self._jobs) > KEPT_JOBS:
                self._jobs.clear()
            self._jobs[prompt.job_part] = tuple(self.encode(prompt.job_part))
        draft = Choices.by_rule(brief.job.requirements, heuristic_marks(brief))
        return PromptIds(self._jobs[prompt.job_part], tuple(self.encode(prompt.candidate_part)), brief.job.requirements,
                         draft, prompt.dropped)

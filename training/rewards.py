"""TRL reward functions over `model.rubric.reward`: one for each component of Table 1, so that TRL logs each. Light: no
torch.

A function returns S, not W * S: the weights go to TRL as `reward_weights`, in the order of COMPONENTS. None (the job
asks nothing of that kind) counts as 0, as in `rubric.Reward.total`. Nothing is caught here: a bug raises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from model.rubric import COMPONENTS, Reward, RewardSpec, Truth, reward
from model.verdict import END, parse

RewardFunction = Callable[..., list[float | None]]
Watch = Callable[[int, list[dict]], None]
KEPT = 4096  # completions whose reward is remembered, so that four functions compute it once


def reward_functions(truths: Sequence[Truth], spec: RewardSpec, watch: Watch | None = None) -> list[RewardFunction]:
    """One function a component, with `__name__` the component's name.

    TRL calls them by keyword with `completions` (texts) and the dataset column `example`, an index into `truths`. The
    first one also logs what the guards need (`observations`), and hands the scored completions to `watch(step, rows)`.
    """
    @lru_cache(maxsize=KEPT)
    def scored(example: int, completion: str) -> Reward:
        truth = truths[example]
        return reward(parse(completion, truth.requirements), truth, spec)

    def make(name: str) -> RewardFunction:
        def component(completions, example, completion_ids=None, trainer_state=None, log_metric=None, **kwargs):
            rewards = [scored(e, c) for e, c in zip(example, completions, strict=True)]
            if name == COMPONENTS[0]:
                if log_metric is not None:
                    seen = observations(completions, [truths[e] for e in example], completion_ids)
                    for key, value in seen.items():
                        log_metric(key, value)
                if watch is not None:
                    watch(0 if trainer_state is None else trainer_state.global_step + 1,
                          [{"example": e, "completion": c, **r.to_json()}
                           for e, c, r in zip(example, completions, rewards, strict=True)])
            return [r.components[name].S for r in rewards]

        component.__name__ = name
        return component

    return [make(name) for name in COMPONENTS]


def reward_weights(spec: RewardSpec) -> list[float]:
    """The weights W_i in the order of `reward_functions`."""
    return [spec.weights[name] for name in COMPONENTS]


def observations(completions: Sequence[str], truths: Sequence[Truth],
                 completion_ids: Sequence[Sequence[int]] | None = None) -> dict[str, float]:
    """Shares in [0, 1] over some completions: REJECTED in them and in their labels, invalid ones, right statuses.

    `completion_length` is their mean length in tokens, where the tokens are given.
    """
    answers = [parse(c.removesuffix(END), t.requirements) for c, t in zip(completions, truths, strict=True)]
    n = len(answers)
    valid = [(a, t) for a, t in zip(answers, truths, strict=True) if a is not None]
    seen = {"rejected_share": sum(a.status == "REJECTED" for a, _ in valid) / max(1, len(valid)),
            "labelled_rejected_share": sum(t.status == "REJECTED" for t in truths) / n,
            "invalid_share": 1 - len(valid) / n,
            "status_accuracy": sum(a.status == t.status for a, t in valid) / n}
    if completion_ids is not None:
        seen["completion_length"] = sum(map(len, completion_ids)) / n
    return seen

"""The fields of the recipes. Each docstring gives the unit, what it does and, where there is one, the paper's value."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from model.errors import RecipeError
from model.rubric import RewardSpec
from model.settings import DEFAULT_BASE

PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class GuardSpec:
    """When a GRPO run is warned, and when it is stopped. A stop limit of 0 switches that guard's stop off."""

    window: int = 8
    """Log lines that a limit is held against, as their mean: one odd step stops nothing."""
    rejected_gap_warn: float = 0.15
    """Share of REJECTED in the rollouts minus that in their labels, either way, in [0, 1]."""
    rejected_gap_stop: float = 0.30
    """As above: the collapse that the paper's harsh penalties caused."""
    zero_variance_warn: float = 0.80
    """Share of groups whose completions all earn the same: they teach nothing."""
    zero_variance_stop: float = 0.98
    """As above."""
    invalid_warn: float = 0.01
    """Share of completions that are no valid verdict; the grammar should leave none."""
    invalid_stop: float = 0.10
    """As above."""
    kl_warn: float = 0.5
    """KL to the SFT policy in nats a free token (the paper ended at 0.348 a token)."""
    kl_stop: float = 2.0
    """As above."""
    kl_first_stop: float = 0.01
    """KL at the first step, where policy and reference are the same: more means a wrong reference."""
    entropy_warn: float = 0.1
    """Entropy of the free tokens as a share of what it was at first."""
    entropy_stop: float = 0.01
    """As above."""
    length_warn: float = 1.5
    """Completion length in tokens against the first lines', as a factor either way."""
    length_stop: float = 3.0
    """As above."""
    probe_drop_warn: float = 0.04
    """Accuracy on the probe set, decoded greedily, lost since the start."""
    probe_drop_stop: float = 0.10
    """As above."""
    probe_size: int = 48
    """Examples in the probe set, drawn once from the validation split; 0 for no probe."""
    probe_every: int = 25
    """Optimiser steps between two probes."""


@dataclass(frozen=True)
class Recipe:
    """What both stages share."""

    name: str = "unnamed"
    """Name of the recipe; part of every manifest."""
    stage: str = "sft"
    """`sft` or `grpo`."""
    base: str = DEFAULT_BASE
    """Base model: a name that `model.base` knows, or a folder."""
    device: str = "auto"
    """`auto` takes CUDA where there is one, `cpu`, or `cuda`, which refuses to start without one."""
    backend: str = "auto"
    """`auto` (for SFT unsloth where CUDA and unsloth are there, else transformers), `transformers` or `unsloth`."""
    data: str = "corpus"
    """`corpus` (generated), a JSONL file of examples, or several joined by `+`."""
    samples: int = 3000
    """Examples to generate, training and validation together (paper: 3,000)."""
    drills: int = 0
    """Examples of doubtful skills alone, beside those of the corpus (training.drills)."""
    data_seed: int = 0
    """Seed of the generated corpus."""
    validation_share: float = 0.1
    """Share of the examples that is never trained on (paper: 300 of 3,000)."""
    lora_rank: int = 16
    """Rank of the LoRA matrices."""
    lora_alpha: int = 32
    """LoRA scale: updates are multiplied by alpha / rank."""
    lora_dropout: float = 0.0
    """Share of LoRA inputs dropped."""
    projections: tuple[str, ...] = PROJECTIONS
    """Names of the linear layers that get LoRA matrices."""
    lora_dtype: str = "float32"
    """Resident type of the LoRA weights, `float32` or `bfloat16`. Small updates are lost to rounding in bfloat16."""
    epochs: float = 2.0
    """Passes over the training examples."""
    max_steps: int = 0
    """Exactly so many optimiser steps; 0 for as many as `epochs` gives."""
    learning_rate: float = 2e-4
    """Peak learning rate of AdamW."""
    schedule: str = "linear"
    """Decay of the learning rate: `linear`, `cosine` or `constant`."""
    warmup_steps: int = 10
    """Optimiser steps over which the learning rate rises from 0; at most a tenth of `max_steps`."""
    weight_decay: float = 0.01
    """AdamW's decoupled weight decay."""
    max_grad_norm: float = 1.0
    """Gradients are clipped to this norm."""
    optimizer: str = "auto"
    """`auto` is `adamw_8bit` on CUDA and `adamw_torch` on a CPU, whose LoRA state is small anyway."""
    gradient_accumulation: int = 1
    """Forward and backward passes for each optimiser step."""
    seed: int = 7
    """Seed of initialisation, data order and rollouts."""
    log_every: int = 1
    """Optimiser steps between two lines of metrics.jsonl."""
    eval_every: int = 100
    """Optimiser steps between two validation losses; 0 for none."""
    eval_samples: int = 100
    """Validation examples in each validation loss; 0 for all."""
    checkpoint_every: int = 100
    """Optimiser steps between two checkpoints."""
    keep_checkpoints: int = 2
    """Checkpoints kept; at least 2, so that a crash while one is written leaves a whole one."""

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True)
class SFTRecipe(Recipe):
    """Stage 1: supervised fine-tuning on the gold verdicts."""

    stage: str = "sft"
    """Always `sft`."""
    adapter: str = ""
    """An adapter to go on from (a run folder, an adapter folder, an installed name); empty for fresh LoRA matrices."""
    batch: int = 8
    """Examples in a forward pass, for each process (paper: 2, with 4 accumulation steps)."""
    loss_on: str = "completion"
    """Tokens that carry loss: the whole `completion`, or its free `slots` alone, which is all that serving asks."""


@dataclass(frozen=True)
class GRPORecipe(Recipe):
    """Stage 2: GRPO from an SFT adapter, with the KL against that adapter."""

    stage: str = "grpo"
    """Always `grpo`."""
    adapter: str = "sft"
    """Where the policy starts: a run folder, an adapter folder, or the name of an installed adapter."""
    last_layers: int = 0
    """Layers, counted from the last, whose LoRA matrices are trained; 0 for all (paper). Those below stay as stage 1
    left them, so that serving reads them once for both adapters."""
    epochs: float = 1.0
    """Passes over the training examples (paper: 1)."""
    learning_rate: float = 2e-5
    """Peak learning rate of AdamW (paper: 2e-6)."""
    warmup_steps: int = 0
    """Optimiser steps over which the learning rate rises."""
    batch: int = 32
    """Completions in a forward pass, for each process: a multiple of `generations`."""
    generations: int = 8
    """Completions sampled for each prompt, whose mean reward is the baseline of the group (paper: 2)."""
    temperature: float = 1.0
    """Sampling temperature of the rollouts; 1 samples the policy itself."""
    beta: float = 0.1
    """Weight of the KL to the SFT policy (paper: 0.1)."""
    loss_type: str = "grpo"
    """`grpo` (mean over each completion's free tokens), `dr_grpo`, `bnpo` or `dapo`."""
    scale_rewards: str = "group"
    """Advantages are divided by the standard deviation of their `group`, of the `batch`, or by `none`."""
    clip: float = 0.2
    """PPO's epsilon; without effect while each rollout is used for one update only."""
    reward: RewardSpec = field(default_factory=RewardSpec)
    """Table 1: `reward.name` (`grounded` or `paper`), `reward.weights.*` and the S of each status outcome."""
    guards: GuardSpec = field(default_factory=GuardSpec)
    """Limits against reward hacking."""
    show_rollouts: int = 10
    """Optimiser steps between two samples of rollouts (best and worst) in rollouts.jsonl; 0 for none."""


STAGES: dict[str, type[Recipe]] = {"sft": SFTRecipe, "grpo": GRPORecipe}
CHOICES = {"device": ("auto", "cpu", "cuda"), "backend": ("auto", "transformers", "unsloth"),
           "lora_dtype": ("float32", "bfloat16"), "schedule": ("linear", "cosine", "constant"),
           "loss_on": ("completion", "slots"), "loss_type": ("grpo", "dr_grpo", "bnpo", "dapo"),
           "scale_rewards": ("group", "batch", "none")}
# Smallest and largest value that makes sense; outside, a run could only waste hours.
RANGES = {"samples": (2, 10_000_000), "drills": (0, 10_000_000), "validation_share": (0.0, 0.9),
          "lora_rank": (1, 512), "lora_alpha": (1, 4096), "lora_dropout": (0.0, 0.9), "epochs": (0.001, 1000),
          "max_steps": (0, 10_000_000), "learning_rate": (1e-9, 1e-2), "warmup_steps": (0, 1_000_000),
          "weight_decay": (0.0, 1.0), "max_grad_norm": (1e-6, 1e6), "gradient_accumulation": (1, 4096),
          "log_every": (1, 100_000), "eval_every": (0, 1_000_000), "eval_samples": (0, 1_000_000),
          "checkpoint_every": (1, 1_000_000), "keep_checkpoints": (2, 1000), "batch": (1, 4096),
          "generations": (2, 256), "temperature": (0.1, 5.0), "beta": (0.0, 10.0), "last_layers": (0, 1000),
          "clip": (0.0, 10.0), "show_rollouts": (0, 100_000)}


def _check(recipe: Recipe) -> None:
    for key, choices in CHOICES.items():
        value = getattr(recipe, key, choices[0])
        if value not in choices:
            raise RecipeError(f"{key}: {value!r} is none of {', '.join(choices)}")
    for key, (low, high) in RANGES.items():
        value = getattr(recipe, key, low)
        if not math.isfinite(value) or not low <= value <= high:
            raise RecipeError(f"{key}: {value} is outside of {low} to {high}")
    unknown = set(recipe.projections) - set(PROJECTIONS)
    if unknown or not recipe.projections:
        raise RecipeError(f"projections: {', '.join(sorted(unknown)) or 'none'}; known are {', '.join(PROJECTIONS)}")
    generations = getattr(recipe, "generations", 1)
    if getattr(recipe, "batch", generations) % generations:
        raise RecipeError(f"batch: {recipe.batch} completions are no whole number of groups of {generations}")

"""What both trainers share: data order, the arguments of a recipe, and the callback that writes the run folder."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import TrainerCallback

from model.precision import cpu_dtype
from training.adapter import restore
from training.recipe import Recipe, flat, to_dict
from training.runs import RunFolder, write_manifest
from training.tracking import tracker

BUCKET = 50  # batches whose rows are sorted by length before they are cut: little padding, still well mixed
RENAMED = {"grad_norm": "grad_norm", "completions/mean_length": "free_tokens"}
DROPPED = ("clip_ratio", "completions/", "train_", "total_flos", "num_tokens", "step_time")


def data_order(lengths: Sequence[int], batch: int, epochs: float, seed: int) -> list[int]:
    """Indices of the rows of all epochs, in training order: shuffled by seed, rows of like length side by side.

    Every row occurs once in each whole epoch. The order depends on its arguments alone, so that a resumed run goes on
    exactly where it stopped.
    """
    order: list[int] = []
    count = round(epochs * len(lengths))
    for epoch in range(-(-count // len(lengths))):
        rng = random.Random(f"{seed}/{epoch}")
        rows = list(range(len(lengths)))
        rng.shuffle(rows)
        batches = []
        for at in range(0, len(rows), BUCKET * batch):
            bucket = sorted(rows[at:at + BUCKET * batch], key=lambda i: lengths[i])
            batches += [bucket[i:i + batch] for i in range(0, len(bucket), batch)]
        partial = [b for b in batches if len(b) < batch]
        batches = [b for b in batches if len(b) == batch]
        rng.shuffle(batches)
        order += [i for b in batches + partial for i in b]
    return order[:count]


def arguments(recipe: Recipe, run: RunFolder, device: str) -> dict:
    """The part of TrainingArguments that both stages take from a recipe."""
    optimizer = recipe.optimizer
    if optimizer == "auto":
        optimizer = "adamw_8bit" if device == "cuda" else "adamw_torch"
    warmup = min(recipe.warmup_steps, recipe.max_steps // 10) if recipe.max_steps else recipe.warmup_steps
    return {
        "output_dir": str(run.checkpoints), "use_cpu": device == "cpu",
        "bf16": device != "cpu" or cpu_dtype() == torch.bfloat16,
        "per_device_train_batch_size": recipe.batch, "gradient_accumulation_steps": recipe.gradient_accumulation,
        "num_train_epochs": 1, "max_steps": recipe.max_steps or -1,  # the data order already holds every epoch
        "learning_rate": recipe.learning_rate, "lr_scheduler_type": recipe.schedule,
        "warmup_steps": warmup, "weight_decay": recipe.weight_decay, "optim": optimizer,
        "max_grad_norm": recipe.max_grad_norm, "seed": recipe.seed, "data_seed": recipe.seed,
        "logging_steps": recipe.log_every, "logging_first_step": True, "report_to": "none", "disable_tqdm": True,
        "save_strategy": "steps", "save_steps": recipe.checkpoint_every, "save_total_limit": recipe.keep_checkpoints,
        "gradient_checkpointing": False, "dataloader_pin_memory": device == "cuda", "dataloader_num_workers": 0,
        "logging_nan_inf_filter": False, "ddp_find_unused_parameters": False,
    }


def world_size() -> int:
    """Processes of this run: 1, or what `accelerate launch` started."""
    return int(os.environ.get("WORLD_SIZE", 1))


class OwnCheckpoints:
    """A mixin for Trainers: no model cards, and a resume that loads the trained adapter.

    transformers 5.17 restores only the adapters in sub-folders of a checkpoint (GRPO's reference) and forgets the
    trained one beside them.
    """

    def create_model_card(self, *args, **kwargs) -> None:
        """Write none: the adapter's manifest says where it comes from."""

    def _load_from_checkpoint(self, resume_from_checkpoint, model=None) -> None:
        restore(self.accelerator.unwrap_model(model or self.model), Path(resume_from_checkpoint))


class RunWriter(TrainerCallback):
    """Writes metrics.jsonl, status.json and checkpoint manifests, and stops gracefully at SIGTERM or SIGINT."""

    def __init__(self, run: RunFolder, recipe: Recipe, main: bool = True):
        self.run, self.recipe, self.main = run, recipe, main
        self.asked_to_stop = ""
        self.stop_reason = ""  # set by a guard
        self.last: dict = {}
        self._tracked = tracker(run.path.name, flat(to_dict(recipe))) if main else None
        self._began: tuple[float, int] | None = None
        self._tokens: tuple[float, float] | None = None  # when, and how many until then
        self._old = {}

    def on_train_begin(self, args, state, control, **kwargs):
        for number in (signal.SIGTERM, signal.SIGINT):
            self._old[number] = signal.signal(number, self._on_signal)
        if self.main:
            self.run.write_status(state="running", step=state.global_step, total_steps=state.max_steps)

    def _on_signal(self, number, frame) -> None:
        self.asked_to_stop = f"stopped by {signal.Signals(number).name}"

    def on_step_begin(self, args, state, control, **kwargs):
        self._began = self._began or (time.time(), state.global_step)

    def on_step_end(self, args, state, control, **kwargs):
        if self.asked_to_stop or self.stop_reason:
            control.should_save = True
            control.should_training_stop = True
        return control

    def on_log(self, args, state, control, logs=None, **kwargs):
        row = {RENAMED.get(k, k): v for k, v in (logs or {}).items()}
        row = {k.replace("rewards/", "reward/").removesuffix("/mean"): v for k, v in row.items()
               if not k.startswith(DROPPED) and not k.endswith("/std")}
        if not self.main or not (row.keys() & {"loss", "eval_loss", "probe_accuracy"}):
            return
        now = time.time()
        done = state.global_step - self._began[1] if self._began else 0
        pace = (now - self._began[0]) / done if done else None
        row = {"step": state.global_step, "time": round(now, 3), **row,
               "epoch": round(self.recipe.epochs * state.global_step / max(1, state.max_steps), 4),
               "memory_gib": round(memory_gib(), 3)}
        if pace:
            row["s_per_step"] = round(pace, 3)
        if "num_tokens" in logs:
            before, self._tokens = self._tokens, (now, logs["num_tokens"])
            if before and now > before[0]:
                row["tokens_per_s"] = round((logs["num_tokens"] - before[1]) / (now - before[0]), 1)
        self.last |= row
        self.run.append(self.run.metrics, row)
        if self._tracked:
            self._tracked[0](row)
        self.run.write_status(step=state.global_step, total_steps=state.max_steps,
                              eta_s=round(pace * (state.max_steps - state.global_step), 1) if pace else None)

    def on_save(self, args, state, control, **kwargs):
        if self.main:
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            write_manifest(folder, step=state.global_step)

    def on_train_end(self, args, state, control, **kwargs):
        for number, handler in self._old.items():
            signal.signal(number, handler)
        if self._tracked:
            self._tracked[1]()


def memory_gib() -> float:
    """Peak memory of this process in GiB: of the device on CUDA, resident on a CPU."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 2**30
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

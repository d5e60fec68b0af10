"""Stage 2: GRPO from the SFT adapter with TRL's GRPOTrainer, R = sum of W_i * S_i (the paper's Table 1).

TRL copies the loaded adapter as `ref`, so that the KL is held against the SFT policy; the guard `reference` stops a run
whose KL at step 1 is not 0. Prompts, grammar and decoding are those of serving (`training.rollouts`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import torch
from datasets import Dataset
from transformers import TrainerCallback
from transformers.trainer_callback import PrinterCallback
from trl import GRPOConfig, GRPOTrainer
from trl.models.utils import _ForwardRedirection

from training.adapter import DEFAULT, device_of, freeze, set_precision
from training.dataset import Example
from training.guards import Alarm, Guards, stop_reason, to_line
from training.loop import OwnCheckpoints, RunWriter, arguments, data_order, world_size
from training.recipe import GRPORecipe
from training.rewards import reward_functions, reward_weights
from training.rollouts import Rollouts, passes, score
from training.runs import RunFolder

os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")


class Trainer(OwnCheckpoints, GRPOTrainer):
    """GRPOTrainer whose log-probabilities are those of the constrained policy, with each prompt read once."""

    def __init__(self, *args, recipe: GRPORecipe, **kwargs):
        super().__init__(*args, **kwargs)
        self.recipe = recipe
        self.rollouts: Rollouts = self.rollout_func
        self._redirect = _ForwardRedirection()

    def _get_per_token_logps_and_entropies(self, model, input_ids, attention_mask, logits_to_keep, batch_size=None,
                                           compute_entropy=False, **kwargs):
        """As TRL's: [B, T] log-probabilities and entropies, and no auxiliary loss. Both are 0 at forced tokens."""
        groups = self.rollouts.groups(input_ids, attention_mask, logits_to_keep)
        shape = (input_ids.shape[0], logits_to_keep)
        plain = self.accelerator.unwrap_model(model)
        if model is plain:
            logps, entropies = self._scores(plain, groups, shape)
        else:  # through the wrapper of several processes, which else would not add up their gradients
            logps, entropies = self._redirect(model, plain, self._scores, plain, groups, shape)
        return logps, entropies if compute_entropy else None, None

    def _scores(self, model, groups, shape: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
        """[B, T] log-probabilities and entropies of the slots of some groups, 0 elsewhere."""
        freeze(model, self.recipe)  # TRL has switched to the reference and back
        logps = torch.zeros(shape, device=model.device)
        entropies = torch.zeros(shape, device=model.device)
        for part in passes(groups, model.device.type):
            rows, columns, picked, entropy = score(model, part, self.temperature)
            place = (torch.tensor(rows, device=logps.device), torch.tensor(columns, device=logps.device))
            logps = logps.index_put(place, picked)
            entropies = entropies.index_put(place, entropy.detach())
        return logps, entropies


class Watcher(TrainerCallback):
    """Lets the guards see every log line and the probe set, and stops the run on their word."""

    def __init__(self, run: RunFolder, recipe: GRPORecipe, writer: RunWriter, rollouts: Rollouts,
                 probe: Sequence[Example]):
        self.run, self.recipe, self.writer, self.rollouts = run, recipe, writer, rollouts
        self.guards = Guards(recipe.guards)
        self.probe = [(rollouts.encoder.prompt_ids(e.brief), e.truth) for e in probe]
        self.alarms = run.path / "alarms.jsonl"

    def on_train_begin(self, args, state, control, model=None, **kwargs):
        for line in self.run.read_lines(self.run.metrics):  # of the run that is resumed
            self.guards.see(line)
        if state.global_step == 0:
            self._probe(args, state, control, model)

    def on_step_end(self, args, state, control, model=None, **kwargs):
        if state.global_step % self.recipe.guards.probe_every == 0 or state.global_step >= state.max_steps:
            self._probe(args, state, control, model)
        return control

    def on_log(self, args, state, control, logs=None, **kwargs):
        if logs and "reward" in logs:
            self._heed(self.guards.see({**logs, "step": state.global_step}), state, control)

    def _probe(self, args, state, control, model) -> None:
        """Greedy verdicts on the probe set; every process computes them, the writer logs them."""
        if not self.probe:
            return
        model = getattr(model, "module", model)
        found = []
        for at in range(0, len(self.probe), 16):
            found += self.rollouts.decode(model, [p for p, _ in self.probe[at:at + 16]])
        truths = [truth for _, truth in self.probe]
        n, marks = len(truths), [(c, t) for f, r in zip(found, truths, strict=True)
                                 for c, t in zip(f.marks, r.marks, strict=True)]
        line = {"probe_accuracy": sum(f.status == t.status for f, t in zip(found, truths, strict=True)) / n,
                "probe_marks": sum(c == t for c, t in marks) / len(marks),
                "probe_mae": sum(abs(f.score - t.score) for f, t in zip(found, truths, strict=True)) / n,
                "probe_rejected_share": sum(f.status == "REJECTED" for f in found) / n}
        self.writer.on_log(args, state, control, logs=line)
        self._heed(self.guards.see({**line, "step": state.global_step}), state, control)

    def _heed(self, alarms: Sequence[Alarm], state, control) -> None:
        for alarm in alarms:
            if self.writer.main:
                self.run.append(self.alarms, to_line(alarm, state.global_step))
            if alarm.level == "stop" and not self.writer.stop_reason:
                self.writer.stop_reason = stop_reason(alarm, state.global_step)
                control.should_save = control.should_training_stop = True


def trainer(model, tokenizer, recipe: GRPORecipe, run: RunFolder, writer: RunWriter, train: Sequence[Example],
            validation: Sequence[Example]) -> Trainer:
    """A trainer that is ready to go; `model` holds the SFT adapter."""
    rollouts = Rollouts(tokenizer, train, recipe.generations, recipe.temperature, recipe.seed)
    prompts = recipe.batch * recipe.gradient_accumulation // recipe.generations
    epochs = recipe.epochs
    if recipe.max_steps:
        epochs = max(epochs, (recipe.max_steps + 1) * prompts * world_size() / len(train))
    order = data_order([0] * len(train), max(1, prompts), epochs, recipe.seed)
    data = Dataset.from_dict({"prompt": rollouts.texts, "example": list(range(len(train)))}).select(order)
    config = GRPOConfig(
        **arguments(recipe, run, device_of(recipe)), num_generations=recipe.generations, beta=recipe.beta,
        steps_per_generation=recipe.gradient_accumulation, num_iterations=1, temperature=recipe.temperature,
        loss_type=recipe.loss_type, scale_rewards=recipe.scale_rewards, epsilon=recipe.clip,
        reward_weights=reward_weights(recipe.reward), max_completion_length=256, shuffle_dataset=False,
        disable_dropout=False, log_completions=False, eval_strategy="no")
    exact = {name: p.detach().clone() for name, p in model.named_parameters() if f".{DEFAULT}." in name}
    made = Trainer(
        recipe=recipe, model=model, args=config, train_dataset=data, processing_class=tokenizer, rollout_func=rollouts,
        reward_funcs=reward_functions([e.truth for e in train], recipe.reward, _shower(run, recipe, train)),
        callbacks=[writer, Watcher(run, recipe, writer, rollouts, validation[:recipe.guards.probe_size])])
    made.remove_callback(PrinterCallback)
    set_precision(model, recipe.lora_dtype)  # TRL rounds the adapters of quantised bases to bfloat16
    freeze(model, recipe)
    for name, value in exact.items():
        for adapter in (DEFAULT, "ref") if recipe.beta else (DEFAULT,):
            model.get_parameter(name.replace(f".{DEFAULT}.", f".{adapter}.")).data.copy_(value)
    return made


def _shower(run: RunFolder, recipe: GRPORecipe, train: Sequence[Example]):
    """Writes the best and the worst rollout of every `show_rollouts`-th step to rollouts.jsonl."""
    if not recipe.show_rollouts:
        return None

    def show(step: int, rows: list[dict]) -> None:
        if step % recipe.show_rollouts == 1 % recipe.show_rollouts and int(os.environ.get("RANK", 0)) == 0:
            ranked = sorted(rows, key=lambda r: r["total"])
            for rank, row in (("best", ranked[-1]), ("worst", ranked[0])):
                example = train[row["example"]]
                run.append(run.rollouts, {"step": step, "rank": rank, "id": example.id, **row,
                                          "expected": {"status": example.truth.status, "score": example.truth.score,
                                                       "marks": list(example.truth.marks)}})
    return show

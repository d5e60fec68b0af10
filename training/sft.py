"""Stage 1: supervised fine-tuning on gold verdicts, with TRL's SFTTrainer and PEFT.

Rows are token ids from the serving prompt encoder and the serving grammar, never text that is tokenised again; nothing
is cut. The loss looks at completion tokens only, and TRL's `chunked_nll` projects only those on the vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence

from datasets import Dataset
from transformers.trainer_callback import PrinterCallback
from trl import SFTConfig, SFTTrainer

from model.encode import PromptEncoder
from model.verdict import Choices
from training.adapter import backend_of, device_of, set_precision
from training.dataset import Example
from training.loop import OwnCheckpoints, RunWriter, arguments, data_order, world_size
from training.recipe import SFTRecipe
from training.runs import RunFolder

IGNORED = -100  # the label of a token without loss
PAD_TO = 16  # tokens; few distinct shapes keep kernels and memory blocks in use


class Trainer(OwnCheckpoints, SFTTrainer):
    """SFTTrainer over rows whose order is already decided."""


def row(encoder: PromptEncoder, example: Example, loss_on: str) -> dict[str, list[int]]:
    """One example as `input_ids` and `labels` of equal length; labels are IGNORED where there is no loss."""
    prompt = encoder.prompt_ids(example.brief)
    truth = example.truth
    ids, slots = encoder.grammar.completion(truth.requirements, Choices(truth.marks, truth.score, truth.status))
    start = [*prompt.job, *prompt.candidate]
    labels = list(ids)
    if loss_on == "slots":
        labels = [IGNORED] * len(ids)
        for slot in slots:
            labels[slot.position] = ids[slot.position]
    return {"input_ids": start + ids, "labels": [IGNORED] * len(start) + labels}


def rows(encoder: PromptEncoder, examples: Sequence[Example], loss_on: str) -> Dataset:
    """Examples as a dataset of `row`s."""
    return Dataset.from_list([row(encoder, example, loss_on) for example in examples])


def trainer(model, tokenizer, recipe: SFTRecipe, run: RunFolder, writer: RunWriter, train: Sequence[Example],
            validation: Sequence[Example]) -> Trainer:
    """A trainer that is ready to go."""
    encoder = PromptEncoder(tokenizer)
    made = rows(encoder, train, recipe.loss_on)
    lengths = [len(ids) for ids in made["input_ids"]]
    epochs = recipe.epochs
    group = recipe.batch * recipe.gradient_accumulation
    if recipe.max_steps:  # enough rows for exactly so many steps
        epochs = max(epochs, (recipe.max_steps + 1) * group * world_size() / len(lengths))
    made = made.select(data_order(lengths, group, epochs, recipe.seed))
    held = rows(encoder, validation[:recipe.eval_samples or None], recipe.loss_on) if validation else None
    evaluate = held is not None and recipe.eval_every > 0
    config = SFTConfig(
        **arguments(recipe, run, device_of(recipe)), train_sampling_strategy="sequential",
        dataset_kwargs={"skip_prepare_dataset": True}, max_length=None, packing=False, completion_only_loss=False,
        pad_to_multiple_of=PAD_TO, loss_type="chunked_nll",
        eval_strategy="steps" if evaluate else "no", eval_steps=recipe.eval_every or None,
        per_device_eval_batch_size=recipe.batch)
    ready = Trainer(model=model, args=config, train_dataset=made, eval_dataset=held if evaluate else None,
                    processing_class=tokenizer, callbacks=[writer])
    ready.remove_callback(PrinterCallback)
    if backend_of(recipe, device_of(recipe)) == "transformers":
        set_precision(model, recipe.lora_dtype)  # TRL rounds the adapters of quantised bases to bfloat16
    return ready

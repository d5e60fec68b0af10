"""Pure half of the start form: which values it asks for, what the paper had, and what a check found, as tables."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.errors import RecipeError
from model.rubric import COMPONENTS, RewardSpec
from training import feedback, jobs
from training import recipe as recipes
from training.recipe import Recipe

GENERATED, FEEDBACK, UPLOADED = "Generated corpus", "Recruiters' feedback", "Uploaded JSONL"
SOURCES = (GENERATED, FEEDBACK, UPLOADED)
STATUS_S = ("true_positive", "true_negative", "false_positive", "false_negative")


@dataclass(frozen=True)
class Field:
    """One value of a recipe: its key, what people call it, and the stage that has it (empty: both)."""

    key: str
    label: str
    stage: str = ""


FIELDS = (
    Field("base", "Base model"), Field("device", "Device"), Field("backend", "Backend"),
    Field("adapter", "Start from adapter"), Field("learning_rate", "Learning rate"), Field("epochs", "Epochs"),
    Field("max_steps", "Steps at most"), Field("batch", "Batch"), Field("gradient_accumulation", "Accumulation"),
    Field("warmup_steps", "Warm-up steps"), Field("lora_rank", "LoRA rank"), Field("lora_alpha", "LoRA alpha"),
    Field("seed", "Seed"), Field("checkpoint_every", "Checkpoint every"), Field("eval_every", "Validate every", "sft"),
    Field("generations", "Generations", "grpo"), Field("beta", "KL weight (beta)", "grpo"),
    Field("temperature", "Temperature", "grpo"),
)
COUNTS = ("samples", "data_seed")


def hint(field: Field, stage: str) -> str:
    """What a value means, with its unit, and the paper's own beside it."""
    text = recipes.documentation(stage).get(field.key, "").replace("`", "")
    paper = recipes.paper_values(stage).get(field.key)
    said = text.split(" (paper")[0].rstrip(".") + "."
    return said if paper in (None, "") else f"{said} Paper: {paper:g}." if isinstance(paper, int | float) else \
        f"{said} Paper: {paper}."


def shown(value: object) -> str:
    """A value as the form shows it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def presets(stage: str) -> list[str]:
    """The recipes of a stage, the one for the embedded base first."""
    found = [name for name in recipes.names() if recipes.load(name).stage == stage]
    return sorted(found, key=lambda name: (not name.endswith("embedded"), name))


def preset(name: str, stage: str) -> Recipe:
    """A preset by its name, or the recipe of a run (`run: NAME`). Raises RecipeError."""
    if str(name).startswith("run: "):
        return recipes.load(jobs.find(name.removeprefix("run: ")) / "recipe.yaml", (), stage)
    if name not in recipes.names():
        raise RecipeError(f"no recipe {str(name)[:60]!r}: choose one of {', '.join(presets(stage))}")
    return recipes.load(name, (), stage)


def values_of(recipe: Recipe) -> dict[str, str]:
    """The form's texts for a recipe."""
    flat = recipes.flat(recipes.to_dict(recipe))
    return {f.key: shown(flat[f.key]) for f in FIELDS if f.key in flat} | {k: shown(flat[k]) for k in COUNTS}


def overrides(base: Recipe, values: Mapping[str, object], data: str, reward: Mapping | None) -> list[str]:
    """`key=value` of everything that differs from the preset."""
    before = values_of(base)
    found = [f"{key}={str(values[key]).strip()}" for key in before
             if key in values and str(values[key]).strip() not in ("", before[key])]
    if before.get("adapter") and not str(values.get("adapter", "x")).strip():
        found.append("adapter=''")
    if data != base.data:
        found.append(f"data={data}")
    if reward and base.stage == "grpo":
        found += reward_overrides(base.reward, reward)
    return found


def reward_overrides(before: RewardSpec, reward: Mapping) -> list[str]:
    """The same for the reward of the lab: {"name", "weights": {...}, "true_positive", ...}."""
    found = [f"reward.name={reward['name']}"] if reward["name"] != before.name else []
    found += [f"reward.weights.{c}={reward['weights'][c]:g}" for c in COMPONENTS
              if reward["weights"][c] != before.weights[c]]
    return found + [f"reward.{key}={reward[key]:g}" for key in STATUS_S if reward[key] != getattr(before, key)]


def data_of(sources: Sequence[str], upload: str | None) -> str:
    """The recipe's `data` for what was ticked. Raises RecipeError where a source has nothing."""
    parts = []
    if GENERATED in sources:
        parts.append("corpus")
    if FEEDBACK in sources:
        path = feedback.folder() / feedback.TRAIN
        if not path.is_file() or not path.stat().st_size:
            raise RecipeError("there is no feedback to train on yet: collect it on the Feedback page first")
        parts.append(str(path))
    if UPLOADED in sources:
        if not upload:
            raise RecipeError("upload a JSONL file, or take “Uploaded JSONL” out of the data")
        parts.append(str(keep_upload(Path(upload))))
    if not parts:
        raise RecipeError("choose what to train on: the generated corpus, feedback, a file, or several of them")
    return "+".join(parts)


def keep_upload(path: Path) -> Path:
    """A copy of an upload that outlives the visit; the same content is kept once."""
    folder = jobs.runs_dir() / ".uploads"
    target = folder / f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.jsonl"
    if not target.is_file():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        except OSError as error:
            raise RecipeError(jobs.cannot_write(folder, error)) from error
    return target


def command(name: str, stage: str, changes: Sequence[str]) -> str:
    """The line that a person could type instead of pressing Start."""
    if name.startswith("run: "):
        name = f"{jobs.runs_dir()}/{name.removeprefix('run: ')}/recipe.yaml"
    start = ["python", "app.py", "train", stage, "--recipe", name, "--run-dir", f"{jobs.runs_dir()}/NAME"]
    return jobs.in_words([*start, *(word for change in changes for word in ("--set", change))])


# --- what a check found ----------------------------------------------------------------------------------------------


def report_rows(report: Mapping) -> list[list[str]]:
    """The preflight as (what, value, remark)."""
    need, free, counts = report["estimates"], report["free"], report["samples"]
    balance = ", ".join(f"{share:.0%} {status}" for status, share in report["class_balance"].items())
    pace = need.get("measured_s_per_step")
    how = f"measured: {pace:.2f} s a step" if pace else "estimated from this kind of device"
    return [
        ["Device", f"{report['device']}, {report['backend']}", report["base"]],
        ["Memory", f"{need['memory_gib']} GiB needed", f"{free['memory_gib']} GiB free"],
        ["Disk", f"{need['disk_gib']} GiB needed", f"{free['disk_gib']} GiB free"],
        ["Time", span(need["time_s"]), f"{need['steps']} steps, {how}"],
        ["Examples", f"{counts['train']} to train on", f"{counts['validation']} held out"],
        ["Balance", balance, f"of {counts['looked_at']} looked at"],
        ["Trainable", f"{report['trainable_parameters']:,}".replace(",", " "),
         f"{report['trainable_share']:.2%} of all parameters"],
        ["Tokens", f"{report['tokens']['prompt_mean']} a prompt", f"{report['tokens']['completion_mean']} an answer"]]


def prompts(report: Mapping) -> str:
    """The example prompts as one text, each with its lengths in tokens."""
    parts = []
    for row in report.get("prompts", []):
        how = "" if row["counted"] else " (estimated)"
        parts.append(f"── {row['id']}: {row['prompt_tokens']} + {row['completion_tokens']} tokens{how}\n"
                     f"{row['prompt']}{row['completion']}")
    return "\n\n".join(parts)


def span(seconds: float | None) -> str:
    """A length of time for people: "about 7 min"."""
    if seconds is None:
        return ""
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"about {seconds / size:.0f} {unit}"
    return f"about {seconds:.0f} s"

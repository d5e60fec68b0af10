"""Train an adapter: `python app.py train sft|grpo ...`, or `python -m training.train` with the same arguments.

The order of things: recipe, preflight, data, base, steps, adapter. What fails says so in `status.json` in one line of
words; the traceback is in `log.txt`. A run folder that holds a checkpoint of the same recipe is resumed.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import json
import logging
import math
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.base import base_folder, base_hash
from model.errors import DataError, RecipeError, ShortlistError
from training import recipe as recipes
from training import tracking
from training.jobs import queued
from training.recipe import Recipe
from training.runs import RunFolder, checkpoint_step, write_atomically

NO_MEMORY = "not enough memory"  # how torch says it on a CPU
log = logging.getLogger("training")


def train(stage: str, recipe: str | Path, run_dir: Path, overrides: Sequence[str] = (), dry_run: bool = False,
          examples: Sequence | None = None, queue: Path | None = None) -> int:
    """Train as the recipe says, or print the preflight (`dry_run`); returns the exit status, 0 or 1.

    `examples` stands in for the recipe's data; `queue` is a lock file to wait for, so that runs go one after another.
    Raises ShortlistError for what the user can mend.
    """
    if dry_run:
        from training.preflight import preflight  # noqa: PLC0415 - loads torch
        print(json.dumps(preflight(recipes.load(recipe, overrides, stage), Path(run_dir), examples)[0], indent=1))
        return 0
    run = RunFolder(run_dir)
    run.create()
    if not is_main():  # the other processes of `accelerate launch` train, the first one also writes
        _train(recipes.load(recipe, overrides, stage), run, examples)
        return 0
    with run.locked(), logging_to(run), recorded(run, stage), queued(run, queue):
        _train(recipes.load(recipe, overrides, stage), run, examples)
    return 0


def is_main() -> bool:
    """Whether this is the process that writes the run folder."""
    return int(os.environ.get("RANK", 0)) == 0


@contextlib.contextmanager
def recorded(run: RunFolder, stage: str) -> Iterator[None]:
    """Turn whatever ends a run early into a status: `failed`, with its reason in words and the traceback in log.txt."""
    if run.status().state == "complete":
        raise RecipeError(f"{run.path} holds a complete run: choose another run folder")
    run.write_status(state="queued", stage=stage, started=time.time(), pid=os.getpid(), reason="", eta_s=None)
    try:
        with interruptible():
            yield
    except BaseException as error:
        reason, stopped = in_words(error, run), isinstance(error, KeyboardInterrupt)
        log.exception("stopped" if stopped else f"failed: {reason}")
        with contextlib.suppress(OSError):  # a full disk must not hide its own error
            run.write_status(state="stopped" if stopped else "failed", reason=reason, eta_s=None)
        if isinstance(error, Exception) and not isinstance(error, ShortlistError) and reason != f"a bug: {error!r}":
            raise RecipeError(reason) from error
        raise


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and SIGINT raise KeyboardInterrupt outside of the steps, where `training.loop` catches them itself."""
    old = {}
    if threading.current_thread() is threading.main_thread():
        old = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def in_words(error: BaseException, run: RunFolder) -> str:
    """One line for a person: what happened and what to do."""
    if isinstance(error, ShortlistError):
        return " ".join(str(error).split())
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or NO_MEMORY in str(error):
        return ("out of memory: lower `batch` and raise `gradient_accumulation` by the same factor. "
                "The last checkpoint is kept.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {run.path} is full: free some space and start the run again; it resumes"
    if isinstance(error, RuntimeError) and "No space left" in str(error):
        return f"the disk that holds {run.path} is full: free some space and start the run again; it resumes"
    if isinstance(error, KeyboardInterrupt):
        return "stopped outside of its steps: the last checkpoint is kept"
    return f"a bug: {error!r}"


@contextlib.contextmanager
def logging_to(run: RunFolder) -> Iterator[None]:
    """Send the log to log.txt and to standard error, where that is another file."""
    handlers: list[logging.Handler] = [logging.FileHandler(run.log, encoding="utf-8")]
    if not os.path.sameopenfile(handlers[0].stream.fileno(), 2):  # a detached run's words go to log.txt already
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()


def _train(recipe: Recipe, run: RunFolder, examples: Sequence | None) -> None:
    checkpoint = run.last_checkpoint(delete=is_main())
    _settle_recipe(recipe, run, checkpoint is not None)
    tracking.wanted()  # what is missing is told before anything long
    from training.preflight import preflight, refuse  # noqa: PLC0415 - loads torch, which a bad recipe need not wait for

    report, examples = preflight(recipe, run.path, examples, full=True)
    kept = {key: value for key, value in report.items() if key != "prompts"}  # a prompt may hold a candidate's evidence
    if is_main():
        run.preflight.write_text(json.dumps(kept, indent=1) + "\n")
    refuse(report)
    log.info("preflight: %s", json.dumps(kept))
    training, validation = split(examples, recipe)
    from training.adapter import base_name, restore, save, start_model, versions, weights_hash  # noqa: PLC0415 - as above
    from training.loop import RunWriter  # noqa: PLC0415 - as above

    model, tokenizer = start_model(recipe)
    before = weights_hash(model)
    writer = RunWriter(run, recipe, is_main())
    made = _trainer(model, tokenizer, recipe, run, writer, training, validation)
    if checkpoint:
        log.info("resuming from %s", checkpoint.name)
        if is_main():
            run.rewind(checkpoint_step(checkpoint))
    if checkpoint and checkpoint_step(checkpoint) >= (recipe.max_steps or math.inf):
        restore(model, checkpoint)  # only the adapter was not written yet; transformers would make one more step
        made.state.global_step = made.state.max_steps = checkpoint_step(checkpoint)
    else:
        made.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    if weights_hash(model) == before:
        raise ShortlistError("training did not change the adapter: its hash is what it was. Nothing was learned.")
    if not is_main():
        return
    reason = writer.stop_reason or writer.asked_to_stop
    if writer.stop_reason or (reason and made.state.global_step < made.state.max_steps):  # nothing to ship
        run.write_status(state="stopped_by_guard" if writer.stop_reason else "stopped", reason=reason, eta_s=None,
                         step=made.state.global_step)
        log.info(reason)
        return
    facts = {"stage": recipe.stage, "recipe": recipe.name, "recipe_sha256": recipes.recipe_hash(recipe),
             "data_sha256": data_hash(examples), "base": base_name(recipe.base),
             "base_sha256": base_hash(base_folder(recipe.base)),
             "parent_sha256": _parent(recipe), "seed": recipe.seed, "steps": made.state.global_step,
             "examples": {"train": len(training), "validation": len(validation)}, "versions": versions(),
             "metrics": {k: v for k, v in writer.last.items() if k != "time" and math.isfinite(v)}}
    digest = save(model, run, recipe, facts)
    run.write_status(state="complete", eta_s=None, adapter_sha256=digest, step=made.state.global_step)
    log.info("complete: adapter %s", digest[:12])


def _trainer(model, tokenizer, recipe: Recipe, run: RunFolder, writer, training: Sequence, validation: Sequence):
    """The stage's trainer; each stage imports only its own."""
    if recipe.stage == "sft":
        from training.sft import trainer  # noqa: PLC0415 - loads TRL
    else:
        from training.grpo import trainer  # noqa: PLC0415 - as above
    return trainer(model, tokenizer, recipe, run, writer, training, validation)


def _settle_recipe(recipe: Recipe, run: RunFolder, resumes: bool) -> None:
    """Write recipe.yaml; raises RecipeError where checkpoints of another recipe are in the way."""
    if run.recipe.is_file() and resumes:
        old = recipes.flat(recipes.to_dict(recipes.load(run.recipe)))
        new = recipes.flat(recipes.to_dict(recipe))
        changed = [key for key in new if new[key] != old.get(key)]
        if changed:
            raise RecipeError(f"{run.path} holds checkpoints of a recipe with another {changed[0]} "
                              f"({old.get(changed[0])}, now {new[changed[0]]}): resume it as it was, or choose another "
                              "run folder")
    if is_main():
        write_atomically(run.recipe, recipes.to_yaml(recipe))


def _parent(recipe: Recipe) -> str | None:
    if not recipe.adapter:
        return None
    from training.adapter import ADAPTER_FILE, adapter_folder, sha256_of  # noqa: PLC0415 - loads torch
    return sha256_of(adapter_folder(recipe.adapter) / ADAPTER_FILE)


# --- data ------------------------------------------------------------------------------------------------------------


def load_examples(recipe: Recipe, limit: int | None = None) -> list:
    """The recipe's examples: the generated corpus, JSONL files, or both. Raises DataError."""
    from training import dataset  # noqa: PLC0415 - the parser and the finder, which a dry run of a shape need not load
    from training.drills import drills  # noqa: PLC0415 - as above

    found: list = []
    for part in recipe.data.split("+"):
        if part == "corpus":
            found += dataset.examples(min(recipe.samples, limit or recipe.samples), recipe.data_seed, "train",
                                      varied=True)
            found += drills(min(recipe.drills, limit or recipe.drills), recipe.data_seed)
        elif Path(part).is_file():
            found += dataset.from_jsonl(Path(part))
        else:
            raise DataError(f"data: {part!r} is neither `corpus` nor a JSONL file")
    return found


def split(examples: Sequence, recipe: Recipe) -> tuple[list, list]:
    """Training and validation examples, drawn by the recipe's seed."""
    order = list(range(len(examples)))
    random.Random(f"split/{recipe.seed}").shuffle(order)
    held = round(len(order) * recipe.validation_share)
    return [examples[i] for i in sorted(order[held:])], [examples[i] for i in order[:held]]


def data_hash(examples: Sequence) -> str:
    """SHA-256 over what the model is shown and taught."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(repr((example.id, example.brief.job.requirements, [e.shown for e in example.brief.evidence],
                            example.truth.marks, example.truth.score, example.truth.status)).encode())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__.splitlines()[0])
    parser.add_argument("stage", choices=tuple(recipes.STAGES))
    parser.add_argument("--recipe", required=True)
    parser.add_argument("--run-dir", required=True, type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args(arguments)
    try:
        return train(args.stage, args.recipe, args.run_dir, args.settings, args.dry_run)
    except ShortlistError as error:
        print(f"training: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

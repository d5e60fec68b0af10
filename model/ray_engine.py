"""`app.py score --engine ray`: the same screening on many machines, through Ray Data.

Files are cut into partitions. Each is judged by one actor that holds a `Screener` (one a GPU, or one for so many cores)
and becomes one JSON-lines file in the output folder; both sides may be any fsspec address (local, s3://, gs://, hf://).
A partition's file appears whole or not at all, so a run that was interrupted goes on where it stopped, and a partition
whose worker died is done again, once.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.brief.job import parse_job
from model.cli import INCOMPLETE, OK, choose_adapters, read_job
from model.documents import SUPPORTED_SUFFIXES
from model.documents.results import find_files
from model.errors import UsageError
from model.installed import WEIGHTS, adapter_folders
from model.pace import Pace
from model.settings import DEFAULT_BASE, as_of

ROOT = Path(__file__).resolve().parent.parent
PLAN = "plan.json"
HANDED_ON = ("SHORTLIST_CACHE", "SHORTLIST_ADAPTERS", "SHORTLIST_DATA", "HF_TOKEN")  # settings of the workers
NOT_SHIPPED = [".git", ".venv", "tests", "samples", "**/__pycache__"]  # to a cluster that has not our code
REDONE = 1  # times that a partition is done again after its worker died
Say = Callable[[str], None]


@dataclass(frozen=True)
class RayArgs:
    """The arguments of `score --engine ray`. `paths` and `out` are paths or fsspec addresses; `out` is a folder.

    `partition` is the number of files in one partition, `cores` those of one actor where there is no GPU.
    """

    job: Path
    out: str
    paths: Sequence[str]
    adapter: str | None = None
    base: str = DEFAULT_BASE
    device: str = "auto"
    partition: int = 64
    cores: int = 2


@dataclass(frozen=True)
class Task:
    """All that judges a partition, beside its files."""

    job_text: str
    out: str
    adapters: tuple[str, ...]
    base: str
    device: str


Runner = Callable[[Task, list[tuple[str, list[str]]]], Iterable[str]]


def score_ray(args: RayArgs, say: Say, run: Runner | None = None) -> int:
    """Judge every file and write a JSON-lines file a partition into `args.out`; returns the exit status.

    `run(task, [(partition, files)])` judges partitions and yields the names of those it is through with; by default on
    Ray. Raises UsageError for bad arguments or an output folder that belongs to another run.
    """
    text = read_job(args.job)
    parse_job(text)
    adapters = choose_adapters(args.adapter)
    if args.partition < 1 or args.cores < 1:
        raise UsageError("a partition holds at least one file, and an actor has at least one core")
    files = list_files(args.paths)
    partitions = {f"part-{i // args.partition:05}": files[i:i + args.partition]
                  for i in range(0, len(files), args.partition)}
    plan = {"job_sha256": hashlib.sha256(text.encode()).hexdigest(), "adapters": _hashes(adapters), "base": args.base,
            "as_of": as_of().isoformat(), "files": len(files), "partition": args.partition,
            "files_sha256": hashlib.sha256("\n".join(files).encode()).hexdigest()}
    _keep_plan(args.out, plan)
    todo = [(name, part) for name, part in partitions.items() if not _finished(args.out, name)]
    say(f"{len(files)} documents in {len(partitions)} partitions"
        + (f", {len(partitions) - len(todo)} done before" if len(todo) < len(partitions) else ""))
    pace = Pace(sum(len(part) for _, part in todo))
    if todo:
        runner = run or (lambda task, rest: run_on_ray(task, rest, args.cores, say))
        for name in runner(Task(text, args.out, adapters, args.base, args.device), todo):
            for _ in partitions[name]:
                pace.step()
            say(f"{name}  ({pace.words})")
    missing = [name for name, _ in todo if not _finished(args.out, name)]
    if missing:
        say(f"no result, after a second try, for {', '.join(missing[:5])}{' ...' if len(missing) > 5 else ''}: the log "
            "of Ray says why; run the same command again to try once more")
        return INCOMPLETE
    say(f"results: {args.out}")
    return OK


# --- files -----------------------------------------------------------------------------------------------------------


def _open(address: str):
    """(file system, path) of a path or address."""
    import fsspec  # noqa: PLC0415 - only this command needs it
    return fsspec.core.url_to_fs(address)


def list_files(paths: Sequence[str]) -> list[str]:
    """Every file of paths and addresses, sorted within each, once. Raises UsageError where there is none."""
    found: dict[str, None] = {}
    for given in paths:
        if "://" not in given:
            found |= dict.fromkeys(str(path.resolve()) for path in find_files([Path(given)]))
            continue
        system, path = _open(given)
        if not system.exists(path):
            raise UsageError(f"{given} does not exist: check the address")
        inside = [path] if system.isfile(path) else sorted(system.find(path))
        found |= {system.unstrip_protocol(name): None for name in inside
                  if name == path or posixpath.splitext(name)[1].lower() in SUPPORTED_SUFFIXES}
    if not found:
        raise UsageError(f"no resume found in {', '.join(map(str, paths))}")
    return list(found)


def _hashes(adapters: Sequence[str]) -> dict[str, str]:
    folders = adapter_folders()
    return {name: hashlib.sha256((folders[name] / WEIGHTS).read_bytes()).hexdigest() for name in adapters}


def _keep_plan(out: str, plan: dict) -> None:
    """Write the plan of a new run; check that of one that goes on."""
    system, folder = _open(out)
    path = posixpath.join(folder, PLAN)
    if not system.exists(path):
        system.makedirs(folder, exist_ok=True)
        system.pipe_file(path, json.dumps(plan, indent=1).encode())
        return
    changed = [key for key, value in json.loads(system.cat_file(path)).items() if plan.get(key) != value]
    if changed:
        raise UsageError(f"{out} holds another run ({', '.join(changed)} differ): name another --out"
                         + (", or set SHORTLIST_AS_OF to the day of that run" if changed == ["as_of"] else ""))


def _place(out: str, name: str):
    system, folder = _open(out)
    return system, posixpath.join(folder, f"{name}.jsonl")


def _finished(out: str, name: str) -> bool:
    system, path = _place(out, name)
    system.invalidate_cache()
    return system.exists(path)


def judge_partition(screener, task: Task, name: str, files: Sequence[str]) -> str:
    """Judge the files of one partition with a local `Screener`, and write its rows in one piece, in the files' order.

    One that is finished is left alone.
    """
    if _finished(task.out, name):
        return name
    job, digest = parse_job(task.job_text), hashlib.sha256(task.job_text.encode()).hexdigest()
    with tempfile.TemporaryDirectory(prefix="shortlist-") as scratch:
        local = {str(path): address for path, address in _fetch(files, Path(scratch))}
        rows = {local[row["file"]]: {**row, "file": local[row["file"]], "job_sha256": digest}
                for row in screener.screen(job, list(local), adapters=task.adapters)}
    text = "".join(json.dumps(rows[address], ensure_ascii=False) + "\n" for address in files)
    system, path = _place(task.out, name)
    half = f"{path}.half-{os.getpid()}"
    system.pipe_file(half, text.encode())
    system.mv(half, path)
    return name


def _fetch(files: Sequence[str], scratch: Path) -> Iterator[tuple[Path, str]]:
    """(local path, address) of each file; what is not on this machine is copied into `scratch` under its own name."""
    for number, address in enumerate(files):
        if "://" not in address:
            yield Path(address), address
            continue
        system, path = _open(address)
        target = scratch / str(number) / posixpath.basename(path)
        target.parent.mkdir()
        system.get_file(path, str(target))
        yield target, address


# --- Ray -------------------------------------------------------------------------------------------------------------


class Judge:
    """A Ray actor: one screener, loaded once, that judges partition after partition."""

    def __init__(self, task: Task, make_screener: Callable | None = None):
        if make_screener is None:
            from model.pipeline import Screener as make_screener  # noqa: PLC0415 - loads torch: in the worker only
        self.task = task
        self.screener = make_screener(base=task.base, device=task.device, adapters=task.adapters)

    def __call__(self, row: dict) -> dict:
        return {"name": judge_partition(self.screener, self.task, row["name"], list(row["files"]))}


def run_on_ray(task: Task, partitions: list[tuple[str, list[str]]], cores: int, say: Say,
               make_screener: Callable | None = None) -> Iterator[str]:
    """Names of partitions as they get done, on the cluster of RAY_ADDRESS or on this machine."""
    os.environ.setdefault("RAY_raylet_start_wait_time_s", "180")  # Ray's own 60 are few on a busy machine
    try:
        import ray  # noqa: PLC0415 - optional: only a cluster needs it
        import ray.data  # noqa: PLC0415 - as above
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: `pip install -r requirements-cluster.txt`") from error
    address = os.environ.get("RAY_ADDRESS")
    settings = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    settings["SHORTLIST_AS_OF"] = as_of().isoformat()  # one "today" for all workers
    ours = {"working_dir": str(ROOT), "excludes": NOT_SHIPPED} if address else {}
    if not address:
        settings["PYTHONPATH"] = str(ROOT)
    ray.init(address=address, runtime_env={"env_vars": settings, **ours}, ignore_reinit_error=True,
             log_to_driver=False, include_dashboard=False if not address else None)
    try:
        gpus, cpus = ray.cluster_resources().get("GPU", 0), ray.cluster_resources().get("CPU", 1)
        use_gpu = gpus >= 1 and task.device != "cpu"
        each = {"num_gpus": 1} if use_gpu else {"num_cpus": min(cores, cpus)}
        actors = max(1, min(int(gpus if use_gpu else cpus // each["num_cpus"]), len(partitions)))
        say(f"{actors} {'actor' if actors == 1 else 'actors'}, each with "
            + ("a GPU" if use_gpu else f"{each['num_cpus']:g} cores") + (f", at {address}" if address else ""))
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1  # the other partitions go on; `score_ray` tells which are missing
        rows = [{"name": name, "files": files} for name, files in partitions]
        done = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
            Judge, fn_constructor_args=(task, make_screener), compute=ray.data.ActorPoolStrategy(size=actors),
            max_restarts=REDONE, max_task_retries=REDONE, **each)
        for row in done.iter_rows():
            yield row["name"]
    finally:
        if not address:
            ray.shutdown()

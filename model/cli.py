"""`app.py score`: a job and files in, one JSON line a document out. What was written before is not judged again.

Arguments are checked before the model is loaded, so that a typing error is told within a second.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.brief.job import parse_job
from model.cells import safe_cell
from model.documents import find_files, read
from model.documents.plain import decode
from model.documents.sniff import TEXT_KINDS, sniff
from model.errors import AdapterError, UsageError
from model.installed import WEIGHTS, adapter_folders
from model.pace import Pace
from model.schema import MET, NOT_MET, PARTLY, Job
from model.settings import DEFAULT_BASE, adapters_dir

PREFERRED = ("grpo", "sft")
COLUMNS = ("file", "outcome", "decision", "adapter", "status", "score", "probability", "skills", "experience",
           "education", "reward", "reasons", "flags", "met", "partly", "not met", "sha256")
OK, INCOMPLETE, STOPPED = 0, 1, 130  # exit statuses; 2, bad arguments, is raised as UsageError
Say = Callable[[str], None]


@dataclass(frozen=True)
class ScoreArgs:
    """The arguments of `score`. `adapter` is a name, "both", or None for the best one that is installed."""

    job: Path
    out: Path
    paths: Sequence[Path]
    adapter: str | None = None
    csv: Path | None = None
    base: str = DEFAULT_BASE
    device: str = "auto"


def score(args: ScoreArgs, make_screener: Callable | None = None, say: Say | None = None) -> int:
    """Judge every document of `args.paths` and append its line to `args.out`; returns the exit status.

    `make_screener` stands in for `model.pipeline.Screener`; `say` takes lines of progress (default standard error).
    Raises UsageError for bad arguments, JobError for a job that asks for nothing, AdapterError where none is installed.
    """
    say = say or _to_stderr
    text = read_job(args.job)
    files = _documents(args)
    adapters = choose_adapters(args.adapter)
    job, digest = parse_job(text), hashlib.sha256(text.encode()).hexdigest()
    _check_writable(args.out, args.csv)
    earlier = read_results(args.out, say)
    todo = _missing(files, earlier, digest, adapters)
    say(f"{job.title or args.job.name}: {len(job.requirements)} requirements, {len(files)} documents"
        + (f", {len(files) - len(todo)} already in {args.out}" if len(todo) < len(files) else ""))
    for warning in job.warnings:
        say(f"note on the job: {warning}")
    if _outdated(earlier, digest, adapters):
        say(f"note: {args.out} holds verdicts of another version of the adapter; name another --out to judge all again")
    del earlier
    status = _run(args, job, digest, todo, adapters, make_screener or _screener, say) if todo else OK
    if args.csv:
        write_csv(args.csv, (row for row in _results_of(args.out) if row["job_sha256"] == digest), adapters)
        say(f"table: {args.csv}")
    if status == OK:
        say(f"results: {args.out}")
    return status


def _screener(**kwargs):
    from model.pipeline import Screener  # noqa: PLC0415 - loads torch: only once the arguments are known to be good
    return Screener(**kwargs)


def _to_stderr(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


# --- arguments -------------------------------------------------------------------------------------------------------


def installed_adapters() -> tuple[str, ...]:
    """Names of the adapters that serve."""
    return tuple(adapter_folders())


def choose_adapters(name: str | None) -> tuple[str, ...]:
    """The adapters that `--adapter` means. Raises UsageError for one that is not installed."""
    installed = installed_adapters()
    if not installed:
        raise AdapterError(f"no adapter is installed in {adapters_dir()}: fetch the repository again, or train one "
                           "with `python app.py train sft` (the README says how)")
    if name is None:
        return (next((a for a in PREFERRED if a in installed), installed[0]),)
    wanted = ("sft", "grpo") if name == "both" else (name,)
    missing = [a for a in wanted if a not in installed]
    if missing:
        raise UsageError(f"unknown adapter {missing[0]!r}: installed are {', '.join(installed)}"
                         + (" (or both)" if len(installed) > 1 else ""))
    return wanted


def read_job(path: Path) -> str:
    """The text of a job file: plain text as it is, PDF, DOCX and the like as documents are read."""
    if not path.is_file():
        raise UsageError(f"job file {path} does not exist" if not path.exists() else f"job {path} is no file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"job file {path} cannot be read: {error.strerror}") from error
    if not data.strip():
        raise UsageError(f"job file {path} is empty: paste the job's text into it")
    if sniff(data, path.suffix)[0] in TEXT_KINDS:
        text = decode(data)
    else:
        result = read(path)
        if result.document is None:
            raise UsageError(f"job file {path}: {result.reason}")
        text = result.document.text
    if not text.strip():
        raise UsageError(f"job file {path} holds no text")
    return text


def _documents(args: ScoreArgs) -> list[Path]:
    own = {p.resolve() for p in (args.job, args.out, args.csv) if p}
    files = [path for path in find_files(args.paths) if path.resolve() not in own]
    if not files:
        raise UsageError(f"no resume found in {', '.join(map(str, args.paths))}: give files (PDF, DOCX, TXT, MD) or a "
                         "folder that holds some")
    return files


def _check_writable(*targets: Path | None) -> None:
    for path in filter(None, targets):
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name a file to write")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab"):
                pass
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from error


# --- what is there already -------------------------------------------------------------------------------------------


def read_results(path: Path, say: Say) -> list[dict]:
    """What the rows of a results file are about: file, hashes, outcome, versions and the names of their adapters.

    A last line cut off by an interruption is dropped from the file. Raises UsageError where the file holds something
    else, and leaves it as it is.
    """
    rows, kept = [], 0
    for number, line in enumerate(_lines_of(path), 1):
        whole = line.endswith(b"\n")
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError:
            row = None
            if whole or not line.startswith(b"{"):
                raise UsageError(f"{path}, line {number} is no result of `score`: choose another --out") from None
            break
        if row is not None:
            if not isinstance(row, dict) or not {"sha256", "outcome", "versions", "job_sha256"} <= row.keys():
                raise UsageError(f"{path}, line {number} is no result of `score`: choose another --out")
            if not whole:
                break
            rows.append({key: row.get(key) for key in ("file", "sha256", "outcome", "versions", "job_sha256")}
                        | {"verdicts": dict.fromkeys(row.get("verdicts") or ())})
        kept += len(line)
    if path.is_file() and kept < path.stat().st_size:
        say(f"{path}: an unfinished last line was dropped")
        with path.open("r+b") as file:
            file.truncate(kept)
    return rows


def _lines_of(path: Path) -> Iterator[bytes]:
    if path.is_file():
        with path.open("rb") as file:
            yield from file


def _results_of(path: Path) -> Iterator[dict]:
    return (json.loads(line) for line in _lines_of(path) if line.strip())


def _missing(files: Iterable[Path], rows: Iterable[dict], job_sha256: str, adapters: Sequence[str]) -> list[Path]:
    """The files without a line for this job and these adapters. Two copies of one resume need two lines."""
    there = Counter(_key(row["sha256"], row["file"]) for row in rows if row["job_sha256"] == job_sha256
                    and (row["outcome"] != "scored" or set(adapters) <= row["verdicts"].keys()))
    todo = []
    for path in files:
        key = _key(_sha256(path), path)
        if there[key] > 0:
            there[key] -= 1
        else:
            todo.append(path)
    return todo


def _outdated(rows: Iterable[dict], job_sha256: str, adapters: Sequence[str]) -> bool:
    """Whether some verdict of these adapters was given by other weights than those installed now."""
    folders = adapter_folders()
    now = {name: f"{name}:{_sha256(folders[name] / WEIGHTS)[:12]}" for name in adapters}
    return any(now[name] not in row["versions"]["adapter"].split(",") for row in rows if row["job_sha256"] == job_sha256
               for name in adapters if name in row["verdicts"])


def _key(sha256: str, file: str | Path) -> str:
    return sha256 or f"file {Path(file).name}"


def _sha256(path: Path) -> str:
    """The same hash as the reader's: empty where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


# --- judging ---------------------------------------------------------------------------------------------------------


def _run(args: ScoreArgs, job: Job, job_sha256: str, todo: Sequence[Path], adapters: tuple[str, ...],
         make_screener: Callable, say: Say) -> int:
    """Judge `todo` and append a line a document as soon as it is known, with progress; the exit status."""
    pace, counts = Pace(len(todo)), Counter()
    try:
        say(f"loading {args.base} with {' and '.join(adapters)}")
        screener = make_screener(base=args.base, device=args.device, adapters=adapters, progress=say)
        pace = Pace(len(todo))
        with args.out.open("a", encoding="utf-8") as out:
            for row in _rows(screener.screen(job, [str(path) for path in todo], adapters=adapters), job_sha256):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                out.flush()
                counts[row["decision"] if row["outcome"] == "scored" else row["outcome"]] += 1
                pace.step()
                say(f"{_line(row, adapters)}  ({pace.words})")
    except KeyboardInterrupt:
        say(f"stopped after {pace.done} of {len(todo)} documents: run the same command again to go on")
        return STOPPED
    say(", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
    if pace.done < len(todo):
        say(f"{len(todo) - pace.done} documents got no line: run the same command again")
        return INCOMPLETE
    return OK


def _rows(rows: Iterable[dict], job_sha256: str) -> Iterator[dict]:
    for row in rows:
        yield {**row, "job_sha256": job_sha256}


def _line(row: dict, adapters: Sequence[str]) -> str:
    """One line of progress, without control characters that a file name could hold."""
    name = "".join(c if c.isprintable() else "?" for c in Path(row["file"]).name)
    if row["outcome"] != "scored":
        return f"{name}  {row['outcome']}: {'; '.join(row['reasons'])}"
    scores = "  ".join(f"{a} {row['verdicts'][a]['score']}" for a in adapters if a in row["verdicts"])
    return f"{name}  {row['decision']}  {scores}"


# --- the table -------------------------------------------------------------------------------------------------------


def write_csv(path: Path, rows: Iterable[dict], adapters: Sequence[str]) -> None:
    """One line a document and adapter, the highest score first, unread documents last. UTF-8 with a byte order mark."""
    lines = [line for row in rows for line in _table_lines(row, adapters)]
    lines.sort(key=lambda line: (line["score"] is None, -(line["score"] or 0), line["file"]))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(line[column]) for column in COLUMNS] for line in lines)


def _table_lines(row: dict, adapters: Sequence[str]) -> Iterator[dict]:
    line = {**dict.fromkeys(COLUMNS), "reasons": "; ".join(row["reasons"]),
            "flags": "; ".join(f["code"] if isinstance(f, dict) else str(f) for f in row["flags"])}
    line |= {key: row[key] for key in ("file", "outcome", "decision", "sha256")}
    if row["outcome"] != "scored":
        yield line
        return
    for adapter in adapters:
        if adapter not in row["verdicts"]:
            continue
        verdict = row["verdicts"][adapter]
        marked = list(zip(row["requirements"], verdict["marks"], strict=True))
        by_mark = {name: "; ".join(r["text"] for r, mark in marked if mark == value)
                   for name, value in (("met", MET), ("partly", PARTLY), ("not met", NOT_MET))}
        yield {**line, **{key: value for key, value in verdict.items() if key in COLUMNS}, **by_mark,
               "adapter": adapter, "reward": row["reward"][adapter]["total"]}

"""`app.py bench`: how fast and how lean, in one run on one machine, with bench.json, bench.png and a table to read.

Every contender runs in a process of its own (`model.bench_run`), one after the other; limits and growth in another
(`model.bench_limits`). The sheet for a million resumes is worked out from what was measured.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from model.errors import ShortlistError, UsageError
from model.pace import duration
from model.settings import DEFAULT_BASE

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"ours": "ours", "nf4": "ours, NF4 weights (reference)", "generate-1": "transformers generate, one by one",
         "generate-8": "transformers generate, batches of 8", "llama.cpp": "llama.cpp, grammar, kept prefix"}
MILLION = 1_000_000
MAX_MIB = 1500
PRICE = 0.05  # dollars for a core and hour, where the caller names none
Say = Callable[[str], None]


class BenchError(ShortlistError):
    """A contender of the benchmark failed."""


@dataclass(frozen=True)
class BenchArgs:
    """`quick` is for tests: few prompts, few contenders. `gguf` are files for llama.cpp, of which the fastest counts;
    `price` is dollars a core and hour.
    """

    out: Path
    device: str = "auto"
    base: str = DEFAULT_BASE
    quick: bool = False
    full: bool = False
    gguf: tuple[str, ...] = ()
    price: float = PRICE


def bench(args: BenchArgs, say: Say = print) -> int:
    """Measure everything; write bench.json and bench.png into `args.out` and print the table. The exit status is 0."""
    if args.out.exists() and not args.out.is_dir():
        raise UsageError(f"{args.out} is a file: name a folder for --out")
    args.out.mkdir(parents=True, exist_ok=True)
    count, rounds = (3, 1) if args.quick else (24, 2)
    common = ["--device", args.device, "--base", args.base, "--count", str(count)]
    names = ["ours", "nf4", "generate-1"] + ([] if args.quick else ["generate-8"])
    runs = {}
    for name in names:
        say(f"measuring: {NAMES[name]} ...")
        (runs[name],) = _together([["model.bench_run", name, *common, "--rounds", str(rounds)]])
    for file in args.gguf if find_spec("llama_cpp") else ():
        say(f"measuring: {NAMES['llama.cpp']}, {Path(file).name} ...")
        (run,) = _together([["model.bench_run", "llama.cpp", *common, "--rounds", str(rounds), "--gguf", file]])
        if "llama.cpp" not in runs or _rate(run) > _rate(runs["llama.cpp"]):
            runs["llama.cpp"] = {**run, "gguf": Path(file).name}
    sizes = [2, 4, 8] if args.quick else [10, 100, 1000] + ([10_000] if args.full else [])
    say(f"measuring: limits, and growth over {', '.join(map(str, sizes))} resumes ...")
    (limits,) = _together([["model.bench_limits", *common, "--sizes", *map(str, sizes)]])
    cores = os.cpu_count() or 1
    workers = {}
    if not args.quick and args.device != "cuda" and cores > 1:
        say("measuring: two workers with half of the cores each ...")
        half = [["model.bench_run", "ours", *common, "--threads", str(cores // 2)]] * 2
        workers = {"1": _rate(runs["ours"]), "2": sum(map(_rate, _together(half)))}
    found = {"machine": {"cores": cores, "processor": platform.processor() or platform.machine(),
                         "device": args.device, "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None},
             "base": args.base, "runs": runs, "limits": limits, "workers": workers, "price": args.price,
             **summary(runs, limits)}
    (args.out / "bench.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    plot(found, args.out / "bench.png")
    for line in [*table(found), "", *goals(found), "", *sheet(found)]:
        say(line)
    return 0


def _together(commands: Sequence[Sequence[str]]) -> list[dict]:
    """Run modules side by side, each as a process, and give back what they wrote. Raises BenchError."""
    with tempfile.TemporaryDirectory(prefix="shortlist-") as folder:
        started = []
        for number, (module, *rest) in enumerate(commands):
            command = [sys.executable, "-m", module, *rest, "--json", f"{folder}/{number}.json"]
            started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                            text=True))
        try:
            errors = [process.communicate()[1] for process in started]
        except BaseException:
            for process in started:
                process.kill()
            raise
        for process, error, command in zip(started, errors, commands, strict=True):
            if process.returncode:
                last = error.strip().splitlines()[-1:] or ["no message"]
                raise BenchError(f"{' '.join(command)} ended with {process.returncode}: {last[0]}")
        return [json.loads(Path(folder, f"{n}.json").read_text()) for n in range(len(commands))]


# --- figures ---------------------------------------------------------------------------------------------------------


def _rate(run: dict) -> float:
    """Verdicts a second."""
    return run["verdicts"] / run["seconds"]


def agreement(statuses: Sequence[str | None], reference: Sequence[str]) -> float | None:
    """Share of equal statuses; None for a contender that gives none."""
    if not any(statuses):
        return None
    return sum(a == b for a, b in zip(statuses, reference, strict=True)) / len(reference)


def line_fit(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float]:
    """(slope, intercept, R^2) of the least-squares line; R^2 = 1 - residual / total sum of squares."""
    n, mx, my = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    if n < 2:
        raise ValueError("a line needs two points")
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)
    rest = sum((y - my - slope * (x - mx)) ** 2 for x, y in zip(xs, ys, strict=True))
    total = sum((y - my) ** 2 for y in ys)
    return slope, my - slope * mx, 1 - rest / total if total else 1.0


def summary(runs: dict[str, dict], limits: dict) -> dict:
    """What the table and the goals need: ratios, agreement, growth."""
    ours, reference = runs["ours"], runs["nf4"]["statuses"]
    growth = limits["growth"]
    slope, _, r2 = line_fit([g["resumes"] for g in growth], [g["seconds"] for g in growth])
    return {
        "times_faster": {name: _rate(ours) / _rate(run) for name, run in runs.items() if name != "ours"},
        "agreement": {name: agreement(run["statuses"], reference) for name, run in runs.items()},
        "seconds_a_resume": slope, "r2": r2,
        "memory_growth": growth[-1]["peak_mib"] / growth[min(1, len(growth) - 1)]["peak_mib"] - 1,
    }


def table(found: dict) -> list[str]:
    """The readable table, a line each."""
    lines = ["", f"{'':38}{'verdicts/s':>11}" + "".join(f"{head:>10}" for head in ("tokens/s", "first, s", "peak MiB"))
             + f"{'ours is':>9}{'agrees':>8}"]
    for name, run in found["runs"].items():
        ratio, agrees = found["times_faster"].get(name), found["agreement"][name]
        lines.append(f"{NAMES[name]:38}{_rate(run):11.2f}{run['tokens'] / run['seconds']:10.0f}"
                     f"{run['first_seconds']:10.2f}{run['peak_mib']:10}"
                     + (f"{ratio:8.1f}x" if ratio else f"{'':9}")
                     + (f"{agrees:8.0%}" if agrees is not None else f"{'-':>8}"))
    top, limits = found["limits"]["ceiling"], found["limits"]
    both = f"{limits['both_ratio']:.2f} times one" if limits["both_ratio"] else "not measured: one adapter is installed"
    if "llama.cpp" in found["runs"]:
        lines.append(f"llama.cpp: {found['runs']['llama.cpp']['gguf']}, the fastest of the files given")
    lines += [
        "agrees: equal statuses to the NF4 reference; tokens/s: tokens of the whole prompts over the time",
        "",
        f"matrix products at the model's shapes: {top['bf16']:.0f} GFLOP/s bf16, {top['fp32']:.0f} fp32",
        f"prefill of {top['prefill_tokens']} tokens: {top['prefill']:.0f} GFLOP/s, {top['share']:.0%} of the "
        f"{top['dtype']} products; {top['prefill_tokens_per_second']:.0f} tokens/s",
        f"weights in memory: {limits['resident']}; both adapters: {both}",
        "", f"{'resumes':>10}{'seconds':>10}{'first, s':>10}{'peak MiB':>10}",
        *(f"{g['resumes']:10}{g['seconds']:10.1f}{g['first_seconds']:10.2f}{g['peak_mib']:10}"
          for g in limits["growth"]),
        f"a line through them: {found['seconds_a_resume']:.3f} s a resume, R^2 {found['r2']:.4f}; memory "
        f"{found['memory_growth']:+.1%} from the second size to the last",
    ]
    if found["workers"]:
        lines.append("workers, files not counted: " + ", ".join(
            f"{n} {'worker' if n == '1' else 'workers'} {rate:.2f} verdicts/s" for n, rate in found["workers"].items()))
    return lines


def goals(found: dict) -> list[str]:
    """Each goal of speed and memory on a CPU with what was measured; a figure that is missing says so."""
    faster, limits, growth = found["times_faster"], found["limits"], found["limits"]["growth"]
    peak = max(g["peak_mib"] for g in growth)
    rows = [
        ("times faster than generate, one by one", faster.get("generate-1"), ">= 8", lambda v: v >= 8, "{:.1f}"),
        ("times faster than llama.cpp", faster.get("llama.cpp"), ">= 6", lambda v: v >= 6, "{:.1f}"),
        ("equal statuses to the NF4 reference", found["agreement"]["ours"], ">= 99%", lambda v: v >= 0.99, "{:.1%}"),
        ("prefill, of the bf16 products", limits["ceiling"]["share"], ">= 75%", lambda v: v >= 0.75, "{:.1%}"),
        ("both adapters, times one", limits["both_ratio"], "<= 1.5", lambda v: v <= 1.5, "{:.2f}"),
        (f"memory from {growth[min(1, len(growth) - 1)]['resumes']} to {growth[-1]['resumes']} resumes",
         found["memory_growth"], "+-5%", lambda v: abs(v) <= 0.05, "{:+.1%}"),
        ("peak memory, MiB", peak, f"< {MAX_MIB}", lambda v: v < MAX_MIB, "{}"),
        ("time is a line, R^2", found["r2"], "> 0.99", lambda v: v > 0.99, "{:.4f}"),
        ("seconds to the first verdict", growth[-1]["first_seconds"], "< 2", lambda v: v < 2, "{:.2f}"),
    ]
    lines = [f"{'goal':42}{'measured':>12}{'wanted':>9}"]
    for name, value, wanted, holds, form in rows:
        said = "not measured" if value is None else form.format(value)
        verdict = "" if value is None else "  holds" if holds(value) else "  missed"
        lines.append(f"{name:42}{said:>12}{wanted:>9}{verdict}")
    return lines


def sheet(found: dict) -> list[str]:
    """A million resumes at the measured pace: hours, cost, and what limits it."""
    cores, seconds = found["machine"]["cores"], found["seconds_a_resume"]
    stages = found["limits"]["stages"]
    slowest = max(stages, key=stages.get)
    hours = MILLION * seconds / 3600
    lines = [f"A million resumes, at {seconds:.3f} s each on {cores} cores, ${found['price']:.2f} a core and hour:",
             f"{'machines like this':>20}{'hours':>10}{'dollars':>10}"]
    lines += [f"{n:20}{hours / n:10.1f}{hours * cores * found['price']:10.0f}" for n in (1, 10, 100)]
    shares = ", ".join(f"{name} {value / sum(stages.values()):.0%}" for name, value in stages.items())
    lines.append(f"bottleneck: {slowest} ({shares} of the work); loading the model is {_per_partition(seconds)}")
    return lines


def _per_partition(seconds: float) -> str:
    return f"paid once a worker, a partition of 64 files takes {duration(64 * seconds)}"


def plot(found: dict, path: Path) -> None:
    """Verdicts a second of every contender, and time and memory over the number of resumes."""
    import matplotlib  # noqa: PLC0415 - only this command draws
    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415 - as above
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(14, 4), layout="constrained")
    names = list(found["runs"])
    bars = left.barh([NAMES[n] for n in names], [_rate(found["runs"][n]) for n in names], color="#2b6cb0")
    left.bar_label(bars, fmt="%.2f", padding=3)
    left.invert_yaxis()
    left.set_xlabel("verdicts a second")
    sizes = [g["resumes"] for g in found["limits"]["growth"]]
    middle.loglog(sizes, [g["seconds"] for g in found["limits"]["growth"]], "o-", color="#2b6cb0")
    middle.set(xlabel="resumes", ylabel="seconds", title=f"R² of a line: {found['r2']:.4f}")
    right.semilogx(sizes, [g["peak_mib"] for g in found["limits"]["growth"]], "o-", color="#c05621")
    right.set(xlabel="resumes", ylabel="peak memory, MiB", ylim=(0, None))
    figure.savefig(path, dpi=120)
    pyplot.close(figure)

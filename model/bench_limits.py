"""`python -m model.bench_limits --json FILE`: how near the engine is to what the machine can do, and how cost grows.

Measured in one process: matrix products at the model's shapes, the body's prefill between them, stages of the pipeline,
`both` against one adapter, and time and memory over growing numbers of resumes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from model.bench_run import SAMPLES, sample_briefs
from model.brief.finder import build_brief
from model.brief.job import parse_job
from model.documents import read_many
from model.settings import DEFAULT_BASE, as_of

PREFILL = 512  # tokens
SECONDS = 0.5  # for one measurement of a matrix product


def best_seconds(work: Callable[[], None], device: str, seconds: float = SECONDS) -> float:
    """Seconds of one call, the best of as many as fit into `seconds` (three at least)."""
    import torch  # noqa: PLC0415 - loads torch only in this process

    def wait() -> None:
        if device == "cuda":
            torch.cuda.synchronize()

    work()
    wait()
    best, end, calls = float("inf"), time.perf_counter() + seconds, 0
    while calls < 3 or time.perf_counter() < end:
        began = time.perf_counter()
        work()
        wait()
        best, calls = min(best, time.perf_counter() - began), calls + 1
    return best


def ceiling(engine, adapter: str, rounds: int = 3) -> dict:
    """GFLOP/s of matrix products at the body's shapes, in bfloat16 and float32, and of its prefill, in turns.

    Only the products with weights count as the prefill's work: 2 x weights x tokens. Attention's own products, norms
    and the rest are time without work in it.
    """
    import torch  # noqa: PLC0415 - as above
    from transformers import DynamicCache  # noqa: PLC0415 - as above
    body, device = engine._decoder(adapter).body, engine.device
    plain = engine.decoder.body
    shapes = [(w.shape[0], w.shape[1]) for w in _weights(body, plain)]
    ids = torch.randint(0, 1000, (1, PREFILL), device=device)
    found: dict[str, list[float]] = {"bf16": [], "fp32": [], "prefill": []}
    for _ in range(rounds):
        for name, dtype in (("bf16", torch.bfloat16), ("fp32", torch.float32)):
            seconds = sum(_product_seconds(shape, dtype, device) * shapes.count(shape) for shape in set(shapes))
            found[name].append(2 * PREFILL * sum(n * k for n, k in shapes) / seconds / 1e9)
        with torch.no_grad():
            seconds = best_seconds(lambda: body(input_ids=ids, past_key_values=DynamicCache(), use_cache=True), device)
        found["prefill"].append(2 * PREFILL * sum(n * k for n, k in shapes) / seconds / 1e9)
    best = {name: max(values) for name, values in found.items()}
    dtype = {torch.bfloat16: "bf16", torch.float32: "fp32"}[engine.dtype]
    return {**best, "dtype": dtype, "share": best["prefill"] / best[dtype], "prefill_tokens": PREFILL,
            "prefill_tokens_per_second": best["prefill"] * 1e9 / 2 / sum(n * k for n, k in shapes)}


def _weights(body, plain) -> list:
    if hasattr(body, "layers") and hasattr(body.layers[0], "gate_up"):
        return [w for layer in body.layers for w in (layer.qkv, layer.out, layer.gate_up, layer.down)]
    return [m.weight for m in plain.layers.modules() if getattr(getattr(m, "weight", None), "ndim", 0) == 2]


def _product_seconds(shape: tuple[int, int], dtype, device: str) -> float:
    import torch  # noqa: PLC0415 - as above
    x, weight = torch.randn(PREFILL, shape[1]).to(device, dtype), torch.randn(*shape).to(device, dtype)
    return best_seconds(lambda: torch.mm(x, weight.t()), device, SECONDS / 5)


def make_resumes(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Text files of different lengths: the sample resumes' own text with lines left out."""
    documents = [r.document for r in read_many(sorted((SAMPLES / "resumes").glob("*"))) if r.document is not None]
    rng, paths = random.Random(seed), []
    for i in range(count):
        lines = documents[i % len(documents)].text.splitlines()
        keep = rng.uniform(0.7, 1.0)
        text = "\n".join([f"Candidate {i}", *(line for line in lines if rng.random() < keep)])
        paths.append(folder / f"{i:06}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


class Watch:
    """Peak resident memory of this process, not of its readers, while the block runs, in MiB."""

    def __init__(self) -> None:
        import psutil  # noqa: PLC0415 - only the benchmark looks at processes
        self._process, self._over, self.peak = psutil.Process(), threading.Event(), 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, self._process.memory_info().rss / 2 ** 20)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *problem) -> None:
        self._over.set()
        self._thread.join()
        self.peak = max(self.peak, self._process.memory_info().rss / 2 ** 20)


def growth(screener, adapters: Sequence[str], sizes: Sequence[int]) -> list[dict]:
    """Seconds, seconds to the first verdict and peak memory of screening so many files, from the upload on."""
    job = parse_job(sorted((SAMPLES / "jobs").glob("*.txt"))[0].read_text(encoding="utf-8"))
    found = []
    with tempfile.TemporaryDirectory(prefix="shortlist-") as folder:
        paths = [str(path) for path in make_resumes(Path(folder), max(sizes))]
        for _ in screener.screen(job, paths[:2], adapters):  # reading processes and engine are warm after this
            pass
        for size in sizes:
            with Watch() as watch:
                began, first = time.perf_counter(), 0.0
                for _ in screener.screen(job, paths[:size], adapters):
                    first = first or time.perf_counter() - began
                seconds = time.perf_counter() - began
            found.append({"resumes": size, "seconds": seconds, "first_seconds": first, "peak_mib": round(watch.peak)})
    return found


def stages(screener, adapter: str, count: int) -> dict[str, float]:
    """Seconds that one resume takes in each stage, each measured alone."""
    paths = [path for path in sorted((SAMPLES / "resumes").glob("*"))][:count]
    began = time.perf_counter()
    documents = [r.document for r in read_many(paths) if r.document is not None]
    reading = (time.perf_counter() - began) / len(paths)
    job = parse_job(sorted((SAMPLES / "jobs").glob("*.txt"))[0].read_text(encoding="utf-8"))
    began = time.perf_counter()
    briefs = [build_brief(job, document, as_of()) for document in documents]
    finding = (time.perf_counter() - began) / len(briefs)
    began = time.perf_counter()
    screener.engine.judge(briefs, adapter)
    return {"reading": reading, "evidence": finding, "judging": (time.perf_counter() - began) / len(briefs)}


def both_ratio(screener, briefs, rounds: int) -> float | None:
    """Time of two adapters over the time of the deciding one, judging alone; None where one is installed."""
    if len(screener.adapters) < 2:
        return None
    first, second = screener.adapters[:2]
    ratios = []
    for _ in range(rounds):
        began = time.perf_counter()
        alone = screener.engine.judge(briefs, second)
        one = time.perf_counter() - began
        began = time.perf_counter()
        _, together = screener.engine.judge_each(briefs, (first, second))
        ratios.append((time.perf_counter() - began) / one)
        if [v.status for v in alone] != [v.status for v in together]:
            raise AssertionError("judging together has changed a verdict")
    return min(ratios)


def resident(engine) -> str:
    """In which form the weights stand in memory, in words."""
    dtype = str(engine.dtype).removeprefix("torch.")
    return f"{dtype}, adapters added in" if engine.added_in else f"as loaded, computing in {dtype}"


def main(argv: Sequence[str]) -> int:
    top = argparse.ArgumentParser(prog="python -m model.bench_limits")
    top.add_argument("--json", type=Path, required=True)
    top.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    top.add_argument("--count", type=int, default=24)
    top.add_argument("--device", default="auto")
    top.add_argument("--base", default=DEFAULT_BASE)
    args = top.parse_args(argv)
    from model.pipeline import Screener  # noqa: PLC0415 - as above
    screener = Screener(args.base, args.device)
    adapter = "grpo" if "grpo" in screener.adapters else screener.adapters[0]
    found = {"ceiling": ceiling(screener.engine, adapter), "stages": stages(screener, adapter, args.count),
             "both_ratio": both_ratio(screener, sample_briefs(args.count), 2),
             "growth": growth(screener, (adapter,), args.sizes), "adapters": list(screener.adapters),
             "resident": resident(screener.engine)}
    args.json.write_text(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One contender of `app.py bench`, in a process of its own so that its memory is its own:

    python -m model.bench_run ours --count 24 --device cpu --json FILE

Every contender gets the same prompts and the same base, judges one to warm up, and is timed on all of them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from model.brief.finder import build_brief
from model.brief.job import parse_job
from model.documents import read_many
from model.encode import PromptEncoder
from model.errors import UsageError
from model.prompt import LETTERS
from model.schema import Brief, Evidence
from model.settings import DEFAULT_BASE, as_of
from model.verdict import END, STATUSES, SUB_NAMES, parse

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
NEW_TOKENS = 160  # most that `generate` may write
BATCHED = 8


def sample_briefs(count: int) -> list[Brief]:
    """`count` briefs, job after job: every sample resume for every sample job, then those with evidence left out."""
    jobs = [parse_job(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "jobs").glob("*.txt"))]
    documents = [r.document for r in read_many(sorted((SAMPLES / "resumes").glob("*"))) if r.document is not None]
    if not jobs or not documents:
        raise UsageError(f"{SAMPLES} holds no jobs and resumes: the benchmark needs them")
    rng, made = random.Random(0), []
    each = -(-count // len(jobs))
    for job in jobs:
        briefs = [build_brief(job, document, as_of()) for document in documents[:each]]
        while len(briefs) < each:
            whole = briefs[len(briefs) % len(documents)]
            briefs.append(replace(whole, evidence=tuple(e if rng.random() < 0.8 else Evidence()
                                                        for e in whole.evidence)))
        made += briefs
    return made[:count]


def _engine(args, resident: str):
    from model.engine import Engine  # noqa: PLC0415 - loads torch: only in the contender that needs it
    engine = Engine.load(args.base, None, args.device, resident)
    return engine, "grpo" if "grpo" in engine.adapters else next(iter(engine.adapters))


def ours(args, resident: str = "auto") -> tuple[Callable[[Sequence[Brief]], list[str | None]], Callable]:
    """Our engine. With `resident` nf4 it is the reference: bitsandbytes' packed weights and the adapter beside them."""
    engine, adapter = _engine(args, resident)

    def judge(briefs: Sequence[Brief]) -> list[str | None]:
        engine._prefixes.clear()  # the job's part is part of the work
        return [verdict.written for verdict in engine.judge(briefs, adapter)]
    return judge, engine.encoder.encode


def generate(args, batch: int) -> tuple[Callable[[Sequence[Brief]], list[str | None]], Callable]:
    """transformers' `generate`, greedy, on unpacked weights with the adapter, in the type that the processor multiplies
    fastest; what is no verdict counts as None."""
    import torch  # noqa: PLC0415 - as above

    from model.loading import RESIDENT, pick_device  # noqa: PLC0415 - as above
    from model.precision import cpu_dtype  # noqa: PLC0415 - as above
    engine, adapter = _engine(args, RESIDENT[cpu_dtype()] if pick_device(args.device) == "cpu" else "bf16")
    engine._activate(adapter)
    model, tokenizer = engine.model, engine.tokenizer
    tokenizer.padding_side = "left"
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    (stop,) = engine.encoder.encode(END)
    encoder = PromptEncoder(tokenizer)

    def judge(briefs: Sequence[Brief]) -> list[str | None]:
        statuses = []
        for at in range(0, len(briefs), batch):
            group = briefs[at:at + batch]
            texts = [tokenizer.decode([*p.job, *p.candidate]) for p in map(encoder.prompt_ids, group)]
            inputs = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False).to(model.device)
            with torch.no_grad():
                made = model.generate(**inputs, max_new_tokens=NEW_TOKENS, do_sample=False, eos_token_id=stop,
                                      pad_token_id=tokenizer.pad_token_id)
            for brief, ids in zip(group, made[:, inputs["input_ids"].shape[1]:], strict=True):
                answer = parse(tokenizer.decode(ids, skip_special_tokens=True), brief.job.requirements)
                statuses.append(answer.status if answer else None)
        return statuses
    return judge, encoder.encode


def gbnf(brief: Brief) -> str:
    """llama.cpp's grammar of a verdict on this brief."""
    marks = ' " " '.join(f'"{LETTERS[i]}" [012]' for i in range(len(brief.job.requirements)))
    kinds = {requirement.kind for requirement in brief.job.requirements}
    subs = "".join(f'"\\"{name}\\":" num "," ' for kind, name in SUB_NAMES.items() if kind in kinds)
    status = " | ".join(f'"{status}"' for status in STATUSES)
    return (f'root ::= "{{\\"marks\\":\\"" {marks} "\\"," {subs}"\\"score\\":" num '
            f'",\\"status\\":\\"" ({status}) "\\"}}"\n'
            'num ::= "100" | [1-9] [0-9] | [0-9]\n')


def llama_cpp(args) -> tuple[Callable[[Sequence[Brief]], list[str | None]], Callable]:
    """llama.cpp: the base's own GGUF, a grammar, and the job's part kept from prompt to prompt. It has no adapter, so
    that its speed can be compared and its statuses cannot.
    """
    from transformers import AutoTokenizer  # noqa: PLC0415 - as above

    from model.base import base_folder  # noqa: PLC0415 - as above
    llama_cpp = import_module("llama_cpp")  # no requirement of ours: `app.py bench` asks for it where it is installed
    encoder = PromptEncoder(AutoTokenizer.from_pretrained(base_folder(args.base)))
    llama = llama_cpp.Llama(args.gguf, n_ctx=2048, n_batch=512, n_threads=args.threads or None, verbose=False)

    def judge(briefs: Sequence[Brief]) -> list[str | None]:
        for brief in briefs:
            prompt = encoder.prompt_ids(brief)
            llama.create_completion([*prompt.job, *prompt.candidate], max_tokens=NEW_TOKENS, temperature=0.0,
                                    grammar=llama_cpp.LlamaGrammar.from_string(gbnf(brief), verbose=False))
        return [None] * len(briefs)
    return judge, encoder.encode


CONTENDERS = {
    "ours": ours, "nf4": lambda args: ours(args, "nf4"), "generate-1": lambda args: generate(args, 1),
    f"generate-{BATCHED}": lambda args: generate(args, BATCHED), "llama.cpp": llama_cpp,
}


def measure(judge: Callable, encode: Callable, briefs: Sequence[Brief], rounds: int, device: str) -> dict:
    """Seconds for all briefs (the best of `rounds`) and for the first one alone, statuses, tokens read and written."""
    from model.prompt import render  # noqa: PLC0415 - beside its only use

    judge(briefs[:1])
    began = time.perf_counter()
    judge(briefs[:1])
    first = time.perf_counter() - began
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        statuses = judge(briefs)
        seconds.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if device == "cuda":
        import torch  # noqa: PLC0415 - as above
        peak = torch.cuda.max_memory_allocated() / 2 ** 20
    return {"verdicts": len(briefs), "seconds": min(seconds), "all_seconds": seconds, "first_seconds": first,
            "tokens": sum(len(encode(render(b).text)) for b in briefs), "peak_mib": round(peak), "statuses": statuses}


def main(argv: Sequence[str]) -> int:
    top = argparse.ArgumentParser(prog="python -m model.bench_run")
    top.add_argument("name", choices=CONTENDERS)
    top.add_argument("--json", type=Path, required=True)
    top.add_argument("--count", type=int, default=24)
    top.add_argument("--rounds", type=int, default=2)
    top.add_argument("--device", default="auto")
    top.add_argument("--base", default=DEFAULT_BASE)
    top.add_argument("--threads", type=int, default=0)
    top.add_argument("--gguf")
    args = top.parse_args(argv)
    if args.threads:
        import torch  # noqa: PLC0415 - as above
        torch.set_num_threads(args.threads)
    judge, encode = CONTENDERS[args.name](args)
    args.json.write_text(json.dumps({"name": args.name, **measure(judge, encode, sample_briefs(args.count), args.rounds,
                                                                  args.device)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

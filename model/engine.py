"""The engine: a 4-bit base with named LoRA adapters in one process, judging briefs in batches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import torch
from peft import PeftModel

from model.base import base_folder, base_hash, sha256_of
from model.body import Body, fits
from model.calibration import Calibration, features
from model.decode import Decoded, Decoder, KeysValues, PromptIds
from model.encode import PromptEncoder
from model.errors import AdapterError
from model.heaps import few_heaps, trim
from model.loading import ADAPTER_FILE, AdapterInfo, add_adapter, find_adapters, load_base, pick_device
from model.precision import cpu_dtype
from model.rubric import SELECT_AT, expected
from model.schema import Brief, Status, Verdict
from model.settings import DEFAULT_BASE, adapters_dir
from model.uncertainty import score_range

BATCH_SIZE = {"cpu": 1, "cuda": 128}  # on a CPU a larger batch is no faster, and alone each verdict is reproducible
POOL_UNDER = 4  # jobs with fewer candidates than this share batches with other jobs
KEPT_PREFIXES = 8


class Engine:
    """Judges briefs with a base model and its adapters. One instance serves one thread at a time."""

    def __init__(self, model, tokenizer, adapters: dict[str, AdapterInfo], base: str, digest: str,
                 added_in: bool = False):
        self.model, self.tokenizer, self.adapters = model, tokenizer, adapters
        self.base, self.base_sha256 = base, digest
        self.device = model.device.type
        self.encoder = PromptEncoder(tokenizer)
        self.grammar = self.encoder.grammar
        plain = model.get_base_model() if isinstance(model, PeftModel) else model
        self.decoder = Decoder(plain.model, plain.get_output_embeddings().weight, self.grammar)
        self.added_in = added_in and fits(plain)  # whether adapters are added into copies of the body
        self.dtype = cpu_dtype() if self.added_in else plain.dtype  # what is computed in
        self.batch_size = BATCH_SIZE.get(self.device, 8)
        self._decoders: dict[str | None, Decoder] = {}
        self.calibrate()
        self._loaded = {name: name for name in adapters}  # our name -> PEFT's
        self._prefixes: dict[tuple, KeysValues] = {}
        self._prefix_lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None  # a thread a core

    @classmethod
    def load(cls, base: str = DEFAULT_BASE, adapters: Sequence[str] | None = None, device: str = "auto",
             resident: str = "auto", progress: Callable[[str], None] | None = None,
             where: Path | None = None) -> Engine:
        """Load a base by name and adapters by name (all that are there by default), from a folder `where`, if given.

        Raises BaseModelError or AdapterError, which name the thing and the way out.
        """
        few_heaps()
        known = find_adapters(where)
        names = list(known) if adapters is None else list(adapters)
        for name in names:
            if name not in known:
                there = ", ".join(known) or "none"
                raise AdapterError(f"no adapter named {name!r}: there are {there} in {adapters_dir()}")
        folder = base_folder(base, progress)
        device = pick_device(device)
        added_in = resident == "auto" and device == "cpu"
        model, tokenizer = load_base(folder, device, "nf4" if added_in else resident)
        if added_in and not fits(model):  # a kind of model that computes itself, from unpacked weights
            model, tokenizer = load_base(folder, device)
        for name in names:
            model = add_adapter(model, known[name], name)
        trim()
        return cls(model.eval(), tokenizer, {n: known[n] for n in names}, base, base_hash(folder),
                   added_in=added_in)

    def calibrate(self) -> None:
        """Read every adapter's calibration from its folder."""
        self.calibrations = {name: Calibration.load(info.folder) for name, info in self.adapters.items()}

    def refresh(self) -> tuple[str, ...]:
        """Take over the adapters that were promoted or rolled back since; the names that changed.

        Call it between batches. A new adapter is loaded and checked whole under a name of its own before it serves;
        where that fails (AdapterError), the old one goes on.
        """
        changed = []
        for name, info in find_adapters().items():
            old = self.adapters.get(name)
            if old is not None and (old.sha256, old.folder) == (info.sha256, info.folder):
                continue
            if old is None or old.sha256 != info.sha256:
                self._replace(name, info)
            self.calibrations[name] = Calibration.load(info.folder)
            self.adapters[name] = info
            changed.append(name)
        return tuple(changed)

    def _replace(self, name: str, info: AdapterInfo) -> None:
        """Load `info` beside what serves as `name`, then let it serve instead."""
        fresh = f"{name}_{info.sha256[:16]}"
        try:
            self.model = add_adapter(self.model, info, fresh).eval()
        except AdapterError:
            if isinstance(self.model, PeftModel) and fresh in self.model.peft_config:
                self.model.delete_adapter(fresh)
            raise
        if sha256_of(info.folder / ADAPTER_FILE) != info.sha256:
            self.model.delete_adapter(fresh)
            raise AdapterError(f"the adapter {info.folder} changed while it was loaded: promote it again")
        old, self._loaded[name] = self._loaded.get(name), fresh
        self._decoders.pop(name, None)
        self._prefixes = {key: kept for key, kept in self._prefixes.items() if key[0] != name}
        if old is not None:
            self.model.set_adapter(fresh)
            self.model.delete_adapter(old)

    def prompt_ids(self, brief: Brief) -> PromptIds:
        """Token ids of a brief; the job part is encoded once for all its candidates."""
        return self.encoder.prompt_ids(brief)

    def judge(self, briefs: Sequence[Brief], adapter: str | None, batch_size: int | None = None,
              stop: Callable[[], bool] | None = None) -> list[Verdict]:
        """One verdict for each brief, in their order. `adapter` None asks the bare base.

        `stop` is asked between passes; where it says so, model.decode.Stopped is raised.
        """
        return self.judge_each(briefs, [adapter], batch_size, stop)[0]

    def judge_each(self, briefs: Sequence[Brief], adapters: Sequence[str | None], batch_size: int | None = None,
                   stop: Callable[[], bool] | None = None) -> list[list[Verdict]]:
        """`judge` by several adapters: a list of verdicts for each. What the first one says is the draft of the others,
        and layers in which adapters are the same are read once: that saves time and changes no verdict.
        """
        prompts = [self.prompt_ids(b) for b in briefs]
        verdicts: list[list[Verdict | None]] = [[None] * len(prompts) for _ in adapters]
        batches = _batches(prompts, batch_size or self.batch_size)
        for batch, decoded in zip(batches, self._decode_batches(batches, prompts, adapters, stop), strict=True):
            for own, adapter, some in zip(verdicts, adapters, decoded, strict=True):
                calibration = self.calibrations.get(adapter, Calibration())
                for i, one in zip(batch, some, strict=True):
                    own[i] = to_verdict(one, prompts[i], calibration)
        return verdicts

    def _decode_batches(self, batches: Sequence[Sequence[int]], prompts: Sequence[PromptIds],
                        adapters: Sequence[str | None],
                        stop: Callable[[], bool] | None) -> Iterator[list[list[Decoded]]]:
        """Every batch decoded by each adapter, in order. On a CPU there is a thread for each core, which multiplies
        alone: that is faster than all cores at one product after the other, and gives the same bits. Once one of them
        stops or fails, no other begins.
        """
        ended: list[BaseException] = []

        def work(batch: Sequence[int]) -> list[list[Decoded]]:
            if ended:
                raise ended[0]
            try:
                return self._decode_each([prompts[i] for i in batch], adapters, stop)
            except BaseException as error:
                ended.append(error)
                raise

        threads = min(torch.get_num_threads(), len(batches)) if self.added_in else 1
        if threads < 2:
            yield from map(work, batches)
            return
        for adapter in adapters:
            self._decoder(adapter)  # the copy of the body is made once, here
        cores = torch.get_num_threads()
        if self._pool is None:  # kept: new threads for each call would each leave a heap of their own behind
            self._pool = ThreadPoolExecutor(cores, "judging", torch.set_num_threads, (1,))
        try:
            yield from self._pool.map(work, batches)
        finally:
            torch.set_num_threads(cores)  # threads that are made later take the number that was set last

    def _decode_each(self, group: list[PromptIds], adapters: Sequence[str | None],
                     stop: Callable[[], bool] | None) -> list[list[Decoded]]:
        """One batch by each adapter in turn; the first body's leading layers are not read again by those that share
        them.
        """
        if len(group) == 1 and len(adapters) > 1 and self.added_in:
            first, *others = decoders = [self._decoder(adapter) for adapter in adapters]
            split = min(len(first.body.layers) - 1, *(d.body.shared_with(first.body) for d in others))
            if split > 0:
                job = group[0].job
                prefixes = [self._prefix(d, a, job) for d, a in zip(decoders, adapters, strict=True)]
                rest = list(zip(others, prefixes[1:], strict=True))
                return [[one] for one in first.decode_each(group[0], prefixes[0], rest, split, stop)]
        found: list[list[Decoded]] = []
        for adapter in adapters:
            if found:
                group = [replace(p, draft=d.choices) for p, d in zip(group, found[0], strict=True)]
            found.append(self._decode(self._decoder(adapter), group, adapter, stop))
        return found

    def _decode(self, decoder: Decoder, group: list[PromptIds], adapter: str | None,
                stop: Callable[[], bool] | None = None) -> list[Decoded]:
        """Decode with the group's shared prefix from memory; halves the batch when memory runs out."""
        same_job = all(p.job == group[0].job for p in group)
        try:
            if not same_job:
                return decoder.decode(group, stop=stop)
            return decoder.decode(group, self._prefix(decoder, adapter, group[0].job), len(group[0].job), stop=stop)
        except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
            if len(group) == 1 or not _out_of_memory(error):
                raise
        # outside the handler, whose traceback still holds the tensors of the batch that was too large
        if self.device == "cuda":
            torch.cuda.empty_cache()
        half = len(group) // 2
        self.batch_size = min(self.batch_size, max(1, half))
        return self._decode(decoder, group[:half], adapter, stop) + self._decode(decoder, group[half:], adapter, stop)

    def _prefix(self, decoder: Decoder, adapter: str | None, job: tuple[int, ...]) -> KeysValues:
        """Keys and values of a job's part, from memory where it has been read before."""
        key = (adapter, job)
        with self._prefix_lock:
            if key not in self._prefixes:
                if len(self._prefixes) >= KEPT_PREFIXES:
                    self._prefixes.pop(next(iter(self._prefixes)))
                self._prefixes[key] = decoder.prefix(job)
            return self._prefixes[key]

    def _decoder(self, adapter: str | None) -> Decoder:
        """The decoder that speaks for an adapter. Its copy of the body is made at the first call."""
        if adapter is not None and adapter not in self.adapters:
            raise AdapterError(f"the adapter {adapter!r} is not loaded: {', '.join(self.adapters) or 'none'} are")
        if not self.added_in:
            self._activate(adapter)
            return self.decoder
        if adapter not in self._decoders:
            plain = self.model.get_base_model() if isinstance(self.model, PeftModel) else self.model
            beside = next((decoder.body for decoder in self._decoders.values()), None)
            body = Body(plain, None if adapter is None else self._loaded[adapter], self.dtype, beside)
            trim()
            self._decoders[adapter] = Decoder(body, plain.get_output_embeddings().weight, self.grammar)
        return self._decoders[adapter]

    def _activate(self, adapter: str | None) -> None:
        if adapter is None:
            if isinstance(self.model, PeftModel):
                self.model.base_model.disable_adapter_layers()
        else:
            self.model.base_model.enable_adapter_layers()
            self.model.set_adapter(self._loaded[adapter])

    def versions(self) -> dict[str, str]:
        """Hashes of base and adapters, for the record."""
        return {"base": f"{self.base}:{self.base_sha256[:12]}",
                "adapter": ",".join(f"{n}:{a.sha256[:12]}" for n, a in self.adapters.items())}


def _out_of_memory(error: BaseException) -> bool:
    """torch tells of it in three ways, on a CPU by a RuntimeError."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error)


def _batches(prompts: Sequence[PromptIds], size: int) -> list[list[int]]:
    """Indices in batches: candidates of one job together, small jobs pooled, prompts of like length side by side."""
    count: dict[tuple, int] = {}
    for prompt in prompts:
        count[prompt.job] = count.get(prompt.job, 0) + 1
    group = [p.job if count[p.job] >= POOL_UNDER else () for p in prompts]
    own = [len(p.candidate) + (0 if g else len(p.job)) for p, g in zip(prompts, group, strict=True)]
    order = sorted(range(len(prompts)), key=lambda i: (group[i], own[i]))
    batches: list[list[int]] = []
    for i in order:
        if batches and len(batches[-1]) < size and group[batches[-1][0]] == group[i]:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def to_verdict(decoded: Decoded, prompt: PromptIds, calibration: Calibration) -> Verdict:
    """The verdict that a decoded completion states.

    The status follows the calibrated probability: the status that the model wrote has read marks that were decided, and
    what it was unsure of is lost to it. The written score is kept on the side of the status.
    """
    choices, n = decoded.choices, len(prompt.requirements)
    rule = expected(prompt.requirements, choices.marks)
    marks = calibration.flatten(decoded.probabilities[:n])
    probability = calibration(features(prompt.requirements, marks))
    status: Status = "SELECTED" if probability >= 0.5 else "REJECTED"
    score = max(choices.score, SELECT_AT) if status == "SELECTED" else min(choices.score, SELECT_AT - 1)
    return Verdict(
        status=status, score=score, probability=probability, marks=choices.marks, skills=rule.skills,
        experience=rule.experience, education=rule.education,
        score_range=score_range(prompt.requirements, marks, score), mark_probabilities=marks,
        written=choices.status, dropped=prompt.dropped)

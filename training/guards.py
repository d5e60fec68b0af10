"""Guards against reward hacking: they read a run's log lines, warn, and say when to stop. Light: no torch here.

The paper's early run, with harsh penalties, learned to reject everybody while its curves looked like progress. So each
guard holds something that the reward does not pay for against its limit, as the mean of the last `window` lines.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from training.recipe import GuardSpec


@dataclass(frozen=True)
class Alarm:
    """What a guard says. `guard` is stable; `message` is for a person."""

    level: Literal["warn", "stop"]
    guard: str
    message: str


class Guards:
    """Watches one run. Feed it every log line with `see`; a run that is resumed replays its old lines first."""

    def __init__(self, spec: GuardSpec):
        self.spec = spec
        self._recent: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=spec.window))
        self._first: dict[str, float] = {}
        self._lines = 0
        self._warned: set[str] = set()

    def see(self, line: Mapping) -> list[Alarm]:
        """Alarms that this line raises. A warning is given once until its value is good again; a stop every time."""
        for key, value in line.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                self._recent[key].append(float(value))
        found = []
        if "reward" in line:
            self._lines += 1
            found += self._first_kl(line)
            if self._lines >= self.spec.window:
                self._remember_start()
                found += [a for a in (self._rejected(), self._variance(), self._invalid(), self._kl(), self._entropy(),
                                      self._length()) if a]
        if "probe_accuracy" in line:
            found += [a for a in (self._probe(float(line["probe_accuracy"])),) if a]
        return found

    def _mean(self, key: str) -> float | None:
        values = self._recent.get(key)
        return sum(values) / len(values) if values else None

    def _remember_start(self) -> None:
        for key in ("entropy", "completion_length"):
            value = self._mean(key)
            if key not in self._first and value is not None:
                self._first[key] = value

    def _judge(self, guard: str, value: float, warn: float, stop: float, message: str) -> Alarm | None:
        """An alarm where `value` has reached `stop` (0: never) or `warn`."""
        if stop and value >= stop:
            return Alarm("stop", guard, message)
        if value < warn:
            self._warned.discard(guard)
            return None
        if guard in self._warned:
            return None
        self._warned.add(guard)
        return Alarm("warn", guard, message)

    def _first_kl(self, line: Mapping) -> list[Alarm]:
        stop = self.spec.kl_first_stop
        if self._lines == 1 and line.get("step", 1) == 1 and stop and (line.get("kl") or 0.0) > stop:
            return [Alarm("stop", "reference", f"the KL at the first step is {line['kl']:.3g} where it must be 0: the "
                                               "reference is not the SFT policy")]
        return []

    def _rejected(self) -> Alarm | None:
        sampled, labelled = self._mean("rejected_share"), self._mean("labelled_rejected_share")
        if sampled is None or labelled is None:
            return None
        word = "rejects" if sampled > labelled else "selects"
        shares = (sampled, labelled) if sampled > labelled else (1 - sampled, 1 - labelled)
        return self._judge("rejected_share", abs(sampled - labelled), self.spec.rejected_gap_warn,
                           self.spec.rejected_gap_stop,
                           f"the policy {word} {shares[0]:.0%} of candidates where the labels say {shares[1]:.0%}: "
                           "it is learning to answer the same to everybody")

    def _variance(self) -> Alarm | None:
        share = self._mean("frac_reward_zero_std")
        if share is None:
            return None
        return self._judge("zero_variance", share, self.spec.zero_variance_warn, self.spec.zero_variance_stop,
                           f"in {share:.0%} of the groups all completions earn the same, so that they teach nothing")

    def _invalid(self) -> Alarm | None:
        share = self._mean("invalid_share")
        if share is None:
            return None
        return self._judge("invalid", share, self.spec.invalid_warn, self.spec.invalid_stop,
                           f"{share:.1%} of the completions are no valid verdict")

    def _kl(self) -> Alarm | None:
        kl = self._mean("kl")
        if kl is None:
            return None
        return self._judge("kl", kl, self.spec.kl_warn, self.spec.kl_stop,
                           f"the policy has moved far from the SFT adapter: KL {kl:.2f} nats a token")

    def _entropy(self) -> Alarm | None:
        now, first = self._mean("entropy"), self._first.get("entropy")
        if now is None or not first:
            return None
        spec, share = self.spec, now / first
        return self._judge("entropy", 1 - share, 1 - spec.entropy_warn, spec.entropy_stop and 1 - spec.entropy_stop,
                           f"the policy has become sure of everything: its entropy is {share:.1%} of what it was")

    def _length(self) -> Alarm | None:
        now, first = self._mean("completion_length"), self._first.get("completion_length")
        if not now or not first:
            return None
        return self._judge("length", max(now / first, first / now), self.spec.length_warn, self.spec.length_stop,
                           f"completions have {now:.0f} tokens where they had {first:.0f}")

    def _probe(self, accuracy: float) -> Alarm | None:
        first = self._first.setdefault("probe_accuracy", accuracy)
        return self._judge("probe", first - accuracy, self.spec.probe_drop_warn, self.spec.probe_drop_stop,
                           f"on the probe set {accuracy:.0%} of the statuses are right where {first:.0%} were at the "
                           "start, while the reward is being earned")


def stop_reason(alarm: Alarm, step: int) -> str:
    """The line for `status.json`."""
    return f"stopped by the guard `{alarm.guard}` at step {step}: {alarm.message}."


def to_line(alarm: Alarm, step: int) -> dict:
    """The line for `alarms.jsonl`."""
    return json.loads(json.dumps({"step": step, "level": alarm.level, "guard": alarm.guard, "message": alarm.message}))

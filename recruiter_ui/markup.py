"""The only HTML we write. Every function takes numbers and names out of fixed tables, never a text from outside,

so nothing that a resume, a job or a file name says can reach the page as markup (a test holds it).
"""

from __future__ import annotations

from collections.abc import Sequence

from recruiter_ui.comparing import COMPONENT_WORDS
from recruiter_ui.i18n import lazy, t
from recruiter_ui.render import ADAPTER_WORDS, duration, percent

DECISIONS = {
    "SELECTED": ("selected", "Selected"),
    "REVIEW": ("review", "Needs review"),
    "REJECTED": ("rejected", "Suggested: reject"),
    "UNREAD": ("unread", "Could not be read"),
}
NOTES = {
    "SELECTED": "The evidence covers what the job asks for.",
    "REVIEW": "A person should look before anything is decided.",
    "REJECTED": "A suggestion only. Nothing is rejected until you decide.",
    "UNREAD": "The file was not judged. It does not count as rejected.",
}
SHAPES = {  # a shape of its own for each decision, so that colour is never the only sign
    "SELECTED": '<circle cx="8" cy="8" r="7"/><path class="cut" d="M4.6 8.3l2.3 2.3 4.5-5"/>',
    "REVIEW": '<path d="M8 .8 15.2 8 8 15.2.8 8z"/><path class="cut" d="M8 4.8v4M8 11v.4"/>',
    "REJECTED": '<circle class="ring" cx="8" cy="8" r="6.2"/><path class="line" d="M5 8h6"/>',
    "UNREAD": '<path class="line" d="M3.5 3.5l9 9M12.5 3.5l-9 9"/>',
}
STEPS = {"waiting": "The model has not been loaded yet", "loading": "Loading the model", "ready": "Model ready",
         "failed": "The model could not be loaded"}

HEADER = """<div class="sl-brand"><svg viewBox="0 0 28 28" aria-hidden="true"><rect x="2" y="3" width="24" height="22"
 rx="6"/><path d="M8 10h12M8 14.5h8M8 19h4"/></svg><div><h1>Shortlist</h1>
<p>""" + lazy("Reads resumes against a job, on this computer, and shows why.") + "</p></div></div>"


def engine(state: str, seconds: float = 0.0, typical: float = 10.0, adapters: Sequence[str] = ()) -> str:
    """The chip in the header: where the model stands."""
    words = t(STEPS[state])
    if state == "loading":
        left = max(1, round(typical - seconds))
        words += (t(" … ready in about {n} s", n=left) if seconds < typical else
                  t(" … {n} s, longer than usual", n=f"{seconds:.0f}"))
    elif state == "ready" and adapters:
        words += " · " + t(" and ").join(ADAPTER_WORDS[name] for name in adapters if name in ADAPTER_WORDS)
    return f'<div class="sl-engine {state}" role="status"><span class="dot" aria-hidden="true"></span>{words}</div>'


def progress(done: int, total: int, seconds_left: float | None, state: str = "running") -> str:
    """The bar over the table. `state`: running, stopping, stopped, done, queued or loading."""
    done, total = int(done), int(total)
    words = {"running": t("{done} of {total}", done=done, total=total) + f" · {duration(seconds_left)}",
             "stopping": t("Stopping after this resume"),
             "stopped": t("Stopped at {done} of {total}. Screen again to go on.", done=done, total=total),
             "done": t("All {total} done", total=total), "queued": t("Waiting for another screening to end"),
             "loading": t("Waiting for the model")}[state]
    bar = f'<progress max="{max(total, 1)}" value="{done}" aria-label="{t("Resumes judged")}"></progress>'
    return f'<div class="sl-progress {state}">{bar}<span role="status">{words}</span></div>'


def badge(decision: str) -> str:
    css, words = DECISIONS[decision]
    return (f'<span class="sl-badge {css}"><svg viewBox="0 0 16 16" aria-hidden="true">{SHAPES[decision]}</svg>'
            f"{t(words)}</span>")


LIKELY = "In four of five cases the score that the evidence shown deserves lies here."


def verdict(decision: str, score: int | None = None, probability: float | None = None,
            subs: dict[str, int | None] | None = None, likely: Sequence[int] | None = None) -> str:
    """The head of one candidate: decision, score on its scale with its `likely` range, chance, three sub-scores."""
    head = f'<div class="sl-verdict"><div class="lead">{badge(decision)}<p>{t(NOTES[decision])}</p></div>'
    if score is None:
        return head + "</div>"
    score = int(score)
    meters = "".join(_meter(name, (subs or {}).get(name)) for name in ("skills", "experience", "education"))
    low, high = map(int, likely or (score, score))
    spread = t("likely {range}", range=f"{low}–{high}") if low < high else ""
    return (f'{head}<div class="score"><strong>{score}</strong><span>{t("of 100")}</span>'
            f'<span class="likely" title="{t(LIKELY)}">{spread}</span></div>'
            f'<div class="scale" role="img" aria-label="'
            f'{t("Score {score} of 100; 60 is needed to be selected", score=score)}">'
            f'<i style="width:{score}%"></i><u style="left:{low}%;width:{high - low}%"></u><b style="left:60%"></b>'
            "</div>"
            f'<p class="legend"><span>{t("Chance of being selected")}: <strong>{percent(probability)}</strong></span>'
            f'<span>{t("60 needed to be selected")}</span></p><div class="subs">{meters}</div></div>')


def _meter(name: str, value: int | None) -> str:
    if name not in ("skills", "experience", "education"):
        raise KeyError(name)
    words = t("not asked") if value is None else str(int(value))
    width = 0 if value is None else int(value)
    return (f'<div class="sub"><span>{t(name.capitalize())}</span><strong>{words}</strong>'
            f'<div class="track" aria-hidden="true"><i style="width:{width}%"></i></div></div>')


def timeline(bars: Sequence[tuple[int, int, str]]) -> str:
    """Posts, gaps and overlaps on one axis of years. `bars` are (first month, month after the last, "post", "gap" or
    "overlap")."""
    if not bars:
        return ""
    first = min(start for start, _, _ in bars) // 12 * 12
    last = -(-max(end for _, end, _ in bars) // 12) * 12
    span = max(last - first, 12)
    lanes = []
    for start, end, kind in bars:
        css = {"post": "post", "gap": "gap", "overlap": "overlap"}[kind]
        left, width = 100 * (start - first) / span, 100 * max(end - start, 1) / span
        lanes.append(f'<div class="lane"><i class="{css}" style="left:{left:.2f}%;width:{width:.2f}%"></i></div>')
    step = max(1, -(-(span // 12) // 6))
    years = "".join(f'<span style="left:{100 * (year * 12 - first) / span:.2f}%">{year}</span>'
                    for year in range(first // 12, first // 12 + span // 12, step))
    kinds = [kind for _, _, kind in bars]
    words = t("{posts} posts, {gaps} gaps and {overlaps} overlaps, {first} to {last}; the table below lists them",
              posts=kinds.count("post"), gaps=kinds.count("gap"), overlaps=kinds.count("overlap"),
              first=first // 12, last=last // 12)
    return (f'<div class="sl-timeline" role="img" aria-label="{words}">{"".join(lanes)}'
            f'<div class="years">{years}</div></div>')


def reward_scale(parts: Sequence[tuple[float | None, float]]) -> tuple[float, float]:
    """The (low, high) that the bars of one reward share, from (S, weight) pairs: every running sum and 0 fit in."""
    sums, at = [0.0], 0.0
    for s, weight in parts:
        at += 0.0 if s is None else s * weight
        sums.append(at)
    return min(sums), max(*sums, 0.2)


def reward_bar(name: str, s: float | None, weight: float, start: float, scale: tuple[float, float]) -> str:
    """One component as a bar that begins where the one before ended; `start` is that running sum."""
    value = 0.0 if s is None else float(s) * float(weight)
    words = t("not asked") if s is None else f"{value:+.2f}"
    note = (t("the job asks for none") if s is None else
            t("{s} × weight {weight}", s=f"{float(s):+.2f}", weight=f"{float(weight):.1f}"))
    return _bar(t(COMPONENT_WORDS[name]), words, note, start, start + value, scale, "gain" if value >= 0 else "loss")


def reward_total(total: float, scale: tuple[float, float]) -> str:
    return _bar(t("Total"), f"{float(total):+.2f}", t("the four together"), 0.0, float(total), scale, "total")


def _bar(title: str, words: str, note: str, start: float, end: float, scale: tuple[float, float], css: str) -> str:
    low, high = scale
    left, right = sorted(100 * (x - low) / (high - low) for x in (start, end))
    zero = 100 * (0 - low) / (high - low)
    return (f'<div class="sl-bar {css}"><div class="cap"><span>{title}</span><strong>{words}</strong>'
            f'<small>{note}</small></div><div class="track" aria-hidden="true"><b style="left:{zero:.1f}%"></b>'
            f'<i style="left:{left:.1f}%;width:{max(right - left, 0.4):.1f}%"></i></div></div>')

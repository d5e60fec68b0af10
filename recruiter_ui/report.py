"""A printable report to keep or to bring to a meeting: one HTML file, every text escaped, nothing fetched.

It is a file to open or print, never shown inside the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape

from recruiter_ui import render
from recruiter_ui.comparing import COMPONENT_WORDS
from recruiter_ui.i18n import language, t

STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; color: #1d1b19; max-width: 900px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 6px; } p { margin: 4px 0; }
.quiet { color: #58544e; } section { break-before: page; } section:first-of-type.alone { break-before: auto; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th { text-align: left; font-size: 12.5px; color: #58544e; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid #e6e3de; vertical-align: top; white-space: pre-line; }
tr, h2 { break-inside: avoid; } h2 { break-after: avoid; }
@page { size: A4; margin: 13mm 14mm; }
@media print {
  body { font-size: 10.5px; line-height: 1.38; margin: 0; padding: 0; max-width: none; }
  h1 { font-size: 17px; } h2 { font-size: 12.5px; margin: 12px 0 3px; } th { font-size: 9.5px; }
  th, td { padding: 3px 8px 3px 0; } table { margin: 3px 0; } p { margin: 2px 0; }
}
"""
HEAD = ('<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Shortlist</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
        "<style>{style}</style></head><body>")
SUMMARY_HEADERS = ["Rank", "Candidate", "Decision", "Score", "Range", "Chance", "Flags", "Your call"]
NOTE = "A suggestion for people who decide. Nothing is rejected until a person says so."


def batch(title: str, rows: Sequence[Mapping], labels: Mapping[str, str], human: Mapping[str, str],
          redactors: Mapping[str, Callable[[str], str]], today: date) -> str:
    """The whole batch: the ranked table, then a page for each candidate that could be judged."""
    ranked = render.ranked(rows)
    lines = [[line[0] or "", line[1], line[2], "" if line[3] is None else line[3], line[4], line[5], line[9], line[10]]
             for line in render.ranking(rows, labels, human)]
    parts = [_head(), f"<h1>Shortlist: {escape(title or t('untitled job'))}</h1>",
             f'<p class="quiet">{today.isoformat()}. {escape(render.summary(rows))}</p>',
             _table([t(header) for header in SUMMARY_HEADERS], lines)]
    parts += [_candidate(row, labels[row["sha256"]], human.get(row["sha256"]), redactors.get(row["sha256"], str))
              for row in ranked if render.is_judged(row)]
    return "".join([*parts, "</body></html>"])


def single(title: str, row: Mapping, label: str, human: str | None, redact: Callable[[str], str],
           today: date) -> str:
    """One candidate on one page."""
    job = f'<p class="quiet">{escape(title or t("untitled job"))} · {today.isoformat()}</p>'
    if not render.is_judged(row):
        decision = escape(render.decision_words(row))
        return "".join([_head(), job, f"<h1>{escape(label)}</h1><p><strong>{decision}</strong></p>",
                        _lines(render.reason_text(row)), "</body></html>"])
    section = _candidate(row, label, human, redact).replace("<section>", '<section class="alone">', 1)
    return "".join([_head(), job, section, "</body></html>"])


def _head() -> str:
    return HEAD.replace("{language}", language()).replace("{style}", STYLE)


def _candidate(row: Mapping, label: str, human: str | None, redact: Callable[[str], str]) -> str:
    verdict = row["verdicts"][render.deciding(row)]
    subs = ", ".join(f"{t(name.capitalize())} {verdict[name]}" for name in ("skills", "experience", "education")
                     if verdict[name] is not None)
    mine = t(render.HUMAN_WORDS.get(human, "Not decided by a person yet"))
    reward = row["reward"].get(render.deciding(row))
    spread = render.range_words(verdict)
    spread = f" ({t('likely {range}', range=spread)})" if spread else ""
    parts = [f"<section><h1>{escape(label)}</h1><p><strong>{escape(render.decision_words(row))}</strong> · "
             f"{t('Score')} {int(verdict['score'])} {t('of 100')}{spread} · {t('Chance of being selected')} "
             f"{render.percent(verdict['probability'])} · {escape(subs)}</p><p>{escape(mine)}. {t(NOTE)}</p>",
             f"<h2>{t('Why')}</h2>", _lines(render.reason_text(row)), _lines(render.flag_text(row, redact)),
             f"<h2>{t('What the job asks for')}</h2>",
             _table([t(header) for header in render.REQUIREMENT_HEADERS], render.requirement_rows(row, redact))]
    if reward:
        table = [[t(COMPONENT_WORDS[name]), t("not asked") if s is None else f"{s * weight:+.2f}", why]
                 for name, s, weight, why in render.reward_parts(reward)]
        parts += [f"<h2>{t('How sound is this verdict?')}</h2>",
                  _table([t("Part"), t("Points"), t("Why")], [*table, [t("Total"), f"{reward['total']:+.2f}", ""]])]
    return "".join([*parts, f'<p class="quiet">{escape(render.versions_text(row))}</p></section>'])


def _lines(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())


def _table(headers: Sequence[str], lines: Sequence[Sequence]) -> str:
    head = "".join(f"<th>{escape(header)}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

"""The page in two languages: every text has its German, and every mark that the browser translates is known."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from gradio.context import LocalContext

from model.decision import Decision
from model.documents import reasons
from recruiter_ui import (
    comparing,
    export,
    i18n,
    markup,
    own_labels,
    past,
    render,
    report,
    requirements,
    reviewing,
    screening,
    timeline,
)
from recruiter_ui.build import build_app
from recruiter_ui.i18n import PLACE, german, language, said, t

from .fake_service import FakeService

FOLDER = Path(i18n.__file__).parent
TABLES = [render.DECISION_WORDS, render.DECISION_SHORT, render.UNREADABLE_WORDS, render.MARK_WORDS, render.KIND_WORDS,
          render.HOW_WORDS, render.HUMAN_WORDS, render.RANKING_HEADERS, render.REQUIREMENT_HEADERS, screening.FILTERS,
          screening.JUDGES, comparing.JUDGES, comparing.STATUS_WORDS, comparing.COMPONENT_WORDS, export.KINDS,
          markup.STEPS, markup.NOTES, {key: words for key, (_, words) in markup.DECISIONS.items()}, own_labels.JUDGES,
          own_labels.METRICS, past.HEADERS, past.CHANGE_HEADERS, past.STATES, past.PARTS, requirements.HEADERS,
          reviewing.HEADERS, reviewing.SHOWN, timeline.HEADERS, timeline.MONTHS, report.SUMMARY_HEADERS]
NOT_WORDS = {"Shortlist", "CSV", "XLSX", "JSONL", "HTML", "%", "x", "y", "=", "№", "#"}
SHOWN = ("label", "value", "placeholder", "info", "title", "x_title", "y_title")


@pytest.fixture
def in_german():
    """Handlers run as for a visitor whose browser asks for German."""
    before = LocalContext.request.set(SimpleNamespace(headers={"accept-language": "de-DE,de;q=0.9,en;q=0.8"}))
    yield
    LocalContext.request.reset(before)


def texts_in_code():
    """(file, text) of every text that the code gives to `t` or `lazy` as it stands."""
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("t", "lazy") and node.args:
                either = [node.args[0]]
                if isinstance(either[0], ast.IfExp):
                    either = [either[0].body, either[0].orelse]
                yield from ((path.name, part.value) for part in either if isinstance(part, ast.Constant))


def test_every_text_in_the_code_has_its_german():
    found = list(texts_in_code())
    assert len(found) > 150
    missing = [f"{name}: {text}" for name, text in found if text not in german()]
    assert not missing, "\n".join(missing)


def test_every_table_of_words_has_its_german():
    words = [word for table in TABLES for word in (table.values() if isinstance(table, dict) else table)]
    assert not [word for word in words if word not in german()]


@pytest.mark.parametrize("name", ["de.json", "de.model.json"])
def test_translations_keep_the_values_and_are_whole(name):
    for english, words in german(name).items():
        assert set(PLACE.findall(english)) == set(PLACE.findall(words)), english
        assert words.strip() and words.startswith("#") == english.startswith("#"), english
        assert "<" not in words and words.count("**") == english.count("**"), english


def below(node):
    """The ids of a part of the page and of all that it holds."""
    return {node["id"]}.union(*(below(child) for child in node.get("children") or []))


def parts(node):
    yield node
    for child in node.get("children") or []:
        yield from parts(child)


def strings(config):
    """(type, property, text) of what a recruiter's page shows before any handler has answered.

    The Admin tab, for those who train and run the thing, is in English only.
    """
    admin = {c["id"] for c in config["components"] if c["type"] == "tabitem" and c["props"].get("id") == "admin"}
    hidden = set().union(*(below(node) for node in parts(config["layout"]) if node["id"] in admin))
    for component in config["components"]:
        if component["id"] in hidden or component["type"] == "api":  # what only programs meet
            continue
        props = component["props"]
        for name in SHOWN:
            key = name == "value" and component["type"] in ("radio", "dropdown", "html", "state")
            if isinstance(value := props.get(name), str) and not key:
                yield component["type"], name, value
        for choice in props.get("choices") or []:
            yield component["type"], "choices", str(choice[0])


def test_no_string_of_the_page_is_left_in_english(tmp_path):
    """Walks the whole page as it is sent to the browser: a text is a mark that German knows, or no word at all."""
    service = FakeService(folder=tmp_path)
    jobs = set(service.sample_jobs())  # names of jobs, as written in them
    app = build_app(service)
    found = list(strings(app.get_config_file()))
    assert sum("__i18n__" in text for *_, text in found) > 60
    left = []
    for kind, name, text in found:
        key = re.search(r'__i18n__\{.*?"key": "((?:[^"\\]|\\.)*)"', text)
        if key:
            known = ast.literal_eval(f'"{key[1]}"')
            left += [] if known in german() and "{" not in known else [(kind, name, known)]
        elif re.search(r"[A-Za-z]", text) and text not in NOT_WORDS | jobs and not text.startswith(("/", "{")):
            left.append((kind, name, text))
    assert not left
    assert i18n.bundle().translations["en"].keys() == i18n.bundle().translations["de"].keys()


@pytest.mark.parametrize(("header", "expected"), [("de", "de"), ("DE-at,en", "de"), ("en-GB,de;q=0.8", "en"),
                                                  ("fr,de", "en"), ("", "en"), ("den", "en")])
def test_the_first_language_of_the_browser_decides(header, expected):
    before = LocalContext.request.set(SimpleNamespace(headers={"accept-language": header}))
    assert language() == expected
    LocalContext.request.reset(before)
    assert language() == "en"


def test_values_are_put_in(in_german):
    assert t("{done} of {total}", done=3, total=9) == "3 von 9"
    assert t("a text that nobody has translated {n}", n=1) == "a text that nobody has translated 1"


@pytest.mark.parametrize(("sentence", "words"), [
    ("a close call: the probability of SELECTED is 48%", "knapp: die Chance, geeignet zu sein, ist 48%"),
    ("the model says SELECTED (72), the expert heuristic REJECTED (41)",
     "das Modell sagt GEEIGNET (72), die Expertenregel ABSAGEN (41)"),
    ("SELECTED although required experience is missing: nursing",
     "GEEIGNET, obwohl verlangte Erfahrung fehlt: nursing"),
    ("REJECTED, but the expert heuristic says SELECTED", "ABSAGEN, aber die Expertenregel sagt GEEIGNET"),
    ('"native speaker" can discriminate by language or origin: it is not scored. Consider taking it out of the job '
     "text.", "„native speaker“ kann benachteiligen (Sprache oder Herkunft): es zählt nicht mit. Besser aus der "
     "Anzeige streichen."), ("something of a later version", "something of a later version")])
def test_sentences_of_the_model_are_translated_with_what_stands_in_them(in_german, sentence, words):
    assert said(sentence) == words


def test_every_reason_for_an_unreadable_file_has_its_german(in_german):
    for sentence in reasons.REASONS.values():
        filled = re.sub(r"\{[^}]*\}", "7", sentence)
        if "page" not in re.findall(r"\{(\w+)", sentence) and "picture of the page" not in sentence:
            assert said(filled) != filled, sentence


def test_reasons_of_a_decision_are_said_in_german(in_german):
    row = {"outcome": "scored", "reasons": list(Decision("REVIEW", ("2 of 8 requirements are met",)).reasons)}
    assert render.reason_text(row) == "– 2 von 8 Anforderungen sind erfüllt"
    assert render.versions_text({"versions": {"base": "x"}, "elapsed_ms": 100}) == "base x, 0.1 s"

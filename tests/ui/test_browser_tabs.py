"""Review, History, Past decisions, the other language, what a page must never do, and axe on every tab."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from model.errors import JobError
from recruiter_ui import i18n, own_labels
from recruiter_ui.service import Service

from .driving import (
    RANKED,
    add_files,
    load_axe,
    open_candidate,
    read_job,
    resume_text,
    screened,
    screened_here,
    serious,
    turn_to,
    value,
    wait_for_value,
)
from .test_own_labels import FAKE, fake_command

pytestmark = pytest.mark.ui

TABS = ("Screen", "Candidate", "Review", "Compare", "History", "Past decisions")
GERMAN_TABS = ("Prüfen", "Bewerbung", "Entscheiden", "Vergleich", "Verlauf", "Frühere Entscheidungen")


def test_review_goes_through_the_queue_by_keys_and_undo_takes_it_back(page, files):
    turn_to(page, "Review")
    page.wait_for_selector("text=Nobody to review yet")
    turn_to(page, "Screen")
    screened(page, files)
    turn_to(page, "Review")
    page.wait_for_selector("#review-queue .virtual-row")
    queued = page.locator("#review-queue .virtual-row").count()
    first = value(page, "#review-named")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_function("f => document.querySelector('#review-named textarea').value != f", arg=first)
    page.keyboard.press("k")
    wait_for_value(page, "#review-named", first)
    page.fill("#review-note textarea, #review-note input", "speaks of a move")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.wait_for_function("n => document.querySelectorAll('#review-queue .virtual-row').length == n - 1", arg=queued)
    assert value(page, "#review-named") != first and value(page, "#review-note") == ""
    page.click("#review-shown label:has-text('Decided by you')")
    page.wait_for_function("document.querySelectorAll('#review-queue .virtual-row').length == 1")
    assert "Rejected by you" in page.inner_text("#review-queue") and "candidates decided" in value(page, "#agreement")
    page.click("#review-undo")
    page.wait_for_function("document.querySelectorAll('#review-queue .virtual-row').length == 0")


def test_several_are_decided_at_once(page, files):
    screened(page, files)
    turn_to(page, "Review")
    page.wait_for_selector("#review-queue .virtual-row")
    page.click("#several-panel button")
    page.locator("#several input").click()
    for i in range(3):
        page.locator("#several [role=option]").nth(i).click()
    page.keyboard.press("Escape")
    before = value(page, "#review-progress")
    page.click("#many-shortlist")
    page.wait_for_function("b => document.querySelector('#review-progress textarea').value != b", arg=before)
    page.click("#review-shown label:has-text('Decided by you')")
    page.wait_for_function("document.querySelectorAll('#review-queue .virtual-row').length == 3")
    page.click("#review-undo")
    page.wait_for_function("document.querySelectorAll('#review-queue .virtual-row').length == 0")


def test_the_model_is_asked_what_would_change_the_verdict(page, files):
    screened(page, files)
    open_candidate(page, 2)
    page.wait_for_selector("text=What would change it, by the expert rule")
    page.click("#ask-model")
    page.wait_for_selector("text=What would change it, by the model")
    assert "evidence of" in value(page, "#what-if") or "none would turn" in value(page, "#what-if")


def test_a_report_of_one_candidate_prints_on_one_page(page, files, browser, tmp_path):
    screened(page, files)
    open_candidate(page)
    with page.expect_download() as download:
        page.click("#export-candidate")
    path = tmp_path / "report.html"
    download.value.save_as(path)
    printed = browser.new_page()
    printed.goto(path.as_uri())
    pdf = printed.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1 or pdf.count(b"/Count 1") == 1
    printed.close()


def test_history_opens_a_past_screening_again_and_judges_it_anew(page, files, tmp_path):
    screened(page, files)
    page.reload()
    page.wait_for_selector("#run")
    turn_to(page, "History")
    page.locator("#history .virtual-row .body-cell[aria-colindex='3']").first.click()
    wait_for_value(page, "#history-versions", "Base model: fake")
    with page.expect_download() as download:
        page.click("#history-export-xlsx")
    download.value.save_as(tmp_path / "past.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "past.xlsx").read_bytes())).active
    assert sheet.max_row == 11 and not [c for line in sheet.iter_rows() for c in line if c.data_type == "f"]
    page.click("#history-rescore")
    wait_for_value(page, "#history-notice", "Queued as No.")
    page.wait_for_selector("#history-differ")
    page.locator("#history .virtual-row .body-cell[aria-colindex='3']").nth(1).click()
    page.click("#history-open")
    page.wait_for_function(f"document.querySelectorAll('{RANKED}').length >= 10")
    assert "Senior analyst" in value(page, "#job-text") and "10 resumes" in value(page, "#taken")


def test_past_decisions_are_measured_or_their_faults_named(page, tmp_path, monkeypatch):
    monkeypatch.setattr(own_labels, "command", fake_command(FAKE))
    turn_to(page, "Past decisions")
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("job,resume,decision\nPython,Knits.,perhaps\n")
    good.write_text(f'job,resume,decision\nPython,"{resume_text(1)}",yes\nPython,Knits.,no\n')
    page.set_input_files("#labels-table input[type=file]", str(bad))
    page.wait_for_selector("#labels-table :text('bad.csv'), #labels-table :text('bad')")
    page.click("#labels-measure")
    wait_for_value(page, "#labels-notice", "Row 2, decision: “perhaps”")
    page.locator("#labels-table button[aria-label='Clear'], #labels-table button[title='Clear']").first.click()
    page.set_input_files("#labels-table input[type=file]", str(good))
    page.wait_for_selector("#labels-table :text('good')")
    page.click("#labels-measure")
    wait_for_value(page, "#labels-sentence", "SFT agrees with your decision in 1 of 2 rows")
    page.wait_for_selector("#labels-confusion img")
    assert page.locator("#labels-figures .virtual-row").count() == 3


# --- what a recruiter or a network can do wrong ----------------------------------------------------------------------


def test_a_double_click_screens_once(page, files, service):
    read_job(page, "A job of its own for two clicks\n- Python programming\n- nursing")
    add_files(page, files)
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('10 resumes')")
    page.wait_for_selector("#engine .ready")
    judged = service.judged
    page.dblclick("#run")
    page.wait_for_selector("#progress .done")
    page.wait_for_timeout(500)
    assert service.judged - judged == 10 and page.locator("#run").is_enabled()


def test_a_lost_connection_is_told_and_the_page_goes_on_after_it(page):
    page.fill("#job-text textarea", "Analyst\n- Python programming")
    page.context.set_offline(True)
    page.click("#read-job")
    page.wait_for_selector("text=Connection to the server was lost")
    page.context.set_offline(False)
    page.wait_for_function("document.querySelector('#job-text textarea')?.value === ''")  # the page came back, anew
    page.wait_for_selector("#run")
    read_job(page)


def test_a_job_in_another_language_is_read_or_refused_in_words():
    german = "Pflegefachkraft (m/w/d)\nIhr Profil:\n- Drei Jahre Erfahrung auf einer Intensivstation\n- Führerschein\n"
    try:
        assert Service().parse_job(german).requirements
    except JobError as error:
        assert "requirement" in str(error)


# --- the other language ----------------------------------------------------------------------------------------------


class Recorded(dict):
    """A catalogue that remembers what it was asked for and did not have."""

    def __init__(self, words):
        super().__init__(words)
        self.missing = set()

    def get(self, key, default=None):
        if key not in self:
            self.missing.add(key)
        return super().get(key, default)


def test_a_german_browser_meets_no_english(browser, address, files, monkeypatch):
    catalogues = {name: Recorded(i18n.german(name)) for name in ("de.json", "de.model.json")}
    monkeypatch.setattr(i18n, "german", lambda name="de.json": catalogues[name])
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_selector("#run")
    for name in GERMAN_TABS[1:]:
        turn_to(page, name)
    turn_to(page, GERMAN_TABS[0])
    screened_here(page, files, ready="10 Lebensläufe", judge="Beide")
    seen = [page.inner_text("body")]
    open_candidate(page)
    for name in GERMAN_TABS[1:]:
        turn_to(page, name)
        page.wait_for_timeout(400)
        seen.append(page.inner_text("body"))
    context.close()
    english = {text for text, words in catalogues["de.json"].items() if text != words and len(text) > 12}
    shown = [text for text in english for body in seen if any(line.strip() == text for line in body.splitlines())]
    assert not shown and not catalogues["de.json"].missing


# --- accessibility ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_serious_on_any_tab(page, files, address, theme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/?__theme={theme}")
    page.wait_for_selector("#run")
    load_axe(page)
    screened_here(page, files)
    found = []
    for name in TABS:
        turn_to(page, name)
        page.wait_for_timeout(600)
        found += [(name, *violation) for violation in serious(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert not found, json.dumps(found, indent=1)

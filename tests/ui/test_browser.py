"""The page in a real browser, on a fake engine: every tab, streaming, bad input, hostile text, phone and desktop."""

from __future__ import annotations

import re
import time
import zipfile

import pytest

from recruiter_ui import intake

from .driving import (
    RANKED,
    add_files,
    open_candidate,
    ranked_cell,
    read_job,
    resume_text,
    screened,
    value,
)

pytestmark = pytest.mark.ui


def test_page_says_that_the_model_is_loading_and_then_that_it_is_ready(page):
    page.wait_for_selector("#engine .ready")
    assert "Model ready" in page.inner_text("#engine")
    assert page.title() == "Shortlist" and "No candidates yet" in page.inner_text("#empty")


def test_empty_job_and_missing_resumes_are_answered_in_words(page):
    page.click("#read-job")
    page.wait_for_selector("#job-notice textarea")
    assert "job text is empty" in value(page, "#job-notice")
    page.fill("#job-text textarea", "We have dogs and free fruit.")
    page.click("#run")
    page.wait_for_function("document.querySelector('#run-notice textarea')?.value.includes('No requirement')")
    read_job(page)
    page.click("#run")
    page.wait_for_function("document.querySelector('#run-notice textarea')?.value.includes('no resumes yet')")
    assert "Traceback" not in page.content()


def test_job_becomes_an_editable_table_with_a_warning(page):
    read_job(page)
    assert page.locator("#requirements .virtual-row").count() == 6
    assert "native speaker" in value(page, "#job-warnings")
    page.click("#add-requirement")
    page.wait_for_function("document.querySelectorAll('#requirements .virtual-row').length == 7")
    page.fill("#requirement-text input, #requirement-text textarea", "Power BI")
    page.uncheck("#requirement-must input")
    last = page.locator("#requirements .virtual-row").last
    last.get_by_text("Nice to have").wait_for()
    last.get_by_text("Power BI").wait_for()
    page.locator("#requirements .body-cell[aria-colindex='1']").first.click()
    page.wait_for_function("document.querySelector('#requirement-text :is(input, textarea)').value.startsWith('Pyth')")
    page.click("#remove-requirement")
    page.wait_for_function("document.querySelectorAll('#requirements .virtual-row').length == 6")
    assert "Python programming" not in page.inner_text("#requirements")


def test_batch_streams_in_and_unreadable_is_not_rejected(page, files, service):
    read_job(page)
    add_files(page, files)
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('10 resumes')")
    page.wait_for_selector("#engine .ready")
    service.hold_after(4)
    page.click("#run")
    page.wait_for_selector(RANKED)
    assert page.locator("#progress .running").count() == 1, "rows must come before the batch is done"
    assert page.locator("#run").is_disabled() and page.locator("#stop").is_enabled()
    service.go_on()
    page.wait_for_selector("#progress .done")
    page.wait_for_function(f"document.querySelectorAll('{RANKED}').length >= 10")
    assert "1 could not be read" in value(page, "#summary")
    assert "This file holds no readable text" in page.inner_text("#ranking")
    page.click("#only label:has-text('Not read')")
    page.wait_for_function(f"document.querySelectorAll('{RANKED}').length == 1")
    assert "Could not be read" in page.inner_text("#ranking")


def test_blind_mode_hides_file_names_until_it_is_turned_off(page, files):
    screened(page, files)
    assert "person_" not in page.inner_text("#ranking") and "Candidate 01" in page.inner_text("#ranking")
    page.click("#blind label")
    ranked_cell(page, "person_3.txt").wait_for()


def test_the_ranked_table_is_gone_through_and_decided_by_keys(page, files):
    screened(page, files)
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_selector("#pick .token")
    first = page.inner_text("#pick .token")
    page.keyboard.press("j")
    page.wait_for_function("f => document.querySelector('#pick .token')?.innerText != f", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("f => document.querySelector('#pick .token')?.innerText == f", arg=first)
    page.keyboard.press("s")
    page.wait_for_selector(f"{RANKED} :text('Shortlisted')")
    assert page.locator("#pick .token").count() == 0
    page.click("#pick-shown")
    page.wait_for_function("document.querySelectorAll('#pick .token').length == 10")
    page.click("#pick-reject")
    page.wait_for_selector("#only :text-is('✓ Decided by you 10')")
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_selector("#only :text-is('✓ Decided by you 1')")
    page.keyboard.press("u")
    page.wait_for_selector("#only :text-is('✓ Decided by you 0')")


def test_a_decision_on_another_tab_stands_in_the_table(page, files):
    screened(page, files)
    open_candidate(page)
    page.click("#decide-shortlist")
    page.wait_for_function("document.querySelector('#decided textarea').value.includes('shortlisted')")
    page.get_by_role("tab", name="Screen").click()
    page.wait_for_selector(f"{RANKED} :text('Shortlisted')")
    page.get_by_role("tab", name="Candidate").click()
    page.click("#undo")
    page.wait_for_function("document.querySelector('#decided textarea').value.includes('Not decided')")


def test_files_that_are_here_already_are_left_out(page, files):
    add_files(page, files[:2])
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('2 resumes')")
    add_files(page, files[:3])
    page.wait_for_function("document.querySelector('#taken textarea').value.includes('2 left out: already here')")


def test_files_that_are_dropped_while_others_are_taken_in_are_taken_in_too(page, files, monkeypatch):
    quick = intake.take_in
    monkeypatch.setattr(intake, "take_in", lambda *args, **kwargs: time.sleep(1.5) or quick(*args, **kwargs))
    with page.expect_request(lambda request: "queue/join" in request.url):
        add_files(page, files[:2])
    add_files(page, files[2:3])
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('3 resumes ready')")


def test_candidate_shows_evidence_in_the_document_and_takes_decisions(page, files):
    screened(page, files)
    open_candidate(page)
    assert page.locator("#verdict .sl-badge").count() == 1
    assert page.locator(".sl-bar").count() == 5
    total = float(page.inner_text("#bar-total strong"))
    parts = [page.inner_text(f"#bar-{name} strong") for name in
             ("status_correctness", "score_accuracy", "skills_matching", "experience_evaluation")]
    assert total == pytest.approx(sum(float(p) for p in parts if p != "not asked"), abs=0.02)
    page.locator("#evidence .body-cell[aria-colindex='2']").first.click()
    page.wait_for_selector("#document .highlighted[style*='rgba(31']")
    page.click("#decide-shortlist")
    page.wait_for_function("document.querySelector('#decided textarea').value.includes('shortlisted')")
    page.click("#undo")
    page.wait_for_function("document.querySelector('#decided textarea').value.includes('Not decided')")
    first = value(page, "#chooser")
    page.click("#after")
    page.wait_for_function(f"document.querySelector('#chooser input').value != {first!r}")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.wait_for_function("document.querySelector('#decided textarea').value.includes('rejected')")


def test_compare_puts_the_two_judges_and_candidates_side_by_side(page, files):
    page.get_by_role("tab", name="Compare").click()
    page.wait_for_selector("text=Nothing to compare yet")
    page.get_by_role("tab", name="Screen").click()
    screened(page, files, judge="Both")
    page.get_by_role("tab", name="Compare").click()
    page.wait_for_selector("#compare .virtual-row")
    assert page.locator("#matrix .virtual-row").count() == 2
    page.wait_for_selector("#shift svg")
    page.wait_for_selector("#rewards .virtual-row")
    assert page.locator("#beside .virtual-row").count() >= 3


def test_hostile_names_and_texts_stay_text(page, files):
    screened(page, files)
    page.click("#blind label")
    ranked_cell(page, "onerror").click()
    page.wait_for_selector("#verdict .sl-verdict")
    page.wait_for_function("document.querySelector('#document').innerText.includes('<script>')")
    page.get_by_role("tab", name="Compare").click()
    page.wait_for_selector("#beside .virtual-row")
    for selector in ("img[src='x']", "#document img", "#document script", "svg[onload]", "a[href*='tracker']"):
        assert page.locator(selector).count() == 0, selector


def test_stop_keeps_what_is_judged_and_screening_goes_on_from_there(page, tmp_path, service):
    pile = tmp_path / "pile.zip"
    with zipfile.ZipFile(pile, "w") as archive:
        for i in range(60):
            archive.writestr(f"{i}.txt", resume_text(i) + f" {i}")
    read_job(page)
    add_files(page, [pile])
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('60 resumes')")
    page.wait_for_selector("#engine .ready")
    service.hold_after(5)
    page.click("#run")
    page.wait_for_selector(RANKED)
    page.click("#stop")
    page.wait_for_selector("#stop:disabled")
    service.go_on()
    page.wait_for_selector("#progress .stopped")
    stopped = page.inner_text("#progress")  # as many of the five as had come when the button was pressed
    assert re.search(r"Stopped at [1-5] of 60", stopped), stopped
    page.click("#run")
    page.wait_for_selector("#progress .done")


def test_a_reload_and_a_second_tab_show_the_screening_that_runs(page, tmp_path, service):
    pile = tmp_path / "pile.zip"
    with zipfile.ZipFile(pile, "w") as archive:
        for i in range(30):
            archive.writestr(f"{i}.txt", resume_text(i) + f" again {i}")
    read_job(page)
    add_files(page, [pile])
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('30 resumes')")
    page.wait_for_selector("#engine .ready")
    service.hold_after(5)
    page.click("#run")
    page.wait_for_selector(RANKED)
    page.reload()
    page.wait_for_selector(RANKED)
    assert page.locator("#progress .running").count() == 1 and page.locator("#stop").is_enabled()
    assert "Senior analyst" in value(page, "#job-text")
    second = page.context.new_page()
    second.goto(page.url)
    second.wait_for_selector(RANKED)
    service.go_on()
    for tab in (page, second):
        tab.wait_for_selector("#progress .done")
        assert "30 resumes" in value(tab, "#taken")


def test_exports_are_safe_to_open(page, files, tmp_path):
    screened(page, files)
    with page.expect_download() as download:
        page.click("#export-csv")
    path = tmp_path / "out.csv"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8-sig")
    assert text.count("\n") == 11 and not re.search(r'(?:^|,)"[=+@-]', text, re.M)


def test_no_address_serves_an_uploaded_file(page, files, address):
    with page.expect_response(lambda response: "/upload?" in response.url) as uploaded:
        add_files(page, files[:1])
    path = uploaded.value.json()[0]
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('1 resume ')")
    assert page.request.get(f"{address}/gradio_api/file={path}").status in (403, 404)

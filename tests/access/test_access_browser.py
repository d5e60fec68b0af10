"""Signing in with a real browser, and markup that tries to run (all payloads: `python -m tests.access.xss`)."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error

from recruiter_ui import records
from recruiter_ui.records import users
from tests.records.making import job, resumes
from tests.ui.conftest import browser  # noqa: F401 - a fixture

from .conftest import JOB, password_of
from .xss import PAYLOADS, attack, pieces, sign_in, watch

pytestmark = pytest.mark.ui


@pytest.fixture
def visit(browser, house):  # noqa: F811
    """A browser window of its own that notes what goes wrong."""
    context, wrong = browser.new_context(accept_downloads=True), []
    page = context.new_page()
    page.set_default_timeout(60_000)
    watch(page, house.address, wrong)
    yield page
    context.close()
    assert not wrong


def test_sign_in_work_download_sign_out(visit, house, tmp_path):
    page = visit
    page.goto(house.address)
    assert page.url.endswith("/login") and page.title() == "Sign in · Shortlist"
    page.fill("input[name=name]", "Rex")
    page.fill("input[name=password]", "wrong wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert "name or the password is wrong" in page.inner_text("main")
    sign_in(page, house.address, "rex", password_of("rex"))
    assert not page.evaluate("document.cookie"), "no script reads the cookie"
    page.fill("#job-text textarea", JOB)
    page.click("#read-job")
    page.wait_for_selector("#requirements .virtual-row")
    cv = tmp_path / "cv.txt"
    cv.write_text("Python programming since 2015. Financial modelling.")
    page.set_input_files("#resumes input[type=file]", str(cv))
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('1 resume')")
    page.click("#run")
    page.wait_for_selector("#progress .done")
    with page.expect_download() as download:
        page.click("#export-csv")
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    page.goto(f"{house.address}/account")
    assert "rex" in page.inner_text("main") and "Recruiter" in page.inner_text("main")
    page.click("text=Sign out")
    page.wait_for_url("**/login")
    page.goto(house.address)
    assert page.url.endswith("/login")


def test_a_past_screening_is_shared_in_the_history(visit, house):
    owner = users.find_user(house.store, "rita").id
    documents = records.add_documents(house.store, resumes(house.store.folder / "from", 1), owner)
    wanted = records.add_job(house.store, job(7), owner)
    made = records.create_screening(house.store, wanted, documents, ["grpo"], owner)
    page = visit
    sign_in(page, house.address, "rita", password_of("rita"))
    page.get_by_role("tab", name="History").click()
    page.locator("#history .virtual-row .body-cell").first.click()
    page.wait_for_selector("#history-shared input")
    assert not page.is_checked("#history-shared input")
    page.check("#history-shared input")
    page.wait_for_function("document.querySelector('#history-notice textarea')?.value.includes('can open it now')")
    assert records.screening_of(house.store, made, users.find_user(house.store, "vic").id).shared


def test_a_page_whose_session_has_ended_turns_to_the_sign_in(visit, house):
    page = visit
    sign_in(page, house.address, "rita", password_of("rita"))
    page.fill("#job-text textarea", JOB)
    rita = users.find_user(house.store, "rita")
    users.set_password(house.store, "rita", rita.password_hash)  # ends her sessions
    house.desk.forget()
    with contextlib.suppress(Error):  # the page asks now and then by itself, and may have turned already
        page.click("#read-job", timeout=5_000)
    page.wait_for_url("**/login")


def test_markup_stays_text_in_every_field(browser, house, tmp_path):  # noqa: F811
    chosen = [PAYLOADS[i] for i in (1, 7, 9, 23)]
    assert attack(browser, house, chosen, tmp_path) == []


def test_markup_that_is_let_in_is_seen(browser):  # noqa: F811
    """The other way round: put in as HTML, the payloads are noticed."""
    fired: list[str] = []
    for payload in PAYLOADS:
        page = browser.new_page()
        watch(page, "http://here", fired)
        try:
            page.evaluate("html => { document.body.innerHTML = html }", payload)
            pieces(page, "here", fired)
        except Error as error:  # the payload led the page elsewhere
            fired.append(f"navigation {error.message.splitlines()[0]}")
        page.close()
    assert len(fired) >= 20 and any("dialog" in what for what in fired) and any("tracker" in what for what in fired)

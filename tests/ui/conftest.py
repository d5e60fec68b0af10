"""The page on a fake engine, in a real browser."""

from __future__ import annotations

import socket
import zipfile

import pytest

from .driving import EVIL, EVIL_TEXT, resume_text
from .fake_service import FakeService

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """With records of its own: what another module's tests decided must not show here."""
    return FakeService(load_seconds=0.5, delay=0.04, folder=tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def address(service):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from recruiter_ui.build import launch  # noqa: PLC0415 - only browser tests pay for Gradio's import
    app = launch(service, block=False, server_port=port, quiet=True)
    yield f"http://127.0.0.1:{port}"
    app.close()


@pytest.fixture(scope="module")
def browser(chromium_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install -r requirements-dev.txt")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=chromium_path, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    """A fresh visit that fails on a dialog, a script error or a request to anywhere else."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page, wrong = context.new_page(), []
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:"))
            else wrong.append(f"request: {request.url}"))
    page.goto(address)
    page.wait_for_selector("#run")
    yield page
    context.close()
    assert not wrong


@pytest.fixture
def files(tmp_path):
    """Ten resumes, three of them in a ZIP, one unreadable, one hostile in name and text."""
    loose = []
    for i in range(5):
        loose.append(tmp_path / f"person_{i}.txt")
        loose[-1].write_text(resume_text(i))
    pile = tmp_path / "pile.zip"
    with zipfile.ZipFile(pile, "w") as archive:
        for i in range(5, 8):
            archive.writestr(f"inbox/person_{i}.txt", resume_text(i))
        archive.writestr(f"{EVIL}.txt", EVIL_TEXT)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"\0\0 no text")
    return [*loose, pile, scan]

"""How the page answers while 500 resumes are judged: `python -m tests.ui.responsiveness [SECONDS] [--real]`.

A fake engine judges them all in SECONDS; with `--real` the model judges, with all the processor that it can get, and is
stopped after SECONDS. A recruiter filters and searches all the while. Printed are the 95th percentiles of what the
browser calls an interaction (from the press to the next frame) and of the whole way to the server and back.
"""

from __future__ import annotations

import argparse
import socket
import tempfile
import time
import zipfile
from itertools import cycle
from pathlib import Path

from tests.conftest import find_chromium

from .driving import JOB, RANKED, resume_text
from .fake_service import FakeService

RESUMES = 500
EVENTS = """() => { window.durations = []; new PerformanceObserver(list => list.getEntries().forEach(e => {
  if (e.interactionId) window.durations.push(e.duration); })).observe({type: 'event', durationThreshold: 16}); }"""


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))] if values else float("nan")


def main(seconds: float, real: bool) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as in the tests

    from recruiter_ui.build import launch  # noqa: PLC0415 - as in the tests
    from recruiter_ui.service import Service  # noqa: PLC0415 - as in the tests
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp())
    service = (Service(folder=folder / "data") if real else
               FakeService(delay=seconds / RESUMES, folder=folder / "data"))
    launch(service, block=False, server_port=port, quiet=True)
    with zipfile.ZipFile(folder / "pile.zip", "w") as archive:
        for i in range(RESUMES):
            archive.writestr(f"person_{i}.txt", f"{resume_text(i)}\n{i}")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(300_000)
        page.goto(f"http://127.0.0.1:{port}")
        page.wait_for_selector("#engine .ready")
        page.fill("#job-text textarea", JOB)
        page.click("#read-job")
        page.wait_for_selector("#requirements .virtual-row")
        page.set_input_files("#resumes input[type=file]", str(folder / "pile.zip"))
        page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('500')")
        page.click("#run")
        page.wait_for_selector(RANKED)
        page.evaluate(EVENTS)
        trips, began = [], time.monotonic()
        words = {"All": None, "Selected": "Selected", "reject": "Suggested"}
        for chip in cycle(words):
            if time.monotonic() - began > seconds - (0 if real else 5) or page.locator("#progress .done").count():
                break
            at = time.monotonic()
            page.click(f"#only label:has-text('{chip}')")
            if words[chip]:
                page.wait_for_function("w => [...document.querySelectorAll('#ranking .virtual-row')].every(row => "
                                       "row.innerText.includes(w))", arg=words[chip])
            trips.append(1000 * (time.monotonic() - at))
            page.locator("#ranking input").first.press_sequentially("ab")
            page.locator("#ranking input").first.fill("")
            page.wait_for_timeout(300)
        judged = page.inner_text("#progress").splitlines()[0]
        if real:
            page.click("#stop")
        page.wait_for_selector("#run:not([disabled])")
        durations = page.evaluate("window.durations")
        print(f"{RESUMES} resumes, after {time.monotonic() - began:.0f} s: {judged}; {len(durations)} interactions: "
              f"p95 {p95(durations):.0f} ms in the browser; {len(trips)} filterings with the server: "
              f"median {sorted(trips)[len(trips) // 2]:.0f} ms, p95 {p95(trips):.0f} ms")
        browser.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m tests.ui.responsiveness")
    arguments.add_argument("seconds", type=float, nargs="?", default=60.0)
    arguments.add_argument("--real", action="store_true", help="the model judges, instead of the fake engine")
    given = arguments.parse_args()
    main(given.seconds, given.real)

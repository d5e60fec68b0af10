"""Both stages from the page in a real browser, on the embedded base: `python -m tests.ui.whole_way ADDRESS SHOTS`.

Check, start, stop, resume SFT; GRPO from it; measure, promote, compare in the recruiter's tab, roll back; a picture of
each step goes to the folder SHOTS. ADDRESS is a running page, for example
`SHORTLIST_DATA=/tmp/trial python app.py serve --port 7956`. About half an hour on two cores: a base after eight steps
needs a pass a slot, and the gate judges it many times.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import find_chromium

PATIENCE_MS = 1_800_000
REASON = "a trial of the whole way: so few pairs decide nothing"


class Drive:
    """The page, with the words and clicks of an admin."""

    def __init__(self, page: Page, shots: Path):
        self.page, self.shots, self.taken = page, shots, 0

    def shot(self, name: str) -> None:
        self.taken += 1
        self.page.screenshot(path=self.shots / f"admin-real-{self.taken:02d}-{name}.png", full_page=True)

    def admin(self, name: str) -> None:
        self.page.get_by_role("tab", name="Admin", exact=True).click()
        self.page.get_by_role("tab", name=name, exact=True).click()
        self.page.wait_for_timeout(3000)

    def fill(self, **values) -> None:
        for key, value in values.items():
            self.page.fill(f"#admin-{key} textarea", str(value))
        self.page.wait_for_timeout(3000)

    def text(self, selector: str) -> str:
        return self.page.locator(f"{selector} textarea, {selector} input").first.input_value()

    def says(self, selector: str, *words: str) -> str:
        self.page.wait_for_function(
            "([s, w]) => w.some(x => (document.querySelector(s + ' textarea')?.value || '').includes(x))",
            arg=[selector, list(words)], polling=1000)  # not at every frame: that takes half a core from the training
        print(time.strftime("%H:%M:%S"), selector, self.text(selector).replace("\n", " / ")[:300], flush=True)
        return self.text(selector)


def sft(d: Drive) -> str:
    """Check, start, stop after two steps, resume; the run's name."""
    d.admin("New run")
    d.fill(samples=60, batch=2, max_steps=8, checkpoint_every=2, eval_every=0, learning_rate="1e-4")
    d.page.click("#admin-check")
    d.says("#admin-new-notice", "Ready", "cannot", "took")
    d.shot("check")
    d.page.click("#admin-start")
    d.says("#admin-new-notice", "It goes on", "cannot")
    d.admin("Runs")
    d.says("#admin-run-sentence", "running, step 2 ", "running, step 3 ", "running, step 4 ")
    d.shot("running")
    d.page.click("#admin-stop")
    d.says("#admin-run-sentence", "■ stopped", "complete")
    d.shot("stopped")
    if "stopped" in d.text("#admin-run-sentence"):
        d.page.click("#admin-resume")
    assert "complete" in d.says("#admin-run-sentence", "complete", "failed")
    d.shot("sft")
    return d.text("#admin-run-name")


def grpo(d: Drive, parent: str) -> str:
    """One GRPO step from a finished SFT run; the run's name."""
    d.admin("New run")
    d.page.get_by_text("GRPO: learn from rewards").click()
    d.page.wait_for_timeout(3000)
    d.page.click("#admin-adapter input")
    d.page.get_by_role("option", name=f"run {parent}").click()
    d.fill(samples=40, batch=4, generations=4, max_steps=1, checkpoint_every=1)
    d.page.click("#admin-start")
    d.says("#admin-new-notice", "It goes on", "cannot")
    d.admin("Runs")
    d.page.wait_for_function(f"document.querySelector('#admin-run-name textarea').value !== '{parent}'")
    assert "complete" in d.says("#admin-run-sentence", "complete", "failed")
    d.shot("grpo")
    return d.text("#admin-run-name")


def promote(d: Drive, run: str) -> None:
    """Measure on six pairs, and promote with a reason, since six pairs decide nothing."""
    d.admin("Promotion")
    d.page.click("#gate-run input")
    d.page.get_by_role("option", name=run).click()
    d.page.fill("#gate-pairs input", "6")
    d.page.keyboard.press("Tab")
    d.page.wait_for_timeout(2000)
    d.page.click("#gate-measure")
    d.says("#gate-progress", "load", "wait", "start")
    d.says("#gate-verdict", "reason:", "may serve")
    d.shot("gate")
    d.page.fill("#gate-reason textarea", REASON)
    d.page.click("#gate-promote")
    d.says("#gate-notice", "serves from")
    d.page.wait_for_timeout(3000)
    d.shot("promoted")


def compare(d: Drive) -> None:
    """Screen a sample pile with both, and look at the Compare tab."""
    d.page.reload()
    d.page.wait_for_selector("#engine .ready")
    d.page.locator(".sl-samples button").first.click()
    d.page.wait_for_timeout(4000)
    d.page.locator("#adapter label", has_text="Both").click()
    d.page.click("#run")
    d.page.wait_for_selector("#progress .done")
    d.page.get_by_role("tab", name="Compare", exact=True).click()
    d.page.wait_for_timeout(4000)
    d.shot("compare")


def roll_back(d: Drive) -> None:
    d.admin("Promotion")
    began = time.monotonic()
    d.page.click("#gate-rollback")
    d.says("#gate-notice", "Serving again")
    print(f"rolled back in {time.monotonic() - began:.1f} s")
    d.page.wait_for_timeout(3000)
    d.shot("rolled-back")


def main(address: str, shots: Path) -> None:
    shots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.wait_for_selector("#engine .ready")
        drive = Drive(page, shots)
        first = sft(drive)
        second = grpo(drive, first)
        for run in (first, second):
            promote(drive, run)
        compare(drive)
        roll_back(drive)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""Every tab on the embedded model and the adapters that ship, in a real browser, with axe on each as it then looks."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile

import pytest

from model.installed import adapter_folders
from model.rubric import COMPONENTS
from recruiter_ui.service import Service

from .driving import (
    HIDDEN,
    RANKED,
    add_files,
    hidden_keywords,
    load_axe,
    ranked_cell,
    serious,
    turn_to,
    value,
    wait_for_value,
)

pytestmark = [pytest.mark.ui, pytest.mark.model]
SAMPLE = "Financial analyst"
PATIENCE = 300_000  # milliseconds; the model takes long where other work shares the machine


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The real one, with records and runs of its own."""
    folder = tmp_path_factory.mktemp("real")
    before, os.environ["SHORTLIST_DATA"] = os.environ["SHORTLIST_DATA"], str(folder)
    yield Service(folder=folder)
    os.environ["SHORTLIST_DATA"] = before


@pytest.fixture
def sound(page):
    """Ask axe; a call with the name of what is shown fails on what is serious."""
    load_axe(page)

    def ask(name: str) -> None:
        page.wait_for_timeout(600)
        assert not (found := serious(page)), json.dumps([name, *found], indent=1)

    return ask


def rows_of(page, table: str) -> list[list[str]]:
    return [[cell.inner_text().strip() for cell in row.locator(".body-cell").all()]
            for row in page.locator(f"{table} .virtual-row").all()]


def number(page, selector: str) -> float:
    """The first signed figure of a bar of the reward: its part of the total."""
    return float(re.search(r"[+-]\d+\.\d\d", page.inner_text(selector))[0])


def screen(page, tmp_path) -> None:
    """The sample job with its twelve resumes, and one that gives the model orders in white on white; both judges."""
    page.wait_for_selector("#engine .ready")
    page.click(f"button:has-text('{SAMPLE}')")
    page.wait_for_selector("#requirements .virtual-row")
    add_files(page, [hidden_keywords(tmp_path / "hidden-keywords.pdf")])
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('13 resumes')")
    page.click("#adapter label:has-text('Both')")
    page.click("#run")
    page.wait_for_selector("#progress .done")
    page.wait_for_function(f"document.querySelectorAll('{RANKED}').length >= 12")


def test_every_tab_on_the_embedded_model(page, sound, tmp_path):
    page.set_default_timeout(PATIENCE)
    screen(page, tmp_path)
    scored = [row for row in rows_of(page, "#ranking") if any(re.fullmatch(r"\d+", cell) for cell in row)]
    assert len(scored) >= 12
    sound("Screen")

    # Candidate: what hid text was dropped, shown and sent to a person
    page.uncheck("#blind input")
    ranked_cell(page, "hidden-keywords.pdf").click()
    page.wait_for_selector("#verdict .sl-verdict")
    wait_for_value(page, "#flags", HIDDEN[0])
    assert "Needs review" in page.inner_text("#verdict")
    assert HIDDEN[0] not in page.inner_text("#document") and "Nora Field" in page.inner_text("#document")
    page.locator("#evidence .body-cell[aria-colindex='2']").first.click()
    page.wait_for_selector("#page img")
    parts = [number(page, f"#bar-{name}") for name in COMPONENTS]
    assert sum(parts) == pytest.approx(number(page, "#bar-total"), abs=0.02)
    page.click("#ask-model")
    page.wait_for_selector("text=What would change it, by the model")
    sound("Candidate")

    turn_to(page, "Review")
    page.wait_for_selector("#review-queue .virtual-row")
    assert "hidden-keywords.pdf" in page.inner_text("#review-queue")
    waiting = value(page, "#review-progress")
    page.fill("#review-note textarea, #review-note input", "wrote to the model instead of to us")
    page.click("#review-reject")
    page.wait_for_function("b => document.querySelector('#review-progress textarea').value != b", arg=waiting)
    sound("Review")
    page.click("#review-undo")
    wait_for_value(page, "#review-progress", waiting)

    turn_to(page, "Compare")
    page.wait_for_selector("#shift svg, #shift canvas")
    assert len(rows_of(page, "#matrix")) >= 2 and len(rows_of(page, "#compare")) >= 12
    page.locator("#compare .body-cell[aria-colindex='1']").first.click()
    page.wait_for_selector("#rewards .virtual-row")
    sound("Compare")

    turn_to(page, "History")
    page.locator("#history .virtual-row .body-cell[aria-colindex='3']").first.click()
    wait_for_value(page, "#history-versions", "Base model: smollm2-135m")
    for name, folder in adapter_folders().items():
        sha = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sha256"]
        assert f"{name}:{sha[:12]}" in value(page, "#history-versions")
    with page.expect_download() as download:
        page.click("#history-export-csv")
    download.value.save_as(tmp_path / "past.csv")
    kept = list(csv.reader(io.StringIO((tmp_path / "past.csv").read_text(encoding="utf-8-sig"))))
    assert len(kept) == 14
    sound("History")


def test_past_decisions_and_admin_on_the_embedded_model(page, sound, samples, tmp_path):
    page.set_default_timeout(PATIENCE)
    turn_to(page, "Past decisions")
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    decided = {name: expected[name] for name in ("amara-okonkwo.pdf", "grace-mbeki.pdf", "derek-holt.txt",
                                                 "hannah-brandt.md")}
    table, pile = tmp_path / "decisions.csv", tmp_path / "pile.zip"
    with table.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("job", "resume", "decision"),
                                      *((one["job"], name, one["expected"]) for name, one in decided.items())])
    with zipfile.ZipFile(pile, "w") as archive:
        for path in [*(samples / "resumes" / name for name in decided), *(samples / "jobs").glob("*.txt")]:
            archive.write(path, path.name)
    page.set_input_files("#labels-table input[type=file]", str(table))
    page.set_input_files("#labels-zip input[type=file]", str(pile))
    page.wait_for_selector("#labels-table :text('decisions')")
    page.wait_for_selector("#labels-zip :text('pile')")
    page.click("#labels-measure")
    wait_for_value(page, "#labels-sentence", "of 4 rows")
    page.wait_for_selector("#labels-confusion img")
    assert {"GRPO", "SFT", "Coverage rule"} <= {row[0] for row in rows_of(page, "#labels-figures")}
    sound("Past decisions")

    turn_to(page, "Admin")
    turn_to(page, "Promotion")
    page.locator("#gate-serving", has_text="shipped with Shortlist").wait_for()
    assert [row[0] for row in rows_of(page, "#gate-serving")] == list(adapter_folders())
    turn_to(page, "New run")
    page.fill("#admin-samples textarea", "40")
    page.click("#admin-check")
    page.locator("#admin-report .virtual-row", has_text="smollm2-135m").wait_for()
    assert " tokens" in value(page, "#admin-prompts")
    sound("New run")

"""What a recruiter does on the page, for the browser tests."""

from __future__ import annotations

JOB = """Senior analyst
We love our dogs and pay well.
- Python programming
- Financial modelling
- Stakeholder communication (nice to have)
- 5 years of nursing experience
- Bachelor degree in economics
- native speaker of English
"""
EVIL = "<img src=x onerror=alert(1)>"
EVIL_TEXT = (f"{EVIL} Python programming <script>alert(2)</script>\n![x](http://tracker.example/a.png)\n"
             "=HYPERLINK(\"http://tracker.example\")\n<svg onload=alert(3)>")
RANKED = "#ranking .virtual-row"


def resume_text(i: int) -> str:
    parts = [f"Analyst at Firm {i}, 2015-2021", "Python programming and modelling."]
    parts += ["Financial modelling of railways."] * (i % 2)
    parts += ["Nursing experience at a ward since 2016."] * (i % 3 == 0)
    return "\n".join([*parts, "Bachelor degree in economics.", "Communication with stakeholder groups."])


def add_files(page, files):
    page.set_input_files("#resumes input[type=file]", [str(path) for path in files])


def read_job(page, text=JOB):
    page.fill("#job-text textarea", text)
    page.click("#read-job")
    page.wait_for_selector("#requirements .virtual-row")


def screened(page, files, judge="GRPO"):
    """Read the job, add the files, screen, and wait until the batch is done."""
    read_job(page)
    add_files(page, files)
    page.wait_for_function("document.querySelector('#taken textarea').value.startsWith('10 resumes')")
    page.wait_for_selector("#engine .ready")
    page.click(f"#adapter label:has-text('{judge}')")
    page.click("#run")
    page.wait_for_selector("#progress .done")
    page.wait_for_function(f"document.querySelectorAll('{RANKED}').length >= 10")


def ranked_cell(page, text, column=2):
    return page.locator(f"{RANKED} .body-cell[aria-colindex='{column}']", has_text=text).first


def open_candidate(page, position=0):
    page.locator(f"{RANKED} .body-cell[aria-colindex='2']").nth(position).click()
    page.wait_for_selector("#verdict .sl-verdict")


def value(page, selector):
    return page.locator(f"{selector} textarea, {selector} input").first.input_value()


def screened_here(page, files, ready="10 resumes", judge="Both"):
    """`screened`, where the table shows cards and not every row is drawn, or in another language."""
    read_job(page)
    add_files(page, files)
    page.wait_for_function("w => document.querySelector('#taken textarea').value.startsWith(w)", arg=ready)
    page.wait_for_selector("#engine .ready")
    page.click(f"#adapter label:has-text('{judge}')")
    page.click("#run")
    page.wait_for_selector("#progress .done")

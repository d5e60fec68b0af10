"""Markup that tries to run, in every field that the page shows: `python -m tests.access.xss` tries all 30 payloads.

Fired means: a dialog, a script error, a request to another host, or an element that came out of a payload.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<svg onload=alert(3)>", "<body onload=alert(4)>",
    "<iframe src=javascript:alert(5)>", "<a href=javascript:alert(6)>go</a>", "[go](javascript:alert(7))",
    "![x](http://tracker.example/8.png)", "<img src=http://tracker.example/9.png>", "\"><script>alert(10)</script>",
    "'><img src=x onerror=alert(11)>", "<details open ontoggle=alert(12)>", "<video><source onerror=alert(13)>",
    "<input autofocus onfocus=alert(14)>", "<math><mi xlink:href=javascript:alert(15)>x", "{{constructor.alert(16)}}",
    "${alert(17)}", "<object data=javascript:alert(18)>", "<embed src=javascript:alert(19)>",
    "<link rel=stylesheet href=http://tracker.example/20.css>",
    "<meta http-equiv=refresh content=0;http://tracker.example>", "<base href=http://tracker.example/22/>",
    "<form action=http://tracker.example/23><button>x", "</textarea><script>alert(24)</script>",
    "</title><svg/onload=alert(25)>", "<style>@import 'http://tracker.example/26';</style>",
    "<div style=background:url(http://tracker.example/27)>", "<scr<script>ipt>alert(28)</script>",
    "<img src=`x`onerror=alert(29)>", "&lt;img src=x onerror=alert(30)&gt;"]
ACTIVE = """[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a =>
  (/^on/.test(a.name) || /^(href|src|srcdoc|action|data|style|content|xlink:href|formaction|background)$/.test(a.name))
  && /alert\\(|tracker\\.example/.test(a.value) && !a.value.startsWith(location.origin + '/gradio_api/file='))
  || /^(SCRIPT|STYLE)$/.test(e.tagName) && /alert\\(|tracker\\.example/.test(e.textContent))
  .map(e => e.cloneNode(false).outerHTML)"""  # elements whose own attributes or text would do what a payload wants
JOB_END = "\n- Python programming\n- Financial modelling\n"
FIELDS = ("job title", "job text", "requirement", "file name", "resume text", "evidence", "note", "user name",
          "what was wrong with a file", "past decision", "printed report", "run and its log", "alarm", "rollout",
          "promotion's reason", "value of a recipe", "feedback")


def watch(page, address: str, fired: list[str]) -> None:
    """Note everything that a payload could bring about."""
    page.on("dialog", lambda dialog: (fired.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: fired.append(f"script error {error}"))
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:"))
            else fired.append(f"request {request.url}"))


def pieces(page, where: str, fired: list[str]) -> None:
    """Note elements that came out of a payload: what they would do is in their own tag."""
    found = page.evaluate(ACTIVE)
    fired.extend(f"element {where}: {tag[:100]}" for tag in found)


def files_of(payloads: Sequence[str], folder: Path) -> list[Path]:
    """A resume for each payload, with it in its name and in its text."""
    paths = []
    for i, payload in enumerate(payloads):
        path = folder / f"{i} {payload.replace('/', '_')}.txt"
        path.write_text(f"{payload}\nPython programming {payload} since 2015\nFinancial modelling of railways\n"
                        f"{payload}")
        paths.append(path)
    return paths


def attack_page(page, payloads: Sequence[str], folder: Path, fired: list[str]) -> None:
    """Put the payloads through a screening and look at every tab."""
    job = payloads[0] + "\n" + "\n".join(f"- Python {payload}" for payload in payloads) + JOB_END
    page.fill("#job-text textarea", job)
    page.click("#read-job")
    page.wait_for_selector("#requirements .virtual-row")
    page.set_input_files("#resumes input[type=file]", [str(path) for path in files_of(payloads, folder)])
    page.wait_for_function(f"document.querySelector('#taken textarea').value.startsWith('{len(payloads)} resume')")
    page.wait_for_selector("#engine .ready")
    page.click("#adapter label:has-text('Both')")
    page.click("#run")
    page.wait_for_selector("#progress .done")
    page.uncheck("#blind input")
    page.wait_for_function("document.querySelector('#ranking').innerText.includes('.txt')")
    pieces(page, "on Screen", fired)
    page.get_by_role("tab", name="Candidate").click()
    page.wait_for_selector("#verdict .sl-verdict")
    for _ in payloads:
        page.click("#after")
        page.wait_for_timeout(250)
        pieces(page, "on Candidate", fired)
    for tab in ("Compare", "History", "Past decisions"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(700)
        pieces(page, f"on {tab}", fired)
    page.get_by_role("tab", name="History").click()
    page.locator("#history .virtual-row .body-cell").nth(1).click()
    page.wait_for_selector("#history-detail")
    page.wait_for_timeout(700)
    pieces(page, "in a past screening", fired)
    page.get_by_role("tab", name="Review").click()
    page.wait_for_timeout(700)
    for payload in payloads:
        if not page.locator("#review-note textarea, #review-note input").first.is_visible():
            break
        page.locator("#review-note textarea, #review-note input").first.fill(payload)
        page.locator("#review-shortlist").click()
        page.wait_for_timeout(300)
        pieces(page, "on Review", fired)


def attack_files(page, payloads: Sequence[str], folder: Path, fired: list[str]) -> None:
    """Payloads in what is said of files that cannot be taken in, in past decisions, and in the report to print."""
    with page.expect_download() as download:
        page.click("#export-html")
    report = page.context.new_page()
    report.set_default_timeout(120_000)
    report.on("dialog", lambda dialog: (fired.append(f"dialog {dialog.message}"), dialog.dismiss()))
    report.on("request", lambda request: None if request.url.startswith("file:") else
              fired.append(f"request {request.url}"))
    text = download.value.path().read_text(encoding="utf-8")
    assert escape(payloads[0])[:12] in text
    printed = folder / "report.html"
    printed.write_text(text.replace("Content-Security-Policy", "x"), encoding="utf-8")  # escaped, not only forbidden
    report.goto(printed.as_uri())
    pieces(report, "in the report", fired)
    report.close()
    broken = []
    for i, payload in enumerate(payloads):
        broken.append(folder / f"{i} {payload.replace('/', '_')}.zip")
        broken[-1].write_text(payload)
    page.set_input_files("#resumes input[type=file]", [str(path) for path in broken])
    page.wait_for_function("[...document.querySelectorAll('textarea')].some(x => x.value.includes('is not a ZIP'))")
    pieces(page, "in what was wrong", fired)
    page.get_by_role("tab", name="Past decisions").click()
    table = folder / f"labels {payloads[0].replace('/', '_')}.csv"
    with table.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerows([["job", "resume", "decision"], *([p, p, p] for p in payloads)])
    page.set_input_files("#labels-table input[type=file]", str(table))
    page.wait_for_timeout(700)
    page.click("#labels-measure")
    page.wait_for_function("document.querySelector('#labels-notice textarea')?.value.includes('decision')")
    pieces(page, "on Past decisions", fired)


def attack_admin(page, house, payloads: Sequence[str], fired: list[str]) -> None:
    """Payloads in everything that the Admin tab reads: run folders, the registry, the form, recruiters' feedback."""
    from training import jobs, promotion  # noqa: PLC0415 - as below
    from training import recipe as recipes  # noqa: PLC0415 - as below
    from training.runs import RunFolder  # noqa: PLC0415 - as below
    registry = promotion.promoted_dir() / promotion.REGISTRY
    registry.parent.mkdir(parents=True, exist_ok=True)
    names = set()
    for payload in payloads:
        run = RunFolder(jobs.create(recipes.load("grpo-embedded"), by=payload))
        run.write_status(state="failed", stage="grpo", reason=payload, step=1, total_steps=2)
        run.log.write_text(f"{payload}\n")
        names.add(run.path.name)
        run.append(run.path / "alarms.jsonl", {"step": 1, "level": payload, "guard": payload, "message": payload})
        run.append(run.rollouts, {"step": 1, "rank": payload, "total": 1.0, "completion": payload,
                                  "expected": {"status": payload, "score": payload}})
        with registry.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"time": 1.0, "action": payload, "by": payload, "reason": payload,
                                    "folder": payload, "recipe": payload, "data_sha256": payload}) + "\n")
    page.get_by_role("tab", name="Admin", exact=True).click()
    page.wait_for_selector("#admin-runs .virtual-row")
    for row in range(len(payloads)):  # the newest first
        page.locator("#admin-runs .virtual-row").nth(row).locator(".body-cell").first.click()
        page.wait_for_timeout(700)
        assert page.locator("#admin-run-name textarea").input_value().split()[0] in names
        pieces(page, "on Runs", fired)
    page.get_by_role("tab", name="Promotion", exact=True).click()
    page.wait_for_selector("#gate-registry .virtual-row")
    pieces(page, "on Promotion", fired)
    page.get_by_role("tab", name="Feedback", exact=True).click()
    page.click("#feedback-collect")
    page.wait_for_timeout(1500)
    pieces(page, "on Feedback", fired)
    page.get_by_role("tab", name="New run", exact=True).click()
    for payload in payloads:
        page.fill("#admin-learning_rate textarea", payload)
        page.fill("#admin-base input", payload)
        page.locator("#admin-base input").press("Tab")  # a value of one's own counts once the field is left
        page.wait_for_function("w => document.querySelector('#admin-new-notice textarea')?.value.includes(w)",
                               arg=payload[:12])
        pieces(page, "on New run", fired)


def attack_sign_in(context, house, payloads: Sequence[str], fired: list[str]) -> None:
    """Payloads as names on the sign-in page, and of users (made past the check that refuses them)."""
    from recruiter_ui.records import users  # noqa: PLC0415 - the driver above needs no records
    page = context.new_page()
    watch(page, house.address, fired)
    for i, payload in enumerate(payloads):
        made = users.add_user(house.store, f"{payload}{i}", "", "viewer")
        context.clear_cookies()
        page.goto(f"{house.address}/login?next={payload}")
        page.fill("input[name=name]", payload)
        page.fill("input[name=password]", "wrong wrong")
        page.click("button")
        page.wait_for_selector(".note")
        pieces(page, "on the sign-in page", fired)
        port = int(house.address.rpartition(":")[2])
        context.add_cookies([{"name": f"shortlist-{port}", "value": house.desk.begin_session(made.id),
                              "url": house.address, "httpOnly": True, "sameSite": "Strict"}])
        page.goto(f"{house.address}/account")
        assert payload in page.inner_text("main")
        pieces(page, "on the account page", fired)
    page.close()


def sign_in(page, address: str, name: str, password: str) -> None:
    page.goto(address)
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password)
    page.click("button")
    page.wait_for_selector("#run")


def attack(browser, house, payloads: Sequence[str], folder: Path, at_once: int = 10) -> list[str]:
    """Every payload through every field; returns what fired."""
    from .conftest import password_of  # noqa: PLC0415 - as above
    fired: list[str] = []
    for start in range(0, len(payloads), at_once):
        place = folder / str(start)
        place.mkdir()
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(120_000)
        watch(page, house.address, fired)
        sign_in(page, house.address, "rex", password_of("rex"))
        attack_page(page, payloads[start:start + at_once], place, fired)
        page.get_by_role("tab", name="Screen").click()
        attack_files(page, payloads[start:start + at_once], place, fired)
        context.close()
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(120_000)
        watch(page, house.address, fired)
        sign_in(page, house.address, "ann", password_of("ann"))
        attack_admin(page, house, payloads[start:start + at_once], fired)
        context.close()
    context = browser.new_context()
    attack_sign_in(context, house, payloads, fired)
    context.close()
    return fired


def main() -> int:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the whole run needs it here

    from tests.conftest import find_chromium  # noqa: PLC0415 - as above

    from .conftest import serve  # noqa: PLC0415 - as above
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        os.environ["SHORTLIST_DATA"] = f"{folder}/data"
        browser = running.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for house in serve(Path(folder) / "data"):
            fired = attack(browser, house, PAYLOADS, Path(folder))
        browser.close()
    print(f"{len(PAYLOADS)} payloads x {len(FIELDS)} fields ({', '.join(FIELDS)}): {len(fired)} fired, "
          f"{sum('request' in what for what in fired)} external requests, {time.monotonic() - began:.0f} s")
    print("\n".join(fired[:20]))
    return bool(fired)


if __name__ == "__main__":
    sys.exit(main())

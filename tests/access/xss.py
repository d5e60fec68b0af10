"""Markup that tries to run, in every field that the page shows: `python -m tests.access.xss` tries all 30 payloads.

Fired means: a dialog, a script error, a request to another host, or an element that came out of a payload.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
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
  && /alert\\(|tracker\\.example/.test(a.value))
  || /^(SCRIPT|STYLE)$/.test(e.tagName) && /alert\\(|tracker\\.example/.test(e.textContent))
  .map(e => e.cloneNode(false).outerHTML)"""  # elements whose own attributes or text would do what a payload wants
JOB_END = "\n- Python programming\n- Financial modelling\n"
FIELDS = ("job title", "job text", "requirement", "file name", "resume text", "evidence", "note", "user name")


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

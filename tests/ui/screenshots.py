"""The README's pictures, from the embedded model on a sample: `python -m tests.ui.screenshots [docs/screenshots]`.

It also prints how long a visitor waits for the first verdict, and after how many clicks.
"""

from __future__ import annotations

import io
import socket
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from tests.conftest import find_chromium

from .driving import RANKED, add_files, hidden_keywords, ranked_cell

SAMPLE = "Financial analyst"
MAX_BYTES = 200_000
PATIENCE = 1_500_000  # milliseconds; a busy machine takes long


def serve() -> str:
    """A page of its own on the embedded model; returns its address."""
    from recruiter_ui.build import launch  # noqa: PLC0415 - Gradio takes seconds to import
    from recruiter_ui.service import Service  # noqa: PLC0415 - as above
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launch(Service(folder=Path(tempfile.mkdtemp())), block=False, server_port=port, quiet=True)
    return f"http://127.0.0.1:{port}"


def keep(page, path: Path) -> None:
    """A picture of what the window shows, in 256 colours, so that it stays small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MAX_BYTES:
        raise SystemExit(f"{path} has {path.stat().st_size} bytes: make the window smaller")
    print(path, path.stat().st_size, "bytes", flush=True)


def main(folder: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as in the tests
    folder.mkdir(parents=True, exist_ok=True)
    address = serve()
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(PATIENCE)
        began = time.monotonic()
        page.goto(f"{address}/?__theme=light")
        page.wait_for_selector("#run")
        print(f"page after {time.monotonic() - began:.1f} s", flush=True)
        page.wait_for_selector("#engine .ready")
        print(f"model after {time.monotonic() - began:.1f} s", flush=True)
        began = time.monotonic()
        page.click(f"button:has-text('{SAMPLE}')")
        page.wait_for_selector("#requirements .virtual-row")
        page.wait_for_function("document.querySelector('#run').innerText.includes('12')")
        ready = time.monotonic()
        page.click("#run")
        page.wait_for_selector(RANKED)
        print(f"2 clicks: sample read after {ready - began:.1f} s, first verdict {time.monotonic() - ready:.1f} s "
              "after the second", flush=True)
        page.wait_for_selector("#progress .done")
        page.wait_for_timeout(1500)
        keep(page, folder / "screen.png")
        page.locator(f"{RANKED} .body-cell[aria-colindex='2']").first.click()
        page.wait_for_selector("#verdict .sl-verdict")
        page.wait_for_timeout(1500)
        page.locator("#evidence .body-cell[aria-colindex='2']").nth(1).click()
        page.wait_for_timeout(2500)
        keep(page, folder / "candidate.png")
        page.get_by_role("tab", name="Review").click()
        page.wait_for_selector("#review-queue .virtual-row")
        page.wait_for_timeout(1500)
        keep(page, folder / "review.png")
        page.get_by_role("tab", name="Compare").click()
        page.wait_for_selector("#shift svg, #shift canvas")
        page.wait_for_timeout(2500)
        keep(page, folder / "compare.png")
        page.get_by_role("tab", name="Screen").click()
        hiding = hidden_keywords(Path(tempfile.mkdtemp()) / "hidden-keywords.pdf")
        add_files(page, [hiding])
        page.wait_for_function("document.querySelector('#run').innerText.includes('13')")
        page.click("#run")
        page.uncheck("#blind input")
        ranked_cell(page, hiding.name).click()
        page.wait_for_selector("#flags textarea")
        page.set_viewport_size({"width": 1440, "height": 1720})
        page.wait_for_timeout(2500)
        keep(page, folder / "flagged.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots"))

"""Kills the app and the browser during a run, again and again: `python -m tests.ui.reattach --times 10`.

Prints how often the run went on unharmed, and how long after the page's load it was shown again. The page is ours on a
fake engine; the run is a real detached process (`tests.jobs.fake_run`).
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WITHIN_S = 2.0  # seconds after the page's load until the run is shown again


def serve(port: int) -> None:
    from recruiter_ui.build import launch  # noqa: PLC0415 - in the child alone

    from .fake_service import FakeService  # noqa: PLC0415 - as above
    launch(FakeService(folder=Path(os.environ["SHORTLIST_DATA"])), server_port=port, quiet=True)


def main(times: int) -> int:
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - in the parent alone

    from tests.conftest import find_chromium  # noqa: PLC0415 - as above
    from training import jobs  # noqa: PLC0415 - after the settings are made
    from training import recipe as recipes  # noqa: PLC0415 - as above
    from training.jobs_process import is_alive, read_job  # noqa: PLC0415 - as above

    jobs.command = lambda folder, stage: [sys.executable, "-m", "tests.jobs.fake_run", str(folder),
                                          str(folder.parent / jobs.QUEUE), "100000", "0.2"]
    folder = jobs.create(recipes.load("sft-embedded"))
    jobs.launch(folder)
    whole, took = 0, []
    with sync_playwright() as playwright:
        for _ in range(times):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            app = subprocess.Popen([sys.executable, "-m", "tests.ui.reattach", "--serve", str(port)])
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(120_000)
            while True:
                try:
                    page.goto(f"http://127.0.0.1:{port}")
                    break
                except Error as error:  # the app is not up yet
                    if app.poll() is not None:
                        raise SystemExit("the app ended") from error
                    time.sleep(0.2)
            page.wait_for_selector("#run")
            began = time.monotonic()
            page.get_by_role("tab", name="Admin", exact=True).click()
            page.wait_for_function("document.querySelector('#admin-run-sentence textarea')?.value.includes('running')")
            took.append(time.monotonic() - began)
            step = jobs.status(folder).step
            app.send_signal(signal.SIGKILL)
            app.wait()
            browser.close()
            time.sleep(0.5)
            whole += is_alive(read_job(folder)) and jobs.status(folder).step > step
    os.killpg(read_job(folder).pid, signal.SIGKILL)
    print(f"{whole} of {times}: the run went on while app and browser were killed; shown again after "
          f"{max(took):.2f} s at most, {sorted(took)[len(took) // 2]:.2f} s in the middle")
    return int(whole < times or max(took) > WITHIN_S)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--serve", type=int)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve)
    else:
        with tempfile.TemporaryDirectory() as data:
            os.environ["SHORTLIST_DATA"] = data
            sys.exit(main(args.times))

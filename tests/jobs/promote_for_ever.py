"""Promotes two runs in turn until it is killed; `--kills N` does the killing, N times, and prints what it found."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def promote_for_ever(runs: list[Path]) -> None:
    from training import promotion  # noqa: PLC0415 - after the settings are made
    while True:
        for number, run in enumerate(runs):
            promotion.promote(run, reason="to be killed")
            if number == 0:
                print("begun", flush=True)
        promotion.rollback()


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHORTLIST_DATA"] = f"{folder}/data"
        from tests.jobs.measured import finished_run  # noqa: PLC0415 - as above
        from tests.jobs.test_promotion import kills  # noqa: PLC0415 - as above
        runs = [finished_run(Path(folder) / name, content=os.urandom(4_000_000)) for name in ("one", "two")]
        seen = kills(count, Path(folder) / "data", runs)
        print(f"{count} kills: never a half-loaded or unverified adapter; what served afterwards: {seen}")


if __name__ == "__main__":
    main(int(sys.argv[2])) if sys.argv[1] == "--kills" else promote_for_ever([Path(a) for a in sys.argv[1:]])

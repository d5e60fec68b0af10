"""The figures of a run in trackio as well, where SHORTLIST_TRACKIO=1 asks for it: a dashboard on this machine.

`pip install -r requirements-tracking.txt`, then `trackio show --project shortlist`. The run folder stays the contract;
this is a copy of metrics.jsonl in `<data>/trackio`, and nothing of it leaves the machine.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Mapping

from model.errors import RecipeError
from model.settings import data_dir

PROJECT = "shortlist"
ELSEWHERE = ("TRACKIO_SPACE_ID", "TRACKIO_SERVER_URL", "TRACKIO_BUCKET_ID", "TRACKIO_DATASET_ID")


def wanted() -> bool:
    """Whether trackio is asked for. Raises RecipeError where it is and the package is missing."""
    if os.environ.get("SHORTLIST_TRACKIO", "").lower() not in ("1", "true", "yes"):
        return False
    if importlib.util.find_spec("trackio") is None:
        raise RecipeError("SHORTLIST_TRACKIO is set, but trackio is not installed: "
                          "pip install -r requirements-tracking.txt, or unset it")
    return True


def tracker(name: str, recipe: Mapping) -> tuple[Callable[[Mapping], None], Callable[[], None]] | None:
    """(write a line of metrics, finish) for the run `name`; None where trackio is not asked for."""
    if not wanted():
        return None
    os.environ.setdefault("TRACKIO_DIR", str(data_dir().absolute() / "trackio"))  # read when trackio is imported
    for setting in ELSEWHERE:
        os.environ.pop(setting, None)
    import trackio  # noqa: PLC0415 - optional
    run = trackio.init(project=PROJECT, name=name, config=dict(recipe), resume="allow", embed=False, auto_log_gpu=False,
                       auto_log_cpu=False)

    def write(row: Mapping) -> None:
        run.log({key: value for key, value in row.items() if key not in ("step", "time")}, step=int(row["step"]))

    return write, run.finish

"""The log: one JSON object a line in `logs/shortlist.jsonl` of the data folder. No text of a resume, no file's name.

An error appears as its type and the places it came through; its message is left out, for it may quote what was read.
"""

from __future__ import annotations

import json
import logging
import os
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER, FOLDER, FILE = "shortlist", "logs", "shortlist.jsonl"
MAX_BYTES, KEPT = 5_000_000, 4
PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line: time, level, logger, event, what `extra` holds, and for an error its type and places."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        line |= {key: value for key, value in vars(record).items() if key not in PLAIN}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = f"{type(error).__module__}.{type(error).__name__}"
            line["at"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                          for frame in traceback.extract_tb(error.__traceback__)[-8:]]
        return json.dumps(line, ensure_ascii=False, default=str)


def write_to(folder: Path) -> Path:
    """Send what our loggers say to the data folder `folder`; returns the file. A second call changes the place."""
    path = folder / FOLDER / FILE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(JsonLines())
    ours = logging.getLogger(LOGGER)
    for old in list(ours.handlers):
        if isinstance(old, RotatingFileHandler):
            ours.removeHandler(old)
            old.close()
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    return path

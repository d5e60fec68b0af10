"""The reading process: `python -m model.documents.worker`. Requests come on stdin, answers go to stdout.

A message is a 4-byte length (big endian), that many bytes of JSON, and then `size` bytes of payload where the JSON
says so. The parent sends the file's bytes; nothing is read from the disk by name.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from dataclasses import asdict

from model.documents.limits import Limits
from model.documents.sandbox import allow_cpu_seconds, confine
from model.errors import DocumentError


def receive(stream) -> tuple[dict, bytes] | None:
    """One message, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    message = json.loads(stream.read(struct.unpack(">I", head)[0]))
    return message, stream.read(message.get("size", 0))


def send(stream, message: dict, payload: bytes = b"") -> None:
    if payload:
        message = {**message, "size": len(payload)}
    body = json.dumps(message).encode("ascii")
    stream.write(struct.pack(">I", len(body)) + body + payload)
    stream.flush()


def answer(request: dict, data: bytes, limits: Limits, tell) -> tuple[dict, bytes]:
    """The typed answer to one request; a fault of the file or of a reader becomes a message."""
    from model.documents.formats import page_png, read_bytes  # noqa: PLC0415 - after the process is confined

    try:
        if request["do"] == "image":
            return {"ok": True}, page_png(data, request["page"], request["width"], limits)
        document = read_bytes(data, request["name"], request["sha256"], limits, tell)
        return {"ok": True, "document": asdict(document)}, b""
    except DocumentError as error:
        return {"ok": False, "outcome": error.outcome, "code": error.code, "reason": str(error)}, b""
    except MemoryError:
        return {"ok": False, "code": "limit_memory"}, b""
    except Exception as error:  # the boundary: a reader's fault must not stop the batch
        return {"ok": False, "code": "reader_error", "what": f"{type(error).__name__}: {error}"[:200]}, b""


def main() -> None:
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    limits = Limits(**json.loads(os.environ["SHORTLIST_WORKER_LIMITS"]))
    import model.documents.formats  # noqa: F401, PLC0415 - readers load before their imports are confined

    confine(limits)
    send(answers, {"ready": True})
    while (message := receive(requests)) is not None:
        request, data = message
        allow_cpu_seconds(limits.cpu_seconds)
        reply, payload = answer(request, data, limits, lambda note: send(answers, {"progress": note}))
        del data, message
        send(answers, reply, payload)


if __name__ == "__main__":
    sys.setrecursionlimit(2000)
    main()

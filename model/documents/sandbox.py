"""Limits that a reading process puts on itself before it sees a file. What the system lacks is left out."""

from __future__ import annotations

import ctypes
import os
import sys

from model.documents.limits import Limits

try:
    import resource
except ImportError:  # Windows: the parent's watchdog still holds
    resource = None

CLONE_NEWNET = 0x40000000
ALLOWED_PROGRAM = "tesseract"
MAX_FILE = 64_000_000  # bytes; tesseract keeps its input in a temporary file
_BLOCKED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.__new__",
    "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.forkpty", "os.remove", "os.rename", "os.rmdir",
    "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate", "os.kill", "shutil.rmtree",
    "webbrowser.open", "urllib.Request", "ftplib.connect", "smtplib.connect",
)  # fmt: skip


class Confined(PermissionError):
    """A reader tried what no reader may do (network, writing, starting programs)."""


def confine(limits: Limits) -> None:
    """Limit memory and files written, cut off the network, and refuse writing and programs from Python code."""
    if resource:
        for name, value in (("RLIMIT_AS", limits.memory_bytes), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", MAX_FILE)):
            _limit(name, value)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWNET | 0x10000000)  # with a user namespace, where one is allowed
    sys.addaudithook(_refuse)


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):
        return  # macOS refuses some; the watchdog still holds


def allow_cpu_seconds(seconds: int) -> None:
    """Give this process `seconds` more of processor time; beyond it the system ends the process (SIGXCPU)."""
    if resource:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(usage.ru_utime + usage.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _refuse(event: str, arguments: tuple) -> None:
    if event == "open":
        if isinstance(arguments[0], int):  # a descriptor that is open already
            return
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if (writes or (isinstance(mode, str) and set(mode) & set("wax+"))) and arguments[0] != os.devnull:
            raise Confined(f"a reader may not write {arguments[0]!r}")
    elif event == "subprocess.Popen":
        if os.path.basename(str(arguments[0])) not in (ALLOWED_PROGRAM, ALLOWED_PROGRAM + ".exe"):
            raise Confined(f"a reader may not start {arguments[0]!r}")
    elif event in _BLOCKED and not _is_child_of_popen():
        raise Confined(f"a reader may not use {event}")


def _is_child_of_popen() -> bool:
    """Whether `subprocess` itself, already checked above, raised the event."""
    frame = sys._getframe(2)
    return frame is not None and frame.f_globals.get("__name__") == "subprocess"

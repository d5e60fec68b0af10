"""Which addresses there are: open to all, for those signed in, or shut. Pure; what is not listed is shut."""

from __future__ import annotations

import ipaddress
import re
from typing import Literal

Door = Literal["open", "page", "call", "stream", "upload", "file", "metrics", "login", "shut"]

GET = ("GET", "HEAD")
OPEN = re.compile(r"/assets/.+|/static/.+|/favicon\.ico|/robots\.txt|/health|(/gradio_api)?/theme\.css"
                  r"|/gradio_api/startup-events")  # no data in any of them
LOGIN = re.compile(r"/login|/logout|/account|/account/password|/login/huggingface|/login/callback")
PAGE = re.compile(r"/|/config/?|/gradio_api/(info/?|app_id|login_check/?)|/manifest\.json")
CALL = re.compile(r"/gradio_api/(queue/join|cancel)")
STREAM = re.compile(r"/gradio_api/(queue/data|upload_progress|heartbeat/[^/]+)")
FILE = re.compile(r"/gradio_api/file=(.+)", re.S)


def door(method: str, path: str) -> Door:
    """The kind of an address, as the router will see it. Gradio's other routes (run, api, call, component_server,
    proxy, stream, monitoring, mcp, ...) are used by nothing here and are shut, so that the queue is the only way in."""
    if LOGIN.fullmatch(path):
        return "login"
    if method in GET:
        for kind, pattern in (("open", OPEN), ("page", PAGE), ("stream", STREAM), ("file", FILE)):
            if pattern.fullmatch(path):
                return kind
        return "metrics" if path == "/metrics" else "shut"
    if method == "POST":
        if CALL.fullmatch(path):
            return "call"
        return "upload" if path == "/gradio_api/upload" else "shut"
    return "shut"


def file_of(path: str) -> str:
    """The file that an address of the kind "file" names."""
    return FILE.fullmatch(path)[1]


def foreign(headers, local_only: bool) -> bool:
    """Whether a browser sends this on behalf of another site (CSRF), or through a name that is not ours (rebinding).

    `headers`: a mapping with small-letter names. Navigating here from elsewhere is no call and is judged by the caller.
    """
    host = headers.get("host", "")
    if local_only and host_name(host) not in ("127.0.0.1", "localhost", "[::1]"):
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != host


def host_name(host: str) -> str:
    """The name of a Host header, without the port."""
    return host[:host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]


def is_loopback(address: str) -> bool:
    """Whether an address, or the name of one, is this computer's own."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"

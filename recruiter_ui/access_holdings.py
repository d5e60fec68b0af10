"""What belongs to whom while the server runs: pages that were opened, files that were sent in or offered."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

PAGE = re.compile(r"[A-Za-z0-9_-]{1,64}")
MAX_EACH = 2_000  # pages, and files, that one user can hold; the oldest are let go


class Holdings:
    """Gradio's session hashes ("pages"), uploads in progress and files, each bound to the user who came with it.

    A page belongs to the first user who used it, for as long as that user keeps using fewer than MAX_EACH others.
    A file is fetched by those users alone whom the server has offered it to or who sent it in.
    """

    def __init__(self) -> None:
        self._owner: dict[str, str] = {}
        self._pages: dict[str, OrderedDict[str, None]] = {}
        self._files: dict[str, OrderedDict[str, None]] = {}
        self._lock = threading.Lock()

    def claim(self, page: object, user: str) -> bool:
        """Whether the page is this user's; a page that nobody has used becomes it."""
        if not isinstance(page, str) or not PAGE.fullmatch(page):
            return False
        with self._lock:
            if self._owner.setdefault(page, user) != user:
                return False
            mine = self._pages.setdefault(user, OrderedDict())
            mine[page] = None
            mine.move_to_end(page)
            while len(mine) > MAX_EACH:
                del self._owner[mine.popitem(last=False)[0]]
            return True

    def give(self, path: str, user: str) -> None:
        """Let the user fetch this file and use it in calls."""
        with self._lock:
            mine = self._files.setdefault(user, OrderedDict())
            mine[path] = None
            mine.move_to_end(path)
            while len(mine) > MAX_EACH:
                mine.popitem(last=False)

    def has(self, path: object, user: str) -> bool:
        """Whether the file, named exactly as it was given, is this user's."""
        with self._lock:
            return isinstance(path, str) and path in self._files.get(user, ())

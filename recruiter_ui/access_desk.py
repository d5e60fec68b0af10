"""The front desk: signs people in and out, knows who is behind a token, locks out who guesses. One for each server."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

import anyio

from model.errors import RecordsError, UsageError
from recruiter_ui import access_oauth
from recruiter_ui.access import NOBODY_ELSE, Identity
from recruiter_ui.access_holdings import Holdings
from recruiter_ui.access_passwords import fits, hashed, outdated
from recruiter_ui.i18n import t
from recruiter_ui.records import users
from recruiter_ui.records.store import Store, now

log = logging.getLogger("shortlist.access")
KNOWN_FOR = 2.0  # seconds that an answer of the records is used again
TOUCH_EVERY = 60.0
ADDRESS_TRIES, TRIES_WINDOW = 20, 900.0
MAX_KEYS = 10_000


@dataclass(frozen=True)
class Times:
    """How long a session lasts, in seconds: without a request, and at all."""

    idle: float = 2 * 3600
    whole: float = 12 * 3600

    @classmethod
    def stated(cls) -> Times:
        """From SHORTLIST_IDLE_MINUTES and SHORTLIST_SESSION_HOURS. Raises UsageError where one is no number."""
        return cls(60 * _number("SHORTLIST_IDLE_MINUTES", 120), 3600 * _number("SHORTLIST_SESSION_HOURS", 12))


def _number(setting: str, default: float) -> float:
    stated = os.environ.get(setting)
    try:
        number = float(stated) if stated else default
    except ValueError:
        number = 0
    if not 0 < number < 1e6:
        raise UsageError(f"{setting}={stated!r} is no time: give a number above 0")
    return number


class Tries:
    """Counts wrong tries by a key that the records do not hold: an address, a name that is nobody's.

    Kept in memory, by a clock that nobody sets; the oldest keys are forgotten first.
    """

    def __init__(self, limit: int, window: float = TRIES_WINDOW, clock=time.monotonic) -> None:
        self.limit, self.window, self.clock = limit, window, clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, key: str) -> float:
        """Count a try; returns the seconds that the key is locked for, 0 if it may be made."""
        with self._lock:
            moment = self.clock()
            recent = [at for at in self._seen.pop(key, []) if moment - at < self.window][-self.limit:]
            left = self.window - (moment - recent[-1]) if len(recent) >= self.limit else 0.0
            self._seen[key] = recent if left else [*recent, moment]
            if len(self._seen) > MAX_KEYS:
                self._seen.popitem(last=False)
            return left

    def forgive(self, key: str) -> None:
        """Take the last try back: it was right."""
        with self._lock:
            if self._seen.get(key):
                self._seen[key].pop()


@dataclass(frozen=True)
class Answer:
    """What a sign-in came to: a token, or words and the seconds to wait (0 where one may try at once)."""

    token: str | None = None
    words: str = ""
    wait: float = 0.0


class Desk:
    """Sign-in on top of the records. Methods that touch the records block; the gate calls them in a thread."""

    def __init__(self, store: Store, times: Times | None = None, network: bool = False) -> None:
        """`network`: the server listens to more than this computer, so that everyone has to sign in, come what may."""
        self.store, self.times, self.network, self.holdings = store, times or Times.stated(), network, Holdings()
        self.checks = anyio.CapacityLimiter(2)  # passwords checked at once: each takes 64 MiB
        self._addresses, self._names = Tries(ADDRESS_TRIES), Tries(users.MAX_TRIES)
        self._known: OrderedDict[str, tuple[float, Identity | None]] = OrderedDict()
        self._touched: dict[str, float] = {}
        self._open: tuple[float, bool] = (-KNOWN_FOR, False)

    # --- who is it ---------------------------------------------------------------------------------------------------

    def nobody_signs_in(self) -> bool:
        """Whether this is one person's computer: no user was made. Making one by command ends it within seconds."""
        if self.network or access_oauth.enabled():
            return False
        asked, answer = self._open
        if time.monotonic() - asked > KNOWN_FOR:
            answer = not users.any_users(self.store)
            self._open = time.monotonic(), answer
        return answer

    def identify(self, token: str | None) -> Identity | None:
        """Whose token it is; None for one that is unknown, over or of a disabled user."""
        if not token or len(token) > 200:
            return None
        digest = digest_of(token)
        found = self._look_up(digest)
        if found and time.monotonic() - self._touched.get(digest, -TOUCH_EVERY) >= TOUCH_EVERY:
            self._touched[digest] = time.monotonic()
            try:
                users.touch_session(self.store, digest)
            except RecordsError as error:  # a full disk must not shut everyone out
                log.warning("a session could not be noted as used", extra={"reason": type(error.__cause__).__name__})
        return found

    async def alone(self) -> bool:
        """`nobody_signs_in`, off the event loop where the records have to be asked."""
        if time.monotonic() - self._open[0] <= KNOWN_FOR:
            return self.nobody_signs_in()
        return await anyio.to_thread.run_sync(self.nobody_signs_in)

    async def who(self, token: str | None) -> Identity | None:
        """`identify`, off the event loop where the records have to be asked."""
        digest = digest_of(token or "")
        if self._at_hand(digest) and time.monotonic() - self._touched.get(digest, -TOUCH_EVERY) < TOUCH_EVERY:
            return self.identify(token)
        return await anyio.to_thread.run_sync(self.identify, token)

    async def fresh(self, identity: Identity) -> Identity | None:
        """The same user as the records know them now: role changes and sign-outs count at once (KNOWN_FOR)."""
        if identity.session is None:
            return identity if await self.alone() else None
        if self._at_hand(identity.session):
            return self._look_up(identity.session)
        return await anyio.to_thread.run_sync(self._look_up, identity.session)

    def _at_hand(self, digest: str) -> bool:
        held = self._known.get(digest)
        return held is not None and time.monotonic() - held[0] < KNOWN_FOR

    def _look_up(self, digest: str) -> Identity | None:
        held = self._known.get(digest)
        if held and time.monotonic() - held[0] < KNOWN_FOR:
            return held[1]
        found = self._judge(users.find_session(self.store, digest))
        self._known[digest] = time.monotonic(), found
        while len(self._known) > MAX_KEYS:
            self._touched.pop(self._known.popitem(last=False)[0], None)
        return found

    def _judge(self, found: users.SignIn | None) -> Identity | None:
        if found is None or found.user.disabled:
            return None
        moment = now()
        idle_until = users.after(self.times.idle, found.last_seen)
        whole_until = min(found.expires, users.after(self.times.whole, found.created))
        began_later = (datetime.fromisoformat(found.created) - datetime.fromisoformat(moment)).total_seconds() > 3600
        if moment > idle_until or moment > whole_until or began_later:  # the last: the clock was set back
            return None
        role = access_oauth.role_now(found.user)
        return Identity(found.user.id, found.user.name, role, found.token_hash) if role else None

    def local(self) -> Identity:
        """The user of a computer where nobody signs in."""
        return NOBODY_ELSE

    # --- in and out --------------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, address: str) -> Answer:
        """Check a name and a password. Unknown, disabled and wrong are told apart neither by words nor by time."""
        name = name.strip().lower()[:64]
        if left := self._addresses.begin(address):
            return _locked(left)
        user = users.find_user(self.store, name)
        left = users.begin_try(self.store, user.id) if user else self._names.begin(name)
        if left:
            return _locked(left)
        if not fits(user.password_hash if user else None, password) or user.disabled:
            return Answer(words=t("The name or the password is wrong."))
        users.right_password(self.store, user.id)
        self._addresses.forgive(address)
        if outdated(user.password_hash):
            users.rehash(self.store, user.id, hashed(password))
        return Answer(token=self.begin_session(user.id))

    def begin_session(self, user: str) -> str:
        """A new random token for the user; the records get its hash."""
        token = secrets.token_urlsafe(32)
        users.open_session(self.store, digest_of(token), user, self.times.whole)
        return token

    def sign_out(self, token: str | None) -> None:
        if token:
            users.close_session(self.store, digest_of(token))
            self.forget()

    def forget(self) -> None:
        """Ask the records anew from now on."""
        self._known.clear()


def digest_of(token: str) -> str:
    """What the records know a token by. A random token of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(seconds: float) -> Answer:
    return Answer(words=t("Too many wrong tries. Wait {minutes} min, or ask an admin for a new password.",
                          minutes=max(1, round(seconds / 60))), wait=seconds)

"""Passwords: argon2id hashes, what a password must be, and as much work for a user who does not exist."""

from __future__ import annotations

import os
import re
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from model.errors import UsageError

MIN_LENGTH, MAX_LENGTH = 10, 256
NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
RESERVED = ("local", "system")
NO_PASSWORD = ""  # the hash of a user who signs in elsewhere: no password fits it
hasher = PasswordHasher()  # argon2id, 64 MiB, 3 passes, 4 lanes (RFC 9106)


def _nobody() -> str:
    """A hash of today's parameters that no password fits."""
    salt, digest = (b64encode(os.urandom(n)).decode().rstrip("=") for n in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${digest}"


def check_name(name: str) -> str:
    """The name in small letters, if it can be a user's. Raises UsageError."""
    name = name.strip().lower()
    if not NAME.fullmatch(name) or name in RESERVED or name.startswith("hf@"):
        raise UsageError(f"{name[:70]!r} cannot be a user's name: use up to 64 letters, digits and . _ @ -, "
                         f"beginning with a letter or digit; {' and '.join(RESERVED)} are taken")
    return name


def check_password(name: str, password: str) -> str:
    """The password, if it will do for the user `name`. Raises UsageError, which never quotes it."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise UsageError(f"the password must have {MIN_LENGTH} to {MAX_LENGTH} characters")
    if len(set(password)) < 4 or name in password.lower() and len(password) < len(name) + MIN_LENGTH:
        raise UsageError("the password is too easy to guess: do not build it on the user's name or on one character")
    return password


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    return hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. With no hash to compare it takes as long, and fails."""
    try:
        hasher.verify(password_hash or _nobody(), password[:MAX_LENGTH + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(password_hash)

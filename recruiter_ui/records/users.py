"""Users and their sign-ins. Names are in small letters; a session is known by the SHA-256 of its token alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from model.errors import UsageError
from recruiter_ui.records import audit
from recruiter_ui.records.store import Store, now
from recruiter_ui.records.tables import sessions, users

ROLES = ("viewer", "recruiter", "admin")  # each may do what those before it may
MAX_SESSIONS = 20  # of one user; the oldest ends when one more begins
MAX_TRIES, LOCKED = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class User:
    """One user; `password_hash` is empty for those who sign in elsewhere."""

    id: str
    name: str
    role: str
    disabled: bool
    created: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignIn:
    """A session that was found, with whose it is. Times are ISO 8601 in UTC."""

    token_hash: str
    user: User
    created: str
    expires: str
    last_seen: str


def after(seconds: float, start: str | None = None) -> str:
    """The time so many seconds after `start` (default: now), as it is recorded."""
    return (datetime.fromisoformat(start or now()) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")


# --- users -----------------------------------------------------------------------------------------------------------


def add_user(store: Store, name: str, password_hash: str, role: str, actor: str = "system") -> User:
    """Make a user. Raises UsageError where the name is taken, or the first user would not be an admin."""
    with store.write() as connection:
        if _row(connection, name) is not None:
            raise UsageError(f"there is a user {name} already: `python app.py users password {name}` changes the "
                             "password")
        if role != "admin" and not connection.execute(select(func.count()).select_from(users)).scalar_one():
            raise UsageError("the first user must be an admin, so that somebody can make the others: add --role admin")
        made = User(uuid.uuid4().hex, name, role, False, now(), password_hash)
        connection.execute(insert(users).values(id=made.id, name=name, password_hash=password_hash, role=role,
                                                created=made.created))
        audit.append(connection, actor, "user added", f"user:{made.id}", {"role": role})
    return made


def find_user(store: Store, name: str) -> User | None:
    with store.read() as connection:
        row = _row(connection, name)
    return _user(row) if row else None


def all_users(store: Store) -> list[User]:
    with store.read() as connection:
        return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]


def any_users(store: Store) -> bool:
    """Whether there is a user at all, disabled ones counted: then nobody comes in without signing in."""
    with store.read() as connection:
        return connection.execute(select(users.c.id).limit(1)).first() is not None


def set_password(store: Store, name: str, password_hash: str, actor: str = "system", keep: str | None = None) -> None:
    """A new password; ends the user's sessions (all but that with the token hash `keep`) and any lock."""
    with store.write() as connection:
        row = _known(connection, name)
        connection.execute(update(users).where(users.c.id == row.id).values(
            password_hash=password_hash, failed_logins=0, locked_until=None))
        connection.execute(delete(sessions).where(sessions.c.user == row.id, sessions.c.token_hash != (keep or "")))
        audit.append(connection, actor, "password changed", f"user:{row.id}")


def rehash(store: Store, user: str, password_hash: str) -> None:
    """The same password, hashed with today's parameters."""
    with store.write() as connection:
        connection.execute(update(users).where(users.c.id == user).values(password_hash=password_hash))


def set_role(store: Store, name: str, role: str, actor: str = "system") -> None:
    """Another role. Raises UsageError where no admin would be left."""
    with store.write() as connection:
        row = _known(connection, name)
        if role != "admin":
            _not_the_last(connection, row)
        connection.execute(update(users).where(users.c.id == row.id).values(role=role))
        audit.append(connection, actor, "role changed", f"user:{row.id}", {"role": role})


def set_disabled(store: Store, name: str, disabled: bool, actor: str = "system") -> None:
    """Shut a user out at once, or let them in again. Raises UsageError where no admin would be left."""
    with store.write() as connection:
        row = _known(connection, name)
        if disabled:
            _not_the_last(connection, row)
            connection.execute(delete(sessions).where(sessions.c.user == row.id))
        connection.execute(update(users).where(users.c.id == row.id).values(
            disabled=disabled, failed_logins=0, locked_until=None))
        audit.append(connection, actor, "user disabled" if disabled else "user enabled", f"user:{row.id}")


def _row(connection: Connection, name: str) -> Row | None:
    return connection.execute(select(users).where(users.c.name == name)).first()


def _known(connection: Connection, name: str) -> Row:
    row = _row(connection, name)
    if row is None:
        raise UsageError(f"there is no user {name}: `python app.py users list` names them")
    return row


def _not_the_last(connection: Connection, row: Row) -> None:
    others = connection.execute(select(users.c.id).where(
        users.c.role == "admin", users.c.disabled.is_(False), users.c.id != row.id)).first()
    if row.role == "admin" and others is None:
        raise UsageError(f"{row.name} is the only admin who can sign in: make another one first")


def _user(row: Row) -> User:
    return User(row.id, row.name, row.role, bool(row.disabled), row.created, row.password_hash)


# --- wrong passwords -------------------------------------------------------------------------------------------------


def begin_try(store: Store, user: str) -> float:
    """Count a try at a password before it is checked; returns the seconds the user is locked for, 0 if it may be made.

    Counting first keeps tries that come at the same moment from being more than MAX_TRIES.
    """
    with store.write() as connection:
        row = connection.execute(select(users).where(users.c.id == user)).one()
        failed, moment = row.failed_logins, datetime.fromisoformat(now())
        if row.locked_until:
            left = (datetime.fromisoformat(row.locked_until) - moment).total_seconds()
            if left > 0:
                return min(left, LOCKED.total_seconds())  # more: the clock was set back
            failed = 0
        failed += 1
        locked = (moment + LOCKED).isoformat(timespec="microseconds") if failed >= MAX_TRIES else None
        connection.execute(update(users).where(users.c.id == user).values(failed_logins=failed, locked_until=locked))
        if locked:
            audit.append(connection, "system", "user locked", f"user:{user}", {"tries": failed})
        return 0.0


def right_password(store: Store, user: str) -> None:
    """The try was right: forget those before it."""
    with store.write() as connection:
        connection.execute(update(users).where(users.c.id == user).values(failed_logins=0, locked_until=None))


# --- sessions --------------------------------------------------------------------------------------------------------


def open_session(store: Store, token_hash: str, user: str, seconds: float) -> None:
    """Begin a session of at most so many seconds; sweeps out those that have ended."""
    with store.write() as connection:
        moment = now()
        connection.execute(delete(sessions).where(or_(sessions.c.expires < moment, sessions.c.created > after(3600))))
        old = connection.execute(select(sessions.c.token_hash).where(sessions.c.user == user).order_by(
            sessions.c.created.desc()).offset(MAX_SESSIONS - 1)).scalars().all()
        connection.execute(delete(sessions).where(sessions.c.token_hash.in_(old)))
        connection.execute(insert(sessions).values(token_hash=token_hash, user=user, created=moment, last_seen=moment,
                                                   expires=after(seconds, moment)))
        audit.append(connection, user, "signed in", f"user:{user}")


def find_session(store: Store, token_hash: str) -> SignIn | None:
    """The session with its user; it may have expired, and the user may be disabled."""
    with store.read() as connection:
        row = connection.execute(select(sessions.c.token_hash, sessions.c.created.label("began"), sessions.c.expires,
                                        sessions.c.last_seen, users).join(users, users.c.id == sessions.c.user).where(
            sessions.c.token_hash == token_hash)).first()
    return SignIn(row.token_hash, _user(row), row.began, row.expires, row.last_seen or row.began) if row else None


def touch_session(store: Store, token_hash: str) -> None:
    with store.write() as connection:
        connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(last_seen=now()))


def close_session(store: Store, token_hash: str) -> None:
    with store.write() as connection:
        whose = connection.execute(select(sessions.c.user).where(sessions.c.token_hash == token_hash)).scalar()
        if whose is not None:
            connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))
            audit.append(connection, whose, "signed out", f"user:{whose}")

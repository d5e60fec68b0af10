"""Names of documents in the audit: HMACs of their hashes under a key of these records.

Whoever has the file and the key can tell whether a line is about it; the line alone says nothing about anyone, so that
it can stay when a person is erased.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from recruiter_ui.records.tables import keys

DOCUMENT = "document:"


def pseudonym(connection: Connection, sha256: str) -> str:
    """The document's name in the audit, 32 hexadecimal digits. The key is made within a transaction that writes."""
    wanted = select(keys.c.value).where(keys.c.name == "pseudonyms")
    key = connection.execute(wanted).scalar()
    if key is None:
        if not connection.get_execution_options().get("write"):
            return ""  # nothing has been recorded yet, so no line can be about it
        connection.execute(insert(keys).values(name="pseudonyms", value=secrets.token_hex(32)).on_conflict_do_nothing())
        key = connection.execute(wanted).scalar_one()
    return hmac.new(bytes.fromhex(key), sha256.encode(), hashlib.sha256).hexdigest()[:32]


def as_recorded(connection: Connection, subject: str) -> str:
    """The subject of an audit line as it is written: a document's hash becomes its pseudonym, others stay."""
    sha256 = subject.removeprefix(DOCUMENT)
    return subject if sha256 == subject or len(sha256) != 64 else DOCUMENT + pseudonym(connection, sha256)

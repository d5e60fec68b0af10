"""The records: SQLite behind plain functions. Each function is a transaction of its own; all take the store first.

`open_store(folder)` opens and migrates; `jobs`, `documents`, `screenings` hold what is screened, `queue` what waits,
`decisions` what people said, `audit` who did what, `backup` copies and brings back. `tables` is the schema,
`migrations` how it came about; `driver` picks an SQLite that does not corrupt. Owners and users are ids of `users`.
"""

from recruiter_ui.records import audit
from recruiter_ui.records.decisions import (
    Agreement,
    Decision,
    Override,
    agreement_over_time,
    current,
    decide,
    history,
    override,
    overrides_of,
    undo,
)
from recruiter_ui.records.documents import add_documents
from recruiter_ui.records.jobs import add_job, job_hash
from recruiter_ui.records.queue import Claim, Item, claim_next, finish_item, known_verdicts, requeue
from recruiter_ui.records.screenings import (
    Entry,
    Screening,
    create_screening,
    document_of,
    entries_of,
    extend_screening,
    job_of,
    latest_open,
    rows_of,
    screening_of,
    screenings_of,
    share,
    stop_screening,
)
from recruiter_ui.records.store import LOCAL, Store, open_store

__all__ = [
    "LOCAL", "Agreement", "Claim", "Decision", "Entry", "Item", "Override", "Screening", "Store", "add_documents",
    "add_job", "agreement_over_time", "audit", "claim_next", "create_screening", "current", "decide", "document_of",
    "entries_of", "extend_screening", "finish_item", "history", "job_hash", "job_of", "known_verdicts", "latest_open",
    "open_store", "override", "overrides_of", "requeue", "rows_of", "screening_of", "screenings_of", "share",
    "stop_screening", "undo",
]

"""The first schema, and the triggers that keep the audit append-only."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None
TRIGGER = """CREATE TRIGGER audit_no_{name} BEFORE {name} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"""


def upgrade() -> None:
    op.create_table("audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
        sqlite_autoincrement=True
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table("documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=True),
        sa.Column("flags", sa.JSON(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("owner", "sha256", name=op.f("uq_documents_owner_sha256"))
    )
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)
    op.create_table("jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("owner", "hash", name=op.f("uq_jobs_owner_hash"))
    )
    op.create_index(op.f("ix_jobs_text_hash"), "jobs", ["text_hash"], unique=False)
    op.create_table("runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=True),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("folder", name=op.f("uq_runs_folder"))
    )
    op.create_table("users",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('viewer', 'recruiter', 'admin')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name"))
    )
    op.create_table("verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint("document", "job", "model", "adapter", "prompt", "rubric",
            name=op.f("uq_verdicts_document_job_model_adapter_prompt_rubric"))
    )
    op.create_table("adapters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("metrics", sa.JSON(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("promoted", sa.Text(), nullable=True),
        sa.Column("retired", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_adapters_run"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adapters")),
        sa.UniqueConstraint("hash", name=op.f("uq_adapters_hash"))
    )
    op.create_table("screenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("adapters", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("shared", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("served", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'stopped', 'failed')", name=op.f("ck_screenings_status")),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_screenings_job"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screenings"))
    )
    op.create_index(op.f("ix_screenings_job"), "screenings", ["job"], unique=False)
    op.create_index(op.f("ix_screenings_owner"), "screenings", ["owner"], unique=False)
    op.create_table("sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name=op.f("fk_sessions_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions"))
    )
    op.create_index(op.f("ix_sessions_user"), "sessions", ["user"], unique=False)
    op.create_table("decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screening", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("time", sa.Text(), nullable=False),
        sa.CheckConstraint("decision IN ('SHORTLISTED', 'DECLINED', 'NONE')", name=op.f("ck_decisions_decision")),
        sa.ForeignKeyConstraint(["screening"], ["screenings.id"],
            name=op.f("fk_decisions_screening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name=op.f("fk_decisions_undoes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions"))
    )
    op.create_index(op.f("ix_decisions_document"), "decisions", ["document"], unique=False)
    op.create_index(op.f("ix_decisions_screening"), "decisions", ["screening"], unique=False)
    op.create_table("items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screening", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=True),
        sa.Column("verdict", sa.Integer(), nullable=True),
        sa.Column("unread", sa.JSON(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'scored', 'unreadable', 'failed')",
            name=op.f("ck_items_state")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_items_document"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["screening"], ["screenings.id"], name=op.f("fk_items_screening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["verdict"], ["verdicts.id"], name=op.f("fk_items_verdict"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("screening", "document", name=op.f("uq_items_screening_document"))
    )
    op.create_index(op.f("ix_items_document"), "items", ["document"], unique=False)
    op.create_index("ix_items_done", "items", ["screening", "done"], unique=False)
    op.create_index("ix_items_state", "items", ["state", "screening"], unique=False)
    op.create_index(op.f("ix_items_verdict"), "items", ["verdict"], unique=False)
    op.create_table("overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screening", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["screening"], ["screenings.id"],
            name=op.f("fk_overrides_screening"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides"))
    )
    op.create_index(op.f("ix_overrides_document"), "overrides", ["document"], unique=False)
    op.create_index(op.f("ix_overrides_screening"), "overrides", ["screening"], unique=False)
    for name in ("update", "delete"):
        op.execute(TRIGGER.format(name=name))

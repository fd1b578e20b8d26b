"""Port calls, deliveries, decisions and accounts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = (
    "decision",
    "delivery",
    "submission",
    "sign_in_link",
    "movement",
    "browser_session",
    "port_call",
    "api_key",
    "account",
    "sign_in_attempt",
    "ship",
    "reference_counter",
    "port",
    "firm",
    "audit_event",
    "agency",
)
"""In the order in which nothing refers to what is dropped."""
WAITING = sa.text("state IN ('queued', 'in_flight')")


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("keys", JSON, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "audit_event",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("audit_by_subject", "audit_event", ["subject"])

    op.create_table(
        "firm",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "port",
        sa.Column("locode", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("locode"),
    )
    op.create_table(
        "reference_counter",
        sa.Column("port", sa.String(length=5), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("port", "year"),
    )
    op.create_table(
        "ship",
        sa.Column("imo_number", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("flag", sa.String(length=2), nullable=False),
        sa.Column("ship_type", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("imo_number"),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sign_in_attempt_recent", "sign_in_attempt", ["bucket", "at"])

    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("firm_id", sa.String(), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("firm_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "port_call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("port", sa.String(), nullable=False),
        sa.Column("firm_id", sa.String(), nullable=False),
        sa.Column("ship_name", sa.String(), nullable=False),
        sa.Column("imo_number", sa.String(), nullable=True),
        sa.Column("flag", sa.String(), nullable=True),
        sa.Column("voyage_number", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"]),
        sa.ForeignKeyConstraint(["port"], ["port.locode"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    op.create_index("ix_port_call_imo_number", "port_call", ["imo_number"])
    op.create_index("port_call_by_firm", "port_call", ["firm_id", "id"])

    op.create_table(
        "browser_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("csrf_token", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("browser_session_by_account", "browser_session", ["account_id"])

    op.create_table(
        "movement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("port_call_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('arrival', 'shift', 'departure')", name="kind_known"),
        sa.ForeignKeyConstraint(["port_call_id"], ["port_call.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("movement_by_call", "movement", ["port_call_id"])

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("firm_id", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("movement_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=True),
        sa.Column("message_id", sa.String(length=256), nullable=True),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("declaration_digest", sa.String(), nullable=False),
        sa.Column("declaration", JSON, nullable=False),
        sa.Column("report", JSON, nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"]),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("firm_id", "idempotency_key", name="submission_once_per_key"),
        sa.UniqueConstraint("firm_id", "message_id", name="submission_once_per_message"),
        sa.UniqueConstraint("movement_id", "version", name="submission_one_per_version"),
        sa.UniqueConstraint("reference"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("movement_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("notice", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", JSON, nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'in_flight', 'delivered', 'failed')", name="state_known"),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"]),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"]),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("submission_id", "agency", name="delivery_once_per_agency"),
    )
    op.create_index(
        "delivery_due", "delivery", ["agency", "next_attempt_at"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index("delivery_of_movement", "delivery", ["movement_id", "version"])

    op.create_table(
        "decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("delivery_id", sa.String(), nullable=False),
        sa.Column("movement_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("conditions", JSON, nullable=False),
        sa.Column("questions", JSON, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", JSON, nullable=False),
        sa.CheckConstraint("effect IN ('recorded', 'no_change', 'superseded', 'old_version')", name="effect_known"),
        sa.CheckConstraint(
            "outcome IN ('granted', 'granted_with_conditions', 'provisional', 'information_requested', "
            "'inspection_ordered', 'held', 'refused', 'revoked')",
            name="outcome_known",
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"]),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("agency", "message_id", name="decision_once_per_message"),
    )
    op.create_index("decision_of_movement", "decision", ["movement_id", "version", "agency"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)

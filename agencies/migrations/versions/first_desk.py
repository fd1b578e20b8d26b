"""The first desk: cases, notices, decisions and their sending, officers, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LANES = ("attention", "changed", "routine", "decided")
OUTCOMES = (
    "granted",
    "granted_with_conditions",
    "provisional",
    "information_requested",
    "inspection_ordered",
    "held",
    "refused",
    "revoked",
)
SENDINGS = ("queued", "failed", "done")


def one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    """A text column that the database checks."""
    return sa.Enum(*words, native_enum=False, length=32, create_constraint=True, name=name)


def moment() -> sa.DateTime:
    """A moment in UTC."""
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    make_cases()
    make_decisions()
    make_officers()
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", moment(), nullable=False, index=True),
        sa.Column("who", sa.String(128), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("detail", sa.String, nullable=False),
    )


def make_cases() -> None:
    """Cases and the notices that open them."""
    op.create_table(
        "movement_case",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("port_call", sa.String(256), nullable=False),
        sa.Column("movement", sa.String(16), nullable=False),
        sa.Column("port", sa.String(5), nullable=False),
        sa.Column("ship_name", sa.String(256), nullable=False),
        sa.Column("imo_number", sa.String(7)),
        sa.Column("eta", moment()),
        sa.Column("time_zone", sa.String, nullable=False),
        sa.Column("notice_id", sa.String(256), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("lane", one_of(LANES, "lane"), nullable=False),
        sa.Column("opened_at", moment(), nullable=False),
        sa.UniqueConstraint("port_call", "movement"),
    )
    op.create_index("movement_case_queue", "movement_case", ["lane", "eta"])
    op.create_table(
        "notice",
        sa.Column("id", sa.String(256), primary_key=True),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("movement_case.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("shown", sa.String(71), nullable=False),
        sa.Column("digest", sa.String(71), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("assessment", sa.String, nullable=False),
        sa.Column("receipt", sa.LargeBinary, nullable=False),
        sa.Column("received_at", moment(), nullable=False),
    )
    op.create_index("notice_of_case", "notice", ["case_id", "version"])


def make_decisions() -> None:
    """Decisions and what is owed to the gateway for them."""
    op.create_table(
        "decision",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("movement_case.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("notice_id", sa.String(256), sa.ForeignKey("notice.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("outcome", one_of(OUTCOMES, "outcome"), nullable=False),
        sa.Column("decided_at", moment(), nullable=False),
        sa.Column("decided_by", sa.String(256), nullable=False),
        sa.Column("message", sa.String, nullable=False),
        sa.Column("form_key", sa.String(64)),
        sa.UniqueConstraint("case_id", "sequence"),
        sa.UniqueConstraint("case_id", "form_key"),
    )
    op.create_table(
        "outgoing",
        sa.Column("decision_id", sa.String(64), sa.ForeignKey("decision.id"), primary_key=True),
        sa.Column("case_id", sa.String(64), sa.ForeignKey("movement_case.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", one_of(SENDINGS, "sending"), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued_at", moment(), nullable=False),
        sa.Column("next_try", moment()),
        sa.Column("status", sa.Integer),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("receipt", sa.String, nullable=False),
    )
    op.create_index("outgoing_due", "outgoing", ["state", "next_try"])
    op.create_index("outgoing_of_case", "outgoing", ["case_id", "sequence"])


def make_officers() -> None:
    """Officers, their sessions and links, and failed tries."""
    op.create_table(
        "officer",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("staff_number", sa.String(64), nullable=False, unique=True),
        sa.Column("display_name", sa.String(128), nullable=False),
        sa.Column("ports", sa.String, nullable=False),
        sa.Column("password_hash", sa.String),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", moment(), nullable=False),
    )
    op.create_table(
        "officer_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("officer_id", sa.String(64), sa.ForeignKey("officer.id"), nullable=False, index=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("seen_at", moment(), nullable=False),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("officer_id", sa.String(64), sa.ForeignKey("officer.id"), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.Column("used_at", moment()),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("tried_at", moment(), nullable=False),
    )
    op.create_index("sign_in_try_at", "sign_in_try", ["tried_at"])


def downgrade() -> None:
    """Drop every table, children first."""
    for table in (
        "audit",
        "sign_in_try",
        "sign_in_link",
        "officer_session",
        "officer",
        "outgoing",
        "decision",
        "notice",
        "movement_case",
    ):
        op.drop_table(table)

"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "reviews",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
        sa.Column("work", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16)),
        sa.Column("reason", sa.Text),
        sa.Column("remedy", sa.Text),
        sa.Column("lease", sa.String(32)),
        sa.Column("lease_until", sa.Double),
        sa.Column("crashes", sa.Integer, nullable=False),
        sa.Column("finished", sa.Double),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("previous", sa.String(32)),
        sa.Column("unit", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("kind", sa.String(16)),
        sa.Column("verdict", sa.String(16)),
        sa.Column("score", sa.String(32)),
        sa.Column("grade", sa.String(32)),
        sa.Column("failed_checks", sa.Integer),
        sa.Column("open_notes", sa.Integer),
        sa.UniqueConstraint("owner", "sha256", name="uq_reviews_owner"),
    )
    op.create_index("ix_reviews_sha256", "reviews", ["sha256"])
    op.create_index("ix_reviews_lease", "reviews", ["lease"])
    op.create_index("ix_reviews_work", "reviews", ["work", "created"])
    op.create_index("ix_reviews_owner", "reviews", ["owner", "created"])
    _of_reviews()
    op.create_table(
        "users",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("created", sa.Double, nullable=False),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("expires", sa.Double, nullable=False),
    )


def _of_reviews() -> None:
    """What goes when its review goes."""
    op.create_table(
        "results",
        sa.Column(
            "review_id", sa.String(32), sa.ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("review", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "currents",
        sa.Column(
            "review_id", sa.String(32), sa.ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("review", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "review_id", sa.String(32), sa.ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.UniqueConstraint("review_id", "seq", name="uq_events_review_id"),
    )

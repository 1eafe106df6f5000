"""Runs the steps on the connection that `Store.migrate` gives."""

from __future__ import annotations

from alembic import context

from extractor.web.store.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()

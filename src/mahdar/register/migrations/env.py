"""Alembic's environment: runs the scripts on the connection it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from mahdar.register.schema import VERSION_TABLE, metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE, render_as_batch=True)
context.run_migrations()

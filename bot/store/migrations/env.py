"""Run by Alembic, always on the connection and inside the transaction of `bot.store.migrate`."""

from alembic import context

from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

"""Alembic's entry: `database.Database.migrate` gives the connection, inside its own transaction."""
from alembic import context

from server.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()

"""Alembic's door into `db.upgrade`: a connection is handed in, never made from a file."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

import db.models  # noqa: F401 - fills the metadata
from db.base import Base
from db.derived import derived
from db.search_tables import is_known_to_alembic

connection = context.config.attributes.get("connection")
if connection is None:  # a developer at the alembic command: autogenerate compares against this
    connection = create_engine(context.get_x_argument(as_dictionary=True)["url"]).connect()

context.configure(
    connection=connection,
    target_metadata=[Base.metadata, derived],
    include_name=is_known_to_alembic,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's environment: the database and the models are those of the application."""

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator

from collector.command_line import database_met

target = current_app.extensions["migrate"].db


def plain_type(kind, item, autogen_context):
    """Write a type of ours as what the database sees: a migration imports none of our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def run_offline() -> None:
    """Print the SQL of a migration instead of running it (`flask db upgrade --sql`)."""
    context.configure(
        url=target.engine.url.render_as_string(hide_password=False),
        target_metadata=target.metadata,
        literal_binds=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def connected() -> Connection:
    """A connection; where there is none, the command says so in one line (and not as a trace)."""
    try:
        return target.engine.connect()
    except DBAPIError as error:
        raise CommandError(database_met(error)) from None


def run_online() -> None:
    """Run migrations in one transaction (SQLite and PostgreSQL both undo a failed one whole)."""
    with connected() as connection:
        options = current_app.extensions["migrate"].configure_args
        context.configure(
            connection=connection,
            target_metadata=target.metadata,
            transactional_ddl=True,
            render_item=plain_type,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()

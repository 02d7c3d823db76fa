"""What all tables share: how constraints are named, and the type of an id."""
from __future__ import annotations

from sqlalchemy import MetaData, String

metadata = MetaData(naming_convention={
    "pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
})
ID = String(64)

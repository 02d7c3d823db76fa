"""People, and what is kept about them: keys, words, files, names, lists handed in, names under a bar."""
from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table

from server.storage.tables.base import ID, metadata

subjects = Table(
    "subjects", metadata,
    Column("id", String(96), primary_key=True),
    Column("wrapped_key", LargeBinary),
    Column("created_at", BigInteger, nullable=False),
    Column("erased_at", BigInteger),
)
"""One data key per person, and per session for what is about nobody in particular. An erased one has no key."""

words = Table(
    "words", metadata,
    Column("ref", ID, primary_key=True),
    Column("subject", String(96), ForeignKey("subjects.id"), nullable=False, index=True),
    Column("session", ID, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

files = Table(
    "files", metadata,
    Column("id", ID, primary_key=True),
    Column("subject", String(96), ForeignKey("subjects.id"), nullable=False, index=True),
    Column("session", ID, nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
)
"""Each with a key of its own, wrapped by its subject's: whoever deletes the row deletes the key with it."""

openings = Table(
    "openings", metadata,
    Column("id", ID, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("session", ID, nullable=False, index=True),
    Column("subject", String(96), nullable=False, index=True),
    Column("file", ID, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("seat", ID, nullable=False),
    Column("why", String(32), nullable=False),
)
"""X1: who (a seat, or the platform itself) opened which file about whom, and why. Outlives the file."""

holds = Table(
    "holds", metadata,
    Column("id", ID, primary_key=True),
    Column("session", ID, nullable=False, index=True),
    Column("hearing", ID, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("released_at", BigInteger),
)
"""Why what is kept of a hearing's candidate outlives its delay, until somebody releases it."""

people = Table(
    "people", metadata,
    Column("id", ID, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("email_hash", String(64), index=True),
)
"""`email_hash`: by which whoever signs in with an address is found. Several people may read the same letters."""

name_parts = Table(
    "name_parts", metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", ID, primary_key=True, index=True),
)
"""Of each whole part of somebody's names a keyed digest, by which they are found; goes when they are erased."""

imports = Table(
    "imports", metadata,
    Column("id", ID, primary_key=True),
    Column("person", ID, nullable=False),
    Column("body", ID, nullable=False),
    Column("provider", ID, nullable=False),
    Column("code", ID, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("begun_at", BigInteger),
)
"""Lists of candidates handed in as files by `person`, for `provider` and the certification `code`: each list is a
sealed file under its id, for some days. `begun_at`: when the registration of its lines was asked for."""

import_lines = Table(
    "import_lines", metadata,
    Column("import_id", ID, primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("candidacy", ID),
    Column("sealed", LargeBinary),
)
"""What became of each line: a candidacy, or why it was refused, sealed under the list's key."""

bars_named = Table(
    "bars_named", metadata,
    Column("bar", ID, primary_key=True),
    Column("body", ID, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("looked_at", BigInteger),
)
"""R6.6: bars whose names are kept. `looked_at`: when the registrations that stood before it were compared with it."""

bar_names = Table(
    "bar_names", metadata,
    Column("digest", String(64), primary_key=True),
    Column("bar", ID, primary_key=True, index=True),
)
"""Of each spelling of a name under a bar, with the birth date, a keyed digest; goes when the bar ends."""

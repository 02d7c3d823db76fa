"""Ways in: links, logins, what somebody signs in with, codes, phones; and what each has closed of their devices."""
from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from server.storage.tables.base import ID, metadata

invitations = Table(
    "invitations", metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person", ID, nullable=False, index=True),
    Column("seat", ID, index=True),
    Column("renews", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("opened_at", BigInteger),
    Column("replaced_at", BigInteger),
)
"""Links to people's spaces. `seat`: the one in whose name it was mailed, by its organizer; `renews`: in the place of
those mailed for it before, which open nothing any more (`replaced_at`)."""

logins = Table(
    "logins", metadata,
    Column("cookie_hash", String(64), primary_key=True),
    Column("before_hash", String(64)),
    Column("seat", ID, nullable=False),
    Column("space_hash", String(64), index=True),
    Column("since", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_why", String(16)),
)
"""`space_hash`: the browser's hold of the space that the seat was entered from."""
Index("uq_logins_live_seat", logins.c.seat, unique=True,
      sqlite_where=logins.c.ended_at.is_(None), postgresql_where=logins.c.ended_at.is_(None))
"""X11: one live seat at a time, whatever two browsers do at once."""

space_logins = Table(
    "space_logins", metadata,
    Column("cookie_hash", String(64), primary_key=True),
    Column("person", ID, nullable=False, index=True),
    Column("how", String(16), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("proven_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_why", String(16)),
)
"""X15: the browsers that hold a person's space. Several may, each proven by itself; `proven_at`: when what proved it
was given (a link) or typed."""

passkeys = Table(
    "passkeys", metadata,
    Column("id", String(64), primary_key=True),
    Column("person", ID, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
"""By a keyed digest of the id that the authenticator gave it."""

passwords = Table(
    "passwords", metadata,
    Column("person", ID, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("set_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
"""With the secret of the one-time codes; the last one used, by its time step, and those before are good for nothing."""

provider_subjects = Table(
    "provider_subjects", metadata,
    Column("subject_hash", String(64), primary_key=True),
    Column("person", ID, nullable=False, unique=True),
    Column("added_at", BigInteger, nullable=False),
)
"""Who somebody is at the identity provider."""

entry_links = Table(
    "entry_links", metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("person", ID, index=True),
    Column("issuer", ID),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
"""Links that let somebody in once, to set up what they sign in with."""

ceremonies = Table(
    "ceremonies", metadata,
    Column("id", String(64), primary_key=True),
    Column("person", ID),
    Column("sealed", LargeBinary),
    Column("expires_at", BigInteger, nullable=False),
)
"""What a browser is in the midst of, for minutes (`ceremonies`)."""

sign_ins = Table(
    "sign_ins", metadata,
    Column("id", ID, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("person", ID, index=True),
    Column("how", String(16), nullable=False),
    Column("result", String(16), nullable=False),
    Column("address", String(45)),
    Column("browser", String(32), nullable=False),
)
"""The log of sign-ins; goes by age."""

tries = Table(
    "tries", metadata,
    Column("id", ID, primary_key=True),
    Column("whose", String(64), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)
Index("ix_tries_whose", tries.c.whose, tries.c.at)
"""Of each sign-in by password within the hour, a keyed digest of the address that was typed, whether it is anybody's
or not."""

codes = Table(
    "codes", metadata,
    Column("place", String(96), primary_key=True),
    Column("browser_hash", String(64), primary_key=True),
    Column("code_hash", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
)
"""Mailed codes: `place` is what one opens, a seat or a space (`mailed_codes.SEAT`, `mailed_codes.SPACE`)."""

phones = Table(
    "phones", metadata,
    Column("seat", ID, primary_key=True),
    Column("login_hash", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("cookie_hash", String(64)),
)
"""The phone that films at a seat: asked for by the login that holds the seat, and good for no longer than that one."""

closed_devices = Table(
    "closed_devices", metadata,
    Column("seat", ID, primary_key=True),
    Column("camera", Boolean, nullable=False),
    Column("microphone", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)
"""What each person has closed of their own camera and microphone (`closed_devices`)."""

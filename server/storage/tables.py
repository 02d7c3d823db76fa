"""The tables. Times are in ms since 1970 UTC. What could tell who somebody is, or what they wrote, is encrypted."""
from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    select,
)

metadata = MetaData(naming_convention={
    "pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
})
ID = String(64)

streams = Table(
    "streams", metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("due_at", BigInteger, index=True),
)
"""Every stream. `due_at`: when the clockwork must look at it next."""

journal = Table(
    "journal", metadata,
    Column("stream", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", ID, nullable=False),
    Column("event", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""X5. The primary key is what makes two writers at the same position impossible."""

rows = Table(
    "rows", metadata,
    Column("index_name", String(32), primary_key=True),
    Column("key", String(160), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("stream", ID, nullable=False, index=True),
    Column("person", ID),
    Column("body", ID),
    Column("scope", ID),
    Column("status", String(32), nullable=False),
    Column("about", ID),
    Column("at", BigInteger),
    Column("due_at", BigInteger),
    Column("data", Text, nullable=False),
)
Index("ix_rows_person", rows.c.person, rows.c.index_name)
Index("ix_rows_listed", rows.c.index_name, rows.c.scope, rows.c.status, rows.c.at)
Index("ix_rows_due", rows.c.index_name, rows.c.due_at)
Index("ix_rows_by_day", rows.c.index_name, rows.c.body, rows.c.at, rows.c.key)
"""Index tables of every kind (`Kind.rows`): read from the journal, written in its transaction, made anew by
`visiojury reindex`."""

followups = Table(
    "followups", metadata,
    Column("source", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("edge", String(64), primary_key=True),
    Column("source_kind", String(32), nullable=False),
    Column("target_kind", String(32), nullable=False),
    Column("target", ID, nullable=False),
    Column("command", String(64), nullable=False),
    Column("fields", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", BigInteger),
    Column("problem", Text),
)
Index("ix_followups_waiting", followups.c.done_at, followups.c.due_at)
"""What an event leads to in another stream: written with the event, carried out after it. `problem`: why the last try
was refused, as JSON."""

answers = Table(
    "answers", metadata,
    Column("stream", ID, primary_key=True),
    Column("actor", ID, primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body", String(64), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("refusal", Text),
    Column("at", BigInteger, nullable=False),
)
"""What each idempotency key was answered: positions `first`..`last`, or a refusal as JSON. `body` is a keyed digest."""

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

delay_reminders = Table(
    "delay_reminders", metadata,
    Column("person", ID, primary_key=True),
    Column("delay", String(200), primary_key=True),
    Column("step", String(8), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Who was reminded of which line on a board of delays, and of what about it; goes with the line."""

sessions = (select(streams.c.id, streams.c.created_at, streams.c.closed_at)
            .where(streams.c.kind == "session").subquery("sessions"))
"""The jury days among the streams."""

seats = (select(rows.c.key.label("id"), rows.c.stream.label("session"), rows.c.person, rows.c.status.label("role"),
                rows.c.about.label("hearing"))
         .where(rows.c.index_name == "seats").subquery("seats"))
"""The index of seats, by their own names."""

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

outbox = Table(
    "outbox", metadata,
    Column("id", ID, primary_key=True),
    Column("person", String(96), ForeignKey("subjects.id"), nullable=False),
    Column("template", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sent_at", BigInteger),
    Column("given_up", Boolean, nullable=False, default=False),
    Column("stream", ID),
    Column("seat", ID),
    Column("number", Integer),
    Column("trying", Boolean, nullable=False, server_default=false()),
    Column("perhaps", Boolean, nullable=False, server_default=false()),
)
"""`stream`, `seat`, `number`: which notice a letter is, where it is one. `trying`: it was handed to the mail server,
which has not answered yet; `perhaps`: an attempt ended without an answer, so that the server may have taken it."""

mass_acts = Table(
    "mass_acts", metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("stream", ID, nullable=False, index=True),
    Column("actor", ID, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
)
"""One act for many, begun by somebody in a stream: done one after the other, and gone on with after a restart."""

mass_items = Table(
    "mass_items", metadata,
    Column("act", ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("item", ID, nullable=False),
    Column("status", String(16), nullable=False),
    Column("problem", Text),
    Column("done_at", BigInteger),
)
"""Whom or what it is done for (an id), and what came of it: waiting, done, or refused (`problem`: rule, words, values).
"""

letter_reports = Table(
    "letter_reports", metadata,
    Column("letter", ID, primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("stream", ID, nullable=False),
    Column("seat", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("twice", Boolean, nullable=False),
    Column("why", String(32), nullable=False),
    Column("told_at", BigInteger, index=True),
)
"""What became of a notice's letter, written as it is learnt, until its stream has been told. No name and no address."""

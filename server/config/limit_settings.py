"""[limits]: how much, how often, how many at once."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from server.config.fields import Positive


@dataclass(frozen=True)
class LimitSettings:
    upload_bytes: Positive = 25 << 20
    upload_pages: Positive = 200
    upload_pixels: Positive = 40_000_000
    upload_stalled_seconds: Positive = 20
    """A page gives up an upload that has not moved for as long, and tries again: `upload_tries` in all."""
    upload_answer_seconds: Positive = 120
    """How long a page waits for the answer once the whole file has left: others may be read before it."""
    upload_tries: Positive = 3
    uploads_per_minute: Positive = 12
    links_per_minute: Positive = 60
    """Pages of links shown, per address."""
    logins_per_minute: Positive = 20
    """Ways in through a link, per address; seats entered, per person."""
    codes_per_minute: Positive = 6
    """Codes and new links asked for, codes tried: per address, and in a space per person."""
    seat_codes_per_hour: Positive = 20
    """The same for one seat, person or e-mail address, wherever it is asked from."""
    visits_per_minute: Positive = 300
    """Pages open to anybody, per address."""
    signs_per_minute: Positive = 1200
    """The clock and the sign of life, per address."""
    files_per_minute: Positive = 6000
    """Scripts, styles and pictures, per address: a page has dozens, and a whole jury may sit behind one address."""
    strangers_per_minute: Positive = 120
    """What is not there, or not theirs, per address."""
    commands_per_minute: Positive = 600
    marks_per_minute: Positive = 240
    """Among the commands, as the next two."""
    calls_per_minute: Positive = 6
    """Calls for help."""
    messages_per_minute: Positive = 20
    """Written to everybody in the room."""
    captures_per_minute: Positive = 20
    media_per_minute: Positive = 240
    """WHIP and WHEP requests of one seat: a full room is opened again with a dozen."""
    streams_per_minute: Positive = 60
    """Event streams opened: a page opens one, and again when the line was cut."""
    pages_per_minute: Positive = 60
    """Pages of a seat or of a space."""
    pictures_per_minute: Positive = 600
    """Pictures of documents' pages, their words, and images taken."""
    papers_per_minute: Positive = 30
    """Papers and journals made for one reader."""
    burst_seconds: Positive = 6
    """So many seconds' worth of a rate may come at once; at least `burst_at_least`, never more than a minute's."""
    burst_at_least: Positive = 20
    refused_seconds: Annotated[float, Field(ge=0)] = 1.0
    """How long the answer to what came too often is held back."""
    requests_at_once: Positive = 4
    """Of one kind and one seat; the next wait for an answer to one of them."""
    uploads_at_once: Positive = 2
    address_requests_at_once: Positive = 24
    """The same before there is a seat: a jury behind one address opens its pages together."""
    documents_bytes: Positive = 500 << 20
    """All that is kept of one candidate's documents: what was replaced and the pictures of the pages too."""
    captures_bytes: Positive = 1 << 30
    """All images taken of one candidate."""
    login_days: Positive = 30
    """How long a browser keeps a space or a seat without coming back."""
    login_most_days: Positive = 90
    """How long it keeps it at the most: until the night that follows. Then the link's button is pressed again."""
    command_bytes: Positive = 256 << 10
    form_bytes: Positive = 1000
    """A form of our own pages: a code, a button."""
    words_characters: Positive = 20_000
    takeover_seconds: Annotated[int, Field(gt=0, le=600)] = 600
    """How long a mailed code is good for (X11): ten minutes at the most (ASVS 5.0, 6.5.5)."""
    takeover_attempts: Positive = 5
    """Wrong codes before it is good for nothing."""
    phone_seconds: Positive = 300
    """How long the code by which a phone joins as a second camera is good for."""

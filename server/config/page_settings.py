"""[streams], [presence], [quality], [lists], [pages], [registration]: what pages are told and shown, and when."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from server.config.fields import Positive


@dataclass(frozen=True)
class StreamSettings:
    """Event streams (Server-Sent Events)."""

    heartbeat_seconds: Positive = 12
    """Between two signs of life on an idle stream; proxies cut silent ones."""
    reconnect_milliseconds: Positive = 1000
    """How long a browser waits before it comes back."""
    stalled_seconds: Positive = 20
    """A reader that takes nothing for longer is cut; it comes back and resumes."""
    per_seat: Positive = 4
    """Streams of one kind (a room, a board) one seat may hold (tabs); a further one ends the oldest."""


@dataclass(frozen=True)
class PresenceSettings:
    grace_seconds: Positive = 8
    """A page closed for longer counts as left; a reload does not."""
    restart_seconds: Positive = 20
    """The same after a restart of the server, when every browser has to come back."""


@dataclass(frozen=True)
class QualitySettings:
    """When a connection is called fair or poor: loss as a share 0 to 1, round trip in milliseconds."""

    fair_loss: Annotated[float, Field(ge=0, le=1)] = 0.02
    poor_loss: Annotated[float, Field(ge=0, le=1)] = 0.06
    fair_round_trip_milliseconds: Positive = 250
    poor_round_trip_milliseconds: Positive = 500
    refresh_seconds: Positive = 1
    """Pages are told of a change at most this often."""


@dataclass(frozen=True)
class ListSettings:
    """Tables of the office."""

    page_rows: Positive = 50
    sorted_by_name: Positive = 200
    """More rows than this are not sorted by people's names: they are sealed, and each would be opened."""
    found_people: Positive = 1000
    """Who is found by a name, at most."""
    file_rows: Positive = 20_000
    """Of one file."""
    cases_joined: Positive = 20
    """Other cases that one can be joined to, in a list."""
    cases_named: Positive = 3
    """Of those that wait for somebody, named one by one in their space; of more it says how many."""
    days_appointed: Positive = 5
    """Days whose juries are appointed on one page, at most."""
    laid_at_once: Positive = 25
    """Candidates laid over days on one page, at most: a line with their hours still fits an address."""
    proposals_shown: Positive = 4
    """Jurors shown whole for a place of a jury; the others are in a list."""


@dataclass(frozen=True)
class RegistrationSettings:
    """A candidate who is younger or older is asked about once more."""

    youngest_years: Positive = 15
    oldest_years: Positive = 80
    import_lines: Positive = 5000
    """Of one file of candidates, at most."""
    import_look_seconds: Positive = 2
    """How often the page of such a file looks how many are registered."""


@dataclass(frozen=True)
class PageSettings:
    """Uploaded documents: the confined process that reads them, and the pictures that jurors see of their pages."""

    cpu_seconds: Positive = 10
    wall_seconds: Positive = 20
    address_space_bytes: Positive = 1 << 30
    reply_bytes: Positive = 64 << 20
    parallel: Positive = 2
    """Documents read at once; the others wait their turn."""
    width_pixels: Positive = 1600
    """Of a page's picture."""
    office_program: str = "soffice"
    """LibreOffice, which turns .docx, .odt, .doc and .pptx into PDF; "": they are refused, with the way to a PDF."""
    office_cpu_seconds: Positive = 60
    office_wall_seconds: Positive = 90
    office_address_space_bytes: Positive = 4 << 30
    office_written_bytes: Positive = 64 << 20
    """Of any file that it writes, the PDF too."""

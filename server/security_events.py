"""Security events: the lines of the log that tell who came in, who was turned away, and what ended (ASVS 5.0, 16.3).

Their names are stable: alarms and searches rest on them. Each line names the seat or the person, the session where it
is known, and, where it follows from a request, the address as `server.log_addresses` has it. No line holds a secret, a
name or a path.
"""
from __future__ import annotations

from enum import StrEnum


class SecurityEvent(StrEnum):
    SPACE_OPENED = "security.space_opened"
    """A browser opened a person's space, by `kind`: link, code; `again`: it held it already, and has a new secret."""
    SPACE_HELD = "security.space_held"
    """A browser with a link was asked for a code: the link has opened the space before, or another browser holds it."""
    SPACE_LEFT = "security.space_left"
    LINK_ASKED = "security.link_asked"
    """Somebody wrote an e-mail address to be mailed a new link."""
    ENTERED = "security.entered"
    """A browser entered a seat from its person's space; `again`: it held the seat already, and has a new secret."""
    HELD = "security.seat_held"
    """A browser that entered was turned away: another one holds the seat."""
    LINK_REFUSED = "security.link_refused"
    """A link that is unknown, replaced or whose person has nothing open (`kind`)."""
    CODE_ASKED = "security.code_asked"
    CODE_WRONG = "security.code_wrong"
    """Wrong, late, used, another browser's, or tried too often."""
    TAKEN_OVER = "security.taken_over"
    LEFT = "security.logged_out"
    ENDED = "security.login_ended"
    """By time or with the session; `kind` says which: idle, old, closed."""
    LINK_SENT = "security.link_sent"
    LINK_RENEWED = "security.link_renewed"
    """The organizer had a link mailed again, or replaced: `seat` is whose."""
    SIGNED_IN = "security.signed_in"
    """Somebody came into their space (`person`) with what they sign in with (`kind`)."""
    SIGN_IN_REFUSED = "security.sign_in_refused"
    """What was given proves nothing: `kind` says with what, `error` why, `person` where it is known whose it would be.
    """
    CREDENTIAL_ADDED = "security.credential_added"
    CREDENTIAL_REMOVED = "security.credential_removed"
    """What `person` signs in with changed; `kind` says what."""
    ENTRY_LINK_ISSUED = "security.entry_link_issued"
    """A link that lets in once was given: to the first account, or for `person`."""
    ENTRY_LINK_REFUSED = "security.entry_link_refused"
    """One that is unknown, over or used (`kind`)."""
    PUT_OUT = "security.put_out"
    """Browsers of `person` no longer hold their space: `count` of them."""
    PHONE_PAIRED = "security.phone_paired"
    DOOR_REFUSED = "security.door_refused"
    """A request to a seat's address that was not let in: 401 (not this browser's, or no longer), 403 (not open to this
    seat now), 404 (nothing there)."""
    CROSS_SITE = "security.cross_site"
    """A request that another site's page had a browser send."""
    SLOWED_DOWN = "security.slowed_down"
    """More often than a rate allows; `kind` is the rate."""
    MALFORMED = "security.malformed"
    """What no page of ours sends: no HTTP, a body of another type, a field that is wrong or too large (`status`)."""
    FILE_REFUSED = "security.file_refused"
    """An upload that is not what it says, or too much; `kind` is the reason."""
    ACT_FORBIDDEN = "security.act_forbidden"
    """Somebody who was let in asked for an act that is not theirs, or not now (`rule`), as at a closed deliberation."""
    RULE_REFUSED = "security.rule_refused"
    """An act that a rule (`rule`) does not allow now. It happens on any day, when a page is a moment behind."""


REFUSALS = frozenset({
    SecurityEvent.SIGN_IN_REFUSED, SecurityEvent.ENTRY_LINK_REFUSED, SecurityEvent.SPACE_HELD,
    SecurityEvent.HELD, SecurityEvent.LINK_REFUSED, SecurityEvent.CODE_WRONG, SecurityEvent.DOOR_REFUSED,
    SecurityEvent.CROSS_SITE, SecurityEvent.SLOWED_DOWN, SecurityEvent.MALFORMED, SecurityEvent.FILE_REFUSED,
    SecurityEvent.ACT_FORBIDDEN,
})
"""Told as warnings; the others are what happens on any day."""

"""The closed lists of words that commands, events and the state share."""
from __future__ import annotations

from typing import Final, Literal

Gate = Literal["identity", "prevention", "sheet"]
"""What the candidate must pass before the presentation: the check at the camera, the fraud message, the sheet."""
IdentityFinding = Literal["conform", "doubtful", "not_conform", "refused", "no_document", "no_copy"]
Course = Literal["proceed", "retry", "reserve", "stop"]
"""What the president decides at a gate: go on, try again, go on with a reservation, stop (R6.3)."""
PreventionState = Literal["pending", "acknowledged", "refused", "waived"]
"""What became of the fraud message; waived: the president goes on with a reservation."""
Mode = Literal["remote", "on_site", "mixed"]
"""Where a hearing is held: everybody at their camera, everybody in one place, or some here and some there (X13)."""
SignedPaper = Literal["prevention", "sheet"]
"""What a candidate on site signs on paper (X13)."""
PaperKind = Literal["prevention", "sheet", "pack"]
"""What a scan is of: the fraud message, the attendance sheet, or the whole paper pack of a hearing."""
SheetState = Literal["not_signed", "signed", "refused", "waived"]
DocumentKind = Literal[
    "portfolio_a", "portfolio_b", "photograph", "formative", "brief", "identity_front", "identity_back"
]
CopyKind = Literal["identity_front", "identity_back"]
SESSION_KIND: Final = "session"
IDENTITY_KINDS = frozenset({"identity_front", "identity_back"})
AT_DEADLINE = frozenset({"portfolio_a", "portfolio_b", "photograph"})
"""What is due at the portfolio's deadline."""
SEVERAL = frozenset({"photograph"})
"""Kinds of which each counts; of the others, the newest."""
OWN_KINDS = IDENTITY_KINDS | AT_DEADLINE
"""What candidates supply themselves."""
PieceStep = Literal["received", "moved", "returned"]
"""What happened to the piece itself."""
IncidentKind = Literal["technical", "identity", "conduct", "health", "own_work", "outside_help", "other"]
FRAUD_KINDS: Final[tuple[IncidentKind, ...]] = ("outside_help", "own_work", "identity", "other")
"""What may be presumed where a suspected fraud is noted (R6.5)."""
MALFUNCTION_KINDS: Final[tuple[IncidentKind, ...]] = ("technical", "health", "conduct", "other")
"""What may be noted where an incident is, apart from suspected fraud (R7.1)."""
PauseCause = Literal["technical", "other"]
ProblemKind = Literal["not_hearing", "not_heard", "frozen", "pause", "question"]
"""What a call for help is about, as the caller chose it."""
Bounce = Literal["refused", "returned"]
"""How a notice failed to arrive: the mail server refused it, or took it and its letter came back."""
NoticeStatus = Literal["given", "taken", "late", "refused", "returned", "acknowledged", "agreed", "moved"]
"""Where a notice stands; moved: it says another day or hour than it now is; agreed: it does, and the candidate agreed
to be moved."""
PromptKind = Literal["notice", "papers", "preparation"]
"""What somebody is reminded of by itself: to acknowledge, to supply what is missing, to prepare."""
FollowUpMeans = Literal["call", "registered_letter"]
"""How somebody is reached who has not acknowledged their notice (R4.2)."""
ProposedEnding = Literal["stop", "postpone"]
"""What an organizer proposes to the president, of what has begun (R4.4)."""
MeasureKind = Literal["warning", "separation", "proposal"]
Advice = Literal["award", "partial", "refuse"]

"""A candidate's papers as the room is given them: what stood at the deadline, and what was accepted after it."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.rules import N_
from evaluation.session.hearing_parts import Document
from evaluation.session.shown_papers import shown
from evaluation.session.state import Hearing
from evaluation.session.terms import IDENTITY_KINDS
from server.views.session import labels
from server.views.session.contract.identity_types import DocumentView
from server.views.session.identity_check import document_view
from server.views.session.reading import Reading


def documents_view(reading: Reading, hearing: Hearing) -> list[DocumentView]:
    """What the jury is given, the published brief first, without the identity document's copies, whose door is another.
    """
    brief, papers = reading.state.brief, shown(reading.state, hearing)
    order = list(labels.DOCUMENTS)
    given = sorted((one for one in papers if one.kind not in IDENTITY_KINDS), key=lambda one: order.index(one.kind))
    views = [document_view(reading, one, _title(reading, given, one)) for one in given]
    return [*([document_view(reading, brief.document)] if brief is not None else ()), *views]


def _title(reading: Reading, given: Sequence[Document], one: Document) -> str:
    """Numbered where there are several of a kind, and said where it came late and was accepted."""
    title, same = reading.label(labels.DOCUMENTS, one.kind), [each for each in given if each.kind == one.kind]
    if len(same) > 1:
        title = f"{title} {same.index(one) + 1}"
    return reading.say(N_("{title} (reçu après la date limite)"), title=title) if one.late is not None else title

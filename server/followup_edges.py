"""The table of follow-ups: which event of one kind of stream leads to which command in another.

Each edge is written in its event's transaction and carried out after it (`journals.following`).
"""
from __future__ import annotations

from evaluation.body.decisions import JuryDecided, SubstituteDecided
from evaluation.body.kind import BODY
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from server.journals.edges import Edge, Edges

EDGES = Edges((
    Edge("jury", BODY, JuryDecided, SESSION, "decision",
         lambda event, _record, _state: [(event.session, c.AppointJury, {})]),
    Edge("substitute", BODY, SubstituteDecided, SESSION, "decision",
         lambda event, _record, _state: [(event.session, c.ReplaceJuror, {})]),
))

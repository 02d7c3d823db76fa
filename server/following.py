"""The table of follow-ups: which event of one kind of stream leads to which command in another.

Each edge is written in its event's transaction and carried out after it (`journals.following`).
"""
from __future__ import annotations

from server.journals.edges import Edges

EDGES = Edges()

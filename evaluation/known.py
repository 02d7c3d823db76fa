"""The kinds of stream that this code knows."""
from __future__ import annotations

from evaluation.kinds import Kinds
from evaluation.session.kind import SESSION

KINDS = Kinds((SESSION,))

"""The kinds of stream that this code knows."""
from __future__ import annotations

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.case.kind import CASE
from evaluation.kinds import Kinds
from evaluation.register.kind import REGISTER
from evaluation.session.kind import SESSION
from evaluation.sitting.kind import SITTING

KINDS = Kinds((SESSION, BODY, CANDIDACY, CASE, SITTING, REGISTER))

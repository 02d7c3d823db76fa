"""What happened, as the journal keeps it: ids, numbers and keyed digests, never a name or a word (X1)."""
from __future__ import annotations

from typing import get_args

from evaluation.codec import Catalogue
from evaluation.session.events.day import *
from evaluation.session.events.deliberation import *
from evaluation.session.events.door import *
from evaluation.session.events.examination import *

Event = DayEvent | DoorEvent | ExaminationEvent | DeliberationEvent
EVENTS: Catalogue[Event] = Catalogue[Event].of(*get_args(Event))

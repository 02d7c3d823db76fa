"""What happened, as the journal keeps it: ids, numbers and keyed digests, never a name or a word (X1)."""
from __future__ import annotations

from typing import get_args

from evaluation.codec import Catalogue
from evaluation.events.day import *
from evaluation.events.deliberation import *
from evaluation.events.door import *
from evaluation.events.examination import *

Event = DayEvent | DoorEvent | ExaminationEvent | DeliberationEvent
EVENTS: Catalogue[Event] = Catalogue[Event].of(*get_args(Event))

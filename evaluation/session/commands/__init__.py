"""What somebody in a seat asks for. One dataclass per act; `hearing` names the candidate's examination it is about.

A command never carries the time or who sends it: the server knows both. Words arrive as `Words`: the server has put
the text away, encrypted, before the rules see its reference.
"""
from __future__ import annotations

from typing import get_args

from evaluation.codec import Catalogue
from evaluation.session.commands.day import *
from evaluation.session.commands.deliberation import *
from evaluation.session.commands.door import *
from evaluation.session.commands.examination import *

Command = DayCommand | DoorCommand | ExaminationCommand | DeliberationCommand
COMMANDS: Catalogue[Command] = Catalogue[Command].of(*get_args(Command))

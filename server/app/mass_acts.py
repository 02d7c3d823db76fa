"""The acts for many that there are, and who carries each out."""
from __future__ import annotations

from server.app.kept_data import Kept
from server.clock import Now
from server.config import StorageSettings
from server.people.convening import CONVENE, Convening
from server.people.joining_cases import JOIN_CASES, JoiningCases
from server.people.mass import Runner


def build_mass_acts(kept: Kept, convening: Convening, now: Now, settings: StorageSettings) -> Runner:
    handlers = {CONVENE: convening.give, JOIN_CASES: JoiningCases(kept.journals, now).join}
    return Runner(kept.mass_acts, handlers, settings.follow_seconds)

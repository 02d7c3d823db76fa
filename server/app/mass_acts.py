"""The acts for many that there are, and who carries each out."""
from __future__ import annotations

from server.app.kept_data import Kept
from server.config import StorageSettings
from server.people.convening import CONVENE, Convening
from server.people.mass import Runner


def build_mass_acts(kept: Kept, convening: Convening, settings: StorageSettings) -> Runner:
    return Runner(kept.mass_acts, {CONVENE: convening.give}, settings.follow_seconds)

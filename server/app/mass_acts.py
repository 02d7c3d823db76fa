"""The acts for many that there are, and who carries each out."""
from __future__ import annotations

from server.app.kept_data import Kept
from server.clock import Now
from server.config import Config
from server.people.convening import CONVENE, Convening
from server.people.issuing_certificates import ISSUE_CERTIFICATES, IssuingCertificates
from server.people.joining_cases import JOIN_CASES, JoiningCases
from server.people.mass import Runner


def build_mass_acts(kept: Kept, convening: Convening, now: Now, config: Config) -> Runner:
    certificates = IssuingCertificates(
        kept.journals, kept.rows, kept.accounts, kept.vault, now, config.certificates)
    handlers = {CONVENE: convening.give, JOIN_CASES: JoiningCases(kept.journals, now).join,
                ISSUE_CERTIFICATES: certificates.issue}
    return Runner(kept.mass_acts, handlers, config.storage.follow_seconds)

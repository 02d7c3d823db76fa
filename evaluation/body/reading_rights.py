"""Who sees what of an awarding body: its own people and the commission all of it, a provider's people their own alone,
whoever holds no office nothing (X15)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from evaluation.offices import AT_PROVIDER, Act, Office, OfficeRole, ProviderId

ALL_OF_IT = None
"""What `reads` gives to who sees a register whole."""


class Register(StrEnum):
    """What an awarding body keeps lists of."""

    OFFICES = "offices"
    PROVIDERS = "providers"
    FRAMEWORKS = "frameworks"
    DECISIONS = "decisions"
    BARS = "bars"
    CANDIDACIES = "candidacies"
    EXAMINATIONS = "examinations"
    """Registrations that may be somebody under a bar (R6.6)."""
    DAYS = "days"
    """The juries' days of every provider."""
    JURORS = "jurors"
    """The pool; of a provider's people, those whom their provider proposed."""
    JURIES = "juries"
    """The days that wait for their jury."""
    ADJUSTMENTS = "adjustments"
    """What candidates ask of the disability officer, and the medical opinions: nobody else's to see (R10.1)."""
    CASES = "cases"
    """What happened on a day or was found later, and is looked into before anything is awarded (R7.1)."""
    APPEALS = "appeals"
    """What candidates ask the commission to look at again (R9.2)."""
    CERTIFICATES = "certificates"
    """What was issued on the awards, where its papers are, and the deposit (R8.2, R8.3, X12)."""
    SITTINGS = "sittings"
    """The sittings of the certification jury, and the candidacies that wait for one (R3.9)."""
    BATCHES = "batches"
    """What certification juries ruled, presented to the commission, which validates it (R8.1)."""
    DELAYS = "delays"
    """Every delay that runs, and whom it waits for (X6)."""
    FINDINGS = "findings"
    """What was found at a provider, and is corrected (R2.4); of a provider's people, what was found there."""
    FOLLOW_UPS = "follow_ups"
    """What its decisions lead to elsewhere, as long as it does not stand there."""


COMMISSION = frozenset({OfficeRole.CLERK, OfficeRole.COMMISSION_MEMBER})
WHOLE: Mapping[Register, frozenset[OfficeRole]] = {
    Register.OFFICES: COMMISSION, Register.PROVIDERS: COMMISSION, Register.FRAMEWORKS: frozenset(OfficeRole),
    Register.DECISIONS: COMMISSION, Register.BARS: COMMISSION,
    Register.CANDIDACIES: COMMISSION, Register.EXAMINATIONS: frozenset({OfficeRole.CLERK}),
    Register.DAYS: COMMISSION, Register.FOLLOW_UPS: COMMISSION,
    Register.JURORS: COMMISSION, Register.JURIES: COMMISSION,
    Register.CASES: COMMISSION, Register.APPEALS: COMMISSION, Register.FINDINGS: COMMISSION,
    Register.CERTIFICATES: COMMISSION,
    Register.ADJUSTMENTS: frozenset({OfficeRole.DISABILITY_OFFICER}),
    Register.BATCHES: COMMISSION, Register.DELAYS: COMMISSION,
    Register.SITTINGS: COMMISSION | {OfficeRole.PRESIDENT, OfficeRole.PRESIDENT_DELEGATE},
}
"""By which offices a register is seen whole."""
DELEGATED: Mapping[Register, frozenset[Act]] = {
    Register.DECISIONS: frozenset({Act.JURY, Act.SUBSTITUTE, Act.DECISION}), Register.BARS: frozenset({Act.BAR}),
    Register.DAYS: frozenset({Act.JURY, Act.SUBSTITUTE}), Register.FOLLOW_UPS: frozenset({Act.JURY, Act.SUBSTITUTE}),
    Register.JURORS: frozenset({Act.JURY, Act.SUBSTITUTE}), Register.JURIES: frozenset({Act.JURY, Act.SUBSTITUTE}),
    Register.CASES: frozenset({Act.CASE}), Register.APPEALS: frozenset({Act.CASE}),
    Register.CERTIFICATES: frozenset({Act.DECISION}),
    Register.SITTINGS: frozenset({Act.SITTING}), Register.BATCHES: frozenset({Act.DECISION}),
}
"""By which acts of a delegation."""
OWN = frozenset({Register.OFFICES, Register.PROVIDERS, Register.CANDIDACIES, Register.DAYS, Register.JURORS,
                 Register.CASES, Register.FINDINGS})
"""Where a provider's people see what is their provider's."""


def reads(offices: Iterable[Office], register: Register) -> frozenset[ProviderId] | None:
    """Of which providers somebody who holds these offices sees a register: ALL_OF_IT, or of none."""
    held = tuple(offices)
    for one in held:
        if one.role in WHOLE[register] or set(one.acts) & DELEGATED.get(register, frozenset()):
            return ALL_OF_IT
    if register not in OWN:
        return frozenset()
    return frozenset(one.provider for one in held if one.role in AT_PROVIDER and one.provider is not None)

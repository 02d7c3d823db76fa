"""What a deposit says of a certificate, collected where it stands: in the register, the candidacy, the day of the
hearing."""
from __future__ import annotations

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState, Ended
from evaluation.candidacy.terms import HearingEnding
from evaluation.deadlines import day_of
from evaluation.register.state import Certificate
from evaluation.rules import N_, Refusal
from evaluation.session.kind import SESSION
from server.deposit.passages import Modality, Passage
from server.journals.write_path import Journals
from server.people.civil_identity import civil_identity_of
from server.storage.vault import Vault

NO_REGISTRATION = N_("cette candidature n’a pas d’inscription sur la plateforme : déposez-la autrement.")
ERASED = N_("les données de cette personne sont effacées : il n’y a plus rien à déposer.")


async def passage_of(journals: Journals, vault: Vault, one: Certificate) -> Passage:
    """Refusal where what the deposit needs is not there."""
    state = await journals.state(CANDIDACY, one.candidacy)
    registered = state.registration if state is not None else None
    if state is None or registered is None:
        raise Refusal("X12", NO_REGISTRATION)
    text = (await vault.read_words([registered.civil.ref])).get(registered.civil.ref)
    if text is None:
        raise Refusal("X1", ERASED)
    held = _held(state)
    return Passage(
        one.text, one.certification, one.ruled_on, registered.came_by, registered.initiative,
        day_of(state.registrations[0].at), civil_identity_of(text), day_of(held.at) if held is not None else None,
        await _modality(journals, held))


def _held(state: CandidacyState) -> Ended | None:
    """The last hearing that was held and counts."""
    return next((one for one in reversed(state.endings) if one.ending is HearingEnding.HEARD), None)


async def _modality(journals: Journals, held: Ended | None) -> Modality | None:
    """As the hearing was held."""
    session = await journals.state(SESSION, held.session) if held is not None else None
    hearing = session.hearings.get(held.hearing) if session is not None and held is not None else None
    return hearing.mode if hearing is not None else None

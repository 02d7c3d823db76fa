"""What is expected of each seat while a suspected fraud is told, answered and decided on (R6.5)."""
from __future__ import annotations

from evaluation.session.hearing_parts import Incident
from evaluation.session.state import Hearing
from server.views.session.reading import Reading


def script_for_candidate(reading: Reading, hearing: Hearing, running: Incident) -> str:
    _ = reading.say
    if running.script is None or running.script.answer is None:
        return _("Lisez ce qui a été noté. Vous pouvez répondre, ou ne pas répondre. Le temps est arrêté.")
    return _("{president} décide de la suite. Le temps est arrêté.", president=reading.president(hearing))


def script_for_juror(reading: Reading, hearing: Hearing, presiding: bool) -> str | None:
    """None where nothing of it is to be done now."""
    _, name, running = reading.say, reading.candidate(hearing), hearing.in_script
    if running is None or running.script is None:
        if hearing.untold and presiding:
            return _("Une présomption de fraude est notée. Choisissez le moment, puis dites-la à {name}.", name=name)
        return None
    if running.script.step == "answer":
        return _("{name} lit ce qui a été noté et peut répondre. Le temps est arrêté.", name=name)
    return _("Décidez maintenant : continuer l’épreuve, ou l’arrêter.") if presiding \
        else _("{president} décide de la suite. Le temps est arrêté.", president=reading.president(hearing))

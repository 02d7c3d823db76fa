"""What is written about a sitting of the certification jury (R1.3): notice to its members, what changes of it, what is
still theirs to do, and the news to the awarding body.

Fields of each: first_name, body, day, hour, mode, place (may be empty), role (empty for who does not sit), count (the
candidacies on the agenda), writer, writer_email, url.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.rules import N_
from server.mail.dossier_letters import WRITE_BACK
from server.mail.letter_parts import Fields, Letter, Link
from server.mail.notice_letters import CALENDAR, HELLO, OPEN_SPACE, PERSONAL, why

ONCE_SEALED = N_("Les résultats partent une fois le procès-verbal scellé.")
PREPARE = N_("Avant la séance, ouvrez votre espace : il liste ce qu’il faut avoir lu, et les candidats. Dites-y si "
             "vous connaissez personnellement un candidat : une autre personne siège alors pour lui.")
ROOM: Mapping[str, str] = {
    "remote": N_("La séance se tient à distance, dans votre espace : il vous faut une caméra, un micro et une "
                 "connexion."),
    "on_site": N_("La séance se tient sur place, au lieu indiqué ci-dessus. Votre espace vous sert à lire, à décider "
                  "et à signer : prenez de quoi l’ouvrir."),
    "mixed": N_("Venez au lieu indiqué ci-dessus, ou participez à distance depuis votre espace, avec une caméra, un "
                "micro et une connexion."),
}


def _facts(fields: Fields) -> tuple[tuple[str, str], ...]:
    facts = ((N_("Date"), "day"), (N_("Heure"), "hour"), (N_("Lieu"), "place"), (N_("Vous siégez pour"), "role"))
    return tuple((label, str(fields[name])) for label, name in facts if fields.get(name))


def _after(fields: Fields, *said: str) -> tuple[str, ...]:
    return (*said, *((WRITE_BACK,) if fields.get("writer_email") else ()), PERSONAL)


def _open(fields: Fields) -> Link:
    return Link(OPEN_SPACE, str(fields["url"]))


def sitting_convened(fields: Fields) -> Letter:
    """To a member, once seated."""
    return Letter(
        N_("Convocation : jury de certification du {day}"),
        (HELLO, N_("{body} vous convoque au jury de certification. Candidatures à examiner : {count}. L’heure est "
                   "celle de Paris.")),
        _after(fields, ROOM[str(fields["mode"])], PREPARE, CALENDAR), link=_open(fields), facts=_facts(fields))


def sitting_moved(fields: Fields) -> Letter:
    """To each member. Fields: as above, and said (why, may be empty)."""
    return Letter(
        N_("Changement : jury de certification, maintenant le {day} à {hour}"),
        (HELLO, N_("Le jour, l’heure ou le lieu du jury de certification a changé. Voici la convocation à jour : elle "
                   "remplace la précédente. L’heure est celle de Paris."), *why(fields)),
        _after(fields, ROOM[str(fields["mode"])],
               N_("Si vous ne pouvez pas venir, dites-le à la personne qui vous écrit : elle cherche qui siège à votre "
                  "place."), CALENDAR), link=_open(fields), facts=_facts(fields))


def sitting_cancelled(fields: Fields) -> Letter:
    """To each member, and to who no longer sits. Fields: as above, and said (why, may be empty)."""
    return Letter(
        N_("Annulé : jury de certification du {day}"),
        (HELLO, N_("Vous n’êtes plus attendu au jury de certification ci-dessous."), *why(fields)),
        _after(fields, N_("Le fichier joint retire le rendez-vous de votre agenda.")), link=_open(fields),
        facts=_facts(fields))


def sitting_informed(fields: Fields) -> Letter:
    """To each clerk of the awarding body."""
    return Letter(
        N_("Jury de certification convoqué : {day}"),
        (HELLO, N_("{writer} convoque un jury de certification. Candidatures à examiner : {count}. L’heure est celle "
                   "de Paris.")),
        (N_("La séance se lit dans vos pages, sous « Jurys de certification »."), CALENDAR, PERSONAL),
        link=_open(fields), facts=_facts(fields))


def sitting_again(fields: Fields) -> Letter:
    """To a member who has not said on whom they can decide, or not read everything."""
    return Letter(
        N_("Rappel : préparez le jury de certification du {day}"),
        (HELLO, N_("Il manque encore quelque chose de vous avant le jury de certification. L’heure est celle de Paris."
                   )),
        _after(fields, PREPARE), link=_open(fields), facts=_facts(fields))


def minutes_again(fields: Fields) -> Letter:
    """To a member who has not signed."""
    return Letter(
        N_("Rappel : un procès-verbal attend votre signature"),
        (HELLO, N_("Le procès-verbal du jury de certification du {day} attend toujours votre signature. Relisez-le en "
                   "entier, puis signez-le dans votre espace.")),
        _after(fields, ONCE_SEALED), link=_open(fields), facts=_facts(fields))


def minutes_to_sign(fields: Fields) -> Letter:
    """To each member who signs."""
    return Letter(
        N_("Un procès-verbal attend votre signature"),
        (HELLO, N_("Le procès-verbal du jury de certification du {day} est écrit. Relisez-le en entier, puis "
                   "signez-le dans votre espace.")),
        _after(fields, ONCE_SEALED), link=_open(fields), facts=_facts(fields))


def not_signing_noted(fields: Fields) -> Letter:
    """To a member of whom it is noted that they do not sign; why stands in their space alone."""
    return Letter(
        N_("Il est noté que vous n’avez pas signé un procès-verbal"),
        (HELLO, N_("{writer} a noté que vous n’avez pas signé le procès-verbal du jury de certification du {day}. Les "
                   "raisons notées se lisent dans votre espace.")),
        _after(fields, N_("Vous pouvez encore signer, tant que le procès-verbal n’est pas scellé : ce qui est noté "
                          "tombe alors.")), link=_open(fields), facts=_facts(fields))


def jury_questioned(fields: Fields) -> Letter:
    """To each juror of an evaluation jury that is asked to come. Fields: as above, and said (what it is asked, may be
    empty); day and hour are those at which it is expected."""
    asked = (N_("Ce que le jury de certification veut vous demander : {said}"),) if fields.get("said") else ()
    return Letter(
        N_("Le jury de certification vous attend le {day} à {hour}"),
        (HELLO, N_("Le jury de certification a des questions sur une évaluation à laquelle vous avez pris part. Il "
                   "vous attend avec les autres jurés. L’heure est celle de Paris."), *asked),
        _after(fields, N_("Entrez dans la salle depuis votre espace, à l’heure dite : il vous faut une caméra, un "
                          "micro et une connexion. Ce que dit l’échange ne change pas vos grilles."), CALENDAR),
        link=_open(fields), facts=_facts(fields))


SITTING_LETTERS: Mapping[str, Callable[[Fields], Letter]] = {one.__name__: one for one in (
    sitting_convened, sitting_moved, sitting_cancelled, sitting_informed, sitting_again,
    minutes_to_sign, minutes_again, not_signing_noted, jury_questioned)}

"""What is written about a jury's day: notices to attend (R4.2), the same to who attends without being examined (R4.4),
what changes, what did not arrive, what is still to be done.

A field that is a list holds the framework's own lines, one below the other.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.rules import N_
from server.mail.letter_parts import Fields, Letter, Link, Points

HELLO = N_("Bonjour {first_name},")
OPEN_SPACE = N_("Ouvrir mon espace")
UP_TO_DATE = N_("Voici votre convocation à jour : elle remplace la précédente. L’heure est celle de Paris.")
PERSONAL = N_("Votre lien est personnel : ne le transmettez pas.")
CALENDAR = N_("Le fichier joint s’ajoute à votre agenda ; si quelque chose change, il se met à jour.")
WRITE_TO = N_("Une question ? Écrivez à {organizer}, qui organise la session : {organizer_email}.")


def _lines(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(line for line in str(fields.get(name, "")).split("\n") if line)


def when(fields: Fields) -> tuple[tuple[str, str], ...]:
    """The facts of a day that are known."""
    facts = ((N_("Certification"), str(fields["certification"])), (N_("Date"), str(fields["day"])),
             (N_("Heure"), str(fields["hour"])), (N_("Heure là où vous serez"), str(fields.get("local", ""))),
             (N_("Lieu"), str(fields.get("place", ""))))
    return tuple((label, value) for label, value in facts if value)


def notice(fields: Fields) -> Letter:
    """The candidate's. Fields: first_name, certification, day, hour, local and place (may be empty), mode, url,
    organizer, organizer_email, prevention, sanctions."""
    return _notice(fields, N_("Convocation : votre épreuve du {day} à {hour}"), (
        N_("Voici votre convocation à l’épreuve pour {certification}. L’heure est celle de Paris. Ouvrez votre espace "
           "et confirmez que vous l’avez reçue :"),))


def notice_changed(fields: Fields) -> Letter:
    """R4.4: the same, once its place or how the candidate attends has changed. Fields: as `notice`."""
    return _notice(fields, N_("Changement de lieu : votre épreuve du {day} à {hour}"), (
        N_("Le lieu de votre épreuve pour {certification}, ou la façon de la passer, a changé. Le jour et l’heure "
           "restent les mêmes."), UP_TO_DATE))


def _notice(fields: Fields, subject: str, said: tuple[str, ...]) -> Letter:
    return Letter(
        subject, (HELLO, *said),
        (*_how(str(fields.get("mode", "remote"))),
         N_("Déposez dans votre espace une copie de votre pièce d’identité : une photo, un scan ou un PDF. Seuls le "
            "jury, l’organisation et l’organisme certificateur la voient. Ayez l’original avec vous le jour même."),
         CALENDAR, WRITE_TO, PERSONAL),
        link=Link(OPEN_SPACE, str(fields["url"])), facts=when(fields),
        points=(Points(N_("Avant l’épreuve : les règles sur la fraude"), _lines(fields, "prevention")),
                Points(N_("Les sanctions"), _lines(fields, "sanctions"))))


def _how(mode: str) -> tuple[str, ...]:
    """X13: what the candidate needs where the examination is held."""
    remote = N_("À distance, l’épreuve se passe dans votre espace : il vous faut une caméra, un micro et une "
                "connexion. Essayez-les dès maintenant, autant de fois que vous voulez. Le jour venu, entrez en "
                "avance.")
    on_site = N_("Sur place, présentez-vous en avance au lieu indiqué ci-dessus.")
    otherwise = N_("Si vous ne pouvez pas passer l’épreuve à distance, demandez à la passer sur place : l’organisation "
                   "vous dira où et comment venir.")
    return {"remote": (remote, otherwise), "on_site": (on_site,), "mixed": (on_site, remote)}[mode]


def convened(fields: Fields) -> Letter:
    """A juror's, an observer's, an aid's, an organizer's. Fields: as `notice`, and role."""
    return _convened(fields, N_("Convocation : session de jury du {day}"), (
        N_("Une place vous attend à la session de jury pour {certification} : {role}. L’heure est celle de Paris."),))


def convened_changed(fields: Fields) -> Letter:
    """R4.4: the same, once the place or how it is held has changed. Fields: as `convened`."""
    return _convened(fields, N_("Changement de lieu : session de jury du {day}"), (
        N_("Le lieu de la session de jury pour {certification}, ou la façon dont elle se tient, a changé. Votre place "
           "reste la même : {role}. Le jour et l’heure aussi."), UP_TO_DATE))


def _convened(fields: Fields, subject: str, said: tuple[str, ...]) -> Letter:
    mode = str(fields.get("mode", "remote"))
    come = N_("Si vous venez sur place, présentez-vous en avance au lieu indiqué ci-dessus.")
    space = N_("Tout se trouve dans votre espace.") if mode == "on_site" else N_(
        "Tout se trouve dans votre espace. Essayez dès maintenant votre caméra et votre micro.")
    return Letter(
        subject, (HELLO, *said),
        (*((come,) if mode != "remote" else ()), space, CALENDAR, WRITE_TO,
         PERSONAL),
        link=Link(OPEN_SPACE, str(fields["url"])), facts=when(fields))


def body_informed(fields: Fields) -> Letter:
    """The awarding body's. Fields: first_name, certification, day, hour, provider, organizer, organizer_email, count.
    """
    return Letter(
        N_("Session de jury annoncée : {day}"),
        (HELLO, N_("{provider} annonce une session de jury pour {certification}. Candidats convoqués : {count}.")),
        (N_("La journée se lit dans vos pages, sous « Journées de jury »."), WRITE_TO),
        facts=when(fields))


def moved(fields: Fields) -> Letter:
    """R4.4. Fields: first_name, certification, day, hour; said (may be empty); owed ("agreed" where the candidate
    agreed to it, "today" where an hour of the same day changes, else empty: a new notice is owed)."""
    return Letter(
        N_("Changement d’heure : maintenant le {day} à {hour}"),
        (HELLO, N_("La date ou l’heure de votre convocation a changé. Voici la nouvelle, à l’heure de Paris :"),
         *why(fields)),
        (OWED[str(fields.get("owed", ""))], CALENDAR,
         N_("Si cette date ne vous convient pas, répondez à la personne qui organise la session.")),
        facts=when(fields))


OWED: Mapping[str, str] = {
    "": N_("Votre convocation précédente ne compte plus : une nouvelle vous sera envoyée. Votre lien reste le même."),
    "agreed": N_("Vous avez accepté ce changement : il n’y a pas d’autre convocation à attendre. Votre lien reste le "
                 "même."),
    "today": N_("Ce changement vaut pour aujourd’hui : il n’y a pas d’autre convocation à attendre. Votre lien reste "
                "le même."),
}


def why(fields: Fields) -> tuple[str, ...]:
    """The organizer's reason, where they gave one."""
    return (N_("La raison : {said}"),) if fields.get("said") else ()


def postponed(fields: Fields) -> Letter:
    """X9. Fields: first_name, certification, day, hour: those that no longer hold; said (may be empty), organizer,
    organizer_email."""
    return Letter(
        N_("Reportée : épreuve du {day}"),
        (HELLO, N_("L’épreuve ci-dessous est reportée à un autre jour. Il ne faut pas s’y présenter à cette date."),
         *why(fields)),
        (N_("Ce qui aurait commencé ne compte pas. La nouvelle date sera fixée avec vous, et une nouvelle convocation "
            "vous sera envoyée. Ce qui était déposé dans votre espace est conservé, et votre lien reste le même."),
         N_("Le fichier joint retire le rendez-vous de votre agenda."), WRITE_TO), facts=when(fields))


def taken_off(fields: Fields) -> Letter:
    """R4.4, to whoever attends the whole day. Fields: first_name, certification, day, hour, hours (of what is not held
    then), said (may be empty), organizer, organizer_email."""
    return Letter(
        N_("Une épreuve de moins le {day}"),
        (HELLO, N_("Ce jour-là, ces épreuves ne se tiennent pas : {hours}. Le reste de la journée est maintenu, et "
                   "votre heure ne change pas."), *why(fields)),
        (N_("Les candidats sont prévenus."), WRITE_TO), facts=when(fields))


def cancelled(fields: Fields) -> Letter:
    """Fields: first_name, certification, day, hour: those that no longer hold; said (may be empty)."""
    return Letter(
        N_("Annulé : rendez-vous du {day}"),
        (HELLO, N_("Le rendez-vous ci-dessous n’a pas lieu à cette date. Il ne faut pas s’y présenter."),
         *why(fields)),
        (N_("Si une autre date est fixée, une nouvelle convocation vous sera envoyée. Ce qui était déposé dans votre "
            "espace est conservé."), N_("Le fichier joint retire le rendez-vous de votre agenda.")),
        facts=when(fields))


def not_arrived(fields: Fields) -> Letter:
    """To the organizer. Fields: first_name, certification, day, hour: of the notice; why."""
    return Letter(
        N_("Une convocation n’est pas arrivée : {day}"),
        (HELLO, N_("Une convocation pour la session ci-dessous n’est pas arrivée (réponse du courrier : {why}).")),
        (N_("La page de la journée dit à qui elle s’adressait. Vérifiez son adresse, puis convoquez de nouveau ; ou "
            "téléphonez, ou envoyez une lettre recommandée, et notez-le."),), facts=when(fields))


def taken_late(fields: Fields) -> Letter:
    """To the organizer, R4.2. Fields: as `not_arrived`, and last."""
    return Letter(
        N_("Une convocation est partie trop tard : {day}"),
        (HELLO, N_("Le serveur de courrier n’a pris cette convocation qu’après le {last} à minuit : elle est "
                   "tardive.")),
        (N_("Demandez au candidat s’il accepte ce délai plus court, et notez son accord avec le motif dans la page de "
            "la journée ; sinon, déplacez l’épreuve."),), facts=when(fields))


def acknowledge_again(fields: Fields) -> Letter:
    """To a candidate who has not acknowledged. Fields: first_name, certification, day, hour."""
    return Letter(
        N_("Rappel : confirmez votre convocation du {day}"),
        (HELLO, N_("Vous n’avez pas encore confirmé que vous avez reçu votre convocation :")),
        (N_("Ouvrez votre espace avec le lien de la convocation et confirmez. Si vous ne la retrouvez pas, demandez un "
            "nouveau lien à la page d’accueil. L’organisation peut aussi vous appeler."),), facts=when(fields))


def papers_again(fields: Fields) -> Letter:
    """To a candidate whose papers are missing. Fields: as above, and missing."""
    return Letter(
        N_("Rappel : il manque des documents pour le {day}"),
        (HELLO, N_("Pour votre épreuve, il manque encore dans votre espace :")),
        (N_("Déposez ces documents dans votre espace avant l’épreuve. Ce qui est déposé y est conservé."),),
        facts=when(fields), points=(Points(N_("À déposer"), _lines(fields, "missing")),))


def prepare_again(fields: Fields) -> Letter:
    """To a juror. Fields: as above."""
    return Letter(
        N_("Rappel : préparez la session du {day}"),
        (HELLO, N_("La session de jury approche. Avant ce jour, lisez les dossiers des candidats et essayez votre "
                   "caméra et votre micro, depuis votre espace.")),
        (N_("Si vous avez un empêchement, dites-le tout de suite à la personne qui organise la session."),),
        facts=when(fields))


NOTICE_LETTERS: Mapping[str, Callable[[Fields], Letter]] = {
    "notice": notice, "notice_changed": notice_changed, "convened": convened, "convened_changed": convened_changed,
    "body_informed": body_informed, "moved": moved, "postponed": postponed, "taken_off": taken_off,
    "cancelled": cancelled, "not_arrived": not_arrived, "taken_late": taken_late,
    "acknowledge_again": acknowledge_again, "papers_again": papers_again, "prepare_again": prepare_again,
}
